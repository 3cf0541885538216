/* SPDX-License-Identifier: MIT */
/*
 * reader_pst.c - an Outlook data file, folder by folder, item by item.
 *
 * Before: reader_main.c has locked itself in; the file is in memory.
 * After:  reader_pst_fields.c makes a contact of each item that is one, reader_out.c sends it off.
 *
 * Folders are not chosen by their name, which is translated, nor by their class, which is a hint: contacts may lie
 * anywhere. Left out are those in Deleted Items, which somebody threw away, and those in folders that Outlook hides
 * from people, where it keeps copies of its own.
 *
 * A password does not hinder: it is a number that Outlook asks for, the contents do not depend on it.
 */
#include "reader/reader_pst.h"

/* Before libpff.h, which offers to open what libbfio has only when it knows of it. */
#include <libbfio.h>
#include <libpff.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "parse/harmless.h"
#include "reader/reader_pst_fields.h"
#include "reader/reader_pst_item.h"
#include "reader/reader_pst_picture.h"

enum {
    FOLDER_DEPTH_MAX = 50,
    ITEMS_MAX = 10000000,
    PATH_BYTES_MAX = 2048,
    ID_BYTES = 64,

    /* The header, [MS-PST] 2.2.2.6: files since Outlook 2003 have wide offsets. */
    KIND_AT = 8,
    VERSION_AT = 10,
    WIDE_VERSION_MIN = 20,
    END_AT = 168, /* of the file, as its header has it */
    WIDE_END_AT = 184,
    CIPHER_AT = 461,
    WIDE_CIPHER_AT = 513,
    CIPHER_KNOWN_MAX = 2,

    TAG_CLASS = 0x001A,
    TAG_FLAGS = 0x0E07,
    TAG_SEARCH_KEY = 0x300B,
    TAG_SUBTREE = 0x35E0,
    TAG_DELETED_ITEMS = 0x35E3,
    TAG_FOLDER_NAME = 0x3001,
    TAG_CONTENT_COUNT = 0x3602,
    TAG_HAS_FOLDERS = 0x360A,
    TAG_FOLDER_CLASS = 0x3613,
    TAG_HIDDEN = 0x10F4,
    TAG_MESSAGE_CODE_PAGE = 0x3FFD,
    TAG_BODY_CODE_PAGE = 0x3FDE,

    FLAG_ASSOCIATED = 0x40, /* a setting of the folder, no item of a person */
};

/* Search keys that were given already: a copy inside the file has that of its original. */
struct keys {
    uint64_t *hashes; /* open addressing, 0 free */
    size_t n, room;
};

struct pst {
    libpff_file_t *file;
    struct reader_out *out;
    struct kith_contact_sink sink;
    struct kith_arena *arena; /* of the item */
    struct reader_pst_texts texts;
    const char *code_page; /* of items that do not say theirs */
    struct keys keys;
    uint32_t subtree, deleted_items; /* their numbers; 0 not known */
    int64_t n_items, n_contacts;
    bool is_ost;         /* a copy of a mailbox on a server, perhaps not a whole one */
    bool is_wide;        /* texts are in UTF-16 */
    bool has_lost;       /* something of the tree could not be read */
    bool assumes_a_page; /* an item did not say its code page */
    bool ended;          /* the ceiling of items is reached */
    enum kith_status st; /* of the way out */
    struct kith_error *err;
};

/* The folder that is walked. */
struct folder {
    const char *path;
    const char *skipped; /* why its contacts are left out; NULL: they are not */
    bool is_for_contacts;
    int depth;
};

/* --- What the header says ----------------------------------------------------- */

static uint64_t number_at(const char *bytes, size_t len, size_t at, size_t n)
{
    uint64_t number = 0;

    for (size_t i = 0; i < n && at + i < len; i++)
        number |= (uint64_t)(unsigned char)bytes[at + i] << (8 * i);
    return number;
}

static bool is_wide(const char *bytes, size_t len)
{
    return number_at(bytes, len, VERSION_AT, 2) >= WIDE_VERSION_MIN;
}

/* Where the file ends and where its header says it should; false: it is as long as that. */
static bool is_cut(const char *bytes, size_t len, char *where, size_t where_size)
{
    bool wide = is_wide(bytes, len);
    uint64_t end = number_at(bytes, len, wide ? WIDE_END_AT : END_AT, wide ? 8 : 4);
    char has[32];
    char wants[32];

    if (end <= len || end > INT64_MAX)
        return false;
    kith_text_format_count((int64_t)len, has, sizeof(has));
    kith_text_format_count((int64_t)end, wants, sizeof(wants));
    (void)kith_text_format(where, where_size, "%s of %s bytes", has, wants);
    return true;
}

/* A copy that was cut short, or a file that is too damaged to be read. */
static enum kith_status fail_damaged(const char *bytes, size_t len, struct kith_error *err)
{
    char where[80];

    if (is_cut(bytes, len, where, sizeof(where)))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_CUT, "it ends after %s", where);
    return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_CUT, "it is damaged, its index cannot be read");
}

/* Two ciphers are without a key. Others belong to a company, which holds it. */
static bool is_locked(const char *bytes, size_t len)
{
    return number_at(bytes, len, is_wide(bytes, len) ? WIDE_CIPHER_AT : CIPHER_AT, 1) > CIPHER_KNOWN_MAX;
}

/* --- Texts of folders and keys of items ---------------------------------------- */

/* An entry id ends in the number of what it names. */
static uint32_t number_of_entry(libpff_item_t *item, uint32_t tag, struct kith_arena *arena)
{
    struct reader_pst_property p;

    if (!reader_pst_item_get(item, tag, arena, &p) || p.len != 24)
        return 0;
    return (uint32_t)number_at(p.bytes, p.len, 20, 4);
}

static void read_store(struct pst *pst)
{
    libpff_item_t *store = NULL;
    libpff_error_t *error = NULL;

    if (!reader_pst_did(libpff_file_get_message_store(pst->file, &store, &error), &error) || !store)
        return; /* names of folders then are longer than need be */
    pst->subtree = number_of_entry(store, TAG_SUBTREE, pst->arena);
    pst->deleted_items = number_of_entry(store, TAG_DELETED_ITEMS, pst->arena);
    (void)reader_pst_did(libpff_item_free(&store, &error), &error);
}

static int64_t get_integer(libpff_item_t *item, uint32_t tag, struct kith_arena *arena)
{
    struct reader_pst_property p;

    return reader_pst_item_get(item, tag, arena, &p) ? reader_pst_integer(&p) : 0;
}

static const char *get_line(struct pst *pst, libpff_item_t *item, uint32_t tag)
{
    struct reader_pst_property p;

    return reader_pst_item_get(item, tag, pst->arena, &p) ? reader_pst_line(&pst->texts, &p) : "";
}

static uint32_t number_of_item(libpff_item_t *item)
{
    libpff_error_t *error = NULL;
    uint32_t number = 0;

    (void)reader_pst_did(libpff_item_get_identifier(item, &number, &error), &error);
    return number;
}

/* --- One name for each contact --------------------------------------------------- */

static void grow(struct keys *keys)
{
    struct keys larger = {.room = keys->room > 0 ? keys->room * 2 : 1024};

    larger.hashes = kith_xnew_n(uint64_t, larger.room);
    for (size_t i = 0; i < keys->room; i++) {
        size_t at = keys->hashes[i] % larger.room;

        if (keys->hashes[i] == 0)
            continue;
        while (larger.hashes[at] != 0)
            at = (at + 1) % larger.room;
        larger.hashes[at] = keys->hashes[i];
    }
    free(keys->hashes);
    keys->hashes = larger.hashes;
    keys->room = larger.room;
}

/* true: it was not met before. */
static bool note_key(struct keys *keys, const struct reader_pst_property *key)
{
    uint64_t hash = kith_fnv1a64(key->bytes, key->len) | 1; /* never 0 */
    size_t at;

    if (keys->n * 2 >= keys->room)
        grow(keys);
    at = hash % keys->room;
    while (keys->hashes[at] != 0 && keys->hashes[at] != hash)
        at = (at + 1) % keys->room;
    if (keys->hashes[at] == hash)
        return false;
    keys->hashes[at] = hash;
    keys->n++;
    return true;
}

/*
 * The search key stays with a contact when Outlook moves it or exports it to another file; where it is missing, or
 * belongs to a copy, the item's number in this file does.
 */
static const char *name_contact(struct pst *pst, libpff_item_t *item)
{
    static const char hex[] = "0123456789abcdef";
    char id[ID_BYTES] = "";
    struct reader_pst_property key;
    bool has_key = reader_pst_item_get(item, TAG_SEARCH_KEY, pst->arena, &key) && key.len == 16;
    size_t n = 0;

    for (size_t i = 0; i < 16 && has_key; i++) {
        id[n++] = hex[(unsigned char)key.bytes[i] >> 4];
        id[n++] = hex[(unsigned char)key.bytes[i] & 15];
    }
    if (!has_key || !note_key(&pst->keys, &key))
        (void)kith_text_format(id + n, sizeof(id) - n, "%sitem-%x", has_key ? "-" : "", number_of_item(item));
    return kith_arena_copy(pst->arena, id, strlen(id));
}

/* --- Items ------------------------------------------------------------------------ */

/* A contact of Outlook's own form, or of one that a company derived from it. */
static bool is_contact(const char *class)
{
    return kith_text_equal_ci(class, "IPM.Contact") || kith_text_starts_with_ci(class, "IPM.Contact.");
}

static bool is_contact_list(const char *class)
{
    return kith_text_equal_ci(class, "IPM.DistList") || kith_text_starts_with_ci(class, "IPM.DistList.");
}

/* Every class of Outlook begins like one of these, and is ASCII; others are bytes of something else. */
static bool is_class(const char *class)
{
    return (kith_text_starts_with_ci(class, "IPM") || kith_text_starts_with_ci(class, "REPORT")) &&
           kith_charset_is_ascii(class, strlen(class));
}

static void skip(struct pst *pst, const struct folder *folder, const char *what, const char *why)
{
    char text[128];

    (void)kith_text_format(text, sizeof(text), "%s in \"%s\"", what, folder->path);
    pst->sink.skipped(pst->sink.ctx, text, why);
}

/* Damage among letters is no loss of contacts; among contacts it is. */
static void lose_item(struct pst *pst, const struct folder *folder)
{
    if (!folder->is_for_contacts || folder->skipped)
        return;
    pst->has_lost = true;
    skip(pst, folder, "item", "damaged");
    reader_out_lost(pst->out, "an item of \"%s\"", folder->path);
}

/* The item's own words about its texts, else what was given, else what most of the world has. */
static void choose_code_page(struct pst *pst, libpff_item_t *item)
{
    const char *page = reader_pst_code_page(get_integer(item, TAG_MESSAGE_CODE_PAGE, pst->arena));
    const char *body_page = reader_pst_code_page(get_integer(item, TAG_BODY_CODE_PAGE, pst->arena));

    if (page[0] == '\0')
        page = body_page;
    if (page[0] == '\0' && !pst->is_wide)
        pst->assumes_a_page = true;
    pst->texts.code_page = page[0] != '\0' ? page : pst->code_page;
    pst->texts.html_code_page = body_page[0] != '\0' ? body_page : NULL;
    if (!pst->is_wide)
        (void)kith_text_copy(pst->out->facts.encoding, sizeof(pst->out->facts.encoding), pst->texts.code_page);
}

static void read_contact(struct pst *pst, const struct folder *folder, libpff_item_t *item)
{
    struct kith_contact contact;
    struct reader_pst_item properties;

    choose_code_page(pst, item);
    if (!reader_pst_item_read(item, pst->arena, &properties)) {
        lose_item(pst, folder);
        return;
    }
    kith_contact_init(&contact);
    contact.folder = folder->path;
    contact.source_id = name_contact(pst, item);
    reader_pst_fields_read(&properties, &pst->texts, &contact, pst->out->report);
    reader_pst_picture_read(item, pst->arena, &contact, pst->out->report);
    pst->n_contacts++;
    pst->st = pst->sink.contact(pst->sink.ctx, &contact, pst->arena, pst->err);
}

static void read_item(struct pst *pst, const struct folder *folder, libpff_item_t *item)
{
    const char *class = get_line(pst, item, TAG_CLASS);

    if (!is_class(class))
        lose_item(pst, folder);
    else if (is_contact_list(class))
        skip(pst, folder, "contact list", "a list, not a person");
    else if (!is_contact(class) || (get_integer(item, TAG_FLAGS, pst->arena) & FLAG_ASSOCIATED))
        return;
    else if (folder->skipped)
        skip(pst, folder, "contact", folder->skipped);
    else
        read_contact(pst, folder, item);
}

static bool goes_on(struct pst *pst)
{
    if (pst->n_items >= ITEMS_MAX && !pst->ended) {
        pst->ended = true;
        reader_out_lost(pst->out, "what comes after ten million items");
    }
    return pst->st == KITH_OK && !pst->ended;
}

/*
 * What a folder says of itself, to be compared with what is found in it. One that only shows what lies in others says
 * how much that is (how its number ends tells it, [MS-PST] 2.2.2.1); one of an OST may mean what is on the server.
 */
static int64_t told_by_folder(struct pst *pst, libpff_item_t *item, uint32_t tag)
{
    enum { KIND_BITS = 0x1f, KIND_SEARCH = 3 };

    if (pst->is_ost || (number_of_item(item) & KIND_BITS) == KIND_SEARCH)
        return 0;
    return get_integer(item, tag, pst->arena);
}

static void read_items(struct pst *pst, const struct folder *folder, libpff_item_t *item)
{
    int64_t n_told = told_by_folder(pst, item, TAG_CONTENT_COUNT);
    libpff_error_t *error = NULL;
    int n = 0;

    if (!reader_pst_did(libpff_folder_get_number_of_sub_messages(item, &n, &error), &error) || n < n_told)
        lose_item(pst, folder); /* the folder knows of more */
    for (int i = 0; i < n && goes_on(pst); i++) {
        libpff_item_t *message = NULL;

        pst->n_items++;
        kith_arena_reset(pst->arena);
        if (reader_pst_did(libpff_folder_get_sub_message(item, i, &message, &error), &error) && message)
            read_item(pst, folder, message);
        else
            lose_item(pst, folder);
        if (message)
            (void)reader_pst_did(libpff_item_free(&message, &error), &error);
        reader_out_alive(pst->out);
    }
}

/* --- Folders ----------------------------------------------------------------------- */

static void walk(struct pst *pst, const struct folder *folder, libpff_item_t *item);

/* "parent/name"; a slash in a name would look like two folders. */
static char *join_path(const char *parent, const char *name)
{
    KITH_AUTO_DONE(kith_buf) path;

    kith_buf_init(&path, PATH_BYTES_MAX);
    if (!kith_buf_addf(&path, "%s%s", parent, parent[0] != '\0' ? "/" : ""))
        return kith_xstrdup(parent);
    for (; *name != '\0'; name++)
        if (!kith_buf_add_char(&path, *name == '/' ? ' ' : *name))
            return kith_xstrdup(parent);
    return kith_buf_take_text(&path);
}

static const char *why_skipped(struct pst *pst, const struct folder *parent, libpff_item_t *item)
{
    if (parent->skipped)
        return parent->skipped;
    if (pst->deleted_items != 0 && number_of_item(item) == pst->deleted_items)
        return "deleted";
    return get_integer(item, TAG_HIDDEN, pst->arena) != 0 ? "hidden by Outlook" : NULL;
}

static void walk_below(struct pst *pst, const struct folder *parent, libpff_item_t *item)
{
    struct folder folder = {.skipped = why_skipped(pst, parent, item), .depth = parent->depth + 1};
    const char *class = get_line(pst, item, TAG_FOLDER_CLASS);
    bool is_top = pst->subtree != 0 && number_of_item(item) == pst->subtree;
    KITH_AUTO_STRING path = is_top ? kith_xstrdup("") : join_path(parent->path, get_line(pst, item, TAG_FOLDER_NAME));

    folder.path = path;
    folder.is_for_contacts = class[0] == '\0' || kith_text_starts_with_ci(class, "IPF.Contact");
    walk(pst, &folder, item);
}

static void walk_folders(struct pst *pst, const struct folder *folder, libpff_item_t *item)
{
    bool has_some = told_by_folder(pst, item, TAG_HAS_FOLDERS) != 0;
    libpff_error_t *error = NULL;
    int n = 0;

    if (!reader_pst_did(libpff_folder_get_number_of_sub_folders(item, &n, &error), &error) || (has_some && n == 0) ||
        (n > 0 && folder->depth >= FOLDER_DEPTH_MAX)) {
        pst->has_lost = true;
        reader_out_lost(pst->out, "folders below \"%s\"", folder->path);
        return;
    }
    for (int i = 0; i < n && goes_on(pst); i++) {
        libpff_item_t *below = NULL;

        kith_arena_reset(pst->arena);
        if (reader_pst_did(libpff_folder_get_sub_folder(item, i, &below, &error), &error) && below) {
            walk_below(pst, folder, below);
        } else {
            pst->has_lost = true;
            reader_out_lost(pst->out, "a folder below \"%s\"", folder->path);
        }
        if (below)
            (void)reader_pst_did(libpff_item_free(&below, &error), &error);
    }
}

static void walk(struct pst *pst, const struct folder *folder, libpff_item_t *item)
{
    read_items(pst, folder, item);
    walk_folders(pst, folder, item);
}

/* Items that lost their folder. In a sound file they were deleted; in a damaged one they may be all that is left. */
static void read_orphans(struct pst *pst)
{
    const struct folder nowhere = {.path = ""};
    libpff_error_t *error = NULL;
    int n = 0;

    if (!reader_pst_did(libpff_file_get_number_of_orphan_items(pst->file, &n, &error), &error))
        return;
    for (int i = 0; i < n && goes_on(pst); i++) {
        libpff_item_t *item = NULL;

        pst->n_items++;
        kith_arena_reset(pst->arena);
        if (reader_pst_did(libpff_file_get_orphan_item_by_index(pst->file, i, &item, &error), &error) && item)
            read_item(pst, &nowhere, item);
        if (item)
            (void)reader_pst_did(libpff_item_free(&item, &error), &error);
        reader_out_alive(pst->out);
    }
}

/* From the root down. false: the root is not there. */
static bool walk_all(struct pst *pst)
{
    const struct folder root = {.path = ""};
    libpff_item_t *item = NULL;
    libpff_error_t *error = NULL;

    if (!reader_pst_did(libpff_file_get_root_folder(pst->file, &item, &error), &error) || !item)
        return false;
    walk(pst, &root, item);
    (void)reader_pst_did(libpff_item_free(&item, &error), &error);
    return true;
}

static enum kith_status read_all(struct pst *pst, const char *bytes, size_t len, struct kith_error *err)
{
    libpff_error_t *error = NULL;
    char where[80];

    read_store(pst);
    pst->has_lost |= !walk_all(pst);
    pst->has_lost |= libpff_file_is_corrupted(pst->file, &error) == 1;
    libpff_error_free(&error);
    if (is_cut(bytes, len, where, sizeof(where)))
        reader_out_lost(pst->out, "what stood behind %s", where);
    else if (pst->has_lost)
        reader_out_lost(pst->out, "a part of its index");
    if (pst->has_lost)
        read_orphans(pst);
    pst->out->facts.encoding_assumed = pst->assumes_a_page;
    if (pst->st == KITH_OK && pst->has_lost && pst->n_contacts == 0)
        return fail_damaged(bytes, len, err);
    return pst->st;
}

/* --- The file ------------------------------------------------------------------------ */

static enum kith_status open_and_read(struct pst *pst, libbfio_handle_t *handle, const char *bytes, size_t len,
                                      struct kith_error *err)
{
    libpff_error_t *error = NULL;
    enum kith_status st;

    if (!reader_pst_did(libpff_file_open_file_io_handle(pst->file, handle, LIBPFF_OPEN_READ, &error), &error))
        return fail_damaged(bytes, len, err);
    st = read_all(pst, bytes, len, err);
    (void)reader_pst_did(libpff_file_close(pst->file, &error), &error); /* nothing was written */
    return st;
}

/* libpff reads through libbfio, whose memory range never writes: the cast only takes its word for it. */
static enum kith_status read_mapped(struct pst *pst, const char *bytes, size_t len, struct kith_error *err)
{
    libbfio_handle_t *handle = NULL;
    libbfio_error_t *error = NULL;
    enum kith_status st;

    if (libbfio_memory_range_initialize(&handle, &error) != 1 ||
        libbfio_memory_range_set(handle, (uint8_t *)(uintptr_t)bytes, len, &error) != 1)
        st = kith_fail(err, KITH_E_INTERNAL, "libbfio could not be made ready");
    else
        st = open_and_read(pst, handle, bytes, len, err);
    libbfio_error_free(&error);
    if (handle)
        (void)libbfio_handle_free(&handle, NULL);
    return st;
}

static enum kith_status read_with_libpff(struct pst *pst, const char *bytes, size_t len, struct kith_error *err)
{
    libpff_error_t *error = NULL;
    enum kith_status st;

    if (!reader_pst_did(libpff_file_initialize(&pst->file, &error), &error))
        return kith_fail(err, KITH_E_INTERNAL, "libpff could not be made ready");
    st = read_mapped(pst, bytes, len, err);
    (void)reader_pst_did(libpff_file_free(&pst->file, &error), &error);
    return st;
}

enum kith_status reader_pst_read(const char *bytes, size_t len, const char *code_page, struct reader_out *out,
                                 struct kith_error *err)
{
    KITH_AUTO(kith_charset) charset = kith_charset_new();
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    struct pst pst = {.out = out, .sink = reader_out_sink(out), .arena = arena, .err = err};
    enum kith_status st;

    if (is_locked(bytes, len))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_ENCRYPTED,
                                "it is encrypted with a key of a company; export the contacts as a CSV");
    pst.is_ost = len > KIND_AT + 1 && memcmp(bytes + KIND_AT, "SO", 2) == 0;
    pst.is_wide = is_wide(bytes, len);
    pst.code_page = code_page[0] != '\0' ? code_page : reader_pst_code_page(1252);
    pst.texts = (struct reader_pst_texts){.charset = charset, .arena = arena, .code_page = pst.code_page};
    (void)kith_text_copy(out->facts.encoding, sizeof(out->facts.encoding), pst.is_wide ? "UTF-16" : pst.code_page);
    st = read_with_libpff(&pst, bytes, len, err);
    free(pst.keys.hashes);
    return st;
}
