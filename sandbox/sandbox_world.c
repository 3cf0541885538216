/* SPDX-License-Identifier: MIT */
/*
 * sandbox_world.c - makes the world of one sandbox, and makes it anew.
 *
 * Before: sandbox_options.c says how large it shall be.
 * After:  sandbox_server.c lets requests in.
 */
#include "sandbox/sandbox_world.h"

#include <sys/random.h>

#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_cache.h"
#include "sandbox/sandbox_faults.h"
#include "sandbox/sandbox_google_manner.h"
#include "sandbox/sandbox_log.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_vault.h"

#define CACHE_BYTES ((size_t)1 << 30) /* the pages of a million contacts, asked for in two ways */

void sandbox_world_init(struct sandbox_world *world, const struct sandbox_options *options)
{
    *world = (struct sandbox_world){
        .options = *options,
        .auto_person = {SANDBOX_NOBODY, SANDBOX_NOBODY},
        .scheme = options->tls_cert ? "https" : "http",
        .vault = sandbox_vault_new(),
        .faults = sandbox_faults_new(),
        .log = sandbox_log_new(),
        .cache = sandbox_cache_new(CACHE_BYTES),
        .google = sandbox_google_manner_new(),
    };
    for (size_t i = 0; i < options->n_auto_logins; i++) {
        size_t person = sandbox_person_find(options->auto_login[i]);
        world->auto_person[sandbox_person_provider(person)] = person;
    }
    for (size_t i = 0; i < sandbox_n_people; i++)
        if (sandbox_people[i].mailbox)
            world->mailbox[i] = sandbox_mailbox_new(options->seed, i, options->contacts);
}

void sandbox_world_done(struct sandbox_world *world)
{
    for (size_t i = 0; i < SANDBOX_MAX_PEOPLE; i++)
        sandbox_mailbox_free(world->mailbox[i]);
    sandbox_vault_free(world->vault);
    sandbox_faults_free(world->faults);
    sandbox_log_free(world->log);
    sandbox_cache_free(world->cache);
    sandbox_google_manner_free(world->google);
}

void sandbox_world_reset(struct sandbox_world *world)
{
    struct sandbox_mailbox_shape shape = {.contacts = world->options.contacts, .report_count = -1};

    for (size_t i = 0; i < sandbox_n_people; i++)
        if (world->mailbox[i])
            sandbox_mailbox_reshape(world->mailbox[i], &shape);
    sandbox_vault_reset(world->vault);
    sandbox_google_manner_reset(world->google);
    sandbox_faults_clear(world->faults);
    sandbox_log_clear(world->log);
}

void sandbox_random_hex(char *out, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[64];

    for (size_t i = 0; i < n; i++) {
        if (i % sizeof(bytes) == 0 && getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
            abort(); /* the kernel always has this many after start-up */
        out[i] = digits[bytes[i % sizeof(bytes)] & 15];
    }
    out[n] = '\0';
}

void sandbox_random_guid(char out[37])
{
    char hex[33];

    sandbox_random_hex(hex, 32);
    hex[12] = '4';
    hex[16] = 'a';
    (void)kith_text_format(out, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}
