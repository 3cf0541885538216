/* SPDX-License-Identifier: MIT */
/*
 * listing_google.c - an account at Google: its groups, and all people in it or those who changed.
 *
 * Before: conduct_import.c has a client and a way to get tokens.
 * After:  conduct_import.c takes page after page; fetch/ asks for them, parse/ reads them.
 *
 * The last page of any reading, of everything or of changes, brings a sync token ("people.connections.list"), by which
 * the next refresh costs what changed. Google forgets it after seven days, and then everything is read once more.
 *
 * Which group has which name is told apart from the people in it, and no person changes because their group is called
 * otherwise. So the groups are asked for each time, and kept with the token: where one of them has another name now,
 * or is gone, everything is read again, and the change keys (parse_google.h) tell who is concerned.
 */
#include "engine/listing.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/log.h"
#include "base/text.h"
#include "fetch/fetch_google.h"
#include "parse/parse_google.h"

enum {
    PAGE_TRIES = 3, /* a page may come damaged once and be whole the next time */
    GROUP_PAGES_MAX = 100,
    STALE_PAGES = 100, /* pages in a row that brought nobody new: an endless chain */
    TOKEN_BYTES = 16 * 1024,
    RESUME_VERSION = 1,
};

struct listing {
    struct kith_listing base;
    struct kith_listing_options options;
    struct kith_fetch_google *fetch;
    struct kith_json_reader *reader, *reader_of_one; /* of lists; of a person alone, while a list is read */
    struct kith_buf body;
    struct kith_page_rest rest; /* of the answer that the page given last was on */

    struct kith_google_groups groups, groups_before;
    bool groups_known;
    struct kith_buf sync;      /* the token to ask with; "" everything is asked for */
    struct kith_buf sync_next; /* for the next time */
    struct kith_buf place;     /* token of the page that comes next */
    struct kith_page *first;   /* read to count, not given yet */
    bool begun, ended;
    bool restarted; /* begun anew once: what fails then stays failed */
    int64_t n_seen;
    int n_stale;
};

static struct listing *of(struct kith_listing *base)
{
    return (struct listing *)base; /* base is the first member */
}

/* --- Groups ------------------------------------------------------------------------- */

/* The page in body, read; asked for again when it came damaged. */
static enum kith_status read_groups(struct listing *l, struct kith_buf *ret_next, struct kith_error *err)
{
    for (int tries = 1;; tries++) {
        enum kith_status st = kith_parse_google_groups(l->reader, &l->body, &l->groups, ret_next, err);

        if (st == KITH_OK || tries == PAGE_TRIES)
            return st;
        st = kith_fetch_google_retry(l->fetch, &l->body, err);
        if (st != KITH_OK)
            return st;
    }
}

static enum kith_status look_at_groups(struct listing *l, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) next;
    enum kith_status st = KITH_OK;
    int pages = 0;

    kith_buf_init(&next, TOKEN_BYTES);
    do {
        if (++pages > GROUP_PAGES_MAX)
            return kith_fail(err, KITH_E_SERVICE, "the pages of groups do not end");
        st = kith_fetch_google_groups(l->fetch, kith_buf_text(&next), &l->body, err);
        if (st == KITH_OK)
            st = read_groups(l, &next, err);
        if (st != KITH_OK)
            return st;
    } while (next.len > 0);
    l->groups_known = true;
    return KITH_OK;
}

/* A new group is no reason to read everything: who was put into it changed. */
static bool groups_are_as_before(const struct listing *l)
{
    for (size_t i = 0; i < l->groups_before.n; i++) {
        const struct kith_google_group *before = &l->groups_before.group[i];
        const char *now = kith_google_groups_name(&l->groups, before->id);

        if (!now || strcmp(now, before->name) != 0)
            return false;
    }
    return true;
}

/* --- What the next refresh goes on from ---------------------------------------------- */

static void write_resume(struct kith_listing *base, struct kith_buf *out)
{
    struct listing *l = of(base);
    const struct kith_buf *token = l->sync_next.len > 0 ? &l->sync_next : &l->sync; /* the old one tells it all again */
    KITH_AUTO(kith_json_writer) w = NULL;

    if (!l->ended || token->len == 0)
        return;
    w = kith_json_writer_new(out, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "v", RESUME_VERSION);
    kith_json_put_text(w, "question", kith_fetch_google_question());
    kith_json_put_text(w, "sync", kith_buf_text(token));
    kith_json_begin_array(w, "groups");
    for (size_t i = 0; i < l->groups.n; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "id", l->groups.group[i].id);
        kith_json_put_text(w, "name", l->groups.group[i].name);
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_json_end(w);
}

static bool is_text(struct kith_json object, const char *name, const char *expected)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(object, name), &len);

    return len == strlen(expected) && memcmp(text, expected, len) == 0;
}

static void read_groups_before(struct listing *l, struct kith_json list)
{
    struct kith_json_walk walk = kith_json_walk(list);
    size_t len;

    while (kith_json_next(&walk)) {
        const char *id = kith_json_string(kith_json_member(walk.value, "id"), &len);
        const char *name = kith_json_string(kith_json_member(walk.value, "name"), &len);

        if (id[0] != '\0')
            kith_google_groups_add(&l->groups_before, id, name);
    }
}

/* false: nothing to go on from. A token answers the question that it was given for, and no other. */
static bool read_resume(struct listing *l)
{
    struct kith_json root;
    int64_t version;
    char why[128];
    size_t len;
    const char *token;

    if (l->options.resume[0] == '\0' ||
        !kith_json_read(l->reader, l->options.resume, strlen(l->options.resume), &root, why, sizeof(why)) ||
        !kith_json_int64(kith_json_member(root, "v"), &version) || version != RESUME_VERSION ||
        !is_text(root, "question", kith_fetch_google_question()))
        return false;
    read_groups_before(l, kith_json_member(root, "groups"));
    token = kith_json_string(kith_json_member(root, "sync"), &len);
    return len > 0 && kith_buf_add(&l->sync, token, len);
}

/* --- Pages ----------------------------------------------------------------------------- */

static void read_everything(struct listing *l)
{
    kith_buf_clear(&l->sync);
    l->base.mode = KITH_LISTING_WHOLE;
}

/* A list that Google has cut at its hundredth element: the person is asked for alone, with all of it. */
static enum kith_status complete(struct listing *l, struct kith_page *page, size_t i, struct kith_error *err)
{
    bool there;
    enum kith_status st = kith_fetch_google_person(l->fetch, page->contacts[i].source_id, &l->body, &there, err);

    if (st != KITH_OK || !there)
        return st;
    if (kith_parse_google_person(l->reader_of_one, &l->body, &l->groups, page, i, NULL) != KITH_OK)
        page->contacts[i].partial = true; /* what the list said of them is here */
    return KITH_OK;
}

static enum kith_status complete_capped(struct listing *l, struct kith_page *page, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < page->n_contacts && st == KITH_OK; i++)
        if (page->contacts[i].n_emails == KITH_PARSE_GOOGLE_LIST_MAX ||
            page->contacts[i].n_phones == KITH_PARSE_GOOGLE_LIST_MAX)
            st = complete(l, page, i, err);
    return st;
}

static enum kith_status parse_page(struct listing *l, struct kith_page **ret, struct kith_error *err)
{
    for (int tries = 1;; tries++) {
        enum kith_status st = kith_parse_google_page(l->reader, &l->body, &l->groups, ret, &l->rest, err);

        if (st == KITH_OK || tries == PAGE_TRIES)
            return st;
        st = kith_fetch_google_retry(l->fetch, &l->body, err);
        if (st != KITH_OK)
            return st;
    }
}

static enum kith_status fail_no_place(const struct listing *l, struct kith_error *err)
{
    enum kith_status st = kith_fail(err, KITH_E_SERVICE, "Google does not know the pages that it named");

    if (err) {
        err->source = KITH_SOURCE_GOOGLE;
        (void)kith_text_copy(err->account, sizeof(err->account), l->options.account->public_face.name);
    }
    return st;
}

static void take_tokens(struct listing *l, const struct kith_page *page)
{
    kith_buf_clear(&l->place);
    (void)kith_buf_add_text(&l->place, page->next_link); /* the parser's ceiling is the same */
    if (page->resume[0] != '\0') {
        kith_buf_clear(&l->sync_next);
        (void)kith_buf_add_text(&l->sync_next, page->resume);
    }
    l->begun = true;
    l->ended = l->place.len == 0;
}

/* *ret NULL with base.expired set: a token is no longer good, and everything must be read. */
static enum kith_status read_page(struct listing *l, struct kith_page **ret, struct kith_error *err)
{
    KITH_AUTO(kith_page) page = NULL;
    enum kith_google_answer answer;
    enum kith_status st =
        kith_fetch_google_page(l->fetch, kith_buf_text(&l->sync), kith_buf_text(&l->place), &l->body, &answer, err);

    if (st != KITH_OK)
        return st;
    if (answer != KITH_GOOGLE_PAGE && l->restarted)
        return fail_no_place(l, err);
    if (answer != KITH_GOOGLE_PAGE) {
        kith_log_debug(KITH_LOG_FETCH, "a token is no longer good, reading everything");
        l->base.expired = true;
        return KITH_OK;
    }
    st = parse_page(l, &page, err);
    if (st != KITH_OK)
        return st;
    take_tokens(l, page);
    st = complete_capped(l, page, err);
    if (st == KITH_OK)
        *ret = KITH_TAKE(page);
    return st;
}

/* More of the answer that was read last. */
static enum kith_status read_more(struct listing *l, struct kith_page **ret, struct kith_error *err)
{
    KITH_AUTO(kith_page) page = NULL;
    enum kith_status st = kith_parse_google_more(&l->rest, &l->groups, &page, err);

    if (st == KITH_OK)
        st = complete_capped(l, page, err);
    if (st == KITH_OK)
        *ret = KITH_TAKE(page);
    return st;
}

/* Pages may be empty. But a hundred of them in a row are no account. */
static bool is_endless(struct listing *l, int64_t n_seen)
{
    l->n_stale = n_seen > l->n_seen ? 0 : l->n_stale + 1;
    l->n_seen = n_seen;
    return l->n_stale > STALE_PAGES;
}

static enum kith_status next(struct kith_listing *base, int64_t n_seen, struct kith_page **ret_page,
                             struct kith_error *err)
{
    struct listing *l = of(base);

    *ret_page = NULL;
    if (l->first) {
        *ret_page = KITH_TAKE(l->first);
        return KITH_OK;
    }
    if (l->rest.n_left > 0)
        return read_more(l, ret_page, err);
    if (l->ended)
        return KITH_OK;
    if (l->begun && is_endless(l, n_seen))
        return kith_fail(err, KITH_E_SERVICE, "the pages of contacts do not end");
    return read_page(l, ret_page, err);
}

/* --- Counting ----------------------------------------------------------------------------- */

/* Nothing but the first page says how many there are; it is kept. */
static enum kith_status count_all(struct kith_listing *base, int64_t *ret_reported, struct kith_error *err)
{
    struct listing *l = of(base);
    enum kith_status st = l->groups_known ? KITH_OK : look_at_groups(l, err);

    if (st != KITH_OK)
        return st;
    if (l->base.mode == KITH_LISTING_CHANGES && !groups_are_as_before(l))
        read_everything(l);
    if (l->base.mode == KITH_LISTING_CHANGES) {
        *ret_reported = -1;
        return KITH_OK;
    }
    st = read_page(l, &l->first, err);
    if (st != KITH_OK)
        return st;
    if (l->first)
        st = kith_listing_check_count(l->first->reported, err);
    if (st == KITH_OK)
        *ret_reported = l->first ? l->first->reported : -1;
    return st;
}

/* --- Making and ending ---------------------------------------------------------------------- */

static void restart(struct kith_listing *base)
{
    struct listing *l = of(base);

    base->expired = false;
    read_everything(l);
    kith_buf_clear(&l->sync_next);
    kith_buf_clear(&l->place);
    kith_page_free(l->first);
    l->first = NULL;
    l->rest.n_left = 0;
    l->begun = l->ended = false;
    l->restarted = true;
    l->n_seen = 0;
    l->n_stale = 0;
    kith_fetch_google_restart(l->fetch);
}

/* Readers keep as much memory as their largest document took. */
static void rest(struct kith_listing *base)
{
    struct listing *l = of(base);

    kith_json_reader_free(l->reader);
    l->reader = kith_json_reader_new();
    kith_json_reader_free(l->reader_of_one);
    l->reader_of_one = kith_json_reader_new();
    kith_buf_done(&l->body);
    l->rest.n_left = 0;
}

static void listing_free(struct kith_listing *base)
{
    struct listing *l = of(base);

    kith_fetch_google_free(l->fetch);
    kith_json_reader_free(l->reader);
    kith_json_reader_free(l->reader_of_one);
    kith_google_groups_done(&l->groups);
    kith_google_groups_done(&l->groups_before);
    kith_buf_done(&l->body);
    kith_buf_done(&l->sync);
    kith_buf_done(&l->sync_next);
    kith_buf_done(&l->place);
    kith_page_free(l->first);
    free(l);
}

/* --- Pictures ---------------------------------------------------------------------------------- */

static enum kith_status fetch_pictures(struct kith_listing *base, struct kith_picture *pictures, size_t n,
                                       struct kith_error *err)
{
    return kith_fetch_google_photos(of(base)->fetch, pictures, n, err);
}

static const struct kith_listing_ops ops = {
    .count = count_all,
    .next = next,
    .restart = restart,
    .rest = rest,
    .resume = write_resume,
    .pictures = fetch_pictures,
    .free = listing_free,
};

enum kith_status kith_listing_google_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                          struct kith_error *err)
{
    const struct kith_fetch_google_options fetch_options = {
        .people = options->access->provider.contacts,
        .account = options->account->public_face.name,
        .token = kith_token_access_get,
        .token_ctx = options->access,
        .cancel = options->cancel,
        .first_time = options->account->public_face.last_import_s == 0,
    };
    struct listing *l = kith_xnew(struct listing);

    l->base.ops = &ops;
    l->options = *options;
    l->fetch = kith_fetch_google_new(options->http, &fetch_options);
    l->reader = kith_json_reader_new();
    l->reader_of_one = kith_json_reader_new();
    kith_google_groups_init(&l->groups);
    kith_google_groups_init(&l->groups_before);
    kith_buf_init(&l->body, KITH_PARSE_GOOGLE_PAGE_BYTES);
    kith_buf_init(&l->sync, TOKEN_BYTES);
    kith_buf_init(&l->sync_next, TOKEN_BYTES);
    kith_buf_init(&l->place, TOKEN_BYTES);
    l->base.mode = options->refresh && read_resume(l) ? KITH_LISTING_CHANGES : KITH_LISTING_WHOLE;
    *ret = &l->base;
    return KITH_OK;
}
