/* SPDX-License-Identifier: MIT */
/* sandbox_world.h - everything that exists in one running sandbox, and the parts' entrances. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/sandbox_options.h"
#include "sandbox/sandbox_people.h"

struct sandbox_answer;
struct sandbox_cache;
struct sandbox_faults;
struct sandbox_google_manner;
struct sandbox_log;
struct sandbox_mailbox;
struct sandbox_request;
struct sandbox_vault;

struct sandbox_world {
    struct sandbox_options options;
    size_t auto_person[SANDBOX_N_PROVIDERS]; /* SANDBOX_NOBODY: pages are clicked */
    uint16_t port;
    const char *scheme; /* "http" or "https" */
    char base_url[64];  /* what the ready line names */
    struct sandbox_vault *vault;
    struct sandbox_mailbox *mailbox[SANDBOX_MAX_PEOPLE]; /* NULL: no licence */
    struct sandbox_faults *faults;
    struct sandbox_log *log;
    struct sandbox_cache *cache;
    struct sandbox_google_manner *google;
};

/* options.auto_login must name people. Everything in it locks by itself. */
void sandbox_world_init(struct sandbox_world *world, const struct sandbox_options *options);
void sandbox_world_done(struct sandbox_world *world);
/* Back to the first moment: mailboxes, consents, tokens, faults, log. */
void sandbox_world_reset(struct sandbox_world *world);

/* The parts. Each takes any request below its paths and always answers. */
void sandbox_route(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_control(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_identity(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_graph(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_people(struct sandbox_request *req, struct sandbox_answer *ans);
/* Graph behind the look at faults and limits: what a batch calls for its parts. */
void sandbox_graph_serve(struct sandbox_request *req, struct sandbox_answer *ans);

/* Which part a path belongs to. */
bool sandbox_is_control_path(const struct sandbox_request *req);
bool sandbox_is_graph_path(const struct sandbox_request *req);
bool sandbox_is_google_path(const struct sandbox_request *req);
/* The People API, without what else Google answers. */
bool sandbox_is_people_path(const struct sandbox_request *req);

/* Random hexadecimal digits for tokens and request ids: n of them and a NUL. */
void sandbox_random_hex(char *out, size_t n);
/* A random GUID. */
void sandbox_random_guid(char out[37]);
