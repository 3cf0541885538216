/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft_inside.h - what the files that ask Graph share: the fetcher itself, its token, and its slots.
 *
 * A slot holds one request, from being asked for until its answer is wanted. Whoever wants an address looks for its
 * slot first; so asking for something early never changes what is read, only how long it takes.
 */
#pragma once

#include "fetch/fetch_microsoft.h"
#include "fetch/link.h"
#include "fetch/page_size.h"

enum {
    KITH_GRAPH_SLOTS = 8,                     /* asked for or waiting for their turn */
    KITH_GRAPH_EXPECTED = 4,                  /* chains to come that are known */
    KITH_GRAPH_FLIGHT_BYTES = 8 * 1024 * 1024 /* what all slots together may come to before less is asked for early */
};

/* Ids that survive a move to another folder; each answer follows the header of its own request. */
#define KITH_GRAPH_PREFER "IdType=\"ImmutableId\""

struct kith_graph_slot {
    enum { KITH_GRAPH_FREE, KITH_GRAPH_ASKED, KITH_GRAPH_HERE } state;
    char *url;
    struct kith_http_request request;
    char prefer[96];
    uint64_t chain;        /* that it is a page of; 0 none */
    int items;             /* a page of so many was asked for; 0: not known */
    size_t expected_bytes; /* what it will come to, as far as one can tell */
    uint64_t token_no;     /* the token it was asked with */
    struct kith_http_response response;
};

/* A chain of pages that will be begun after the one that is read. */
struct kith_graph_expected {
    char *start;
    int64_t count; /* contacts expected there; -1 unknown */
    uint64_t chain;
};

struct kith_fetch_microsoft {
    struct kith_http *http;
    char *graph, *account;
    struct kith_fetch_microsoft_options options;

    struct kith_buf token;
    uint64_t token_no; /* 0: none yet */
    bool refused;      /* the newest token was refused and replaced, and nothing was answered since */

    struct kith_graph_slot slots[KITH_GRAPH_SLOTS];
    struct kith_graph_expected expected[KITH_GRAPH_EXPECTED];
    size_t n_expected;
    uint64_t last_chain;                           /* number of the chain that was named last */
    struct kith_page_size size[KITH_GRAPH_CHAINS]; /* of their pages, by the kind of chain */

    /* The chain that is read. */
    uint64_t chain;
    char *start; /* a path, or a whole address */
    char *first; /* the address it began with */
    enum kith_graph_chain kind;
    int64_t count;        /* expected at the start; -1 unknown */
    int64_t n_before;     /* unique contacts of the chains before it */
    char *next;           /* where the chain leads; NULL: it has ended */
    char *current;        /* the page delivered last */
    size_t current_bytes; /* of that page */
    int n_retries;        /* of that page */

    int64_t stride;  /* between two links; 0: not known yet */
    bool sequential; /* the chain was irregular: nothing is asked for ahead any more */
    bool slowed;     /* pages were too large for the service once */
    struct kith_link_set followed;
    int64_t n_unique;
    int64_t farthest; /* largest $skip that was delivered */
    int n_stale;
};

/* --- fetch_microsoft.c --------------------------------------------------- */

/* The address of a path below the root; yours. */
char *kith_graph_address(const struct kith_fetch_microsoft *fetch, const char *path);
void kith_graph_set_link(char **link, const char *url); /* copied; NULL none */

/* The address that a chain of pages or changes begins with; yours. */
char *kith_graph_first_link(const struct kith_fetch_microsoft *fetch, const char *start, enum kith_graph_chain kind);

/* Every failure leaves through here: nothing stays under way, and the account has its name. Returns status. */
enum kith_status kith_graph_give_up(struct kith_fetch_microsoft *fetch, enum kith_status status,
                                    struct kith_error *err);
enum kith_status kith_graph_give_up_service(struct kith_fetch_microsoft *fetch, const char *request_id,
                                            struct kith_error *err, const char *message);

/* A token to ask with, if there was none yet. */
enum kith_status kith_graph_need_token(struct kith_fetch_microsoft *fetch, struct kith_error *err);

/* After a 401 to a request with this token. *ret_again: ask again; else the answer is final. */
enum kith_status kith_graph_after_refusal(struct kith_fetch_microsoft *fetch, uint64_t token_no, bool *ret_again,
                                          struct kith_error *err);

/* --- fetch_microsoft_slots.c --------------------------------------------- */

struct kith_graph_slot *kith_graph_slot_of(struct kith_fetch_microsoft *fetch, const char *url); /* NULL: none */
struct kith_graph_slot *kith_graph_slot_of_chain(struct kith_fetch_microsoft *fetch, uint64_t chain);
size_t kith_graph_slot_bytes(const struct kith_fetch_microsoft *fetch); /* what they hold or will */

/* One for this request, to be submitted; NULL: all are in use. The address is copied, other texts are borrowed. */
struct kith_graph_slot *kith_graph_slot_new(struct kith_fetch_microsoft *fetch,
                                            const struct kith_http_request *request);
/* Send its request, with the token of now; also once more, when its answer will not do. */
enum kith_status kith_graph_slot_submit(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot,
                                        struct kith_error *err);
/* Wait until the slot's answer is here; others may come before. */
enum kith_status kith_graph_slot_await(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot,
                                       struct kith_error *err);

/* Forget what was asked for: one slot, the pages of one chain, everything. */
void kith_graph_slot_free(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot);
void kith_graph_abandon_chain(struct kith_fetch_microsoft *fetch, uint64_t chain);
void kith_graph_abandon(struct kith_fetch_microsoft *fetch);

/* --- fetch_microsoft_follow.c -------------------------------------------- */

/* A link's page is asked for with another number of contacts from now on; false: the link does not say one. */
bool kith_graph_resize_next(struct kith_fetch_microsoft *fetch);
void kith_graph_become_sequential(struct kith_fetch_microsoft *fetch);
