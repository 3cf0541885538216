/* SPDX-License-Identifier: MIT */
/*
 * json_write.c - JSON in one pass into a buffer, over yajl's generator; see json_write.h.
 *
 * Before: show/ and the faces say what is in a document.
 * After:  the buffer goes to a terminal, a browser or a file.
 *
 * Wrong use (a member without a name, one end too many) is a mistake of ours and
 * asserted. A full buffer is not: the caller looks at out->full once at the end.
 */
#include "base/json_write.h"

#include <assert.h>
#include <yajl/yajl_gen.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"

enum { DEEPEST = 64 }; /* yajl's own limit is 128 */

struct kith_json_writer {
    yajl_gen gen;
    struct kith_buf *out;
    size_t depth;
    bool is_object[DEEPEST]; /* by depth: what kith_json_end() closes */
};

/* --- yajl's needs ------------------------------------------------------- */

static void *yajl_malloc(void *ctx, size_t size)
{
    (void)ctx;
    return kith_xcalloc(1, size);
}

static void *yajl_realloc(void *ctx, void *p, size_t size)
{
    (void)ctx;
    return kith_xrealloc(p, 1, size);
}

static void yajl_free_piece(void *ctx, void *p)
{
    (void)ctx;
    free(p);
}

static void print_to_buf(void *ctx, const char *bytes, size_t len)
{
    (void)kith_buf_add(ctx, bytes, len); /* marked in the buffer, seen by its owner */
}

/* Every status but ok says that we called in the wrong order. */
static void expect(yajl_gen_status status)
{
    assert(status == yajl_gen_status_ok);
    (void)status;
}

/* --- Life --------------------------------------------------------------- */

struct kith_json_writer *kith_json_writer_new(struct kith_buf *out, bool indented)
{
    static const yajl_alloc_funcs memory = {yajl_malloc, yajl_realloc, yajl_free_piece, NULL};
    struct kith_json_writer *w = kith_xnew(struct kith_json_writer);

    w->out = out;
    w->gen = yajl_gen_alloc(&memory);
    yajl_gen_config(w->gen, yajl_gen_print_callback, print_to_buf, out);
    yajl_gen_config(w->gen, yajl_gen_beautify, indented ? 1 : 0);
    yajl_gen_config(w->gen, yajl_gen_indent_string, "  ");
    return w;
}

void kith_json_writer_free(struct kith_json_writer *w)
{
    if (!w)
        return;
    yajl_gen_free(w->gen);
    free(w);
}

void kith_json_writer_reset(struct kith_json_writer *w)
{
    yajl_gen_reset(w->gen, NULL);
    w->depth = 0;
}

/* --- Values ------------------------------------------------------------- */

/* len bytes with every one that is no UTF-8 replaced. Each may grow to three. */
static void put_repaired(yajl_gen gen, const char *text, size_t len)
{
    KITH_AUTO_DONE(kith_buf) repaired;
    const char *end = text + len;
    char bytes[4];

    kith_buf_init(&repaired, 3 * len);
    while (text < end) {
        uint32_t cp = kith_utf8_next(&text, end);
        (void)kith_buf_add(&repaired, bytes, kith_utf8_put(cp, bytes)); /* its ceiling was made to fit */
    }
    expect(yajl_gen_string(gen, (const unsigned char *)kith_buf_text(&repaired), repaired.len));
}

static void put_string(yajl_gen gen, const char *text, size_t len)
{
    if (kith_utf8_valid_len(text, len) == len)
        expect(yajl_gen_string(gen, (const unsigned char *)text, len));
    else
        put_repaired(gen, text, len);
}

static void put_name(struct kith_json_writer *w, const char *name)
{
    assert((name != NULL) == (w->depth > 0 && w->is_object[w->depth - 1]));
    if (name)
        put_string(w->gen, name, strlen(name));
}

static void begin(struct kith_json_writer *w, const char *name, bool is_object)
{
    assert(w->depth < DEEPEST);
    put_name(w, name);
    expect(is_object ? yajl_gen_map_open(w->gen) : yajl_gen_array_open(w->gen));
    w->is_object[w->depth++] = is_object;
}

void kith_json_begin_object(struct kith_json_writer *w, const char *name)
{
    begin(w, name, true);
}

void kith_json_begin_array(struct kith_json_writer *w, const char *name)
{
    begin(w, name, false);
}

void kith_json_end(struct kith_json_writer *w)
{
    assert(w->depth > 0);
    w->depth--;
    expect(w->is_object[w->depth] ? yajl_gen_map_close(w->gen) : yajl_gen_array_close(w->gen));
}

void kith_json_put_text_n(struct kith_json_writer *w, const char *name, const char *text, size_t len)
{
    put_name(w, name);
    put_string(w->gen, text, len);
}

void kith_json_put_text(struct kith_json_writer *w, const char *name, const char *text)
{
    kith_json_put_text_n(w, name, text, strlen(text));
}

void kith_json_put_text_if(struct kith_json_writer *w, const char *name, const char *text)
{
    if (!kith_text_is_empty(text))
        kith_json_put_text(w, name, text);
}

void kith_json_put_int(struct kith_json_writer *w, const char *name, int64_t number)
{
    put_name(w, name);
    expect(yajl_gen_integer(w->gen, number));
}

void kith_json_put_bool(struct kith_json_writer *w, const char *name, bool value)
{
    put_name(w, name);
    expect(yajl_gen_bool(w->gen, value));
}

void kith_json_put_null(struct kith_json_writer *w, const char *name)
{
    put_name(w, name);
    expect(yajl_gen_null(w->gen));
}

void kith_json_put_time(struct kith_json_writer *w, const char *name, int64_t time_s)
{
    char text[21];

    if (time_s == 0) {
        kith_json_put_null(w, name);
        return;
    }
    kith_clock_format_iso(time_s, text);
    kith_json_put_text(w, name, text);
}

/* yajl writes a number's bytes as they are, with the commas around it: all that a ready value needs. */
void kith_json_put_raw(struct kith_json_writer *w, const char *name, const char *json, size_t len)
{
    put_name(w, name);
    expect(yajl_gen_number(w->gen, json, len));
}
