/* SPDX-License-Identifier: MIT */
/* web_page.h - the files of the page, built into the program by tools/embed_page.py. */
#pragma once

#include <stddef.h>

struct kith_web_page_file {
    const char *name; /* "main.js" */
    const char *type;
    const unsigned char *bytes;
    size_t len;
    const char *etag; /* with its quotes */
};

extern const struct kith_web_page_file kith_web_page_files[]; /* by name */
extern const size_t kith_web_n_page_files;
