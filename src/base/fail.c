/* SPDX-License-Identifier: MIT */
/*
 * fail.c - how the engine's own code makes a struct kith_error; see fail.h.
 *
 * The lowest function that knows the reason calls kith_fail(); those above it put
 * their context before it; engine/ turns the result into a person's words.
 */
#include "base/fail.h"

#include <stdarg.h>

#include "base/text.h"

/* vsnprintf that cuts at a character's edge. */
__attribute__((format(printf, 3, 0))) static void format_text(char *out, size_t out_size, const char *format,
                                                              va_list args)
{
    char whole[1024];

    if (vsnprintf(whole, sizeof(whole), format, args) < 0)
        whole[0] = '\0';
    (void)kith_text_copy(out, out_size, whole); /* a cut message still says the most important thing first */
}

void kith_error_clear(struct kith_error *err)
{
    if (err)
        *err = (struct kith_error){.status = KITH_OK};
}

/* The arguments may come from err itself, so the text is made before err is cleared. */
__attribute__((format(printf, 4, 0))) static void fail_with(struct kith_error *err, enum kith_status status,
                                                            enum kith_reason reason, const char *format, va_list args)
{
    char message[sizeof(err->message)];

    format_text(message, sizeof(message), format, args);
    kith_error_clear(err);
    err->status = status;
    err->reason = (int)reason;
    (void)kith_text_copy(err->message, sizeof(err->message), message); /* same size: fits */
}

enum kith_status kith_fail(struct kith_error *err, enum kith_status status, const char *format, ...)
{
    va_list args;

    if (!err)
        return status;
    va_start(args, format);
    fail_with(err, status, KITH_REASON_NONE, format, args);
    va_end(args);
    return status;
}

enum kith_status kith_fail_reason(struct kith_error *err, enum kith_status status, enum kith_reason reason,
                                  const char *format, ...)
{
    va_list args;

    if (!err)
        return status;
    va_start(args, format);
    fail_with(err, status, reason, format, args);
    va_end(args);
    return status;
}

enum kith_status kith_fail_context(struct kith_error *err, enum kith_status status, const char *format, ...)
{
    char words[sizeof(err->message)];
    char message[sizeof(err->message)];
    va_list args;

    if (!err)
        return status;
    va_start(args, format);
    format_text(words, sizeof(words), format, args);
    va_end(args);

    /* Cut when too long: the end of the innermost reason is what can be missed best. */
    (void)kith_text_format(message, sizeof(message), "%s%s%s", words, err->message[0] != '\0' ? ": " : "",
                           err->message);
    (void)kith_text_copy(err->message, sizeof(err->message), message);
    err->status = status;
    return status;
}

enum kith_status kith_fail_hint(struct kith_error *err, const char *format, ...)
{
    va_list args;

    if (!err)
        return KITH_E_INTERNAL; /* must not read as success; who passes NULL keeps the status elsewhere */
    va_start(args, format);
    format_text(err->hint, sizeof(err->hint), format, args);
    va_end(args);
    return err->status;
}
