/* SPDX-License-Identifier: MIT */
/*
 * listing_files.c - the files of an account of the Outlook app as a listing (listing.h).
 *
 * Before: conduct_import.c has locked the account; its paths are in the store.
 * After:  conduct_import.c takes page after page.
 *
 * count() does the reading: how many there are is known only when all files were read. What was read waits in a spool,
 * so that a file that changes under our hands can be read again as if it had not been read before, and what is in
 * memory does not grow with the files.
 *
 * A contact's source id is "TAG:ORDINAL:OWN". TAG is its file's (file_tree.h). OWN is the file's own name for the
 * contact (a vCard's UID, a data file's key), else "#" and a hash of what tells it from others. ORDINAL is "" for the
 * first of a file with this OWN, then 2, 3 ... So the contacts of a file that cannot be read are found in the store,
 * and stay; those of a file that did not change are not read again when another one did.
 *
 * The same card in two files: where both say the same, word for word, it is one contact, the first file's; where they
 * differ nobody can tell which is right, and both are here.
 */
#include "engine/listing.h"

#include <sodium.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"
#include "engine/contact_hash.h"
#include "engine/file_prints.h"
#include "engine/file_report.h"
#include "engine/file_tree.h"
#include "engine/seen.h"
#include "engine/spool.h"
#include "fetch/fetch_file.h"
#include "model/codec.h"

enum {
    PAGE_CONTACTS = 200,
    OWN_BYTES_MAX = 255,   /* a longer name of a file's own is hashed */
    SOURCE_ID_BYTES = 400, /* tag, ordinal and own name */
    READS_MAX = 3,         /* of a file that changes while it is read */
    COPY_BYTES_MAX = 20 * 1024 * 1024
};

enum fate {
    FATE_SAME,   /* as it was: what is here of it stays */
    FATE_READ,   /* read now */
    FATE_FAILED, /* cannot be read: what is here of it stays */
};

/* One entry of the tree, as far as it is known. */
struct file {
    const char *path, *tag; /* the tree's */
    enum fate fate;
    struct kith_file_print print;
    const struct kith_file_past *past; /* as it was the last time; NULL unknown */
    int64_t n_contacts;
    const char *lost; /* what could not be read of it; "" */
    bool shared;
};

/* Records in the spool that belong together. */
struct stretch {
    int64_t n;
    bool left_out; /* of a file that failed, or was read once more */
};

/* A contact that is here already. */
struct stored {
    int64_t id;
    const struct file *file;
};

struct files {
    struct kith_listing base;
    struct kith_listing_options options;
    struct kith_arena *arena; /* of texts in `file` */
    struct kith_file_tree tree;
    struct kith_file_prints prints;
    struct file *file; /* n of them: the entries of the tree but those that are left out */
    size_t n;
    struct file **by_tag; /* the same, to be found by their tags */
    struct file **failed; /* those that stand for all that is below them */
    size_t n_failed;
    bool all; /* read every file, changed or not */

    struct stored *stored; /* what is here of the account when it begins */
    size_t n_stored, cap_stored;
    size_t stored_at;        /* next(): how far */
    struct kith_seen *words; /* contacts met, by own name and content */

    struct kith_spool *spool;
    struct stretch *stretch;
    size_t n_stretches;
    size_t stretch_at; /* next(): how far */
    int64_t in_stretch;
    bool draining;        /* next() has begun */
    struct kith_buf copy; /* one contact on its way from the spool to a page */
    struct kith_file_report *report;
};

/* --- One contact ---------------------------------------------------------------------------------- */

/* A file that is being read. */
struct reading {
    struct files *f;
    struct file *file;
    struct kith_seen *own;   /* own names of this file, each with its ordinal before it */
    struct kith_seen *words; /* of this reading: they count when it does */
    struct stretch *stretch;
};

/* "#" stands before what is made here, "##" before a name of the file's own that is no good as it is. */
static void name_own(const struct kith_contact *contact, char out[OWN_BYTES_MAX + 1])
{
    const char *given = contact->source_id;
    unsigned char bytes[16];
    char hash[KITH_CONTACT_HASH_BYTES];

    if (given[0] == '\0') {
        kith_contact_hash_identity(contact, hash);
        (void)kith_text_format(out, OWN_BYTES_MAX + 1, "#%s", hash);
    } else if (given[0] == '#' || !kith_text_copy(out, OWN_BYTES_MAX + 1, given)) {
        (void)crypto_generichash(bytes, sizeof(bytes), (const unsigned char *)given, strlen(given), NULL, 0);
        (void)sodium_bin2hex(hash, sizeof(hash), bytes, sizeof(bytes));
        (void)kith_text_format(out, OWN_BYTES_MAX + 1, "##%s", hash);
    }
}

static void text_of_ordinal(int64_t ordinal, const char *own, char out[SOURCE_ID_BYTES])
{
    (void)kith_text_format(out, SOURCE_ID_BYTES, "%lld:%s", (long long)ordinal, own);
}

static bool is_taken(const struct reading *r, int64_t ordinal, const char *own)
{
    char text[SOURCE_ID_BYTES];

    text_of_ordinal(ordinal, own, text);
    return kith_seen_has(r->own, text);
}

/*
 * Which one of its name this is. They are given without a gap, so the first that is free is found by halving: a file
 * of a million equal cards must not take a million steps for each.
 */
static int64_t take_ordinal(struct reading *r, const char *own)
{
    char text[SOURCE_ID_BYTES];
    int64_t taken = 0, open = 1;

    for (; is_taken(r, open, own); open *= 2)
        taken = open;
    while (open - taken > 1) {
        int64_t middle = taken + (open - taken) / 2;

        if (is_taken(r, middle, own))
            taken = middle;
        else
            open = middle;
    }
    text_of_ordinal(open, own, text);
    (void)kith_seen_add(r->own, text);
    return open;
}

/* The words by which the same contact in another file is known. The ordinal is among them: a file may well have two. */
static void words_of(const char *ordinal_and_own, const char *change_key, char out[SOURCE_ID_BYTES])
{
    (void)kith_text_format(out, SOURCE_ID_BYTES, "%s:%s", change_key, ordinal_and_own);
}

static enum kith_status take_contact(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                     struct kith_error *err)
{
    struct reading *r = ctx;
    char own[OWN_BYTES_MAX + 1], key[KITH_CONTACT_HASH_BYTES], words[SOURCE_ID_BYTES], id[SOURCE_ID_BYTES];
    char ordinal[24] = "";
    int64_t number;
    enum kith_status st;

    name_own(contact, own);
    kith_contact_hash_content(contact, key);
    number = take_ordinal(r, own);
    if (number > 1)
        (void)kith_text_format(ordinal, sizeof(ordinal), "%lld", (long long)number);
    (void)kith_text_format(id, sizeof(id), "%s:%s:%s", r->file->tag, ordinal, own);
    words_of(id + strlen(r->file->tag) + 1, key, words);
    r->file->n_contacts++;
    if (kith_seen_has(r->f->words, words)) {
        r->file->shared = true;
        return KITH_OK;
    }
    (void)kith_seen_add(r->words, words);
    contact->source = KITH_SOURCE_OUTLOOK;
    contact->source_id = kith_arena_copy(arena, id, strlen(id));
    contact->change_key = kith_arena_copy(arena, key, strlen(key));
    st = kith_spool_put(r->f->spool, contact, NULL, err);
    if (st == KITH_OK)
        r->stretch->n++;
    return st;
}

static void take_skipped(void *ctx, const char *what, const char *why)
{
    struct reading *r = ctx;

    kith_file_report_skipped(r->f->report, what, why);
}

/* --- One file ---------------------------------------------------------------------------------------- */

/* The first failure is the one that is told; the report has them all. */
static void note_trouble(struct files *f, const struct kith_error *error)
{
    if (f->base.trouble.status == KITH_OK)
        f->base.trouble = *error;
}

static void note_failed(struct files *f, struct file *file, const struct kith_error *error)
{
    file->fate = FATE_FAILED;
    note_trouble(f, error);
}

/* Damaged or cut: what could be read is imported, and whoever is not in it may still be in the rest. */
static void note_lost(struct files *f, struct file *file, const char *lost)
{
    struct kith_error error = {0};

    file->lost = kith_arena_copy(f->arena, lost, strlen(lost));
    (void)kith_fail_reason(&error, KITH_E_FILE, KITH_REASON_FILE_CUT, "\"%s\" cannot be read to its end: %s",
                           kith_file_name(file->path), lost);
    kith_file_blame(&error, file->path);
    error.done = file->n_contacts;
    note_trouble(f, &error);
}

static struct stretch *begin_stretch(struct files *f)
{
    f->stretch = kith_xrealloc(f->stretch, f->n_stretches + 1, sizeof(f->stretch[0]));
    f->stretch[f->n_stretches] = (struct stretch){0};
    return &f->stretch[f->n_stretches++];
}

static enum kith_status read_once(struct reading *r, struct kith_file_facts *facts, struct kith_error *err)
{
    struct files *f = r->f;
    char region[KITH_SETTING_BYTES];
    const struct kith_fetch_file_options how = {.region = region, .cancel = f->options.cancel};
    struct kith_contact_sink sink = {.contact = take_contact, .skipped = take_skipped, .ctx = r};
    enum kith_status st;

    kith_config_get(f->options.k->config, KITH_SET_IMPORT_REGION, region);
    kith_seen_free(r->own);
    kith_seen_free(r->words);
    r->own = kith_seen_new();
    r->words = kith_seen_new_like(f->words);
    r->stretch = begin_stretch(f);
    r->file->n_contacts = 0;
    r->file->shared = false;
    kith_file_report_begin(f->report);
    sink.report = kith_file_report_fields(f->report);
    st = kith_fetch_file(r->file->path, &how, &sink, facts, err);
    r->stretch->left_out = st != KITH_OK;
    return st;
}

/* Some of it is here, and it is known that there is more: worth having, unlike contacts of no one state. */
static bool is_worth_it(const struct file *file, const struct kith_error *error)
{
    return error->status == KITH_E_FILE && error->reason == KITH_REASON_FILE_CUT && file->n_contacts > 0;
}

static enum kith_status settle(struct reading *r, const struct kith_file_facts *facts, enum kith_status st,
                               const struct kith_error *error)
{
    struct files *f = r->f;
    struct file *file = r->file;

    file->print = facts->print;
    if (st == KITH_OK && facts->ended_early) {
        char lost[192];
        (void)kith_text_format(lost, sizeof(lost), "it ends too early or is damaged, and %s could not be read",
                               facts->where[0] ? facts->where : "a part of it");
        note_lost(f, file, lost);
    }
    if (st != KITH_OK && is_worth_it(file, error)) {
        r->stretch->left_out = false;
        note_lost(f, file, kith_file_why(error));
    } else if (st != KITH_OK) {
        note_failed(f, file, error);
    }
    kith_file_report_tell(f->report, file->path, facts, file->fate == FATE_FAILED ? error : NULL);
    if (file->fate == FATE_FAILED)
        return KITH_OK;
    kith_seen_merge(f->words, r->words);
    f->base.n_skipped += facts->n_skipped;
    return KITH_OK;
}

/* Fails for what is not the file's fault alone. */
static enum kith_status read_file(struct files *f, struct file *file, struct kith_error *err)
{
    struct reading r = {.f = f, .file = file};
    struct kith_file_facts facts;
    struct kith_error error = {0};
    enum kith_status st = read_once(&r, &facts, &error);

    for (int i = 1; i < READS_MAX && error.status == KITH_E_FILE && error.reason == KITH_REASON_FILE_CHANGED; i++) {
        kith_error_clear(&error);
        st = read_once(&r, &facts, &error);
    }
    if (st == KITH_OK || st == KITH_E_FILE)
        st = settle(&r, &facts, st, &error);
    else if (err)
        *err = error;
    kith_seen_free(r.own);
    kith_seen_free(r.words);
    return st;
}

/* --- Which files are to be read --------------------------------------------------------------------------- */

static int compare_tags(const void *a, const void *b)
{
    return strcmp((*(struct file *const *)a)->tag, (*(struct file *const *)b)->tag);
}

static void list_file(struct files *f, const struct kith_tree_file *entry)
{
    struct file *file = &f->file[f->n];

    *file = (struct file){.path = entry->path, .tag = entry->tag, .fate = FATE_READ, .lost = ""};
    file->past = kith_file_prints_find(&f->prints, entry->tag);
    f->by_tag[f->n++] = file;
    if (!entry->error)
        return;
    f->failed[f->n_failed++] = file;
    note_failed(f, file, entry->error);
    kith_file_report_tell_unread(f->report, entry->path, KITH_OUTLOOK_SEEN_FAILED, 0, entry->error);
}

static void list_files(struct files *f)
{
    f->n = f->n_failed = 0;
    f->file = kith_xrealloc(f->file, f->tree.n + 1, sizeof(f->file[0]));
    f->by_tag = kith_xrealloc(f->by_tag, f->tree.n + 1, sizeof(f->by_tag[0]));
    f->failed = kith_xrealloc(f->failed, f->tree.n + 1, sizeof(f->failed[0]));
    for (size_t i = 0; i < f->tree.n; i++) {
        if (f->tree.file[i].ignored)
            kith_file_report_tell_unread(f->report, f->tree.file[i].path, KITH_OUTLOOK_SEEN_IGNORED, 0, NULL);
        else
            list_file(f, &f->tree.file[i]);
    }
    qsort(f->by_tag, f->n, sizeof(f->by_tag[0]), compare_tags);
}

/* The file of this tag, or what stands for it; NULL: the account has it no longer. */
static const struct file *find_file(const struct files *f, const char *tag)
{
    const struct file key = {.tag = tag}, *wanted = &key;
    struct file *const *found =
        f->n == 0 ? NULL : bsearch(&wanted, f->by_tag, f->n, sizeof(f->by_tag[0]), compare_tags);

    if (found)
        return *found;
    for (size_t i = 0; i < f->n_failed; i++)
        if (kith_tag_is_below(tag, f->failed[i]->tag))
            return f->failed[i];
    return NULL;
}

/* A file that has another time is hashed: to be touched, or copied anew, is no change. */
static enum kith_status judge(struct files *f, struct file *file, struct kith_error *err)
{
    struct kith_error error = {0};
    enum kith_status st;

    if (file->fate == FATE_FAILED || f->all || !file->past)
        return KITH_OK;
    st = kith_file_print_of(file->path, /* with_hash= */ false, NULL, &file->print, &error);
    if (st == KITH_OK && !kith_file_past_fits(file->past, &file->print) && file->print.bytes == file->past->print.bytes)
        st = kith_file_print_of(file->path, /* with_hash= */ true, f->options.cancel, &file->print, &error);
    if (st == KITH_E_FILE && error.reason != KITH_REASON_FILE_CHANGED) {
        note_failed(f, file, &error);
        return KITH_OK;
    }
    if (st != KITH_OK && st != KITH_E_FILE) {
        if (err)
            *err = error;
        return st;
    }
    if (kith_file_past_fits(file->past, &file->print))
        (void)kith_text_copy(file->print.hash, sizeof(file->print.hash), file->past->print.hash);
    if (file->print.hash[0] != '\0' && strcmp(file->print.hash, file->past->print.hash) == 0)
        file->fate = FATE_SAME;
    return KITH_OK;
}

static enum kith_status judge_all(struct files *f, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < f->n && st == KITH_OK; i++)
        st = judge(f, &f->file[i], err);
    return st;
}

static size_t count_fate(const struct files *f, enum fate fate)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += f->file[i].fate == fate;
    return n;
}

/* A file that went from its folder takes its contacts with it. */
static bool some_went(const struct files *f)
{
    for (size_t i = 0; i < f->prints.n; i++)
        if (!find_file(f, f->prints.past[i].tag))
            return true;
    return false;
}

/* What is unchanged stays damaged, and keeps what it shares with a file that is read now. */
static void look_at_unchanged(struct files *f, bool reading)
{
    for (size_t i = 0; i < f->n; i++) {
        struct file *file = &f->file[i];

        if (file->fate != FATE_SAME)
            continue;
        if (file->past->shared && reading) {
            file->fate = FATE_READ;
            continue;
        }
        file->n_contacts = file->past->n_contacts;
        file->shared = file->past->shared;
        if (file->past->lost[0] != '\0')
            note_lost(f, file, file->past->lost);
        kith_file_report_tell_unread(f->report, file->path, KITH_OUTLOOK_SEEN_UNCHANGED, file->n_contacts, NULL);
    }
}

/* --- What is here ------------------------------------------------------------------------------------------- */

static void note_stored(void *ctx, int64_t contact_id, const char *source_id, const char *change_key)
{
    struct files *f = ctx;
    size_t len = strcspn(source_id, ":");
    char tag[64], words[SOURCE_ID_BYTES];
    const struct file *file;

    if (source_id[len] == '\0' || !kith_text_copy_n(tag, sizeof(tag), source_id, len))
        return; /* none of ours */
    file = find_file(f, tag);
    if (!file)
        return; /* it goes with its file */
    if (f->n_stored == f->cap_stored) {
        f->cap_stored = f->cap_stored ? f->cap_stored * 2 : 256;
        f->stored = kith_xrealloc(f->stored, f->cap_stored, sizeof(f->stored[0]));
    }
    f->stored[f->n_stored++] = (struct stored){.id = contact_id, .file = file};
    if (file->fate == FATE_READ)
        return;
    words_of(source_id + len + 1, change_key, words);
    (void)kith_seen_add(f->words, words);
}

/* Its file is not read, or not to its end. */
static bool stays(const struct stored *stored)
{
    return stored->file->fate != FATE_READ || stored->file->lost[0] != '\0';
}

/* --- Counting -------------------------------------------------------------------------------------------------- */

static void forget(struct files *f)
{
    kith_spool_free(f->spool);
    kith_seen_free(f->words);
    f->spool = kith_spool_new(f->options.k->data_dir);
    f->words = kith_seen_new();
    f->n_stretches = f->stretch_at = 0;
    f->in_stretch = 0;
    f->n_stored = f->stored_at = 0;
    f->draining = false;
    f->base.n_skipped = 0;
    f->base.trouble = (struct kith_error){0};
}

static enum kith_status look_around(struct files *f, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_store_files) paths = {0};
    struct kith_file_tree tree;
    enum kith_status st = kith_store_files_get(f->options.k->store, f->options.account->public_face.id, &paths, err);

    if (st == KITH_OK)
        st = kith_file_tree_walk(paths.path, paths.n, f->options.cancel, &tree, err);
    if (st != KITH_OK)
        return st;
    kith_file_tree_done(&f->tree);
    f->tree = tree;
    list_files(f);
    return KITH_OK;
}

static enum kith_status read_changed(struct files *f, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < f->n && st == KITH_OK; i++)
        if (f->file[i].fate == FATE_READ)
            st = read_file(f, &f->file[i], err);
    return st;
}

static int64_t count_contacts(const struct files *f)
{
    int64_t n = 0;

    for (size_t i = 0; i < f->n_stretches; i++)
        n += f->stretch[i].left_out ? 0 : f->stretch[i].n;
    for (size_t i = 0; i < f->n_stored; i++)
        n += f->stored[i].file->fate != FATE_READ;
    return n;
}

/* Nothing at all could be read: that is a failure, not an import. */
static enum kith_status check_any(struct files *f, struct kith_error *err)
{
    if (f->n > 0 && count_fate(f, FATE_FAILED) < f->n)
        return KITH_OK;
    if (f->n == 0)
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_MISSING, "this account has no files");
    if (err)
        *err = f->base.trouble;
    return KITH_E_FILE;
}

static enum kith_status count(struct kith_listing *listing, int64_t *ret_reported, struct kith_error *err)
{
    struct files *f = (struct files *)listing;
    bool reading;
    enum kith_status st;

    forget(f);
    st = look_around(f, err);
    if (st == KITH_OK)
        st = judge_all(f, err);
    if (st != KITH_OK)
        return st;
    reading = count_fate(f, FATE_READ) > 0 || some_went(f);
    look_at_unchanged(f, reading);
    listing->mode = reading ? KITH_LISTING_WHOLE : KITH_LISTING_CHANGES;
    if (reading) {
        st = kith_store_origins(f->options.k->store, f->options.account->public_face.id, note_stored, f, err);
        if (st == KITH_OK)
            st = read_changed(f, err);
    }
    if (st == KITH_OK)
        st = check_any(f, err);
    if (st == KITH_OK)
        *ret_reported = reading ? count_contacts(f) : -1;
    return st;
}

/* --- Pages ------------------------------------------------------------------------------------------------------- */

/* Whether the record that comes next belongs to a reading that counts; moves on to its stretch. */
static bool counts(struct files *f)
{
    while (f->stretch_at < f->n_stretches && f->in_stretch == f->stretch[f->stretch_at].n) {
        f->stretch_at++;
        f->in_stretch = 0;
    }
    f->in_stretch++;
    return f->stretch_at < f->n_stretches && !f->stretch[f->stretch_at].left_out;
}

/* The strings of contact go with the next one: those of the page must not. */
static enum kith_status add_to_page(struct files *f, struct kith_page *page, const struct kith_contact *contact,
                                    struct kith_error *err)
{
    kith_buf_clear(&f->copy);
    if (!kith_codec_write(&f->copy, contact, NULL) ||
        kith_codec_read(f->copy.data, f->copy.len, page->arena, &page->contacts[page->n_contacts], NULL) == 0)
        return kith_fail(err, KITH_E_INTERNAL, "a contact of a file is too large");
    page->n_contacts++;
    return KITH_OK;
}

static enum kith_status fill_from_spool(struct files *f, struct kith_page *page, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    if (!f->draining)
        st = kith_spool_rewind(f->spool, err);
    f->draining = true;
    while (st == KITH_OK && page->n_contacts < PAGE_CONTACTS) {
        struct kith_contact contact;
        enum kith_spooled what;
        int64_t id;

        st = kith_spool_next(f->spool, &what, &id, &contact, NULL, err);
        if (st != KITH_OK || what == KITH_SPOOLED_END)
            return st;
        if (counts(f))
            st = add_to_page(f, page, &contact, err);
    }
    return st;
}

/* What is here, as it is: the conductor finds that it did not change, and keeps it. */
static enum kith_status fill_from_store(struct files *f, struct kith_page *page, struct kith_error *err)
{
    while (f->stored_at < f->n_stored && page->n_contacts < PAGE_CONTACTS) {
        const struct stored *stored = &f->stored[f->stored_at++];
        KITH_AUTO(kith_contact) contact = NULL;
        enum kith_status st;

        if (!stays(stored))
            continue;
        st = kith_store_contact(f->options.k->store, stored->id, &contact, err);
        if (st == KITH_OK)
            st = add_to_page(f, page, contact, err);
        if (st != KITH_OK)
            return st;
    }
    return KITH_OK;
}

static enum kith_status next(struct kith_listing *listing, int64_t n_seen, struct kith_page **ret_page,
                             struct kith_error *err)
{
    struct files *f = (struct files *)listing;
    KITH_AUTO(kith_page) page = NULL;
    enum kith_status st;

    *ret_page = NULL;
    if (kith_cancel_is_set(f->options.cancel))
        return kith_fail(err, KITH_E_CANCELLED, "cancelled");
    if (listing->mode == KITH_LISTING_CHANGES)
        return KITH_OK;
    page = kith_page_new();
    page->contacts = kith_arena_new_n(page->arena, struct kith_contact, PAGE_CONTACTS);
    page->reported = -1;
    st = fill_from_spool(f, page, err);
    if (st == KITH_OK && page->n_contacts < PAGE_CONTACTS)
        st = fill_from_store(f, page, err);
    if (st == KITH_OK && page->n_contacts > 0)
        *ret_page = KITH_TAKE(page);
    return st;
}

static void restart(struct kith_listing *listing)
{
    struct files *f = (struct files *)listing;

    f->all = true;
}

/* Of a file that cannot be read now: as it was when it could, so that it costs nothing when it is back unchanged. */
static struct kith_file_past past_of(const struct file *file)
{
    if (file->fate == FATE_FAILED)
        return *file->past;
    return (struct kith_file_past){.tag = file->tag,
                                   .print = file->print,
                                   .lost = file->lost,
                                   .n_contacts = file->n_contacts,
                                   .shared = file->shared};
}

/* Files below a folder that cannot be opened now. */
static void add_hidden(const struct files *f, struct kith_file_past *past, size_t *n)
{
    for (size_t i = 0; i < f->prints.n; i++) {
        const struct file *file = find_file(f, f->prints.past[i].tag);

        if (file && strcmp(file->tag, f->prints.past[i].tag) != 0)
            past[(*n)++] = f->prints.past[i];
    }
}

static void rest(struct kith_listing *listing)
{
    struct files *f = (struct files *)listing;

    kith_buf_done(&f->copy);
    kith_spool_free(f->spool);
    f->spool = NULL;
}

static void resume(struct kith_listing *listing, struct kith_buf *out)
{
    struct files *f = (struct files *)listing;
    struct kith_file_past *past = kith_xnew_n(struct kith_file_past, f->n + f->prints.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        if (f->file[i].fate != FATE_FAILED || f->file[i].past)
            past[n++] = past_of(&f->file[i]);
    add_hidden(f, past, &n);
    kith_file_prints_write(past, n, out);
    free(past);
}

static void free_files(struct kith_listing *listing)
{
    struct files *f = (struct files *)listing;

    kith_file_report_free(f->report);
    kith_buf_done(&f->copy);
    kith_spool_free(f->spool);
    kith_seen_free(f->words);
    kith_file_prints_done(&f->prints);
    kith_file_tree_done(&f->tree);
    kith_arena_free(f->arena);
    free(f->stretch);
    free(f->stored);
    free(f->failed);
    free(f->by_tag);
    free(f->file);
    free(f);
}

static const struct kith_listing_ops ops = {
    .count = count,
    .next = next,
    .restart = restart,
    .rest = rest,
    .resume = resume,
    .free = free_files,
};

enum kith_status kith_listing_files_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                         struct kith_error *err)
{
    struct files *f = kith_xnew(struct files);

    f->base.ops = &ops;
    f->options = *options;
    f->arena = kith_arena_new();
    f->report = kith_file_report_new(options->on_file, options->on_file_ctx);
    kith_buf_init(&f->copy, COPY_BYTES_MAX);
    kith_file_prints_read(options->resume, &f->prints);
    *ret = &f->base;
    return KITH_OK;
}
