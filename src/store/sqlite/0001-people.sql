-- SPDX-License-Identifier: MIT
--
-- 0001-people.sql - accounts, their contacts, and what contacts are found by.
--
-- Built into the program without its comments; never edited after a release: what
-- changes later is 0002. Conventions: NULL is "the source does not have it" (the
-- program's ""), times are seconds since 1970 UTC, numbers of enums are those of
-- include/kith/. Parts of a contact are keyed (contact, ord) and WITHOUT ROWID: they lie
-- beside each other in the order the source gave, and need no index of their own.

-- One row a fact about this file: versions of the keys, the next contact's number.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

-- What the device remembers beside the configuration.
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: faces keep it
  source         INTEGER NOT NULL,                   -- enum kith_source
  state          INTEGER NOT NULL,                   -- enum kith_account_state
  name           TEXT NOT NULL UNIQUE COLLATE NOCASE, -- short name, what a person types
  identity       TEXT,                               -- who signed in, e.g. an address
  uid            TEXT,                               -- the provider's stable key of the person
  n_contacts     INTEGER NOT NULL DEFAULT 0,         -- counted once, when they change: a list begins with it
  n_reported     INTEGER NOT NULL DEFAULT -1,        -- what the account says it has; -1 unknown
  last_import_s  INTEGER NOT NULL DEFAULT 0,
  last_attempt_s INTEGER NOT NULL DEFAULT 0,
  resume_token   TEXT,                               -- where change tracking goes on
  failure        INTEGER                             -- import.id of the last try when it failed, else NULL
) STRICT;

-- History: every try with its numbers or its error. The newest 50 of an account are kept.
CREATE TABLE import (
  id          INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL,
  ended_s     INTEGER NOT NULL,
  took_ms     INTEGER NOT NULL DEFAULT 0,
  reported    INTEGER NOT NULL DEFAULT -1,
  imported    INTEGER NOT NULL DEFAULT 0,
  added       INTEGER NOT NULL DEFAULT 0,
  changed     INTEGER NOT NULL DEFAULT 0,
  removed     INTEGER NOT NULL DEFAULT 0,
  unchanged   INTEGER NOT NULL DEFAULT 0,
  skipped     INTEGER NOT NULL DEFAULT 0,
  partial     INTEGER NOT NULL DEFAULT 0,
  max_count   INTEGER NOT NULL DEFAULT 0,  -- the limit in force; 0 none
  requests    INTEGER NOT NULL DEFAULT 0,
  status      INTEGER NOT NULL DEFAULT 0,  -- enum kith_status; 0 it worked. What follows is of struct kith_error
  reason      INTEGER NOT NULL DEFAULT 0,
  http_status INTEGER NOT NULL DEFAULT 0,
  retry_at_s  INTEGER NOT NULL DEFAULT 0,
  count       INTEGER NOT NULL DEFAULT 0,
  done        INTEGER NOT NULL DEFAULT 0,
  total       INTEGER NOT NULL DEFAULT 0,
  other       TEXT,
  request_id  TEXT,
  setting     TEXT,
  link        TEXT,
  message     TEXT,
  hint        TEXT
) STRICT;
CREATE INDEX import_by_account ON import (account, id);

-- Paths are long and few.
CREATE TABLE folder (
  id      INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  path    TEXT NOT NULL
) STRICT;

-- Microsoft's ids are about 150 bytes, of which the first hundred are the same for a whole mailbox; most of its
-- change keys' 40 bytes are, too.
CREATE TABLE id_prefix (
  id        INTEGER PRIMARY KEY,
  account   INTEGER NOT NULL,
  beginning TEXT NOT NULL
) STRICT;

CREATE TABLE contact (
  id               INTEGER PRIMARY KEY, -- given in rising order (meta.next_contact), never twice
  account          INTEGER NOT NULL,
  source_hash      INTEGER NOT NULL,    -- 64 bits of account and source id: finds the row, does not prove it
  id_prefix        INTEGER,             -- source id = id_prefix.beginning || id_rest
  id_rest          ANY,                 -- text, or base64 as bytes (see store_pack.h)
  key_prefix       INTEGER,             -- the same for the change key
  change_key       ANY,
  folder           INTEGER,
  flags            INTEGER NOT NULL,    -- bits, see enum contact_flag in store_contact.h
  colour           INTEGER NOT NULL,
  created_s        INTEGER,
  modified_s       INTEGER,
  sort_key         BLOB NOT NULL,       -- ICU's, for the language in meta.sort_version
  letter           TEXT NOT NULL,       -- heading in the list
  shown            TEXT,
  bold_start       INTEGER NOT NULL,    -- part of shown that sorts, in bytes
  bold_len         INTEGER NOT NULL,
  reading          TEXT,                -- shown in Latin letters
  monogram         TEXT,                -- letters for the picture
  -- One column for each enum kith_text, in its order. Notes are last: long ones spill
  -- over to other pages, and nothing that a list reads lies behind them.
  display          TEXT,                -- NULL also when a flag says that it is the same as shown
  given            TEXT,
  middle           TEXT,
  family           TEXT,
  prefix           TEXT,
  suffix           TEXT,
  nickname         TEXT,
  initials         TEXT,
  file_as          TEXT,                -- the same: a flag may say what it is made of
  phonetic_given   TEXT,
  phonetic_family  TEXT,
  phonetic_company TEXT,
  company          TEXT,
  department       TEXT,
  job_title        TEXT,
  office           TEXT,
  profession       TEXT,
  manager          TEXT,
  assistant        TEXT,
  spouse           TEXT,
  notes            TEXT
) STRICT;

CREATE TABLE email (
  contact INTEGER NOT NULL,
  ord     INTEGER NOT NULL,
  place   INTEGER NOT NULL,
  address TEXT,
  name_is INTEGER NOT NULL, -- the caption: 0 is in name, 1 is the address again, 2 is the contact's shown
  name    TEXT,
  label   TEXT,
  PRIMARY KEY (contact, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE phone (
  contact      INTEGER NOT NULL,
  ord          INTEGER NOT NULL,
  kind         INTEGER NOT NULL,
  number_class INTEGER NOT NULL,
  assumed      INTEGER NOT NULL, -- the text named no country; a change of region makes these anew
  raw          TEXT,             -- as the source wrote it; what is shown
  label        TEXT,
  e164         INTEGER,          -- without "+"; NULL when it cannot be known
  national_len INTEGER,          -- the last so many digits of e164 are the national number; else NULL
  national     TEXT,             -- when e164 does not hold it: raw digits
  ending       INTEGER,          -- the national number from its end, as a sortable number (see store_pack.h)
  extension    TEXT,
  PRIMARY KEY (contact, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE address (
  contact     INTEGER NOT NULL,
  ord         INTEGER NOT NULL,
  place       INTEGER NOT NULL,
  street      TEXT,
  po_box      TEXT,
  city        TEXT,
  region      TEXT,
  postal_code TEXT,
  country     TEXT,
  label       TEXT,
  PRIMARY KEY (contact, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE date (
  contact INTEGER NOT NULL,
  ord     INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  year    INTEGER NOT NULL, -- 0 not known
  month   INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  label   TEXT,
  PRIMARY KEY (contact, ord)
) STRICT, WITHOUT ROWID;

-- What can be there several times and is one text: web pages, chat, categories, children, "more fields".
CREATE TABLE item (
  contact INTEGER NOT NULL,
  ord     INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  place   INTEGER NOT NULL,
  label   TEXT,
  value   TEXT,
  PRIMARY KEY (contact, ord)
) STRICT, WITHOUT ROWID;

-- Words of each contact, folded by normalise/ and separated by one space: everything else that
-- is printable belongs to a word. Contentless: the words can be made again from the contact, and are
-- handed back exactly when a contact goes. Nothing is ranked in here, so neither places nor
-- lengths are kept. Prefixes of one to three letters have their own lists.
--
-- Names have an index of their own, since they are asked first and a longer prefix
-- costs what all its words hold: a company that everybody works for must not slow names down.
CREATE VIRTUAL TABLE search_name USING fts5 (
  words,
  content = '', columnsize = 0, detail = none, prefix = '1 2 3',
  tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'"
);

-- Names again, and everything else: company, job, e-mail, numbers.
CREATE VIRTUAL TABLE search_all USING fts5 (
  names, others, numbers,
  content = '', columnsize = 0, detail = none, prefix = '1 2 3',
  tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'"
);
