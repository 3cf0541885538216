/* SPDX-License-Identifier: MIT */
/* cli_report.h - what became of each file of the Outlook app and of its fields: --report. */
#pragma once

#include "cli.h"

/* A kith_outlook_file_fn; ctx is the import's struct cli_progress. NULL: nobody asked for it. */
kith_outlook_file_fn cli_report(const struct cli *cli);
