/* SPDX-License-Identifier: MIT */
/*
 * http.c - one polite client over libcurl; see http.h.
 *
 * Before: signin/ and fetch/ say what to ask for.
 * After:  they read the bytes. Whether to try again is patience.c's decision, what
 *         may be asked for is http_url.c's; this file runs the transfers.
 *
 * A request is a struct transfer from kith_http_submit() until its answer is handed
 * over; they stand in one list in the order of submission. All work happens inside
 * kith_http_wait(), on the caller's thread.
 */
#include "http/http.h"

#include <malloc.h>
#include <pthread.h>
#include <stdarg.h>

#include <curl/curl.h>
#include <sodium.h>

#include "kith_config.h"

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "http/http_url.h"
#include "http/patience.h"

enum {
    CONNECT_TIMEOUT_S = 15,
    SILENCE_TIMEOUT_S = 60,
    PRESET_BODY_BYTES = 1024 * 1024,
    LONGEST_POLL_MS = 1000,
    BLIND_POLL_MS = 50, /* a switch without a descriptor must be looked at */
    RECEIVE_BYTES = 256 * 1024,
};

enum transfer_state { TRANSFER_QUEUED, TRANSFER_RUNNING, TRANSFER_ANSWERED };

struct transfer {
    struct transfer *next;
    struct kith_http *http;
    enum transfer_state state;

    /* What was asked for. */
    char *url, *json, *accept, *prefer, *language;
    struct kith_buf form, authorization; /* secrets; without data when there are none */
    struct kith_http_url parts;
    bool repeatable, over_is_answer;
    size_t max_bytes;
    int timeout_s, max_tries, final_status;
    int64_t (*patience_ms)(const struct kith_http_response *response);

    /* How it goes. */
    long proxy_status; /* of the answer to CONNECT; 0 none */
    int n_tries;
    int64_t waited_ms;
    int64_t not_before_ms; /* monotonic */
    bool fresh;            /* the next try must not reuse a connection */

    /* The try under way. */
    CURL *easy;
    struct curl_slist *headers;
    struct curl_slist with_token; /* the first of them: curl would make a copy of its own */
    int64_t began_ms;
    char curl_says[CURL_ERROR_SIZE];
    char retry_after[64];
    struct kith_http_response response;
};

struct kith_http {
    struct kith_http_config config;
    char *ca_file, *proxy;
    CURLM *multi;
    struct transfer *first;
    size_t n_running;
    bool was_answered;      /* some server has answered this client before: there is a network */
    int64_t pause_until_ms; /* monotonic; nothing is sent before */
    int64_t n_sent;
    kith_http_wait_fn on_wait;
    void *on_wait_ctx;
};

/* --- Memory of libcurl --------------------------------------------------- */

/* Tokens pass through it, so it is wiped before it is given back; unless a program around libkith came first. */
static void wipe_and_free(void *block)
{
    if (!block)
        return;
    sodium_memzero(block, malloc_usable_size(block));
    free(block);
}

/* realloc(), which might leave the old block behind as it was. */
static void *move_and_wipe(void *block, size_t size)
{
    void *fresh = malloc(size);

    if (fresh && block) {
        size_t held = malloc_usable_size(block);

        memcpy(fresh, block, held < size ? held : size);
        wipe_and_free(block);
    }
    return fresh;
}

/* --- Making and ending --------------------------------------------------- */

static void initialise_libraries(void)
{
    CURLcode code = curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wipe_and_free, move_and_wipe, strdup, calloc);

    /* Both are asked once a process; without them nothing can be sent, and nothing else explains it. */
    if (code != CURLE_OK || sodium_init() < 0)
        abort();
}

struct kith_http *kith_http_new(const struct kith_http_config *config)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct kith_http *http = kith_xnew(struct kith_http);

    (void)pthread_once(&once, initialise_libraries); /* cannot fail with a valid control */
    http->config = *config;
    http->ca_file = kith_xstrdup(config->ca_file);
    http->proxy = kith_xstrdup(config->proxy);
    http->config.ca_file = http->ca_file;
    http->config.proxy = http->proxy;
    http->multi = curl_multi_init();
    if (!http->multi)
        abort(); /* out of memory, as everywhere */
    (void)curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)KITH_HTTP_PARALLEL);
    (void)curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, 2L * KITH_HTTP_PARALLEL);
    return http;
}

void kith_http_free(struct kith_http *http)
{
    if (!http)
        return;
    kith_http_drop(http);
    (void)curl_multi_cleanup(http->multi); /* it has no handles left that could refuse */
    free(http->ca_file);
    free(http->proxy);
    free(http);
}

void kith_http_on_wait(struct kith_http *http, kith_http_wait_fn fn, void *ctx)
{
    http->on_wait = fn;
    http->on_wait_ctx = ctx;
}

int64_t kith_http_requests(const struct kith_http *http)
{
    return http->n_sent;
}

size_t kith_http_queued(const struct kith_http *http)
{
    size_t n = 0;

    for (const struct transfer *t = http->first; t; t = t->next)
        n++;
    return n;
}

/* Take the try under way out of curl's hands. */
static void end_try(struct transfer *t)
{
    if (!t->easy)
        return;
    (void)curl_multi_remove_handle(t->http->multi, t->easy); /* it was added by us: cannot be unknown */
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    t->easy = NULL;
    t->headers = NULL;
    t->http->n_running--;
}

static void transfer_free(struct transfer *t)
{
    end_try(t);
    kith_http_response_done(&t->response);
    free(t->url);
    free(t->accept);
    free(t->prefer);
    free(t->language);
    kith_buf_done_secret(&t->form);
    free(t->json);
    kith_buf_done_secret(&t->authorization);
    free(t);
}

void kith_http_drop(struct kith_http *http)
{
    while (http->first) {
        struct transfer *t = http->first;
        http->first = t->next;
        transfer_free(t);
    }
}

void kith_http_forget(struct kith_http *http, uint64_t tag)
{
    struct transfer **p = &http->first;

    while (*p) {
        struct transfer *t = *p;
        if (t->response.tag == tag) {
            *p = t->next;
            transfer_free(t);
        } else {
            p = &t->next;
        }
    }
}

/* --- Failing ------------------------------------------------------------- */

/* Every failure of a transfer ends here, so that none is without the name of its source. */
static enum kith_status fail(const struct kith_http *http, struct kith_error *err, enum kith_status status,
                             const char *format, ...) __attribute__((format(printf, 4, 5)));

static enum kith_status fail(const struct kith_http *http, struct kith_error *err, enum kith_status status,
                             const char *format, ...)
{
    char message[256];
    va_list args;

    va_start(args, format);
    if (vsnprintf(message, sizeof(message), format, args) < 0)
        message[0] = '\0';
    va_end(args);
    (void)kith_fail(err, status, "%s", message);
    if (err)
        err->source = http->config.source;
    return status;
}

static enum kith_status fail_cancelled(const struct kith_http *http, struct kith_error *err)
{
    return fail(http, err, KITH_E_CANCELLED, "cancelled while the network was awaited");
}

static enum kith_status fail_throttled(const struct transfer *t, int64_t pause_ms, struct kith_error *err)
{
    (void)fail(t->http, err, KITH_E_THROTTLED, "%s answered %d %d times and asks for %lld s of patience", t->parts.host,
               t->response.status, t->n_tries, (long long)((pause_ms + 999) / 1000));
    if (err) {
        err->http_status = t->response.status;
        err->retry_at_s = kith_clock_now_s() + (pause_ms + 999) / 1000;
        (void)kith_text_copy(err->request_id, sizeof(err->request_id), t->response.request_id); /* same size: fits */
    }
    return KITH_E_THROTTLED;
}

/* A certificate that is too young or too old may be a clock that is wrong: then the person sees what it says. */
static void doubt_clock(const char *why, char *out, size_t out_size)
{
    char now[21];

    out[0] = '\0';
    if (!strstr(why, "not yet valid") && !strstr(why, "expired"))
        return;
    kith_clock_format_iso(kith_clock_now_s(), now);
    (void)kith_text_format(out, out_size, "; the clock of this device says %.10s", now); /* fits */
}

/* A proxy that is not there, or that answered something else than "go ahead". */
static bool is_proxys_fault(const struct transfer *t, CURLcode code)
{
    return code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_PROXY || t->proxy_status >= 300 ||
           (code == CURLE_COULDNT_CONNECT && t->http->proxy[0] != '\0' && !t->parts.loopback);
}

static bool is_over(const struct transfer *t, CURLcode code)
{
    return code == CURLE_FILESIZE_EXCEEDED || (code == CURLE_WRITE_ERROR && t->response.body.full);
}

/* What curl's code means for a person. curl_says names certificates and system errors, never a header or a body. */
static enum kith_status fail_transfer(const struct transfer *t, CURLcode code, struct kith_error *err)
{
    const char *why = t->curl_says[0] != '\0' ? t->curl_says : curl_easy_strerror(code);

    if (is_over(t, code))
        return fail(t->http, err, KITH_E_SERVICE, "%s sent more than %zu bytes", t->parts.host, t->max_bytes);
    if (kith_trouble_is_tls(code)) {
        char doubt[64];

        doubt_clock(why, doubt, sizeof(doubt));
        (void)fail(t->http, err, KITH_E_TLS, "%s could not prove who it is: %s%s", t->parts.host, why, doubt);
        if (err && code == CURLE_SSL_CACERT_BADFILE)
            (void)kith_text_copy(err->setting, sizeof(err->setting), "network.ca_file"); /* fits */
        return KITH_E_TLS;
    }
    if (code == CURLE_OUT_OF_MEMORY || code == CURLE_FAILED_INIT || code == CURLE_BAD_FUNCTION_ARGUMENT)
        return fail(t->http, err, KITH_E_INTERNAL, "request to %s failed: %s", t->parts.host, why);
    (void)fail(t->http, err, KITH_E_OFFLINE, "could not reach %s: %s", t->parts.host, why);
    if (err && is_proxys_fault(t, code))
        err->reason = KITH_REASON_PROXY;
    return KITH_E_OFFLINE;
}

/* --- Asking -------------------------------------------------------------- */

/* What curl makes of one part of an address; "" when it has none, or one that is longer than any of ours. */
static void read_part(CURLU *handle, CURLUPart part, char *out, size_t out_size)
{
    char *text = NULL;

    out[0] = '\0';
    if (curl_url_get(handle, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK && !kith_text_copy(out, out_size, text))
        out[0] = '\0';
    curl_free(text);
}

/* Two readers of one address who differ are how tokens get to the wrong host: curl must read it as http_url.c did. */
static bool curl_agrees(const char *url, const struct kith_http_url *parts)
{
    CURLU *handle = curl_url();
    char scheme[8] = "", host[sizeof(parts->host)] = "", port[sizeof(parts->port)] = "";

    if (!handle)
        abort(); /* out of memory, as everywhere */
    if (curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK) {
        read_part(handle, CURLUPART_SCHEME, scheme, sizeof(scheme));
        read_part(handle, CURLUPART_HOST, host, sizeof(host));
        read_part(handle, CURLUPART_PORT, port, sizeof(port));
    }
    curl_url_cleanup(handle);
    return kith_text_equal_ci(scheme, parts->https ? "https" : "http") && kith_text_equal_ci(host, parts->host) &&
           strcmp(port, parts->port) == 0;
}

/* A header's value must not be able to end the header. */
static bool is_header_safe(const char *value)
{
    for (; value && *value != '\0'; value++) {
        if ((unsigned char)*value < ' ' || (unsigned char)*value == 0x7F)
            return false;
    }
    return true;
}

static char *dup_if(const char *text)
{
    return text ? kith_xstrdup(text) : NULL;
}

/* NULL text: none. */
static void keep_secret(struct kith_buf *buf, const char *before, const char *text)
{
    size_t len = text ? strlen(before) + strlen(text) : 0;

    kith_buf_init_secret(buf, len);
    if (text && !(kith_buf_reserve(buf, len) && kith_buf_add_text(buf, before) && kith_buf_add_text(buf, text)))
        abort(); /* out of memory, as everywhere */
}

static struct transfer *transfer_new(struct kith_http *http, const struct kith_http_request *request)
{
    struct transfer *t = kith_xnew(struct transfer);

    t->http = http;
    t->url = kith_xstrdup(request->url);
    keep_secret(&t->form, "", request->form);
    t->json = dup_if(request->json);
    keep_secret(&t->authorization, "Authorization: Bearer ", request->bearer);
    t->accept = kith_xstrdup(request->accept ? request->accept : "application/json");
    t->prefer = dup_if(request->prefer);
    t->language = dup_if(request->language);
    t->repeatable = !request->form || request->repeatable;
    t->over_is_answer = request->over_is_answer;
    t->max_bytes = request->max_bytes > 0 ? request->max_bytes : PRESET_BODY_BYTES;
    t->timeout_s = request->timeout_s > 0 ? request->timeout_s : SILENCE_TIMEOUT_S;
    t->max_tries = request->max_tries;
    t->final_status = request->final_status;
    t->patience_ms = request->patience_ms;
    t->response.tag = request->tag;
    return t;
}

static enum kith_status submit(struct kith_http *http, const struct kith_http_request *request, struct transfer **ret,
                               struct kith_error *err)
{
    struct kith_http_url parts;

    if (!kith_http_url_read(request->url, &parts) || !(parts.https || parts.loopback) ||
        !curl_agrees(request->url, &parts))
        return fail(http, err, KITH_E_USAGE, "address is neither https nor http on this device");
    if (!is_header_safe(request->bearer) || !is_header_safe(request->prefer) || !is_header_safe(request->accept) ||
        !is_header_safe(request->language))
        return fail(http, err, KITH_E_INTERNAL, "a header for %s holds a control character", parts.host);

    struct transfer *t = transfer_new(http, request);
    t->parts = parts;
    struct transfer **end = &http->first;
    while (*end)
        end = &(*end)->next;
    *end = t;
    *ret = t;
    return KITH_OK;
}

enum kith_status kith_http_submit(struct kith_http *http, const struct kith_http_request *request,
                                  struct kith_error *err)
{
    struct transfer *t = NULL;

    return submit(http, request, &t, err);
}

/* --- One try ------------------------------------------------------------- */

/* A random UUID (RFC 9562 version 4), by which the service finds the request again. */
static void make_guid(char out[37])
{
    unsigned char b[16];

    randombytes_buf(b, sizeof(b));
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    (void)snprintf(out, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2],
                   b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

static void add_header(struct transfer *t, const char *name, const char *value)
{
    KITH_AUTO_DONE(kith_buf) line;
    struct curl_slist *longer;

    kith_buf_init(&line, 64 * 1024);
    (void)kith_buf_addf(&line, "%s: %s", name, value);
    longer = curl_slist_append(t->headers, kith_buf_text(&line));
    if (!longer)
        abort(); /* out of memory, as everywhere */
    t->headers = longer;
}

static void make_headers(struct transfer *t)
{
    char guid[37];

    make_guid(guid);
    add_header(t, "Accept", t->accept);
    add_header(t, "client-request-id", guid);
    if (t->prefer)
        add_header(t, "Prefer", t->prefer);
    if (t->language)
        add_header(t, "Accept-Language", t->language);
    if (t->form.data)
        add_header(t, "Content-Type", "application/x-www-form-urlencoded");
    else if (t->json)
        add_header(t, "Content-Type", "application/json");
    t->with_token = (struct curl_slist){.data = t->authorization.data, .next = t->headers};
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;

    return kith_buf_add(&t->response.body, bytes, size * n) ? size * n : 0;
}

/* value of "Name: value\r\n" when name is this one; false else. A value too long is cut: none of ours is. */
static bool header_is(const char *line, size_t len, const char *name, char *out, size_t out_size)
{
    size_t name_len = strlen(name);

    if (len <= name_len || line[name_len] != ':' || strncasecmp(line, name, name_len) != 0)
        return false;
    const char *value = line + name_len + 1;
    const char *end = line + len;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' '))
        end--;
    (void)kith_text_copy_n(out, out_size, value, (size_t)(end - value));
    return true;
}

/* Only what can be shown and quoted: an id ends up in messages. */
static void keep_printable(char *text)
{
    for (char *p = text; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || (unsigned char)*p >= 0x7F)
            *p = '?';
    }
}

static size_t on_header(char *line, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    struct kith_http_response *r = &t->response;
    size_t len = size * n;
    char date[64];

    if (header_is(line, len, "content-type", r->content_type, sizeof(r->content_type)))
        keep_printable(r->content_type);
    else if (header_is(line, len, "request-id", r->request_id, sizeof(r->request_id)) ||
             header_is(line, len, "x-ms-request-id", r->request_id, sizeof(r->request_id)))
        keep_printable(r->request_id);
    else if (header_is(line, len, "www-authenticate", r->www_authenticate, sizeof(r->www_authenticate)))
        keep_printable(r->www_authenticate);
    else if (header_is(line, len, "retry-after", t->retry_after, sizeof(t->retry_after)))
        keep_printable(t->retry_after);
    else if (header_is(line, len, "date", date, sizeof(date)))
        (void)kith_clock_parse_http(date, &r->date_s); /* a clock we cannot read stays 0 */
    return len;
}

static void set_connection_options(const struct transfer *t)
{
    const struct kith_http *http = t->http;
    CURL *easy = t->easy;

    (void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, t->parts.https ? "https" : "http");
    (void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    /* Share one HTTP/2 connection rather than open four; without TLS there is none worth waiting for. */
    (void)curl_easy_setopt(easy, CURLOPT_PIPEWAIT, t->parts.https ? 1L : 0L);
    (void)curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, t->fresh ? 1L : 0L);
    (void)curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (http->ca_file[0] != '\0') {
        (void)curl_easy_setopt(easy, CURLOPT_CAINFO, http->ca_file);
        (void)curl_easy_setopt(easy, CURLOPT_CAPATH, NULL); /* this file instead of the system's, not beside it */
        (void)curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, http->ca_file);
    }
    if (t->parts.loopback)
        (void)curl_easy_setopt(easy, CURLOPT_PROXY, "");
    else if (http->proxy[0] != '\0') {
        (void)curl_easy_setopt(easy, CURLOPT_PROXY, http->proxy);
        (void)curl_easy_setopt(easy, CURLOPT_NOPROXY, ""); /* the setting says it for every host */
    }
    (void)curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE); /* a proxy never sees the token */
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
    (void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)t->timeout_s);
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* a cancel must not wait for a name server */
}

static void set_message_options(struct transfer *t)
{
    CURL *easy = t->easy;

    (void)curl_easy_setopt(easy, CURLOPT_URL, t->url);
    (void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, t->authorization.data ? &t->with_token : t->headers);
    /* Google compresses only for a program that says gzip here as well. */
    (void)curl_easy_setopt(easy, CURLOPT_USERAGENT, "kith/" KITH_VERSION " (gzip)");
    (void)curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    if (t->form.data)
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, t->form.data);
    else if (t->json)
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, t->json);
    (void)curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->max_bytes);
    (void)curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
    (void)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->curl_says);
    (void)curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
}

static void reset_response(struct transfer *t)
{
    uint64_t tag = t->response.tag;

    kith_http_response_done(&t->response);
    t->response = (struct kith_http_response){.tag = tag};
    if (t->form.data)
        kith_buf_init_secret(&t->response.body, t->max_bytes); /* what is asked with a secret is answered with one */
    else
        kith_buf_init(&t->response.body, t->max_bytes);
    t->retry_after[0] = '\0';
    t->curl_says[0] = '\0';
}

static void begin_try(struct transfer *t)
{
    struct kith_http *http = t->http;

    reset_response(t);
    t->easy = curl_easy_init();
    if (!t->easy)
        abort(); /* out of memory, as everywhere */
    make_headers(t);
    set_connection_options(t);
    set_message_options(t);
    t->began_ms = kith_clock_monotonic_ms();
    t->fresh = false;
    t->n_tries++;
    t->state = TRANSFER_RUNNING;
    http->n_running++;
    http->n_sent++;
    if (curl_multi_add_handle(http->multi, t->easy) != CURLM_OK)
        abort(); /* a fresh handle on a sound multi: only memory can be missing */
}

/* --- What a try led to --------------------------------------------------- */

static void log_try(const struct transfer *t, CURLcode code)
{
    char address[512];

    if (!kith_log_wanted(KITH_LOG_HTTP))
        return;
    kith_http_url_for_log(t->url, address, sizeof(address));
    kith_log_write(KITH_LOG_HTTP, "%s %s: %d%s%s, %zu bytes, %lld ms, try %d%s%s",
                   t->form.data || t->json ? "POST" : "GET", address, t->response.status, code == CURLE_OK ? "" : " ",
                   code == CURLE_OK ? "" : curl_easy_strerror(code), t->response.body.len,
                   (long long)(kith_clock_monotonic_ms() - t->began_ms), t->n_tries,
                   t->response.request_id[0] != '\0' ? ", request " : "", t->response.request_id);
}

/* The service asked for patience: for all we send, not just for the one it refused. */
static void pause_client(struct kith_http *http, int64_t pause_ms)
{
    int64_t until_ms = kith_clock_monotonic_ms() + pause_ms;

    if (until_ms <= http->pause_until_ms)
        return;
    http->pause_until_ms = until_ms;
    if (http->on_wait)
        http->on_wait(http->on_wait_ctx, kith_clock_now_ms() + pause_ms);
}

static void try_again_after(struct transfer *t, enum kith_trouble trouble, int64_t pause_ms)
{
    t->state = TRANSFER_QUEUED;
    t->waited_ms += pause_ms;
    t->not_before_ms = kith_clock_monotonic_ms() + pause_ms;
    t->fresh = trouble != KITH_TROUBLE_THROTTLED || t->response.status == 503;
    kith_log_debug(KITH_LOG_HTTP, "%s: again in %lld ms", t->parts.host, (long long)pause_ms);
    if (trouble == KITH_TROUBLE_THROTTLED || trouble == KITH_TROUBLE_SERVICE)
        pause_client(t->http, pause_ms);
}

/* May this request be sent again at all? One that was perhaps acted on must be harmless to repeat. */
static bool may_try_again(const struct transfer *t, enum kith_trouble trouble)
{
    int status = t->response.status;
    bool surely_not_acted_on = trouble == KITH_TROUBLE_THROTTLED || trouble == KITH_TROUBLE_NO_WAY || status == 503;

    if (trouble == KITH_TROUBLE_NONE || (!t->repeatable && !surely_not_acted_on))
        return false;
    /* Without any network nobody wants to wait for the third proof of it. */
    if (trouble == KITH_TROUBLE_NO_WAY && !t->http->was_answered)
        return false;
    return t->n_tries < kith_patience_tries(trouble, status, t->max_tries);
}

/* What the answer means; *told, *pause_ms: whether, and for how long, the service wants us to wait. */
static enum kith_trouble trouble_of(const struct transfer *t, bool *told, int64_t *pause_ms)
{
    /* A date to come back at is one of the server's clock, and ours may be wrong by hours. */
    int64_t server_now_s = t->response.date_s > 0 ? t->response.date_s : kith_clock_now_s();
    int64_t asked_ms = t->patience_ms ? t->patience_ms(&t->response) : -1;
    enum kith_trouble trouble;

    *told = kith_patience_retry_after(t->retry_after, server_now_s, pause_ms);
    trouble = asked_ms >= 0 ? KITH_TROUBLE_THROTTLED : kith_trouble_of_status(t->response.status, *told);
    if (!*told && asked_ms > 0) {
        *told = true;
        *pause_ms = asked_ms;
    }
    return trouble;
}

static enum kith_status settle_answer(struct transfer *t, struct kith_error *err)
{
    int64_t pause_ms = 0;
    bool told = false;
    enum kith_trouble trouble = trouble_of(t, &told, &pause_ms);

    t->http->was_answered = true;
    t->state = TRANSFER_ANSWERED;
    if (trouble == KITH_TROUBLE_NONE || t->response.status == t->final_status || t->max_tries == 1)
        return KITH_OK;
    if (!told)
        pause_ms = kith_patience_backoff_ms(trouble, t->n_tries, t->http->config.backoff_ms);

    bool patient = t->waited_ms + pause_ms <= KITH_PATIENCE_TOTAL_MS;
    if (may_try_again(t, trouble) && patient) {
        try_again_after(t, trouble, pause_ms);
        return KITH_OK;
    }
    /* A 503 that was met with all the patience asked for is an outage, not a plea for less haste. */
    bool outage = t->response.status == 503 && patient;
    return trouble == KITH_TROUBLE_THROTTLED && !outage ? fail_throttled(t, pause_ms, err) : KITH_OK;
}

static enum kith_status settle_failure(struct transfer *t, CURLcode code, bool connected, struct kith_error *err)
{
    enum kith_trouble trouble = kith_trouble_of_transfer(code, connected);

    if (t->over_is_answer && t->response.status == 200 && is_over(t, code)) {
        kith_buf_done_secret(&t->response.body);
        t->response.over = true;
        t->http->was_answered = true;
        t->state = TRANSFER_ANSWERED;
        return KITH_OK;
    }
    /* Nothing of a broken answer counts, its status neither. */
    t->response.status = 0;
    if (!may_try_again(t, trouble))
        return fail_transfer(t, code, err);
    try_again_after(t, trouble, kith_patience_backoff_ms(trouble, t->n_tries, t->http->config.backoff_ms));
    return KITH_OK;
}

static enum kith_status settle(CURL *easy, CURLcode code, struct kith_error *err)
{
    struct transfer *t = NULL;
    long status = 0;
    curl_off_t connect_us = 0;

    (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&t);
    (void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &t->proxy_status);
    (void)curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connect_us);
    t->response.status = (int)status;
    log_try(t, code);
    end_try(t);
    if (code == CURLE_OK)
        return settle_answer(t, err);
    return settle_failure(t, code, /* connected= */ connect_us > 0, err);
}

/* --- Waiting ------------------------------------------------------------- */

/* The monotonic moment at which a queued transfer may begin. */
static int64_t due_ms(const struct transfer *t)
{
    return t->not_before_ms > t->http->pause_until_ms ? t->not_before_ms : t->http->pause_until_ms;
}

static void begin_what_is_due(struct kith_http *http)
{
    int64_t now_ms = kith_clock_monotonic_ms();

    for (struct transfer *t = http->first; t && http->n_running < KITH_HTTP_PARALLEL; t = t->next) {
        if (t->state == TRANSFER_QUEUED && due_ms(t) <= now_ms)
            begin_try(t);
    }
}

static int poll_ms(const struct kith_http *http, const struct kith_cancel *cancel)
{
    int64_t now_ms = kith_clock_monotonic_ms();
    int64_t ms = cancel && kith_cancel_fd(cancel) < 0 ? BLIND_POLL_MS : LONGEST_POLL_MS;

    for (const struct transfer *t = http->first; t && http->n_running < KITH_HTTP_PARALLEL; t = t->next) {
        if (t->state == TRANSFER_QUEUED && due_ms(t) - now_ms < ms)
            ms = due_ms(t) - now_ms;
    }
    return ms > 0 ? (int)ms : 0;
}

/* Let bytes flow until something happens, the cancel switch included. */
static enum kith_status move(struct kith_http *http, const struct kith_cancel *cancel, struct kith_error *err)
{
    struct curl_waitfd switch_fd = {.fd = kith_cancel_fd(cancel), .events = CURL_WAIT_POLLIN};
    int running = 0;
    int left = 0;
    CURLMsg *message;

    CURLMcode code = curl_multi_perform(http->multi, &running);
    while (code == CURLM_OK && (message = curl_multi_info_read(http->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        enum kith_status st = settle(message->easy_handle, message->data.result, err);
        if (st != KITH_OK)
            return st;
        running = -1; /* news: no need to sleep */
    }
    if (code == CURLM_OK && running >= 0)
        code = curl_multi_poll(http->multi, &switch_fd, switch_fd.fd >= 0 ? 1 : 0, poll_ms(http, cancel), NULL);
    if (code != CURLM_OK)
        return fail(http, err, KITH_E_INTERNAL, "waiting for the network failed: %s", curl_multi_strerror(code));
    return KITH_OK;
}

/* The answered transfer to hand over: wanted, or with NULL the one submitted first. */
static struct transfer *take_answered(struct kith_http *http, const struct transfer *wanted)
{
    for (struct transfer **p = &http->first; *p; p = &(*p)->next) {
        struct transfer *t = *p;
        if (t->state == TRANSFER_ANSWERED && (!wanted || t == wanted)) {
            *p = t->next;
            return t;
        }
    }
    return NULL;
}

static enum kith_status wait_for(struct kith_http *http, const struct transfer *wanted,
                                 const struct kith_cancel *cancel, struct kith_http_response *ret,
                                 struct kith_error *err)
{
    for (;;) {
        if (cancel && kith_cancel_is_set(cancel))
            return fail_cancelled(http, err);
        struct transfer *t = take_answered(http, wanted);
        if (t) {
            *ret = t->response;
            kith_buf_init(&t->response.body, 0); /* the bytes went to *ret */
            transfer_free(t);
            return KITH_OK;
        }
        begin_what_is_due(http);
        enum kith_status st = move(http, cancel, err);
        if (st != KITH_OK)
            return st;
    }
}

enum kith_status kith_http_wait(struct kith_http *http, const struct kith_cancel *cancel,
                                struct kith_http_response *ret, struct kith_error *err)
{
    if (!http->first)
        return fail(http, err, KITH_E_INTERNAL, "no request is queued");
    enum kith_status st = wait_for(http, NULL, cancel, ret, err);
    if (st != KITH_OK)
        kith_http_drop(http);
    return st;
}

enum kith_status kith_http_perform(struct kith_http *http, const struct kith_http_request *request,
                                   const struct kith_cancel *cancel, struct kith_http_response *ret,
                                   struct kith_error *err)
{
    struct transfer *t = NULL;

    enum kith_status st = submit(http, request, &t, err);
    if (st != KITH_OK)
        return st;
    st = wait_for(http, t, cancel, ret, err);
    if (st != KITH_OK)
        kith_http_drop(http);
    return st;
}
