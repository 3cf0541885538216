/* SPDX-License-Identifier: MIT */
/*
 * web_files.c - the page itself, the way in, and the tab that comes back from a provider.
 *
 * Before: a browser follows the start link, or a provider's redirect.
 * After:  the page's own script asks /api/ for everything else.
 *
 * Nothing here is personal, so nothing here needs the cookie.
 */
#include <microhttpd.h> /* only for the names of status codes */

#include "base/alloc.h"
#include "base/text.h"
#include "web_api.h"
#include "web_input.h"
#include "web_page.h"

enum { TAB_BYTES = 8192 }; /* what kith_signin_tab_html() asks for at least */

static const struct kith_web_page_file *find_file(const char *name)
{
    for (size_t i = 0; i < kith_web_n_page_files; i++)
        if (strcmp(kith_web_page_files[i].name, name) == 0)
            return &kith_web_page_files[i];
    return NULL;
}

static void answer_file(const struct kith_web_request *request, const struct kith_web_page_file *file, int status,
                        struct kith_web_answer *answer)
{
    if (status == MHD_HTTP_OK && kith_web_answer_kept(request, file->etag, answer))
        return;
    answer->status = status;
    answer->type = file->type;
    answer->bytes = (const char *)file->bytes;
    answer->n_bytes = file->len;
}

/* The page cannot be missing: it is built in, and a test asks for it. */
static void answer_page(const struct kith_web_request *request, int status, struct kith_web_answer *answer)
{
    const struct kith_web_page_file *page = find_file("index.html");

    if (page)
        answer_file(request, page, status, answer);
    else
        kith_web_answer_refuse(answer, KITH_WEB_REFUSED_NO_PATH);
}

/* What the tab says to an answer that belongs to no sign-in here: nothing about any sign-in. */
static const char no_such_signin[] =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>kith</title>"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" "
    "content=\"light dark\">"
    "</head><body><h1>Nothing waits for this answer</h1>"
    "<p>You can close this tab. To sign in, start from kith’s own page.</p></body></html>";

static void answer_tab(struct kith_web *web, const struct kith_web_request *request, const char *state,
                       struct kith_web_answer *answer)
{
    enum kith_tab tab = kith_web_signin_answer(web->jobs, state, request->target);
    char settings[64];

    answer->type = "text/html; charset=utf-8";
    answer->own_page = true;
    if (tab == KITH_TAB_NOT_OURS) {
        answer->status = MHD_HTTP_BAD_REQUEST;
        answer->bytes = no_such_signin;
        answer->n_bytes = sizeof(no_such_signin) - 1;
        return;
    }
    char *html = kith_buf_reserve(&answer->text, TAB_BYTES);
    kith_web_address(&web->security, "/#/settings", settings, sizeof(settings));
    answer->status = MHD_HTTP_OK;
    if (html)
        answer->text.len += kith_signin_tab_html(tab, tab == KITH_TAB_DONE ? NULL : settings, html, TAB_BYTES);
}

KITH_WEB_HANDLER(kith_web_get_root)
{
    KITH_AUTO_DONE(kith_buf) state;
    bool given = false;

    kith_buf_init(&state, KITH_WEB_TARGET_BYTES);
    /* What cannot be read as one state is an answer that belongs to no sign-in. */
    if (kith_web_query_text(request, "state", KITH_WEB_TARGET_BYTES, &state, &given, NULL) != KITH_OK) {
        kith_buf_clear(&state);
        given = true;
    }
    if (!given) {
        answer_page(request, MHD_HTTP_OK, answer);
    } else if (strcmp(request->method, "GET") == 0) {
        answer_tab(web, request, kith_buf_text(&state), answer);
    } else { /* a HEAD must not use up the one answer of a sign-in */
        (void)kith_text_copy(answer->allow, sizeof(answer->allow), "GET");
        kith_web_answer_refuse(answer, KITH_WEB_REFUSED_METHOD);
    }
    return KITH_OK;
}

/* A used link that is opened again by the same browser leads to the page it already opened. */
KITH_WEB_HANDLER(kith_web_get_start)
{
    KITH_AUTO_DONE(kith_buf) key;

    kith_buf_init(&key, KITH_WEB_TARGET_BYTES);
    if (kith_web_query_text(request, "key", 128, &key, NULL, NULL) == KITH_OK &&
        kith_web_take_start_key(&web->security, kith_buf_text(&key)))
        (void)kith_text_format(answer->set_cookie, sizeof(answer->set_cookie),
                               "%s=%s; Path=/; HttpOnly; SameSite=Strict", web->security.cookie_name,
                               web->security.cookie);
    if (answer->set_cookie[0] == '\0' && !request->trusted) {
        answer_page(request, MHD_HTTP_UNAUTHORIZED, answer);
        return KITH_OK;
    }
    answer->status = MHD_HTTP_FOUND;
    answer->location = "/";
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_get_file)
{
    const struct kith_web_page_file *file = find_file(request->arg);

    /* The page has one address, "/": a second one would be a second place in the browser's history. */
    if (file && strcmp(file->name, "index.html") != 0)
        answer_file(request, file, MHD_HTTP_OK, answer);
    else
        kith_web_answer_refuse(answer, KITH_WEB_REFUSED_NO_PATH);
    return KITH_OK;
}
