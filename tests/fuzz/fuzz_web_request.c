/* SPDX-License-Identifier: MIT */
/*
 * fuzz_web_request.c - any bytes as a request to the local web page: where it comes from, path, query, body.
 *
 * Every program of this device, and through a browser every web site, can send one. An input is a request
 * as it stands in HTTP/1.0: a line "METHOD TARGET", header fields, an empty line, the body. The secrets are known,
 * so that seeds can come in; what a stranger must not get is checked from the outside. "/@/" in a target stands for an
 * upload that has just begun; a body for it goes where the body of a file goes.
 */
#include <ftw.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json_read.h"
#include "base/text.h"
#include "fuzz_target.h"
#include "web_context.h"
#include "web_router.h"

enum { PORT = 8765, READS_MAX = 64 };

static const char known_secret[] = "KnownToTheSeedsAndNeverUsedAnywhereElse-123";

static char folder[] = "/tmp/kith-fuzz-XXXXXX";
static struct kith *engine;
static struct kith_web *web;

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    return remove(path);
}

static void clean_up(void)
{
    kith_web_free(web);
    kith_close(engine);
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS); /* what stays is in /tmp */
}

static void set_up(void)
{
    static const char *const set[] = {"tokens.keep=file", "microsoft.client_id=not-a-real-one",
                                      "microsoft.authority=http://127.0.0.1:9", "microsoft.graph=http://127.0.0.1:9",
                                      NULL};
    char config[64];
    struct kith_options options = {.data_dir = folder, .config_file = config, .set = set};
    struct kith_error err = {0};

    FUZZ_CHECK(mkdtemp(folder) != NULL);
    (void)kith_text_format(config, sizeof(config), "%s/config", folder);
    if (kith_open(&options, &engine, &err) != KITH_OK) {
        (void)fprintf(stderr, "the engine did not open: %s\n", err.message);
        abort();
    }
    web = kith_web_new(engine, PORT);
    (void)kith_text_copy(web->security.cookie, sizeof(web->security.cookie), known_secret);
    (void)kith_text_copy(web->security.start_key, sizeof(web->security.start_key), known_secret);
    FUZZ_CHECK(atexit(clean_up) == 0);
}

/* The text up to the end of the line, NUL-terminated in place; NULL behind the last one. */
static char *next_line(char **at)
{
    char *line = *at;
    char *end = line ? strchr(line, '\n') : NULL;

    if (end)
        *end = '\0';
    *at = end ? end + 1 : NULL;
    return line;
}

static void take_field(struct kith_web_request *request, char *line)
{
    char *value = strchr(line, ':');
    const struct {
        const char *name;
        const char **place;
    } fields[] = {{"Host", &request->host},
                  {"Origin", &request->origin},
                  {"Sec-Fetch-Site", &request->fetch_site},
                  {"Cookie", &request->cookie},
                  {"Content-Type", &request->content_type},
                  {"X-Kith", &request->x_kith},
                  {"If-None-Match", &request->if_none_match},
                  {"Content-Length", &request->content_length}};

    request->header_bytes += strlen(line);
    if (!value)
        return;
    *value++ = '\0';
    value += strspn(value, " ");
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        if (!kith_text_equal_ci(line, fields[i].name))
            continue;
        request->doubled |= *fields[i].place != NULL;
        *fields[i].place = value;
    }
}

/* false: not even a request line, which the HTTP library would not let through. */
static bool read_request(char *text, struct kith_web_request *request)
{
    char *at = text;
    char *line = next_line(&at);
    char *target = line ? strchr(line, ' ') : NULL;

    if (!target || target[1] != '/')
        return false;
    *target = '\0';
    *request = (struct kith_web_request){.method = line, .target = target + 1, .body = ""};
    while (at) {
        line = next_line(&at);
        if (line[0] == '\0')
            break;
        take_field(request, line);
    }
    if (at) {
        request->body = at;
        request->body_len = strlen(at);
        request->body_too_large = request->body_len > KITH_WEB_BODY_BYTES;
    }
    return true;
}

/* Put the id of a new upload into a target that has a place for one. */
static void name_upload(struct kith_web_request *request, char *target, size_t target_size)
{
    char id[KITH_WEB_ID_BYTES];
    const char *place = strstr(request->target, "/@/");

    if (!place || kith_web_upload_begin(web->uploads, id, NULL) != KITH_OK)
        return;
    if (kith_text_format(target, target_size, "%.*s/%s%s", (int)(place - request->target), request->target, id,
                         place + 2))
        request->target = target;
}

/* In two pieces, as it may come. */
static void take_file(struct kith_web_request *request)
{
    size_t half = request->body_len / 2;

    if (!request->intake)
        return;
    FUZZ_CHECK(kith_web_intake_write(request->intake, request->body, half));
    FUZZ_CHECK(kith_web_intake_write(request->intake, request->body + half, request->body_len - half));
    request->body = "";
    request->body_len = 0;
    request->body_too_large = false;
}

static void check_field(const char *value)
{
    FUZZ_CHECK(!value || !strpbrk(value, "\r\n"));
}

static void check_document(const struct kith_web_answer *answer)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json document, error;
    char why[128];
    size_t len;

    FUZZ_CHECK(kith_json_read(reader, kith_buf_text(&answer->text), answer->text.len, &document, why, sizeof(why)));
    error = kith_json_member(document, "error");
    FUZZ_CHECK((answer->status >= 400) == (error.type == KITH_JSON_OBJECT));
    if (answer->status >= 400) {
        FUZZ_CHECK(kith_json_string(kith_json_member(error, "id"), &len)[0] != '\0');
        FUZZ_CHECK(kith_json_string(kith_json_member(error, "title"), &len)[0] != '\0');
    }
}

/* A download is read to its end; events have none, their first piece must come at once. */
static void read_stream(struct kith_web_stream *stream, bool endless)
{
    char piece[16384];
    ssize_t n = 1;

    for (int i = 0; n > 0 && i < (endless ? 1 : READS_MAX); i++) {
        n = stream->read(stream, piece, sizeof(piece));
        FUZZ_CHECK(n <= (ssize_t)sizeof(piece));
    }
    FUZZ_CHECK(n >= 0);
}

/* Nothing personal, no secret and no change for who has not all that it takes. */
static void check_stranger(const struct kith_web_request *request, const struct kith_web_answer *answer)
{
    bool is_api = kith_text_starts_with(request->target, "/api/");

    if (is_api && !request->trusted)
        FUZZ_CHECK(answer->status >= 400 && !answer->stream);
    if (is_api && request->origin && !strstr(request->origin, ":8765"))
        FUZZ_CHECK(answer->status >= 400 && !answer->stream);
    if (!request->host || !strstr(request->host, ":8765"))
        FUZZ_CHECK(answer->status == 403 || answer->status == 414 || answer->status == 431);
    if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0 && answer->status < 400)
        FUZZ_CHECK(request->x_kith && request->trusted);
    FUZZ_CHECK(!strstr(kith_buf_text(&answer->text), known_secret));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    KITH_AUTO_DONE(kith_web_answer) answer;
    struct kith_web_request request;
    KITH_AUTO_STRING text = kith_xstrndup((const char *)data, size);
    char target[KITH_WEB_TARGET_BYTES];

    if (!web)
        set_up();
    kith_web_answer_init(&answer);
    if (!read_request(text, &request))
        return 0;
    name_upload(&request, target, sizeof(target));
    if (kith_web_begin(web, &request, &answer)) {
        take_file(&request);
        kith_web_handle(web, &request, &answer);
    }
    kith_web_intake_close(request.intake);
    kith_web_uploads_clear(web->uploads);

    FUZZ_CHECK(answer.status >= 200 && answer.status < 600);
    FUZZ_CHECK((answer.type != NULL) == (answer.text.len > 0 || answer.stream || answer.n_bytes > 0));
    check_field(answer.location);
    check_field(answer.allow);
    check_field(answer.set_cookie);
    check_field(answer.disposition);
    check_field(answer.etag);
    check_stranger(&request, &answer);
    if (answer.type && answer.text.len > 0 && strcmp(answer.type, "application/json") == 0)
        check_document(&answer);
    if (answer.stream)
        read_stream(answer.stream, /* endless= */ strstr(answer.type, "event-stream") != NULL);
    return 0;
}
