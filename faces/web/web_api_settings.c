/* SPDX-License-Identifier: MIT */
/*
 * web_api_settings.c - Settings > Contacts, as far as it is not about an account; and leaving for good.
 */
#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"
#include "web_input.h"

enum { LIMIT_MAX = 2147483647 };

static enum kith_status answer_settings(struct kith_web *web, struct kith_web_answer *answer, struct kith_error *err)
{
    KITH_AUTO(kith_json_writer) w = kith_web_answer_json(answer, 200);

    return kith_web_settings_write(web->k, w, NULL, err);
}

KITH_WEB_HANDLER(kith_web_get_settings)
{
    return answer_settings(web, answer, err);
}

/* What a body asks to change; "" for what it leaves alone. */
struct change {
    char limit[24];
    char region[8];
};

static enum kith_status read_change(const struct kith_web_request *request, struct change *change,
                                    struct kith_error *err)
{
    static const struct kith_web_member members[] = {{"import.limit", KITH_JSON_NUMBER, false, 0},
                                                     {"import.region", KITH_JSON_STRING, false, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    int64_t limit = 0;
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    if (st == KITH_OK)
        st = kith_web_value_text(body.value[1], "import.region", change->region, sizeof(change->region), err);
    if (st != KITH_OK)
        return st;
    if (body.value[0].type == KITH_JSON_NONE && body.value[1].type == KITH_JSON_NONE)
        return kith_fail(err, KITH_E_USAGE, "no setting is named");
    if (body.value[1].type != KITH_JSON_NONE &&
        (strlen(change->region) != 2 || change->region[0] < 'A' || change->region[0] > 'Z' || change->region[1] < 'A' ||
         change->region[1] > 'Z'))
        return kith_fail(err, KITH_E_USAGE, "a region has two capital letters, like US");
    if (body.value[0].type == KITH_JSON_NONE)
        return KITH_OK;
    if (!kith_json_int64(body.value[0], &limit) || limit < 0 || limit > LIMIT_MAX)
        return kith_fail(err, KITH_E_USAGE, "the limit must be a whole number from 0 to %d", LIMIT_MAX);
    (void)kith_text_format(change->limit, sizeof(change->limit), "%lld", (long long)limit);
    return KITH_OK;
}

/* The region first: it is the one that the engine may still refuse, and then nothing has changed. */
KITH_WEB_HANDLER(kith_web_patch_settings)
{
    struct change change = {.limit = ""};
    enum kith_status st = read_change(request, &change, err);

    if (st == KITH_OK && change.region[0] != '\0')
        st = kith_setting_set(web->k, "import.region", change.region, err);
    if (st == KITH_OK && change.limit[0] != '\0')
        st = kith_setting_set(web->k, "import.limit", change.limit, err);
    kith_web_device_forget(web->device);
    kith_web_events_wake(web->events);
    return st == KITH_OK ? answer_settings(web, answer, err) : st;
}

/* Every page sees the outcome in the State that follows. */
KITH_WEB_HANDLER(kith_web_post_repair)
{
    KITH_AUTO_DONE(kith_web_body) body;
    KITH_AUTO(kith_json_writer) w = NULL;
    struct kith_repair repair;
    enum kith_status st = kith_web_body_read(request, NULL, 0, &body, err);

    if (st == KITH_OK)
        st = kith_repair(web->k, &repair, err);
    if (st != KITH_OK)
        return st;
    kith_web_device_forget(web->device);
    kith_web_events_wake(web->events);
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_object(w, NULL);
    kith_json_put_bool(w, "damaged", repair.damaged);
    kith_json_put_int(w, "accounts", repair.n_accounts);
    kith_json_put_text(w, "copy", repair.copy);
    kith_json_end(w);
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_post_remove_everything)
{
    KITH_AUTO_DONE(kith_web_body) body;
    enum kith_status st = kith_web_body_read(request, NULL, 0, &body, err);

    if (st != KITH_OK)
        return st;
    kith_web_jobs_clear(web->jobs);
    st = kith_remove_everything(web->k, err);
    kith_web_device_forget(web->device);
    kith_web_events_wake(web->events);
    return st;
}
