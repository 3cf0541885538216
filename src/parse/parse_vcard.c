/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard.c - a file of vCards becomes contacts.
 *
 * Before: the bytes of a file; parse_vcard_line.c makes properties of them.
 * After:  the sink takes the contacts, normalise/ makes them comparable.
 *
 * The table near the end is the mapping. Nothing is tidied here, as in parse_microsoft.c. What kith has no field for
 * is kept word for word among the extra items, under the property's own name; what is no use to a person (pictures
 * kith does not keep, keys, marks of other programs) is left out, and the report says so.
 *
 * Cards that show/show_vcard.c wrote come back as they were. Where the standards have no place for something, both
 * use the same names of their own: X-AS-WRITTEN, X-DISPLAY-NAME, X-DERIVED, X-EXTRA, X-KITH-FOLDER.
 */
#include "parse/parse_vcard.h"

#include <pthread.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "parse/charset.h"
#include "parse/harmless.h"
#include "parse/parse_vcard_date.h"
#include "parse/parse_vcard_line.h"
#include "parse/parse_vcard_types.h"

enum {
    CARDS_MAX = 1000000,
    LINE_BYTES_MAX = 32 * 1024,
    NOTES_BYTES_MAX = 1024 * 1024,
    ID_BYTES_MAX = 2048,
    NAME_BYTES = 96, /* of a property, with its NUL */
    CARD_MEMORY_MAX = 32 * 1024 * 1024,
    WIDE_FILE_BYTES_MAX = 256 * 1024 * 1024, /* in UTF-16: it is converted as a whole */
};

/* --- The card that is being read -------------------------------------------- */

/* A property whose label stands in another line, "item1.X-ABLabel". */
enum part_kind { PART_EMAIL, PART_PHONE, PART_ADDRESS, PART_DATE, PART_ITEM };
struct grouped {
    const char *group;
    enum part_kind kind;
    size_t at; /* in the contact's array of that kind */
};

struct label {
    const char *group;
    const char *text;
};

/* Somebody who is related; how may be said by a label, so it waits for the end of the card. */
struct relation {
    const char *group;
    const char *word;
    const char *name;
};

/* An address as one text. It is said again by ADR, or there is no ADR. */
struct written_address {
    enum kith_place place;
    const char *text;
};

struct reading {
    struct kith_vcard_lines *lines;
    const struct kith_contact_sink *sink;
    struct kith_arena *arena; /* of the card */
    struct kith_contact contact;
    size_t n_cards; /* begun so far: the number of this one */
    bool in_card;
    bool is_old;     /* vCard 2.1: a backslash is a backslash */
    bool is_list;    /* of contacts: nobody in particular */
    bool has_name;   /* N was there */
    bool has_agent;  /* the last property was an AGENT: a card may follow inside of this one */
    bool in_base64;  /* the last property was: a line without a name may be more of it */
    size_t n_inside; /* how deep we are in cards inside */
    const char *sort_as;

    struct grouped *grouped; /* in the arena, as the next three */
    struct label *labels;
    struct relation *relations;
    struct written_address *written;
    size_t n_grouped, n_labels, n_relations, n_written;

    /* The property that is being read, and what becomes of it. */
    struct kith_vcard_line line;
    struct kith_vcard_piece value;
    enum kith_field_fate fate;
    const char *reason;
};

/* A property. what, word: as `read` understands them. */
struct rule {
    const char *name;
    void (*read)(struct reading *r, const struct rule *rule);
    int what;
    const char *word;
};

static void ignore(struct reading *r, const char *reason)
{
    r->fate = KITH_FIELD_IGNORED;
    r->reason = reason;
}

/* Something of the contact is missing. */
static void ignore_damaged(struct reading *r, const char *reason)
{
    r->contact.partial = true;
    ignore(r, reason);
}

/*
 * Room for one more of a list that belongs to the card, zeroed; NULL at the ceiling.
 * As in model/contact_parts.c, the capacity follows from the count.
 */
static void *add_to(struct reading *r, void *list, size_t *n, size_t size)
{
    char *array;

    if (*n >= KITH_PARTS_MAX)
        return NULL;
    memcpy(&array, list, sizeof(array));
    if (*n == 0 || (*n >= 2 && (*n & (*n - 1)) == 0)) {
        char *larger = kith_arena_alloc(r->arena, kith_array_bytes(*n == 0 ? 2 : *n * 2, size));

        if (*n > 0)
            memcpy(larger, array, *n * size);
        array = larger;
        memcpy(list, &array, sizeof(array));
    }
    return array + (*n)++ * size;
}

/* --- Text --------------------------------------------------------------------- */

/* "\n", "\,", "\;" in place. vCard 2.1 has no "\\", and "\n" only where nothing else can say it. Returns the length. */
static size_t unescape(const struct reading *r, char *text, size_t len)
{
    bool has_breaks = !r->is_old || r->line.encoding == KITH_VCARD_PLAIN;
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char next = text[i] == '\\' && i + 1 < len ? text[i + 1] : '\0';

        if (has_breaks && (next == 'n' || next == 'N')) {
            text[n++] = '\n';
            i++;
        } else if (next == ',' || next == ';' || next == ':' || next == '"' || (next == '\\' && !r->is_old)) {
            text[n++] = next;
            i++;
        } else {
            text[n++] = text[i];
        }
    }
    return n;
}

static const char *take_harmless(struct reading *r, char *text, size_t len, bool lines)
{
    len = kith_harmless(text, len, lines);
    text[len] = '\0';
    return text[strspn(text, " \t\n")] != '\0' ? text : "";
}

/* A copy that lasts as long as the card. Blanks alone are nothing. */
static const char *take(struct reading *r, struct kith_vcard_piece text, size_t max_bytes, bool lines)
{
    size_t len = text.len;
    char *copy;

    if (len > max_bytes) {
        len = kith_utf8_valid_len(text.at, max_bytes);
        r->contact.partial = true;
    }
    if (len == 0)
        return "";
    copy = kith_arena_copy(r->arena, text.at, len);
    if (memchr(copy, '\\', len))
        len = unescape(r, copy, len);
    return take_harmless(r, copy, len, lines);
}

static const char *take_line(struct reading *r, struct kith_vcard_piece text)
{
    return take(r, text, LINE_BYTES_MAX, /* lines= */ false);
}

/* Without the blanks around it, which lists have between their parts. */
static const char *take_trimmed(struct reading *r, struct kith_vcard_piece text)
{
    const char *line = take_line(r, text);
    struct kith_vcard_piece trimmed = kith_vcard_trim((struct kith_vcard_piece){line, strlen(line)});

    return trimmed.len == strlen(line) ? line : kith_arena_copy(r->arena, trimmed.at, trimmed.len);
}

/* A parameter's text, or a word of it. */
static const char *take_parameter_text(struct reading *r, struct kith_vcard_piece value)
{
    char *copy;

    value = kith_vcard_parameter_text(r->lines, value);
    if (value.len == 0)
        return "";
    if (value.len > LINE_BYTES_MAX)
        value.len = kith_utf8_valid_len(value.at, LINE_BYTES_MAX);
    copy = kith_arena_copy(r->arena, value.at, value.len);
    return take_harmless(r, copy, value.len, /* lines= */ false);
}

/* "" where there is no such parameter. */
static const char *take_parameter(struct reading *r, const char *name)
{
    struct kith_vcard_piece value;

    return kith_vcard_parameter(&r->line, name, &value) ? take_parameter_text(r, value) : "";
}

static const char *take_group(struct reading *r)
{
    return kith_arena_copy(r->arena, r->line.group.at, r->line.group.len);
}

static bool is_parameter(const struct reading *r, const char *name, const char *value)
{
    struct kith_vcard_piece found;

    return kith_vcard_parameter(&r->line, name, &found) && kith_vcard_is(found, value);
}

static void note_part(struct reading *r, enum part_kind kind, size_t n_parts)
{
    struct grouped *grouped;

    if (r->line.group.len == 0)
        return;
    grouped = add_to(r, &r->grouped, &r->n_grouped, sizeof(*grouped));
    if (!grouped)
        return; /* a thousand have a label */
    grouped->group = take_group(r);
    grouped->kind = kind;
    grouped->at = n_parts - 1;
}

static struct kith_item *add_item(struct reading *r, enum kith_item_kind kind, const char *value)
{
    struct kith_item *item;

    if (value[0] == '\0') {
        ignore(r, "empty");
        return NULL;
    }
    item = kith_contact_add_item(&r->contact, r->arena, kind, value);
    if (!item) {
        ignore_damaged(r, "one too many");
        return NULL;
    }
    note_part(r, PART_ITEM, r->contact.n_items);
    return item;
}

/* Keep it word for word, under this name. */
static void keep(struct reading *r, const char *name, const char *value)
{
    struct kith_item *item = add_item(r, KITH_ITEM_EXTRA, value);

    if (!item)
        return;
    item->label = name;
    r->fate = KITH_FIELD_KEPT;
}

/* The name of the property as the file has it. */
static const char *property_name(struct reading *r)
{
    return kith_arena_copy(r->arena, r->line.name.at, r->line.name.len);
}

/* A contact has one of it: what comes second and is something else is kept. */
static void set_text(struct reading *r, enum kith_text field, const char *value)
{
    const char **text = &r->contact.text[field];

    if (value[0] == '\0')
        ignore(r, "empty");
    else if ((*text)[0] == '\0')
        *text = value;
    else if (strcmp(*text, value) != 0)
        keep(r, property_name(r), value);
}

static enum kith_place read_place(struct reading *r, const char **ret_label)
{
    struct kith_vcard_types types;

    kith_vcard_read_types(&r->line, &types);
    if (types.stranger.len > 0)
        *ret_label = take_parameter_text(r, types.stranger);
    return kith_vcard_place(&types);
}

/* --- Who it is ------------------------------------------------------------------ */

/* what: enum kith_text. */
static void read_text(struct reading *r, const struct rule *rule)
{
    set_text(r, (enum kith_text)rule->what, take_line(r, r->value));
}

/* DERIVED (RFC 9554): the name was made of others for those who need one; there is none that somebody wrote. */
static void read_full_name(struct reading *r, const struct rule *rule)
{
    if (!is_parameter(r, "DERIVED", "true") && !is_parameter(r, "X-DERIVED", "true"))
        read_text(r, rule);
}

/* SORT-AS="Family,Given" says how the name is filed, unless something says it better. */
static void read_sort_as(struct reading *r)
{
    const char *text = take_parameter(r, "SORT-AS");
    const char *comma = strchr(text, ',');
    size_t room = strlen(text) + 2;
    char *filed;

    if (r->sort_as[0] != '\0')
        return;
    r->sort_as = text;
    if (!comma)
        return;
    filed = kith_arena_alloc(r->arena, room);
    (void)kith_text_format(filed, room, "%.*s, %s", (int)(comma - text), text, comma + 1); /* it fits */
    r->sort_as = filed;
}

static void read_name(struct reading *r, const struct rule *rule)
{
    static const enum kith_text fields[] = {KITH_TEXT_FAMILY, KITH_TEXT_GIVEN, KITH_TEXT_MIDDLE, KITH_TEXT_PREFIX,
                                            KITH_TEXT_SUFFIX};
    struct kith_vcard_piece rest = r->value;
    struct kith_vcard_piece part;

    if (r->has_name) { /* the same in another script, or by mistake */
        keep(r, "N", take_line(r, r->value));
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(fields) && kith_vcard_next_part(&rest, ';', &part); i++) {
        r->contact.text[fields[i]] = take_line(r, part);
        r->has_name = r->has_name || r->contact.text[fields[i]][0] != '\0';
    }
    read_sort_as(r);
    if (!r->has_name)
        ignore(r, "empty");
}

static void read_sort_string(struct reading *r, const struct rule *rule)
{
    if (r->sort_as[0] == '\0')
        r->sort_as = take_line(r, r->value);
}

/* The company, then its parts from the largest to the smallest. */
static void read_organisation(struct reading *r, const struct rule *rule)
{
    struct kith_vcard_piece rest = r->value;
    struct kith_vcard_piece part;
    KITH_AUTO_DONE(kith_buf) units;
    const char *company;

    kith_buf_init(&units, 2 * LINE_BYTES_MAX);
    company = kith_vcard_next_part(&rest, ';', &part) ? take_line(r, part) : "";
    while (kith_vcard_next_part(&rest, ';', &part)) {
        const char *unit = take_line(r, part);

        if (unit[0] != '\0')
            (void)kith_buf_addf(&units, "%s%s", units.len > 0 ? ", " : "", unit);
    }
    if (company[0] == '\0' && units.len == 0) {
        ignore(r, "empty");
        return;
    }
    if (r->contact.text[KITH_TEXT_COMPANY][0] != '\0' || r->contact.text[KITH_TEXT_DEPARTMENT][0] != '\0') {
        keep(r, "ORG", take_line(r, r->value));
        return;
    }
    r->contact.text[KITH_TEXT_COMPANY] = company;
    r->contact.text[KITH_TEXT_DEPARTMENT] = kith_arena_copy(r->arena, kith_buf_text(&units), units.len);
}

/* Several notes are one, a line between them. */
static void read_notes(struct reading *r, const struct rule *rule)
{
    const char *text = take(r, r->value, NOTES_BYTES_MAX, /* lines= */ true);
    const char *before = r->contact.text[KITH_TEXT_NOTES];
    size_t len = strlen(before);
    char *both;

    if (text[0] == '\0') {
        ignore(r, "empty");
        return;
    }
    if (len + strlen(text) + 2 > NOTES_BYTES_MAX) {
        ignore_damaged(r, "too long");
        return;
    }
    if (len == 0) {
        r->contact.text[KITH_TEXT_NOTES] = text;
        return;
    }
    both = kith_arena_alloc(r->arena, len + strlen(text) + 3);
    memcpy(both, before, len);
    memcpy(both + len, "\n\n", 2);
    memcpy(both + len + 2, text, strlen(text));
    r->contact.text[KITH_TEXT_NOTES] = both;
}

/* Cut short, an id would name another contact or none. */
static void read_uid(struct reading *r, const struct rule *rule)
{
    const char *uid = take_trimmed(r, r->value);

    if (strlen(uid) > ID_BYTES_MAX)
        ignore(r, "too long");
    else
        r->contact.source_id = uid;
}

static void read_folder(struct reading *r, const struct rule *rule)
{
    r->contact.folder = take_line(r, r->value);
}

static void read_version(struct reading *r, const struct rule *rule)
{
    r->is_old = kith_vcard_is(kith_vcard_trim(r->value), "2.1");
    kith_vcard_keep_folding_blanks(r->lines, r->is_old);
}

static void read_kind(struct reading *r, const struct rule *rule)
{
    struct kith_vcard_piece kind = kith_vcard_trim(r->value);

    if (kith_vcard_is(kind, "group") || kith_vcard_is(kind, "list") || kith_vcard_is(kind, rule->word))
        r->is_list = true;
}

/* --- How to reach them ------------------------------------------------------------ */

/* "tel:+1-418-656-9254;ext=102" as people write it. Other parameters (phone-context) are for machines. */
static const char *number_of_uri(struct reading *r, const char *uri)
{
    const char *number = uri + strlen("tel:");
    size_t len = strcspn(number, ";");
    const char *ext = strstr(number, ";ext=");
    size_t room = strlen(uri) + sizeof(" ext. ");
    char *text = kith_arena_alloc(r->arena, room);
    bool decoded = kith_percent_decode(number, len, /* form= */ false, text, room);

    if (!decoded || kith_utf8_valid_len(text, strlen(text)) != strlen(text))
        (void)kith_text_copy_n(text, room, number, len); /* it fits */
    if (ext) {
        size_t ext_len = strcspn(ext + 5, ";");
        size_t n = strlen(text);

        (void)kith_text_format(text + n, room - n, " ext. %.*s", (int)ext_len, ext + 5);
    }
    return take_harmless(r, text, strlen(text), /* lines= */ false);
}

static const char *take_number(struct reading *r)
{
    const char *written = take_parameter(r, "X-AS-WRITTEN");
    const char *value;

    if (written[0] != '\0')
        return written;
    value = take_line(r, r->value);
    if (kith_text_starts_with_ci(value, "tel:") && !is_parameter(r, "VALUE", "text"))
        return number_of_uri(r, value);
    return value;
}

static void read_phone(struct reading *r, const struct rule *rule)
{
    const char *raw = take_number(r);
    struct kith_vcard_types types;
    struct kith_phone *phone;

    if (raw[0] == '\0') {
        ignore(r, "empty");
        return;
    }
    phone = kith_contact_add_phone(&r->contact, r->arena);
    if (!phone) {
        ignore_damaged(r, "one too many");
        return;
    }
    kith_vcard_read_types(&r->line, &types);
    phone->raw = raw;
    phone->kind = kith_vcard_phone_kind(&types);
    if (types.stranger.len > 0)
        phone->label = take_parameter_text(r, types.stranger);
    note_part(r, PART_PHONE, r->contact.n_phones);
}

/* Inside Exchange a recipient is a path in its directory: nobody can write to it from here. */
static bool is_exchange_path(const char *address)
{
    return kith_text_starts_with_ci(address, "/o=") || kith_text_starts_with_ci(address, "/cn=");
}

static void read_email(struct reading *r, const struct rule *rule)
{
    const char *address = take_line(r, r->value);
    struct kith_email *email;

    if (is_parameter(r, "VALUE", "uri") && kith_text_starts_with_ci(address, "mailto:"))
        address += strlen("mailto:");
    if (address[0] == '\0' || is_exchange_path(address)) {
        keep(r, "Exchange address", address);
        return;
    }
    email = kith_contact_add_email(&r->contact, r->arena);
    if (!email) {
        ignore_damaged(r, "one too many");
        return;
    }
    email->address = address;
    email->name = take_parameter(r, "X-DISPLAY-NAME");
    email->place = read_place(r, &email->label);
    note_part(r, PART_EMAIL, r->contact.n_emails);
}

/* Outlook says in the second part of ADR, "extended address", in which office somebody works. */
static bool take_office(struct reading *r, enum kith_place place, const char *extended)
{
    if (!r->is_old || place != KITH_PLACE_WORK || extended[0] == '\0' || strpbrk(extended, "\n\t") ||
        r->contact.text[KITH_TEXT_OFFICE][0] != '\0')
        return false;
    r->contact.text[KITH_TEXT_OFFICE] = extended;
    return true;
}

/* For others it is a suite, or all there is: the first lines of the street. */
static const char *join_street(struct reading *r, const char *extended, const char *street)
{
    size_t len = strlen(extended);
    size_t street_len = strlen(street);
    char *both;

    if (len == 0 || street_len == 0)
        return len == 0 ? street : extended;
    both = kith_arena_alloc(r->arena, len + street_len + 2);
    memcpy(both, extended, len);
    both[len] = '\n';
    memcpy(both + len + 1, street, street_len);
    return both;
}

static bool is_any_filled(const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (texts[i][0] != '\0')
            return true;
    return false;
}

static void read_address(struct reading *r, const struct rule *rule)
{
    const char *texts[7] = {"", "", "", "", "", "", ""};
    struct kith_vcard_piece rest = r->value;
    struct kith_vcard_piece part;
    struct kith_address *address;
    const char *label = "";
    enum kith_place place = read_place(r, &label);

    for (size_t i = 0; i < KITH_COUNT_OF(texts) && kith_vcard_next_part(&rest, ';', &part); i++)
        texts[i] = take(r, part, LINE_BYTES_MAX, /* lines= */ i == 1 || i == 2);
    if (!is_any_filled(texts, KITH_COUNT_OF(texts))) {
        ignore(r, "empty");
        return;
    }
    if (take_office(r, place, texts[1]))
        texts[1] = "";
    if (!is_any_filled(texts, KITH_COUNT_OF(texts)))
        return; /* the office was all */

    address = kith_contact_add_address(&r->contact, r->arena);
    if (!address) {
        ignore_damaged(r, "one too many");
        return;
    }
    *address = (struct kith_address){
        place, join_street(r, texts[1], texts[2]), texts[0], texts[3], texts[4], texts[5], texts[6], label};
    note_part(r, PART_ADDRESS, r->contact.n_addresses);
}

static void read_written_address(struct reading *r, const struct rule *rule)
{
    struct written_address *written = add_to(r, &r->written, &r->n_written, sizeof(*written));
    const char *label = "";

    if (!written) {
        ignore_damaged(r, "one too many");
        return;
    }
    written->place = read_place(r, &label);
    written->text = take(r, r->value, LINE_BYTES_MAX, /* lines= */ true);
}

/* --- Dates ------------------------------------------------------------------------ */

static void add_date(struct reading *r, enum kith_date_kind kind, const char *text, const char *label)
{
    struct kith_vcard_day day;
    struct kith_date *date;

    if (!kith_vcard_read_day(text, &day)) {
        keep(r, property_name(r), text); /* "circa 1800", or a year alone */
        return;
    }
    date = kith_contact_add_date(&r->contact, r->arena);
    if (!date) {
        ignore_damaged(r, "one too many");
        return;
    }
    *date = (struct kith_date){kind, day.year, day.month, day.day, label};
    note_part(r, PART_DATE, r->contact.n_dates);
}

/* what: enum kith_date_kind. */
static void read_date(struct reading *r, const struct rule *rule)
{
    add_date(r, (enum kith_date_kind)rule->what, take_line(r, r->value), "");
}

/* what: offset of the time in struct kith_contact. */
static void read_time(struct reading *r, const struct rule *rule)
{
    int64_t time_s;

    if (!kith_vcard_read_time(take_line(r, r->value), &time_s) || time_s <= 0) {
        ignore(r, "no point in time");
        return;
    }
    memcpy((char *)&r->contact + rule->what, &time_s, sizeof(time_s));
}

/* --- Everything else ----------------------------------------------------------------- */

/* what: enum kith_item_kind; word: the label, or NULL. */
static void read_item(struct reading *r, const struct rule *rule)
{
    const char *written = take_parameter(r, "X-AS-WRITTEN");
    const char *value = written[0] != '\0' ? written : take_line(r, r->value);
    struct kith_item *item = add_item(r, (enum kith_item_kind)rule->what, value);
    const char *service;

    if (!item)
        return;
    item->place = read_place(r, &item->label);
    service = take_parameter(r, "X-SERVICE-TYPE");
    if (rule->word)
        item->label = rule->word;
    else if (service[0] != '\0' && item->label[0] == '\0')
        item->label = service;
}

static void read_extra(struct reading *r, const struct rule *rule)
{
    (void)add_item(r, KITH_ITEM_EXTRA, take_line(r, r->value)); /* its label says what it is */
}

static void read_categories(struct reading *r, const struct rule *rule)
{
    struct kith_vcard_piece rest = r->value;
    struct kith_vcard_piece part;

    while (kith_vcard_next_part(&rest, ',', &part)) {
        const char *category = take_trimmed(r, part);

        if (category[0] != '\0' && !kith_contact_add_item(&r->contact, r->arena, KITH_ITEM_CATEGORY, category))
            ignore_damaged(r, "one too many");
    }
}

static void add_relation(struct reading *r, const char *word, const char *name)
{
    struct relation *relation;

    if (name[0] == '\0') {
        ignore(r, "empty");
        return;
    }
    relation = add_to(r, &r->relations, &r->n_relations, sizeof(*relation));
    if (!relation) {
        ignore_damaged(r, "one too many");
        return;
    }
    relation->group = take_group(r);
    relation->word = word;
    relation->name = name;
}

/* what: POINTER where the value may be a card's UID; word: how they are related, or NULL: the label or the type says.
 */
enum { POINTER = 1 };
static void read_relation(struct reading *r, const struct rule *rule)
{
    const char *name = take_line(r, r->value);
    struct kith_vcard_piece type = {"", 0};
    struct kith_vcard_piece word = {"", 0};

    if (rule->what == POINTER && kith_text_starts_with_ci(name, "urn:uuid:") && !is_parameter(r, "VALUE", "text")) {
        ignore(r, "points to another card");
        return;
    }
    if (!rule->word && kith_vcard_parameter(&r->line, "TYPE", &type))
        (void)kith_vcard_next_word(&type, &word); /* false: it stays empty */
    add_relation(r, rule->word ? rule->word : take_parameter_text(r, word), name);
}

/* Outlook's fields of one's own: X-MS-TEXT;CUSTOM1 */
static void read_user_field(struct reading *r, const struct rule *rule)
{
    static const char *const labels[] = {"User field 1", "User field 2", "User field 3", "User field 4"};
    struct kith_item *item = add_item(r, KITH_ITEM_EXTRA, take_line(r, r->value));

    for (size_t i = 0; item && i < r->line.n_parameters; i++) {
        struct kith_vcard_piece word = r->line.parameters[i].value;

        if (word.len == strlen("CUSTOM1") && kith_text_starts_with_ci(word.at, "CUSTOM") && word.at[6] >= '1' &&
            word.at[6] <= '4')
            item->label = labels[word.at[6] - '1'];
    }
    if (item && item->label[0] == '\0')
        item->label = property_name(r);
}

static void read_android_relation(struct reading *r, const char *type, const char *label, const char *name)
{
    static const char *const words[] = {"",        "assistant",   "brother",  "child",  "domestic-partner",
                                        "father",  "friend",      "manager",  "mother", "parent",
                                        "partner", "referred-by", "relative", "sister", "spouse"};
    int64_t i;

    if (!kith_text_to_int64(type, 0, KITH_COUNT_OF(words) - 1, &i))
        i = 0;
    add_relation(r, i == 0 ? label : words[i], name);
}

/* vnd.android.cursor.item/contact_event;2011-01-13;1;label */
static void read_android(struct reading *r, const struct rule *rule)
{
    static const char before[] = "vnd.android.cursor.item/";
    const char *texts[4] = {"", "", "", ""};
    struct kith_vcard_piece rest = r->value;
    struct kith_vcard_piece part;

    for (size_t i = 0; i < KITH_COUNT_OF(texts) && kith_vcard_next_part(&rest, ';', &part); i++)
        texts[i] = take_line(r, part);
    if (!kith_text_starts_with(texts[0], before) || texts[1][0] == '\0') {
        keep(r, property_name(r), take_line(r, r->value));
        return;
    }
    texts[0] += sizeof(before) - 1;
    if (strcmp(texts[0], "nickname") == 0)
        set_text(r, KITH_TEXT_NICKNAME, texts[1]);
    else if (strcmp(texts[0], "contact_event") == 0)
        add_date(r,
                 strcmp(texts[2], "3") == 0   ? KITH_DATE_BIRTHDAY
                 : strcmp(texts[2], "1") == 0 ? KITH_DATE_ANNIVERSARY
                                              : KITH_DATE_OTHER,
                 texts[1], texts[3]);
    else if (strcmp(texts[0], "relation") == 0)
        read_android_relation(r, texts[2], texts[3], texts[1]);
    else
        keep(r, kith_arena_copy(r->arena, texts[0], strlen(texts[0])), texts[1]);
}

static void read_label(struct reading *r, const struct rule *rule)
{
    const char *text = take_line(r, r->value);
    struct label *label =
        r->line.group.len > 0 && text[0] != '\0' ? add_to(r, &r->labels, &r->n_labels, sizeof(*label)) : NULL;

    if (!label) {
        ignore(r, "a label of nothing");
        return;
    }
    label->group = take_group(r);
    label->text = text;
}

/* A card may stand inside of this one, as lines of its own (vCard 2.1) or as a text. */
static void read_agent(struct reading *r, const struct rule *rule)
{
    r->has_agent = kith_vcard_trim(r->value).len == 0;
    ignore(r, "a card inside of a card");
}

/* word: why. */
static void read_nothing(struct reading *r, const struct rule *rule)
{
    ignore(r, rule->word);
}

static void read_stranger(struct reading *r)
{
    if (r->line.encoding == KITH_VCARD_BASE64)
        ignore(r, "no text");
    else
        keep(r, property_name(r), take_line(r, r->value));
}

/* --- The mapping ------------------------------------------------------------------------ */

#define PICTURE "photos are not kept"
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
    {"PHOTO", read_nothing, 0, PICTURE},
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

/* --- The end of a card ---------------------------------------------------------------------- */

static const char *label_of(const struct reading *r, const char *group)
{
    for (size_t i = 0; i < r->n_labels && group[0] != '\0'; i++)
        if (kith_text_equal_ci(r->labels[i].group, group))
            return r->labels[i].text;
    return "";
}

/* "_$!<Mobile>!$_" is one of Apple's words, anything else the person's. Returns the label itself. */
static const char *read_wrapped(struct reading *r, const char *label, bool *ret_wrapped)
{
    size_t len = strlen(label);

    *ret_wrapped = kith_vcard_unwrap_label(&label, &len);
    if (kith_vcard_trim((struct kith_vcard_piece){label, len}).len == 0)
        return "";
    return *ret_wrapped ? kith_arena_copy(r->arena, label, len) : label;
}

static void label_place(enum kith_place *place, const char **label, const char *text, bool wrapped)
{
    if (!wrapped || !kith_vcard_label_place(text, place))
        *label = text;
}

static void label_phone(struct kith_phone *phone, const char *text, bool wrapped)
{
    if (wrapped && kith_vcard_label_phone(text, &phone->kind))
        phone->label = "";
    else
        phone->label = text;
}

static void label_date(struct kith_date *date, const char *text, bool wrapped)
{
    if (wrapped && kith_text_equal_ci(text, "anniversary"))
        date->kind = KITH_DATE_ANNIVERSARY;
    else
        date->label = text;
}

static void label_item(struct kith_item *item, const char *text, bool wrapped)
{
    if (wrapped && item->kind == KITH_ITEM_WEB && kith_text_equal_ci(text, "homepage"))
        return; /* what a page is, unless something else is said */
    label_place(&item->place, &item->label, text, wrapped && item->kind != KITH_ITEM_EXTRA);
}

static void set_labels(struct reading *r)
{
    for (size_t i = 0; i < r->n_grouped; i++) {
        const struct grouped *part = &r->grouped[i];
        const char *text = label_of(r, part->group);
        struct kith_email *email;
        struct kith_address *address;
        bool wrapped;

        if (text[0] == '\0')
            continue;
        text = read_wrapped(r, text, &wrapped);
        switch (part->kind) {
        case PART_EMAIL:
            email = &r->contact.emails[part->at];
            label_place(&email->place, &email->label, text, wrapped);
            break;
        case PART_ADDRESS:
            address = &r->contact.addresses[part->at];
            label_place(&address->place, &address->label, text, wrapped);
            break;
        case PART_PHONE:
            label_phone(&r->contact.phones[part->at], text, wrapped);
            break;
        case PART_DATE:
            label_date(&r->contact.dates[part->at], text, wrapped);
            break;
        case PART_ITEM:
            label_item(&r->contact.items[part->at], text, wrapped);
            break;
        }
    }
}

static bool is_same_date(const struct kith_date *a, const struct kith_date *b)
{
    return a->kind == b->kind && a->year == b->year && a->month == b->month && a->day == b->day &&
           strcmp(a->label, b->label) == 0;
}

/* Programs say an anniversary under each name they know for it. */
static void drop_repeated_dates(struct kith_contact *contact)
{
    size_t n = 0;

    for (size_t i = 0; i < contact->n_dates; i++) {
        bool repeated = false;

        for (size_t k = 0; k < n && !repeated; k++)
            repeated = is_same_date(&contact->dates[k], &contact->dates[i]);
        if (!repeated)
            contact->dates[n++] = contact->dates[i];
    }
    contact->n_dates = n;
}

/* A manager, an assistant and a spouse are fields of their own, one of each; children are items of their own. */
static bool set_relation(struct reading *r, const char *word, const char *name)
{
    static const struct {
        const char *word;
        enum kith_text field;
    } fields[] = {{"manager", KITH_TEXT_MANAGER}, {"assistant", KITH_TEXT_ASSISTANT}, {"spouse", KITH_TEXT_SPOUSE}};

    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        const char **text = &r->contact.text[fields[i].field];

        if (kith_text_equal_ci(word, fields[i].word) && ((*text)[0] == '\0' || strcmp(*text, name) == 0)) {
            *text = name;
            return true;
        }
    }
    return kith_text_equal_ci(word, "child") && kith_contact_add_item(&r->contact, r->arena, KITH_ITEM_CHILD, name);
}

static void add_relations(struct reading *r)
{
    for (size_t i = 0; i < r->n_relations; i++) {
        const struct relation *relation = &r->relations[i];
        const char *label = label_of(r, relation->group);
        const char *word = relation->word;
        bool own_words = false;
        struct kith_item *item;

        if (label[0] != '\0') {
            bool wrapped;

            word = read_wrapped(r, label, &wrapped);
            own_words = !wrapped;
        } else if (kith_text_starts_with_ci(word, "x-")) {
            word += 2;
        }
        if (!own_words && set_relation(r, word, relation->name))
            continue;
        item = kith_contact_add_item(&r->contact, r->arena, KITH_ITEM_RELATION, relation->name);
        if (item)
            item->label = word;
        else
            r->contact.partial = true;
    }
}

/* LABEL says again what ADR says, unless there is no ADR. */
static void add_written_addresses(struct reading *r)
{
    for (size_t i = 0; i < r->n_written; i++) {
        struct kith_address *address = NULL;

        for (size_t k = 0; k < r->contact.n_addresses && !address; k++)
            if (r->contact.addresses[k].place == r->written[i].place)
                address = &r->contact.addresses[k];
        if (address || r->written[i].text[0] == '\0')
            continue;
        address = kith_contact_add_address(&r->contact, r->arena);
        if (!address) {
            r->contact.partial = true;
            return;
        }
        address->place = r->written[i].place;
        address->street = r->written[i].text;
    }
}

static bool is_empty(const struct kith_contact *contact)
{
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        if (contact->text[i][0] != '\0')
            return false;
    return contact->n_emails + contact->n_phones + contact->n_addresses + contact->n_dates + contact->n_items == 0;
}

static void say_skipped(struct reading *r, const char *what, const char *why)
{
    if (r->sink->skipped)
        r->sink->skipped(r->sink->ctx, what, why);
}

static void say_card_skipped(struct reading *r, const char *why)
{
    char what[48];

    (void)kith_text_format(what, sizeof(what), "card %zu", r->n_cards);
    say_skipped(r, what, why);
}

static enum kith_status finish_card(struct reading *r, struct kith_error *err)
{
    const char **file_as = &r->contact.text[KITH_TEXT_FILE_AS];

    r->in_card = false;
    set_labels(r);
    drop_repeated_dates(&r->contact);
    add_relations(r);
    add_written_addresses(r);
    if ((*file_as)[0] == '\0' && r->contact.text[KITH_TEXT_PHONETIC_FAMILY][0] == '\0' &&
        r->contact.text[KITH_TEXT_PHONETIC_GIVEN][0] == '\0')
        *file_as = r->sort_as;

    if (r->is_list) {
        say_skipped(r, "contact list", "its members are contacts of their own");
        return KITH_OK;
    }
    if (is_empty(&r->contact)) {
        say_card_skipped(r, "holds nothing");
        return KITH_OK;
    }
    return r->sink->contact(r->sink->ctx, &r->contact, r->arena, err);
}

/* --- The file ----------------------------------------------------------------------------------- */

static void begin_card(struct reading *r)
{
    kith_arena_reset(r->arena);
    kith_contact_init(&r->contact);
    r->contact.source = KITH_SOURCE_OUTLOOK;
    r->n_cards++;
    r->in_card = true;
    r->is_old = r->is_list = r->has_name = r->has_agent = r->in_base64 = false;
    r->sort_as = "";
    r->n_inside = 0;
    r->n_grouped = r->n_labels = r->n_relations = r->n_written = 0;
    kith_vcard_keep_folding_blanks(r->lines, false);
}

static void tell(const struct reading *r, const struct rule *rule)
{
    char name[NAME_BYTES];

    (void)kith_text_copy_n(name, sizeof(name), r->line.name.at, r->line.name.len); /* it fits: see is_name() */
    kith_field_report_add(r->sink->report, rule ? rule->name : name, r->fate, r->reason);
}

static void read_property(struct reading *r)
{
    const struct rule *rule = find_rule(r->line.name);
    bool whole = true;

    r->fate = KITH_FIELD_READ;
    r->reason = "";
    r->has_agent = false;
    r->in_base64 = r->line.encoding == KITH_VCARD_BASE64;
    if (rule && rule->read == read_nothing) {
        rule->read(r, rule); /* without decoding it first */
        tell(r, rule);
        return;
    }
    if (kith_arena_bytes(r->arena) > CARD_MEMORY_MAX) {
        ignore_damaged(r, "too much for one card");
        tell(r, rule);
        return;
    }
    whole = kith_vcard_value(r->lines, &r->line, &r->value);
    if (!whole)
        r->contact.partial = true;
    if (!whole && r->value.len == 0)
        ignore(r, "cannot be decoded");
    else if (rule)
        rule->read(r, rule);
    else
        read_stranger(r);
    tell(r, rule);
}

static bool is_card_mark(const struct reading *r, const char *name)
{
    struct kith_vcard_piece value = kith_vcard_trim(r->line.raw);

    return kith_vcard_is(r->line.name, name) &&
           (kith_vcard_is(value, "VCARD") || (value.len >= 5 && kith_text_starts_with_ci(value.at, "VCARD")));
}

/* What is left of "END:VCARD" may be "END". */
static bool is_end(const struct reading *r)
{
    struct kith_vcard_piece rest = kith_vcard_trim(r->line.raw);

    if (r->line.name.len == 0)
        return kith_vcard_is(rest, "END");
    return is_card_mark(r, "END") || (kith_vcard_is(r->line.name, "END") && rest.len == 0);
}

/* A card in which another one begins, or the file ends: its end is missing, and perhaps more. */
static enum kith_status finish_cut_card(struct reading *r, const char *why, struct kith_error *err)
{
    enum kith_status st;

    r->contact.partial = true;
    st = finish_card(r, err);
    if (st == KITH_OK)
        say_card_skipped(r, why);
    return st;
}

/* Prose that lost its fold, or a picture's second line in cards that do not fold at all. */
static void read_nameless(struct reading *r)
{
    if (r->in_base64)
        return;
    r->contact.partial = true;
    kith_field_report_add(r->sink->report, "(a line without a name)", KITH_FIELD_IGNORED, "");
}

static enum kith_status begin_next_card(struct reading *r, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    if (r->has_agent) {
        r->n_inside = 1;
        r->has_agent = false;
        return KITH_OK;
    }
    if (r->in_card)
        st = finish_cut_card(r, "has no end; what is before the next card was read", err);
    if (st == KITH_OK && r->n_cards >= CARDS_MAX)
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_TOO_LARGE, "the file has more than %d cards",
                                CARDS_MAX);
    if (st == KITH_OK)
        begin_card(r);
    return st;
}

static enum kith_status read_line(struct reading *r, struct kith_error *err)
{
    bool begins = is_card_mark(r, "BEGIN");

    if (r->n_inside > 0) {
        r->n_inside = begins ? r->n_inside + 1 : is_end(r) ? r->n_inside - 1 : r->n_inside;
        return KITH_OK;
    }
    if (begins)
        return begin_next_card(r, err);
    if (!r->in_card) {
        kith_field_report_add(r->sink->report, "(a line outside of a card)", KITH_FIELD_IGNORED, "");
        return KITH_OK;
    }
    if (is_end(r))
        return finish_card(r, err);
    if (r->line.name.len == 0)
        read_nameless(r);
    else
        read_property(r);
    return KITH_OK;
}

static enum kith_status read_cards(struct reading *r, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    while (st == KITH_OK && kith_vcard_next_line(r->lines, &r->line))
        st = read_line(r, err);
    if (st == KITH_OK && r->in_card)
        st = finish_cut_card(r, "the file ends too early; what is there was read", err);
    if (st == KITH_OK && r->n_cards == 0)
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

/* Whole files in UTF-16 become UTF-8 first: lines cannot be found in them otherwise. */
static enum kith_status convert_wide_file(const char *name, struct kith_vcard_piece *file, struct kith_buf *out,
                                          struct kith_error *err)
{
    KITH_AUTO(kith_charset) charset = kith_charset_new();

    if (file->len > WIDE_FILE_BYTES_MAX || !kith_charset_to_utf8(charset, name, strlen(name), file->at, file->len, out))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_TOO_LARGE,
                                "a file in %s of %zu bytes is too large, %d at most", name, file->len,
                                WIDE_FILE_BYTES_MAX);
    *file = (struct kith_vcard_piece){kith_buf_text(out), out->len};
    return KITH_OK;
}

enum kith_status kith_parse_vcard(const char *bytes, size_t len, const struct kith_contact_sink *sink,
                                  struct kith_error *err)
{
    KITH_AUTO(kith_vcard_lines) lines = NULL;
    KITH_AUTO(kith_arena) arena = NULL;
    KITH_AUTO_DONE(kith_buf) utf8;
    struct kith_vcard_piece file;
    struct reading r = {.sink = sink};
    size_t mark_len;
    const char *charset = kith_charset_of_file(bytes, len, &mark_len);

    (void)pthread_once(&slots_once, fill_slots);
    kith_buf_init(&utf8, 4 * (size_t)WIDE_FILE_BYTES_MAX);
    file = (struct kith_vcard_piece){bytes + mark_len, len - mark_len};
    if (kith_text_starts_with(charset, "UTF-16")) {
        enum kith_status st = convert_wide_file(charset, &file, &utf8, err);

        if (st != KITH_OK)
            return st;
    }
    if (is_all_blank(file.at, file.len))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_EMPTY, "the file is empty");

    r.lines = lines = kith_vcard_lines_new(file.at, file.len);
    r.arena = arena = kith_arena_new();
    return read_cards(&r, err);
}
