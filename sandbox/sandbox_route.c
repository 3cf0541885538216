/* SPDX-License-Identifier: MIT */
/*
 * sandbox_route.c - which part of the sandbox a path belongs to.
 *
 * Before: sandbox_server.c has the whole request.
 * After:  the part fills in the answer.
 *
 * Everything shares one address here; the paths do not meet.
 */
#include "base/cleanup.h"
#include "base/text.h"
#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_world.h"

bool sandbox_is_control_path(const struct sandbox_request *req)
{
    return strcmp(sandbox_request_segment(req, 0), "sandbox") == 0;
}

bool sandbox_is_graph_path(const struct sandbox_request *req)
{
    const char *first = sandbox_request_segment(req, 0);

    return kith_text_equal_ci(first, "v1.0") || kith_text_equal_ci(first, "beta") || kith_text_equal_ci(first, "oidc");
}

bool sandbox_is_people_path(const struct sandbox_request *req)
{
    return strcmp(sandbox_request_segment(req, 0), "v1") == 0 &&
           strcmp(sandbox_request_segment(req, 1), "userinfo") != 0;
}

bool sandbox_is_google_path(const struct sandbox_request *req)
{
    static const char *const firsts[] = {"v1",     "o",         "signin", "token",      "revoke",    "device",
                                         "oauth2", "tokeninfo", "cm",     "$discovery", "discovery", ".well-known"};
    const char *first = sandbox_request_segment(req, 0);

    for (size_t i = 0; i < KITH_COUNT_OF(firsts); i++)
        if (strcmp(firsts[i], first) == 0)
            return true;
    return false;
}

void sandbox_route(struct sandbox_request *req, struct sandbox_answer *ans)
{
    if (sandbox_is_control_path(req))
        sandbox_control(req, ans);
    else if (sandbox_is_graph_path(req))
        sandbox_graph(req, ans);
    else if (sandbox_is_google_path(req))
        sandbox_google(req, ans);
    else
        sandbox_identity(req, ans);
}
