/* SPDX-License-Identifier: MIT */
/*
 * sandbox_faults.h - misbehaviour on demand: which requests are spoilt, and how.
 *
 * Faults are looked at in the order they were asked for; the first that fits and
 * has turns left is taken. A request is counted by every fault that fits it up to
 * the one that is taken, so that "after" of two faults can be told apart.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/json_write.h"

enum sandbox_act {
    SANDBOX_ACT_NONE = 0,
    /* Before the answer is made. */
    SANDBOX_ACT_STATUS,
    SANDBOX_ACT_HANG,
    SANDBOX_ACT_LATENCY,
    SANDBOX_ACT_TOKEN_EXPIRED,
    SANDBOX_ACT_CLAIMS,
    SANDBOX_ACT_GONE,
    SANDBOX_ACT_WRONG_TYPE,
    SANDBOX_ACT_MALFORMED,
    SANDBOX_ACT_CLOSE,
    /* In the page that is answered. */
    SANDBOX_ACT_LOOP,
    SANDBOX_ACT_DROP_ITEMS,
    SANDBOX_ACT_REPEAT_ITEMS,
    SANDBOX_ACT_EMPTY_PAGE,
    SANDBOX_ACT_FOREIGN_LINK,
    SANDBOX_ACT_SHUFFLE,
    /* In the bytes that go out. */
    SANDBOX_ACT_CUT,
    SANDBOX_ACT_TRUNCATE,
};

struct sandbox_fault {
    enum sandbox_act act;
    char path[256];       /* prefix of the request's path, in any case */
    char method[12];      /* "": any */
    size_t person;        /* SANDBOX_NOBODY: anybody */
    int64_t after;        /* requests that fit and pass unharmed first */
    int64_t times;        /* then so many are spoilt; -1: all */
    int64_t seen, spent;  /* counted so far */
    int status;           /* 0: not said */
    char retry_after[64]; /* as it goes into the header; "": none */
    char code[64];        /* of the error body; "": what fits the status */
    char message[200];
    char suberror[40]; /* identity errors only */
    char body[16];     /* "", "empty", "html", "text": instead of the error body; "legacy": Google's older one */
    char link[256];    /* foreign-link: beginning of the link */
    int64_t latency_ms;
};

struct sandbox_faults;
struct sandbox_request;
struct sandbox_answer;

struct sandbox_faults *sandbox_faults_new(void);
void sandbox_faults_free(struct sandbox_faults *faults);

/* false: there are too many. Safe on any thread, as are the others. */
bool sandbox_faults_add(struct sandbox_faults *faults, const struct sandbox_fault *fault);
void sandbox_faults_clear(struct sandbox_faults *faults);
void sandbox_faults_write(struct sandbox_faults *faults, struct kith_json_writer *w);

/* The fault for this request, counted; act NONE when it is to be served well. */
struct sandbox_fault sandbox_faults_take(struct sandbox_faults *faults, const struct sandbox_request *req);

/* "cut" -> SANDBOX_ACT_CUT; false for a word that is none. */
bool sandbox_act_parse(const char *word, enum sandbox_act *ret);
const char *sandbox_act_name(enum sandbox_act act); /* "" for NONE */

/* Answer in the place of the part that would have; false: the fault comes later, serve the request. */
bool sandbox_fault_replaces_answer(struct sandbox_request *req, struct sandbox_answer *ans);
/* Spoil the bytes of a finished answer. */
void sandbox_fault_spoil(struct sandbox_request *req, struct sandbox_answer *ans);

KITH_DEFINE_AUTO(sandbox_faults, sandbox_faults_free)
