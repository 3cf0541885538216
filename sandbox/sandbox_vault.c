/* SPDX-License-Identifier: MIT */
/*
 * sandbox_vault.c - consents, flows, codes and tokens in bounded rings.
 *
 * Before: sandbox_authorize.c and sandbox_token.c decide what may be issued.
 * After:  sandbox_graph.c asks whose token it was shown.
 *
 * A token reads sandbox-KIND-NUMBER-RANDOM: its number says where it stands, so
 * that looking it up costs one comparison; nobody can take it for a real one.
 */
#include "sandbox/sandbox_vault.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_world.h"

#define MAX_FLOWS 512
#define MAX_TOKENS 8192
#define MAX_DEVICES 128
#define MAX_APPS 8
#define CODE_LIFE_MS (10 * 60 * 1000)
#define GOOGLE_MAX_REFRESH 100

struct label {
    uint64_t number; /* 0: empty */
    char random[33];
};

struct flow_slot {
    struct label label;
    struct sandbox_flow flow;
};

struct code_slot {
    struct label label;
    struct sandbox_flow flow;
    int64_t until_ms;
    bool used;
};

struct token_slot {
    struct label label;
    struct sandbox_token token;
    int64_t until_ms;
    unsigned generation; /* of the grant it rests on */
};

struct device_slot {
    struct label label;
    struct sandbox_token asked;
    int64_t until_ms;
    enum sandbox_device_state state;
    unsigned polls;
    int64_t polled_ms;
    char user_code[SANDBOX_USER_CODE_SIZE];
};

struct sandbox_vault {
    pthread_mutex_t lock;
    uint64_t next_number; /* never begins again, so that an old token is never taken for a new one */
    struct flow_slot flow[MAX_FLOWS];
    struct code_slot code[MAX_FLOWS];
    struct token_slot access[MAX_TOKENS];
    struct token_slot refresh[MAX_TOKENS];
    struct device_slot device[MAX_DEVICES];
    uint64_t n_flows, n_codes, n_access, n_refresh, n_devices;
    unsigned granted[SANDBOX_MAX_PEOPLE][MAX_APPS];
    unsigned tenant_granted[SANDBOX_MAX_TENANTS][MAX_APPS];
    unsigned generation[SANDBOX_MAX_PEOPLE][MAX_APPS]; /* grows when a grant is taken back */
    int refusal[SANDBOX_MAX_PEOPLE];
    int64_t life_s;
    struct sandbox_device_pace device_pace;
};

struct sandbox_vault *sandbox_vault_new(void)
{
    struct sandbox_vault *v = kith_xnew(struct sandbox_vault);

    (void)pthread_mutex_init(&v->lock, NULL); /* cannot fail for a plain mutex */
    return v;
}

void sandbox_vault_free(struct sandbox_vault *v)
{
    if (!v)
        return;
    (void)pthread_mutex_destroy(&v->lock); /* nobody holds it any more */
    free(v);
}

void sandbox_vault_reset(struct sandbox_vault *v)
{
    (void)pthread_mutex_lock(&v->lock);
    memset(v->flow, 0, sizeof(v->flow));
    memset(v->code, 0, sizeof(v->code));
    memset(v->access, 0, sizeof(v->access));
    memset(v->refresh, 0, sizeof(v->refresh));
    memset(v->device, 0, sizeof(v->device));
    memset(v->granted, 0, sizeof(v->granted));
    memset(v->tenant_granted, 0, sizeof(v->tenant_granted));
    memset(v->refusal, 0, sizeof(v->refusal));
    v->life_s = 0;
    v->device_pace = (struct sandbox_device_pace){0};
    (void)pthread_mutex_unlock(&v->lock);
}

/* --- Labels ------------------------------------------------------------------- */

/* kind is "code", "access", ...; index is where the slot is, encoded in the number. */
static void make_label(struct sandbox_vault *v, struct label *label, const char *kind, size_t index, size_t n_slots,
                       char *text, size_t text_size)
{
    label->number = ++v->next_number * n_slots + index;
    sandbox_random_hex(label->random, 32);
    (void)kith_text_format(text, text_size, "sandbox-%s-%llu-%s", kind, (unsigned long long)label->number,
                           label->random);
}

/* The slot a label text may stand in; n_slots when the text is none. */
static size_t label_index(const char *text, const char *kind, size_t n_slots)
{
    char prefix[32], digits[24];
    int64_t number = 0;
    size_t len;

    (void)kith_text_format(prefix, sizeof(prefix), "sandbox-%s-", kind);
    if (!kith_text_starts_with(text, prefix))
        return n_slots;
    text += strlen(prefix);
    len = strspn(text, "0123456789");
    if (len == 0 || text[len] != '-' || !kith_text_copy_n(digits, sizeof(digits), text, len) ||
        !kith_text_to_int64(digits, 1, INT64_MAX, &number))
        return n_slots;
    return (size_t)number % n_slots;
}

static bool label_is(const struct label *label, const char *kind, const char *text)
{
    char whole[96];

    if (label->number == 0)
        return false;
    (void)kith_text_format(whole, sizeof(whole), "sandbox-%s-%llu-%s", kind, (unsigned long long)label->number,
                           label->random);
    return strncmp(whole, text, strlen(whole)) == 0;
}

static size_t app_index(const struct sandbox_app *app)
{
    return (size_t)(app - sandbox_apps) % MAX_APPS;
}

/* --- Consent -------------------------------------------------------------------- */

unsigned sandbox_vault_granted(struct sandbox_vault *v, size_t person, const struct sandbox_app *app)
{
    unsigned mask;

    (void)pthread_mutex_lock(&v->lock);
    mask = v->granted[person][app_index(app)] | v->tenant_granted[sandbox_people[person].tenant][app_index(app)];
    (void)pthread_mutex_unlock(&v->lock);
    return mask;
}

void sandbox_vault_grant(struct sandbox_vault *v, size_t person, const struct sandbox_app *app, unsigned scopes,
                         bool for_everybody)
{
    (void)pthread_mutex_lock(&v->lock);
    v->granted[person][app_index(app)] |= scopes;
    if (for_everybody)
        v->tenant_granted[sandbox_people[person].tenant][app_index(app)] |= scopes;
    (void)pthread_mutex_unlock(&v->lock);
}

void sandbox_vault_revoke(struct sandbox_vault *v, size_t person, int64_t token_life_s)
{
    int64_t until_ms = kith_clock_monotonic_ms() + token_life_s * 1000;

    (void)pthread_mutex_lock(&v->lock);
    memset(v->granted[person], 0, sizeof(v->granted[person]));
    for (size_t i = 0; i < MAX_APPS; i++)
        v->generation[person][i]++;
    memset(v->tenant_granted[sandbox_people[person].tenant], 0, sizeof(v->tenant_granted[0]));
    for (size_t i = 0; i < MAX_TOKENS; i++) {
        struct token_slot *slot = &v->access[i];
        if (slot->label.number && slot->token.person == person && slot->until_ms > until_ms)
            slot->until_ms = until_ms;
    }
    (void)pthread_mutex_unlock(&v->lock);
}

void sandbox_vault_revoke_app(struct sandbox_vault *v, size_t person, const struct sandbox_app *app)
{
    (void)pthread_mutex_lock(&v->lock);
    v->granted[person][app_index(app)] = 0;
    v->generation[person][app_index(app)]++;
    for (size_t i = 0; i < MAX_TOKENS; i++) {
        struct token_slot *slot = &v->access[i];
        if (slot->label.number && slot->token.person == person && slot->token.app == app)
            slot->until_ms = 0;
    }
    (void)pthread_mutex_unlock(&v->lock);
}

int sandbox_vault_refusal(struct sandbox_vault *v, size_t person)
{
    int refusal;

    (void)pthread_mutex_lock(&v->lock);
    refusal = v->refusal[person];
    (void)pthread_mutex_unlock(&v->lock);
    return refusal;
}

void sandbox_vault_set_refusal(struct sandbox_vault *v, size_t person, int refusal)
{
    (void)pthread_mutex_lock(&v->lock);
    v->refusal[person] = refusal;
    (void)pthread_mutex_unlock(&v->lock);
}

/* --- Flows ---------------------------------------------------------------------- */

void sandbox_vault_add_flow(struct sandbox_vault *v, const struct sandbox_flow *flow, char id[SANDBOX_FLOW_ID_SIZE])
{
    (void)pthread_mutex_lock(&v->lock);
    size_t index = v->n_flows++ % MAX_FLOWS;
    v->flow[index].flow = *flow;
    make_label(v, &v->flow[index].label, "flow", index, MAX_FLOWS, id, SANDBOX_FLOW_ID_SIZE);
    (void)pthread_mutex_unlock(&v->lock);
}

static struct flow_slot *find_flow(struct sandbox_vault *v, const char *id)
{
    size_t index = label_index(id, "flow", MAX_FLOWS);

    return index < MAX_FLOWS && label_is(&v->flow[index].label, "flow", id) ? &v->flow[index] : NULL;
}

bool sandbox_vault_get_flow(struct sandbox_vault *v, const char *id, struct sandbox_flow *ret)
{
    (void)pthread_mutex_lock(&v->lock);
    struct flow_slot *slot = find_flow(v, id);
    if (slot)
        *ret = slot->flow;
    (void)pthread_mutex_unlock(&v->lock);
    return slot;
}

void sandbox_vault_set_flow_person(struct sandbox_vault *v, const char *id, size_t person)
{
    (void)pthread_mutex_lock(&v->lock);
    struct flow_slot *slot = find_flow(v, id);
    if (slot)
        slot->flow.person = person;
    (void)pthread_mutex_unlock(&v->lock);
}

/* --- Codes ---------------------------------------------------------------------- */

void sandbox_vault_add_code(struct sandbox_vault *v, const struct sandbox_flow *flow, char code[SANDBOX_TOKEN_SIZE])
{
    (void)pthread_mutex_lock(&v->lock);
    size_t index = v->n_codes++ % MAX_FLOWS;
    struct code_slot *slot = &v->code[index];
    *slot = (struct code_slot){.flow = *flow, .until_ms = kith_clock_monotonic_ms() + CODE_LIFE_MS};
    make_label(v, &slot->label, "code", index, MAX_FLOWS, code, SANDBOX_TOKEN_SIZE);
    (void)pthread_mutex_unlock(&v->lock);
    if (flow->app->provider == SANDBOX_GOOGLE)
        return;
    /* Microsoft's codes have well over a thousand characters; a client's buffers shall meet that here. */
    size_t len = strlen(code);
    code[len++] = '.';
    for (; len < 1100; len++)
        code[len] = (char)('0' + len % 10);
    code[len] = '\0';
}

enum sandbox_token_state sandbox_vault_use_code(struct sandbox_vault *v, const char *code, struct sandbox_flow *ret)
{
    size_t index = label_index(code, "code", MAX_FLOWS);
    enum sandbox_token_state state = SANDBOX_TOKEN_UNKNOWN;

    (void)pthread_mutex_lock(&v->lock);
    if (index < MAX_FLOWS && label_is(&v->code[index].label, "code", code)) {
        struct code_slot *slot = &v->code[index];
        state = SANDBOX_TOKEN_OK;
        if (slot->used)
            state = SANDBOX_TOKEN_USED;
        else if (slot->until_ms <= kith_clock_monotonic_ms())
            state = SANDBOX_TOKEN_EXPIRED;
        slot->used = true;
        *ret = slot->flow;
    }
    (void)pthread_mutex_unlock(&v->lock);
    return state;
}

/* --- Tokens --------------------------------------------------------------------- */

static void add_token(struct sandbox_vault *v, struct token_slot *ring, uint64_t *counter, const char *kind,
                      const struct sandbox_token *token, int64_t life_ms, char *text)
{
    (void)pthread_mutex_lock(&v->lock);
    size_t index = (*counter)++ % MAX_TOKENS;
    ring[index].token = *token;
    ring[index].until_ms = kith_clock_monotonic_ms() + life_ms;
    ring[index].generation = v->generation[token->person][app_index(token->app)];
    make_label(v, &ring[index].label, kind, index, MAX_TOKENS, text, SANDBOX_TOKEN_SIZE);
    (void)pthread_mutex_unlock(&v->lock);
}

static enum sandbox_token_state check_token(struct sandbox_vault *v, const struct token_slot *ring, const char *kind,
                                            const char *text, struct sandbox_token *ret)
{
    size_t index = label_index(text, kind, MAX_TOKENS);
    enum sandbox_token_state state = SANDBOX_TOKEN_UNKNOWN;

    if (index == MAX_TOKENS)
        return state;
    (void)pthread_mutex_lock(&v->lock);
    if (label_is(&ring[index].label, kind, text)) {
        state = ring[index].until_ms > kith_clock_monotonic_ms() ? SANDBOX_TOKEN_OK : SANDBOX_TOKEN_EXPIRED;
        *ret = ring[index].token;
    }
    (void)pthread_mutex_unlock(&v->lock);
    return state;
}

void sandbox_vault_add_access(struct sandbox_vault *v, const struct sandbox_token *token, int64_t life_s,
                              char text[SANDBOX_TOKEN_SIZE])
{
    add_token(v, v->access, &v->n_access, "access", token, life_s * 1000, text);
}

enum sandbox_token_state sandbox_vault_check_access(struct sandbox_vault *v, const char *text,
                                                    struct sandbox_token *ret)
{
    return check_token(v, v->access, "access", text, ret);
}

/* The oldest of a person's and program's refresh tokens dies when there are too many. */
static void keep_the_newest(struct sandbox_vault *v, const struct sandbox_token *token)
{
    int64_t now_ms = kith_clock_monotonic_ms();
    unsigned generation = v->generation[token->person][app_index(token->app)];
    struct token_slot *oldest = NULL;
    size_t n = 0;

    for (size_t i = 0; i < MAX_TOKENS; i++) {
        struct token_slot *slot = &v->refresh[i];
        if (!slot->label.number || slot->token.person != token->person || slot->token.app != token->app ||
            slot->generation != generation || slot->until_ms <= now_ms)
            continue;
        n++;
        if (!oldest || slot->label.number < oldest->label.number)
            oldest = slot;
    }
    if (n > GOOGLE_MAX_REFRESH)
        oldest->until_ms = 0;
}

void sandbox_vault_add_refresh(struct sandbox_vault *v, const struct sandbox_token *token, int64_t life_s,
                               char text[SANDBOX_TOKEN_SIZE])
{
    add_token(v, v->refresh, &v->n_refresh, "refresh", token, life_s * 1000, text);
    if (token->app->provider != SANDBOX_GOOGLE)
        return;
    (void)pthread_mutex_lock(&v->lock);
    keep_the_newest(v, token);
    (void)pthread_mutex_unlock(&v->lock);
}

enum sandbox_token_state sandbox_vault_check_refresh(struct sandbox_vault *v, const char *text,
                                                     struct sandbox_token *ret)
{
    enum sandbox_token_state state = check_token(v, v->refresh, "refresh", text, ret);
    size_t index = label_index(text, "refresh", MAX_TOKENS);

    if (state != SANDBOX_TOKEN_OK || ret->app->provider != SANDBOX_GOOGLE)
        return state;
    (void)pthread_mutex_lock(&v->lock);
    if (v->refresh[index].generation != v->generation[ret->person][app_index(ret->app)])
        state = SANDBOX_TOKEN_EXPIRED;
    (void)pthread_mutex_unlock(&v->lock);
    return state;
}

void sandbox_vault_set_life(struct sandbox_vault *v, int64_t life_s)
{
    (void)pthread_mutex_lock(&v->lock);
    v->life_s = life_s;
    (void)pthread_mutex_unlock(&v->lock);
}

int64_t sandbox_vault_choose_life(struct sandbox_vault *v, enum sandbox_provider provider)
{
    int64_t life_s;

    (void)pthread_mutex_lock(&v->lock);
    life_s = v->life_s > 0 ? v->life_s : 3599;
    /* Spread over the 60 to 90 minutes of the real service; the numbers need not be hard to guess. */
    if (v->life_s == 0 && provider == SANDBOX_MICROSOFT)
        life_s += (int64_t)(v->next_number * 389 % 1800);
    (void)pthread_mutex_unlock(&v->lock);
    return life_s;
}

/* --- Device codes ----------------------------------------------------------------- */

/* Google shows eight letters, with a hyphen in their middle. */
static void make_user_code(enum sandbox_provider provider, char out[SANDBOX_USER_CODE_SIZE])
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; /* 32, none that look alike */
    char hex[2 * SANDBOX_USER_CODE_SIZE + 1];
    size_t len = provider == SANDBOX_GOOGLE ? 8 : SANDBOX_USER_CODE_SIZE - 1;

    sandbox_random_hex(hex, 2 * SANDBOX_USER_CODE_SIZE);
    for (size_t i = 0; i < len; i++)
        out[i] = letters[(hex[2 * i] * 7 + hex[2 * i + 1]) % 32];
    out[len] = '\0';
}

void sandbox_vault_set_device_pace(struct sandbox_vault *v, const struct sandbox_device_pace *pace)
{
    (void)pthread_mutex_lock(&v->lock);
    v->device_pace = *pace;
    (void)pthread_mutex_unlock(&v->lock);
}

struct sandbox_device_pace sandbox_vault_device_pace(struct sandbox_vault *v)
{
    struct sandbox_device_pace pace;

    (void)pthread_mutex_lock(&v->lock);
    pace = v->device_pace;
    (void)pthread_mutex_unlock(&v->lock);
    return pace;
}

void sandbox_vault_add_device(struct sandbox_vault *v, const struct sandbox_token *asked, int64_t life_s,
                              char device_code[SANDBOX_TOKEN_SIZE], char user_code[SANDBOX_USER_CODE_SIZE])
{
    make_user_code(asked->app->provider, user_code);
    (void)pthread_mutex_lock(&v->lock);
    size_t index = v->n_devices++ % MAX_DEVICES;
    struct device_slot *slot = &v->device[index];
    *slot = (struct device_slot){
        .asked = *asked, .until_ms = kith_clock_monotonic_ms() + life_s * 1000, .state = SANDBOX_DEVICE_PENDING};
    (void)kith_text_copy(slot->user_code, sizeof(slot->user_code), user_code); /* the same size */
    make_label(v, &slot->label, "device", index, MAX_DEVICES, device_code, SANDBOX_TOKEN_SIZE);
    (void)pthread_mutex_unlock(&v->lock);
}

static struct device_slot *find_device(struct sandbox_vault *v, const char *code)
{
    size_t index = label_index(code, "device", MAX_DEVICES);

    if (index < MAX_DEVICES)
        return label_is(&v->device[index].label, "device", code) ? &v->device[index] : NULL;
    for (size_t i = 0; i < MAX_DEVICES; i++)
        if (v->device[i].label.number && kith_text_equal_ci(v->device[i].user_code, code))
            return &v->device[i];
    return NULL;
}

enum sandbox_device_state sandbox_vault_find_device(struct sandbox_vault *v, const char *code,
                                                    struct sandbox_token *ret, char ret_device_code[SANDBOX_TOKEN_SIZE])
{
    enum sandbox_device_state state = SANDBOX_DEVICE_UNKNOWN;

    (void)pthread_mutex_lock(&v->lock);
    struct device_slot *slot = find_device(v, code);
    if (slot) {
        if (slot->state == SANDBOX_DEVICE_PENDING && slot->until_ms <= kith_clock_monotonic_ms())
            slot->state = SANDBOX_DEVICE_EXPIRED;
        state = slot->state;
        *ret = slot->asked;
        if (ret_device_code)
            (void)kith_text_format(ret_device_code, SANDBOX_TOKEN_SIZE, "sandbox-device-%llu-%s",
                                   (unsigned long long)slot->label.number, slot->label.random);
    }
    (void)pthread_mutex_unlock(&v->lock);
    return state;
}

void sandbox_vault_set_device(struct sandbox_vault *v, const char *code, enum sandbox_device_state state, size_t person)
{
    (void)pthread_mutex_lock(&v->lock);
    struct device_slot *slot = find_device(v, code);
    if (slot) {
        slot->state = state;
        slot->asked.person = person;
    }
    (void)pthread_mutex_unlock(&v->lock);
}

unsigned sandbox_vault_count_poll(struct sandbox_vault *v, const char *device_code, int64_t *ret_since_ms)
{
    int64_t now_ms = kith_clock_monotonic_ms();
    unsigned n = 0;

    (void)pthread_mutex_lock(&v->lock);
    struct device_slot *slot = find_device(v, device_code);
    *ret_since_ms = slot && slot->polls > 0 ? now_ms - slot->polled_ms : -1;
    if (slot) {
        n = ++slot->polls;
        slot->polled_ms = now_ms;
    }
    (void)pthread_mutex_unlock(&v->lock);
    return n;
}
