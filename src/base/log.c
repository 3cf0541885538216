/* SPDX-License-Identifier: MIT */
/*
 * log.c - what developers see with KITH_DEBUG; see log.h.
 *
 * Stands beside the journey: every folder may call it, nothing depends on it.
 */
#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"

static const char *const area_names[KITH_LOG_AREA_COUNT] = {
    [KITH_LOG_HTTP] = "http",       [KITH_LOG_SIGNIN] = "signin",       [KITH_LOG_FETCH] = "fetch",
    [KITH_LOG_PARSE] = "parse",     [KITH_LOG_NORMALISE] = "normalise", [KITH_LOG_STORE] = "store",
    [KITH_LOG_FIND] = "find",       [KITH_LOG_ENGINE] = "engine",       [KITH_LOG_WEB] = "web",
    [KITH_LOG_SANDBOX] = "sandbox",
};

static pthread_once_t parsed = PTHREAD_ONCE_INIT;
static char asked_for[256]; /* KITH_DEBUG as it was at the first call */
static bool wanted[KITH_LOG_AREA_COUNT];

static bool equals_n(const char *word, const char *text, size_t len)
{
    return strlen(word) == len && memcmp(word, text, len) == 0;
}

/*
 * One "area" or "area:detail" of the list at *cursor; false at its end. The
 * pieces are borrowed from the list; detail is empty when there is none.
 */
struct wish {
    const char *area, *detail;
    size_t area_len, detail_len;
};

static bool next_wish(const char **cursor, struct wish *ret)
{
    const char *start = *cursor + strspn(*cursor, ", ");
    size_t len = strcspn(start, ", ");

    if (len == 0)
        return false;
    size_t area_len = strcspn(start, ":, ");
    bool has_detail = area_len < len;
    *ret = (struct wish){
        .area = start,
        .area_len = area_len,
        .detail = start + area_len + (has_detail ? 1 : 0),
        .detail_len = has_detail ? len - area_len - 1 : 0,
    };
    *cursor = start + len;
    return true;
}

static bool wish_names(const struct wish *wish, enum kith_log_area area)
{
    return equals_n("all", wish->area, wish->area_len) || equals_n(area_names[area], wish->area, wish->area_len);
}

static void parse_environment(void)
{
    const char *value = getenv("KITH_DEBUG");
    const char *cursor = asked_for;
    struct wish wish;

    (void)kith_text_copy(asked_for, sizeof(asked_for), value ? value : ""); /* every area has room twice */
    while (next_wish(&cursor, &wish)) {
        for (int area = 0; area < KITH_LOG_AREA_COUNT; area++)
            wanted[area] |= wish_names(&wish, (enum kith_log_area)area);
    }
}

bool kith_log_wanted(enum kith_log_area area)
{
    (void)pthread_once(&parsed, parse_environment); /* cannot fail with a static once */
    return wanted[area];
}

bool kith_log_wanted_detail(enum kith_log_area area, const char *detail)
{
    const char *cursor = asked_for;
    struct wish wish;

    if (!kith_log_wanted(area))
        return false;
    while (next_wish(&cursor, &wish)) {
        if (wish_names(&wish, area) && equals_n(detail, wish.detail, wish.detail_len))
            return true;
    }
    return false;
}

/* A server's words may be in a message: they get no second line and no escape sequence on a terminal. */
static void defuse(char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            *text = ' ';
    }
}

void kith_log_write(enum kith_log_area area, const char *format, ...)
{
    char when[21];
    char message[1024];
    char line[sizeof(message) + 64];
    va_list args;

    va_start(args, format);
    if (vsnprintf(message, sizeof(message), format, args) < 0)
        message[0] = '\0';
    va_end(args);
    defuse(message);

    int64_t now_ms = kith_clock_now_ms();
    kith_clock_format_iso(now_ms / 1000, when);
    (void)kith_text_format(line, sizeof(line), "%.19s.%03dZ %s: %s\n", when, (int)(now_ms % 1000), area_names[area],
                           message);
    /* One call, so that lines of several threads do not mix. A log that cannot be written is no reason to stop. */
    (void)!write(STDERR_FILENO, line, strlen(line));
}
