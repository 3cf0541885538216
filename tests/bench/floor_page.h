/* SPDX-License-Identifier: MIT */
/*
 * floor_page.h - one page of Graph's contacts as flat rows, over simdjson (floor_page.cpp).
 *
 * The rows of a page point into its memory and live until the next page is read into it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The columns of a contact that are one text, in the order of floor.c's table. */
enum floor_text {
    FLOOR_ID,
    FLOOR_CHANGE_KEY,
    FLOOR_FOLDER,
    FLOOR_CREATED,
    FLOOR_MODIFIED,
    FLOOR_DISPLAY,
    FLOOR_GIVEN,
    FLOOR_MIDDLE,
    FLOOR_FAMILY,
    FLOOR_TITLE,
    FLOOR_GENERATION,
    FLOOR_NICKNAME,
    FLOOR_INITIALS,
    FLOOR_FILE_AS,
    FLOOR_YOMI_GIVEN,
    FLOOR_YOMI_FAMILY,
    FLOOR_YOMI_COMPANY,
    FLOOR_COMPANY,
    FLOOR_DEPARTMENT,
    FLOOR_JOB,
    FLOOR_OFFICE,
    FLOOR_PROFESSION,
    FLOOR_MANAGER,
    FLOOR_ASSISTANT,
    FLOOR_SPOUSE,
    FLOOR_NOTES,
    FLOOR_N_TEXTS,
};

/* UTF-8, no NUL behind it; at is NULL for what the page does not have. */
struct floor_slice {
    const char *at;
    size_t len;
};

enum floor_email_part { FLOOR_EMAIL_ADDRESS, FLOOR_EMAIL_NAME, FLOOR_N_EMAIL_PARTS };
enum { FLOOR_N_ADDRESS_PARTS = 5, FLOOR_N_FIELD_PARTS = 2 }; /* street ... country; name and value */

/* A row of a contact's own: which contact of the page, which list it stood in, its texts. */
struct floor_row {
    size_t contact;
    int kind;
    struct floor_slice part[FLOOR_N_ADDRESS_PARTS];
};
struct floor_rows {
    size_t n;
    const struct floor_row *row;
};

struct floor_page;

struct floor_contacts {
    size_t n;
    const struct floor_slice (*text)[FLOOR_N_TEXTS];
    struct floor_rows emails, phones, addresses, fields; /* each in the order of the contacts */
    struct floor_slice next;                             /* link of the next page; at NULL: this was the last */
};

struct floor_page *floor_page_new(void);
void floor_page_free(struct floor_page *page); /* NULL is fine */

/* The bytes of the answer, as they come: empty it first. */
void floor_page_empty(struct floor_page *page);
void floor_page_add(struct floor_page *page, const char *bytes, size_t len);

/* false: not a page of contacts; why is static. */
bool floor_page_read(struct floor_page *page, struct floor_contacts *ret, const char **why);

#ifdef __cplusplus
}
#endif
