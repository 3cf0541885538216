/* SPDX-License-Identifier: MIT */
/*
 * cli_out.h - what a person or a program reads: results on standard output, messages on standard error.
 *
 * Values of contacts are made harmless for a terminal (no control characters) unless they go into JSON,
 * which has escapes of its own.
 */
#pragma once

#include "base/buf.h"
#include "cli.h"

/* Find out what standard output and the locale can do. */
void cli_out_init(struct cli *cli);

/* A message for the person, on standard error; nothing with -q. Ends the line. */
void cli_say(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Show a failure in text or JSON and return its exit code. */
int cli_fail(const struct cli *cli, const struct kith_error *err);

/* A mistake in the arguments: "kith: <text>", in JSON with --json; returns 2. hint may be "". */
int cli_usage(const struct cli *cli, const char *hint, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Columns a text takes on a terminal. */
int cli_width(const char *text);
/* Append text without control characters. */
void cli_add_text(struct kith_buf *out, const char *text);
/* The same, padded to columns and, on a terminal (cut), shortened to them with an ellipsis: a pipe gets it whole. */
void cli_add_cell(struct kith_buf *out, const char *text, int columns, bool cut);

/* "12,874"; out: 32 bytes. */
const char *cli_number(int64_t n, char *out);

/* "14:17", local; out: 8 bytes. */
const char *cli_clock(int64_t time_s, char *out);

/* text as a JSON string with its quotes; yours to free(). */
char *cli_json_string(const char *text);

/* Write buf to standard output and empty it. false: nobody reads any more. */
bool cli_flush(struct kith_buf *buf);
/* Write what is left. false, after saying so: some of the results did not arrive, and a reader was there for them. */
bool cli_out_done(void);
/* Columns of the terminal on this descriptor; 80 when it is none. */
int cli_columns(int fd);
