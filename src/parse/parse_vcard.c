/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard.c - a file of vCards becomes contacts.
 *
 * Before: the bytes of a file; parse_vcard_line.c makes properties of them.
 * After:  the sink takes the contacts, normalise/ makes them comparable.
 *
 * Here is where cards begin and end, also where they do not; what stands in them is parse_vcard_property.c's.
 */
#include "parse/parse_vcard.h"

#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "parse/charset.h"
#include "parse/parse_vcard_card.h"

enum { CARDS_MAX = 1000000 };

/* --- The end of a card ------------------------------------------------------- */

static void say_skipped(struct kith_vcard_card *card, const char *what, const char *why)
{
    if (card->sink->skipped)
        card->sink->skipped(card->sink->ctx, what, why);
}

static void say_card_skipped(struct kith_vcard_card *card, const char *why)
{
    char what[48];

    (void)kith_text_format(what, sizeof(what), "card %zu", card->n_cards);
    say_skipped(card, what, why);
}

static enum kith_status finish_card(struct kith_vcard_card *card, struct kith_error *err)
{
    card->in_card = false;
    kith_vcard_complete(card);
    if (card->is_list) {
        say_skipped(card, "contact list", "its members are contacts of their own");
        return KITH_OK;
    }
    if (kith_contact_is_empty(&card->contact)) {
        say_card_skipped(card, "holds nothing");
        return KITH_OK;
    }
    return card->sink->contact(card->sink->ctx, &card->contact, card->arena, err);
}

/* --- The file ---------------------------------------------------------------- */

static void begin_card(struct kith_vcard_card *card)
{
    kith_arena_reset(card->arena);
    kith_contact_init(&card->contact);
    card->contact.source = KITH_SOURCE_OUTLOOK;
    card->n_cards++;
    card->in_card = true;
    card->is_old = card->is_list = card->has_name = card->has_agent = card->in_base64 = false;
    card->sort_as = "";
    card->n_inside = 0;
    card->n_grouped = card->n_labels = card->n_relations = card->n_written = 0;
    kith_vcard_keep_folding_blanks(card->lines, false);
}

static bool is_card_mark(const struct kith_vcard_card *card, const char *name)
{
    struct kith_vcard_piece value = kith_vcard_trim(card->line.raw);

    return kith_vcard_is(card->line.name, name) && value.len >= strlen("VCARD") &&
           kith_text_starts_with_ci(value.at, "VCARD");
}

/* What is left of "END:VCARD" may be "END". */
static bool is_end(const struct kith_vcard_card *card)
{
    struct kith_vcard_piece rest = kith_vcard_trim(card->line.raw);

    if (card->line.name.len == 0)
        return kith_vcard_is(rest, "END");
    return is_card_mark(card, "END") || (kith_vcard_is(card->line.name, "END") && rest.len == 0);
}

/* A card in which another one begins, or the file ends: its end is missing, and perhaps more. */
static enum kith_status finish_cut_card(struct kith_vcard_card *card, const char *why, struct kith_error *err)
{
    enum kith_status st;

    card->contact.partial = true;
    st = finish_card(card, err);
    if (st == KITH_OK)
        say_card_skipped(card, why);
    return st;
}

/* Prose that lost its fold, or a picture's second line in cards that do not fold at all. */
static void read_nameless(struct kith_vcard_card *card)
{
    if (card->in_base64)
        return;
    card->contact.partial = true;
    kith_field_report_add(card->sink->report, "(a line without a name)", KITH_FIELD_IGNORED, "");
}

static enum kith_status begin_next_card(struct kith_vcard_card *card, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    if (card->has_agent) {
        card->n_inside = 1;
        card->has_agent = false;
        return KITH_OK;
    }
    if (card->in_card)
        st = finish_cut_card(card, "has no end; what is before the next card was read", err);
    if (st == KITH_OK && card->n_cards >= CARDS_MAX)
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_TOO_LARGE, "the file has more than %d cards",
                                CARDS_MAX);
    if (st == KITH_OK)
        begin_card(card);
    return st;
}

static enum kith_status read_line(struct kith_vcard_card *card, struct kith_error *err)
{
    bool begins = is_card_mark(card, "BEGIN");

    if (card->n_inside > 0) {
        card->n_inside = begins ? card->n_inside + 1 : is_end(card) ? card->n_inside - 1 : card->n_inside;
        return KITH_OK;
    }
    if (begins)
        return begin_next_card(card, err);
    if (!card->in_card) {
        kith_field_report_add(card->sink->report, "(a line outside of a card)", KITH_FIELD_IGNORED, "");
        return KITH_OK;
    }
    if (is_end(card))
        return finish_card(card, err);
    if (card->line.name.len == 0)
        read_nameless(card);
    else
        kith_vcard_read_property(card);
    return KITH_OK;
}

static enum kith_status read_cards(struct kith_vcard_card *card, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    while (st == KITH_OK && kith_vcard_next_line(card->lines, &card->line))
        st = read_line(card, err);
    if (st == KITH_OK && card->in_card)
        st = finish_cut_card(card, "the file ends too early; what is there was read", err);
    if (st == KITH_OK && card->n_cards == 0)
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_UNKNOWN, "no vCard begins in the file");
    return st;
}

static bool is_all_blank(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r\n", bytes[i]) || bytes[i] == '\0')
            return false;
    return true;
}

enum kith_status kith_parse_vcard(const char *bytes, size_t len, const struct kith_contact_sink *sink,
                                  struct kith_error *err)
{
    KITH_AUTO(kith_vcard_lines) lines = NULL;
    KITH_AUTO(kith_arena) arena = NULL;
    KITH_AUTO_DONE(kith_buf) utf8;
    struct kith_vcard_piece file;
    struct kith_vcard_card card = {.sink = sink};
    size_t mark_len;
    const char *name = kith_charset_of_file(bytes, len, &mark_len);

    kith_buf_init(&utf8, 4 * (size_t)KITH_WIDE_FILE_BYTES_MAX);
    file = (struct kith_vcard_piece){bytes + mark_len, len - mark_len};
    if (kith_text_starts_with(name, "UTF-16")) {
        KITH_AUTO(kith_charset) charset = kith_charset_new();
        enum kith_status st = kith_charset_wide_file(charset, name, file.at, file.len, &utf8, err);

        if (st != KITH_OK)
            return st;
        file = (struct kith_vcard_piece){kith_buf_text(&utf8), utf8.len};
    }
    if (is_all_blank(file.at, file.len))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_EMPTY, "the file is empty");

    card.lines = lines = kith_vcard_lines_new(file.at, file.len);
    card.arena = arena = kith_arena_new();
    return read_cards(&card, err);
}
