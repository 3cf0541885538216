/* SPDX-License-Identifier: MIT */
/* cli_options.h - options from the command line, over getopt_long, with "did you mean". */
#pragma once

#include "cli.h"

/*
 * Parse the options of argv that stand before the first word (command NULL), or all options of a command.
 * Returns the index of the first word, or -1 after a mistake that was shown (*ret_exit is the code).
 */
int cli_options_parse(struct cli *cli, const struct cli_command *command, int argc, char **argv, int *ret_exit);

/* "4h", "90m", "30s", "2d" in seconds; false for anything else. */
bool cli_parse_duration(const char *text, int64_t *ret_s);
