/* SPDX-License-Identifier: MIT */
/* test_signin_oauth.c - addresses, secrets, token requests and answers (src/signin/oauth.c, tokens.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/clock.h"
#include "base/text.h"
#include "signin/oauth.h"
#include "tiny_server.h"

static const struct kith_provider microsoft = {
    .source = KITH_SOURCE_MICROSOFT365,
    .client_id = "11111111-2222-3333-4444-555555555555",
    .client_secret = "",
    .client_id_key = "microsoft.client_id",
    .authorize_url = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    .token_url = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    .admin_consent_url = "https://login.microsoftonline.com/{tenant}/v2.0/adminconsent",
    .scope = "openid profile offline_access Contacts.Read",
    .contacts_scopes = {"https://graph.microsoft.com/Contacts.Read", "https://graph.microsoft.com/Contacts.ReadWrite"},
};

static const struct kith_provider google = {
    .source = KITH_SOURCE_GOOGLE,
    .client_id = "client",
    .client_secret = "not-so-secret",
    .client_id_key = "google.client_id",
    .client_secret_key = "google.client_secret",
    .authorize_url = "https://accounts.google.com/o/oauth2/v2/auth",
    .token_url = "https://oauth2.googleapis.com/token",
    .scope = "openid email https://www.googleapis.com/auth/contacts.readonly",
    .contacts_scopes = {"https://www.googleapis.com/auth/contacts.readonly"},
};

/* --- Secrets ------------------------------------------------------------------- */

static void oauth__secrets_are_fresh_and_fit_together(void **state)
{
    struct kith_pkce a, b;
    unsigned char digest[32];
    char challenge[44];
    (void)state;

    kith_pkce_make(&a);
    kith_pkce_make(&b);
    assert_int_equal(strlen(a.verifier), 43);
    assert_int_equal(strlen(a.state), 43);
    assert_string_not_equal(a.verifier, b.verifier);
    assert_string_not_equal(a.state, b.state);
    assert_string_not_equal(a.state, a.verifier);
    assert_int_equal(strspn(a.state, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
    crypto_hash_sha256(digest, (const unsigned char *)a.verifier, 43);
    sodium_bin2base64(challenge, sizeof(challenge), digest, 32, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    assert_string_equal(a.challenge, challenge);
}

/* --- Addresses ------------------------------------------------------------------ */

static void oauth__the_browser_is_asked_for_exactly_what_is_needed(void **state)
{
    struct kith_pkce pkce = {.verifier = "v", .challenge = "c", .state = "s", .nonce = "n"};
    KITH_AUTO_DONE(kith_buf) url;
    (void)state;

    kith_buf_init(&url, 4096);
    assert_true(
        kith_oauth_authorize_url(&microsoft, &pkce, "http://localhost:5000", "select_account", "a@b.example", &url));
    assert_string_equal(kith_buf_text(&url),
                        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=11111111-2222-3333-"
                        "4444-555555555555&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A5000&scope=openid%"
                        "20profile%20offline_access%20Contacts.Read&state=s&nonce=n&code_challenge=c&code_challenge_"
                        "method=S256&response_mode=query&prompt=select_account");
    kith_buf_clear(&url);
    assert_true(kith_oauth_authorize_url(&microsoft, &pkce, "http://localhost:5000", "", "a@b.example", &url));
    assert_non_null(strstr(kith_buf_text(&url), "&login_hint=a%40b.example"));
    assert_null(strstr(kith_buf_text(&url), "prompt"));
    kith_buf_clear(&url);
    assert_true(kith_oauth_authorize_url(&google, &pkce, "http://localhost:5000", "consent", "", &url));
    assert_non_null(strstr(kith_buf_text(&url), "&access_type=offline&include_granted_scopes=false&prompt=consent"));
    assert_null(strstr(kith_buf_text(&url), "not-so-secret"));
    assert_null(strstr(kith_buf_text(&url), "login_hint"));
}

static void oauth__an_address_that_does_not_fit_is_said_so(void **state)
{
    struct kith_pkce pkce = {.verifier = "v"};
    KITH_AUTO_DONE(kith_buf) url;
    (void)state;

    kith_buf_init(&url, 100);
    assert_false(kith_oauth_authorize_url(&microsoft, &pkce, "http://localhost:5000", "", "", &url));
}

static void oauth__the_administrators_address_names_the_directory(void **state)
{
    char url[768];
    char small[40];
    (void)state;

    assert_true(kith_oauth_admin_url(&microsoft, "", "http://localhost", url, sizeof(url)));
    assert_string_equal(url, "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=11111111-"
                             "2222-3333-4444-555555555555&scope=openid%20profile%20offline_access%20Contacts.Read&"
                             "redirect_uri=http%3A%2F%2Flocalhost");
    assert_true(kith_oauth_admin_url(&microsoft, "locked.example", "http://localhost", url, sizeof(url)));
    assert_non_null(strstr(url, "/locked.example/v2.0/"));
    assert_false(kith_oauth_admin_url(&microsoft, "a/../b", "http://localhost", url, sizeof(url)));
    assert_false(kith_oauth_admin_url(&google, "", "http://localhost", url, sizeof(url)));
    assert_false(kith_oauth_admin_url(&microsoft, "", "http://localhost", small, sizeof(small)));
}

/* --- Scopes ---------------------------------------------------------------------- */

static void oauth__a_scope_counts_by_its_last_part(void **state)
{
    (void)state;
    assert_true(kith_oauth_scope_suffices(&microsoft, "openid profile Contacts.Read"));
    assert_true(kith_oauth_scope_suffices(&microsoft, "contacts.read"));
    assert_true(kith_oauth_scope_suffices(&microsoft, "email https://graph.microsoft.com/Contacts.ReadWrite openid"));
    assert_true(kith_oauth_scope_suffices(&microsoft, "openid%20https%3a%2f%2fgraph.microsoft.com%2fContacts.Read"));
    assert_true(kith_oauth_scope_suffices(&google, "email https://www.googleapis.com/auth/contacts.readonly openid"));
    assert_false(kith_oauth_scope_suffices(&google, "email https://www.googleapis.com/auth/contacts.other.readonly"));
    assert_false(kith_oauth_scope_suffices(&microsoft, ""));
    assert_false(kith_oauth_scope_suffices(&microsoft, "openid profile User.Read Mail.Read"));
    assert_false(kith_oauth_scope_suffices(&microsoft, "Contacts.Read.Shared"));
    assert_false(kith_oauth_scope_suffices(&microsoft, "Contacts.ReadX xContacts.Read"));
}

/* --- Answers --------------------------------------------------------------------- */

static enum kith_status read_answer(const char *json, struct kith_tokens *tokens, struct kith_error *err)
{
    return kith_tokens_read(&microsoft, json, strlen(json), tokens, err);
}

/* A token answer with an id_token of these claims. */
static void answer_with_claims(const char *claims, char *out, size_t out_size)
{
    char encoded[2048];

    sodium_bin2base64(encoded, sizeof(encoded), (const unsigned char *)claims, strlen(claims),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    (void)snprintf(out, out_size,
                   "{\"token_type\":\"Bearer\",\"access_token\":\"opaque\",\"id_token\":\"e30.%s.c2ln\"}", encoded);
}

static void tokens__an_answer_is_read_whole(void **state)
{
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    int64_t now_s = kith_clock_now_s();
    assert_int_equal(
        read_answer("{\"token_type\":\"bearer\",\"scope\":\"openid Contacts.Read\",\"expires_in\":\"3599\","
                    "\"ext_expires_in\":3599,\"access_token\":\"acc\",\"refresh_token\":\"ref\",\"foci\":1}",
                    &tokens, &err),
        KITH_OK);
    assert_string_equal(kith_buf_text(&tokens.access), "acc");
    assert_string_equal(kith_buf_text(&tokens.refresh), "ref");
    assert_string_equal(kith_buf_text(&tokens.scope), "openid Contacts.Read");
    assert_in_range(tokens.expires_at_s, now_s + 3598, now_s + 3601);
    assert_string_equal(tokens.uid, "");
    kith_tokens_done(&tokens);
}

static void tokens__what_is_missing_has_its_meaning(void **state)
{
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    assert_int_equal(read_answer("{\"access_token\":\"acc\"}", &tokens, &err), KITH_OK);
    assert_string_equal(kith_buf_text(&tokens.scope), microsoft.scope); /* as asked */
    assert_int_equal(tokens.refresh.len, 0);
    kith_tokens_done(&tokens);
}

static void tokens__absurd_lives_are_held_in_bounds(void **state)
{
    static const char *const lives[] = {"-5", "0", "1e300", "\"soon\"", "99999999999", "null", "9223372036854775807",
                                        "[]"};
    struct kith_tokens tokens;
    struct kith_error err;
    char json[128];
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(lives); i++) {
        (void)snprintf(json, sizeof(json), "{\"access_token\":\"a\",\"expires_in\":%s}", lives[i]);
        int64_t now_s = kith_clock_now_s();
        assert_int_equal(read_answer(json, &tokens, &err), KITH_OK);
        assert_in_range(tokens.expires_at_s, now_s + 60, now_s + 30 * 3600 + 2);
        kith_tokens_done(&tokens);
    }
}

static void tokens__what_is_no_answer_is_refused_without_quoting_it(void **state)
{
    static const char *const wrong[] = {
        "",
        "SECRET",
        "[\"SECRET\"]",
        "{\"access_token\":\"SECRET",
        "{\"access_token\":7}",
        "{\"access_token\":\"\"}",
        "{\"access_token\":\"SECRET\\r\\nX: y\"}",
        "{\"access_token\":\"SECRET\\u0000\"}",
        "{\"access_token\":\"SECRET \"}",
        "{\"access_token\":\"ok\",\"refresh_token\":\"SEC RET\"}",
        "{\"access_token\":\"SECRET\",\"token_type\":\"mac\"}",
    };
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++) {
        assert_int_equal(read_answer(wrong[i], &tokens, &err), KITH_E_SERVICE);
        assert_null(strstr(err.message, "SEC"));
        assert_int_equal(err.source, KITH_SOURCE_MICROSOFT365);
    }
}

static void tokens__the_person_is_known_by_directory_and_number(void **state)
{
    struct kith_tokens tokens;
    struct kith_error err;
    char json[4096];
    (void)state;

    answer_with_claims("{\"tid\":\"t-1\",\"oid\":\"o-1\",\"sub\":\"s\",\"iss\":\"i\",\"nonce\":\"n-1\","
                       "\"preferred_username\":\"worker@contoso.example\",\"email\":\"e@x.example\",\"name\":\"W\"}",
                       json, sizeof(json));
    assert_int_equal(read_answer(json, &tokens, &err), KITH_OK);
    assert_string_equal(tokens.uid, "t-1.o-1");
    assert_string_equal(tokens.tenant, "t-1");
    assert_string_equal(tokens.identity, "worker@contoso.example");
    assert_string_equal(tokens.nonce, "n-1");
    kith_tokens_done(&tokens);

    answer_with_claims("{\"iss\":\"https://i\",\"sub\":\"s\",\"name\":\"Zo\xC3\xAB\"}", json, sizeof(json));
    assert_int_equal(read_answer(json, &tokens, &err), KITH_OK);
    assert_string_equal(tokens.uid, "https://i.s");
    assert_string_equal(tokens.identity, "Zo\xC3\xAB");
    kith_tokens_done(&tokens);

    answer_with_claims("{\"iss\":\"https://i\",\"sub\":\"s-9\",\"email\":\"anna@gmail.example\"}", json, sizeof(json));
    assert_int_equal(kith_tokens_read(&google, json, strlen(json), &tokens, &err), KITH_OK);
    assert_string_equal(tokens.uid, "s-9");
    assert_string_equal(tokens.identity, "anna@gmail.example");
    kith_tokens_done(&tokens);
}

static void tokens__a_damaged_id_token_leaves_the_person_unknown(void **state)
{
    static const char *const ids[] = {"",          ".",       "..",           "a.b",       "e30.!!!.x",
                                      "e30.e30.x", "nothing", "e30.bnVsbA.x", "e30.W10=.x"};
    struct kith_tokens tokens;
    struct kith_error err;
    char json[256];
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(ids); i++) {
        (void)snprintf(json, sizeof(json), "{\"access_token\":\"a\",\"id_token\":\"%s\"}", ids[i]);
        assert_int_equal(read_answer(json, &tokens, &err), KITH_OK);
        assert_string_equal(tokens.uid, "");
        assert_string_equal(tokens.identity, "");
        kith_tokens_done(&tokens);
    }
}

static void tokens__claims_that_are_no_line_of_text_are_left_out(void **state)
{
    struct kith_tokens tokens;
    struct kith_error err;
    char json[4096];
    (void)state;

    answer_with_claims("{\"tid\":\"t\\u0000\",\"oid\":[],\"iss\":\"i\",\"sub\":\"s\",\"preferred_username\":\"a\\nb\","
                       "\"email\":\"e@x.example\"}",
                       json, sizeof(json));
    assert_int_equal(read_answer(json, &tokens, &err), KITH_OK);
    assert_string_equal(tokens.uid, "i.s");
    assert_string_equal(tokens.identity, "e@x.example");
    kith_tokens_done(&tokens);
}

/* --- Over the wire ----------------------------------------------------------------- */

struct endpoint {
    struct tiny_server *server;
    struct kith_http *http;
    struct kith_provider provider;
    int status;
    const char *json;
    char form[4096];
};

static void on_request(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct endpoint *e = ctx;

    (void)kith_text_copy(e->form, sizeof(e->form), request->body);
    reply->status = e->status;
    (void)kith_text_copy(reply->headers, sizeof(reply->headers),
                         "Content-Type: application/json\r\nx-ms-request-id: r-5\r\n");
    (void)kith_buf_add_text(&reply->body, e->json);
}

static void begin(struct endpoint *e, const struct kith_provider *provider, int status, const char *json)
{
    const struct kith_http_config config = {.source = provider->source, .ca_file = "", .proxy = "", .backoff_ms = 5};

    *e = (struct endpoint){.provider = *provider, .status = status, .json = json};
    e->server = tiny_server_start(on_request, e);
    e->http = kith_http_new(&config);
    (void)snprintf(e->provider.token_url, sizeof(e->provider.token_url), "http://127.0.0.1:%d/token",
                   tiny_server_port(e->server));
}

static void end(struct endpoint *e)
{
    kith_http_free(e->http);
    tiny_server_stop(e->server);
}

static enum kith_status redeem(struct endpoint *e, struct kith_tokens *tokens, struct kith_error *err)
{
    const struct kith_pkce pkce = {.verifier = "ver", .challenge = "c", .state = "s", .nonce = "n-1"};

    return kith_oauth_redeem(e->http, &e->provider, "co/de", &pkce, "http://localhost:5000", NULL, tokens, err);
}

static const char good[] = "{\"token_type\":\"Bearer\",\"scope\":\"Contacts.Read\",\"expires_in\":3600,"
                           "\"access_token\":\"acc\",\"refresh_token\":\"ref\"}";

static void oauth__a_code_is_traded_with_its_verifier(void **state)
{
    struct endpoint e;
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    begin(&e, &microsoft, 200, good);
    assert_int_equal(redeem(&e, &tokens, &err), KITH_OK);
    assert_string_equal(e.form, "grant_type=authorization_code&client_id=11111111-2222-3333-4444-555555555555&code="
                                "co%2Fde&redirect_uri=http%3A%2F%2Flocalhost%3A5000&code_verifier=ver");
    assert_string_equal(kith_buf_text(&tokens.refresh), "ref");
    kith_tokens_done(&tokens);
    end(&e);

    begin(&e, &google, 200, "{\"access_token\":\"a\",\"scope\":\"https://www.googleapis.com/auth/contacts.readonly\"}");
    assert_int_equal(redeem(&e, &tokens, &err), KITH_OK);
    assert_non_null(strstr(e.form, "&client_secret=not-so-secret&"));
    kith_tokens_done(&tokens);
    end(&e);
}

static void oauth__a_refresh_says_nothing_more_than_it_must(void **state)
{
    struct endpoint e;
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    begin(&e, &microsoft, 200, "{\"access_token\":\"acc2\",\"expires_in\":3600}");
    assert_int_equal(kith_oauth_refresh(e.http, &e.provider, "old", NULL, &tokens, &err), KITH_OK);
    assert_string_equal(e.form, "grant_type=refresh_token&client_id=11111111-2222-3333-4444-555555555555&"
                                "refresh_token=old");
    assert_int_equal(tokens.refresh.len, 0); /* the old one stays good */
    kith_tokens_done(&tokens);
    end(&e);
}

static void oauth__without_contacts_a_grant_is_no_permission(void **state)
{
    struct endpoint e;
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    begin(&e, &microsoft, 200, "{\"access_token\":\"a\",\"scope\":\"openid profile User.Read\"}");
    assert_int_equal(redeem(&e, &tokens, &err), KITH_E_PERMISSION_MISSING);
    assert_int_equal(err.reason, KITH_REASON_NONE);
    kith_tokens_done(&tokens);
    assert_int_equal(kith_oauth_refresh(e.http, &e.provider, "old", NULL, &tokens, &err), KITH_E_PERMISSION_REMOVED);
    end(&e);

    begin(&e, &google, 200, "{\"access_token\":\"a\",\"scope\":\"openid email\"}");
    assert_int_equal(redeem(&e, &tokens, &err), KITH_E_PERMISSION_MISSING);
    assert_int_equal(err.reason, KITH_REASON_UNTICKED);
    assert_string_equal(kith_buf_text(&tokens.access), "a"); /* to be given back */
    kith_tokens_done(&tokens);
    end(&e);
}

static void oauth__an_answer_for_another_sign_in_is_refused(void **state)
{
    struct endpoint e;
    struct kith_tokens tokens;
    struct kith_error err;
    char json[4096];
    (void)state;

    answer_with_claims("{\"nonce\":\"n-2\"}", json, sizeof(json));
    begin(&e, &microsoft, 200, json);
    assert_int_equal(redeem(&e, &tokens, &err), KITH_E_SERVICE);
    end(&e);
    answer_with_claims("{\"nonce\":\"n-1\"}", json, sizeof(json));
    begin(&e, &microsoft, 200, json);
    assert_int_equal(redeem(&e, &tokens, &err), KITH_OK);
    kith_tokens_done(&tokens);
    end(&e);
}

static void oauth__a_no_keeps_its_meaning_and_its_id(void **state)
{
    struct endpoint e;
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    begin(
        &e, &microsoft, 400,
        "{\"error\":\"invalid_grant\",\"error_codes\":[65001],\"suberror\":\"consent_required\",\"trace_id\":\"t-7\"}");
    assert_int_equal(kith_oauth_refresh(e.http, &e.provider, "old", NULL, &tokens, &err), KITH_E_PERMISSION_REMOVED);
    assert_string_equal(err.request_id, "t-7");
    assert_int_equal(err.http_status, 400);
    assert_int_equal(tiny_server_requests(e.server), 1);
    end(&e);

    begin(&e, &microsoft, 200, "<html>a portal</html>");
    assert_int_equal(redeem(&e, &tokens, &err), KITH_E_SERVICE);
    assert_string_equal(err.request_id, "r-5");
    end(&e);
}

static void oauth__too_long_a_code_is_not_sent(void **state)
{
    struct endpoint e;
    struct kith_tokens tokens;
    struct kith_error err;
    static char code[64 * 1024];
    const struct kith_pkce pkce = {.verifier = "ver"};
    (void)state;

    memset(code, 'a', sizeof(code) - 1);
    begin(&e, &microsoft, 200, good);
    assert_int_equal(kith_oauth_redeem(e.http, &e.provider, code, &pkce, "http://localhost:5000", NULL, &tokens, &err),
                     KITH_E_INTERNAL);
    assert_int_equal(tiny_server_requests(e.server), 0);
    end(&e);
}

static void oauth__a_token_is_given_back_where_there_is_a_way(void **state)
{
    struct endpoint e;
    (void)state;

    begin(&e, &google, 200, "{}");
    assert_false(kith_oauth_revoke(e.http, &e.provider, "ref/1", NULL)); /* no address for it */
    assert_int_equal(tiny_server_requests(e.server), 0);
    (void)kith_text_copy(e.provider.revoke_url, sizeof(e.provider.revoke_url), e.provider.token_url);
    assert_true(kith_oauth_revoke(e.http, &e.provider, "ref/1", NULL));
    assert_string_equal(e.form, "token=ref%2F1");
    assert_false(kith_oauth_revoke(e.http, &e.provider, "", NULL));
    e.status = 400; /* unknown there: gone already */
    assert_true(kith_oauth_revoke(e.http, &e.provider, "ref/1", NULL));
    e.status = 503;
    assert_false(kith_oauth_revoke(e.http, &e.provider, "ref/1", NULL));
    assert_int_equal(tiny_server_requests(e.server), 3); /* one try each: somebody waits */
    end(&e);
}

static void oauth__a_sign_in_with_an_end_says_when(void **state)
{
    static const char json[] = "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"refresh_token_expires_in\":604799}";
    static const char absurd[] = "{\"access_token\":\"a\",\"refresh_token_expires_in\":99999999999999}";
    struct kith_tokens tokens;
    struct kith_error err;
    (void)state;

    assert_int_equal(kith_tokens_read(&google, json, strlen(json), &tokens, &err), KITH_OK);
    assert_true(tokens.ends_at_s > tokens.expires_at_s + 500000);
    kith_tokens_done(&tokens);
    assert_int_equal(kith_tokens_read(&google, absurd, strlen(absurd), &tokens, &err), KITH_OK);
    assert_int_equal(tokens.ends_at_s, 0);
    kith_tokens_done(&tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oauth__secrets_are_fresh_and_fit_together),
        cmocka_unit_test(oauth__the_browser_is_asked_for_exactly_what_is_needed),
        cmocka_unit_test(oauth__an_address_that_does_not_fit_is_said_so),
        cmocka_unit_test(oauth__the_administrators_address_names_the_directory),
        cmocka_unit_test(oauth__a_scope_counts_by_its_last_part),
        cmocka_unit_test(tokens__an_answer_is_read_whole),
        cmocka_unit_test(tokens__what_is_missing_has_its_meaning),
        cmocka_unit_test(tokens__absurd_lives_are_held_in_bounds),
        cmocka_unit_test(tokens__what_is_no_answer_is_refused_without_quoting_it),
        cmocka_unit_test(tokens__the_person_is_known_by_directory_and_number),
        cmocka_unit_test(tokens__a_damaged_id_token_leaves_the_person_unknown),
        cmocka_unit_test(tokens__claims_that_are_no_line_of_text_are_left_out),
        cmocka_unit_test(oauth__a_code_is_traded_with_its_verifier),
        cmocka_unit_test(oauth__a_refresh_says_nothing_more_than_it_must),
        cmocka_unit_test(oauth__without_contacts_a_grant_is_no_permission),
        cmocka_unit_test(oauth__an_answer_for_another_sign_in_is_refused),
        cmocka_unit_test(oauth__a_no_keeps_its_meaning_and_its_id),
        cmocka_unit_test(oauth__too_long_a_code_is_not_sent),
        cmocka_unit_test(oauth__a_token_is_given_back_where_there_is_a_way),
        cmocka_unit_test(oauth__a_sign_in_with_an_end_says_when),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
