/* SPDX-License-Identifier: MIT */
/* web_contact.h - what the page of one contact needs beside the contact itself. */
#pragma once

#include <kith/kith.h>

#include "base/buf.h"
#include "base/json_write.h"

/* The lines of an address, joined by "\n", as its country writes them; an unknown one gets the commonest shape. */
void kith_web_address_lines(const struct kith_address *address, struct kith_buf *out);

/*
 * The members "address_lines" (one list for each address) and "marks" (each text of a field in which something
 * that was typed is found, with the places). typed: "" for no marks.
 */
void kith_web_contact_write(struct kith_json_writer *w, const struct kith_contact *contact, const char *typed);
