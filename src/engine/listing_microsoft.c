/* SPDX-License-Identifier: MIT */
/*
 * listing_microsoft.c - a mailbox at Microsoft Graph: its contact folders, and in each of them all contacts or what
 * changed.
 *
 * Before: conduct_import.c has a client and a way to get tokens.
 * After:  conduct_import.c takes page after page; fetch/ asks for them, parse/ reads them.
 *
 * A complete import reads large pages by offset, several at a time: the fastest way there is. A refresh asks for
 * changes ("Use delta query to track changes"), folder by folder; its first round gives everything, 200 at a time, and
 * a link by which the next round costs what changed. Where there are no delta queries (the China cloud, see "contact:
 * delta") or the limit leaves contacts out, a refresh reads the large pages as an import does.
 *
 * The resume token is a small JSON document: each folder with its id, its path and its link. A folder that has another
 * path now, or is gone, has the whole mailbox read again, since no change tells of its contacts.
 */
#include "engine/listing.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/log.h"
#include "base/text.h"
#include "engine/mailbox_folders.h"
#include "engine/seen.h"
#include "fetch/fetch_microsoft.h"
#include "parse/parse_microsoft.h"

enum {
    PAGE_TRIES = 3,    /* a page may come damaged once and be whole the next time */
    FOLDERS_AHEAD = 4, /* their first pages are asked for before they are read */
    RESUME_VERSION = 1,
};

struct listing {
    struct kith_listing base;
    struct kith_listing_options options;
    struct kith_fetch_microsoft *fetch;
    struct kith_json_reader *reader;
    struct kith_buf body;
    struct kith_page_rest rest; /* of the answer that the page given last was on */
    struct kith_mailbox_folders folders;
    char *expand;    /* the query for what v1.0 does not show; "" where the service refuses it */
    bool tracks;     /* delta queries are to be had */
    bool by_changes; /* this reading asks for them */

    size_t at;                 /* the folder that is read */
    size_t end;                /* the folder where this look ends */
    size_t n_left;             /* folders that were read before the last one that contacts left */
    bool second_look;          /* at the changes of these, after all folders */
    bool begun;                /* its chain is begun */
    bool first_page;           /* nothing of it was given yet */
    char *next_link;           /* of the answer read last, to be followed when the next one is asked for */
    size_t n_items;            /* of that answer, given so far */
    int64_t reported;          /* of all folders, as pages told it */
    struct kith_seen *given;   /* ids of the contacts given by folders before this one */
    struct kith_seen *current; /* by this one */
    bool torn;                 /* what was given was removed while we read: the round is not to be gone on from */
    bool ended;                /* a first round of changes ended too early once */
};

static struct listing *of(struct kith_listing *base)
{
    return (struct listing *)base; /* base is the first member */
}

/* --- The resume token ------------------------------------------------------------ */

static char *text_of(struct listing *l, struct kith_json object, const char *name)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(object, name), &len);

    return kith_arena_copy(l->folders.arena, text, len);
}

/* false: a folder is gone or has another path now, or its last round did not say where the next one begins. */
static bool take_link(struct listing *l, struct kith_json kept)
{
    struct kith_mailbox_folder *folder = kith_mailbox_folders_find(&l->folders, text_of(l, kept, "id"));

    if (!folder || strcmp(folder->path, text_of(l, kept, "path")) != 0)
        return false;
    folder->link = text_of(l, kept, "link");
    return folder->link[0] != '\0';
}

/* Give each folder its link. false: the token is none that we can go on from. */
static bool read_resume(struct listing *l)
{
    struct kith_json root;
    char why[160];
    int64_t version;

    if (l->options.resume[0] == '\0' ||
        !kith_json_read(l->reader, l->options.resume, strlen(l->options.resume), &root, why, sizeof(why)) ||
        !kith_json_int64(kith_json_member(root, "version"), &version) || version != RESUME_VERSION)
        return false;
    for (struct kith_json_walk walk = kith_json_walk(kith_json_member(root, "folders")); kith_json_next(&walk);)
        if (!take_link(l, walk.value)) {
            l->base.anew = true; /* contacts say the path of their folder */
            return false;
        }
    return l->folders.folder[0].link[0] != '\0';
}

static void forget_links(struct listing *l)
{
    for (size_t i = 0; i < l->folders.n; i++)
        l->folders.folder[i].link = "";
}

static void write_resume(struct kith_listing *base, struct kith_buf *out)
{
    struct listing *l = of(base);

    if (!l->by_changes || l->torn)
        return;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(out, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "version", RESUME_VERSION);
    kith_json_begin_array(w, "folders");
    for (size_t i = 0; i < l->folders.n; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "id", l->folders.folder[i].id);
        kith_json_put_text(w, "path", l->folders.folder[i].path);
        kith_json_put_text(w, "link", l->folders.folder[i].link);
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_json_end(w);
}

/* --- Counting ---------------------------------------------------------------------- */

/* Microsoft operates China's cloud apart from the others, without delta queries for contacts. */
static bool has_delta(const char *graph)
{
    return !strcasestr(graph, "chinacloudapi.cn");
}

static enum kith_status add_up(struct listing *l, int64_t *ret, struct kith_error *err)
{
    int64_t sum = 0;

    for (size_t i = 0; i < l->folders.n; i++)
        sum += l->folders.folder[i].count; /* each fits 32 bits, and there are few folders */
    if (kith_listing_check_count(sum, err) != KITH_OK)
        return KITH_E_TOO_MANY_CONTACTS;
    l->reported = sum;
    *ret = sum;
    return KITH_OK;
}

static void begin_look(struct listing *l)
{
    l->base.incomplete = l->folders.incomplete;
    l->at = 0;
    l->end = l->folders.n;
    l->n_left = 0;
    l->rest.n_left = 0;
    l->second_look = false;
    l->begun = false;
    l->torn = false;
}

static void use_changes(struct listing *l, bool have_links)
{
    begin_look(l);
    l->by_changes = true;
    l->base.mode = have_links ? KITH_LISTING_CHANGES : KITH_LISTING_WHOLE;
    l->base.may_shift = false;
}

static void use_pages(struct listing *l)
{
    begin_look(l);
    l->by_changes = false;
    l->base.mode = KITH_LISTING_WHOLE;
    l->base.may_shift = true;
}

static enum kith_status count_all(struct kith_listing *base, int64_t *ret_reported, struct kith_error *err)
{
    struct listing *l = of(base);
    enum kith_status st;

    if (l->options.refresh && l->tracks && l->options.resume[0] != '\0') {
        st = kith_mailbox_folders_read(&l->folders, /* count= */ false, err);
        if (st == KITH_OK && read_resume(l)) {
            use_changes(l, /* have_links= */ true);
            *ret_reported = -1;
            return KITH_OK;
        }
        forget_links(l);
        if (st == KITH_OK)
            st = kith_mailbox_folders_count(&l->folders, err);
    } else {
        st = kith_mailbox_folders_read(&l->folders, /* count= */ true, err);
    }
    if (st == KITH_OK)
        st = add_up(l, ret_reported, err);
    if (st != KITH_OK)
        return st;
    if (l->options.refresh && l->tracks && (l->options.limit == 0 || *ret_reported <= l->options.limit))
        use_changes(l, /* have_links= */ false);
    else
        use_pages(l);
    return KITH_OK;
}

/* --- Pages -------------------------------------------------------------------------- */

/* Where a folder's chain begins; yours. Options stand in the first request only; links carry them on. */
static char *start_of(const struct listing *l, const struct kith_mailbox_folder *folder)
{
    if (l->by_changes && folder->link[0] != '\0')
        return kith_xstrdup(folder->link);
    KITH_AUTO_STRING what = kith_xcalloc(1, sizeof("/delta") + strlen(l->expand));
    (void)kith_text_format(what, sizeof("/delta") + strlen(l->expand), "%s%s", l->by_changes ? "/delta" : "",
                           l->expand);
    return kith_mailbox_folder_path(folder, what);
}

/*
 * The folders that are read after this one for certain: not those that the limit may leave out. Rounds of changes wait
 * for each other: who left a folder is looked for in those that were read before it, and nowhere else.
 */
static void expect_folders(struct listing *l)
{
    int64_t before = 0;

    if (l->by_changes)
        return;
    for (size_t i = 0; i < l->end && i <= l->at + FOLDERS_AHEAD; i++) {
        bool cut = l->options.limit > 0 && before >= l->options.limit;
        if (i > l->at && !cut) {
            KITH_AUTO_STRING start = start_of(l, &l->folders.folder[i]);
            kith_fetch_microsoft_expect(l->fetch, start, l->folders.folder[i].count);
        }
        before += l->folders.folder[i].count;
    }
}

static void begin_folder(struct listing *l, int64_t n_seen)
{
    const struct kith_mailbox_folder *folder = &l->folders.folder[l->at];
    KITH_AUTO_STRING start = start_of(l, folder);

    kith_fetch_microsoft_begin(l->fetch, start, l->by_changes ? KITH_GRAPH_CHANGES : KITH_GRAPH_PAGES,
                               l->by_changes ? -1 : folder->count, n_seen);
    expect_folders(l);
    l->begun = true;
    l->first_page = true;
    free(l->next_link);
    l->next_link = NULL;
}

/* The first page of the next answer about this folder, which is asked for again when it came damaged. */
static enum kith_status read_answer(struct listing *l, struct kith_page **ret, struct kith_error *err)
{
    char request_id[64] = "";
    bool more = false;
    enum kith_status st = kith_fetch_microsoft_page(l->fetch, &l->body, request_id, &more, err);

    *ret = NULL;
    if (st != KITH_OK || !more)
        return st;
    for (int tries = 1;; tries++) {
        st = kith_parse_microsoft_page(l->reader, &l->body, ret, &l->rest, err);
        if (st == KITH_OK || tries == PAGE_TRIES)
            break;
        st = kith_fetch_microsoft_retry(l->fetch, &l->body, request_id, err);
        if (st != KITH_OK)
            return st;
    }
    if (st != KITH_OK)
        (void)kith_text_copy(err->request_id, sizeof(err->request_id), request_id);
    return st;
}

/*
 * A contact that moved is removed in one folder and given in another, under the same id: it is not gone. Where it moved
 * between our looks at the two, only the next refresh hears that it left the first; the store knows by then that it is
 * in the other. One that was given in this folder and then removed, while we read, is gone: then no link is kept, so
 * that the next refresh reads everything as it is then.
 */
static void sort_out_removed(struct listing *l, struct kith_page *page)
{
    const char *path = l->folders.folder[l->at].path;
    size_t kept = 0;

    page->removed_from = kith_arena_copy(page->arena, path, strlen(path));
    for (size_t i = 0; i < page->n_removed; i++) {
        if (kith_seen_has(l->current, page->removed[i]))
            l->torn = true;
        else if (!kith_seen_has(l->given, page->removed[i]))
            page->removed[kept++] = page->removed[i];
        else if (l->second_look)
            l->torn = true; /* gone, or moved once more: nobody can tell */
    }
    page->n_removed = kept;
    if (kept > 0)
        l->n_left = l->at;
}

/*
 * Who left a folder may have gone to one that was read before it. The changes of those are asked for once more, or he
 * would be away until the next refresh. false: there is nothing to look at.
 */
static bool look_again(struct listing *l)
{
    if (!l->by_changes || l->second_look)
        return false;
    l->second_look = true;
    l->at = 0;
    l->end = l->n_left;
    if (l->base.mode == KITH_LISTING_WHOLE)
        l->end = l->folders.n - 1; /* behind the last folder none was read */
    return l->end > 0;
}

static void end_folder(struct listing *l)
{
    kith_seen_merge(l->given, l->current);
    kith_seen_free(l->current);
    l->current = kith_seen_new_like(l->given);
    l->at++;
    l->begun = false;
}

static void take_page(struct listing *l, struct kith_page *page)
{
    struct kith_mailbox_folder *folder = &l->folders.folder[l->at];

    for (size_t i = 0; i < page->n_contacts; i++) {
        page->contacts[i].folder = kith_arena_copy(page->arena, folder->path, strlen(folder->path));
        if (!l->by_changes)
            continue;
        (void)kith_seen_add(l->current, page->contacts[i].source_id);
        /* It moved while we read. Of the whole account the first word counts, which is the old folder here. */
        if (l->base.mode == KITH_LISTING_WHOLE && kith_seen_has(l->given, page->contacts[i].source_id))
            l->torn = true;
    }
    if (page->reported >= 0 && folder->count >= 0)
        page->reported += l->reported - folder->count; /* the conductor counts the mailbox, not the folder */
    l->first_page = false;
    l->n_items += page->n_contacts + page->n_removed + page->n_skipped;
    sort_out_removed(l, page);
}

/* What the first page of an answer says of the whole. */
static void take_answer(struct listing *l, const struct kith_page *page)
{
    struct kith_mailbox_folder *folder = &l->folders.folder[l->at];

    if (page->resume[0] != '\0')
        folder->link = kith_arena_copy(l->folders.arena, page->resume, strlen(page->resume));
    l->n_items = 0;
    free(l->next_link);
    l->next_link = kith_xstrdup(page->next_link);
}

static bool is_refused(const struct listing *l, const struct kith_error *error)
{
    return l->by_changes && error->status == KITH_E_SERVICE &&
           (error->reason == KITH_REASON_RESYNC || error->http_status == 400 || error->http_status == 404 ||
            error->http_status == 410 || error->http_status == 501);
}

/* The whole account was read; that a folder has gone since does not undo it. The next refresh reads everything anew. */
static bool can_do_without(struct listing *l, const struct kith_error *error)
{
    if (!l->second_look || l->base.mode != KITH_LISTING_WHOLE || !is_refused(l, error))
        return false;
    l->torn = true;
    l->at = l->end;
    l->begun = false;
    return true;
}

/*
 * What a failing round of changes means. A link that is not known any more: everything again. A first round that is
 * refused: there are no delta queries here, whatever the documentation says; the pages are.
 */
static bool falls_back(struct listing *l, const struct kith_error *error)
{
    if (!is_refused(l, error))
        return false;
    if (l->base.mode == KITH_LISTING_WHOLE) {
        l->tracks = error->reason == KITH_REASON_RESYNC && !l->ended;
        l->ended = true;
    }
    return true;
}

/*
 * A service that does not know what we ask for beside the contacts still has the contacts. A round of changes that is
 * refused says nothing about that: the pages are tried next, with all we want.
 */
static bool is_too_much(const struct listing *l, const struct kith_error *error)
{
    return error->status == KITH_E_SERVICE && error->http_status == 400 && l->first_page && l->expand[0] != '\0' &&
           !l->by_changes;
}

/* The next page of this folder; *ret NULL when there is none. */
static enum kith_status next_page(struct listing *l, int64_t n_seen, struct kith_page **ret, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    if (l->rest.n_left > 0)
        return kith_parse_microsoft_more(&l->rest, ret, err);
    if (!l->begun)
        begin_folder(l, n_seen);
    else if (l->next_link)
        st = kith_fetch_microsoft_follow(l->fetch, l->next_link, n_seen, l->n_items, err);
    if (st == KITH_OK)
        st = read_answer(l, ret, err);
    if (st == KITH_OK && *ret)
        take_answer(l, *ret);
    return st;
}

/* It was there when we looked which folders there are. */
static bool has_gone(const struct listing *l, const struct kith_error *error)
{
    return l->at > 0 && l->first_page && !l->by_changes && kith_mailbox_folder_is_gone(error);
}

static enum kith_status next(struct kith_listing *base, int64_t n_seen, struct kith_page **ret_page,
                             struct kith_error *err)
{
    struct listing *l = of(base);

    *ret_page = NULL;
    while (l->at < l->end || look_again(l)) {
        KITH_AUTO(kith_page) page = NULL;
        enum kith_status st = next_page(l, n_seen, &page, err);

        if (st != KITH_OK && is_too_much(l, err)) {
            kith_log_debug(KITH_LOG_FETCH, "extended properties cannot be had here, going on without them");
            l->expand[0] = '\0';
            l->begun = false;
            continue;
        }
        if (st != KITH_OK && has_gone(l, err)) {
            kith_error_clear(err);
            base->incomplete = true; /* if it is there after all, nobody of it may go */
            end_folder(l);
            continue;
        }
        if (st != KITH_OK && can_do_without(l, err)) {
            kith_error_clear(err);
            continue;
        }
        if (st != KITH_OK && falls_back(l, err)) {
            kith_log_debug(KITH_LOG_FETCH, "changes cannot be had from where we were, reading everything");
            base->expired = true;
            return KITH_OK;
        }
        if (st != KITH_OK)
            return st;
        if (page) {
            take_page(l, page);
            *ret_page = KITH_TAKE(page);
            return KITH_OK;
        }
        end_folder(l);
    }
    return KITH_OK;
}

/* --- Making and ending ---------------------------------------------------------------- */

static void restart(struct kith_listing *base)
{
    struct listing *l = of(base);

    base->expired = false;
    l->options.resume = "";
    forget_links(l);
    begin_look(l);
    kith_seen_free(l->given);
    kith_seen_free(l->current);
    l->given = kith_seen_new();
    l->current = kith_seen_new_like(l->given);
}

/* Readers keep as much memory as their largest document took. */
static void rest(struct kith_listing *base)
{
    struct listing *l = of(base);

    kith_json_reader_free(l->reader);
    l->reader = kith_json_reader_new();
    l->folders.reader = l->reader;
    kith_buf_done(&l->body);
    l->rest.n_left = 0;
}

static void listing_free(struct kith_listing *base)
{
    struct listing *l = of(base);

    kith_fetch_microsoft_free(l->fetch);
    kith_json_reader_free(l->reader);
    kith_buf_done(&l->body);
    kith_mailbox_folders_done(&l->folders);
    kith_seen_free(l->given);
    kith_seen_free(l->current);
    free(l->next_link);
    free(l->expand);
    free(l);
}

/* "?$expand=singleValueExtendedProperties($filter=...)", encoded for an address. */
static char *expand_query(void)
{
    KITH_AUTO_DONE(kith_buf) filter;
    KITH_AUTO_DONE(kith_buf) query;

    kith_buf_init(&filter, 8 * 1024);
    kith_buf_init(&query, 24 * 1024);
    kith_parse_microsoft_properties(&filter);
    (void)kith_buf_add_text(&query, "?$expand=singleValueExtendedProperties($filter=");
    (void)kith_mailbox_add_encoded(&query, kith_buf_text(&filter));
    (void)kith_buf_add_char(&query, ')');
    return kith_buf_take_text(&query);
}

/* --- Pictures --------------------------------------------------------------------------- */

static enum kith_status fetch_pictures(struct kith_listing *base, struct kith_picture *pictures, size_t n,
                                       struct kith_error *err)
{
    return kith_fetch_microsoft_photos(of(base)->fetch, pictures, n, err);
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

enum kith_status kith_listing_microsoft_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                             struct kith_error *err)
{
    const struct kith_fetch_microsoft_options fetch_options = {
        .graph = options->access->provider.contacts,
        .account = options->account->public_face.name,
        .token = kith_token_access_get,
        .token_ctx = options->access,
        .cancel = options->cancel,
        .limit = options->limit,
        .first_time = options->account->public_face.last_import_s == 0,
    };
    struct listing *l = kith_xnew(struct listing);

    l->base.ops = &ops;
    l->options = *options;
    l->fetch = kith_fetch_microsoft_new(options->http, &fetch_options);
    l->reader = kith_json_reader_new();
    kith_buf_init(&l->body, KITH_PARSE_MICROSOFT_PAGE_BYTES);
    kith_mailbox_folders_init(&l->folders, l->fetch, l->reader);
    l->given = kith_seen_new();
    l->current = kith_seen_new_like(l->given);
    l->expand = expand_query();
    l->tracks = has_delta(options->access->provider.contacts);
    *ret = &l->base;
    return KITH_OK;
}
