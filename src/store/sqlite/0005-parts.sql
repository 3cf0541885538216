-- SPDX-License-Identifier: MIT
--
-- 0005-parts.sql - the parts of a contact are rows with one number, and long notes are packed.
--
-- Keyed (contact, ord) and WITHOUT ROWID, each row said two numbers, and the pages of these tables were filled to seven
-- eighths: SQLite fills a page to its end only where a rowid grows. A contact has at most 1,000 parts of a kind. The
-- smallest come first, so that what each table gives back is used by the next.

ALTER TABLE date RENAME TO date_before;
CREATE TABLE date (
  id      INTEGER PRIMARY KEY,                  -- of the contact and of the part, as below
  kind    INTEGER NOT NULL,                     -- all columns as before
  year    INTEGER NOT NULL,
  month   INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  label   TEXT,
  contact INTEGER AS (id >> 10) VIRTUAL NOT NULL,
  ord     INTEGER AS (id & 1023) VIRTUAL NOT NULL
) STRICT;
INSERT INTO date (id, kind, year, month, day, label)
  SELECT contact << 10 | ord, kind, year, month, day, label FROM date_before ORDER BY contact, ord;
DROP TABLE date_before;

ALTER TABLE item RENAME TO item_before;
CREATE TABLE item (
  id      INTEGER PRIMARY KEY,
  kind    INTEGER NOT NULL,
  place   INTEGER NOT NULL,
  label   TEXT,
  value   TEXT,
  contact INTEGER AS (id >> 10) VIRTUAL NOT NULL,
  ord     INTEGER AS (id & 1023) VIRTUAL NOT NULL
) STRICT;
INSERT INTO item (id, kind, place, label, value)
  SELECT contact << 10 | ord, kind, place, label, value FROM item_before ORDER BY contact, ord;
DROP TABLE item_before;

ALTER TABLE address RENAME TO address_before;
CREATE TABLE address (
  id          INTEGER PRIMARY KEY,
  place       INTEGER NOT NULL,
  street      TEXT,
  po_box      TEXT,
  city        TEXT,
  region      TEXT,
  postal_code TEXT,
  country     TEXT,
  label       TEXT,
  contact     INTEGER AS (id >> 10) VIRTUAL NOT NULL,
  ord         INTEGER AS (id & 1023) VIRTUAL NOT NULL
) STRICT;
INSERT INTO address (id, place, street, po_box, city, region, postal_code, country, label)
  SELECT contact << 10 | ord, place, street, po_box, city, region, postal_code, country, label FROM address_before
  ORDER BY contact, ord;
DROP TABLE address_before;

ALTER TABLE email RENAME TO email_before;
CREATE TABLE email (
  id      INTEGER PRIMARY KEY,
  place   INTEGER NOT NULL,
  address TEXT,
  name_is INTEGER NOT NULL,
  name    TEXT,
  label   TEXT,
  contact INTEGER AS (id >> 10) VIRTUAL NOT NULL,
  ord     INTEGER AS (id & 1023) VIRTUAL NOT NULL
) STRICT;
INSERT INTO email (id, place, address, name_is, name, label)
  SELECT contact << 10 | ord, place, address, name_is, name, label FROM email_before ORDER BY contact, ord;
DROP TABLE email_before;

ALTER TABLE phone RENAME TO phone_before;
CREATE TABLE phone (
  id           INTEGER PRIMARY KEY,
  kind         INTEGER NOT NULL,
  number_class INTEGER NOT NULL,
  assumed      INTEGER NOT NULL,
  raw          TEXT,
  label        TEXT,
  e164         INTEGER,
  national_len INTEGER,
  national     TEXT,
  ending       INTEGER,
  extension    TEXT,
  contact      INTEGER AS (id >> 10) VIRTUAL NOT NULL,
  ord          INTEGER AS (id & 1023) VIRTUAL NOT NULL
) STRICT;
INSERT INTO phone (id, kind, number_class, assumed, raw, label, e164, national_len, national, ending, extension)
  SELECT contact << 10 | ord, kind, number_class, assumed, raw, label, e164, national_len, national, ending, extension
  FROM phone_before ORDER BY contact, ord;
DROP TABLE phone_before; -- with its indexes, which are made again at the end

-- Notes of more than a kilobyte, apart from their contacts, which say so by a flag and have none in their own row.
-- Those that are there already move when their contact is written the next time.
CREATE TABLE note (
  contact INTEGER PRIMARY KEY,
  n_bytes INTEGER NOT NULL, -- of the text
  packed  BLOB NOT NULL     -- zlib's form of it
) STRICT;
