/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_pages.c - the pages of a sign-in with Google: picker, consent with its boxes, errors that stay here.
 *
 * Before: sandbox_google_signin.c knows which page comes next.
 * After:  the page's form brings the browser back to it; an error brings it nowhere, and the program hears nothing.
 */
#include "base/text.h"
#include "sandbox/sandbox_google_signin.h"
#include "sandbox/sandbox_page.h"

static const char *kind_of_person(const struct sandbox_person *person)
{
    switch (person->obstacle) {
    case SANDBOX_OBSTACLE_POLICY:
        return "the administrator blocks the program";
    case SANDBOX_OBSTACLE_NO_SERVICE:
        return "the administrator has turned contacts off";
    case SANDBOX_OBSTACLE_NO_TESTER:
        return "may not try a program that is being tested";
    case SANDBOX_OBSTACLE_NONE:
        break;
    }
    return sandbox_tenants[person->tenant].consumers ? "personal account" : "account of an organization";
}

void sandbox_google_page_picker(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                                struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, "Choose an account");

    sandbox_put(out, "<h1>Choose an account</h1>");
    sandbox_put_with(out, "<p>to go on to <strong>$</strong></p>", flow->app->name);
    sandbox_put_form(out, "/signin/choose", flow_id);
    sandbox_put(out, "<ul class=\"people\">");
    for (size_t i = 0; i < sandbox_n_people; i++) {
        const struct sandbox_person *person = &sandbox_people[i];
        if (sandbox_person_provider(i) != SANDBOX_GOOGLE)
            continue;
        sandbox_put_with(out, "<li><button name=\"person\" value=\"$\">", person->address);
        sandbox_put_escaped(out, person->name);
        sandbox_put_with(out, "<small class=\"who\">$</small>", person->address);
        sandbox_put_with(out, "<small>$</small></button></li>", kind_of_person(person));
    }
    sandbox_put(out, "</ul><p class=\"buttons\"><button name=\"action\" value=\"cancel\">Cancel</button></p></form>");
    sandbox_page_finish(out);
}

/* "contacts.readonly" of the full name: short enough for a form. */
static const char *short_name(const struct sandbox_google_scope_rule *rule)
{
    const char *slash = strrchr(rule->name, '/');

    return slash ? slash + 1 : rule->name;
}

static void put_box(struct kith_buf *out, const struct sandbox_google_scope_rule *rule, bool with_box)
{
    if (!with_box) {
        sandbox_put_with(out, "<ul class=\"ask\"><li><strong>$</strong>", rule->title);
        sandbox_put_with(out, "<small>$</small></li></ul>", short_name(rule));
        return;
    }
    sandbox_put_with(out, "<div class=\"box\"><input type=\"checkbox\" id=\"$\"", short_name(rule));
    sandbox_put_with(out, " name=\"$\" value=\"on\" aria-describedby=\"", short_name(rule));
    sandbox_put_with(out, "$-name\"><div><label for=\"", short_name(rule));
    sandbox_put_with(out, "$\"><strong>", short_name(rule));
    sandbox_put_escaped(out, rule->title);
    sandbox_put_with(out, "</strong></label><span class=\"hint\" id=\"$-name\">", short_name(rule));
    sandbox_put_escaped(out, short_name(rule));
    sandbox_put(out, "</span></div></div>");
}

static void put_sign_in(struct kith_buf *out, unsigned scopes)
{
    if (!(scopes & SANDBOX_GOOGLE_SIGN_IN))
        return;
    sandbox_put(out, "<ul class=\"ask\"><li><strong>See who you are</strong><small>");
    sandbox_put(out, scopes & SANDBOX_GOOGLE_OPENID ? "openid " : "");
    sandbox_put(out, scopes & SANDBOX_GOOGLE_EMAIL ? "email " : "");
    sandbox_put(out, scopes & SANDBOX_GOOGLE_PROFILE ? "profile" : "");
    sandbox_put(out, "</small></li></ul>");
}

void sandbox_google_page_consent(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                                 struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, "Permissions requested");
    unsigned boxes = sandbox_google_boxes(flow);

    sandbox_put_with(out, "<p class=\"who\">$</p><h1>Permissions requested</h1>", sandbox_people[flow->person].address);
    sandbox_put_with(out, "<p><strong>$</strong> (not verified) asks to:</p>", flow->app->name);
    sandbox_put_form(out, "/signin/consent", flow_id);
    /* What Enter in a box presses is the first button of a form, and that must not be Cancel. */
    sandbox_put(out, "<button name=\"action\" value=\"continue\" tabindex=\"-1\" hidden>Continue</button>");
    put_sign_in(out, flow->scopes);
    if (boxes)
        sandbox_put(out, "<p class=\"hint\">Tick what you want to allow. What stays unticked is not given.</p>");
    for (size_t i = 0; i < sandbox_google_n_scopes; i++)
        if ((flow->scopes & sandbox_google_scopes[i].bit) && sandbox_google_scopes[i].title)
            put_box(out, &sandbox_google_scopes[i], boxes != 0);
    sandbox_put(out, "<p class=\"buttons\"><button name=\"action\" value=\"cancel\">Cancel</button>"
                     "<button class=\"main\" name=\"action\" value=\"continue\">Continue</button></p></form>");
    sandbox_page_finish(out);
}

void sandbox_google_page_error(struct sandbox_request *req, int status, const char *error, const char *words,
                               const char *flow_id, struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, status, "Access blocked");

    sandbox_put_with(out, "<h1>Access blocked</h1><p>$</p>", words);
    sandbox_put_with(out, "<p class=\"who\">Error $", sandbox_request_format(req, "%d", status));
    sandbox_put_with(out, ": $</p>", error);
    if (flow_id)
        sandbox_put_with(out,
                         "<p class=\"buttons\"><a class=\"button\" href=\"/signin/choose?flow=$\">Choose another "
                         "account</a></p>",
                         flow_id);
    sandbox_page_finish(out);
}
