/* SPDX-License-Identifier: MIT */
/*
 * device.c - a code for another device, and the questions whether it was used; see device.h.
 *
 * Before: engine/ knows the provider; there is no browser here that could be asked.
 * After:  a person types the code elsewhere, and engine/ keeps the tokens as after any sign-in.
 *
 * The code's life is measured by the clock that nobody can set. A provider may say sooner that it has run out, also
 * to a device that slept meanwhile.
 */
#include "signin/device.h"

#include "base/clock.h"
#include "base/fail.h"
#include "base/json_read.h"
#include "base/log.h"
#include "base/text.h"
#include "signin/oauth_inside.h"

enum {
    CODE_BYTES = 8 * 1024,
    PRESET_LIFE_S = 15 * 60,
    LONGEST_LIFE_S = 3600,
    PRESET_INTERVAL_S = 5, /* RFC 8628, 3.2 */
    LONGEST_INTERVAL_S = 60,
    SLOWER_S = 5, /* RFC 8628, 3.5 */
};

void kith_device_init(struct kith_device *device)
{
    *device = (struct kith_device){0};
    kith_buf_init_secret(&device->code, CODE_BYTES);
}

void kith_device_done(struct kith_device *device)
{
    kith_buf_done_secret(&device->code);
}

/* --- A code ---------------------------------------------------------------- */

static enum kith_status fail_answer(const struct kith_provider *provider, struct kith_error *err, const char *what)
{
    (void)kith_fail(err, KITH_E_SERVICE, "the answer to the request for a code %s", what);
    if (err)
        err->source = provider->source;
    return KITH_E_SERVICE;
}

/* A member of visible ASCII signs, as all three are; "" and 0 for anything else. */
static const char *member_of(struct kith_json answer, const char *name, size_t *ret_len)
{
    const char *text = kith_json_string(kith_json_member(answer, name), ret_len);

    for (size_t i = 0; i < *ret_len; i++) {
        if ((unsigned char)text[i] <= ' ' || (unsigned char)text[i] >= 0x7F)
            *ret_len = 0;
    }
    return *ret_len > 0 ? text : "";
}

static bool read_user_code(struct kith_json answer, struct kith_device *device)
{
    size_t len;
    const char *text = member_of(answer, "user_code", &len);

    return len > 0 && kith_text_copy_n(device->user_code, sizeof(device->user_code), text, len);
}

/* Whatever it is, it is shown: never a fixed one. An older spelling ends in "url". */
static bool read_address(struct kith_json answer, struct kith_device *device)
{
    size_t len;
    const char *text = member_of(answer, "verification_uri", &len);

    if (len == 0)
        text = member_of(answer, "verification_url", &len);
    return len > 0 && kith_text_copy_n(device->address, sizeof(device->address), text, len) &&
           kith_http_url_allowed(device->address);
}

static int64_t seconds_of(struct kith_json answer, const char *name, int64_t preset_s, int64_t longest_s)
{
    int64_t s = preset_s;

    if (!kith_json_int64(kith_json_member(answer, name), &s))
        return preset_s;
    if (s < 1)
        return 1;
    return s < longest_s ? s : longest_s;
}

static enum kith_status read_answer(const struct kith_provider *provider, struct kith_json answer,
                                    struct kith_device *device, struct kith_error *err)
{
    size_t len;
    const char *code = member_of(answer, "device_code", &len);

    if (len == 0 || !kith_buf_add(&device->code, code, len))
        return fail_answer(provider, err, "has no usable device_code");
    if (!read_user_code(answer, device))
        return fail_answer(provider, err, "has no usable user_code");
    if (!read_address(answer, device))
        return fail_answer(provider, err, "has no usable verification_uri");
    device->life_s = seconds_of(answer, "expires_in", PRESET_LIFE_S, LONGEST_LIFE_S);
    device->interval_s = seconds_of(answer, "interval", PRESET_INTERVAL_S, LONGEST_INTERVAL_S);
    return KITH_OK;
}

enum kith_status kith_device_read(const struct kith_provider *provider, const char *json, size_t len,
                                  struct kith_device *ret, struct kith_error *err)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_device) device;
    struct kith_json answer;
    enum kith_status st;
    char why[128];

    kith_device_init(&device);
    kith_json_reader_keep_secret(reader);
    if (!kith_json_read(reader, json, len, &answer, why, sizeof(why)) || answer.type != KITH_JSON_OBJECT)
        return fail_answer(provider, err, "is not a JSON object"); /* why may quote it, so it is not told */
    st = read_answer(provider, answer, &device, err);
    if (st != KITH_OK)
        return st;
    *ret = device;
    kith_device_init(&device); /* the code belongs to *ret now */
    return KITH_OK;
}

enum kith_status kith_device_ask(struct kith_http *http, const struct kith_provider *provider,
                                 const struct kith_cancel *cancel, struct kith_device *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    struct kith_buf form;
    enum kith_status st;

    kith_oauth_form_begin(&form);
    kith_oauth_form_add(&form, "client_id", provider->client_id);
    kith_oauth_form_add(&form, "scope", provider->scope);
    st = kith_oauth_post(http, provider, provider->device_url, &form, /* repeatable= */ true, cancel, &response, err);
    if (st != KITH_OK)
        return st;
    if (response.status != 200)
        return kith_tokens_error(provider, response.status, kith_buf_text(&response.body), response.body.len,
                                 /* refreshing= */ false, err);
    return kith_device_read(provider, kith_buf_text(&response.body), response.body.len, ret, err);
}

/* --- The person's answer ------------------------------------------------------ */

/* What comes of one question. */
enum said {
    SAID_THE_END, /* tokens, or a no */
    SAID_NOT_YET,
    SAID_TOO_FAST,
    SAID_NOTHING, /* no connection, or a service in trouble: it may be over at the next question */
};

static enum said look_for_patience(const struct kith_http_response *response)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json answer;
    char why[128];
    size_t len;

    if (!kith_json_read(reader, kith_buf_text(&response->body), response->body.len, &answer, why, sizeof(why)))
        return SAID_THE_END;
    const char *error = kith_json_string(kith_json_member(answer, "error"), &len);
    if (strcmp(error, "authorization_pending") == 0)
        return SAID_NOT_YET;
    if (strcmp(error, "temporarily_unavailable") == 0 || strcmp(error, "server_error") == 0)
        return SAID_NOTHING;
    return strcmp(error, "slow_down") == 0 ? SAID_TOO_FAST : SAID_THE_END;
}

static enum kith_status post_question(struct kith_http *http, const struct kith_provider *provider,
                                      const struct kith_device *device, const struct kith_cancel *cancel,
                                      struct kith_http_response *response, struct kith_error *err)
{
    struct kith_buf form;

    kith_oauth_form_begin(&form);
    kith_oauth_form_add_grant(&form, provider, "urn:ietf:params:oauth:grant-type:device_code");
    kith_oauth_form_add(&form, "device_code", kith_buf_text(&device->code));
    return kith_oauth_post(http, provider, provider->token_url, &form, /* repeatable= */ false, cancel, response, err);
}

/* Ask once. *ret_said tells whether st, ret and err are the end of it. */
static enum kith_status ask_once(struct kith_http *http, const struct kith_provider *provider,
                                 const struct kith_device *device, const struct kith_cancel *cancel,
                                 enum said *ret_said, struct kith_tokens *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_DONE(kith_tokens) tokens;
    enum kith_status st = post_question(http, provider, device, cancel, &response, err);

    kith_tokens_init(&tokens);
    *ret_said = st == KITH_E_OFFLINE || st == KITH_E_THROTTLED ? SAID_NOTHING : SAID_THE_END;
    if (st != KITH_OK)
        return st;
    if (response.status != 200)
        *ret_said = look_for_patience(&response);
    if (*ret_said == SAID_NOT_YET || *ret_said == SAID_TOO_FAST)
        return KITH_OK;
    st = kith_oauth_read_tokens(provider, &response, /* refreshing= */ false, &tokens, err);
    if (response.status >= 500 || st == KITH_E_THROTTLED)
        *ret_said = SAID_NOTHING;
    if (st == KITH_E_SIGNIN_EXPIRED && err)
        err->reason = KITH_REASON_CODE_UNUSED; /* a code has no browser that kept somebody waiting */
    return st == KITH_OK ? kith_oauth_hand_over(provider, /* refreshing= */ false, &tokens, ret, err) : st;
}

/* The seconds between two questions: the provider's, and more where nothing was said. RFC 8628, 3.5. */
struct pace {
    int64_t interval_s, pause_s;
};

static void keep_pace(struct pace *pace, enum said said)
{
    const int64_t longest_s = pace->interval_s > LONGEST_INTERVAL_S ? pace->interval_s : LONGEST_INTERVAL_S;

    if (said == SAID_NOTHING) {
        pace->pause_s = pace->pause_s * 2 < longest_s ? pace->pause_s * 2 : longest_s;
        return;
    }
    if (said == SAID_TOO_FAST)
        pace->interval_s += SLOWER_S;
    pace->pause_s = pace->interval_s;
}

/* Until the next question, which is asked sooner than planned where the code's life would end before it. */
static int64_t pause_ms(const struct pace *pace, int64_t left_ms)
{
    return (left_ms > pace->pause_s * 1000 ? pace->pause_s : pace->interval_s) * 1000;
}

static enum kith_status fail_expired(const struct kith_provider *provider, struct kith_error *err)
{
    (void)kith_fail_reason(err, KITH_E_SIGNIN_EXPIRED, KITH_REASON_CODE_UNUSED, "nobody used the code in time");
    if (err)
        err->source = provider->source;
    return KITH_E_SIGNIN_EXPIRED;
}

enum kith_status kith_device_await(struct kith_http *http, const struct kith_provider *provider,
                                   const struct kith_device *device, kith_device_sleep_fn sleep, void *ctx,
                                   const struct kith_cancel *cancel, struct kith_tokens *ret, struct kith_error *err)
{
    const int64_t until_ms = kith_clock_monotonic_ms() + device->life_s * 1000;
    int64_t unslept_ms = device->life_s * 1000; /* what was slept has gone by, whatever the clock says */
    struct pace pace = {device->interval_s, device->interval_s};
    enum said said = SAID_NOT_YET;
    enum kith_status st = KITH_OK;

    for (;;) {
        int64_t by_clock_ms = until_ms - kith_clock_monotonic_ms();
        int64_t left_ms = by_clock_ms < unslept_ms ? by_clock_ms : unslept_ms;
        bool is_last = left_ms <= pace.interval_s * 1000; /* there is no time for another question that is polite */

        int64_t nap_ms = is_last ? left_ms : pause_ms(&pace, left_ms);

        if (!sleep(ctx, nap_ms))
            return kith_fail(err, KITH_E_CANCELLED, "cancelled while the other device was awaited");
        unslept_ms -= nap_ms;
        if (is_last)
            return said == SAID_NOTHING ? st : fail_expired(provider, err);
        st = ask_once(http, provider, device, cancel, &said, ret, err);
        if (said == SAID_THE_END && st == KITH_OK && err)
            kith_error_clear(err); /* of what was waited for on the way */
        if (said == SAID_THE_END)
            return st;
        keep_pace(&pace, said);
        kith_log_debug(KITH_LOG_SIGNIN, "the other device has not answered, asking again in %lld s",
                       (long long)pace.pause_s);
    }
}
