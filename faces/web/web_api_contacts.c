/* SPDX-License-Identifier: MIT */
/*
 * web_api_contacts.c - My Contacts: the list by position, one contact and its picture, find as you type, who has a
 * number.
 *
 * Before: the page scrolls, types, opens.
 * After:  rows and contacts as the engine writes them, put into the documents of openapi.yaml.
 */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"
#include "web_contact.h"
#include "web_input.h"
#include "web_json.h"

enum {
    WINDOW_MAX = 200,
    WINDOW_PRESET = 60,
    TYPED_MAX = 400,
    NUMBER_MAX = 100,
    FIRST_LOOK = 1000 /* hits that are looked through for those of one account, before more are asked for */
};

static enum kith_status get_list(struct kith_web *web, const struct kith_web_request *request,
                                 struct kith_web_list **ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) run;
    char account[64];
    enum kith_status st = kith_web_query_account(request, account, err);

    kith_buf_init(&run, KITH_WEB_TARGET_BYTES);
    if (st == KITH_OK)
        st = kith_web_query_text(request, "run", KITH_WEB_ID_BYTES - 1, &run, NULL, err);
    return st == KITH_OK ? kith_web_index_get(web->index, account, kith_buf_text(&run), ret, err) : st;
}

/* --- The list ------------------------------------------------------------------------ */

KITH_WEB_HANDLER(kith_web_get_index)
{
    KITH_AUTO(kith_web_list) list = NULL;
    KITH_AUTO(kith_json_writer) w = NULL;
    enum kith_status st = get_list(web, request, &list, err);

    if (st != KITH_OK)
        return st;
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "n", (int64_t)list->ids->n);
    kith_json_begin_array(w, "letters");
    for (size_t i = 0; i < list->letters->n; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "letter", list->letters->letter[i].letter);
        kith_json_put_int(w, "index", list->letters->letter[i].index);
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_web_json_version(w, list->data_version);
    kith_json_end(w);
    return KITH_OK;
}

/* The ids [from, from + count) of the list, as far as there are any. */
static size_t slice(const struct kith_web_list *list, int64_t from, int64_t count, const int64_t **ret_ids)
{
    size_t n = list->ids->n;

    if (from >= (int64_t)n)
        return 0;
    *ret_ids = list->ids->id + from;
    return (size_t)count < n - (size_t)from ? (size_t)count : n - (size_t)from;
}

/*
 * A contact that went away between the question for the ids and that for the rows would move all rows behind
 * it. Then the list is asked for again; should it change even faster, the rows that are there do.
 */
static enum kith_status get_window(struct kith_web *web, const struct kith_web_request *request, int64_t from,
                                   int64_t count, struct kith_web_list **ret_list, struct kith_rows **ret_rows,
                                   struct kith_error *err)
{
    for (int tries_left = 1;; tries_left--) {
        KITH_AUTO(kith_web_list) list = NULL;
        struct kith_rows *rows = NULL;
        const int64_t *ids = NULL;
        enum kith_status st = get_list(web, request, &list, err);

        if (st != KITH_OK)
            return st;
        size_t n = slice(list, from, count, &ids);
        st = kith_rows_get(web->k, ids, n, &rows, err);
        if (st != KITH_OK)
            return st;
        if (rows->n == n || tries_left == 0) {
            *ret_list = KITH_TAKE(list);
            *ret_rows = rows;
            return KITH_OK;
        }
        kith_rows_free(rows);
    }
}

KITH_WEB_HANDLER(kith_web_get_rows)
{
    KITH_AUTO(kith_web_list) list = NULL;
    KITH_AUTO(kith_json_writer) w = NULL;
    struct kith_rows *rows = NULL;
    int64_t from, count;
    enum kith_status st = kith_web_query_int(request, "from", 0, INT64_MAX, 0, &from, err);

    if (st == KITH_OK)
        st = kith_web_query_int(request, "count", 1, WINDOW_MAX, WINDOW_PRESET, &count, err);
    if (st == KITH_OK)
        st = get_window(web, request, from, count, &list, &rows, err);
    if (st != KITH_OK)
        return st;
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "from", from);
    kith_json_put_int(w, "n", (int64_t)list->ids->n);
    kith_json_begin_array(w, "rows");
    for (size_t i = 0; i < rows->n; i++)
        kith_web_json_row(w, NULL, &rows->row[i]);
    kith_json_end(w);
    kith_web_json_version(w, list->data_version);
    kith_json_end(w);
    kith_rows_free(rows);
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_get_position)
{
    KITH_AUTO(kith_web_list) list = NULL;
    KITH_AUTO(kith_json_writer) w = NULL;
    int64_t id;
    size_t at = 0;
    enum kith_status st = kith_web_arg_id(request, &id, err);

    if (st == KITH_OK)
        st = get_list(web, request, &list, err);
    if (st != KITH_OK)
        return st;
    while (at < list->ids->n && list->ids->id[at] != id)
        at++;
    if (at == list->ids->n)
        return kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_CONTACT, "contact %lld is not in this list",
                                (long long)id);
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "index", (int64_t)at);
    kith_json_put_int(w, "n", (int64_t)list->ids->n);
    kith_web_json_version(w, list->data_version);
    kith_json_end(w);
    return KITH_OK;
}

/* --- One contact ------------------------------------------------------------------------ */

KITH_DEFINE_AUTO(kith_contact, kith_contact_free)
KITH_DEFINE_AUTO(kith_photo, free)

static enum kith_status get_contact(struct kith_web *web, const struct kith_web_request *request,
                                    struct kith_contact **ret, struct kith_error *err)
{
    int64_t id;
    enum kith_status st = kith_web_arg_id(request, &id, err);

    return st == KITH_OK ? kith_contact_get(web->k, id, ret, err) : st;
}

KITH_WEB_HANDLER(kith_web_get_contact)
{
    KITH_AUTO(kith_contact) contact = NULL;
    KITH_AUTO(kith_json_writer) w = NULL;
    KITH_AUTO_DONE(kith_buf) typed;
    struct kith_rows *rows = NULL;
    struct kith_account account;
    char imported[64] = "";
    enum kith_status st;

    kith_buf_init(&typed, KITH_WEB_TARGET_BYTES);
    st = kith_web_query_text(request, "typed", TYPED_MAX, &typed, NULL, err);
    if (st == KITH_OK)
        st = get_contact(web, request, &contact, err);
    if (st == KITH_OK)
        st = kith_rows_get(web->k, &contact->id, 1, &rows, err);
    if (st == KITH_OK && rows->n == 0) { /* it went away just now */
        kith_rows_free(rows);
        st = kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_CONTACT, "contact %lld is not here any more",
                              (long long)contact->id);
    }
    if (st != KITH_OK)
        return st;
    if (kith_account_find(web->k, contact->account, &account, NULL) != KITH_OK)
        account.last_import_s = 0; /* gone just now: no import is known */

    if (account.last_import_s > 0)
        kith_clock_format_day(account.last_import_s, imported, sizeof(imported));
    KITH_AUTO_STRING json = kith_contact_to_json(contact);
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_object(w, NULL);
    kith_json_put_raw(w, "contact", json, strlen(json));
    kith_web_json_row(w, "row", &rows->row[0]);
    kith_json_put_text(w, "imported", imported);
    kith_web_contact_write(web->k, contact, kith_buf_text(&typed), w);
    kith_json_end(w);
    kith_rows_free(rows);
    return KITH_OK;
}

/* The file is named after the contact (RFC 6266); what a file system could misread is left out. */
static void name_file(const struct kith_contact *contact, struct kith_web_answer *answer)
{
    char name[128], encoded[400];
    size_t n = 0;

    for (const char *c = contact->shown; *c != '\0' && n < sizeof(name) - 1; c++)
        if ((unsigned char)*c >= ' ' && !strchr("/\\:*?\"<>|", *c))
            name[n++] = *c;
    name[kith_utf8_valid_len(name, n)] = '\0';
    if (name[0] == '\0' || name[0] == '.' || !kith_percent_encode(name, encoded, sizeof(encoded)))
        (void)kith_text_copy(encoded, sizeof(encoded), "contact");
    (void)kith_text_format(answer->disposition, sizeof(answer->disposition),
                           "attachment; filename=\"contact.vcf\"; filename*=UTF-8''%s.vcf", encoded);
}

KITH_WEB_HANDLER(kith_web_get_vcard)
{
    KITH_AUTO(kith_contact) contact = NULL;
    enum kith_status st = get_contact(web, request, &contact, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_STRING vcard = kith_contact_to_vcard(contact);
    (void)kith_buf_add_text(&answer->text, vcard); /* one contact is far from the ceiling */
    answer->status = 200;
    answer->type = "text/vcard; charset=utf-8";
    name_file(contact, answer);
    return KITH_OK;
}

/* The page asks with the tag in the address, so that a new picture has a new one; the ETag says what did not change. */
KITH_WEB_HANDLER(kith_web_get_photo)
{
    KITH_AUTO(kith_photo) photo = NULL;
    char etag[KITH_PHOTO_TAG_SIZE + 2];
    int64_t id;
    enum kith_status st = kith_web_arg_id(request, &id, err);

    if (st == KITH_OK)
        st = kith_photo_get(web->k, id, &photo, err);
    if (st != KITH_OK)
        return st;
    if (photo->kind == KITH_PHOTO_NONE) /* the store's file was damaged */
        return kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_PHOTO, "contact %lld has no picture",
                                (long long)id);
    (void)kith_text_format(etag, sizeof(etag), "\"%s\"", photo->tag);
    if (kith_web_answer_kept(request, etag, answer))
        return KITH_OK;
    (void)kith_buf_add(&answer->text, (const char *)photo->bytes, photo->n_bytes); /* 4 MiB at most */
    answer->status = 200;
    answer->type = kith_photo_media_type(photo->kind);
    return KITH_OK;
}

/* --- Finding ------------------------------------------------------------------------------- */

/* The heading over numbers of one kind, or what stands before the text of another field. Plain words. */
static const char *where_of(enum kith_match match)
{
    switch (match) {
    case KITH_MATCH_NUMBER:
    case KITH_MATCH_NUMBER_NATIONAL:
        return "This is the number of";
    case KITH_MATCH_NUMBER_MAIN:
        return "Same number, other extension";
    case KITH_MATCH_NUMBER_GUESS:
        return "A guess: the last 7 digits agree";
    case KITH_MATCH_EMAIL:
        return "E-mail: ";
    case KITH_MATCH_COMPANY:
        return "Company: ";
    case KITH_MATCH_NONE:
    case KITH_MATCH_NAME:
        break;
    }
    return "";
}

/* A row as the engine writes it, "{...}", with where and the marks as two more members. */
static void write_found_row(struct kith_json_writer *w, struct kith_marker *marker, const struct kith_row *row)
{
    KITH_AUTO_STRING json = kith_row_to_json(row);
    KITH_AUTO_STRING marks = kith_row_marks_to_json(marker, row);
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, KITH_WEB_DOCUMENT_BYTES);
    (void)kith_buf_add(&out, json, strlen(json) - 1);
    (void)kith_buf_addf(&out, ",\"where\":\"%s\",\"marks\":", where_of(row->match));
    (void)kith_buf_add_text(&out, marks);
    (void)kith_buf_add_char(&out, '}');
    kith_json_put_raw(w, NULL, kith_buf_text(&out), out.len);
}

static bool is_of(const struct kith_row *row, const char *account)
{
    return account[0] == '\0' || strcmp(row->account, account) == 0;
}

/* At most limit rows of the account. true: more than that were there. */
static bool write_rows(struct kith_json_writer *w, struct kith_marker *marker, const struct kith_rows *rows,
                       const char *account, int64_t limit)
{
    int64_t n = 0;

    kith_json_begin_array(w, "rows");
    for (size_t i = 0; i < rows->n; i++) {
        if (!is_of(&rows->row[i], account))
            continue;
        if (n++ < limit)
            write_found_row(w, marker, &rows->row[i]);
    }
    kith_json_end(w);
    return n > limit || rows->more;
}

/* caller: of a number that was asked about, else NULL. */
static void write_found(struct kith_web_answer *answer, const char *typed, bool number, const char *caller,
                        const struct kith_rows *rows, const char *account, int64_t limit, uint64_t data_version)
{
    KITH_AUTO(kith_marker) marker = kith_marker_new(typed);
    KITH_AUTO(kith_json_writer) w = kith_web_answer_json(answer, 200);

    kith_json_begin_object(w, NULL);
    kith_json_put_bool(w, "number", number);
    if (caller)
        kith_json_put_text(w, "caller", caller);
    bool more = write_rows(w, marker, rows, account, limit);
    kith_json_put_bool(w, "more", more);
    kith_web_json_version(w, data_version);
    kith_json_end(w);
}

static size_t count_of(const struct kith_rows *rows, const char *account)
{
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++)
        n += is_of(&rows->row[i], account);
    return n;
}

/* The engine finds among all accounts. For one account more and more hits are asked for until enough of them are of it.
 */
static enum kith_status find_rows(struct kith *k, const char *typed, const char *account, int64_t limit,
                                  struct kith_rows **ret, struct kith_error *err)
{
    int64_t asked = account[0] == '\0' ? limit : FIRST_LOOK;

    for (;;) {
        struct kith_rows *rows = NULL;
        enum kith_status st = kith_find(k, typed, asked, &rows, err);

        if (st != KITH_OK)
            return st;
        if (account[0] == '\0' || !rows->more || count_of(rows, account) > (size_t)limit) {
            *ret = rows;
            return KITH_OK;
        }
        kith_rows_free(rows);
        asked = asked < INT64_MAX / 8 ? asked * 8 : 0;
    }
}

/* Could somebody want to dial it? Digits and what stands between digits, and perhaps an extension. */
static bool looks_like_number(const char *typed)
{
    static const char *const words[] = {"extension", "ext", "ext.", "x"};
    size_t n_digits = 0;

    while (*typed != '\0') {
        size_t skipped = 0;
        n_digits += *typed >= '0' && *typed <= '9';
        for (size_t i = 0; i < KITH_COUNT_OF(words) && skipped == 0 && n_digits > 0; i++)
            if (kith_text_starts_with_ci(typed, words[i]))
                skipped = strlen(words[i]);
        if (skipped == 0 && strchr("0123456789 +-()./", *typed))
            skipped = 1;
        if (skipped == 0)
            return false;
        typed += skipped;
    }
    return n_digits >= 3;
}

static int rank_of(enum kith_match match)
{
    switch (match) {
    case KITH_MATCH_NUMBER:
        return 0;
    case KITH_MATCH_NUMBER_NATIONAL:
        return 1;
    case KITH_MATCH_NUMBER_MAIN:
        return 2;
    default:
        return 3;
    }
}

/* Groups in their order, the engine's order inside each. There are a handful. */
static void group_by_match(struct kith_rows *rows)
{
    for (size_t i = 1; i < rows->n; i++) {
        struct kith_row row = rows->row[i];
        size_t at = i;

        for (; at > 0 && rank_of(rows->row[at - 1].match) > rank_of(row.match); at--)
            rows->row[at] = rows->row[at - 1];
        rows->row[at] = row;
    }
}

/*
 * Whoever has the number that was typed, when it is one: *ret stays NULL when nobody has it for certain
 * and the digits also lead to somebody as a beginning.
 */
static enum kith_status find_number(struct kith *k, const char *typed, const char *account,
                                    const struct kith_rows *found, struct kith_rows **ret, struct kith_error *err)
{
    struct kith_rows *rows = NULL;
    enum kith_status st = looks_like_number(typed) ? kith_who(k, typed, &rows, err) : KITH_OK;

    if (st != KITH_OK || !rows)
        return st;
    group_by_match(rows);
    bool certain = rows->n > 0 && rows->row[0].match != KITH_MATCH_NUMBER_GUESS;
    if (count_of(rows, account) > 0 && (certain || count_of(found, account) == 0))
        *ret = rows;
    else
        kith_rows_free(rows);
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_get_find)
{
    KITH_AUTO_DONE(kith_buf) typed;
    char account[64];
    int64_t limit;
    bool given;
    struct kith_account known;
    struct kith_rows *found = NULL, *number = NULL;
    uint64_t data_version = kith_data_version(web->k);
    enum kith_status st;

    kith_buf_init(&typed, KITH_WEB_TARGET_BYTES);
    st = kith_web_query_text(request, "q", TYPED_MAX, &typed, &given, err);
    if (st == KITH_OK && !given)
        st = kith_fail(err, KITH_E_USAGE, "the parameter \"q\" is missing");
    if (st == KITH_OK)
        st = kith_web_query_int(request, "limit", 1, WINDOW_MAX, WINDOW_MAX, &limit, err);
    if (st == KITH_OK)
        st = kith_web_query_account(request, account, err);
    if (st == KITH_OK && account[0] != '\0')
        st = kith_account_find(web->k, account, &known, err);
    if (st == KITH_OK)
        st = find_rows(web->k, kith_buf_text(&typed), account, limit, &found, err);
    if (st == KITH_OK)
        st = find_number(web->k, kith_buf_text(&typed), account, found, &number, err);
    if (st == KITH_OK)
        write_found(answer, kith_buf_text(&typed), number != NULL, /* caller= */ NULL, number ? number : found, account,
                    limit, data_version);
    kith_rows_free(number);
    kith_rows_free(found);
    return st;
}

KITH_WEB_HANDLER(kith_web_get_who)
{
    KITH_AUTO_DONE(kith_buf) number;
    struct kith_rows *rows = NULL;
    uint64_t data_version = kith_data_version(web->k);
    bool given;
    enum kith_status st;

    kith_buf_init(&number, KITH_WEB_TARGET_BYTES);
    st = kith_web_query_text(request, "number", NUMBER_MAX, &number, &given, err);
    if (st == KITH_OK && !given)
        st = kith_fail(err, KITH_E_USAGE, "the parameter \"number\" is missing");
    if (st == KITH_OK)
        st = kith_who(web->k, kith_buf_text(&number), &rows, err);
    if (st != KITH_OK)
        return st;
    group_by_match(rows);
    write_found(answer, kith_buf_text(&number), /* number= */ true, kith_caller_id(rows->caller), rows, "", WINDOW_MAX,
                data_version);
    kith_rows_free(rows);
    return KITH_OK;
}
