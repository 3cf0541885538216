/* SPDX-License-Identifier: MIT */
/*
 * floor.c - the floor: what an import of contacts costs at the very least, on this machine, with these pages.
 *
 * libcurl fetches, simdjson parses, SQLite keeps: the same design as kith's store, written straight down. One
 * thread fetches and parses the next page while the other stores this one; rows, then indexes, in one transaction;
 * numbers by kith's short path only. Whatever kith takes beyond this is what it does for people beyond this:
 * spellings of every name, the full rules for numbers, a spool, changes found by comparing, errors explained.
 *
 *     floor import URL DATABASE [--no-latin]    one account, every page
 *     floor fetch URLS AT_A_TIME                the bare requests of the file URLS, so many at a time
 *
 * The access token stands in the environment, in FLOOR_TOKEN. A floor has no manners: any failure ends it.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <sqlite3.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/clock.h"
#include "base/text.h"
#include "floor_page.h"
#include "normalise/number_plain.h"

enum {
    PAGES = 4,         /* between the two threads */
    ID_PREFIX = 110,   /* bytes of an id that a mailbox has in common */
    WORDS_BYTES = 512, /* of one contact for one column of the word index; more is cut */
    SORT_BYTES = 256,
};

#define REGION "US"

static void die(const char *what, const char *why)
{
    fprintf(stderr, "floor: %s: %s\n", what, why);
    exit(1);
}

/* --- Fetching -------------------------------------------------------------------- */

static struct curl_slist *headers(void)
{
    const char *token = getenv("FLOOR_TOKEN");
    char line[8192];

    if (!token || !kith_text_format(line, sizeof(line), "Authorization: Bearer %s", token))
        die("token", "FLOOR_TOKEN is not set, or too long");
    return curl_slist_append(curl_slist_append(NULL, line), "Prefer: IdType=\"ImmutableId\"");
}

static size_t add_bytes(char *bytes, size_t size, size_t n, void *page)
{
    floor_page_add(page, bytes, size * n);
    return size * n;
}

static size_t drop_bytes(char *bytes, size_t size, size_t n, void *unused)
{
    (void)bytes;
    (void)unused;
    return size * n;
}

static CURL *new_request(struct curl_slist *head)
{
    CURL *curl = curl_easy_init();

    if (!curl)
        die("libcurl", "out of memory");
    (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, head); /* none of these fails with such values */
    (void)curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    (void)curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, 256L * 1024);
    return curl;
}

/* --- Between the threads ------------------------------------------------------------ */

struct ring {
    const char *first;
    struct floor_page *page[PAGES];
    struct floor_contacts contacts[PAGES];
    bool last[PAGES];
    sem_t empty, full;
};

static void *fetch_pages(void *arg)
{
    struct ring *ring = arg;
    struct curl_slist *head = headers();
    CURL *curl = new_request(head);
    char *url = strdup(ring->first);

    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, add_bytes);
    for (size_t i = 0; url; i = (i + 1) % PAGES) {
        const char *why = "";
        struct floor_contacts *contacts = &ring->contacts[i];

        (void)sem_wait(&ring->empty); /* no signal handler: cannot be interrupted */
        floor_page_empty(ring->page[i]);
        (void)curl_easy_setopt(curl, CURLOPT_URL, url);
        (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, ring->page[i]);
        CURLcode code = curl_easy_perform(curl);
        if (code != CURLE_OK)
            die(url, curl_easy_strerror(code));
        if (!floor_page_read(ring->page[i], contacts, &why))
            die(url, why);
        free(url);
        url = contacts->next.at ? strndup(contacts->next.at, contacts->next.len) : NULL;
        ring->last[i] = !url;
        (void)sem_post(&ring->full);
    }
    curl_easy_cleanup(curl);
    curl_slist_free_all(head);
    return NULL;
}

/* --- Storing ------------------------------------------------------------------------- */

static const char schema_sql[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4096;"
    "CREATE TABLE id_prefix (id INTEGER PRIMARY KEY, beginning TEXT NOT NULL) STRICT;"
    "CREATE TABLE contact (id INTEGER PRIMARY KEY, source_hash INTEGER NOT NULL, id_prefix INTEGER, id_rest TEXT,"
    " change_key TEXT, folder INTEGER, created_s INTEGER, modified_s INTEGER, sort_key BLOB NOT NULL,"
    " display TEXT, given TEXT, middle TEXT, family TEXT, title TEXT, generation TEXT, nickname TEXT, initials TEXT,"
    " file_as TEXT, yomi_given TEXT, yomi_family TEXT, yomi_company TEXT, company TEXT, department TEXT, job TEXT,"
    " office TEXT, profession TEXT, manager TEXT, assistant TEXT, spouse TEXT, notes TEXT) STRICT;"
    "CREATE TABLE email (contact INTEGER, ord INTEGER, address TEXT COLLATE NOCASE, name TEXT,"
    " PRIMARY KEY (contact, ord)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE phone (contact INTEGER, ord INTEGER, kind INTEGER, raw TEXT, e164 INTEGER, extension TEXT,"
    " PRIMARY KEY (contact, ord)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE address (contact INTEGER, ord INTEGER, kind INTEGER, street TEXT, city TEXT, region TEXT,"
    " postal_code TEXT, country TEXT, PRIMARY KEY (contact, ord)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE field (contact INTEGER, ord INTEGER, kind INTEGER, name TEXT, value TEXT,"
    " PRIMARY KEY (contact, ord)) STRICT, WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE search USING fts5 (names, others, numbers, content = '', columnsize = 0,"
    " detail = column, prefix = '1 2 3');";
static const char index_sql[] = "CREATE INDEX contact_source ON contact (source_hash);"
                                "CREATE INDEX contact_order ON contact (sort_key);"
                                "CREATE INDEX email_address ON email (address);"
                                "CREATE INDEX phone_e164 ON phone (e164) WHERE e164 IS NOT NULL;";

/* Columns behind sort_key are FLOOR_DISPLAY ... FLOOR_NOTES. */
static const char contact_sql[] =
    "INSERT INTO contact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
static const char email_sql[] = "INSERT INTO email VALUES (?,?,?,?)";
static const char phone_sql[] = "INSERT INTO phone VALUES (?,?,?,?,?,?)";
static const char address_sql[] = "INSERT INTO address VALUES (?,?,?,?,?,?,?,?)";
static const char field_sql[] = "INSERT INTO field VALUES (?,?,?,?,?)";
static const char search_sql[] = "INSERT INTO search (rowid, names, others, numbers) VALUES (?,?,?,?)";
static const char prefix_sql[] = "INSERT INTO id_prefix (beginning) VALUES (?)";

struct words {
    char text[WORDS_BYTES];
    size_t len;
};

struct keeper {
    sqlite3 *db;
    sqlite3_stmt *contact, *email, *phone, *address, *field, *search, *prefix;
    UCollator *collator;
    UTransliterator *latin; /* NULL: names stay as they are */
    char prefix_now[ID_PREFIX];
    int64_t prefix_id, n_contacts;
    struct words names, others, numbers;
    size_t at_email, at_phone, at_address, at_field; /* in the page's rows */
};

static void run(sqlite3 *db, const char *sql)
{
    char *why = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        die(sql, why);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        die(sql, sqlite3_errmsg(db));
    return statement;
}

static void step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        die(sqlite3_sql(statement), sqlite3_errmsg(sqlite3_db_handle(statement)));
    (void)sqlite3_reset(statement); /* says again what step said */
}

static void bind_slice(sqlite3_stmt *statement, int column, struct floor_slice slice)
{
    (void)sqlite3_bind_text(statement, column, slice.at, (int)slice.len, SQLITE_STATIC); /* NULL binds NULL */
}

static void add_word(struct words *words, const char *at, size_t len)
{
    if (!at || words->len + len + 1 > sizeof(words->text))
        return;
    memcpy(words->text + words->len, at, len);
    words->text[words->len + len] = ' ';
    words->len += len + 1;
}

static bool is_ascii(struct floor_slice slice)
{
    for (size_t i = 0; i < slice.len; i++)
        if ((unsigned char)slice.at[i] > 127)
            return false;
    return true;
}

/* A name in Latin letters, so that it is found by whoever cannot type its own. */
static void add_latin(struct keeper *k, struct floor_slice name)
{
    UChar text[128];
    char out[256];
    int32_t len = 0, out_len = 0, limit;
    UErrorCode code = U_ZERO_ERROR;

    if (!k->latin || is_ascii(name))
        return;
    (void)u_strFromUTF8(text, 128, &len, name.at, (int32_t)name.len, &code);
    limit = len;
    utrans_transUChars(k->latin, text, &len, 128, 0, &limit, &code);
    (void)u_strToUTF8(out, sizeof(out), &out_len, text, len, &code);
    if (U_SUCCESS(code))
        add_word(&k->names, out, (size_t)out_len);
}

static int sort_key(struct keeper *k, const struct floor_slice *text, uint8_t *key)
{
    UChar name[160];
    int32_t len = 0, more = 0;
    UErrorCode code = U_ZERO_ERROR;
    struct floor_slice first = text[FLOOR_FAMILY].at ? text[FLOOR_FAMILY] : text[FLOOR_DISPLAY];

    (void)u_strFromUTF8(name, 80, &len, first.at ? first.at : "", (int32_t)first.len, &code);
    name[len < 80 ? len++ : 79] = ' ';
    if (text[FLOOR_FAMILY].at && text[FLOOR_GIVEN].at && len < 80)
        (void)u_strFromUTF8(name + len, 80, &more, text[FLOOR_GIVEN].at, (int32_t)text[FLOOR_GIVEN].len, &code);
    return ucol_getSortKey(k->collator, name, len + (more < 80 ? more : 80), key, SORT_BYTES);
}

/* The beginning that ids have in common is kept once. */
static void bind_id(struct keeper *k, struct floor_slice id)
{
    size_t head = id.len < ID_PREFIX ? 0 : ID_PREFIX;

    if (head && (k->prefix_id == 0 || memcmp(k->prefix_now, id.at, head) != 0)) {
        (void)sqlite3_bind_text(k->prefix, 1, id.at, (int)head, SQLITE_STATIC);
        step(k->prefix);
        k->prefix_id = sqlite3_last_insert_rowid(k->db);
        memcpy(k->prefix_now, id.at, head);
    }
    (void)sqlite3_bind_int64(k->contact, 2, (int64_t)kith_fnv1a64(id.at, id.len));
    (void)sqlite3_bind_int64(k->contact, 3, head ? k->prefix_id : 0);
    bind_slice(k->contact, 4, (struct floor_slice){id.at + head, id.len - head});
}

static void bind_time(sqlite3_stmt *statement, int column, struct floor_slice slice)
{
    char text[40];
    int64_t time_s = 0;

    if (kith_text_copy_n(text, sizeof(text), slice.at ? slice.at : "", slice.len) &&
        kith_clock_parse_iso(text, &time_s))
        (void)sqlite3_bind_int64(statement, column, time_s);
    else
        (void)sqlite3_bind_null(statement, column);
}

static void store_contact(struct keeper *k, int64_t id, const struct floor_slice *text)
{
    static const enum floor_text names[] = {FLOOR_DISPLAY,  FLOOR_GIVEN,      FLOOR_FAMILY,
                                            FLOOR_NICKNAME, FLOOR_YOMI_GIVEN, FLOOR_YOMI_FAMILY};
    static const enum floor_text others[] = {FLOOR_COMPANY, FLOOR_DEPARTMENT, FLOOR_JOB};
    uint8_t key[SORT_BYTES];
    int key_len = sort_key(k, text, key);

    (void)sqlite3_bind_int64(k->contact, 1, id);
    bind_id(k, text[FLOOR_ID]);
    bind_slice(k->contact, 5, text[FLOOR_CHANGE_KEY]);
    (void)sqlite3_bind_int(k->contact, 6, 1);
    bind_time(k->contact, 7, text[FLOOR_CREATED]);
    bind_time(k->contact, 8, text[FLOOR_MODIFIED]);
    (void)sqlite3_bind_blob(k->contact, 9, key, key_len < SORT_BYTES ? key_len : SORT_BYTES, SQLITE_STATIC);
    for (int i = FLOOR_DISPLAY; i <= FLOOR_NOTES; i++)
        bind_slice(k->contact, 10 + i - FLOOR_DISPLAY, text[i]);
    step(k->contact);

    k->names.len = k->others.len = k->numbers.len = 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        add_word(&k->names, text[names[i]].at, text[names[i]].len);
    add_latin(k, text[FLOOR_DISPLAY]);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        add_word(&k->others, text[others[i]].at, text[others[i]].len);
}

/* The next row of a list, as long as it is the contact's. */
static const struct floor_row *next_row(const struct floor_rows *rows, size_t *at, size_t contact)
{
    return *at < rows->n && rows->row[*at].contact == contact ? &rows->row[(*at)++] : NULL;
}

static void store_phone(struct keeper *k, const struct floor_row *row)
{
    struct kith_dialled dialled;
    struct kith_plain_number number;
    char raw[128];

    (void)sqlite3_bind_int(k->phone, 3, row->kind);
    bind_slice(k->phone, 4, row->part[0]);
    (void)sqlite3_bind_null(k->phone, 5);
    (void)sqlite3_bind_null(k->phone, 6);
    (void)kith_text_copy_n(raw, sizeof(raw), row->part[0].at, row->part[0].len); /* what is longer is no number */
    if (kith_number_read(raw, &dialled)) {
        if (dialled.extension[0])
            (void)sqlite3_bind_text(k->phone, 6, dialled.extension, -1, SQLITE_TRANSIENT);
        if (kith_number_plain(REGION, &dialled, &number)) {
            (void)sqlite3_bind_int64(k->phone, 5, strtoll(number.e164 + 1, NULL, 10));
            add_word(&k->numbers, number.national, strlen(number.national));
        } else {
            add_word(&k->numbers, dialled.digits, strlen(dialled.digits));
        }
    }
    step(k->phone);
}

static void store_rows(struct keeper *k, int64_t id, size_t contact, const struct floor_contacts *page)
{
    const struct floor_row *row;

    for (int ord = 0; (row = next_row(&page->emails, &k->at_email, contact)); ord++) {
        (void)sqlite3_bind_int64(k->email, 1, id);
        (void)sqlite3_bind_int(k->email, 2, ord);
        bind_slice(k->email, 3, row->part[FLOOR_EMAIL_ADDRESS]);
        bind_slice(k->email, 4, row->part[FLOOR_EMAIL_NAME]);
        step(k->email);
        add_word(&k->others, row->part[FLOOR_EMAIL_ADDRESS].at, row->part[FLOOR_EMAIL_ADDRESS].len);
    }
    for (int ord = 0; (row = next_row(&page->phones, &k->at_phone, contact)); ord++) {
        (void)sqlite3_bind_int64(k->phone, 1, id);
        (void)sqlite3_bind_int(k->phone, 2, ord);
        store_phone(k, row);
    }
    for (int ord = 0; (row = next_row(&page->addresses, &k->at_address, contact)); ord++) {
        (void)sqlite3_bind_int64(k->address, 1, id);
        (void)sqlite3_bind_int(k->address, 2, ord);
        (void)sqlite3_bind_int(k->address, 3, row->kind);
        for (int i = 0; i < FLOOR_N_ADDRESS_PARTS; i++)
            bind_slice(k->address, 4 + i, row->part[i]);
        step(k->address);
    }
    for (int ord = 0; (row = next_row(&page->fields, &k->at_field, contact)); ord++) {
        (void)sqlite3_bind_int64(k->field, 1, id);
        (void)sqlite3_bind_int(k->field, 2, ord);
        (void)sqlite3_bind_int(k->field, 3, row->kind);
        for (int i = 0; i < FLOOR_N_FIELD_PARTS; i++)
            bind_slice(k->field, 4 + i, row->part[i]);
        step(k->field);
    }
}

static void store_page(struct keeper *k, const struct floor_contacts *page)
{
    k->at_email = k->at_phone = k->at_address = k->at_field = 0;
    for (size_t i = 0; i < page->n; i++) {
        int64_t id = ++k->n_contacts;

        store_contact(k, id, page->text[i]);
        store_rows(k, id, i, page);
        (void)sqlite3_bind_int64(k->search, 1, id);
        (void)sqlite3_bind_text(k->search, 2, k->names.text, (int)k->names.len, SQLITE_STATIC);
        (void)sqlite3_bind_text(k->search, 3, k->others.text, (int)k->others.len, SQLITE_STATIC);
        (void)sqlite3_bind_text(k->search, 4, k->numbers.text, (int)k->numbers.len, SQLITE_STATIC);
        step(k->search);
    }
}

static void open_keeper(struct keeper *k, const char *path, bool latin)
{
    static const UChar rules[] = u"Any-Latin; Latin-ASCII";
    UErrorCode code = U_ZERO_ERROR;

    if (sqlite3_open(path, &k->db) != SQLITE_OK)
        die(path, sqlite3_errmsg(k->db));
    run(k->db, schema_sql);
    k->contact = prepare(k->db, contact_sql);
    k->email = prepare(k->db, email_sql);
    k->phone = prepare(k->db, phone_sql);
    k->address = prepare(k->db, address_sql);
    k->field = prepare(k->db, field_sql);
    k->search = prepare(k->db, search_sql);
    k->prefix = prepare(k->db, prefix_sql);
    k->collator = ucol_open("en_US", &code);
    if (latin)
        k->latin = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    if (U_FAILURE(code))
        die("ICU", u_errorName(code));
}

static void close_keeper(struct keeper *k)
{
    sqlite3_stmt *const statements[] = {k->contact, k->email, k->phone, k->address, k->field, k->search, k->prefix};

    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
        (void)sqlite3_finalize(statements[i]); /* says again what step said */
    ucol_close(k->collator);
    utrans_close(k->latin);
    if (sqlite3_close(k->db) != SQLITE_OK)
        die("close", sqlite3_errmsg(k->db));
}

static int import(const char *url, const char *path, bool latin)
{
    struct ring ring = {.first = url};
    struct keeper keeper = {0};
    pthread_t fetcher;

    for (size_t i = 0; i < PAGES; i++)
        if (!(ring.page[i] = floor_page_new()))
            die("import", "out of memory");
    (void)sem_init(&ring.empty, 0, PAGES); /* neither fails with such values */
    (void)sem_init(&ring.full, 0, 0);
    if (pthread_create(&fetcher, NULL, fetch_pages, &ring) != 0)
        die("import", "no thread could be started");
    open_keeper(&keeper, path, latin);
    run(keeper.db, "BEGIN IMMEDIATE");
    for (size_t i = 0, last = 0; !last; i = (i + 1) % PAGES) {
        (void)sem_wait(&ring.full);
        store_page(&keeper, &ring.contacts[i]);
        last = ring.last[i];
        (void)sem_post(&ring.empty);
    }
    (void)pthread_join(fetcher, NULL); /* started above, joined once */
    run(keeper.db, index_sql);
    run(keeper.db, "COMMIT");
    printf("%lld contacts\n", (long long)keeper.n_contacts);
    close_keeper(&keeper);
    for (size_t i = 0; i < PAGES; i++)
        floor_page_free(ring.page[i]);
    return 0;
}

/* --- Bare requests ------------------------------------------------------------------ */

static bool start_next(CURLM *multi, CURL *curl, FILE *urls)
{
    char line[16384];

    if (!fgets(line, sizeof(line), urls))
        return false;
    line[strcspn(line, "\n")] = '\0';
    (void)curl_easy_setopt(curl, CURLOPT_URL, line); /* copied */
    return curl_multi_add_handle(multi, curl) == CURLM_OK;
}

/* Requests that have ended make room for the next ones. How many are new under way. */
static int turn_over(CURLM *multi, FILE *urls)
{
    CURLMsg *message;
    int left = 0, n = 0;

    while ((message = curl_multi_info_read(multi, &left))) {
        CURL *curl = message->easy_handle;

        if (message->data.result != CURLE_OK)
            die("fetch", curl_easy_strerror(message->data.result));
        (void)curl_multi_remove_handle(multi, curl); /* it was added */
        if (start_next(multi, curl, urls))
            n++;
        else
            curl_easy_cleanup(curl);
    }
    return n;
}

static int fetch(const char *path, int at_a_time)
{
    FILE *urls = fopen(path, "re");
    CURLM *multi = curl_multi_init();
    struct curl_slist *head = headers();
    int under_way = 0;

    if (!urls || !multi)
        die(path, "cannot be read");
    for (int i = 0; i < at_a_time; i++) {
        CURL *curl = new_request(head);

        (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_bytes);
        if (start_next(multi, curl, urls))
            under_way++;
        else
            curl_easy_cleanup(curl);
    }
    while (under_way > 0) {
        if (curl_multi_perform(multi, &under_way) != CURLM_OK)
            die("fetch", "libcurl gave up");
        under_way += turn_over(multi, urls);
        if (under_way > 0)
            (void)curl_multi_poll(multi, NULL, 0, 1000, NULL); /* woken early or late: it is asked again */
    }
    (void)curl_multi_cleanup(multi);
    curl_slist_free_all(head);
    (void)fclose(urls); /* only read */
    return 0;
}

int main(int argc, char **argv)
{
    (void)curl_global_init(CURL_GLOBAL_DEFAULT); /* a failure shows at the first request */
    if (argc >= 4 && strcmp(argv[1], "import") == 0)
        return import(argv[2], argv[3], !(argc > 4 && strcmp(argv[4], "--no-latin") == 0));
    if (argc == 4 && strcmp(argv[1], "fetch") == 0)
        return fetch(argv[2], (int)strtol(argv[3], NULL, 10));
    fprintf(stderr, "usage: floor import URL DATABASE [--no-latin] | floor fetch URLS AT_A_TIME\n");
    return 2;
}
