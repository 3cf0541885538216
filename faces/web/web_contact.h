/* SPDX-License-Identifier: MIT */
/* web_contact.h - what the page of one contact needs beside the contact itself. */
#pragma once

#include <kith/kith.h>
#include <kith/marks.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/json_write.h"

KITH_DEFINE_AUTO(kith_marker, kith_marker_free)

/* The lines of an address, joined by "\n", as its country writes them; an unknown one gets the commonest shape. */
void kith_web_address_lines(const struct kith_address *address, struct kith_buf *out);

/* "14 March 1981", within a month of its day also "in 12 days". */
void kith_web_date_format(const struct kith_date *date, int64_t now_s, char *out, size_t out_size);

/*
 * The members "words" (what each number, address, date and item is called, and how it is written), "texts" (the rarer
 * fields), "people" (the manager, the assistant and the spouse as contacts here, 0 for who is not or whose name several
 * have) and "marks" (each text of a field in which something that was typed is found, with the places). typed: "" for
 * no marks.
 */
void kith_web_contact_write(struct kith *k, const struct kith_contact *contact, const char *typed,
                            struct kith_json_writer *w);
