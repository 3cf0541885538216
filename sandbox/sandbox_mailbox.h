/* SPDX-License-Identifier: MIT */
/*
 * sandbox_mailbox.h - one person's contacts: which exist, in which folder, and what changed since.
 *
 * A folder is a row of numbered slots, each one contact that sandbox_contact.h can
 * make. What was changed, removed, added or moved since the beginning stands in an
 * overlay, so that a mailbox of a million costs nothing until somebody changes it.
 *
 * Everything but new, free and the calls that say so needs sandbox_mailbox_read()
 * around it; any number of threads may read at once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct sandbox_mailbox;
struct sandbox_contact;

struct sandbox_folder {
    const char *name;
    size_t parent; /* index; the default folder, 0, is its own */
    char id[128];
};
#define SANDBOX_N_FOLDERS 5
#define SANDBOX_DEFAULT_FOLDER 0

/* How a mailbox is from now on. */
struct sandbox_mailbox_shape {
    int64_t contacts;        /* in the default folder */
    int64_t folder_contacts; /* in each other folder */
    int64_t report_count;    /* what counting says; -1: the truth */
    int64_t groups;          /* contact groups among the contacts: counted, never listed */
    int64_t max_requests;    /* in ten minutes, at Google in one; 0: any number */
    int64_t top_cap;         /* largest page; 0: 1000 */
    int64_t note_bytes;      /* of every contact's notes; 0: as they are */
};

struct sandbox_mailbox *sandbox_mailbox_new(uint64_t seed, size_t person, int64_t contacts);
void sandbox_mailbox_free(struct sandbox_mailbox *mailbox); /* NULL is fine */

/* Begin again with this shape: delta tokens given before are gone. Locks by itself. */
void sandbox_mailbox_reshape(struct sandbox_mailbox *mailbox, const struct sandbox_mailbox_shape *shape);
/* Only what counting says, and limits: the contacts stay as they are. Locks by itself. */
void sandbox_mailbox_set_limits(struct sandbox_mailbox *mailbox, const struct sandbox_mailbox_shape *shape);
/* Locks by itself. */
struct sandbox_mailbox_shape sandbox_mailbox_get_shape(struct sandbox_mailbox *mailbox);
/* Locks by itself. */
int64_t sandbox_mailbox_max_requests(struct sandbox_mailbox *mailbox);

/* Changes in the default folder, spread over it; as many as there are contacts for. Locks by itself. */
struct sandbox_mailbox_change {
    int64_t add, change, remove;
    int64_t move;   /* into the first other folder */
    int64_t rename; /* the contact stays, under another id */
    int64_t rename_groups;
};
void sandbox_mailbox_change(struct sandbox_mailbox *mailbox, struct sandbox_mailbox_change *what);

void sandbox_mailbox_read(struct sandbox_mailbox *mailbox);
void sandbox_mailbox_read_end(struct sandbox_mailbox *mailbox);

/* A person's own contact groups at Google, which are always the same but for their names. */
#define SANDBOX_N_OWN_GROUPS 10
struct sandbox_group_change {
    unsigned revision; /* how often it was renamed */
    uint64_t sequence; /* of the last time; 0: never */
    int64_t changed_s;
};
struct sandbox_group_change sandbox_group_get_change(const struct sandbox_mailbox *mailbox, size_t own_group);

/* The shape, while reading. */
struct sandbox_mailbox_shape sandbox_mailbox_shape_held(const struct sandbox_mailbox *mailbox);

/* Grows with every change and every reshape; pages of the same state are the same. */
uint64_t sandbox_mailbox_state(const struct sandbox_mailbox *mailbox);
uint64_t sandbox_mailbox_epoch(const struct sandbox_mailbox *mailbox); /* grows with every reshape */

const struct sandbox_folder *sandbox_mailbox_folder(const struct sandbox_mailbox *mailbox, size_t folder);
/* By id or well-known name; SANDBOX_N_FOLDERS when there is none. */
size_t sandbox_mailbox_find_folder(const struct sandbox_mailbox *mailbox, const char *id);

/* Contacts and groups in a folder: what paging moves over. */
int64_t sandbox_folder_positions(const struct sandbox_mailbox *mailbox, size_t folder);
/* What counting says. */
int64_t sandbox_folder_count(const struct sandbox_mailbox *mailbox, size_t folder);
/* The slot at a position, or -1 for a group. */
int64_t sandbox_folder_slot(const struct sandbox_mailbox *mailbox, size_t folder, int64_t position);
int64_t sandbox_folder_live(const struct sandbox_mailbox *mailbox, size_t folder);
/* The nth contact, groups left out. */
int64_t sandbox_folder_nth(const struct sandbox_mailbox *mailbox, size_t folder, int64_t n);
int64_t sandbox_folder_slots(const struct sandbox_mailbox *mailbox, size_t folder);

/* The contact in a slot. false: it was removed. */
bool sandbox_slot_contact(const struct sandbox_mailbox *mailbox, size_t folder, int64_t slot,
                          struct sandbox_contact *c);

/* Ids. out has room for SANDBOX_ID_SIZE. */
#define SANDBOX_ID_SIZE 160
void sandbox_slot_id(const struct sandbox_mailbox *mailbox, size_t folder, int64_t slot, bool immutable, char *out);
void sandbox_slot_change_key(const struct sandbox_mailbox *mailbox, size_t folder, int64_t slot, char out[41]);
enum sandbox_id_state { SANDBOX_ID_LIVE, SANDBOX_ID_REMOVED, SANDBOX_ID_MALFORMED };
enum sandbox_id_state sandbox_id_find(const struct sandbox_mailbox *mailbox, const char *id, size_t *ret_folder,
                                      int64_t *ret_slot);

/* Google's ids are numbers. */
uint64_t sandbox_slot_number(const struct sandbox_mailbox *mailbox, size_t folder, int64_t slot);
enum sandbox_id_state sandbox_number_find(const struct sandbox_mailbox *mailbox, uint64_t number, size_t *ret_folder,
                                          int64_t *ret_slot);
/* The number of the slot's last change; 0: none. */
uint64_t sandbox_slot_sequence(const struct sandbox_mailbox *mailbox, size_t folder, int64_t slot);
/* The slot in the same folder that the contact had before it was renamed. false: it never was. */
bool sandbox_slot_former(const struct sandbox_mailbox *mailbox, size_t folder, int64_t slot, int64_t *ret_former);
/* A removed slot whose contact goes on in the same folder under another id, not too many ids later. */
#define SANDBOX_MAX_FORMER 8
bool sandbox_slot_goes_on(const struct sandbox_mailbox *mailbox, size_t folder, int64_t slot);

/*
 * Changes of a folder after the change number since, by slot: the first at or behind
 * *slot. false: there is none. Otherwise *slot is it, and ret_removed says what happened.
 */
bool sandbox_folder_next_change(const struct sandbox_mailbox *mailbox, size_t folder, uint64_t since, int64_t *slot,
                                bool *ret_removed);
/* The number of the last change. */
uint64_t sandbox_mailbox_sequence(const struct sandbox_mailbox *mailbox);

/*
 * All contacts of a folder, ordered by a text of theirs (or SANDBOX_BY_CREATED, SANDBOX_BY_CHANGED).
 * Remembered until something changes; borrowed while reading.
 */
#define SANDBOX_BY_CREATED SANDBOX_TEXT_COUNT
#define SANDBOX_BY_CHANGED (SANDBOX_TEXT_COUNT + 1)
const uint32_t *sandbox_folder_ordered(struct sandbox_mailbox *mailbox, size_t folder, int by_text, int64_t *ret_n);
