/* SPDX-License-Identifier: MIT */
/*
 * http_gate.c - http.h for libkith: hands each call on to the module with libcurl in it.
 *
 * Before: signin/ and fetch/ ask for something.
 * After:  http.c, in kith-http.so, which the first client brings in.
 *
 * Where it cannot be had a client is NULL, and each request of it says why.
 */
#include "http/http_module.h"

static struct kith_module module = KITH_MODULE("kith-http.so", kith_http_functions);

static const struct kith_http_functions *load(struct kith_error *err)
{
    return kith_module_load(&module, err);
}

struct kith_http *kith_http_new(const struct kith_http_config *config)
{
    const struct kith_http_functions *functions = load(NULL);

    return functions ? functions->new (config) : NULL;
}

void kith_http_free(struct kith_http *http)
{
    if (http)
        load(NULL)->free(http); /* whoever has a client has the module */
}

void kith_http_on_wait(struct kith_http *http, kith_http_wait_fn fn, void *ctx)
{
    if (http)
        load(NULL)->on_wait(http, fn, ctx);
}

enum kith_status kith_http_submit(struct kith_http *http, const struct kith_http_request *request,
                                  struct kith_error *err)
{
    const struct kith_http_functions *functions = load(err);

    return functions ? functions->submit(http, request, err) : KITH_E_INTERNAL;
}

enum kith_status kith_http_wait(struct kith_http *http, const struct kith_cancel *cancel,
                                struct kith_http_response *ret, struct kith_error *err)
{
    const struct kith_http_functions *functions = load(err);

    return functions ? functions->wait(http, cancel, ret, err) : KITH_E_INTERNAL;
}

enum kith_status kith_http_perform(struct kith_http *http, const struct kith_http_request *request,
                                   const struct kith_cancel *cancel, struct kith_http_response *ret,
                                   struct kith_error *err)
{
    const struct kith_http_functions *functions = load(err);

    return functions ? functions->perform(http, request, cancel, ret, err) : KITH_E_INTERNAL;
}

size_t kith_http_queued(const struct kith_http *http)
{
    return http ? load(NULL)->queued(http) : 0;
}

void kith_http_drop(struct kith_http *http)
{
    if (http)
        load(NULL)->drop(http);
}

void kith_http_forget(struct kith_http *http, uint64_t tag)
{
    if (http)
        load(NULL)->forget(http, tag);
}

int64_t kith_http_requests(const struct kith_http *http)
{
    return http ? load(NULL)->requests(http) : 0;
}
