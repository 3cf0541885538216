-- SPDX-License-Identifier: MIT
--
-- 0002-sources.sql - removals that wait for a yes, and accounts that are files.

-- Contacts that a refresh would have removed, too many to go unasked. They stay contacts like all others
-- until the person decides, or until their source has them again.
CREATE TABLE held (
  account INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  PRIMARY KEY (account, contact)
) STRICT, WITHOUT ROWID;

-- The files and folders that an account of the Outlook app is read from, in the order they were added.
CREATE TABLE source_file (
  account INTEGER NOT NULL,
  ord     INTEGER NOT NULL,
  path    TEXT NOT NULL,             -- absolute
  is_copy INTEGER NOT NULL DEFAULT 0, -- 1: lies in the data folder and goes with the account
  PRIMARY KEY (account, ord)
) STRICT, WITHOUT ROWID;

ALTER TABLE import ADD COLUMN held INTEGER NOT NULL DEFAULT 0; -- removals held back
ALTER TABLE import ADD COLUMN file TEXT;                       -- of struct kith_error
