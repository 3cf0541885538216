/* SPDX-License-Identifier: MIT */
/* sandbox_google_people.h - what the files of the People API share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_google_person_json.h"
#include "sandbox/sandbox_request.h"

struct sandbox_contact;
struct sandbox_google_person;
struct sandbox_mailbox;

/* Who is asking, from the access token, and whose address book it counts against. */
void sandbox_google_identify(struct sandbox_request *req);

/*
 * Google's error envelope. code: a row of a table, by its reason ("RATE_LIMIT_EXCEEDED") or canonical status
 * ("NOT_FOUND"), or a reason of one's own. status 0: what the row says. message "": the row's.
 */
void sandbox_google_error(struct sandbox_request *req, struct sandbox_answer *ans, const char *code, int status,
                          const char *message);
/* What usually comes with a status. */
void sandbox_google_error_for(struct sandbox_request *req, struct sandbox_answer *ans, int status);
/* What a fault asks for: its code, status and message; body "legacy": the shape of older answers. */
void sandbox_google_error_as_told(struct sandbox_request *req, struct sandbox_answer *ans);

#define SANDBOX_GOOGLE_JSON "application/json; charset=UTF-8"

/* Each answers what is below it, with the address book held for reading. */
void sandbox_google_connections(struct sandbox_request *req, struct sandbox_mailbox *mailbox,
                                struct sandbox_answer *ans);
void sandbox_google_other_contacts(struct sandbox_request *req, struct sandbox_mailbox *mailbox,
                                   struct sandbox_answer *ans);
void sandbox_google_groups(struct sandbox_request *req, struct sandbox_mailbox *mailbox, struct sandbox_answer *ans);
void sandbox_google_one_person(struct sandbox_request *req, struct sandbox_mailbox *mailbox,
                               struct sandbox_answer *ans);
void sandbox_google_batch_get(struct sandbox_request *req, struct sandbox_mailbox *mailbox, struct sandbox_answer *ans);

/* Without an access token, as Google's. */
void sandbox_google_photo(struct sandbox_request *req, struct sandbox_answer *ans);
/* What generated clients are generated from. */
void sandbox_google_api_description(struct sandbox_request *req, struct sandbox_answer *ans);

/* personFields or readMask (name), and the source types that are read. false: an answer was made. */
bool sandbox_google_read_mask(struct sandbox_request *req, const char *name, uint64_t *ret_mask,
                              struct sandbox_answer *ans);
#define SANDBOX_GOOGLE_SOURCE_CONTACT 1U
#define SANDBOX_GOOGLE_SOURCE_PROFILE 2U
bool sandbox_google_read_sources(struct sandbox_request *req, unsigned preset, unsigned *ret,
                                 struct sandbox_answer *ans);

/* Where people are made and written; two large structs that no stack shall hold. */
struct sandbox_google_scratch;
struct sandbox_google_scratch *sandbox_google_scratch_new(void);
void sandbox_google_scratch_free(struct sandbox_google_scratch *scratch);
KITH_DEFINE_AUTO(sandbox_google_scratch, sandbox_google_scratch_free)

/* One slot's person, or its tombstone. view: mask, with_profile and turned are set; the rest is filled in here. */
void sandbox_google_write_slot(struct sandbox_request *req, const struct sandbox_mailbox *mailbox, size_t folder,
                               int64_t slot, struct sandbox_google_view *view, struct sandbox_google_scratch *scratch,
                               struct kith_buf *out);

/* The folder that stands for "other contacts". */
#define SANDBOX_OTHER_CONTACTS_FOLDER 1

/* --- Tokens of pages and of rounds ----------------------------------------------------- */

struct sandbox_google_mark {
    uint64_t kind;     /* whose it is: a list's, and page or sync */
    uint64_t question; /* hash of the parameters it is bound to */
    uint64_t epoch, since, until, position;
    int64_t began_s; /* the full round that the chain began with */
};
#define SANDBOX_MARK_SIZE 96
void sandbox_google_mark_write(const struct sandbox_google_mark *mark, uint64_t key, char out[SANDBOX_MARK_SIZE]);
/* false: not one that was written with this key. */
bool sandbox_google_mark_read(const char *text, uint64_t key, struct sandbox_google_mark *ret);

/* A page's answer, kept for whoever asks again. key names all it depends on but encoding and address. */
bool sandbox_google_get_kept(struct sandbox_request *req, const char *key, struct sandbox_answer *ans);
void sandbox_google_keep(struct sandbox_request *req, const char *key, struct sandbox_answer *ans);
