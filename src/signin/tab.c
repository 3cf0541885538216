/* SPDX-License-Identifier: MIT */
/*
 * tab.c - the page for the browser's tab after its answer; see kith/signin.h.
 *
 * Before: loopback.c or a face's own server took the answer.
 * After:  the person reads it and closes the tab.
 *
 * It asks nothing of anybody: no script, no font, no picture from elsewhere. Its policy
 * names the style by its hash, so that not even a style could be slipped in.
 */
#include <kith/signin.h>

#include "signin/tab.h"

#include <pthread.h>

#include <sodium.h>

#include "base/buf.h"
#include "base/text.h"

/* Colours: role names as in the web page; light, then dark. */
static const char style[] =
    ":root{color-scheme:light dark;--canvas:#F3F2EE;--surface:#FFF;--line:#E5E3DC;--neutral:#EEECE6;--ink:#1B1E1D;"
    "--ink-2:#575B58;--ink-3:#676B68;--accent:#0B6158;--accent-hover:#084C45;--on-accent:#FFF;--accent-soft:#E3F1EE}"
    "@media(prefers-color-scheme:dark){:root{--canvas:#121514;--surface:#191D1C;--line:#2D3331;--neutral:#252A29;"
    "--ink:#ECEFED;--ink-2:#ABB3B0;--ink-3:#929B97;--accent:#74CFBF;--accent-hover:#95DFD2;--on-accent:#06231F;"
    "--accent-soft:#17332E}}"
    "*{box-sizing:border-box}"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--canvas);"
    "color:var(--ink);font:.875rem/1.43 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,"
    "sans-serif}"
    "main{width:100%;max-width:420px;min-height:330px;display:flex;flex-direction:column;align-items:center;"
    "padding:36px 24px 24px;background:var(--surface);border:1px solid var(--line);border-radius:16px;"
    "text-align:center}"
    ".sign{width:48px;height:48px;border-radius:50%;display:grid;place-items:center;background:var(--neutral);"
    "color:var(--ink-2)}"
    ".done{background:var(--accent-soft);color:var(--accent)}"
    ".sign svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;"
    "stroke-linejoin:round}"
    "h1{margin:16px 0 8px;font-size:1.25rem;line-height:1.4;font-weight:600;letter-spacing:-.012em}"
    "p{margin:0;max-width:19rem;color:var(--ink-2);text-wrap:balance}"
    "a{display:inline-block;margin-top:18px;padding:8px 16px;border-radius:8px;background:var(--accent);"
    "color:var(--on-accent);font-weight:500;text-decoration:none}"
    "a:hover{background:var(--accent-hover)}"
    "a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}"
    "@media(pointer:coarse){a{padding:12px 16px}}"
    "footer{margin-top:auto;padding-top:24px;display:flex;gap:8px;align-items:center;color:var(--ink-3);"
    "font-size:.75rem}"
    "footer svg{width:18px;height:18px}"
    "@media(forced-colors:active){main,a{border:1px solid}.sign{border:1px solid}}";

static const char icon_check[] = "<path d='M4.5 10.5l3.75 3.75 7.25-8.5'/>";
static const char icon_close[] = "<path d='M5 5l10 10M15 5L5 15'/>";
static const char icon_stop[] = "<circle cx='10' cy='10' r='7.25'/><path d='M10 6v5M10 13.75v.01'/>";

static const struct {
    const char *title;
    const char *sentence;
    const char *icon;
    const char *sign;
    bool start_again;
} pages[] = {
    [KITH_TAB_NOT_OURS] = {"There is nothing here", "This address takes the answer of a sign-in, and none is awaited.",
                           icon_stop, "sign", false},
    [KITH_TAB_DONE] = {"You can close this tab", "kith may read your contacts now. The import is running by itself.",
                       icon_check, "sign done", false},
    [KITH_TAB_CANCELLED] = {"The import was cancelled before",
                            "This answer came afterwards and was not used. Nothing was imported. Start again from "
                            "Settings \u203a Contacts.",
                            icon_close, "sign", true},
    [KITH_TAB_DECLINED] = {"Permission was not given", "Nothing was imported. kith says what to do next.", icon_close,
                           "sign", false},
};

/* --- Policy -------------------------------------------------------------- */

static char policy[256];

static void make_policy(void)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char encoded[sodium_base64_ENCODED_LEN(sizeof(digest), sodium_base64_VARIANT_ORIGINAL)];

    (void)crypto_hash_sha256(digest, (const unsigned char *)style, sizeof(style) - 1); /* always 0 */
    (void)sodium_bin2base64(encoded, sizeof(encoded), digest, sizeof(digest), sodium_base64_VARIANT_ORIGINAL);
    (void)kith_text_format(policy, sizeof(policy), /* fits: all of it has a fixed length */
                           "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", encoded);
}

const char *kith_tab_policy(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, make_policy); /* cannot fail with a valid control */
    return policy;
}

/* --- Page ---------------------------------------------------------------- */

static void add_escaped(struct kith_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            (void)kith_buf_add_text(out, "&amp;");
            break;
        case '<':
            (void)kith_buf_add_text(out, "&lt;");
            break;
        case '>':
            (void)kith_buf_add_text(out, "&gt;");
            break;
        case '"':
            (void)kith_buf_add_text(out, "&quot;");
            break;
        case '\'':
            (void)kith_buf_add_text(out, "&#39;");
            break;
        default:
            (void)kith_buf_add_char(out, *text);
        }
    }
}

/* Somewhere a link of ours may lead: a page, never a script. */
static bool is_page_address(const char *url)
{
    return url && (url[0] == '/' || kith_text_starts_with(url, "http://") || kith_text_starts_with(url, "https://"));
}

static void add_head(struct kith_buf *out, const char *title)
{
    (void)kith_buf_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
                                 "<meta http-equiv=\"Content-Security-Policy\" content=\"");
    add_escaped(out, kith_tab_policy());
    (void)kith_buf_addf(out, "\">\n<title>%s \u2013 kith</title>\n<style>", title);
    (void)kith_buf_add_text(out, style);
    (void)kith_buf_add_text(out, "</style>\n</head>\n");
}

static void add_footer(struct kith_buf *out)
{
    (void)kith_buf_add_text(
        out, "<footer><svg viewBox=\"0 0 128 128\" aria-hidden=\"true\">"
             "<rect x=\"4\" y=\"4\" width=\"120\" height=\"120\" rx=\"28\" fill=\"#0B6158\"/>"
             "<rect x=\"27\" y=\"24\" width=\"17\" height=\"80\" rx=\"8.5\" fill=\"#BCEBE2\"/>"
             "<circle cx=\"77\" cy=\"43\" r=\"17\" fill=\"#FFF\"/>"
             "<path d=\"M53 72a6 6 0 0 1 6-6c24 0 40 14 41.5 31.5a6 6 0 0 1-6 6.5H59a6 6 0 0 1-6-6z\" fill=\"#FFF\"/>"
             "</svg>kith, on this device</footer>\n");
}

size_t kith_signin_tab_html(enum kith_tab tab, const char *settings_url, char *out, size_t out_size)
{
    size_t i = (size_t)tab < KITH_COUNT_OF(pages) ? (size_t)tab : KITH_TAB_NOT_OURS;
    KITH_AUTO_DONE(kith_buf) page;

    kith_buf_init(&page, out_size > 0 ? out_size - 1 : 0);
    if (out_size == 0)
        return 0;
    add_head(&page, pages[i].title);
    (void)kith_buf_addf(&page,
                        "<body>\n<main>\n<div class=\"%s\" aria-hidden=\"true\"><svg viewBox=\"0 0 20 20\">%s</svg>"
                        "</div>\n<h1>%s</h1>\n<p>%s</p>\n",
                        pages[i].sign, pages[i].icon, pages[i].title, pages[i].sentence);
    if (pages[i].start_again && is_page_address(settings_url)) {
        (void)kith_buf_add_text(&page, "<a href=\"");
        add_escaped(&page, settings_url);
        (void)kith_buf_add_text(&page, "\">Start again</a>\n");
    }
    add_footer(&page);
    (void)kith_buf_add_text(&page, "</main>\n</body>\n</html>\n");
    bool fits = !page.full && kith_text_copy(out, out_size, kith_buf_text(&page));
    if (!fits) /* half a page would be worse than none */
        out[0] = '\0';
    return fits ? page.len : 0;
}
