/* SPDX-License-Identifier: MIT */
/*
 * parse_csv_headings.h - what the columns of a table of contacts hold, by their headings, in any language we know.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/contact.h>

enum kith_csv_kind {
    KITH_CSV_STRANGER = 0, /* not known: kept under its heading */
    KITH_CSV_TEXT,         /* which: enum kith_text */
    KITH_CSV_WHOLE_NAME,   /* the name to show; the family name, where there is a column for the given one alone */
    KITH_CSV_PHONE,        /* which: enum kith_phone_kind */
    KITH_CSV_EMAIL,        /* n: of the contact's e-mails; place */
    KITH_CSV_EMAIL_TYPE,   /* n */
    KITH_CSV_EMAIL_NAME,   /* n */
    KITH_CSV_STREET,       /* place; n: line */
    KITH_CSV_CITY,         /* place, as in the next ones */
    KITH_CSV_REGION,
    KITH_CSV_CODE,
    KITH_CSV_COUNTRY,
    KITH_CSV_BOX,
    KITH_CSV_ADDRESS,  /* as one text */
    KITH_CSV_DATE,     /* which: enum kith_date_kind */
    KITH_CSV_BIRTHDAY, /* a part of it; which: enum kith_csv_day_part */
    KITH_CSV_LIST,     /* several in a cell; which: enum kith_item_kind */
    KITH_CSV_ITEM,     /* which: enum kith_item_kind; place; word: label */
    KITH_CSV_EXTRA,    /* word: label */
    KITH_CSV_GENDER,   /* word: label */
    KITH_CSV_NOISE,    /* word: why it is left out */
    KITH_CSV_NUMBERED, /* "Phone 2 - Value": which: enum kith_csv_group; n: its number; member */
};

enum kith_csv_day_part { KITH_CSV_DAY, KITH_CSV_MONTH, KITH_CSV_YEAR, KITH_CSV_DAY_PARTS };

/* Things that Google numbers. */
enum kith_csv_group {
    KITH_CSV_G_EMAIL,
    KITH_CSV_G_PHONE,
    KITH_CSV_G_ADDRESS,
    KITH_CSV_G_COMPANY,
    KITH_CSV_G_RELATION,
    KITH_CSV_G_WEB,
    KITH_CSV_G_CHAT,
    KITH_CSV_G_EVENT,
    KITH_CSV_G_FIELD, /* of the person's own making */
};

enum kith_csv_member {
    KITH_CSV_M_TYPE,
    KITH_CSV_M_VALUE,
    KITH_CSV_M_SERVICE,
    KITH_CSV_M_WHOLE,
    KITH_CSV_M_STREET,
    KITH_CSV_M_MORE_STREET,
    KITH_CSV_M_CITY,
    KITH_CSV_M_BOX,
    KITH_CSV_M_REGION,
    KITH_CSV_M_CODE,
    KITH_CSV_M_COUNTRY,
    KITH_CSV_M_NAME,
    KITH_CSV_M_READING,
    KITH_CSV_M_TITLE,
    KITH_CSV_M_DEPARTMENT,
    KITH_CSV_M_OFFICE,
    KITH_CSV_MEMBERS
};

enum { KITH_CSV_EMAILS = 12 }; /* slots that `n` of an e-mail counts */

struct kith_csv_field {
    enum kith_csv_kind kind;
    int which;
    enum kith_place place;
    int n;
    const char *word;
    enum kith_csv_member member;
};

/*
 * What a column with this heading holds, whatever its case, blanks, hyphens and other signs.
 * heading: UTF-8. *ret_english: an English heading, or one that English has, too.
 */
struct kith_csv_field kith_csv_field_of(const char *heading, size_t len, bool *ret_english);
