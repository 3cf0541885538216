/* SPDX-License-Identifier: MIT */
/*
 * fuzz_json_read.c - any bytes as a JSON document.
 *
 * What can be read is visited whole, written again, and must be readable then.
 */
#include <string.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "fuzz_target.h"

static void put_value(struct kith_json_writer *w, const char *name, struct kith_json v);

/* Recursion is bounded: the reader refuses what is deeper than 64 levels. */
static void put_members(struct kith_json_writer *w, struct kith_json v)
{
    struct kith_json_walk walk = kith_json_walk(v);
    size_t n = 0;

    while (kith_json_next(&walk)) {
        bool is_member = v.type == KITH_JSON_OBJECT;

        FUZZ_CHECK(walk.name[walk.name_len] == '\0');
        if (is_member && !memchr(walk.name, '\0', walk.name_len))
            FUZZ_CHECK(kith_json_member(v, walk.name).type != KITH_JSON_NONE);
        put_value(w, is_member ? walk.name : NULL, walk.value);
        n++;
    }
    FUZZ_CHECK(n == kith_json_length(v));
    kith_json_end(w);
}

static void put_value(struct kith_json_writer *w, const char *name, struct kith_json v)
{
    size_t len;
    const char *text = kith_json_string(v, &len);
    int64_t number = 0;

    FUZZ_CHECK(text && (v.type == KITH_JSON_STRING || len == 0));
    switch (v.type) {
    case KITH_JSON_OBJECT:
        kith_json_begin_object(w, name);
        put_members(w, v);
        break;
    case KITH_JSON_ARRAY:
        kith_json_begin_array(w, name);
        put_members(w, v);
        break;
    case KITH_JSON_STRING:
        kith_json_put_text_n(w, name, text, len);
        break;
    case KITH_JSON_NUMBER:
        (void)kith_json_int64(v, &number); /* a fraction is written as 0: only its syntax is of interest */
        kith_json_put_int(w, name, number);
        break;
    case KITH_JSON_BOOL:
        kith_json_put_bool(w, name, kith_json_bool(v, false));
        break;
    case KITH_JSON_NULL:
    case KITH_JSON_NONE:
        kith_json_put_null(w, name);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct kith_json_reader *reader = kith_json_reader_new();
    struct kith_json_writer *w;
    struct kith_buf out;
    struct kith_json root;
    char why[160] = "";

    kith_buf_init(&out, SIZE_MAX);
    w = kith_json_writer_new(&out, /* indented= */ false);
    if (kith_json_read(reader, (const char *)data, size, &root, why, sizeof(why))) {
        put_value(w, NULL, root);
        FUZZ_CHECK(kith_json_read(reader, kith_buf_text(&out), out.len, &root, why, sizeof(why)));
    } else {
        FUZZ_CHECK(why[0] != '\0');
    }
    kith_json_writer_free(w);
    kith_buf_done(&out);
    kith_json_reader_free(reader);
    return 0;
}
