/* SPDX-License-Identifier: MIT */
/*
 * signin.h - sign a person in at a provider: OAuth 2.0 authorization code with
 * PKCE (RFC 6749, RFC 7636), answered on a loopback address (RFC 8252), or a code
 * for another device (RFC 8628).
 *
 * kith_signin_start() gives the address to open in a browser. The answer arrives
 * by one of three ways: kith's own small listener, a listener of the face
 * (kith_signin_answer), or the address that the person pastes (kith_signin_paste).
 * kith_signin_wait() then trades it for tokens, keeps them, and makes the account.
 *
 * With on_device_code there is no such address: kith_signin_wait() asks the provider
 * for a code, hands it to the face, and waits until the person has typed it on
 * whatever device they like.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/account.h>
#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;
struct kith_cancel;
struct kith_signin;

/* What a person needs who signs in on another device. Plain ASCII. */
struct kith_device_code {
    const char *code;     /* to type there; goes with this sign-in alone */
    const char *address;  /* to open there: whatever the provider said */
    int64_t expires_at_s; /* seconds since 1970 UTC */
};
/* Called once, on the thread of kith_signin_wait() and before it waits; code is borrowed for the call. */
typedef void (*kith_device_code_fn)(void *ctx, const struct kith_device_code *code);

struct kith_signin_options {
    enum kith_source source;
    const char *name;  /* short name for the account; NULL: "work" or "personal", made unique */
    const char *again; /* NULL, or the account to sign in again: its contacts stay */
    int redirect_port; /* 0: open kith's own listener on 127.0.0.1 and ::1; else the face listens on this port */
    int64_t timeout_s; /* 0: 15 minutes */
    kith_device_code_fn on_device_code; /* NULL: sign in with a browser; else on another device, while its code lives */
    void *ctx;                          /* for on_device_code */
};

/*
 * Begin a sign-in. *ret: yours to kith_signin_free().
 *
 * Fails with KITH_E_NOT_CONFIGURED (no client id; err->setting names the key),
 * KITH_E_SOURCE_CONFLICT, KITH_E_NOT_FOUND (again names no account), KITH_E_USAGE (such as a
 * code for another device at Google, which gives no contacts for one).
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_signin_start(struct kith *k, const struct kith_signin_options *options,
                                                            struct kith_signin **ret, struct kith_error *err);

/* The address to open in the browser, "" with a code for another device; borrowed from s. Holds no secret. */
KITH_API const char *kith_signin_url(const struct kith_signin *s);

/* The `state` of this sign-in, by which a face with its own listener finds it; borrowed. */
KITH_API const char *kith_signin_state(const struct kith_signin *s);

/* When it gives up, seconds since 1970 UTC; with a code for another device, that has its own. */
KITH_API int64_t kith_signin_expires_at_s(const struct kith_signin *s);

/*
 * What somebody needs whom the provider's page tells to ask an administrator: *ret becomes
 * KITH_E_PERMISSION_MISSING with the link that an administrator can open. It has not failed; it goes on waiting.
 */
KITH_API void kith_signin_approval(const struct kith_signin *s, struct kith_error *ret);

/* What the browser's tab shall say after its answer. */
enum kith_tab {
    KITH_TAB_NOT_OURS = 0, /* no answer of this sign-in: say nothing about it */
    KITH_TAB_DONE,         /* "You can close this tab" */
    KITH_TAB_CANCELLED,    /* "The import was cancelled before" */
    KITH_TAB_DECLINED,     /* "Permission was not given" */
};

/*
 * Hand over the browser's request, e.g. "/?code=...&state=...". Exactly one
 * answer with the right state is taken; any other is ignored. Any thread.
 */
KITH_API enum kith_tab kith_signin_answer(struct kith_signin *s, const char *target);

/*
 * The same for an address that the person pasted. KITH_E_USAGE when it is not
 * the address of this sign-in; it goes on waiting then.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_signin_paste(struct kith_signin *s, const char *text,
                                                            struct kith_error *err);

/*
 * Wait for the answer, wherever the person gives it, trade it for tokens, keep them, make (or mend) the account.
 * cancel: NULL or a switch. ret: on success the account.
 *
 * Fails with KITH_E_SIGNIN_CANCELLED, KITH_E_SIGNIN_EXPIRED, KITH_E_PERMISSION_MISSING,
 * KITH_E_NOT_CONFIGURED, KITH_E_OFFLINE, KITH_E_TLS, KITH_E_SERVICE, KITH_E_STORE.
 * After a failure no token is kept.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_signin_wait(struct kith_signin *s, struct kith_cancel *cancel,
                                                           struct kith_account *ret, struct kith_error *err);

/*
 * Give up: kith_signin_wait() returns KITH_E_SIGNIN_CANCELLED, a late answer is told so. Any thread. An answer that is
 * being traded at this moment is dropped when the provider has replied; the switch of kith_signin_wait() ends that too.
 */
KITH_API void kith_signin_cancel(struct kith_signin *s);

/* NULL is fine; kith_signin_wait() must have returned. */
KITH_API void kith_signin_free(struct kith_signin *s);

/*
 * The page for the browser's tab: a whole HTML document, static, no request to anywhere.
 * settings_url: address of the face's Settings page for "Start again", or NULL for no button;
 * out: at least 8 KiB.
 */
KITH_API size_t kith_signin_tab_html(enum kith_tab tab, const char *settings_url, char *out, size_t out_size);

/*
 * Open url in the person's browser (xdg-open and its like). false when there is
 * none or no display to show it on: then print the address. Takes a moment, in which
 * an opener that finds no browser would say so; cancel: NULL or a switch that ends it.
 */
KITH_API bool kith_browser_open(const char *url, const struct kith_cancel *cancel);

#ifdef __cplusplus
}
#endif
