/* SPDX-License-Identifier: MIT */
/* sandbox_options.h - what the command line of kith-sandbox may say. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SANDBOX_MAX_AUTO 8

struct sandbox_options {
    uint16_t port;                            /* 0: any free one */
    int64_t contacts;                         /* in the default folder of each mailbox */
    uint64_t seed;                            /* the same seed invents the same people */
    int64_t latency_ms;                       /* before every answer but the control interface's */
    const char *auto_login[SANDBOX_MAX_AUTO]; /* addresses of the people whose pages answer by themselves */
    size_t n_auto_logins;
    const char *tls_cert; /* file names, both or neither */
    const char *tls_key;
    const char *config_out; /* INI file to write, or NULL */
};

enum sandbox_options_result { SANDBOX_OPTIONS_RUN, SANDBOX_OPTIONS_HELP, SANDBOX_OPTIONS_WRONG };

/* Reads argv; on SANDBOX_OPTIONS_WRONG the reason went to standard error. The strings stay argv's. */
enum sandbox_options_result sandbox_options_read(int argc, char **argv, struct sandbox_options *ret);

void sandbox_options_print_help(void);

/* Ceiling of --contacts and of the control interface: what the ids have room for. */
#define SANDBOX_MAX_CONTACTS INT64_C(50000000)
