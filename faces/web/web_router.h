/* SPDX-License-Identifier: MIT */
/* web_router.h - which handler answers which request. */
#pragma once

#include "web_exchange.h"

struct kith_web;

/*
 * The header fields of a request are here, its body is not. Where it may bring a file, request->intake becomes the
 * place for it: yours to kith_web_intake_close(), after kith_web_handle(). false: the request is refused by what answer
 * says, and its body is not worth reading. Every other request: true.
 */
bool kith_web_begin(struct kith_web *web, struct kith_web_request *request, struct kith_web_answer *answer);

/*
 * Answer one request; answer is initialised. Any thread, any number at a time. May wait as long as
 * the engine does.
 */
void kith_web_handle(struct kith_web *web, struct kith_web_request *request, struct kith_web_answer *answer);
