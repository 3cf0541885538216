/* SPDX-License-Identifier: MIT */
/* html_text.h - notes that came as HTML, as the plain text that a person would copy from them. */
#pragma once

#include <stddef.h>

/*
 * In place, len bytes of UTF-8, which need not end in NUL: tags go, those that end a line become \n, character
 * references become what they stand for, spaces and empty lines in a row become one. Returns the new length.
 */
size_t kith_html_to_text(char *html, size_t len);
