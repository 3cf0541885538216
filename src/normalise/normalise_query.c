/* SPDX-License-Identifier: MIT */
/*
 * normalise_query.c - what a person typed becomes words and digits to look for.
 *
 * Before: a face hands over the text of its search field. After: store/ looks candidates up,
 * find/ ranks them.
 *
 * Each word may be unfinished, so the question is always the form that finds more; a title
 * before a name is left out, since few cards hold it.
 */
#include "normalise/normaliser_parts.h"

#include "base/text.h"
#include "normalise/number_plain.h"

/* --- Words ----------------------------------------------------------------- */

static bool is_title_before_name(const struct kith_words *words, size_t i)
{
    char word[KITH_WORD_BYTES];

    if (i + 1 >= words->n) /* the last word is still being typed, or is all there is */
        return false;
    (void)kith_text_copy_n(word, sizeof(word), kith_words_at(words, i), words->place[i].len);
    return kith_names_is_honorific(word);
}

static void add_word(struct kith_query *query, const char *word, size_t len)
{
    struct kith_query_word *into = &query->word[query->n_words++];

    (void)kith_text_copy_n(into->text, sizeof(into->text), word, len); /* cut: still finds what begins like it */
    kith_skeleton_of_latin(into->text, into->skeleton, sizeof(into->skeleton));
}

static void find_words(struct kith_normaliser *n, const char *text, struct kith_query *query)
{
    struct kith_words words;

    kith_words_init(&words, KITH_WORDS_BYTES);
    kith_fold_words(n, text, KITH_SPELLINGS_NONE, &words);
    for (size_t i = 0; i < words.n && query->n_words < KITH_QUERY_WORDS_MAX; i++)
        if (!is_title_before_name(&words, i))
            add_word(query, kith_words_at(&words, i), words.place[i].len);
}

/* --- Digits ---------------------------------------------------------------- */

static void add_prefix(struct kith_query *query, const char *country, const char *digits)
{
    char prefix[sizeof(query->e164_prefix[0])];

    if (!kith_text_format(prefix, sizeof(prefix), "%s%s", country, digits) || !prefix[0])
        return;
    for (size_t i = 0; i < KITH_COUNT_OF(query->e164_prefix); i++) {
        if (strcmp(query->e164_prefix[i], prefix) == 0)
            return;
        if (!query->e164_prefix[i][0]) {
            (void)kith_text_copy(query->e164_prefix[i], sizeof(query->e164_prefix[i]), prefix);
            return;
        }
    }
}

/* What an E.164 form may begin with when these digits were typed so far. */
static void find_prefixes(struct kith_normaliser *n, const char *digits, bool plus, struct kith_query *query)
{
    const struct kith_number_region *region = kith_number_region(n->region);

    if (plus) {
        add_prefix(query, "", digits);
        return;
    }
    if (region && region->idd[0] && kith_text_starts_with(digits, region->idd)) {
        add_prefix(query, "", digits + strlen(region->idd));
        return;
    }
    if (kith_text_starts_with(digits, "00")) {
        add_prefix(query, "", digits + 2);
        return;
    }
    if (region) {
        const char *national = digits;

        if (region->trunk[0] && kith_text_starts_with(digits, region->trunk))
            national += strlen(region->trunk);
        add_prefix(query, region->country_code, national);
    }
    if (digits[0] != '0')
        add_prefix(query, "", digits); /* with its country code, only the plus was not typed */
}

static void find_digits(struct kith_normaliser *n, const char *text, struct kith_query *query)
{
    struct kith_dialled dialled;

    if (!kith_number_read(text, &dialled) || dialled.has_letters || dialled.labelled)
        return;
    if (strlen(dialled.digits) >= sizeof(query->digits))
        return;
    (void)kith_text_copy(query->digits, sizeof(query->digits), dialled.digits);
    if (!dialled.has_code_signs)
        find_prefixes(n, dialled.digits, dialled.plus, query);
}

void kith_normalise_query(struct kith_normaliser *n, const char *text, struct kith_query *query)
{
    int64_t limit = query->limit; /* the caller's */

    memset(query, 0, sizeof(*query));
    query->limit = limit;
    find_words(n, text, query);
    find_digits(n, text, query);
}
