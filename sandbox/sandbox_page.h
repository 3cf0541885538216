/* SPDX-License-Identifier: MIT */
/*
 * sandbox_page.h - what every page that a person clicks is put together from.
 *
 * Black on white, square, no script, nothing from elsewhere. What a page shows may have come in with a request, so
 * markup and text never go the same way.
 */
#pragma once

#include "base/buf.h"

struct sandbox_answer;
struct sandbox_request;

/* A new page with its head, the strip and the beginning of its frame; returns where the rest goes. */
struct kith_buf *sandbox_page_begin(struct sandbox_request *req, struct sandbox_answer *ans, int status,
                                    const char *title);
void sandbox_page_finish(struct kith_buf *out);

void sandbox_put(struct kith_buf *out, const char *markup);
void sandbox_put_escaped(struct kith_buf *out, const char *text);
/* Markup with one text in it, at "$". */
void sandbox_put_with(struct kith_buf *out, const char *markup, const char *text);
/* A form that carries the flow's id. */
void sandbox_put_form(struct kith_buf *out, const char *action, const char *flow_id);
