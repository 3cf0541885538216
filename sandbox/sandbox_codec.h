/* SPDX-License-Identifier: MIT */
/* sandbox_codec.h - SHA-256 and base64url: what PKCE, id tokens and ids are written with. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

void sandbox_sha256(const void *bytes, size_t len, unsigned char out[32]);

/* Without padding; out has room for (len + 2) / 3 * 4 + 1 characters. */
void sandbox_base64url(const unsigned char *bytes, size_t len, char *out);
/* n characters, n a multiple of 4, into n / 4 * 3 bytes; false for a character that is none. */
bool sandbox_unbase64url(const char *text, size_t n, unsigned char *out);
/* With '+', '/' and padding, as JSON carries pictures. */
void sandbox_base64(const unsigned char *bytes, size_t len, char *out);
