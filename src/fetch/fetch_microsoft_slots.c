/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft_slots.c - what was asked of Graph, and answers that wait until they are wanted.
 *
 * Before: the other files of fetch_microsoft want an address, now or soon.
 * After:  http/ sends up to four requests at a time, and their answers lie here, each under its address.
 */
#include "fetch/fetch_microsoft_inside.h"

#include <string.h>

#include "base/alloc.h"

struct kith_graph_slot *kith_graph_slot_of(struct kith_fetch_microsoft *fetch, const char *url)
{
    for (size_t i = 0; i < KITH_GRAPH_SLOTS; i++) {
        if (fetch->slots[i].state != KITH_GRAPH_FREE && strcmp(fetch->slots[i].url, url) == 0)
            return &fetch->slots[i];
    }
    return NULL;
}

struct kith_graph_slot *kith_graph_slot_of_chain(struct kith_fetch_microsoft *fetch, uint64_t chain)
{
    for (size_t i = 0; i < KITH_GRAPH_SLOTS; i++) {
        if (fetch->slots[i].state != KITH_GRAPH_FREE && fetch->slots[i].chain == chain)
            return &fetch->slots[i];
    }
    return NULL;
}

size_t kith_graph_slot_bytes(const struct kith_fetch_microsoft *fetch)
{
    size_t n = 0;

    for (size_t i = 0; i < KITH_GRAPH_SLOTS; i++) {
        const struct kith_graph_slot *slot = &fetch->slots[i];
        if (slot->state != KITH_GRAPH_FREE)
            n += slot->state == KITH_GRAPH_HERE ? slot->response.body.len : slot->expected_bytes;
    }
    return n;
}

struct kith_graph_slot *kith_graph_slot_new(struct kith_fetch_microsoft *fetch, const struct kith_http_request *request)
{
    for (size_t i = 0; i < KITH_GRAPH_SLOTS; i++) {
        struct kith_graph_slot *slot = &fetch->slots[i];
        if (slot->state != KITH_GRAPH_FREE)
            continue;
        slot->url = kith_xstrdup(request->url);
        slot->request = *request;
        slot->request.url = slot->url;
        slot->request.tag = i;
        slot->state = KITH_GRAPH_ASKED;
        return slot;
    }
    return NULL;
}

enum kith_status kith_graph_slot_submit(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot,
                                        struct kith_error *err)
{
    slot->request.bearer = kith_buf_text(&fetch->token);
    kith_http_response_done(&slot->response);
    slot->state = KITH_GRAPH_ASKED;
    slot->token_no = fetch->token_no;
    return kith_http_submit(fetch->http, &slot->request, err);
}

enum kith_status kith_graph_slot_await(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot,
                                       struct kith_error *err)
{
    while (slot->state == KITH_GRAPH_ASKED) {
        struct kith_http_response response;
        enum kith_status st = kith_http_wait(fetch->http, fetch->options.cancel, &response, err);
        if (st != KITH_OK)
            return st;
        fetch->slots[response.tag].response = response;
        fetch->slots[response.tag].state = KITH_GRAPH_HERE;
    }
    return KITH_OK;
}

void kith_graph_slot_free(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot)
{
    if (slot->state == KITH_GRAPH_ASKED)
        kith_http_forget(fetch->http, (uint64_t)(slot - fetch->slots));
    kith_http_response_done(&slot->response);
    free(slot->url);
    *slot = (struct kith_graph_slot){.state = KITH_GRAPH_FREE};
}

void kith_graph_abandon_chain(struct kith_fetch_microsoft *fetch, uint64_t chain)
{
    for (size_t i = 0; i < KITH_GRAPH_SLOTS; i++) {
        if (fetch->slots[i].chain == chain)
            kith_graph_slot_free(fetch, &fetch->slots[i]);
    }
}

void kith_graph_abandon(struct kith_fetch_microsoft *fetch)
{
    kith_http_drop(fetch->http);
    for (size_t i = 0; i < KITH_GRAPH_SLOTS; i++)
        kith_graph_slot_free(fetch, &fetch->slots[i]);
}
