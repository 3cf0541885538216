/* SPDX-License-Identifier: MIT */
/*
 * test_documented_samples.c - Microsoft's documented bodies, each given as it is to what reads its kind.
 *
 * The bodies are not part of kith: a folder "samples" with an index.tsv is looked for where KITH_PROTOCOL_DATA says,
 * else where the first argument says. Without it the tests say so and pass.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "fetch/fetch_microsoft.h"
#include "parse/parse_microsoft.h"
#include "parse/parse_microsoft_folders.h"
#include "signin/oauth.h"

enum kind {
    KIND_PAGE,        /* a list of contacts, or what has its shape */
    KIND_ITEM,        /* one contact, as it stands in a list */
    KIND_FOLDERS,     /* a list of folders */
    KIND_TOKENS,      /* the token endpoint's success */
    KIND_TOKEN_ERROR, /* and its refusal */
    KIND_GRAPH_ERROR, /* Graph's refusal, with the status of the index */
    KIND_OTHER,       /* kith never asks for it; where a page was expected it is refused */
};

static const struct sample {
    const char *name;
    enum kind kind;
    enum kith_status status;             /* of an error */
    size_t n_read, n_skipped, n_removed; /* of a page: the documentation leaves out the id at times */
} samples[] = {
    {"auth-v2-user-1.json", KIND_TOKENS, KITH_OK, 0, 0, 0},
    {"auth-v2-user-2.json", KIND_TOKENS, KITH_OK, 0, 0, 0},
    {"batch-1.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"batch-2.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"claims-challenge-payload.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"contact-delta-1.json", KIND_PAGE, KITH_OK, 0, 1, 0},
    {"contact-get-1.json", KIND_ITEM, KITH_OK, 1, 0, 0},
    {"contactfolder-delta-1.json", KIND_FOLDERS, KITH_OK, 1, 0, 0},
    {"contactfolder-get-1.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"create-contact-1.json", KIND_ITEM, KITH_OK, 1, 0, 0},
    {"delta-messages-1.json", KIND_PAGE, KITH_OK, 2, 0, 0},
    {"delta-messages-2.json", KIND_PAGE, KITH_OK, 2, 0, 0},
    {"delta-messages-3.json", KIND_PAGE, KITH_OK, 1, 0, 0},
    {"delta-messages-4.json", KIND_PAGE, KITH_OK, 1, 0, 1},
    {"delta-overview-1.json", KIND_GRAPH_ERROR, KITH_E_SERVICE, 0, 0, 0},
    {"error-envelope-1.json", KIND_GRAPH_ERROR, KITH_E_SERVICE, 0, 0, 0},
    {"extended-property-1.json", KIND_ITEM, KITH_OK, 1, 0, 0},
    {"folder-list-contacts-1.json", KIND_PAGE, KITH_OK, 0, 1, 0},
    {"known-issues-1.json", KIND_GRAPH_ERROR, KITH_E_NO_MAILBOX, 0, 0, 0},
    {"list-childfolders-1.json", KIND_FOLDERS, KITH_OK, 1, 0, 0},
    {"list-contactfolders-1.json", KIND_FOLDERS, KITH_OK, 1, 0, 0},
    {"list-contacts-1.json", KIND_PAGE, KITH_OK, 0, 1, 0},
    {"openid-configuration-excerpt.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"openid-configuration-tenant.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"photo-metadata-1.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"photo-metadata-2.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"query-parameter-error-1.json", KIND_GRAPH_ERROR, KITH_E_SERVICE, 0, 0, 0},
    {"throttled-1.json", KIND_GRAPH_ERROR, KITH_E_THROTTLED, 0, 0, 0},
    {"token-code-success.json", KIND_TOKENS, KITH_OK, 0, 0, 0},
    {"token-device-success.json", KIND_TOKENS, KITH_OK, 0, 0, 0},
    {"token-invalid-scope-with-error-uri.json", KIND_TOKEN_ERROR, KITH_E_SERVICE, 0, 0, 0},
    {"token-invalid-scope.json", KIND_TOKEN_ERROR, KITH_E_SERVICE, 0, 0, 0},
    {"translate-ids-1.json", KIND_PAGE, KITH_OK, 0, 1, 0},
    {"update-contact-1.json", KIND_ITEM, KITH_OK, 1, 0, 0},
    {"user-get-1.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"user-get-2.json", KIND_OTHER, KITH_OK, 0, 0, 0},
    {"user-get-3.json", KIND_OTHER, KITH_OK, 0, 0, 0},
};

static const struct kith_provider microsoft = {
    .source = KITH_SOURCE_MICROSOFT365,
    .client_id = "11111111-2222-3333-4444-555555555555",
    .client_secret = "",
    .client_id_key = "microsoft.client_id",
    .authorize_url = "https://login.example/common/oauth2/v2.0/authorize",
    .token_url = "https://login.example/common/oauth2/v2.0/token",
    .scope = "openid profile offline_access Contacts.Read",
    .contacts_scopes = {"https://graph.microsoft.com/Contacts.Read"},
};

/* --- Files --------------------------------------------------------------------------- */

static const char *folder; /* NULL: not at hand */

static void read_file(const char *name, struct kith_buf *out)
{
    char path[1024];
    char bytes[4096];
    size_t n;
    FILE *file;

    assert_true(kith_text_format(path, sizeof(path), "%s/samples/%s", folder, name));
    file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is not there", path);
    while ((n = fread(bytes, 1, sizeof(bytes), file)) > 0)
        assert_true(kith_buf_add(out, bytes, n));
    assert_int_equal(fclose(file), 0);
}

static bool is_at_hand(const char *where)
{
    char path[1024];
    FILE *file;

    if (!where || !kith_text_format(path, sizeof(path), "%s/samples/index.tsv", where))
        return false;
    file = fopen(path, "rb");
    if (file)
        (void)fclose(file); /* it was only looked for */
    return file != NULL;
}

/* --- Reading each kind ------------------------------------------------------------------ */

static struct kith_buf copy_of(const struct kith_buf *body)
{
    struct kith_buf copy;

    kith_buf_init(&copy, body->len + 1);
    assert_true(kith_buf_add(&copy, body->data, body->len));
    return copy;
}

static void page_is_as_expected(const struct sample *sample, const struct kith_buf *body)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO(kith_page) page = NULL;
    KITH_AUTO_DONE(kith_buf) json = copy_of(body);
    struct kith_error err = {0};

    if (kith_parse_microsoft_page(reader, &json, &page, NULL, &err) != KITH_OK)
        fail_msg("%s: %s", sample->name, err.message);
    if (page->n_contacts != sample->n_read || page->n_skipped != sample->n_skipped ||
        page->n_removed != sample->n_removed)
        fail_msg("%s: %zu contacts, %zu skipped, %zu removed", sample->name, page->n_contacts, page->n_skipped,
                 page->n_removed);
    for (size_t i = 0; i < page->n_contacts; i++)
        if (page->contacts[i].partial)
            fail_msg("%s: a member has an unexpected type", sample->name);
    /* A page that goes on says where, in one way or the other. */
    if (strstr(kith_buf_text(body), "@odata.nextLink"))
        assert_true(page->next_link[0]);
    if (strstr(kith_buf_text(body), "@odata.deltaLink"))
        assert_true(page->resume[0]);
}

static void item_is_read_whole(const struct sample *sample, const struct kith_buf *body)
{
    KITH_AUTO_DONE(kith_buf) page = {0};

    kith_buf_init(&page, body->len + 64);
    assert_true(kith_buf_add_text(&page, "{\"value\":["));
    assert_true(kith_buf_add(&page, body->data, body->len));
    assert_true(kith_buf_add_text(&page, "]}"));
    page_is_as_expected(sample, &page);
}

static void folders_are_as_expected(const struct sample *sample, const struct kith_buf *body)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    struct kith_graph_folders folders = {0};
    KITH_AUTO_DONE(kith_buf) json = copy_of(body);
    struct kith_error err = {0};

    if (kith_parse_microsoft_folders(reader, &json, arena, &folders, &err) != KITH_OK)
        fail_msg("%s: %s", sample->name, err.message);
    assert_int_equal(folders.n, sample->n_read);
    assert_true(folders.folder[0].id[0] && folders.folder[0].name[0]);
}

static void tokens_are_there(const struct sample *sample, const struct kith_buf *body)
{
    KITH_AUTO_DONE(kith_tokens) tokens = {0};
    struct kith_error err = {0};

    kith_tokens_init(&tokens);
    if (kith_tokens_read(&microsoft, body->data, body->len, &tokens, &err) != KITH_OK)
        fail_msg("%s: %s", sample->name, err.message);
    assert_true(tokens.access.len > 0);
    assert_true(tokens.refresh.len > 0);
}

static void error_is_understood(const struct sample *sample, int http_status, const struct kith_buf *body)
{
    KITH_AUTO_DONE(kith_http_response) response = {.status = http_status};
    struct kith_error err = {0};
    enum kith_status status;

    kith_buf_init(&response.body, body->len + 1);
    assert_true(kith_buf_add(&response.body, body->data, body->len));
    if (sample->kind == KIND_TOKEN_ERROR)
        status = kith_tokens_error(&microsoft, http_status, body->data, body->len, /* refreshing= */ false, &err);
    else
        status = kith_fetch_microsoft_error(&response, /* first_time= */ false, &err);
    if (status != sample->status)
        fail_msg("%s: status %d, \"%s\"", sample->name, (int)status, err.message);
    assert_int_equal(err.status, status);
    assert_true(err.message[0]);
}

static void other_is_refused(const struct sample *sample, const struct kith_buf *body)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_page *page = NULL;
    KITH_AUTO_DONE(kith_buf) json = copy_of(body);
    struct kith_error err = {0};

    if (kith_parse_microsoft_page(reader, &json, &page, NULL, &err) != KITH_E_SERVICE)
        fail_msg("%s was taken for a page of contacts", sample->name);
    assert_null(page);
}

static void read_sample(const struct sample *sample, int http_status)
{
    KITH_AUTO_DONE(kith_buf) body = {0};

    kith_buf_init(&body, 1024 * 1024);
    read_file(sample->name, &body);
    switch (sample->kind) {
    case KIND_PAGE:
        page_is_as_expected(sample, &body);
        break;
    case KIND_ITEM:
        item_is_read_whole(sample, &body);
        break;
    case KIND_FOLDERS:
        folders_are_as_expected(sample, &body);
        break;
    case KIND_TOKENS:
        tokens_are_there(sample, &body);
        break;
    case KIND_TOKEN_ERROR:
    case KIND_GRAPH_ERROR:
        error_is_understood(sample, http_status, &body);
        break;
    case KIND_OTHER:
        other_is_refused(sample, &body);
        break;
    }
}

/* --- Tests ------------------------------------------------------------------------------- */

static const struct sample *find(const char *name, size_t len)
{
    for (size_t i = 0; i < KITH_COUNT_OF(samples); i++)
        if (strlen(samples[i].name) == len && strncmp(samples[i].name, name, len) == 0)
            return &samples[i];
    return NULL;
}

/* By the index: a body that nobody wrote a row for is a failure and not forgotten. */
static void documented_samples__each_is_read_as_what_it_is(void **state)
{
    KITH_AUTO_DONE(kith_buf) index = {0};
    size_t n = 0;

    (void)state;
    if (!folder) {
        print_message("# the documented bodies are not at hand: KITH_PROTOCOL_DATA says where they are\n");
        return; /* cmocka's skip() says "not ok" in TAP */
    }
    kith_buf_init(&index, 1024 * 1024);
    read_file("index.tsv", &index);
    const char *line = strchr(kith_buf_text(&index), '\n');
    for (; line && line[1]; line = strchr(line + 1, '\n')) {
        size_t len = strcspn(line + 1, "\t");
        int64_t http_status = 0;
        char number[8];
        const struct sample *sample = find(line + 1, len);
        if (!sample)
            fail_msg("%.*s: no row says what it is", (int)len, line + 1);
        const char *status = line + 1 + len + 1;
        assert_true(kith_text_copy_n(number, sizeof(number), status, strcspn(status, "\t")));
        assert_true(kith_text_to_int64(number, 100, 599, &http_status));
        read_sample(sample, (int)http_status);
        n++;
    }
    assert_int_equal(n, KITH_COUNT_OF(samples));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documented_samples__each_is_read_as_what_it_is),
    };
    const char *named = getenv("KITH_PROTOCOL_DATA");
    const char *where = named ? named : argc > 1 ? argv[1] : NULL;

    folder = is_at_hand(where) ? where : NULL;
    return cmocka_run_group_tests_name("documented_samples", tests, NULL, NULL);
}
