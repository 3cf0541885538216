-- SPDX-License-Identifier: MIT
--
-- 0003-photos.sql - pictures, apart from the contacts: no list and no search reads over them.

CREATE TABLE photo (
  contact INTEGER PRIMARY KEY,
  wanted  INTEGER NOT NULL,           -- 1: to be fetched; what is here meanwhile is the one before
  url     TEXT,                       -- where, when the source says it
  kind    INTEGER NOT NULL DEFAULT 0, -- enum kith_photo_kind; 0 there was none after all, or none yet
  bytes   BLOB
) STRICT;
CREATE INDEX photo_wanted ON photo (contact) WHERE wanted = 1;
