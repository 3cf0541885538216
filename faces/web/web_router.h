/* SPDX-License-Identifier: MIT */
/* web_router.h - which handler answers which request. */
#pragma once

#include "web_exchange.h"

struct kith_web;

/*
 * Answer one request; answer is initialised. Any thread, any number at a time. May wait as long as
 * the engine does.
 */
void kith_web_handle(struct kith_web *web, struct kith_web_request *request, struct kith_web_answer *answer);
