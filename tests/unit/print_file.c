/* SPDX-License-Identifier: MIT */
/*
 * print_file.c - what kith_fetch_file() makes of files, one JSON object a line, for tests that look at many files.
 *
 *     print-file [--region XX] [--code-page NAME] FILE...
 *
 * kith-reader is found as the engine finds it: KITH_READER.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "fetch/fetch_file.h"
#include "show/show_json.h"

struct told {
    struct kith_json_writer *json;
    struct kith_json_writer *skipped;
};

static enum kith_status put_contact(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                    struct kith_error *err)
{
    struct told *told = ctx;

    (void)arena;
    (void)err;
    contact->account = "";
    kith_show_json_contact(told->json, NULL, contact);
    return KITH_OK;
}

static void put_skipped(void *ctx, const char *what, const char *why)
{
    struct told *told = ctx;

    kith_json_begin_array(told->skipped, NULL);
    kith_json_put_text(told->skipped, NULL, what);
    kith_json_put_text(told->skipped, NULL, why);
    kith_json_end(told->skipped);
}

static void put_fields(struct kith_json_writer *json, const struct kith_field_report *report)
{
    static const char *const fates[] = {"read", "kept", "ignored"};

    kith_json_begin_array(json, "fields");
    for (size_t i = 0; i < kith_field_report_count(report); i++) {
        const struct kith_field_count *field = kith_field_report_get(report, i);

        kith_json_begin_object(json, NULL);
        kith_json_put_text(json, "name", field->name);
        kith_json_put_text(json, "fate", fates[field->fate]);
        kith_json_put_text(json, "reason", field->reason);
        kith_json_put_int(json, "n", field->n);
        kith_json_end(json);
    }
    kith_json_end(json);
}

static void put_facts(struct kith_json_writer *json, const struct kith_file_facts *facts)
{
    const char separator[] = {facts->read.separator, '\0'};

    kith_json_put_text(json, "format", facts->read.format);
    kith_json_put_text(json, "layout", facts->read.layout);
    kith_json_put_text(json, "encoding", facts->read.encoding);
    kith_json_put_text(json, "separator", separator);
    kith_json_put_bool(json, "encoding_assumed", facts->read.encoding_assumed);
    kith_json_put_bool(json, "dates_assumed", facts->read.dates_assumed);
    kith_json_put_bool(json, "dates_day_first", facts->read.dates_day_first);
    kith_json_put_bool(json, "ended_early", facts->ended_early);
    kith_json_put_text(json, "where", facts->where);
    kith_json_put_text(json, "hash", facts->print.hash);
    kith_json_put_int(json, "locked_in", facts->locked_in);
    kith_json_put_int(json, "n_contacts", facts->n_contacts);
    kith_json_put_int(json, "n_skipped", facts->n_skipped);
}

static void put_error(struct kith_json_writer *json, enum kith_status st, const struct kith_error *err)
{
    kith_json_put_text(json, "status", kith_status_id(st));
    kith_json_put_int(json, "reason", st == KITH_OK ? 0 : err->reason);
    kith_json_put_text(json, "message", st == KITH_OK ? "" : err->message);
    kith_json_put_text(json, "file", st == KITH_OK ? "" : err->file);
}

static void print_file(const char *path, const struct kith_fetch_file_options *options)
{
    KITH_AUTO_DONE(kith_buf) text;
    KITH_AUTO_DONE(kith_buf) skipped_text;
    struct kith_file_facts facts;
    struct kith_error err = {0};
    enum kith_status st;

    kith_buf_init(&text, SIZE_MAX);
    kith_buf_init(&skipped_text, SIZE_MAX);
    KITH_AUTO(kith_json_writer) json = kith_json_writer_new(&text, /* indented= */ false);
    KITH_AUTO(kith_json_writer) skipped = kith_json_writer_new(&skipped_text, /* indented= */ false);
    KITH_AUTO(kith_field_report) report = kith_field_report_new();
    struct told told = {.json = json, .skipped = skipped};
    const struct kith_contact_sink sink = {
        .contact = put_contact, .skipped = put_skipped, .report = report, .ctx = &told};

    kith_json_begin_array(skipped, NULL);
    kith_json_begin_object(json, NULL);
    kith_json_begin_array(json, "contacts");
    st = kith_fetch_file(path, options, &sink, &facts, &err);
    kith_json_end(json);
    kith_json_end(skipped);
    put_error(json, st, &err);
    put_facts(json, &facts);
    put_fields(json, report);
    kith_json_put_raw(json, "skipped", skipped_text.data, skipped_text.len);
    kith_json_end(json);
    (void)printf("%s\n", kith_buf_text(&text));
}

int main(int argc, char **argv)
{
    struct kith_fetch_file_options options = {0};
    int i = 1;

    for (; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--region") == 0)
            options.region = argv[i + 1];
        else if (strcmp(argv[i], "--code-page") == 0)
            options.code_page = argv[i + 1];
        else
            break;
    }
    for (; i < argc; i++)
        print_file(argv[i], &options);
    return 0;
}
