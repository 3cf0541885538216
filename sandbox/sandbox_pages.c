/* SPDX-License-Identifier: MIT */
/*
 * sandbox_pages.c - the pages a person clicks: picker, consent, approval needed, errors.
 *
 * Before: sandbox_authorize.c knows which page comes next.
 * After:  the page's form brings the browser back to it.
 *
 * Black on white, square, plain forms: nobody shall take these for a real
 * provider's pages, and they work without script and with the keyboard alone.
 */
#include "sandbox/sandbox_identity.h"

#include "base/text.h"
#include "sandbox/sandbox_page.h"
#include "sandbox/sandbox_world.h"

static const char style[] =
    "*{box-sizing:border-box}"
    "body{margin:0;background:#fff;color:#111;font:17px/1.5 'DejaVu Sans',system-ui,sans-serif}"
    ".strip{background:#111;color:#fff;padding:12px 30px;display:flex;flex-wrap:wrap;gap:4px 24px;"
    "justify-content:space-between}"
    ".strip,.who{font-family:'DejaVu Sans Mono',ui-monospace,monospace;font-size:15px}"
    "main{max-width:750px;margin:42px auto;padding:38px 48px;border:2px solid #111}"
    "h1{font-size:28px;line-height:1.25;margin:14px 0 6px}"
    ".who{overflow-wrap:anywhere;margin:0}"
    "p{margin:6px 0}ul.ask+p.who{margin-top:14px}"
    "ul.ask{list-style:none;margin:22px 0 0;padding:0;border-bottom:1px solid #ccc}"
    "ul.ask li{border-top:1px solid #ccc;padding:14px 0}"
    "small,.hint{display:block;color:#444;font-size:16px}"
    ".box{display:flex;gap:18px;margin:24px 0}"
    ".box input{appearance:none;flex:none;width:26px;height:26px;margin:2px 0 0;border:2px solid #111;background:#fff}"
    ".box input:checked{background:#111;box-shadow:inset 0 0 0 4px #fff}"
    ".buttons{display:flex;flex-wrap:wrap;justify-content:flex-end;gap:14px;margin:24px 0}"
    "button,.button{font:inherit;font-weight:700;border:2px solid #111;background:#fff;color:#111;padding:14px 38px;"
    "cursor:pointer;text-decoration:none}"
    "button.main{background:#111;color:#fff}"
    "button:hover,.button:hover{text-decoration:underline}"
    ":focus-visible{outline:3px solid #111;outline-offset:3px}"
    ".people{list-style:none;margin:22px 0 0;padding:0;border-bottom:1px solid #ccc}"
    ".people li{border-top:1px solid #ccc}"
    ".people button{display:block;width:100%;text-align:left;border:0;padding:14px 8px}"
    ".people small{font-weight:400}"
    ".others{border-top:1px solid #ccc;padding-top:18px;color:#444;font-size:16px}"
    "a{color:#111}"
    "input[type=text]{font:inherit;width:100%;padding:12px;border:2px solid #111;text-transform:uppercase}"
    "@media(max-width:640px){main{margin:0;border:0;padding:24px 20px}.strip{padding:12px 20px}"
    ".buttons>*{flex:1 1 100%}}";

/* --- Pieces -------------------------------------------------------------------------- */

/* All appends may meet the page's ceiling, which only a mistake here could make too small. */
void sandbox_put(struct kith_buf *out, const char *markup)
{
    (void)kith_buf_add_text(out, markup);
}

void sandbox_put_escaped(struct kith_buf *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            sandbox_put(out, "&amp;");
            break;
        case '<':
            sandbox_put(out, "&lt;");
            break;
        case '>':
            sandbox_put(out, "&gt;");
            break;
        case '"':
            sandbox_put(out, "&quot;");
            break;
        case '\'':
            sandbox_put(out, "&#39;");
            break;
        default:
            (void)kith_buf_add_char(out, *text);
        }
    }
}

/* Markup with one text in it, at "$". */
void sandbox_put_with(struct kith_buf *out, const char *markup, const char *text)
{
    const char *at = strchr(markup, '$');

    (void)kith_buf_add(out, markup, (size_t)(at - markup));
    sandbox_put_escaped(out, text);
    sandbox_put(out, at + 1);
}

static void security_headers(struct sandbox_request *req, struct sandbox_answer *ans, const char *script_nonce)
{
    /* No form-action: browsers apply it to redirects too, and a consent ends in one to the program's own port. */
    const char *script = script_nonce ? sandbox_request_format(req, "; script-src 'nonce-%s'", script_nonce) : "";

    sandbox_answer_header(req, ans, "Content-Security-Policy",
                          sandbox_request_format(req,
                                                 "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                                                 "frame-ancestors 'none'%s",
                                                 script));
    sandbox_answer_header(req, ans, "Cache-Control", "no-store");
    sandbox_answer_header(req, ans, "X-Content-Type-Options", "nosniff");
    sandbox_answer_header(req, ans, "X-Frame-Options", "DENY");
    sandbox_answer_header(req, ans, "Referrer-Policy", "no-referrer");
}

struct kith_buf *sandbox_page_begin(struct sandbox_request *req, struct sandbox_answer *ans, int status,
                                    const char *title)
{
    struct kith_buf *out = &ans->body;

    sandbox_answer_clear(ans);
    ans->status = status;
    ans->content_type = SANDBOX_HTML;
    security_headers(req, ans, NULL);
    sandbox_put(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    sandbox_put_with(out, "<title>$ - kith-sandbox</title>", title);
    sandbox_put_with(out, "<style>$", "");
    sandbox_put(out, style);
    sandbox_put(out,
                "</style></head><body>"
                "<header class=\"strip\"><span>kith-sandbox: a rehearsal. Invented accounts, no real sign-in.</span>"
                "<span>127.0.0.1</span></header><main>");
    return out;
}

void sandbox_page_finish(struct kith_buf *out)
{
    sandbox_put(out, "</main></body></html>\n");
}

void sandbox_put_form(struct kith_buf *out, const char *action, const char *flow_id)
{
    sandbox_put_with(out, "<form method=\"post\" action=\"$\">", action);
    sandbox_put_with(out, "<input type=\"hidden\" name=\"flow\" value=\"$\">", flow_id);
}

static void put_identity(struct kith_buf *out, size_t who)
{
    const struct sandbox_person *person = &sandbox_people[who];
    const struct sandbox_tenant *tenant = &sandbox_tenants[person->tenant];

    sandbox_put_with(out, "<p class=\"who\">$", person->address);
    if (person->admin)
        sandbox_put_with(out, ", administrator of $", tenant->domain);
    else if (tenant->consumers)
        sandbox_put(out, ", personal account");
    sandbox_put(out, "</p>");
}

static void put_others(struct kith_buf *out, size_t except, const char *flow_id)
{
    bool first = true;

    sandbox_put(out, "<p class=\"others\">Other people to rehearse with: ");
    for (size_t i = 0; i < sandbox_n_people; i++) {
        if (i == except || !sandbox_people[i].nickname || sandbox_person_provider(i) != SANDBOX_MICROSOFT)
            continue;
        sandbox_put(out, first ? "" : ", ");
        first = false;
        sandbox_put_with(out, "<a href=\"/common/login?flow=$", flow_id);
        sandbox_put_with(out, "&amp;person=$\">", sandbox_people[i].address);
        sandbox_put_escaped(out, sandbox_people[i].nickname);
        sandbox_put(out, "</a>");
    }
    sandbox_put(out, "</p>");
}

/* --- Pages --------------------------------------------------------------------------------- */

static bool is_offered(const struct sandbox_flow *flow, size_t who)
{
    const struct sandbox_person *person = &sandbox_people[who];

    if (sandbox_person_provider(who) != SANDBOX_MICROSOFT)
        return false;
    if (flow->kind != SANDBOX_FLOW_ADMIN)
        return person->nickname != NULL;
    return person->admin && sandbox_tenant_word_admits(flow->tenant, who);
}

static const char *kind_of_person(const struct sandbox_person *person)
{
    const struct sandbox_tenant *tenant = &sandbox_tenants[person->tenant];

    if (person->admin)
        return "administrator";
    if (tenant->consumers)
        return "personal account";
    if (!tenant->users_may_consent)
        return "may not allow programs";
    return person->mailbox ? "may allow programs" : "has no mailbox";
}

void sandbox_page_picker(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                         struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, "Choose an account");

    sandbox_put(out, "<h1>Choose an account</h1>");
    sandbox_put_with(out, "<p>to go on to <strong>$</strong></p>", flow->app->name);
    sandbox_put_form(out, "/common/login", flow_id);
    sandbox_put(out, "<ul class=\"people\">");
    for (size_t i = 0; i < sandbox_n_people; i++) {
        const struct sandbox_person *person = &sandbox_people[i];
        if (!is_offered(flow, i))
            continue;
        sandbox_put_with(out, "<li><button name=\"person\" value=\"$\">", person->address);
        sandbox_put_escaped(out, person->name);
        sandbox_put_with(out, "<small class=\"who\">$</small>", person->address);
        sandbox_put_with(out, "<small>$</small></button></li>", kind_of_person(person));
    }
    sandbox_put(out, "</ul><p class=\"buttons\"><button name=\"action\" value=\"cancel\">Cancel</button></p></form>");
    sandbox_page_finish(out);
}

static void put_permissions(struct kith_buf *out, unsigned scopes)
{
    sandbox_put(out, "<ul class=\"ask\">");
    for (size_t i = 0; i < sandbox_n_scopes; i++) {
        const struct sandbox_scope_rule *rule = &sandbox_scopes[i];
        if (!rule->title || !(scopes & rule->bit))
            continue;
        sandbox_put_with(out, "<li><strong>$</strong>", rule->title);
        sandbox_put_with(out, "<small>$", rule->name);
        if (rule->bit == SANDBOX_SCOPE_OPENID && (scopes & SANDBOX_SCOPE_PROFILE))
            sandbox_put(out, ", profile");
        if (rule->bit == SANDBOX_SCOPE_OPENID && (scopes & SANDBOX_SCOPE_EMAIL))
            sandbox_put(out, ", email");
        sandbox_put(out, "</small></li>");
    }
    sandbox_put(out, "</ul>");
}

void sandbox_page_consent(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                          struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, "Permissions requested");
    const char *domain = sandbox_tenants[sandbox_people[flow->person].tenant].domain;

    put_identity(out, flow->person);
    sandbox_put(out, flow->kind == SANDBOX_FLOW_ADMIN ? "<h1>Permissions requested for your organization</h1>"
                                                      : "<h1>Permissions requested</h1>");
    sandbox_put_with(out, "<p><strong>$</strong> (publisher not verified) asks to:</p>", flow->app->name);
    sandbox_put_form(out, "/common/consent", flow_id);
    /* What Enter in the box presses is the first button of a form, and that must not be Cancel. */
    sandbox_put(out, "<button name=\"action\" value=\"accept\" tabindex=\"-1\" hidden>Accept</button>");
    put_permissions(out, flow->scopes);
    if (flow->kind == SANDBOX_FLOW_ADMIN) {
        sandbox_put_with(out, "<p class=\"hint\">Everybody at $ can then use ", domain);
        sandbox_put_with(out, "$ without being asked.</p>", flow->app->name);
    } else if (sandbox_people[flow->person].admin) {
        sandbox_put(
            out, "<div class=\"box\"><input type=\"checkbox\" id=\"organization\" name=\"organization\" value=\"on\" "
                 "aria-describedby=\"organization-hint\"><div><label for=\"organization\"><strong>Consent on behalf "
                 "of your organization</strong></label>");
        sandbox_put_with(out, "<span class=\"hint\" id=\"organization-hint\">Everybody at $ can then use ", domain);
        sandbox_put_with(out, "$ without being asked.</span></div></div>", flow->app->name);
    }
    sandbox_put(out, "<p class=\"buttons\"><button name=\"action\" value=\"cancel\">Cancel</button>"
                     "<button class=\"main\" name=\"action\" value=\"accept\">Accept</button></p></form>");
    if (flow->kind != SANDBOX_FLOW_ADMIN)
        put_others(out, flow->person, flow_id);
    sandbox_page_finish(out);
}

void sandbox_page_approval(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                           struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, "Need admin approval");
    const struct sandbox_tenant *tenant = &sandbox_tenants[sandbox_people[flow->person].tenant];

    put_identity(out, flow->person);
    sandbox_put(out, "<h1>Need admin approval</h1>");
    sandbox_put_with(out, "<p><strong>$</strong> (publisher not verified) asks for permissions. ", flow->app->name);
    sandbox_put_with(out, "Only an administrator of $ may allow this.</p>", tenant->domain);
    put_permissions(out, flow->scopes);
    sandbox_put_with(out, "<p class=\"who\">AADSTS$</p>", tenant->users_may_consent ? "90094" : "90093");
    sandbox_put_form(out, "/common/consent", flow_id);
    sandbox_put(
        out, "<p class=\"buttons\"><button name=\"action\" value=\"back\">Back without agreeing</button></p></form>");
    put_others(out, flow->person, flow_id);
    sandbox_page_finish(out);
}

void sandbox_page_error(struct sandbox_request *req, int status, int number, const char *words, const char *flow_id,
                        struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, status, "This cannot go on");

    sandbox_put(out, "<h1>This cannot go on</h1>");
    sandbox_put(out, "<p>");
    if (number)
        sandbox_put_with(out, "AADSTS$: ", sandbox_request_format(req, "%d", number));
    sandbox_put_escaped(out, words);
    sandbox_put(out, "</p>");
    sandbox_put_with(out, "<p class=\"who\">Request Id: $</p>", req->request_id);
    if (flow_id)
        sandbox_put_with(out,
                         "<p class=\"buttons\"><a class=\"button\" href=\"/common/login?flow=$\">Choose another account"
                         "</a></p>",
                         flow_id);
    sandbox_page_finish(out);
}

void sandbox_page_message(struct sandbox_request *req, const char *title, const char *words, struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, title);

    sandbox_put_with(out, "<h1>$</h1>", title);
    sandbox_put_with(out, "<p>$</p>", words);
    sandbox_page_finish(out);
}

void sandbox_page_device(struct sandbox_request *req, const char *problem, struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, "Enter code");

    sandbox_put(out, "<h1>Enter code</h1><form method=\"post\" action=\"/devicelogin\">"
                     "<p><label for=\"code\">Type the code that the program shows</label></p>");
    if (problem)
        sandbox_put_with(out, "<p role=\"alert\"><strong>$</strong></p>", problem);
    sandbox_put(
        out, "<input type=\"text\" id=\"code\" name=\"code\" autocomplete=\"off\" autofocus maxlength=\"16\" required>"
             "<p class=\"buttons\"><button class=\"main\">Next</button></p></form>");
    sandbox_page_finish(out);
}

void sandbox_page_form_post(struct sandbox_request *req, const char *action, const char *const *pairs,
                            struct sandbox_answer *ans)
{
    struct kith_buf *out = sandbox_page_begin(req, ans, 200, "Going back to the program");
    char nonce[33];

    sandbox_random_hex(nonce, 32);
    ans->n_headers = 0;
    security_headers(req, ans, nonce);
    sandbox_put_with(out, "<h1>Going back to the program</h1><form method=\"post\" action=\"$\">", action);
    for (; *pairs; pairs += 2) {
        sandbox_put_with(out, "<input type=\"hidden\" name=\"$\"", pairs[0]);
        sandbox_put_with(out, " value=\"$\">", pairs[1]);
    }
    sandbox_put(out, "<p class=\"buttons\"><button class=\"main\">Continue</button></p></form>");
    sandbox_put_with(out, "<script nonce=\"$\">document.forms[0].submit()</script>", nonce);
    sandbox_page_finish(out);
}
