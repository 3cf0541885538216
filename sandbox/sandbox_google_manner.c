/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_manner.c - keeps what the control interface set for the Google half.
 *
 * Before: sandbox_control.c took a setting in.
 * After:  sandbox_google_signin.c, sandbox_google_token.c and the lists look it up.
 */
#include "sandbox/sandbox_google_manner.h"

#include <pthread.h>
#include <string.h>

#include "base/alloc.h"
#include "sandbox/sandbox_people.h"

#define SEVEN_DAYS_S (INT64_C(7) * 24 * 3600)

struct sandbox_google_manner {
    pthread_mutex_t lock;
    struct sandbox_google_settings settings;
    enum sandbox_google_answer answer[SANDBOX_MAX_PEOPLE];
};

struct sandbox_google_manner *sandbox_google_manner_new(void)
{
    struct sandbox_google_manner *manner = kith_xnew(struct sandbox_google_manner);

    (void)pthread_mutex_init(&manner->lock, NULL); /* cannot fail for a plain mutex */
    sandbox_google_manner_reset(manner);
    return manner;
}

void sandbox_google_manner_free(struct sandbox_google_manner *manner)
{
    if (!manner)
        return;
    (void)pthread_mutex_destroy(&manner->lock); /* nobody holds it any more */
    free(manner);
}

void sandbox_google_manner_reset(struct sandbox_google_manner *manner)
{
    (void)pthread_mutex_lock(&manner->lock);
    manner->settings = (struct sandbox_google_settings){.sync_token_life_s = SEVEN_DAYS_S};
    memset(manner->answer, 0, sizeof(manner->answer));
    (void)pthread_mutex_unlock(&manner->lock);
}

struct sandbox_google_settings sandbox_google_get_settings(struct sandbox_google_manner *manner)
{
    struct sandbox_google_settings settings;

    (void)pthread_mutex_lock(&manner->lock);
    settings = manner->settings;
    (void)pthread_mutex_unlock(&manner->lock);
    return settings;
}

void sandbox_google_set_settings(struct sandbox_google_manner *manner, const struct sandbox_google_settings *settings)
{
    (void)pthread_mutex_lock(&manner->lock);
    manner->settings = *settings;
    (void)pthread_mutex_unlock(&manner->lock);
}

enum sandbox_google_answer sandbox_google_get_answer(struct sandbox_google_manner *manner, size_t person)
{
    enum sandbox_google_answer answer;

    (void)pthread_mutex_lock(&manner->lock);
    answer = manner->answer[person];
    (void)pthread_mutex_unlock(&manner->lock);
    return answer;
}

void sandbox_google_set_answer(struct sandbox_google_manner *manner, size_t person, enum sandbox_google_answer answer)
{
    (void)pthread_mutex_lock(&manner->lock);
    manner->answer[person] = answer;
    (void)pthread_mutex_unlock(&manner->lock);
}
