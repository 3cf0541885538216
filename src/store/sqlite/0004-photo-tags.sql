-- SPDX-License-Identifier: MIT
--
-- 0004-photo-tags.sql - a row of the list says which picture is here. What stands behind the bytes can be read only
-- through all of them, so the table is made anew with the tag before them.

ALTER TABLE photo RENAME TO photo_without_tag;
CREATE TABLE photo (
  contact INTEGER PRIMARY KEY,
  wanted  INTEGER NOT NULL,           -- as before
  url     TEXT,
  kind    INTEGER NOT NULL DEFAULT 0,
  tag     INTEGER NOT NULL DEFAULT 0, -- 64 bits of the bytes: another picture has another one; 0 of one from before
  bytes   BLOB
) STRICT;
INSERT INTO photo (contact, wanted, url, kind, bytes) SELECT contact, wanted, url, kind, bytes FROM photo_without_tag;
DROP TABLE photo_without_tag;
CREATE INDEX photo_wanted ON photo (contact) WHERE wanted = 1;
