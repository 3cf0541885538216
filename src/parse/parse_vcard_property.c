/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard_property.c - what each property of a card says about the contact.
 *
 * Before: parse_vcard_line.c took the line apart.
 * After:  parse_vcard_complete.c puts together what stands in several lines.
 *
 * The table near the end is the mapping. Nothing is tidied here, as in parse_microsoft.c. What kith has no field for
 * is kept word for word among the extra items, under the property's own name; what is no use to a person (pictures
 * kith does not keep, keys, marks of other programs) is left out, and the report says so.
 *
 * Where the standards have no place for what kith knows, show/show_vcard.c and this file have the same names for it:
 * X-AS-WRITTEN, X-DISPLAY-NAME, X-DERIVED, X-EXTRA, X-KITH-FOLDER.
 */
#include "parse/parse_vcard_card.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "parse/exchange_path.h"
#include "parse/harmless.h"
#include "parse/parse_vcard_date.h"
#include "parse/parse_vcard_types.h"

enum {
    LINE_BYTES_MAX = 32 * 1024,
    NOTES_BYTES_MAX = 1024 * 1024,
    ID_BYTES_MAX = 2048,
    NAME_BYTES = 96, /* of a property, with its NUL */
    CARD_MEMORY_MAX = 32 * 1024 * 1024,
    LISTED_MAX = 5 * KITH_PARTS_MAX, /* all of a contact's parts may have labels */
};

/* A property. what, word: as `read` understands them. */
struct rule {
    const char *name;
    void (*read)(struct kith_vcard_card *card, const struct rule *rule);
    int what;
    const char *word;
};

static void ignore(struct kith_vcard_card *card, const char *reason)
{
    card->fate = KITH_FIELD_IGNORED;
    card->reason = reason;
}

/* Something of the contact is missing. */
static void ignore_damaged(struct kith_vcard_card *card, const char *reason)
{
    card->contact.partial = true;
    ignore(card, reason);
}

/* Room for one more of a list that belongs to the card, zeroed; NULL at the ceiling. */
static void *add_to(struct kith_vcard_card *card, void *list, size_t *n, size_t size)
{
    return kith_add_part(card->arena, list, n, size, LISTED_MAX);
}

/* --- Text --------------------------------------------------------------------- */

/* "\n", "\,", "\;" in place. vCard 2.1 has no "\\", and "\n" only where nothing else can say it. Returns the length. */
static size_t unescape(const struct kith_vcard_card *card, char *text, size_t len)
{
    bool has_breaks = !card->is_old || card->line.encoding == KITH_VCARD_PLAIN;
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char next = text[i] == '\\' && i + 1 < len ? text[i + 1] : '\0';

        if (has_breaks && (next == 'n' || next == 'N')) {
            text[n++] = '\n';
            i++;
        } else if (next == ',' || next == ';' || next == ':' || next == '"' || (next == '\\' && !card->is_old)) {
            text[n++] = next;
            i++;
        } else {
            text[n++] = text[i];
        }
    }
    return n;
}

static const char *take_harmless(struct kith_vcard_card *card, char *text, size_t len, bool lines)
{
    len = kith_harmless(text, len, lines);
    text[len] = '\0';
    return text[strspn(text, " \t\n")] != '\0' ? text : "";
}

/* A copy that lasts as long as the card. Blanks alone are nothing. */
static const char *take(struct kith_vcard_card *card, struct kith_vcard_piece text, size_t max_bytes, bool lines)
{
    size_t len = text.len;
    char *copy;

    if (len > max_bytes) {
        len = kith_utf8_valid_len(text.at, max_bytes);
        card->contact.partial = true;
    }
    if (len == 0)
        return "";
    copy = kith_arena_copy(card->arena, text.at, len);
    if (memchr(copy, '\\', len))
        len = unescape(card, copy, len);
    return take_harmless(card, copy, len, lines);
}

static const char *take_line(struct kith_vcard_card *card, struct kith_vcard_piece text)
{
    return take(card, text, LINE_BYTES_MAX, /* lines= */ false);
}

/* Without the blanks around it, which lists have between their parts. */
static const char *take_trimmed(struct kith_vcard_card *card, struct kith_vcard_piece text)
{
    const char *line = take_line(card, text);
    struct kith_vcard_piece trimmed = kith_vcard_trim((struct kith_vcard_piece){line, strlen(line)});

    return trimmed.len == strlen(line) ? line : kith_arena_copy(card->arena, trimmed.at, trimmed.len);
}

/* A parameter's text, or a word of it. */
static const char *take_parameter_text(struct kith_vcard_card *card, struct kith_vcard_piece value)
{
    char *copy;

    value = kith_vcard_parameter_text(card->lines, value);
    if (value.len == 0)
        return "";
    if (value.len > LINE_BYTES_MAX)
        value.len = kith_utf8_valid_len(value.at, LINE_BYTES_MAX);
    copy = kith_arena_copy(card->arena, value.at, value.len);
    return take_harmless(card, copy, value.len, /* lines= */ false);
}

/* "" where there is no such parameter. */
static const char *take_parameter(struct kith_vcard_card *card, const char *name)
{
    struct kith_vcard_piece value;

    return kith_vcard_parameter(&card->line, name, &value) ? take_parameter_text(card, value) : "";
}

/* "item1", in either case. */
static uint64_t group_of(const struct kith_vcard_card *card)
{
    char name[NAME_BYTES];

    if (card->line.group.len == 0)
        return 0;
    (void)kith_text_copy_n(name, sizeof(name), card->line.group.at, card->line.group.len); /* longer ones are cut */
    for (char *c = name; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
    return kith_fnv1a64(name, strlen(name));
}

static bool is_parameter(const struct kith_vcard_card *card, const char *name, const char *value)
{
    struct kith_vcard_piece found;

    return kith_vcard_parameter(&card->line, name, &found) && kith_vcard_is(found, value);
}

static void note_part(struct kith_vcard_card *card, enum kith_vcard_part kind, size_t n_parts)
{
    struct kith_vcard_grouped *grouped;

    if (card->line.group.len == 0)
        return;
    grouped = add_to(card, &card->grouped, &card->n_grouped, sizeof(*grouped));
    if (!grouped)
        return; /* a thousand have a label */
    grouped->group = group_of(card);
    grouped->kind = kind;
    grouped->at = n_parts - 1;
}

static struct kith_item *add_item(struct kith_vcard_card *card, enum kith_item_kind kind, const char *value)
{
    struct kith_item *item;

    if (value[0] == '\0') {
        ignore(card, "empty");
        return NULL;
    }
    item = kith_contact_add_item(&card->contact, card->arena, kind, value);
    if (!item) {
        ignore_damaged(card, "one too many");
        return NULL;
    }
    note_part(card, KITH_VCARD_ITEM, card->contact.n_items);
    return item;
}

/* Keep it word for word, under this name. */
static void keep(struct kith_vcard_card *card, const char *name, const char *value)
{
    struct kith_item *item = add_item(card, KITH_ITEM_EXTRA, value);

    if (!item)
        return;
    item->label = name;
    card->fate = KITH_FIELD_KEPT;
}

/* The name of the property as the file has it. */
static const char *property_name(struct kith_vcard_card *card)
{
    return kith_arena_copy(card->arena, card->line.name.at, card->line.name.len);
}

/* A contact has one of it: what comes second and is something else is kept. */
static void set_text(struct kith_vcard_card *card, enum kith_text field, const char *value)
{
    const char **text = &card->contact.text[field];

    if (value[0] == '\0')
        ignore(card, "empty");
    else if ((*text)[0] == '\0')
        *text = value;
    else if (strcmp(*text, value) != 0)
        keep(card, property_name(card), value);
}

static enum kith_place read_place(struct kith_vcard_card *card, const char **ret_label)
{
    struct kith_vcard_types types;

    kith_vcard_read_types(&card->line, &types);
    if (types.stranger.len > 0)
        *ret_label = take_parameter_text(card, types.stranger);
    return kith_vcard_place(&types);
}

/* --- Who it is ------------------------------------------------------------------ */

/* what: enum kith_text. */
static void read_text(struct kith_vcard_card *card, const struct rule *rule)
{
    set_text(card, (enum kith_text)rule->what, take_line(card, card->value));
}

/* DERIVED (RFC 9554): the name was made of others for those who need one; there is none that somebody wrote. */
static void read_full_name(struct kith_vcard_card *card, const struct rule *rule)
{
    if (!is_parameter(card, "DERIVED", "true") && !is_parameter(card, "X-DERIVED", "true"))
        read_text(card, rule);
}

/* SORT-AS="Family,Given" says how the name is filed, unless something says it better. */
static void read_sort_as(struct kith_vcard_card *card)
{
    const char *text = take_parameter(card, "SORT-AS");
    const char *comma = strchr(text, ',');
    size_t room = strlen(text) + 2;
    char *filed;

    if (card->sort_as[0] != '\0')
        return;
    card->sort_as = text;
    if (!comma)
        return;
    filed = kith_arena_alloc(card->arena, room);
    (void)kith_text_format(filed, room, "%.*s, %s", (int)(comma - text), text, comma + 1); /* it fits */
    card->sort_as = filed;
}

static void read_name(struct kith_vcard_card *card, const struct rule *rule)
{
    static const enum kith_text fields[] = {KITH_TEXT_FAMILY, KITH_TEXT_GIVEN, KITH_TEXT_MIDDLE, KITH_TEXT_PREFIX,
                                            KITH_TEXT_SUFFIX};
    struct kith_vcard_piece rest = card->value;
    struct kith_vcard_piece part;

    if (card->has_name) { /* the same in another script, or by mistake */
        keep(card, "N", take_line(card, card->value));
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(fields) && kith_vcard_next_part(&rest, ';', &part); i++) {
        card->contact.text[fields[i]] = take_line(card, part);
        card->has_name = card->has_name || card->contact.text[fields[i]][0] != '\0';
    }
    read_sort_as(card);
    if (!card->has_name)
        ignore(card, "empty");
}

static void read_sort_string(struct kith_vcard_card *card, const struct rule *rule)
{
    if (card->sort_as[0] == '\0')
        card->sort_as = take_line(card, card->value);
}

/* The company, then its parts from the largest to the smallest. */
static void read_organisation(struct kith_vcard_card *card, const struct rule *rule)
{
    struct kith_vcard_piece rest = card->value;
    struct kith_vcard_piece part;
    KITH_AUTO_DONE(kith_buf) units;
    const char *company;

    kith_buf_init(&units, 2 * LINE_BYTES_MAX);
    company = kith_vcard_next_part(&rest, ';', &part) ? take_line(card, part) : "";
    while (kith_vcard_next_part(&rest, ';', &part)) {
        const char *unit = take_line(card, part);

        if (unit[0] != '\0')
            (void)kith_buf_addf(&units, "%s%s", units.len > 0 ? ", " : "", unit);
    }
    if (company[0] == '\0' && units.len == 0) {
        ignore(card, "empty");
        return;
    }
    if (card->contact.text[KITH_TEXT_COMPANY][0] != '\0' || card->contact.text[KITH_TEXT_DEPARTMENT][0] != '\0') {
        keep(card, "ORG", take_line(card, card->value));
        return;
    }
    card->contact.text[KITH_TEXT_COMPANY] = company;
    card->contact.text[KITH_TEXT_DEPARTMENT] = kith_arena_copy(card->arena, kith_buf_text(&units), units.len);
}

/* Several notes are one, a line between them. */
static void read_notes(struct kith_vcard_card *card, const struct rule *rule)
{
    static const char between[] = "\n\n";
    const char *before = card->contact.text[KITH_TEXT_NOTES];
    size_t before_len = before[0] != '\0' ? strlen(before) + strlen(between) : 0;
    const char *text;
    size_t room;
    char *both;

    if (before_len >= NOTES_BYTES_MAX) {
        ignore_damaged(card, "too long");
        return;
    }
    text = take(card, card->value, NOTES_BYTES_MAX - before_len, /* lines= */ true);
    if (text[0] == '\0') {
        ignore(card, "empty");
        return;
    }
    if (before_len == 0) {
        card->contact.text[KITH_TEXT_NOTES] = text;
        return;
    }
    room = before_len + strlen(text) + 1;
    both = kith_arena_alloc(card->arena, room);
    (void)kith_text_format(both, room, "%s%s%s", before, between, text); /* it fits */
    card->contact.text[KITH_TEXT_NOTES] = both;
}

/* Cut short, an id would name another contact or none. */
static void read_uid(struct kith_vcard_card *card, const struct rule *rule)
{
    const char *uid = take_trimmed(card, card->value);

    if (strlen(uid) > ID_BYTES_MAX)
        ignore(card, "too long");
    else
        card->contact.source_id = uid;
}

static void read_folder(struct kith_vcard_card *card, const struct rule *rule)
{
    card->contact.folder = take_line(card, card->value);
}

static void read_version(struct kith_vcard_card *card, const struct rule *rule)
{
    card->is_old = kith_vcard_is(kith_vcard_trim(card->value), "2.1");
    kith_vcard_keep_folding_blanks(card->lines, card->is_old);
}

static void read_kind(struct kith_vcard_card *card, const struct rule *rule)
{
    struct kith_vcard_piece kind = kith_vcard_trim(card->value);

    if (kith_vcard_is(kind, "group") || kith_vcard_is(kind, "list") || kith_vcard_is(kind, rule->word))
        card->is_list = true;
}

/* --- How to reach them ------------------------------------------------------------ */

/* "tel:+1-418-656-9254;ext=102" as people write it. Other parameters (phone-context) are for machines. */
static const char *number_of_uri(struct kith_vcard_card *card, const char *uri)
{
    const char *number = uri + strlen("tel:");
    size_t len = strcspn(number, ";");
    const char *ext = strstr(number, ";ext=");
    size_t room = strlen(uri) + sizeof(" ext. ");
    char *text = kith_arena_alloc(card->arena, room);
    bool decoded = kith_percent_decode(number, len, /* form= */ false, text, room);

    if (!decoded || kith_utf8_valid_len(text, strlen(text)) != strlen(text))
        (void)kith_text_copy_n(text, room, number, len); /* it fits */
    if (ext) {
        size_t ext_len = strcspn(ext + 5, ";");
        size_t n = strlen(text);

        (void)kith_text_format(text + n, room - n, " ext. %.*s", (int)ext_len, ext + 5);
    }
    return take_harmless(card, text, strlen(text), /* lines= */ false);
}

static const char *take_number(struct kith_vcard_card *card)
{
    const char *written = take_parameter(card, "X-AS-WRITTEN");
    const char *value;

    if (written[0] != '\0')
        return written;
    value = take_line(card, card->value);
    if (kith_text_starts_with_ci(value, "tel:") && !is_parameter(card, "VALUE", "text"))
        return number_of_uri(card, value);
    return value;
}

static void read_phone(struct kith_vcard_card *card, const struct rule *rule)
{
    const char *raw = take_number(card);
    struct kith_vcard_types types;
    struct kith_phone *phone;

    if (raw[0] == '\0') {
        ignore(card, "empty");
        return;
    }
    phone = kith_contact_add_phone(&card->contact, card->arena);
    if (!phone) {
        ignore_damaged(card, "one too many");
        return;
    }
    kith_vcard_read_types(&card->line, &types);
    phone->raw = raw;
    phone->kind = kith_vcard_phone_kind(&types);
    if (types.stranger.len > 0)
        phone->label = take_parameter_text(card, types.stranger);
    note_part(card, KITH_VCARD_PHONE, card->contact.n_phones);
}

static void read_email(struct kith_vcard_card *card, const struct rule *rule)
{
    const char *address = take_line(card, card->value);
    struct kith_email *email;

    if (is_parameter(card, "VALUE", "uri") && kith_text_starts_with_ci(address, "mailto:"))
        address += strlen("mailto:");
    if (address[0] == '\0' || kith_is_exchange_path(address)) {
        keep(card, "Exchange address", address);
        return;
    }
    email = kith_contact_add_email(&card->contact, card->arena);
    if (!email) {
        ignore_damaged(card, "one too many");
        return;
    }
    email->address = address;
    email->name = take_parameter(card, "X-DISPLAY-NAME");
    email->place = read_place(card, &email->label);
    note_part(card, KITH_VCARD_EMAIL, card->contact.n_emails);
}

/* Outlook says in the second part of ADR, "extended address", in which office somebody works. */
static bool take_office(struct kith_vcard_card *card, enum kith_place place, const char *extended)
{
    if (!card->is_old || place != KITH_PLACE_WORK || extended[0] == '\0' || strpbrk(extended, "\n\t") ||
        card->contact.text[KITH_TEXT_OFFICE][0] != '\0')
        return false;
    card->contact.text[KITH_TEXT_OFFICE] = extended;
    return true;
}

/* For others it is a suite, or all there is: the first lines of the street. */
static const char *join_street(struct kith_vcard_card *card, const char *extended, const char *street)
{
    size_t room = strlen(extended) + strlen(street) + 2;
    char *both;

    if (extended[0] == '\0' || street[0] == '\0')
        return extended[0] == '\0' ? street : extended;
    both = kith_arena_alloc(card->arena, room);
    (void)kith_text_format(both, room, "%s\n%s", extended, street); /* it fits */
    return both;
}

static bool is_any_filled(const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (texts[i][0] != '\0')
            return true;
    return false;
}

static void read_address(struct kith_vcard_card *card, const struct rule *rule)
{
    const char *texts[7] = {"", "", "", "", "", "", ""};
    struct kith_vcard_piece rest = card->value;
    struct kith_vcard_piece part;
    struct kith_address *address;
    const char *label = "";
    enum kith_place place = read_place(card, &label);

    for (size_t i = 0; i < KITH_COUNT_OF(texts) && kith_vcard_next_part(&rest, ';', &part); i++)
        texts[i] = take(card, part, LINE_BYTES_MAX, /* lines= */ i == 1 || i == 2);
    if (!is_any_filled(texts, KITH_COUNT_OF(texts))) {
        ignore(card, "empty");
        return;
    }
    if (take_office(card, place, texts[1]))
        texts[1] = "";
    if (!is_any_filled(texts, KITH_COUNT_OF(texts)))
        return; /* the office was all */

    address = kith_contact_add_address(&card->contact, card->arena);
    if (!address) {
        ignore_damaged(card, "one too many");
        return;
    }
    *address = (struct kith_address){
        place, join_street(card, texts[1], texts[2]), texts[0], texts[3], texts[4], texts[5], texts[6], label};
    note_part(card, KITH_VCARD_ADDRESS, card->contact.n_addresses);
}

static void read_written_address(struct kith_vcard_card *card, const struct rule *rule)
{
    struct kith_vcard_written_address *written = add_to(card, &card->written, &card->n_written, sizeof(*written));
    const char *label = "";

    if (!written) {
        ignore_damaged(card, "one too many");
        return;
    }
    written->place = read_place(card, &label);
    written->text = take(card, card->value, LINE_BYTES_MAX, /* lines= */ true);
}

/* --- Dates ------------------------------------------------------------------------ */

static void add_date(struct kith_vcard_card *card, enum kith_date_kind kind, const char *text, const char *label)
{
    struct kith_vcard_day day;
    struct kith_date *date;

    if (!kith_vcard_read_day(text, &day)) {
        keep(card, property_name(card), text); /* "circa 1800", or a year alone */
        return;
    }
    date = kith_contact_add_date(&card->contact, card->arena);
    if (!date) {
        ignore_damaged(card, "one too many");
        return;
    }
    *date = (struct kith_date){kind, day.year, day.month, day.day, label};
    note_part(card, KITH_VCARD_DATE, card->contact.n_dates);
}

/* what: enum kith_date_kind. */
static void read_date(struct kith_vcard_card *card, const struct rule *rule)
{
    add_date(card, (enum kith_date_kind)rule->what, take_line(card, card->value), "");
}

/* what: offset of the time in struct kith_contact. */
static void read_time(struct kith_vcard_card *card, const struct rule *rule)
{
    int64_t time_s;

    if (!kith_vcard_read_time(take_line(card, card->value), &time_s) || time_s <= 0) {
        ignore(card, "no point in time");
        return;
    }
    memcpy((char *)&card->contact + rule->what, &time_s, sizeof(time_s));
}

/* --- Everything else ----------------------------------------------------------------- */

/* what: enum kith_item_kind; word: the label, or NULL. */
static void read_item(struct kith_vcard_card *card, const struct rule *rule)
{
    const char *written = take_parameter(card, "X-AS-WRITTEN");
    const char *value = written[0] != '\0' ? written : take_line(card, card->value);
    struct kith_item *item = add_item(card, (enum kith_item_kind)rule->what, value);
    const char *service;

    if (!item)
        return;
    item->place = read_place(card, &item->label);
    service = take_parameter(card, "X-SERVICE-TYPE");
    if (rule->word)
        item->label = rule->word;
    else if (service[0] != '\0' && item->label[0] == '\0')
        item->label = service;
}

static void read_extra(struct kith_vcard_card *card, const struct rule *rule)
{
    (void)add_item(card, KITH_ITEM_EXTRA, take_line(card, card->value)); /* its label says what it is */
}

static void read_categories(struct kith_vcard_card *card, const struct rule *rule)
{
    struct kith_vcard_piece rest = card->value;
    struct kith_vcard_piece part;

    while (kith_vcard_next_part(&rest, ',', &part)) {
        const char *category = take_trimmed(card, part);

        if (category[0] != '\0' && !kith_contact_add_item(&card->contact, card->arena, KITH_ITEM_CATEGORY, category))
            ignore_damaged(card, "one too many");
    }
}

static void add_relation(struct kith_vcard_card *card, const char *word, const char *name)
{
    struct kith_vcard_relation *relation;

    if (name[0] == '\0') {
        ignore(card, "empty");
        return;
    }
    relation = add_to(card, &card->relations, &card->n_relations, sizeof(*relation));
    if (!relation) {
        ignore_damaged(card, "one too many");
        return;
    }
    relation->group = group_of(card);
    relation->word = word;
    relation->name = name;
}

/* what: POINTER where the value may be a card's UID; word: how they are related, or NULL: the label or the type says.
 */
enum { POINTER = 1 };
static void read_relation(struct kith_vcard_card *card, const struct rule *rule)
{
    const char *name = take_line(card, card->value);
    struct kith_vcard_piece type = {"", 0};
    struct kith_vcard_piece word = {"", 0};

    if (rule->what == POINTER && kith_text_starts_with_ci(name, "urn:uuid:") && !is_parameter(card, "VALUE", "text")) {
        ignore(card, "points to another card");
        return;
    }
    if (!rule->word && kith_vcard_parameter(&card->line, "TYPE", &type))
        (void)kith_vcard_next_word(&type, &word); /* false: it stays empty */
    add_relation(card, rule->word ? rule->word : take_parameter_text(card, word), name);
}

/* Outlook's fields of one's own: X-MS-TEXT;CUSTOM1 */
static void read_user_field(struct kith_vcard_card *card, const struct rule *rule)
{
    static const char *const labels[] = {"User field 1", "User field 2", "User field 3", "User field 4"};
    struct kith_item *item = add_item(card, KITH_ITEM_EXTRA, take_line(card, card->value));

    for (size_t i = 0; item && i < card->line.n_parameters; i++) {
        struct kith_vcard_piece word = card->line.parameters[i].value;

        if (word.len == strlen("CUSTOM1") && kith_text_starts_with_ci(word.at, "CUSTOM") && word.at[6] >= '1' &&
            word.at[6] <= '4')
            item->label = labels[word.at[6] - '1'];
    }
    if (item && item->label[0] == '\0')
        item->label = property_name(card);
}

static void read_android_relation(struct kith_vcard_card *card, const char *type, const char *label, const char *name)
{
    static const char *const words[] = {"",        "assistant",   "brother",  "child",  "domestic-partner",
                                        "father",  "friend",      "manager",  "mother", "parent",
                                        "partner", "referred-by", "relative", "sister", "spouse"};
    int64_t i;

    if (!kith_text_to_int64(type, 0, KITH_COUNT_OF(words) - 1, &i))
        i = 0;
    add_relation(card, i == 0 ? label : words[i], name);
}

/* vnd.android.cursor.item/contact_event;2011-01-13;1;label */
static void read_android(struct kith_vcard_card *card, const struct rule *rule)
{
    static const char before[] = "vnd.android.cursor.item/";
    const char *texts[4] = {"", "", "", ""};
    struct kith_vcard_piece rest = card->value;
    struct kith_vcard_piece part;

    for (size_t i = 0; i < KITH_COUNT_OF(texts) && kith_vcard_next_part(&rest, ';', &part); i++)
        texts[i] = take_line(card, part);
    if (!kith_text_starts_with(texts[0], before) || texts[1][0] == '\0') {
        keep(card, property_name(card), take_line(card, card->value));
        return;
    }
    texts[0] += sizeof(before) - 1;
    if (strcmp(texts[0], "nickname") == 0)
        set_text(card, KITH_TEXT_NICKNAME, texts[1]);
    else if (strcmp(texts[0], "contact_event") == 0)
        add_date(card,
                 strcmp(texts[2], "3") == 0   ? KITH_DATE_BIRTHDAY
                 : strcmp(texts[2], "1") == 0 ? KITH_DATE_ANNIVERSARY
                                              : KITH_DATE_OTHER,
                 texts[1], texts[3]);
    else if (strcmp(texts[0], "relation") == 0)
        read_android_relation(card, texts[2], texts[3], texts[1]);
    else
        keep(card, kith_arena_copy(card->arena, texts[0], strlen(texts[0])), texts[1]);
}

static void read_label(struct kith_vcard_card *card, const struct rule *rule)
{
    const char *text = take_line(card, card->value);
    struct kith_vcard_label *label = card->line.group.len > 0 && text[0] != '\0'
                                         ? add_to(card, &card->labels, &card->n_labels, sizeof(*label))
                                         : NULL;

    if (!label) {
        ignore(card, "a label of nothing");
        return;
    }
    label->group = group_of(card);
    label->text = text;
}

/* A card may stand inside of this one, as lines of its own (vCard 2.1) or as a text. */
static void read_agent(struct kith_vcard_card *card, const struct rule *rule)
{
    card->has_agent = kith_vcard_trim(card->value).len == 0;
    ignore(card, "a card inside of a card");
}

/* "data:image/png;base64,...": RFC 2397, as vCard 4.0 has pictures. */
static bool read_data_uri(struct kith_vcard_card *card, struct kith_vcard_piece *ret)
{
    const struct kith_vcard_piece value = kith_vcard_trim(card->value);
    const char *comma =
        value.len > 5 && strncasecmp(value.at, "data:", 5) == 0 ? memchr(value.at, ',', value.len) : NULL;
    size_t len, n = 0;
    char *bytes;

    if (!comma || comma - value.at < 12 || strncasecmp(comma - 7, ";base64", 7) != 0)
        return false;
    len = value.len - (size_t)(comma + 1 - value.at);
    bytes = kith_arena_alloc(card->arena, len + 1);
    if (sodium_base642bin((unsigned char *)bytes, len, comma + 1, len, " \t\r\n", &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    *ret = (struct kith_vcard_piece){bytes, n};
    return true;
}

/* A picture that the card holds; one that it only names by an address stays there. */
static void read_photo(struct kith_vcard_card *card, const struct rule *rule)
{
    struct kith_contact *contact = &card->contact;
    struct kith_vcard_piece bytes = card->value;
    bool is_here = card->line.encoding == KITH_VCARD_BASE64 || read_data_uri(card, &bytes);

    if (!is_here || contact->has_photo || kith_photo_kind_of(bytes.at, bytes.len) == KITH_PHOTO_NONE) {
        ignore(card, !is_here ? "a picture elsewhere" : contact->has_photo ? "one picture is enough" : "no picture");
        return;
    }
    contact->has_photo = true;
    contact->photo = kith_arena_copy(card->arena, bytes.at, bytes.len);
    contact->n_photo = bytes.len;
}

/* word: why. */
static void read_nothing(struct kith_vcard_card *card, const struct rule *rule)
{
    ignore(card, rule->word);
}

static void read_stranger(struct kith_vcard_card *card)
{
    if (card->line.encoding == KITH_VCARD_BASE64)
        ignore(card, "no text");
    else
        keep(card, property_name(card), take_line(card, card->value));
}

/* --- The mapping ------------------------------------------------------------------------ */

#define PICTURE "no face"
#define SOUND "sounds are not kept"
#define CERTIFICATE "keys are not kept"
#define PROGRAM "a mark of the program that wrote it"
#define LAYOUT "how another program shows it"
#define MEMBER "belongs to a contact list"

static const struct rule rules[] = {
    {"VERSION", read_version, 0, NULL},
    {"KIND", read_kind, 0, "group"},
    {"X-ADDRESSBOOKSERVER-KIND", read_kind, 0, "group"},
    {"X-EVOLUTION-LIST", read_kind, 0, "TRUE"},
    {"UID", read_uid, 0, NULL},
    {"REV", read_time, offsetof(struct kith_contact, modified_s), NULL},
    {"CREATED", read_time, offsetof(struct kith_contact, created_s), NULL},
    {"X-CREATED", read_time, offsetof(struct kith_contact, created_s), NULL},
    {"X-KITH-FOLDER", read_folder, 0, NULL},

    {"FN", read_full_name, KITH_TEXT_DISPLAY, NULL},
    {"N", read_name, 0, NULL},
    {"SORT-STRING", read_sort_string, 0, NULL},
    {"X-EVOLUTION-FILE-AS", read_text, KITH_TEXT_FILE_AS, NULL},
    {"NICKNAME", read_text, KITH_TEXT_NICKNAME, NULL},
    {"X-INITIALS", read_text, KITH_TEXT_INITIALS, NULL},
    {"X-PHONETIC-FIRST-NAME", read_text, KITH_TEXT_PHONETIC_GIVEN, NULL},
    {"X-PHONETIC-LAST-NAME", read_text, KITH_TEXT_PHONETIC_FAMILY, NULL},
    {"X-PHONETIC-ORG", read_text, KITH_TEXT_PHONETIC_COMPANY, NULL},
    {"ORG", read_organisation, 0, NULL},
    {"X-DEPARTMENT", read_text, KITH_TEXT_DEPARTMENT, NULL},
    {"X-KADDRESSBOOK-X-DEPARTMENT", read_text, KITH_TEXT_DEPARTMENT, NULL},
    {"TITLE", read_text, KITH_TEXT_JOB_TITLE, NULL},
    {"ROLE", read_text, KITH_TEXT_PROFESSION, NULL},
    {"X-PROFESSION", read_text, KITH_TEXT_PROFESSION, NULL},
    {"X-KADDRESSBOOK-X-PROFESSION", read_text, KITH_TEXT_PROFESSION, NULL},
    {"X-OFFICE", read_text, KITH_TEXT_OFFICE, NULL},
    {"X-KADDRESSBOOK-X-OFFICE", read_text, KITH_TEXT_OFFICE, NULL},
    {"NOTE", read_notes, 0, NULL},

    {"TEL", read_phone, 0, NULL},
    {"X-MS-TEL", read_phone, 0, NULL},
    {"EMAIL", read_email, 0, NULL},
    {"ADR", read_address, 0, NULL},
    {"LABEL", read_written_address, 0, NULL},

    {"BDAY", read_date, KITH_DATE_BIRTHDAY, NULL},
    {"ANNIVERSARY", read_date, KITH_DATE_ANNIVERSARY, NULL},
    {"X-ANNIVERSARY", read_date, KITH_DATE_ANNIVERSARY, NULL},
    {"X-MS-ANNIVERSARY", read_date, KITH_DATE_ANNIVERSARY, NULL},
    {"X-EVOLUTION-ANNIVERSARY", read_date, KITH_DATE_ANNIVERSARY, NULL},
    {"X-KADDRESSBOOK-X-ANNIVERSARY", read_date, KITH_DATE_ANNIVERSARY, NULL},
    {"X-ABDATE", read_date, KITH_DATE_OTHER, NULL},

    {"RELATED", read_relation, POINTER, NULL},
    {"X-ABRELATEDNAMES", read_relation, 0, NULL},
    {"X-MS-CHILD", read_relation, 0, "child"},
    {"X-MANAGER", read_relation, 0, "manager"},
    {"X-MS-MANAGER", read_relation, 0, "manager"},
    {"X-EVOLUTION-MANAGER", read_relation, 0, "manager"},
    {"X-KADDRESSBOOK-X-MANAGERSNAME", read_relation, 0, "manager"},
    {"X-ASSISTANT", read_relation, 0, "assistant"},
    {"X-MS-ASSISTANT", read_relation, 0, "assistant"},
    {"X-EVOLUTION-ASSISTANT", read_relation, 0, "assistant"},
    {"X-KADDRESSBOOK-X-ASSISTANTSNAME", read_relation, 0, "assistant"},
    {"X-SPOUSE", read_relation, 0, "spouse"},
    {"X-MS-SPOUSE", read_relation, 0, "spouse"},
    {"X-EVOLUTION-SPOUSE", read_relation, 0, "spouse"},
    {"X-KADDRESSBOOK-X-SPOUSESNAME", read_relation, 0, "spouse"},

    {"URL", read_item, KITH_ITEM_WEB, NULL},
    {"X-SOCIALPROFILE", read_item, KITH_ITEM_WEB, NULL},
    {"SOCIALPROFILE", read_item, KITH_ITEM_WEB, NULL},
    {"X-EVOLUTION-BLOG-URL", read_item, KITH_ITEM_WEB, "Blog"},
    {"X-KADDRESSBOOK-BLOGFEED", read_item, KITH_ITEM_WEB, "Blog"},
    {"X-EVOLUTION-VIDEO-URL", read_item, KITH_ITEM_WEB, "Video"},
    {"IMPP", read_item, KITH_ITEM_CHAT, NULL},
    {"X-MS-IMADDRESS", read_item, KITH_ITEM_CHAT, NULL},
    {"X-KADDRESSBOOK-X-IMADDRESS", read_item, KITH_ITEM_CHAT, NULL},
    {"X-AIM", read_item, KITH_ITEM_CHAT, "AIM"},
    {"X-ICQ", read_item, KITH_ITEM_CHAT, "ICQ"},
    {"X-JABBER", read_item, KITH_ITEM_CHAT, "Jabber"},
    {"X-MSN", read_item, KITH_ITEM_CHAT, "MSN"},
    {"X-YAHOO", read_item, KITH_ITEM_CHAT, "Yahoo"},
    {"X-SKYPE", read_item, KITH_ITEM_CHAT, "Skype"},
    {"X-SKYPE-USERNAME", read_item, KITH_ITEM_CHAT, "Skype"},
    {"X-GOOGLE-TALK", read_item, KITH_ITEM_CHAT, "Google Talk"},
    {"X-GTALK", read_item, KITH_ITEM_CHAT, "Google Talk"},
    {"X-GROUPWISE", read_item, KITH_ITEM_CHAT, "GroupWise"},
    {"X-GADUGADU", read_item, KITH_ITEM_CHAT, "Gadu-Gadu"},
    {"X-QQ", read_item, KITH_ITEM_CHAT, "QQ"},
    {"X-SIP", read_item, KITH_ITEM_CHAT, "SIP"},
    {"X-MATRIX", read_item, KITH_ITEM_CHAT, "Matrix"},

    {"CATEGORIES", read_categories, 0, NULL},
    {"X-EXTRA", read_extra, 0, NULL},
    {"X-MS-TEXT", read_user_field, 0, NULL},
    {"X-ANDROID-CUSTOM", read_android, 0, NULL},
    {"X-ABLABEL", read_label, 0, NULL},

    {"AGENT", read_agent, 0, NULL},
    {"PHOTO", read_photo, 0, NULL},
    {"LOGO", read_nothing, 0, PICTURE},
    {"X-MS-CARDPICTURE", read_nothing, 0, PICTURE},
    {"X-ABCROP-RECTANGLE", read_nothing, 0, PICTURE},
    {"SOUND", read_nothing, 0, SOUND},
    {"KEY", read_nothing, 0, CERTIFICATE},
    {"X-EVOLUTION-X509", read_nothing, 0, CERTIFICATE},
    {"MEMBER", read_nothing, 0, MEMBER},
    {"X-ADDRESSBOOKSERVER-MEMBER", read_nothing, 0, MEMBER},
    {"X-EVOLUTION-LIST-SHOW-ADDRESSES", read_nothing, 0, MEMBER},
    {"PRODID", read_nothing, 0, PROGRAM},
    {"PROFILE", read_nothing, 0, PROGRAM},
    {"MAILER", read_nothing, 0, PROGRAM},
    {"CLIENTPIDMAP", read_nothing, 0, PROGRAM},
    {"X-MOZILLA-HTML", read_nothing, 0, PROGRAM},
    {"X-COUCHDB-APPLICATION-ANNOTATIONS", read_nothing, 0, PROGRAM},
    {"X-IMAGEHASH", read_nothing, 0, PROGRAM},
    {"X-IMAGETYPE", read_nothing, 0, PROGRAM},
    {"X-ABUID", read_nothing, 0, PROGRAM},
    {"X-GENERATOR", read_nothing, 0, PROGRAM},
    {"CLASS", read_nothing, 0, PROGRAM},
    {"X-MS-OL-DESIGN", read_nothing, 0, LAYOUT},
    {"X-MS-OL-DEFAULT-POSTAL-ADDRESS", read_nothing, 0, LAYOUT},
    {"X-ABADR", read_nothing, 0, LAYOUT},
    {"X-ABSHOWAS", read_nothing, 0, LAYOUT},
    {"X-ABORDER", read_nothing, 0, LAYOUT},
};

/* Their names by hash: each property of each card is looked up. Twice too large at least, as in parse_microsoft.c. */
enum { SLOTS = 512 };
static uint8_t slots[SLOTS]; /* number of the rule + 1; 0 empty */
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static size_t slot_of(const char *name, size_t len)
{
    uint32_t hash = (uint32_t)len;

    for (size_t i = 0; i < len; i++)
        hash = hash * 31 + ((unsigned char)name[i] | 0x20);
    return (hash ^ hash >> 9) % SLOTS;
}

static void fill_slots(void)
{
    _Static_assert(KITH_COUNT_OF(rules) * 2 <= SLOTS, "a search ends at an empty slot");
    _Static_assert(KITH_COUNT_OF(rules) < UINT8_MAX, "a slot holds a rule's number");

    for (size_t i = 0; i < KITH_COUNT_OF(rules); i++) {
        size_t slot = slot_of(rules[i].name, strlen(rules[i].name));

        while (slots[slot] != 0)
            slot = (slot + 1) % SLOTS;
        slots[slot] = (uint8_t)(i + 1);
    }
}

/* NULL for a property that we do not know. */
static const struct rule *find_rule(struct kith_vcard_piece name)
{
    for (size_t slot = slot_of(name.at, name.len); slots[slot] != 0; slot = (slot + 1) % SLOTS)
        if (kith_vcard_is(name, rules[slots[slot] - 1].name))
            return &rules[slots[slot] - 1];
    return NULL;
}

/* --- One property --------------------------------------------------------------------------- */

static void tell(const struct kith_vcard_card *card, const struct rule *rule)
{
    char name[NAME_BYTES];

    (void)kith_text_copy_n(name, sizeof(name), card->line.name.at, card->line.name.len); /* it fits: see is_name() */
    kith_field_report_add(card->sink->report, rule ? rule->name : name, card->fate, card->reason);
}

/* A picture is no text, and none at all without its end. false: something is missing. */
static bool read_value(struct kith_vcard_card *card, const struct rule *rule)
{
    bool whole;

    if (!rule || rule->read != read_photo || card->line.encoding != KITH_VCARD_BASE64)
        return kith_vcard_value(card->lines, &card->line, &card->value);
    whole = kith_vcard_bytes(card->lines, &card->line, &card->value);
    if (!whole)
        card->value.len = 0;
    return whole;
}

void kith_vcard_read_property(struct kith_vcard_card *card)
{
    const struct rule *rule;
    bool whole;

    (void)pthread_once(&slots_once, fill_slots);
    rule = find_rule(card->line.name);
    card->fate = KITH_FIELD_READ;
    card->reason = "";
    card->has_agent = false;
    card->in_base64 = card->line.encoding == KITH_VCARD_BASE64;
    if (rule && rule->read == read_nothing) {
        rule->read(card, rule); /* without decoding it first */
        tell(card, rule);
        return;
    }
    if (kith_arena_bytes(card->arena) > CARD_MEMORY_MAX) {
        ignore_damaged(card, "too much for one card");
        tell(card, rule);
        return;
    }
    whole = read_value(card, rule);
    if (!whole)
        card->contact.partial = true;
    if (!whole && card->value.len == 0)
        ignore(card, "cannot be decoded");
    else if (rule)
        rule->read(card, rule);
    else
        read_stranger(card);
    tell(card, rule);
}
