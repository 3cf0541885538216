/* SPDX-License-Identifier: MIT */
/*
 * parse_google_groups.c - the groups of a Google account: pages of them, and each by its id.
 *
 * Before: fetch/fetch_google.c gives the bytes of one response.
 * After:  parse_google.c makes categories of the groups that a person is in.
 */
#include "parse/parse_google_groups.h"

#include "base/text.h"
#include "parse/answer_text.h"
#include "parse/google_envelope.h"

enum {
    GROUPS_MAX = 10000, /* of one account */
    ID_BYTES_MAX = 2048,
    NAME_BYTES_MAX = 32 * 1024,
};

void kith_google_groups_init(struct kith_google_groups *groups)
{
    *groups = (struct kith_google_groups){.arena = kith_arena_new()};
}

void kith_google_groups_done(struct kith_google_groups *groups)
{
    kith_arena_free(groups->arena);
    free(groups->group);
    *groups = (struct kith_google_groups){0};
}

/* Where id stands, or would stand: they are in order. */
static size_t place_of_group(const struct kith_google_groups *groups, const char *id)
{
    size_t low = 0, high = groups->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(groups->group[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct kith_google_groups *groups, size_t place, const char *id)
{
    return place < groups->n && strcmp(groups->group[place].id, id) == 0;
}

void kith_google_groups_add(struct kith_google_groups *groups, const char *id, const char *name)
{
    size_t place = place_of_group(groups, id);

    if (is_at(groups, place, id) || groups->n >= GROUPS_MAX)
        return;
    if ((groups->n & (groups->n - 1)) == 0) /* 0 or a power of two: full */
        groups->group = kith_xrealloc(groups->group, groups->n == 0 ? 1 : groups->n * 2, sizeof(*groups->group));
    memmove(&groups->group[place + 1], &groups->group[place], (groups->n - place) * sizeof(*groups->group));
    groups->group[place] = (struct kith_google_group){
        .id = kith_arena_copy(groups->arena, id, strlen(id)),
        .name = kith_arena_copy(groups->arena, name, strlen(name)),
    };
    groups->n++;
}

const char *kith_google_groups_name(const struct kith_google_groups *groups, const char *id)
{
    size_t place = place_of_group(groups, id);

    return is_at(groups, place, id) ? groups->group[place].name : NULL;
}

/* Of Google's own groups those that a person puts contacts into; the others hold everybody, or nobody any more. */
static bool says_something(const char *id)
{
    static const char *const silent[] = {"myContacts", "all", "blocked", "chatBuddies"};
    const char *name = strrchr(id, '/');

    for (size_t i = 0; i < KITH_COUNT_OF(silent); i++)
        if (strcmp(name ? name + 1 : id, silent[i]) == 0)
            return false;
    return true;
}

static const char *take_text(struct kith_arena *arena, struct kith_json group, const char *name, size_t max_bytes)
{
    const char *trouble; /* a name that was cut is still one */

    return kith_answer_text(arena, kith_json_member(group, name), max_bytes, /* lines= */ false, &trouble);
}

static void read_group(struct kith_arena *arena, struct kith_json v, struct kith_google_groups *groups)
{
    bool deleted = kith_json_bool(kith_json_member(kith_json_member(v, "metadata"), "deleted"), false);
    const char *id = take_text(arena, v, "resourceName", ID_BYTES_MAX);
    const char *name =
        take_text(arena, v, "formattedName", NAME_BYTES_MAX); /* "Starred", where the name is "starred" */

    if (name[0] == '\0')
        name = take_text(arena, v, "name", NAME_BYTES_MAX);
    if (id[0] != '\0' && name[0] != '\0' && !deleted && says_something(id))
        kith_google_groups_add(groups, id, name);
}

enum kith_status kith_parse_google_groups(struct kith_json_reader *reader, struct kith_buf *json,
                                          struct kith_google_groups *groups, struct kith_buf *next,
                                          struct kith_error *err)
{
    KITH_AUTO(kith_arena) arena = kith_arena_new(); /* takes what is read */
    struct kith_json root = {0}, list = {0};
    char *token = NULL;
    enum kith_status st = kith_google_document(reader, json, "groups", &root, err);

    kith_buf_clear(next);
    if (st == KITH_OK)
        st = kith_google_list(root, "contactGroups", GROUPS_MAX, &list, err);
    if (st == KITH_OK)
        st = kith_answer_link(root, "nextPageToken", arena, &token, err);
    if (st != KITH_OK)
        return st;
    (void)kith_buf_add_text(next, token);
    for (struct kith_json_walk walk = kith_json_walk(list); kith_json_next(&walk);)
        read_group(arena, walk.value, groups);
    return KITH_OK;
}
