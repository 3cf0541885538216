/* SPDX-License-Identifier: MIT */
/*
 * file_prints.c - see file_prints.h.
 *
 * Before: listing_files.c has read the files of an account.
 * After:  the next refresh reads only those that are not as they were; kith_outlook_watch() says which.
 */
#include "engine/file_prints.h"

#include <string.h>

#include "base/clock.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

enum { VERSION = 1, UNSURE_MS = 2000 /* the coarsest clock of a file system that is in use: FAT */ };

static const char *text_of(struct kith_json object, const char *name, struct kith_arena *arena)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(object, name), &len);

    return kith_arena_copy(arena, text, len);
}

static int64_t number_of(struct kith_json object, const char *name)
{
    int64_t n = 0;

    (void)kith_json_int64(kith_json_member(object, name), &n); /* missing: 0 */
    return n;
}

static struct kith_file_past read_past(struct kith_json object, struct kith_arena *arena)
{
    struct kith_file_past past = {
        .tag = text_of(object, "tag", arena),
        .print = {.bytes = number_of(object, "bytes"), .modified_ns = number_of(object, "modified_ns")},
        .lost = text_of(object, "lost", arena),
        .n_contacts = number_of(object, "contacts"),
        .shared = kith_json_bool(kith_json_member(object, "shared"), false),
    };

    (void)kith_text_copy(past.print.hash, sizeof(past.print.hash), text_of(object, "hash", arena));
    return past;
}

static int by_tag(const void *a, const void *b)
{
    return strcmp(((const struct kith_file_past *)a)->tag, ((const struct kith_file_past *)b)->tag);
}

void kith_file_prints_read(const char *resume, struct kith_file_prints *ret)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json document, files;
    struct kith_json_walk walk;
    char why[128];

    *ret = (struct kith_file_prints){.arena = kith_arena_new()};
    if (resume[0] == '\0' || !kith_json_read(reader, resume, strlen(resume), &document, why, sizeof(why)) ||
        number_of(document, "version") != VERSION)
        return;
    files = kith_json_member(document, "files");
    ret->past = kith_xnew_n(struct kith_file_past, kith_json_length(files) + 1);
    walk = kith_json_walk(files);
    while (kith_json_next(&walk))
        ret->past[ret->n++] = read_past(walk.value, ret->arena);
    qsort(ret->past, ret->n, sizeof(ret->past[0]), by_tag);
}

void kith_file_prints_done(struct kith_file_prints *prints)
{
    kith_arena_free(prints->arena);
    free(prints->past);
    *prints = (struct kith_file_prints){0};
}

const struct kith_file_past *kith_file_prints_find(const struct kith_file_prints *prints, const char *tag)
{
    const struct kith_file_past key = {.tag = tag};

    return prints->n == 0 ? NULL : bsearch(&key, prints->past, prints->n, sizeof(prints->past[0]), by_tag);
}

/* A file may be written twice within one tick of its clock: the second time it would look as it did after the first. */
static int64_t sure_time(const struct kith_file_print *print, int64_t now_ms)
{
    return print->modified_ns / 1000000 > now_ms - UNSURE_MS ? 0 : print->modified_ns;
}

void kith_file_prints_write(const struct kith_file_past *past, size_t n, struct kith_buf *out)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(out, /* indented= */ false);
    int64_t now_ms = kith_clock_now_ms();

    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "version", VERSION);
    kith_json_begin_array(w, "files");
    for (size_t i = 0; i < n; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "tag", past[i].tag);
        kith_json_put_int(w, "bytes", past[i].print.bytes);
        kith_json_put_int(w, "modified_ns", sure_time(&past[i].print, now_ms));
        kith_json_put_text(w, "hash", past[i].print.hash);
        kith_json_put_text_if(w, "lost", past[i].lost);
        kith_json_put_int(w, "contacts", past[i].n_contacts);
        if (past[i].shared)
            kith_json_put_bool(w, "shared", true);
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_json_end(w);
}

bool kith_file_past_fits(const struct kith_file_past *past, const struct kith_file_print *now)
{
    return past->print.modified_ns != 0 && past->print.modified_ns == now->modified_ns &&
           past->print.bytes == now->bytes;
}
