/* SPDX-License-Identifier: MIT */
/*
 * web_api_settings.c - Settings > Contacts, as far as it is not about an account; and leaving for good.
 */
#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"
#include "web_input.h"
#include "web_words.h"

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
    const char *photos;
};

static enum kith_status read_limit(struct kith_json value, struct change *change, struct kith_error *err)
{
    int64_t limit = 0;

    if (value.type == KITH_JSON_NONE)
        return KITH_OK;
    if (!kith_json_int64(value, &limit) || limit < 0 || limit > LIMIT_MAX)
        return kith_fail(err, KITH_E_USAGE, "the limit must be a whole number from 0 to %d", LIMIT_MAX);
    (void)kith_text_format(change->limit, sizeof(change->limit), "%lld", (long long)limit);
    return KITH_OK;
}

static enum kith_status read_region(struct kith_json value, struct change *change, struct kith_error *err)
{
    const char *region = change->region;
    enum kith_status st = kith_web_value_text(value, "import.region", change->region, sizeof(change->region), err);

    if (st != KITH_OK || value.type == KITH_JSON_NONE)
        return st;
    if (strlen(region) != 2 || region[0] < 'A' || region[0] > 'Z' || region[1] < 'A' || region[1] > 'Z')
        return kith_fail(err, KITH_E_USAGE, "a region has two capital letters, like US");
    return KITH_OK;
}

static enum kith_status read_change(const struct kith_web_request *request, struct change *change,
                                    struct kith_error *err)
{
    enum { LIMIT, REGION, PHOTOS, MEMBERS };
    static const struct kith_web_member members[MEMBERS] = {{"import.limit", KITH_JSON_NUMBER, false, 0},
                                                            {"import.region", KITH_JSON_STRING, false, 0},
                                                            {"import.photos", KITH_JSON_BOOL, false, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    enum kith_status st = kith_web_body_read(request, members, MEMBERS, &body, err);

    if (st == KITH_OK)
        st = read_region(body.value[REGION], change, err);
    if (st == KITH_OK)
        st = read_limit(body.value[LIMIT], change, err);
    if (st != KITH_OK)
        return st;
    if (body.value[PHOTOS].type != KITH_JSON_NONE)
        change->photos = kith_json_bool(body.value[PHOTOS], false) ? "yes" : "no";
    if (change->region[0] == '\0' && change->limit[0] == '\0' && change->photos[0] == '\0')
        return kith_fail(err, KITH_E_USAGE, "no setting is named");
    return KITH_OK;
}

/* The region first: it is the one that the engine may still refuse, and then nothing has changed. */
KITH_WEB_HANDLER(kith_web_patch_settings)
{
    struct change change = {.photos = ""};
    enum kith_status st = read_change(request, &change, err);
    const struct {
        const char *key, *value;
    } wanted[] = {{"import.region", change.region}, {"import.limit", change.limit}, {"import.photos", change.photos}};

    for (size_t i = 0; i < KITH_COUNT_OF(wanted) && st == KITH_OK; i++)
        if (wanted[i].value[0] != '\0')
            st = kith_setting_set(web->k, wanted[i].key, wanted[i].value, err);
    kith_web_device_forget(web->device);
    kith_web_events_wake(web->events);
    return st == KITH_OK ? answer_settings(web, answer, err) : st;
}

/* Where numbers can be from: ISO 3166-1, and XK for Kosovo. The browser names them in the person's language. */
KITH_WEB_HANDLER(kith_web_get_regions)
{
    static const char *const regions[] = {
        "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD",
        "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BW", "BY", "BZ", "CA",
        "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ",
        "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO",
        "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GT", "GU", "GW",
        "GY", "HK", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
        "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK",
        "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO",
        "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL",
        "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PR", "PS", "PT", "PW",
        "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL",
        "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TG", "TH", "TJ", "TK", "TL", "TM",
        "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN",
        "VU", "WF", "WS", "XK", "YE", "YT", "ZA", "ZM", "ZW",
    };
    KITH_AUTO(kith_json_writer) w = kith_web_answer_json(answer, 200);

    kith_json_begin_array(w, NULL);
    for (size_t i = 0; i < KITH_COUNT_OF(regions); i++)
        kith_json_put_text(w, NULL, regions[i]);
    kith_json_end(w);
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_get_guide)
{
    static const enum kith_source sources[] = {KITH_SOURCE_MICROSOFT365, KITH_SOURCE_GOOGLE};
    const char *const *steps = NULL;
    KITH_AUTO(kith_json_writer) w = NULL;

    for (size_t i = 0; i < KITH_COUNT_OF(sources); i++)
        if (strcmp(request->arg, kith_source_id(sources[i])) == 0)
            steps = kith_web_guide_steps(sources[i]);
    if (!steps)
        return kith_fail(err, KITH_E_NOT_FOUND, "there is no guide of this name");
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_array(w, NULL);
    for (; *steps; steps++)
        kith_json_put_text(w, NULL, *steps);
    kith_json_end(w);
    return KITH_OK;
}

/* Every page sees the outcome in the State that follows. */
KITH_WEB_HANDLER(kith_web_post_repair)
{
    KITH_AUTO(kith_json_writer) w = NULL;
    struct kith_repair repair;
    enum kith_status st = kith_web_body_nothing(request, err);

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
    enum kith_status st = kith_web_body_nothing(request, err);

    if (st != KITH_OK)
        return st;
    kith_web_uploads_clear(web->uploads);
    kith_web_jobs_clear(web->jobs);
    st = kith_remove_everything(web->k, err);
    answer->forget_kept = st == KITH_OK;
    kith_web_device_forget(web->device);
    kith_web_events_wake(web->events);
    return st;
}
