/* SPDX-License-Identifier: MIT */
/*
 * normalise_keys.c - the words, digits and order that a contact is found by.
 *
 * Before: names.c and number.c filled in what is derived. After: store/ puts the words
 * into its index, and hands exactly the same ones back to take them out again.
 *
 * Every word that is not needed costs space in every contact's row of the index: names get
 * all their spellings, companies most of them, everything else only what is written.
 */
#include "normalise/normaliser_parts.h"

#include "base/text.h"

enum {
    NAMES_BYTES = 1024,
    OTHERS_BYTES = 1024,
    NUMBERS_MAX = 24, /* numbers of one contact that are found while they are typed */
    NOTE_WORDS = 32,
    ADDRESSES_MAX = 8,
    EMAILS_MAX = 16,
    ITEMS_MAX = 24
};

/* --- Names ----------------------------------------------------------------- */

static bool is_kana(const char *text)
{
    return kith_script_of_text(text) == KITH_SCRIPT_KANA;
}

static bool has_kana_reading(const struct kith_contact *contact)
{
    return is_kana(contact->text[KITH_TEXT_PHONETIC_FAMILY]) || is_kana(contact->text[KITH_TEXT_PHONETIC_GIVEN]);
}

/* A Japanese name is not found by how a Chinese would read its characters: its kana say how it is read. */
static enum kith_spellings spellings_of(const struct kith_contact *contact, const char *text)
{
    if (kith_script_of_text(text) == KITH_SCRIPT_HAN && has_kana_reading(contact))
        return KITH_SPELLINGS_NONE;
    return KITH_SPELLINGS_NAME;
}

static void add_name(struct kith_normaliser *n, const struct kith_contact *contact, const char *text,
                     struct kith_words *words)
{
    if (text[0])
        kith_fold_words(n, text, spellings_of(contact, text), words);
}

static bool is_east_asian(const char *text)
{
    return kith_script_is_cjk(kith_script_of_text(text));
}

/* "山田" and "太郎" as people type them: one word, in either order. */
static void add_joined_name(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_words *words)
{
    const char *family = contact->text[KITH_TEXT_FAMILY];
    const char *given = contact->text[KITH_TEXT_GIVEN];
    char joined[256];

    if (!is_east_asian(family) || !is_east_asian(given))
        return;
    (void)kith_text_format(joined, sizeof(joined), "%s%s", family, given); /* cut when absurdly long */
    add_name(n, contact, joined, words);
    (void)kith_text_format(joined, sizeof(joined), "%s%s", given, family);
    kith_fold_words(n, joined, KITH_SPELLINGS_NONE, words);
}

/* "عبد" and "الرحمن" are also one name, and so are all Arabic pairs to those who write Latin. */
static void add_joined_abd(struct kith_normaliser *n, const char *shown, struct kith_words *words)
{
    static const char *const ABD = "عبد ";
    const char *found = strstr(shown, ABD);
    char joined[128];

    if (!found)
        return;
    const char *next = found + strlen(ABD);
    size_t len = strcspn(next, " ");
    (void)kith_text_format(joined, sizeof(joined), "عبد%.*s", (int)(len < 64 ? len : 64), next);
    kith_fold_words(n, joined, KITH_SPELLINGS_TEXT, words);
}

/* "ar" for Ana Rivera: the letters that stand in her picture. */
static void add_initials(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_words *words)
{
    struct kith_words folded;

    kith_words_init(&folded, KITH_WORD_BYTES);
    kith_fold_words(n, contact->initials, KITH_SPELLINGS_NONE, &folded);
    if (folded.n == 1)
        kith_words_add_spelling(words, kith_words_at(&folded, 0), folded.place[0].len);
}

static void gather_names(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_words *words)
{
    static const enum kith_text fields[] = {
        KITH_TEXT_FAMILY, KITH_TEXT_GIVEN,   KITH_TEXT_MIDDLE,          KITH_TEXT_NICKNAME,       KITH_TEXT_PREFIX,
        KITH_TEXT_SUFFIX, KITH_TEXT_FILE_AS, KITH_TEXT_PHONETIC_FAMILY, KITH_TEXT_PHONETIC_GIVEN, KITH_TEXT_INITIALS,
    };

    kith_words_init(words, NAMES_BYTES);
    if (!contact->nameless)
        add_name(n, contact, contact->shown, words);
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++)
        add_name(n, contact, contact->text[fields[i]], words);
    add_joined_name(n, contact, words);
    add_joined_abd(n, contact->shown, words);
    add_initials(n, contact, words);
}

/* --- Others ---------------------------------------------------------------- */

static void add_text(struct kith_normaliser *n, const char *text, enum kith_spellings how, struct kith_words *words)
{
    if (text[0])
        kith_fold_words(n, text, how, words);
}

static void gather_addresses(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_words *words)
{
    for (size_t i = 0; i < contact->n_addresses && i < ADDRESSES_MAX; i++) {
        add_text(n, contact->addresses[i].city, KITH_SPELLINGS_TEXT, words);
        add_text(n, contact->addresses[i].region, KITH_SPELLINGS_NONE, words);
    }
}

static bool is_searched(enum kith_item_kind kind)
{
    return kind == KITH_ITEM_CATEGORY || kind == KITH_ITEM_CHAT;
}

static void gather_items(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_words *words)
{
    for (size_t i = 0; i < contact->n_items && i < ITEMS_MAX; i++)
        if (is_searched(contact->items[i].kind))
            add_text(n, contact->items[i].value, KITH_SPELLINGS_NONE, words);
}

static void gather_others(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_words *words)
{
    const char *const *text = contact->text;

    kith_words_init(words, OTHERS_BYTES);
    if (strcmp(contact->shown, text[KITH_TEXT_COMPANY]) != 0) /* else it stands among the names */
        add_text(n, text[KITH_TEXT_COMPANY], KITH_SPELLINGS_TEXT, words);
    add_text(n, text[KITH_TEXT_PHONETIC_COMPANY], KITH_SPELLINGS_TEXT, words);
    for (size_t i = 0; i < contact->n_emails && i < EMAILS_MAX; i++)
        add_text(n, contact->emails[i].address, KITH_SPELLINGS_NONE, words);
    add_text(n, text[KITH_TEXT_DEPARTMENT], KITH_SPELLINGS_NONE, words);
    add_text(n, text[KITH_TEXT_JOB_TITLE], KITH_SPELLINGS_NONE, words);
    add_text(n, text[KITH_TEXT_PROFESSION], KITH_SPELLINGS_NONE, words);
    gather_addresses(n, contact, words);
    gather_items(n, contact, words);
    kith_fold_beginning(n, text[KITH_TEXT_NOTES], NOTE_WORDS, words);
}

/* --- Numbers --------------------------------------------------------------- */

static void gather_numbers(const struct kith_contact *contact, struct kith_words *words)
{
    kith_words_init(words, KITH_WORDS_BYTES);
    for (size_t i = 0; i < contact->n_phones && i < NUMBERS_MAX; i++)
        (void)kith_words_add(words, contact->phones[i].national, strlen(contact->phones[i].national));
}

/* --- All ------------------------------------------------------------------- */

void kith_normalise_keys(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_keys *keys)
{
    struct kith_words words;

    n->only_open_rules = contact->shown[0] == '\0';
    kith_keys_clear(keys);
    gather_names(n, contact, &words);
    kith_words_write(&words, &keys->names);
    gather_others(n, contact, &words);
    kith_words_write(&words, &keys->others);
    gather_numbers(contact, &words);
    kith_words_write(&words, &keys->numbers);

    kith_collate(n, contact, keys);
    kith_normalise_bold(contact, &keys->bold_start, &keys->bold_len);
    kith_normalise_reading(n, contact, keys->reading, sizeof(keys->reading));
    n->only_open_rules = false;
}
