/* SPDX-License-Identifier: MIT */
/*
 * test_fetch_microsoft.c - the chain of pages, against a mailbox on loopback (src/fetch/fetch_microsoft.c).
 *
 * The mailbox's pages are not Graph's JSON but a line with the next link and a line for each contact:
 * what is inside a page is not the business of fetch/.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/text.h"
#include "fetch/fetch_microsoft.h"
#include "fetch/link.h"
#include "tiny_server.h"

enum { MOST = 20000, ASKED = 256, NOTE_BYTES = 32 * 1024 };

struct mailbox {
    struct tiny_server *server;
    struct kith_http *http;
    struct kith_fetch_microsoft *fetch;
    struct kith_fetch_microsoft_options options;
    tiny_fn fn; /* changes an answer; NULL: none */
    char graph[64];
    int64_t n;        /* contacts that there are */
    int64_t reported; /* as the count says */
    int cap;          /* largest page */
    int delay_ms;
    int group_every;              /* each such item is a contact list, which the listing leaves out; 0: none */
    int64_t heavy_from, heavy_to; /* contacts with a long note */
    /* What happened. */
    int n_pages_asked, n_tokens, n_forced;
    char asked[ASKED][256];
    int64_t skips[ASKED];
    /* What arrived. */
    bool seen[MOST];
    int64_t n_unique, n_repeats;
    int n_pages;
    size_t heaviest; /* page that was given, in bytes */
};

static enum kith_status give_token(void *ctx, bool force, struct kith_buf *out, struct kith_error *err)
{
    struct mailbox *m = ctx;

    (void)err;
    m->n_tokens++;
    m->n_forced += force;
    return kith_buf_addf(out, "token-%d", m->n_tokens) ? KITH_OK : KITH_E_INTERNAL;
}

static void link_to(const struct mailbox *m, int64_t top, int64_t skip, struct tiny_reply *reply)
{
    (void)kith_buf_addf(&reply->body, "%s/v1.0/me/contacts?$top=%lld&$count=true&$skip=%lld\n", m->graph,
                        (long long)top, (long long)skip);
}

static void write_contact(const struct mailbox *m, int64_t id, struct tiny_reply *reply)
{
    static char note[NOTE_BYTES + 1];

    memset(note, 'x', NOTE_BYTES);
    (void)kith_buf_addf(&reply->body, "%lld%s\n", (long long)id, id >= m->heavy_from && id < m->heavy_to ? note : "");
}

static void write_page(struct mailbox *m, const struct tiny_request *request, struct tiny_reply *reply)
{
    int64_t top = 10, skip = 0;

    (void)kith_link_number(request->target, "$top", &top);
    (void)kith_link_number(request->target, "$skip", &skip);
    int64_t size = top < m->cap ? top : m->cap;
    if (skip + size < m->n)
        link_to(m, top, skip + size, reply);
    else
        (void)kith_buf_add_text(&reply->body, "\n");
    for (int64_t i = skip; i < skip + size && i < m->n; i++) {
        if (m->group_every == 0 || i % m->group_every != 0)
            write_contact(m, i, reply);
    }
}

static void on_request(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    char value[256] = "";

    reply->delay_ms = m->delay_ms;
    if (strstr(request->target, "/$count")) {
        (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Content-Type: text/plain\r\n");
        (void)kith_buf_addf(&reply->body, "%lld", (long long)m->reported);
    } else {
        if (!tiny_header(request, "Prefer", value, sizeof(value)) || strcmp(value, "IdType=\"ImmutableId\"") != 0)
            reply->status = 400;
        (void)kith_text_copy(reply->headers, sizeof(reply->headers),
                             "Content-Type: application/json;odata.metadata=minimal\r\nrequest-id: r-9\r\n");
        write_page(m, request, reply);
        if (m->n_pages_asked < ASKED) {
            m->skips[m->n_pages_asked] = 0;
            (void)kith_link_number(request->target, "$skip", &m->skips[m->n_pages_asked]);
            (void)kith_text_copy(m->asked[m->n_pages_asked], sizeof(m->asked[0]), request->target);
        }
        m->n_pages_asked++;
    }
    if (m->fn)
        m->fn(m, request, reply);
}

/* A mailbox of n contacts; begin() opens it. */
static struct mailbox *mailbox_new(int64_t n, tiny_fn fn)
{
    struct mailbox *m = kith_xnew(struct mailbox);

    m->n = m->reported = n;
    m->cap = 100;
    m->fn = fn;
    return m;
}

static void begin(struct mailbox *m)
{
    const struct kith_http_config config = {
        .source = KITH_SOURCE_MICROSOFT365, .ca_file = "", .proxy = "", .backoff_ms = 20};

    m->server = tiny_server_start(on_request, m);
    m->http = kith_http_new(&config);
    (void)snprintf(m->graph, sizeof(m->graph), "http://127.0.0.1:%d", tiny_server_port(m->server));
    m->options.graph = m->graph;
    m->options.account = "work";
    m->options.token = give_token;
    m->options.token_ctx = m;
    m->fetch = kith_fetch_microsoft_new(m->http, &m->options);
}

static void end(struct mailbox *m)
{
    kith_fetch_microsoft_free(m->fetch);
    kith_http_free(m->http);
    tiny_server_stop(m->server);
    free(m);
}

/* What parse/ and engine/ do with a page. */
static size_t take_page(struct mailbox *m, const struct kith_buf *body, char *ret_link, size_t link_size)
{
    const char *p = kith_buf_text(body);
    size_t n = 0;

    kith_text_copy_n(ret_link, link_size, p, strcspn(p, "\n"));
    for (p += strcspn(p, "\n") + 1; *p != '\0'; p += strcspn(p, "\n") + 1, n++) {
        long id = strtol(p, NULL, 10);
        assert_in_range(id, 0, MOST - 1);
        m->n_repeats += m->seen[id];
        m->n_unique += !m->seen[id];
        m->seen[id] = true;
    }
    m->n_pages++;
    m->heaviest = body->len > m->heaviest ? body->len : m->heaviest;
    return n;
}

static enum kith_status read_all(struct mailbox *m, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) body;
    char request_id[64] = "";
    char link[512];
    bool more = true;

    kith_buf_init(&body, 1024 * 1024);
    for (;;) {
        enum kith_status st = kith_fetch_microsoft_page(m->fetch, &body, request_id, &more, err);
        if (st != KITH_OK || !more)
            return st;
        size_t n = take_page(m, &body, link, sizeof(link));
        st = kith_fetch_microsoft_follow(m->fetch, link, m->n_unique, n, err);
        if (st != KITH_OK)
            return st;
    }
}

static enum kith_status count_and_read_all(struct mailbox *m, struct kith_error *err)
{
    int64_t count;
    enum kith_status st = kith_fetch_microsoft_count(m->fetch, "/v1.0/me/contacts", &count, err);

    return st == KITH_OK ? read_all(m, err) : st;
}

static void all_are_here_once(const struct mailbox *m)
{
    assert_int_equal(m->n_unique, m->n);
    assert_int_equal(m->n_repeats, 0);
}

/* --- The chain ------------------------------------------------------------------ */

static void fetch__a_regular_chain_is_read_ahead_four_at_a_time(void **state)
{
    struct mailbox *m = mailbox_new(1234, NULL);
    struct kith_error err;
    (void)state;

    m->delay_ms = 30;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_int_equal(m->n_pages, 13);
    assert_int_equal(m->n_pages_asked, 13); /* none beyond the count */
    assert_in_range(tiny_server_most_at_once(m->server), 2, 4);
    assert_int_equal(m->n_tokens, 1);
    assert_string_equal(m->asked[0], "/v1.0/me/contacts?$top=999&$count=true");
    end(m);
}

static void fetch__ten_thousand_take_a_dozen_requests(void **state)
{
    struct mailbox *m = mailbox_new(10000, NULL);
    struct kith_error err;
    (void)state;

    m->cap = 1000;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_true(kith_http_requests(m->http) <= 13);
    end(m);
}

static void fetch__nothing_beyond_the_limit_is_asked_for(void **state)
{
    struct mailbox *m = mailbox_new(5000, NULL);
    struct kith_error err;
    (void)state;

    m->options.limit = 1000;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_unique, 1000);
    assert_int_equal(m->n_pages_asked, 10);
    end(m);

    m = mailbox_new(5000, NULL);
    m->options.limit = 7;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_unique, 7);
    assert_int_equal(m->n_pages_asked, 1);
    end(m);
}

static void fetch__a_limit_is_reached_over_contact_lists(void **state)
{
    struct mailbox *m = mailbox_new(5000, NULL);
    struct kith_error err;
    (void)state;

    m->options.limit = 1000;
    m->group_every = 3;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_true(m->n_unique >= 1000);
    assert_true(m->n_pages_asked <= 16);
    end(m);
}

static void fetch__an_empty_mailbox_is_one_empty_page(void **state)
{
    struct mailbox *m = mailbox_new(0, NULL);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_pages, 1);
    end(m);
}

static void fetch__without_a_count_the_chain_is_read_step_by_step(void **state)
{
    struct mailbox *m = mailbox_new(450, NULL);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_int_equal(tiny_server_most_at_once(m->server), 1);
    end(m);
}

static void empty_third_page(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    int64_t skip = 0;

    if (kith_link_number(request->target, "$skip", &skip) && skip == 200) {
        kith_buf_clear(&reply->body);
        link_to(m, 999, 300, reply);
    }
}

static void fetch__an_empty_page_with_a_link_does_not_end_it(void **state)
{
    struct mailbox *m = mailbox_new(600, empty_third_page);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_unique, 500);
    assert_int_equal(m->n_pages, 6);
    end(m);
}

static void ends_early(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    int64_t skip = 0;

    (void)m;
    if (!kith_link_number(request->target, "$skip", &skip) || skip < 300)
        return;
    if (skip == 300) {
        kith_buf_clear(&reply->body);
        (void)kith_buf_add_text(&reply->body, "\n300\n");
    } else {
        reply->status = 400;
    }
}

static void fetch__pages_that_the_chain_does_not_name_are_thrown_away(void **state)
{
    struct mailbox *m = mailbox_new(1000, ends_early);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_unique, 301);
    assert_int_equal(m->n_pages, 4);
    end(m);
}

static void changes_its_step(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    int64_t skip = 0;

    (void)kith_link_number(request->target, "$skip", &skip);
    if (skip < 200)
        return;
    kith_buf_clear(&reply->body);
    if (skip + 37 < m->n)
        link_to(m, 37, skip + 37, reply);
    else
        (void)kith_buf_add_text(&reply->body, "\n");
    for (int64_t i = skip; i < skip + 37 && i < m->n; i++)
        (void)kith_buf_addf(&reply->body, "%lld\n", (long long)i);
}

static void fetch__an_irregular_chain_is_believed_step_by_step(void **state)
{
    struct mailbox *m = mailbox_new(900, changes_its_step);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    end(m);
}

static void fetch__a_second_look_begins_at_the_first_page(void **state)
{
    struct mailbox *m = mailbox_new(250, NULL);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    kith_fetch_microsoft_restart(m->fetch);
    assert_int_equal(read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_pages, 6);
    assert_int_equal(m->n_unique, 250);
    end(m);
}

/* --- By weight --------------------------------------------------------------------- */

static int64_t top_of(const char *target)
{
    int64_t top = -1;

    return kith_link_number(target, "$top", &top) ? top : -1;
}

static void fetch__long_notes_come_in_parts_that_weigh_little(void **state)
{
    struct mailbox *m = mailbox_new(2000, NULL);
    struct kith_error err;
    (void)state;

    m->cap = 1000;
    m->heavy_to = m->n;
    m->delay_ms = 10;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_in_range(m->heaviest, 1, 2 * 1024 * 1024);
    assert_int_equal(top_of(m->asked[0]), 999);
    assert_in_range(top_of(m->asked[1]), 1, 50);      /* a few, to be weighed */
    assert_in_range(m->n_pages_asked, 2000 / 32, 90); /* a page of 1 MiB has 31 of them */
    assert_in_range(tiny_server_most_at_once(m->server), 2, 4);
    end(m);
}

static void fetch__long_notes_in_the_middle_are_no_burden_for_the_rest(void **state)
{
    struct mailbox *m = mailbox_new(10000, NULL);
    struct kith_error err;
    (void)state;

    m->cap = 1000;
    m->heavy_from = 3100;
    m->heavy_to = 3500;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_in_range(m->heaviest, 1, 4 * 1024 * 1024);
    assert_true(m->n_pages_asked < 60);
    for (int i = 0; i < m->n_pages_asked; i++)
        assert_true(m->skips[i] < 6000 || top_of(m->asked[i]) == 999);
    end(m);
}

static void fetch__few_with_long_notes_are_a_page_like_any_other(void **state)
{
    struct mailbox *m = mailbox_new(10000, NULL);
    struct kith_error err;
    (void)state;

    m->cap = 1000;
    m->heavy_from = 3100;
    m->heavy_to = 3200;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_int_equal(m->n_pages_asked, 11);
    end(m);
}

static void fetch__a_limit_holds_in_parts(void **state)
{
    struct mailbox *m = mailbox_new(5000, NULL);
    struct kith_error err;
    (void)state;

    m->cap = 1000;
    m->heavy_to = m->n;
    m->options.limit = 300;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_in_range(m->n_unique, 300, 340);
    assert_true(m->n_pages_asked <= 14);
    end(m);
}

/* A number in the link is all that a page has to be asked for otherwise; without one it is taken as it is. */
static void forgets_the_number(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    int64_t at = 0;
    const char *token = strstr(request->target, "$skiptoken=");

    if (strstr(request->target, "/$count"))
        return;
    kith_buf_clear(&reply->body);
    if (token)
        at = strtol(token + strlen("$skiptoken="), NULL, 10);
    (void)kith_buf_addf(&reply->body, at + 500 < m->n ? "%s/v1.0/me/contacts?$skiptoken=%lld\n" : "\n", m->graph,
                        (long long)at + 500);
    for (int64_t i = at; i < at + 500 && i < m->n; i++)
        write_contact(m, i, reply);
}

static void fetch__a_heavy_page_without_a_number_is_taken_as_it_is(void **state)
{
    struct mailbox *m = mailbox_new(1000, forgets_the_number);
    struct kith_error err;
    (void)state;

    m->heavy_from = 500;
    m->heavy_to = m->n;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_int_equal(m->n_pages, 2);
    end(m);
}

/* Of changes the number stands in a header, and a service may give less, but not more. */
static void gives_changes(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    const char *token = strstr(request->target, "$skiptoken=");
    long at = token ? strtol(token + strlen("$skiptoken="), NULL, 10) : 0;
    char prefer[128] = "";

    assert_true(tiny_header(request, "Prefer", prefer, sizeof(prefer)));
    assert_true(strstr(prefer, "IdType=\"ImmutableId\", odata.maxpagesize="));
    long size = strtol(strstr(prefer, "maxpagesize=") + strlen("maxpagesize="), NULL, 10);
    assert_in_range(size, 1, 200);
    reply->status = 200;
    kith_buf_clear(&reply->body);
    (void)kith_buf_addf(&reply->body, at + size < m->n ? "%s/v1.0/me/contacts/delta?$skiptoken=%ld\n" : "\n", m->graph,
                        at + size);
    for (long i = at; i < at + size && i < m->n; i++)
        write_contact(m, i, reply);
}

static void fetch__changes_with_long_notes_come_in_parts_too(void **state)
{
    struct mailbox *m = mailbox_new(1000, gives_changes);
    struct kith_error err;
    (void)state;

    m->heavy_to = m->n;
    begin(m);
    kith_fetch_microsoft_begin(m->fetch, "/v1.0/me/contacts/delta", KITH_GRAPH_CHANGES, -1, 0);
    assert_int_equal(read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_in_range(m->heaviest, 1, 2 * 1024 * 1024);
    assert_in_range(m->n_pages_asked, 32, 40);
    assert_in_range(tiny_server_most_at_once(m->server), 1, 2); /* one that we left unread may still be written */
    end(m);
}

/* --- Before it is wanted ---------------------------------------------------------- */

static const char *const some_folders[] = {
    "/v1.0/me/contactFolders/a/childFolders", "/v1.0/me/contactFolders/b/childFolders",
    "/v1.0/me/contactFolders/c/childFolders", "/v1.0/me/contactFolders/d/childFolders",
    "/v1.0/me/contactFolders/e/childFolders", "/v1.0/me/contactFolders/f/childFolders"};

/* Each says its own address. */
static void says_folder(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (!strstr(request->target, "childFolders"))
        return;
    kith_buf_clear(&reply->body);
    (void)kith_buf_add_text(&reply->body, request->target);
}

static void says_folder_on_a_bad_line(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    says_folder(ctx, request, reply);
    if (request->number == 2)
        reply->manner = TINY_CUT;
    if (request->number == 3)
        reply->manner = TINY_TRUNCATE;
    if (request->number == 5)
        reply->status = 503;
    if (request->number == 7)
        reply->status = 401;
}

/* All are foreseen, then wanted one after the other. */
static void want_folders(struct mailbox *m)
{
    KITH_AUTO_DONE(kith_buf) body;
    struct kith_error err;
    char request_id[64];

    kith_buf_init(&body, 1024);
    for (size_t i = 0; i < KITH_COUNT_OF(some_folders); i++)
        assert_int_equal(kith_fetch_microsoft_foresee(m->fetch, KITH_GRAPH_GET, some_folders[i], &err), KITH_OK);
    for (size_t i = 0; i < KITH_COUNT_OF(some_folders); i++) {
        assert_int_equal(kith_fetch_microsoft_get(m->fetch, some_folders[i], &body, request_id, &err), KITH_OK);
        assert_string_equal(kith_buf_text(&body), some_folders[i]);
    }
}

static void fetch__what_is_foreseen_is_asked_for_once_and_four_at_a_time(void **state)
{
    struct mailbox *m = mailbox_new(10, says_folder);
    (void)state;

    m->delay_ms = 30;
    begin(m);
    want_folders(m);
    assert_int_equal(tiny_server_requests(m->server), KITH_COUNT_OF(some_folders));
    assert_int_equal(tiny_server_most_at_once(m->server), 4);
    assert_int_equal(m->n_tokens, 1);
    end(m);
}

static void fetch__a_bad_line_changes_nothing_of_what_was_foreseen(void **state)
{
    struct mailbox *m = mailbox_new(10, says_folder_on_a_bad_line);
    (void)state;

    begin(m);
    want_folders(m);
    assert_int_equal(m->n_forced, 1);
    assert_true(tiny_server_most_at_once(m->server) <= 4);
    end(m);
}

static void fetch__more_than_there_is_room_for_is_asked_for_when_it_is_wanted(void **state)
{
    struct mailbox *m = mailbox_new(10, says_folder);
    KITH_AUTO_DONE(kith_buf) body;
    struct kith_error err;
    char request_id[64], path[64];
    (void)state;

    kith_buf_init(&body, 1024);
    begin(m);
    for (int i = 0; i < 100; i++) {
        (void)snprintf(path, sizeof(path), "/v1.0/me/contactFolders/%d/childFolders", i);
        assert_int_equal(kith_fetch_microsoft_foresee(m->fetch, KITH_GRAPH_GET, path, &err), KITH_OK);
    }
    for (int i = 99; i >= 0; i--) {
        (void)snprintf(path, sizeof(path), "/v1.0/me/contactFolders/%d/childFolders", i);
        assert_int_equal(kith_fetch_microsoft_get(m->fetch, path, &body, request_id, &err), KITH_OK);
        assert_string_equal(kith_buf_text(&body), path);
    }
    end(m);
}

static void fails_to_list(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (strstr(request->target, "childFolders"))
        reply->status = 404;
}

static void fetch__what_is_wrong_is_told_to_whoever_wants_it(void **state)
{
    struct mailbox *m = mailbox_new(10, fails_to_list);
    KITH_AUTO_DONE(kith_buf) body;
    struct kith_error err;
    char request_id[64];
    int64_t count;
    (void)state;

    kith_buf_init(&body, 1024);
    begin(m);
    assert_int_equal(kith_fetch_microsoft_foresee(m->fetch, KITH_GRAPH_GET, some_folders[0], &err), KITH_OK);
    assert_int_equal(kith_fetch_microsoft_foresee(m->fetch, KITH_GRAPH_COUNT, "/v1.0/me/contacts", &err), KITH_OK);
    assert_int_equal(kith_fetch_microsoft_count(m->fetch, "/v1.0/me/contacts", &count, &err), KITH_OK);
    assert_int_equal(count, 10);
    assert_int_equal(kith_fetch_microsoft_get(m->fetch, some_folders[0], &body, request_id, &err), KITH_E_SERVICE);
    assert_int_equal(err.http_status, 404);
    end(m);
}

/* --- Several chains --------------------------------------------------------------- */

#define FOLDER(name) "/v1.0/me/contactFolders/" name "/contacts"

/* Folders a and b have ten contacts each, numbered from 10000 and 11000. */
static void has_folders(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    long from = strstr(request->target, FOLDER("a")) ? 10000 : 11000;

    (void)m;
    if (!strstr(request->target, "/contactFolders/"))
        return;
    kith_buf_clear(&reply->body);
    (void)kith_buf_add_text(&reply->body, "\n");
    for (long i = from; i < from + 10; i++)
        (void)kith_buf_addf(&reply->body, "%ld\n", i);
}

static int n_asked(const struct mailbox *m, const char *path)
{
    int n = 0;

    for (int i = 0; i < m->n_pages_asked; i++)
        n += kith_text_starts_with(m->asked[i], path);
    return n;
}

static void read_folder(struct mailbox *m, const char *path, int64_t count)
{
    struct kith_error err;

    kith_fetch_microsoft_begin(m->fetch, path, KITH_GRAPH_PAGES, count, m->n_unique);
    if (strcmp(path, "/v1.0/me/contacts") == 0)
        kith_fetch_microsoft_expect(m->fetch, FOLDER("a"), 10);
    if (strcmp(path, FOLDER("b")) != 0)
        kith_fetch_microsoft_expect(m->fetch, FOLDER("b"), 10); /* twice is once */
    assert_int_equal(read_all(m, &err), KITH_OK);
}

static void fetch__first_pages_of_later_folders_are_asked_for_early_and_once(void **state)
{
    struct mailbox *m = mailbox_new(950, has_folders);
    (void)state;

    m->delay_ms = 30;
    begin(m);
    read_folder(m, "/v1.0/me/contacts", m->n);
    assert_int_equal(n_asked(m, FOLDER("a")), 1);
    assert_int_equal(n_asked(m, FOLDER("b")), 1);
    assert_int_equal(m->n_unique, 950);
    read_folder(m, FOLDER("a"), 10);
    read_folder(m, FOLDER("b"), 10);
    assert_int_equal(m->n_unique, 970);
    assert_int_equal(m->n_repeats, 0);
    assert_int_equal(m->n_pages_asked, 12);
    assert_in_range(tiny_server_most_at_once(m->server), 2, 4);
    end(m);
}

/* The chain is irregular, and what was asked for ahead of it is thrown away; not so what comes behind it. */
static void fetch__a_surprise_in_one_folder_costs_nothing_in_the_next(void **state)
{
    struct mailbox *m = mailbox_new(1000, NULL);
    (void)state;

    m->fn = has_folders;
    begin(m);
    m->reported = 500;
    read_folder(m, "/v1.0/me/contacts", 500); /* twice as many as it said */
    read_folder(m, FOLDER("a"), 10);
    read_folder(m, FOLDER("b"), 10);
    assert_int_equal(m->n_unique, 1020);
    assert_int_equal(m->n_pages_asked, 12);
    end(m);
}

static void fetch__another_folder_than_was_expected_is_read_all_the_same(void **state)
{
    struct mailbox *m = mailbox_new(950, has_folders);
    (void)state;

    begin(m);
    read_folder(m, "/v1.0/me/contacts", m->n);
    read_folder(m, FOLDER("b"), 10); /* "a" was to come first */
    read_folder(m, FOLDER("a"), 10);
    assert_int_equal(m->n_unique, 970);
    assert_int_equal(m->n_repeats, 0);
    end(m);
}

/* --- Circles ---------------------------------------------------------------------- */

static void links_to_itself(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    const char *after = reply->body.len > 0 ? strchr(reply->body.data, '\n') : NULL;
    KITH_AUTO_STRING rest = after ? kith_xstrdup(after) : kith_xstrdup("\n");

    if (strstr(request->target, "/$count"))
        return;
    kith_buf_clear(&reply->body);
    (void)kith_buf_addf(&reply->body, "%s%s%s", m->graph, request->target, rest);
}

static void fetch__pages_that_link_to_themselves_lose_nobody(void **state)
{
    struct mailbox *m = mailbox_new(777, links_to_itself);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_true(m->n_pages_asked <= 9);
    end(m);
}

static void fetch__nor_do_they_hang_where_lists_are_counted(void **state)
{
    struct mailbox *m = mailbox_new(777, links_to_itself);
    struct kith_error err;
    (void)state;

    m->group_every = 4;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_unique, 777 - 195);
    assert_true(m->n_pages_asked < 40);
    end(m);
}

static void links_back_once(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    int64_t skip = 0;

    if (kith_link_number(request->target, "$skip", &skip) && skip == 300) {
        struct mailbox *m = ctx;
        const char *rest = strchr(reply->body.data, '\n');
        KITH_AUTO_STRING ids = kith_xstrdup(rest ? rest : "\n");
        kith_buf_clear(&reply->body);
        (void)kith_buf_addf(&reply->body, "%s/v1.0/me/contacts?$top=999&$count=true%s", m->graph, ids);
    }
}

static void fetch__a_link_back_to_the_first_page_is_a_slip(void **state)
{
    struct mailbox *m = mailbox_new(1000, links_back_once);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    end(m);
}

static void numberless_circle(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;

    if (strstr(request->target, "/$count"))
        return;
    kith_buf_clear(&reply->body);
    (void)kith_buf_addf(&reply->body, "%s/v1.0/me/contacts?$skiptoken=%s\n1\n2\n", m->graph,
                        strstr(request->target, "=a") ? "b" : "a");
}

static void fetch__a_circle_without_numbers_is_a_failure(void **state)
{
    struct mailbox *m = mailbox_new(1000, numberless_circle);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_E_SERVICE);
    assert_string_equal(err.account, "work");
    assert_true(m->n_pages_asked <= 4);
    end(m);
}

static void fetch__unless_everybody_is_here_already(void **state)
{
    struct mailbox *m = mailbox_new(2, numberless_circle);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_unique, 2);
    end(m);
}

static void endless_numbers(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    int64_t skip = 0;

    if (strstr(request->target, "/$count"))
        return;
    (void)kith_link_number(request->target, "$skip", &skip);
    kith_buf_clear(&reply->body);
    link_to(m, 999, skip + 100, reply);
    for (int64_t i = skip; i < skip + 100 && i < m->n; i++)
        (void)kith_buf_addf(&reply->body, "%lld\n", (long long)i);
}

static void fetch__a_chain_without_end_ends_behind_what_was_reported(void **state)
{
    struct mailbox *m = mailbox_new(500, endless_numbers);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_true(m->n_pages_asked < 50);
    end(m);
}

static void endless_tokens(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;

    if (strstr(request->target, "/$count"))
        return;
    kith_buf_clear(&reply->body);
    (void)kith_buf_addf(&reply->body, "%s/v1.0/me/contacts?$skiptoken=%d\n1\n", m->graph, m->n_pages_asked);
}

static void fetch__a_chain_without_end_and_numbers_is_a_failure(void **state)
{
    struct mailbox *m = mailbox_new(500, endless_tokens);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_E_SERVICE);
    assert_true(m->n_pages_asked < 1100);
    end(m);
}

/* Contacts of the folders before it are no contacts of this one. */
static void fetch__a_circle_in_a_later_folder_loses_nobody(void **state)
{
    struct mailbox *m = mailbox_new(777, links_to_itself);
    struct kith_error err;
    (void)state;

    begin(m);
    for (int64_t i = 1000; i < 2000; i++)
        m->seen[i] = true;
    m->n_unique = 1000;
    kith_fetch_microsoft_begin(m->fetch, "/v1.0/me/contacts", KITH_GRAPH_PAGES, m->n, m->n_unique);
    assert_int_equal(read_all(m, &err), KITH_OK);
    assert_int_equal(m->n_unique, 1000 + 777);
    end(m);
}

/* --- Strangers --------------------------------------------------------------------- */

static char stranger[128];

static void links_away(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (strstr(request->target, "/$count"))
        return;
    kith_buf_clear(&reply->body);
    (void)kith_buf_addf(&reply->body, "%s\n1\n", stranger);
}

static void nothing(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    (void)reply;
}

static void fetch__a_link_to_another_host_is_refused_and_never_asked(void **state)
{
    static const char *const forms[] = {
        "http://127.0.0.1:%d/v1.0/me/contacts?$skip=100",
        "http://localhost:%d/",
        "//127.0.0.1:%d/",
        "/v1.0/me/contacts?$skip=%d",
        "http://user@127.0.0.1:%d/",
        "javascript:%d",
    };
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(forms); i++) {
        struct tiny_server *other = tiny_server_start(nothing, NULL);
        struct mailbox *m = mailbox_new(500, links_away);
        struct kith_error err;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        (void)snprintf(stranger, sizeof(stranger), forms[i], tiny_server_port(other));
#pragma GCC diagnostic pop
        begin(m);
        assert_int_equal(count_and_read_all(m, &err), KITH_E_SERVICE);
        assert_int_equal(tiny_server_requests(other), 0);
        assert_int_equal(m->n_pages_asked, 1);
        end(m);
        tiny_server_stop(other);
    }
}

/* The address that a round of changes ended with, kept since then. */
static void fetch__changes_at_another_host_are_never_asked_for(void **state)
{
    struct tiny_server *other = tiny_server_start(nothing, NULL);
    struct mailbox *m = mailbox_new(10, NULL);
    KITH_AUTO_DONE(kith_buf) body;
    struct kith_error err = {0};
    char request_id[64], link[128];
    bool more;
    (void)state;

    begin(m);
    kith_buf_init(&body, 1024 * 1024);
    (void)snprintf(link, sizeof(link), "http://127.0.0.1:%d/v1.0/me/contacts/delta?$deltatoken=1",
                   tiny_server_port(other));
    kith_fetch_microsoft_begin(m->fetch, link, KITH_GRAPH_CHANGES, -1, 0);
    assert_int_equal(kith_fetch_microsoft_page(m->fetch, &body, request_id, &more, &err), KITH_E_SERVICE);
    assert_int_equal(err.reason, KITH_REASON_RESYNC); /* everything is read again, at our own addresses */
    assert_int_equal(tiny_server_requests(other), 0);
    assert_int_equal(m->n_tokens, 0);
    end(m);
    tiny_server_stop(other);
}

/* --- Tokens ------------------------------------------------------------------------- */

static void refuses_old_token(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;
    char value[64] = "";

    (void)tiny_header(request, "Authorization", value, sizeof(value));
    if (m->n_pages_asked > 3 && strcmp(value, "Bearer token-1") == 0)
        reply->status = 401;
}

static void fetch__an_expired_token_is_renewed_once(void **state)
{
    struct mailbox *m = mailbox_new(1500, refuses_old_token);
    struct kith_error err;
    (void)state;

    m->delay_ms = 10;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_int_equal(m->n_forced, 1);
    assert_int_equal(m->n_tokens, 2);
    end(m);
}

static void refuses_all_tokens(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 401;
    kith_buf_clear(&reply->body);
    (void)kith_buf_add_text(&reply->body, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}");
}

static void fetch__a_fresh_token_that_is_refused_too_asks_for_a_sign_in(void **state)
{
    struct mailbox *m = mailbox_new(100, refuses_all_tokens);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(read_all(m, &err), KITH_E_SIGNIN_NEEDED);
    assert_int_equal(m->n_forced, 1);
    assert_int_equal(m->n_pages_asked, 2);
    assert_string_equal(err.account, "work");
    end(m);

    m = mailbox_new(100, refuses_all_tokens);
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_E_SIGNIN_NEEDED);
    assert_int_equal(m->n_forced, 1);
    end(m);
}

static enum kith_status give_no_token(void *ctx, bool force, struct kith_buf *out, struct kith_error *err)
{
    (void)ctx;
    (void)out;
    if (!force)
        return kith_buf_add_text(out, "token") ? KITH_OK : KITH_E_INTERNAL;
    *err = (struct kith_error){.status = KITH_E_PERMISSION_REMOVED};
    return KITH_E_PERMISSION_REMOVED;
}

static void fetch__what_the_renewal_says_is_the_answer(void **state)
{
    struct mailbox *m = mailbox_new(1500, refuses_all_tokens);
    struct kith_error err;
    (void)state;

    begin(m);
    kith_fetch_microsoft_free(m->fetch);
    m->options.token = give_no_token;
    m->fetch = kith_fetch_microsoft_new(m->http, &m->options);
    assert_int_equal(count_and_read_all(m, &err), KITH_E_PERMISSION_REMOVED);
    end(m);
}

/* --- Trouble ------------------------------------------------------------------------ */

static void times_out_on_large_pages(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    int64_t top = 0;

    (void)ctx;
    if (kith_link_number(request->target, "$top", &top) && top > 300)
        reply->status = 504;
}

static void fetch__a_page_too_large_for_the_service_is_halved(void **state)
{
    struct mailbox *m = mailbox_new(2000, times_out_on_large_pages);
    struct kith_error err;
    (void)state;

    m->cap = 1000;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_string_equal(m->asked[1], "/v1.0/me/contacts?$top=499&$count=true");
    assert_string_equal(m->asked[2], "/v1.0/me/contacts?$top=249&$count=true");
    end(m);
}

static void times_out_at_one_place(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    int64_t top = 0, skip = 0;

    (void)ctx;
    (void)kith_link_number(request->target, "$top", &top);
    if (kith_link_number(request->target, "$skip", &skip) && skip == 999 && top > 500)
        reply->status = 504;
}

static void fetch__a_time_out_in_the_middle_asks_for_less_from_there(void **state)
{
    struct mailbox *m = mailbox_new(4000, times_out_at_one_place);
    struct kith_error err;
    (void)state;

    m->cap = 1000;
    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    end(m);
}

static void is_a_portal_once(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct mailbox *m = ctx;

    if (strstr(request->target, "$skip=200") && m->n_pages_asked < 8 && !strstr(request->target, "/$count"))
        (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Content-Type: text/html\r\n");
}

static void fetch__a_page_for_people_is_asked_for_again(void **state)
{
    struct mailbox *m = mailbox_new(650, is_a_portal_once);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    end(m);
}

static void is_a_portal(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (!strstr(request->target, "/$count"))
        (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Content-Type: text/html\r\nrequest-id: r-2\r\n");
}

static void fetch__a_portal_is_no_mailbox(void **state)
{
    struct mailbox *m = mailbox_new(650, is_a_portal);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_E_SERVICE);
    assert_string_equal(err.request_id, "r-2");
    assert_int_equal(m->n_pages_asked, 3);
    end(m);
}

static void fetch__a_page_that_cannot_be_read_is_given_twice_more(void **state)
{
    struct mailbox *m = mailbox_new(250, NULL);
    struct kith_error err = {.status = KITH_E_SERVICE, .message = "unexpected end"};
    KITH_AUTO_DONE(kith_buf) body;
    char request_id[64] = "";
    char link[512];
    bool more;
    (void)state;

    kith_buf_init(&body, 1024 * 1024);
    begin(m);
    assert_int_equal(kith_fetch_microsoft_page(m->fetch, &body, request_id, &more, &err), KITH_OK);
    assert_int_equal(kith_fetch_microsoft_retry(m->fetch, &body, request_id, &err), KITH_OK);
    size_t n = take_page(m, &body, link, sizeof(link));
    assert_int_equal(kith_fetch_microsoft_follow(m->fetch, link, m->n_unique, n, &err), KITH_OK);

    assert_int_equal(kith_fetch_microsoft_page(m->fetch, &body, request_id, &more, &err), KITH_OK);
    assert_int_equal(kith_fetch_microsoft_retry(m->fetch, &body, request_id, &err), KITH_OK);
    assert_int_equal(kith_fetch_microsoft_retry(m->fetch, &body, request_id, &err), KITH_OK);
    err = (struct kith_error){.status = KITH_E_SERVICE, .message = "unexpected end"};
    assert_int_equal(kith_fetch_microsoft_retry(m->fetch, &body, request_id, &err), KITH_E_SERVICE);
    assert_string_equal(err.message, "unexpected end");
    assert_string_equal(err.request_id, "r-9");
    assert_string_equal(err.account, "work");
    assert_int_equal(m->n_pages_asked, 5);
    assert_int_equal(m->skips[4], 100);
    end(m);
}

static void cuts_some(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (request->number % 11 == 3)
        reply->manner = TINY_CUT;
    if (request->number % 11 == 8)
        reply->manner = TINY_TRUNCATE;
    if (request->number % 13 == 6)
        reply->status = 503;
}

static void fetch__a_bad_line_loses_and_doubles_nobody(void **state)
{
    struct mailbox *m = mailbox_new(2500, cuts_some);
    struct kith_error err;
    (void)state;

    begin(m);
    assert_int_equal(count_and_read_all(m, &err), KITH_OK);
    all_are_here_once(m);
    assert_true(tiny_server_most_at_once(m->server) <= 4);
    end(m);
}

static void hangs(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (strstr(request->target, "$skip"))
        reply->manner = TINY_HANG;
}

static void fetch__a_cancel_is_obeyed(void **state)
{
    struct mailbox *m = mailbox_new(2500, hangs);
    struct kith_cancel *cancel = kith_cancel_new();
    KITH_AUTO_DONE(kith_buf) body;
    char request_id[64];
    char link[512];
    bool more;
    struct kith_error err;
    (void)state;

    m->options.cancel = cancel;
    kith_buf_init(&body, 1024 * 1024);
    begin(m);
    int64_t count;
    assert_int_equal(kith_fetch_microsoft_count(m->fetch, "/v1.0/me/contacts", &count, &err), KITH_OK);
    assert_int_equal(kith_fetch_microsoft_page(m->fetch, &body, request_id, &more, &err), KITH_OK);
    size_t n = take_page(m, &body, link, sizeof(link));
    assert_int_equal(kith_fetch_microsoft_follow(m->fetch, link, m->n_unique, n, &err), KITH_OK);
    kith_cancel_set(cancel);
    assert_int_equal(kith_fetch_microsoft_page(m->fetch, &body, request_id, &more, &err), KITH_E_CANCELLED);
    end(m);
    kith_cancel_free(cancel);
}

/* --- Counting ------------------------------------------------------------------------ */

static const char *count_text;
static int count_http_status = 200;

static void says_count(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    kith_buf_clear(&reply->body);
    (void)kith_buf_add_text(&reply->body, count_text);
    reply->status = count_http_status;
}

static enum kith_status count_of(const char *text, int http_status, bool first_time, int64_t *ret,
                                 struct kith_error *err)
{
    struct mailbox *m = mailbox_new(0, says_count);

    count_text = text;
    count_http_status = http_status;
    m->options.first_time = first_time;
    begin(m);
    enum kith_status st = kith_fetch_microsoft_count(m->fetch, "/v1.0/me/contacts", ret, err);
    assert_int_equal(m->n_pages_asked, 0);
    end(m);
    return st;
}

static void fetch__a_count_is_a_bare_number(void **state)
{
    struct kith_error err;
    int64_t count = -1;
    (void)state;

    assert_int_equal(count_of("12431", 200, true, &count, &err), KITH_OK);
    assert_int_equal(count, 12431);
    assert_int_equal(count_of("\xEF\xBB\xBF 0\r\n", 200, true, &count, &err), KITH_OK);
    assert_int_equal(count, 0);
    assert_int_equal(count_of("2147483647", 200, true, &count, &err), KITH_OK);
    assert_int_equal(count, 2147483647);
    assert_int_equal(count_of("", 200, true, &count, &err), KITH_E_SERVICE);
    assert_int_equal(count_of("-1", 200, true, &count, &err), KITH_E_SERVICE);
    assert_int_equal(count_of("12 34", 200, true, &count, &err), KITH_E_SERVICE);
    assert_int_equal(count_of("<html>", 200, true, &count, &err), KITH_E_SERVICE);
}

static void fetch__too_many_contacts_are_refused_before_a_page_is_asked_for(void **state)
{
    struct kith_error err;
    int64_t count = -1;
    (void)state;

    assert_int_equal(count_of("2147483648", 200, true, &count, &err), KITH_E_TOO_MANY_CONTACTS);
    assert_int_equal(err.count, 2147483648);
    assert_int_equal(count, -1);
    assert_int_equal(count_of("99999999999999999999999999999999", 200, true, &count, &err), KITH_E_TOO_MANY_CONTACTS);
    assert_int_equal(err.count, INT64_MAX);
}

static void fetch__counting_says_what_is_wrong_with_the_account(void **state)
{
    struct kith_error err;
    int64_t count;
    (void)state;

    assert_int_equal(count_of("{\"error\":{\"code\":\"ErrorAccessDenied\"}}", 403, true, &count, &err),
                     KITH_E_PERMISSION_MISSING);
    assert_int_equal(count_of("{\"error\":{\"code\":\"ErrorAccessDenied\"}}", 403, false, &count, &err),
                     KITH_E_PERMISSION_REMOVED);
    assert_int_equal(count_of("{\"error\":{\"code\":\"MailboxNotEnabledForRESTAPI\"}}", 404, true, &count, &err),
                     KITH_E_NO_MAILBOX);
    assert_string_equal(err.account, "work");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fetch__a_regular_chain_is_read_ahead_four_at_a_time),
        cmocka_unit_test(fetch__ten_thousand_take_a_dozen_requests),
        cmocka_unit_test(fetch__nothing_beyond_the_limit_is_asked_for),
        cmocka_unit_test(fetch__a_limit_is_reached_over_contact_lists),
        cmocka_unit_test(fetch__an_empty_mailbox_is_one_empty_page),
        cmocka_unit_test(fetch__without_a_count_the_chain_is_read_step_by_step),
        cmocka_unit_test(fetch__an_empty_page_with_a_link_does_not_end_it),
        cmocka_unit_test(fetch__pages_that_the_chain_does_not_name_are_thrown_away),
        cmocka_unit_test(fetch__an_irregular_chain_is_believed_step_by_step),
        cmocka_unit_test(fetch__a_second_look_begins_at_the_first_page),
        cmocka_unit_test(fetch__long_notes_come_in_parts_that_weigh_little),
        cmocka_unit_test(fetch__long_notes_in_the_middle_are_no_burden_for_the_rest),
        cmocka_unit_test(fetch__few_with_long_notes_are_a_page_like_any_other),
        cmocka_unit_test(fetch__a_limit_holds_in_parts),
        cmocka_unit_test(fetch__a_heavy_page_without_a_number_is_taken_as_it_is),
        cmocka_unit_test(fetch__changes_with_long_notes_come_in_parts_too),
        cmocka_unit_test(fetch__what_is_foreseen_is_asked_for_once_and_four_at_a_time),
        cmocka_unit_test(fetch__a_bad_line_changes_nothing_of_what_was_foreseen),
        cmocka_unit_test(fetch__more_than_there_is_room_for_is_asked_for_when_it_is_wanted),
        cmocka_unit_test(fetch__what_is_wrong_is_told_to_whoever_wants_it),
        cmocka_unit_test(fetch__first_pages_of_later_folders_are_asked_for_early_and_once),
        cmocka_unit_test(fetch__a_surprise_in_one_folder_costs_nothing_in_the_next),
        cmocka_unit_test(fetch__another_folder_than_was_expected_is_read_all_the_same),
        cmocka_unit_test(fetch__pages_that_link_to_themselves_lose_nobody),
        cmocka_unit_test(fetch__nor_do_they_hang_where_lists_are_counted),
        cmocka_unit_test(fetch__a_link_back_to_the_first_page_is_a_slip),
        cmocka_unit_test(fetch__a_circle_without_numbers_is_a_failure),
        cmocka_unit_test(fetch__unless_everybody_is_here_already),
        cmocka_unit_test(fetch__a_chain_without_end_ends_behind_what_was_reported),
        cmocka_unit_test(fetch__a_chain_without_end_and_numbers_is_a_failure),
        cmocka_unit_test(fetch__a_circle_in_a_later_folder_loses_nobody),
        cmocka_unit_test(fetch__a_link_to_another_host_is_refused_and_never_asked),
        cmocka_unit_test(fetch__changes_at_another_host_are_never_asked_for),
        cmocka_unit_test(fetch__an_expired_token_is_renewed_once),
        cmocka_unit_test(fetch__a_fresh_token_that_is_refused_too_asks_for_a_sign_in),
        cmocka_unit_test(fetch__what_the_renewal_says_is_the_answer),
        cmocka_unit_test(fetch__a_page_too_large_for_the_service_is_halved),
        cmocka_unit_test(fetch__a_time_out_in_the_middle_asks_for_less_from_there),
        cmocka_unit_test(fetch__a_page_for_people_is_asked_for_again),
        cmocka_unit_test(fetch__a_portal_is_no_mailbox),
        cmocka_unit_test(fetch__a_page_that_cannot_be_read_is_given_twice_more),
        cmocka_unit_test(fetch__a_bad_line_loses_and_doubles_nobody),
        cmocka_unit_test(fetch__a_cancel_is_obeyed),
        cmocka_unit_test(fetch__a_count_is_a_bare_number),
        cmocka_unit_test(fetch__too_many_contacts_are_refused_before_a_page_is_asked_for),
        cmocka_unit_test(fetch__counting_says_what_is_wrong_with_the_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
