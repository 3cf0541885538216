/* SPDX-License-Identifier: MIT */
/*
 * sandbox_mailbox.c - which contacts a mailbox holds, and what happened to them.
 *
 * Before: sandbox_control.c asks for a shape or for changes.
 * After:  sandbox_graph_contacts.c lists positions, sandbox_graph_delta.c lists changes.
 */
#include "sandbox/sandbox_mailbox.h"

#include <pthread.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_ids.h"
#include "sandbox/sandbox_people.h"

/* What happened to one slot; those of a shelf are ordered by slot. */
struct change {
    int64_t slot;
    uint64_t sequence; /* of the last change */
    int64_t changed_s;
    unsigned revision;
    bool removed, added;
    bool moved_here; /* the contact is the one of origin_slot in origin_folder */
    size_t origin_folder;
    int64_t origin_slot;
    bool renamed; /* it was in former_slot of the same folder */
    int64_t former_slot;
    bool goes_on; /* removed here because it was renamed; it is in next_slot of the same folder */
    int64_t next_slot;
};

/* One folder's slots. */
struct shelf {
    uint64_t key; /* what its contacts are invented from */
    int64_t n_slots;
    struct change *change;
    size_t n_changes, cap_changes;
    int64_t *removed; /* slots in order */
    size_t n_removed;
};

struct order {
    struct order *next;
    size_t folder;
    int by_text;
    uint32_t *slot;
    int64_t n;
};

struct sandbox_mailbox {
    pthread_rwlock_t lock;
    struct sandbox_id_maker ids;
    struct sandbox_mailbox_shape shape;
    uint64_t state, epoch, sequence;
    struct sandbox_folder folder[SANDBOX_N_FOLDERS];
    struct shelf shelf[SANDBOX_N_FOLDERS];
    struct sandbox_group_change group[SANDBOX_N_OWN_GROUPS];
    size_t next_group;          /* to be renamed */
    pthread_mutex_t order_lock; /* readers share the orders they make */
    struct order *orders;
};

static const struct {
    const char *name;
    size_t parent;
} folder_plan[SANDBOX_N_FOLDERS] = {
    {"Contacts", 0}, {"Suppliers", 0}, {"Couriers", 1}, {"Night shift", 2}, {"Family", 0},
};

/* --- Life ------------------------------------------------------------------ */

static void forget_orders(struct sandbox_mailbox *m)
{
    while (m->orders) {
        struct order *next = m->orders->next;
        free(m->orders->slot);
        free(m->orders);
        m->orders = next;
    }
}

static void clear_shelf(struct shelf *shelf, int64_t n_slots)
{
    free(shelf->change);
    free(shelf->removed);
    *shelf = (struct shelf){.key = shelf->key, .n_slots = n_slots};
}

static void take_shape(struct sandbox_mailbox *m, const struct sandbox_mailbox_shape *shape)
{
    m->shape = *shape;
    for (size_t i = 0; i < SANDBOX_N_FOLDERS; i++)
        clear_shelf(&m->shelf[i], i == SANDBOX_DEFAULT_FOLDER ? shape->contacts : shape->folder_contacts);
    memset(m->group, 0, sizeof(m->group));
    m->next_group = 0;
    forget_orders(m);
    m->state++;
    m->epoch++;
    m->sequence++;
}

struct sandbox_mailbox *sandbox_mailbox_new(uint64_t seed, size_t person, int64_t contacts)
{
    struct sandbox_mailbox *m = kith_xnew(struct sandbox_mailbox);
    struct sandbox_mailbox_shape shape = {.contacts = contacts, .report_count = -1};
    uint64_t key = sandbox_mix2(seed, kith_fnv1a64(sandbox_people[person].oid, strlen(sandbox_people[person].oid)));

    (void)pthread_rwlock_init(&m->lock, NULL); /* neither can fail with these arguments */
    (void)pthread_mutex_init(&m->order_lock, NULL);
    sandbox_id_maker_init(&m->ids, key);
    for (size_t i = 0; i < SANDBOX_N_FOLDERS; i++) {
        m->folder[i].name = folder_plan[i].name;
        m->folder[i].parent = folder_plan[i].parent;
        sandbox_id_write_folder(&m->ids, i, m->folder[i].id, sizeof(m->folder[i].id));
        m->shelf[i].key = sandbox_mix2(key, i);
    }
    take_shape(m, &shape);
    return m;
}

void sandbox_mailbox_free(struct sandbox_mailbox *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < SANDBOX_N_FOLDERS; i++)
        clear_shelf(&m->shelf[i], 0);
    forget_orders(m);
    (void)pthread_rwlock_destroy(&m->lock); /* nobody holds them any more */
    (void)pthread_mutex_destroy(&m->order_lock);
    free(m);
}

void sandbox_mailbox_reshape(struct sandbox_mailbox *m, const struct sandbox_mailbox_shape *shape)
{
    (void)pthread_rwlock_wrlock(&m->lock);
    take_shape(m, shape);
    (void)pthread_rwlock_unlock(&m->lock);
}

void sandbox_mailbox_set_limits(struct sandbox_mailbox *m, const struct sandbox_mailbox_shape *shape)
{
    (void)pthread_rwlock_wrlock(&m->lock);
    m->shape.report_count = shape->report_count;
    m->shape.max_requests = shape->max_requests;
    m->shape.top_cap = shape->top_cap;
    m->state++;
    (void)pthread_rwlock_unlock(&m->lock);
}

struct sandbox_mailbox_shape sandbox_mailbox_get_shape(struct sandbox_mailbox *m)
{
    struct sandbox_mailbox_shape shape;

    (void)pthread_rwlock_rdlock(&m->lock);
    shape = m->shape;
    (void)pthread_rwlock_unlock(&m->lock);
    return shape;
}

int64_t sandbox_mailbox_max_requests(struct sandbox_mailbox *m)
{
    return sandbox_mailbox_get_shape(m).max_requests;
}

void sandbox_mailbox_read(struct sandbox_mailbox *m)
{
    (void)pthread_rwlock_rdlock(&m->lock);
}

void sandbox_mailbox_read_end(struct sandbox_mailbox *m)
{
    (void)pthread_rwlock_unlock(&m->lock);
}

struct sandbox_mailbox_shape sandbox_mailbox_shape_held(const struct sandbox_mailbox *m)
{
    return m->shape;
}

uint64_t sandbox_mailbox_state(const struct sandbox_mailbox *m)
{
    return m->state;
}

uint64_t sandbox_mailbox_epoch(const struct sandbox_mailbox *m)
{
    return m->epoch;
}

uint64_t sandbox_mailbox_sequence(const struct sandbox_mailbox *m)
{
    return m->sequence;
}

const struct sandbox_folder *sandbox_mailbox_folder(const struct sandbox_mailbox *m, size_t folder)
{
    return &m->folder[folder];
}

size_t sandbox_mailbox_find_folder(const struct sandbox_mailbox *m, const char *id)
{
    if (kith_text_equal_ci(id, "contacts"))
        return SANDBOX_DEFAULT_FOLDER;
    for (size_t i = 0; i < SANDBOX_N_FOLDERS; i++)
        if (strcmp(m->folder[i].id, id) == 0)
            return i;
    return SANDBOX_N_FOLDERS;
}

/* --- Positions --------------------------------------------------------------- */

/* The first change at or behind the slot; n_changes when there is none. */
static size_t change_at(const struct shelf *shelf, int64_t slot)
{
    size_t low = 0, high = shelf->n_changes;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shelf->change[middle].slot < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct change *find_change(const struct shelf *shelf, int64_t slot)
{
    size_t i = change_at(shelf, slot);

    return i < shelf->n_changes && shelf->change[i].slot == slot ? &shelf->change[i] : NULL;
}

static int64_t shelf_live(const struct shelf *shelf)
{
    return shelf->n_slots - (int64_t)shelf->n_removed;
}

/* The nth slot that was not removed: as many removed ones lie before it as have at most n live ones before them. */
static int64_t shelf_nth(const struct shelf *shelf, int64_t n)
{
    size_t low = 0, high = shelf->n_removed;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shelf->removed[middle] - (int64_t)middle <= n)
            low = middle + 1;
        else
            high = middle;
    }
    return n + (int64_t)low;
}

static int64_t groups_in(const struct sandbox_mailbox *m, size_t folder)
{
    return folder == SANDBOX_DEFAULT_FOLDER ? m->shape.groups : 0;
}

int64_t sandbox_folder_live(const struct sandbox_mailbox *m, size_t folder)
{
    return shelf_live(&m->shelf[folder]);
}

int64_t sandbox_folder_nth(const struct sandbox_mailbox *m, size_t folder, int64_t n)
{
    return shelf_nth(&m->shelf[folder], n);
}

int64_t sandbox_folder_slots(const struct sandbox_mailbox *m, size_t folder)
{
    return m->shelf[folder].n_slots;
}

int64_t sandbox_folder_positions(const struct sandbox_mailbox *m, size_t folder)
{
    return shelf_live(&m->shelf[folder]) + groups_in(m, folder);
}

int64_t sandbox_folder_count(const struct sandbox_mailbox *m, size_t folder)
{
    if (folder == SANDBOX_DEFAULT_FOLDER && m->shape.report_count >= 0)
        return m->shape.report_count;
    return sandbox_folder_positions(m, folder);
}

/* Groups are spread evenly: one stands where the share of groups up to here steps over a whole number. */
int64_t sandbox_folder_slot(const struct sandbox_mailbox *m, size_t folder, int64_t position)
{
    int64_t groups = groups_in(m, folder);
    int64_t all = sandbox_folder_positions(m, folder);
    int64_t before = groups > 0 ? position * groups / all : 0;

    if (groups > 0 && (position + 1) * groups / all > before)
        return -1;
    return shelf_nth(&m->shelf[folder], position - before);
}

/* --- Contacts ---------------------------------------------------------------- */

bool sandbox_slot_contact(const struct sandbox_mailbox *m, size_t folder, int64_t slot, struct sandbox_contact *c)
{
    const struct shelf *shelf = &m->shelf[folder];
    const struct change *change = find_change(shelf, slot);
    uint64_t key = shelf->key;
    int64_t number = slot;

    if (slot < 0 || slot >= shelf->n_slots || (change && change->removed))
        return false;
    if (change && change->moved_here) {
        key = m->shelf[change->origin_folder].key;
        number = change->origin_slot;
    }
    sandbox_contact_make(c, key, number, change ? change->revision : 0);
    if (change) {
        c->changed_s = change->changed_s;
        if (change->added)
            c->created_s = change->changed_s;
    }
    if (m->shape.note_bytes > 0)
        sandbox_contact_write_note(c, (size_t)m->shape.note_bytes);
    return true;
}

void sandbox_slot_id(const struct sandbox_mailbox *m, size_t folder, int64_t slot, bool immutable, char *out)
{
    const struct change *change = immutable ? find_change(&m->shelf[folder], slot) : NULL;

    if (change && change->moved_here)
        sandbox_id_write(&m->ids, change->origin_folder, change->origin_slot, immutable, out, SANDBOX_ID_SIZE);
    else
        sandbox_id_write(&m->ids, folder, slot, immutable, out, SANDBOX_ID_SIZE);
}

void sandbox_slot_change_key(const struct sandbox_mailbox *m, size_t folder, int64_t slot, char out[41])
{
    const struct change *change = find_change(&m->shelf[folder], slot);

    sandbox_id_write_change_key(&m->ids, folder, slot, change ? change->sequence : 0, out);
}

/* Where a contact with this origin went; false when it is nowhere else. */
static bool find_moved(const struct sandbox_mailbox *m, size_t origin_folder, int64_t origin_slot, size_t *ret_folder,
                       int64_t *ret_slot)
{
    for (size_t f = 0; f < SANDBOX_N_FOLDERS; f++) {
        const struct shelf *shelf = &m->shelf[f];
        for (size_t i = 0; i < shelf->n_changes; i++) {
            const struct change *change = &shelf->change[i];
            if (change->moved_here && !change->removed && change->origin_folder == origin_folder &&
                change->origin_slot == origin_slot) {
                *ret_folder = f;
                *ret_slot = change->slot;
                return true;
            }
        }
    }
    return false;
}

enum sandbox_id_state sandbox_id_find(const struct sandbox_mailbox *m, const char *id, size_t *ret_folder,
                                      int64_t *ret_slot)
{
    size_t folder = 0;
    int64_t slot = 0;
    bool immutable = false;
    const struct change *change;

    if (!sandbox_id_read(&m->ids, id, &folder, &slot, &immutable) || folder >= SANDBOX_N_FOLDERS)
        return SANDBOX_ID_MALFORMED;
    change = find_change(&m->shelf[folder], slot);
    if (slot >= m->shelf[folder].n_slots)
        return SANDBOX_ID_REMOVED;
    if (change && change->removed)
        return immutable && find_moved(m, folder, slot, ret_folder, ret_slot) ? SANDBOX_ID_LIVE : SANDBOX_ID_REMOVED;
    *ret_folder = folder;
    *ret_slot = slot;
    return SANDBOX_ID_LIVE;
}

uint64_t sandbox_slot_number(const struct sandbox_mailbox *m, size_t folder, int64_t slot)
{
    return sandbox_id_number(&m->ids, folder, slot);
}

enum sandbox_id_state sandbox_number_find(const struct sandbox_mailbox *m, uint64_t number, size_t *ret_folder,
                                          int64_t *ret_slot)
{
    size_t folder = 0;
    int64_t slot = 0;
    const struct change *change;

    if (!sandbox_id_read_number(&m->ids, number, &folder, &slot) || folder >= SANDBOX_N_FOLDERS)
        return SANDBOX_ID_MALFORMED;
    change = find_change(&m->shelf[folder], slot);
    if (slot >= m->shelf[folder].n_slots || (change && change->removed))
        return SANDBOX_ID_REMOVED;
    *ret_folder = folder;
    *ret_slot = slot;
    return SANDBOX_ID_LIVE;
}

uint64_t sandbox_slot_sequence(const struct sandbox_mailbox *m, size_t folder, int64_t slot)
{
    const struct change *change = find_change(&m->shelf[folder], slot);

    return change ? change->sequence : 0;
}

bool sandbox_slot_former(const struct sandbox_mailbox *m, size_t folder, int64_t slot, int64_t *ret_former)
{
    const struct change *change = find_change(&m->shelf[folder], slot);

    if (!change || !change->renamed)
        return false;
    *ret_former = change->former_slot;
    return true;
}

bool sandbox_slot_goes_on(const struct sandbox_mailbox *m, size_t folder, int64_t slot)
{
    const struct change *change = find_change(&m->shelf[folder], slot);

    for (int step = 0; step < SANDBOX_MAX_FORMER && change && change->removed && change->goes_on; step++)
        change = find_change(&m->shelf[folder], change->next_slot);
    return change && !change->removed && change->renamed;
}

bool sandbox_folder_next_change(const struct sandbox_mailbox *m, size_t folder, uint64_t since, int64_t *slot,
                                bool *ret_removed)
{
    const struct shelf *shelf = &m->shelf[folder];

    for (size_t i = change_at(shelf, *slot); i < shelf->n_changes; i++) {
        if (shelf->change[i].sequence <= since)
            continue;
        *slot = shelf->change[i].slot;
        *ret_removed = shelf->change[i].removed;
        return true;
    }
    return false;
}

/* --- Changes ----------------------------------------------------------------- */

static int by_slot(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    return (x->slot > y->slot) - (x->slot < y->slot);
}

/* Order the changes again and note which slots are gone. */
static void settle(struct shelf *shelf)
{
    if (shelf->n_changes == 0)
        return;
    qsort(shelf->change, shelf->n_changes, sizeof(shelf->change[0]), by_slot);
    shelf->removed = kith_xrealloc(shelf->removed, shelf->n_changes, sizeof(shelf->removed[0]));
    shelf->n_removed = 0;
    for (size_t i = 0; i < shelf->n_changes; i++)
        if (shelf->change[i].removed)
            shelf->removed[shelf->n_removed++] = shelf->change[i].slot;
}

/* The change record of a slot; a new one goes to the end, where find_change() does not look until settle(). */
static struct change *touch(struct sandbox_mailbox *m, struct shelf *shelf, int64_t slot, size_t n_settled)
{
    size_t n_all = shelf->n_changes;
    struct change *change = NULL;
    size_t i;

    shelf->n_changes = n_settled;
    i = change_at(shelf, slot);
    shelf->n_changes = n_all;
    if (i < n_settled && shelf->change[i].slot == slot)
        change = &shelf->change[i];
    if (!change) {
        if (n_all == shelf->cap_changes) {
            shelf->cap_changes = n_all ? n_all * 2 : 64;
            shelf->change = kith_xrealloc(shelf->change, shelf->cap_changes, sizeof(shelf->change[0]));
        }
        change = &shelf->change[shelf->n_changes++];
        *change = (struct change){.slot = slot};
    }
    change->sequence = ++m->sequence;
    change->changed_s = kith_clock_now_s();
    return change;
}

static void add_one(struct sandbox_mailbox *m, struct shelf *shelf, size_t n_settled)
{
    touch(m, shelf, shelf->n_slots, n_settled)->added = true;
    shelf->n_slots++;
}

static void move_one(struct sandbox_mailbox *m, const struct change *from, size_t from_folder, struct shelf *to,
                     size_t n_settled)
{
    struct change *arrived = touch(m, to, to->n_slots, n_settled);

    arrived->moved_here = true;
    arrived->revision = from->revision;
    arrived->origin_folder = from->moved_here ? from->origin_folder : from_folder;
    arrived->origin_slot = from->moved_here ? from->origin_slot : from->slot;
    to->n_slots++;
}

/* The contact leaves its slot for a new one of the same folder. */
static void rename_one(struct sandbox_mailbox *m, struct shelf *shelf, int64_t slot, size_t n_settled)
{
    struct change *left = touch(m, shelf, slot, n_settled), *arrived;
    struct change before;

    left->removed = left->goes_on = true;
    left->next_slot = shelf->n_slots;
    before = *left; /* the next call may move it */
    arrived = touch(m, shelf, shelf->n_slots, n_settled);
    arrived->moved_here = arrived->renamed = true;
    arrived->revision = before.revision;
    arrived->origin_folder = before.moved_here ? before.origin_folder : SANDBOX_DEFAULT_FOLDER;
    arrived->origin_slot = before.moved_here ? before.origin_slot : slot;
    arrived->former_slot = slot;
    shelf->n_slots++;
}

enum deed { DEED_CHANGE, DEED_REMOVE, DEED_MOVE, DEED_RENAME };

static void do_to_one(struct sandbox_mailbox *m, enum deed deed, struct change *change, size_t n_settled_target)
{
    if (deed == DEED_CHANGE) {
        change->revision++;
        return;
    }
    change->removed = true;
    if (deed == DEED_MOVE)
        move_one(m, change, SANDBOX_DEFAULT_FOLDER, &m->shelf[1], n_settled_target);
}

/* Do it to count contacts of the default folder, evenly spread from a place that differs each time. */
static void do_to_many(struct sandbox_mailbox *m, enum deed deed, int64_t count)
{
    struct shelf *shelf = &m->shelf[SANDBOX_DEFAULT_FOLDER];
    size_t n_settled = shelf->n_changes, n_settled_target = m->shelf[1].n_changes;
    int64_t live = shelf_live(shelf);
    int64_t *slot;

    count = count < live ? count : live;
    if (count <= 0)
        return;
    slot = kith_xnew_n(int64_t, (size_t)count);
    int64_t offset = (int64_t)(sandbox_mix(m->sequence) % (uint64_t)live);
    for (int64_t k = 0; k < count; k++)
        slot[k] = shelf_nth(shelf, (offset + k * live / count) % live);
    for (int64_t k = 0; k < count && deed == DEED_RENAME; k++)
        rename_one(m, shelf, slot[k], n_settled);
    for (int64_t k = 0; k < count && deed != DEED_RENAME; k++)
        do_to_one(m, deed, touch(m, shelf, slot[k], n_settled), n_settled_target);
    free(slot);
    settle(shelf);
    settle(&m->shelf[1]);
}

static void rename_groups(struct sandbox_mailbox *m, int64_t count)
{
    for (int64_t i = 0; i < count && i < SANDBOX_N_OWN_GROUPS; i++) {
        struct sandbox_group_change *group = &m->group[m->next_group++ % SANDBOX_N_OWN_GROUPS];
        group->revision++;
        group->sequence = ++m->sequence;
        group->changed_s = kith_clock_now_s();
    }
}

struct sandbox_group_change sandbox_group_get_change(const struct sandbox_mailbox *m, size_t own_group)
{
    return m->group[own_group];
}

void sandbox_mailbox_change(struct sandbox_mailbox *m, struct sandbox_mailbox_change *what)
{
    struct shelf *shelf = &m->shelf[SANDBOX_DEFAULT_FOLDER];

    (void)pthread_rwlock_wrlock(&m->lock);
    do_to_many(m, DEED_REMOVE, what->remove);
    do_to_many(m, DEED_MOVE, what->move);
    do_to_many(m, DEED_RENAME, what->rename);
    do_to_many(m, DEED_CHANGE, what->change);
    size_t n_settled = shelf->n_changes;
    for (int64_t i = 0; i < what->add; i++)
        add_one(m, shelf, n_settled);
    settle(shelf);
    rename_groups(m, what->rename_groups);
    forget_orders(m);
    m->state++;
    (void)pthread_rwlock_unlock(&m->lock);
}

/* --- Order ------------------------------------------------------------------- */

struct sort_item {
    const char *text;
    uint32_t slot;
};

static int by_sort_text(const void *a, const void *b)
{
    const struct sort_item *x = a, *y = b;
    int order = strcasecmp(x->text, y->text);

    return order ? order : (x->slot > y->slot) - (x->slot < y->slot);
}

static struct order *make_order(const struct sandbox_mailbox *m, size_t folder, int by_text)
{
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    struct sandbox_contact *c = kith_xnew(struct sandbox_contact);
    struct order *order = kith_xnew(struct order);
    int64_t n = sandbox_folder_live(m, folder);
    struct sort_item *item = kith_xnew_n(struct sort_item, (size_t)n + 1);

    for (int64_t i = 0; i < n; i++) {
        int64_t slot = sandbox_folder_nth(m, folder, i);
        char stamp[21] = "";
        const char *text = stamp;
        (void)sandbox_slot_contact(m, folder, slot, c); /* the nth is never a removed one */
        if (by_text < SANDBOX_TEXT_COUNT)
            text = c->text[by_text] ? c->text[by_text] : "";
        else
            kith_clock_format_iso(by_text == SANDBOX_TEXT_COUNT ? c->created_s : c->changed_s, stamp);
        item[i] = (struct sort_item){kith_arena_copy(arena, text, strlen(text)), (uint32_t)slot};
    }
    qsort(item, (size_t)n, sizeof(item[0]), by_sort_text);
    *order = (struct order){.folder = folder, .by_text = by_text, .n = n};
    order->slot = kith_xnew_n(uint32_t, (size_t)n + 1);
    for (int64_t i = 0; i < n; i++)
        order->slot[i] = item[i].slot;
    free(item);
    free(c);
    return order;
}

const uint32_t *sandbox_folder_ordered(struct sandbox_mailbox *m, size_t folder, int by_text, int64_t *ret_n)
{
    struct order *order;

    (void)pthread_mutex_lock(&m->order_lock);
    for (order = m->orders; order; order = order->next)
        if (order->folder == folder && order->by_text == by_text)
            break;
    if (!order) {
        order = make_order(m, folder, by_text);
        order->next = m->orders;
        m->orders = order;
    }
    (void)pthread_mutex_unlock(&m->order_lock);
    *ret_n = order->n;
    return order->slot;
}
