/* SPDX-License-Identifier: MIT */
/*
 * show_outlook.c - what became of a file of the Outlook app, as a JSON object of docs/output-schema.md.
 *
 * Before: engine/file_report.c has the facts. After: the command line prints the object, the web face sends it on.
 */
#include <kith/export.h>
#include <kith/outlook.h>

#include "base/json_write.h"
#include "base/text.h"

enum { OBJECT_BYTES_MAX = 1024 * 1024 };

static const char *seen_id(enum kith_outlook_seen seen)
{
    switch (seen) {
    case KITH_OUTLOOK_SEEN_READ:
        return "read";
    case KITH_OUTLOOK_SEEN_UNCHANGED:
        return "unchanged";
    case KITH_OUTLOOK_SEEN_FAILED:
        return "failed";
    case KITH_OUTLOOK_SEEN_IGNORED:
        break;
    }
    return "ignored";
}

const char *kith_outlook_fate_id(enum kith_outlook_fate fate)
{
    switch (fate) {
    case KITH_OUTLOOK_READ:
        return "read";
    case KITH_OUTLOOK_KEPT:
        return "kept";
    case KITH_OUTLOOK_IGNORED:
        break;
    }
    return "ignored";
}

static void put_fields(struct kith_json_writer *w, const struct kith_outlook_file *file)
{
    kith_json_begin_array(w, "fields");
    for (size_t i = 0; i < file->n_fields; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "name", file->fields[i].name);
        kith_json_put_text(w, "fate", kith_outlook_fate_id(file->fields[i].fate));
        kith_json_put_int(w, "count", file->fields[i].n);
        kith_json_put_text(w, "reason", file->fields[i].reason);
        kith_json_end(w);
    }
    kith_json_end(w);
}

static void put_skipped(struct kith_json_writer *w, const struct kith_outlook_file *file)
{
    kith_json_begin_array(w, "left_out");
    for (size_t i = 0; i < file->n_named; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "what", file->skipped[i].what);
        kith_json_put_text(w, "why", file->skipped[i].why);
        kith_json_end(w);
    }
    kith_json_end(w);
}

static void put_error(struct kith_json_writer *w, const struct kith_error *error)
{
    char *json;

    if (!error) {
        kith_json_put_null(w, "error");
        return;
    }
    json = kith_error_to_json(error);
    kith_json_put_raw(w, "error", json, strlen(json));
    free(json);
}

char *kith_outlook_file_to_json(const struct kith_outlook_file *file)
{
    KITH_AUTO_DONE(kith_buf) buf;
    struct kith_json_writer *w;

    kith_buf_init(&buf, OBJECT_BYTES_MAX);
    w = kith_json_writer_new(&buf, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "schema", 1);
    kith_json_put_text(w, "event", "file");
    kith_json_put_text(w, "path", file->path);
    kith_json_put_text(w, "seen", seen_id(file->seen));
    kith_json_put_text(w, "format", file->format);
    kith_json_put_text(w, "layout", file->layout);
    kith_json_put_text(w, "encoding", file->encoding);
    kith_json_put_bool(w, "encoding_assumed", file->encoding_assumed);
    kith_json_put_bool(w, "dates_assumed", file->dates_assumed);
    kith_json_put_int(w, "contacts", file->n_contacts);
    kith_json_put_int(w, "skipped", file->n_skipped);
    kith_json_put_bool(w, "ended_early", file->ended_early);
    kith_json_put_text(w, "lost", file->where);
    put_error(w, file->error);
    put_fields(w, file);
    put_skipped(w, file);
    kith_json_end(w);
    kith_json_writer_free(w);
    return kith_buf_take_text(&buf);
}
