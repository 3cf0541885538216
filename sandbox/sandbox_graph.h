/* SPDX-License-Identifier: MIT */
/* sandbox_graph.h - what the files of the Graph half share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_request.h"

struct kith_json_writer;
struct sandbox_mailbox;

/* Who is asking, from the access token, and whose mailbox it concerns: fills person, scopes, token_state, mailbox. */
void sandbox_graph_identify(struct sandbox_request *req);

/* Graph's error envelope. */
void sandbox_graph_error(struct sandbox_request *req, struct sandbox_answer *ans, int status, const char *code,
                         const char *message);
/* The code and message that usually come with a status. */
void sandbox_graph_error_for(struct sandbox_request *req, struct sandbox_answer *ans, int status);
void sandbox_graph_error_token(struct sandbox_request *req, struct sandbox_answer *ans, const char *message);
/* 401 with a claims challenge, as continuous access evaluation sends it. */
void sandbox_graph_error_claims(struct sandbox_request *req, struct sandbox_answer *ans);

#define SANDBOX_GRAPH_JSON                                                                                             \
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"

/* "https://.../v1.0/$metadata#users('...')/contacts" and the like. */
const char *sandbox_graph_context(struct sandbox_request *req, const char *what);

/* Where in a mailbox a path leads: .../contactFolders/{id}/childFolders/{id}/contacts... */
struct sandbox_place_in_mailbox {
    struct sandbox_mailbox *mailbox;
    size_t folder;
    size_t next; /* the first segment that was not used up */
};

/* A folder's members, into an object that was begun. */
void sandbox_graph_put_folder(struct kith_json_writer *w, const struct sandbox_mailbox *mailbox, size_t folder);

/* Each answers requests below a mailbox, with the mailbox held for reading. */
void sandbox_graph_contacts(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place,
                            struct sandbox_answer *ans);
void sandbox_graph_folders(struct sandbox_request *req, struct sandbox_place_in_mailbox *place,
                           struct sandbox_answer *ans);
void sandbox_graph_contacts_delta(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place,
                                  struct sandbox_answer *ans);
/* The children of place->folder; SANDBOX_N_FOLDERS: all folders. */
void sandbox_graph_folders_delta(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place,
                                 struct sandbox_answer *ans);
void sandbox_graph_photo(struct sandbox_request *req, uint64_t contact_key, bool value, struct sandbox_answer *ans);
void sandbox_graph_batch(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_graph_translate_ids(struct sandbox_request *req, struct sandbox_mailbox *mailbox,
                                 struct sandbox_answer *ans);

bool sandbox_graph_is_delta(const char *segment);
bool sandbox_graph_wants_immutable(struct sandbox_request *req);
/* $select and $expand of the query; false: an answer was made. */
struct sandbox_expand;
bool sandbox_graph_read_view(struct sandbox_request *req, uint64_t *ret_select, struct sandbox_expand *ret_expand,
                             struct sandbox_answer *ans);
/* A number of the query or a preference; preset when missing. false: it is no number. */
bool sandbox_graph_number(struct sandbox_request *req, const char *name, int64_t preset, int64_t *ret);
