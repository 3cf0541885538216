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
static void put(struct kith_buf *out, const char *markup)
{
    (void)kith_buf_add_text(out, markup);
}

static void put_escaped(struct kith_buf *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            put(out, "&amp;");
            break;
        case '<':
            put(out, "&lt;");
            break;
        case '>':
            put(out, "&gt;");
            break;
        case '"':
            put(out, "&quot;");
            break;
        case '\'':
            put(out, "&#39;");
            break;
        default:
            (void)kith_buf_add_char(out, *text);
        }
    }
}

/* Markup with one text in it, at "$". */
static void put_with(struct kith_buf *out, const char *markup, const char *text)
{
    const char *at = strchr(markup, '$');

    (void)kith_buf_add(out, markup, (size_t)(at - markup));
    put_escaped(out, text);
    put(out, at + 1);
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

static struct kith_buf *begin(struct sandbox_request *req, struct sandbox_answer *ans, int status, const char *title)
{
    struct kith_buf *out = &ans->body;

    sandbox_answer_clear(ans);
    ans->status = status;
    ans->content_type = SANDBOX_HTML;
    security_headers(req, ans, NULL);
    put(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    put_with(out, "<title>$ - kith-sandbox</title>", title);
    put_with(out, "<style>$", "");
    put(out, style);
    put(out, "</style></head><body>"
             "<header class=\"strip\"><span>kith-sandbox: a rehearsal. Invented accounts, no real sign-in.</span>"
             "<span>127.0.0.1</span></header><main>");
    return out;
}

static void finish(struct kith_buf *out)
{
    put(out, "</main></body></html>\n");
}

static void put_form(struct kith_buf *out, const char *action, const char *flow_id)
{
    put_with(out, "<form method=\"post\" action=\"$\">", action);
    put_with(out, "<input type=\"hidden\" name=\"flow\" value=\"$\">", flow_id);
}

static void put_identity(struct kith_buf *out, size_t who)
{
    const struct sandbox_person *person = &sandbox_people[who];
    const struct sandbox_tenant *tenant = &sandbox_tenants[person->tenant];

    put_with(out, "<p class=\"who\">$", person->address);
    if (person->admin)
        put_with(out, ", administrator of $", tenant->domain);
    else if (tenant->consumers)
        put(out, ", personal account");
    put(out, "</p>");
}

static void put_others(struct kith_buf *out, size_t except, const char *flow_id)
{
    bool first = true;

    put(out, "<p class=\"others\">Other people to rehearse with: ");
    for (size_t i = 0; i < sandbox_n_people; i++) {
        if (i == except || !sandbox_people[i].nickname)
            continue;
        put(out, first ? "" : ", ");
        first = false;
        put_with(out, "<a href=\"/common/login?flow=$", flow_id);
        put_with(out, "&amp;person=$\">", sandbox_people[i].address);
        put_escaped(out, sandbox_people[i].nickname);
        put(out, "</a>");
    }
    put(out, "</p>");
}

/* --- Pages --------------------------------------------------------------------------------- */

static bool is_offered(const struct sandbox_flow *flow, size_t who)
{
    const struct sandbox_person *person = &sandbox_people[who];

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
    struct kith_buf *out = begin(req, ans, 200, "Choose an account");

    put(out, "<h1>Choose an account</h1>");
    put_with(out, "<p>to go on to <strong>$</strong></p>", flow->app->name);
    put_form(out, "/common/login", flow_id);
    put(out, "<ul class=\"people\">");
    for (size_t i = 0; i < sandbox_n_people; i++) {
        const struct sandbox_person *person = &sandbox_people[i];
        if (!is_offered(flow, i))
            continue;
        put_with(out, "<li><button name=\"person\" value=\"$\">", person->address);
        put_escaped(out, person->name);
        put_with(out, "<small class=\"who\">$</small>", person->address);
        put_with(out, "<small>$</small></button></li>", kind_of_person(person));
    }
    put(out, "</ul><p class=\"buttons\"><button name=\"action\" value=\"cancel\">Cancel</button></p></form>");
    finish(out);
}

static void put_permissions(struct kith_buf *out, unsigned scopes)
{
    put(out, "<ul class=\"ask\">");
    for (size_t i = 0; i < sandbox_n_scopes; i++) {
        const struct sandbox_scope_rule *rule = &sandbox_scopes[i];
        if (!rule->title || !(scopes & rule->bit))
            continue;
        put_with(out, "<li><strong>$</strong>", rule->title);
        put_with(out, "<small>$", rule->name);
        if (rule->bit == SANDBOX_SCOPE_OPENID && (scopes & SANDBOX_SCOPE_PROFILE))
            put(out, ", profile");
        if (rule->bit == SANDBOX_SCOPE_OPENID && (scopes & SANDBOX_SCOPE_EMAIL))
            put(out, ", email");
        put(out, "</small></li>");
    }
    put(out, "</ul>");
}

void sandbox_page_consent(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                          struct sandbox_answer *ans)
{
    struct kith_buf *out = begin(req, ans, 200, "Permissions requested");
    const char *domain = sandbox_tenants[sandbox_people[flow->person].tenant].domain;

    put_identity(out, flow->person);
    put(out, flow->kind == SANDBOX_FLOW_ADMIN ? "<h1>Permissions requested for your organization</h1>"
                                              : "<h1>Permissions requested</h1>");
    put_with(out, "<p><strong>$</strong> (publisher not verified) asks to:</p>", flow->app->name);
    put_form(out, "/common/consent", flow_id);
    /* What Enter in the box presses is the first button of a form, and that must not be Cancel. */
    put(out, "<button name=\"action\" value=\"accept\" tabindex=\"-1\" hidden>Accept</button>");
    put_permissions(out, flow->scopes);
    if (flow->kind == SANDBOX_FLOW_ADMIN) {
        put_with(out, "<p class=\"hint\">Everybody at $ can then use ", domain);
        put_with(out, "$ without being asked.</p>", flow->app->name);
    } else if (sandbox_people[flow->person].admin) {
        put(out, "<div class=\"box\"><input type=\"checkbox\" id=\"organization\" name=\"organization\" value=\"on\" "
                 "aria-describedby=\"organization-hint\"><div><label for=\"organization\"><strong>Consent on behalf "
                 "of your organization</strong></label>");
        put_with(out, "<span class=\"hint\" id=\"organization-hint\">Everybody at $ can then use ", domain);
        put_with(out, "$ without being asked.</span></div></div>", flow->app->name);
    }
    put(out, "<p class=\"buttons\"><button name=\"action\" value=\"cancel\">Cancel</button>"
             "<button class=\"main\" name=\"action\" value=\"accept\">Accept</button></p></form>");
    if (flow->kind != SANDBOX_FLOW_ADMIN)
        put_others(out, flow->person, flow_id);
    finish(out);
}

void sandbox_page_approval(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                           struct sandbox_answer *ans)
{
    struct kith_buf *out = begin(req, ans, 200, "Need admin approval");
    const struct sandbox_tenant *tenant = &sandbox_tenants[sandbox_people[flow->person].tenant];

    put_identity(out, flow->person);
    put(out, "<h1>Need admin approval</h1>");
    put_with(out, "<p><strong>$</strong> (publisher not verified) asks for permissions. ", flow->app->name);
    put_with(out, "Only an administrator of $ may allow this.</p>", tenant->domain);
    put_permissions(out, flow->scopes);
    put_with(out, "<p class=\"who\">AADSTS$</p>", tenant->users_may_consent ? "90094" : "90093");
    put_form(out, "/common/consent", flow_id);
    put(out, "<p class=\"buttons\"><button name=\"action\" value=\"back\">Back without agreeing</button></p></form>");
    put_others(out, flow->person, flow_id);
    finish(out);
}

void sandbox_page_error(struct sandbox_request *req, int status, int number, const char *words, const char *flow_id,
                        struct sandbox_answer *ans)
{
    struct kith_buf *out = begin(req, ans, status, "This cannot go on");

    put(out, "<h1>This cannot go on</h1>");
    put(out, "<p>");
    if (number)
        put_with(out, "AADSTS$: ", sandbox_request_format(req, "%d", number));
    put_escaped(out, words);
    put(out, "</p>");
    put_with(out, "<p class=\"who\">Request Id: $</p>", req->request_id);
    if (flow_id)
        put_with(out,
                 "<p class=\"buttons\"><a class=\"button\" href=\"/common/login?flow=$\">Choose another account"
                 "</a></p>",
                 flow_id);
    finish(out);
}

void sandbox_page_message(struct sandbox_request *req, const char *title, const char *words, struct sandbox_answer *ans)
{
    struct kith_buf *out = begin(req, ans, 200, title);

    put_with(out, "<h1>$</h1>", title);
    put_with(out, "<p>$</p>", words);
    finish(out);
}

void sandbox_page_device(struct sandbox_request *req, const char *problem, struct sandbox_answer *ans)
{
    struct kith_buf *out = begin(req, ans, 200, "Enter code");

    put(out, "<h1>Enter code</h1><form method=\"post\" action=\"/devicelogin\">"
             "<p><label for=\"code\">Type the code that the program shows</label></p>");
    if (problem)
        put_with(out, "<p role=\"alert\"><strong>$</strong></p>", problem);
    put(out, "<input type=\"text\" id=\"code\" name=\"code\" autocomplete=\"off\" autofocus maxlength=\"16\" required>"
             "<p class=\"buttons\"><button class=\"main\">Next</button></p></form>");
    finish(out);
}

void sandbox_page_form_post(struct sandbox_request *req, const char *action, const char *const *pairs,
                            struct sandbox_answer *ans)
{
    struct kith_buf *out = begin(req, ans, 200, "Going back to the program");
    char nonce[33];

    sandbox_random_hex(nonce, 32);
    ans->n_headers = 0;
    security_headers(req, ans, nonce);
    put_with(out, "<h1>Going back to the program</h1><form method=\"post\" action=\"$\">", action);
    for (; *pairs; pairs += 2) {
        put_with(out, "<input type=\"hidden\" name=\"$\"", pairs[0]);
        put_with(out, " value=\"$\">", pairs[1]);
    }
    put(out, "<p class=\"buttons\"><button class=\"main\">Continue</button></p></form>");
    put_with(out, "<script nonce=\"$\">document.forms[0].submit()</script>", nonce);
    finish(out);
}
