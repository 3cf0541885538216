/* SPDX-License-Identifier: MIT */
/*
 * show_vcard.c - a contact as vCard 4.0, or 3.0 for the many programs that know no later one.
 *
 * Before: store/ gave the contact.
 * After:  a face writes the card to a file, from which another program reads it.
 *
 * RFC 6350 and RFC 2426; parameters quoted by RFC 6868, telephone numbers by RFC 3966. What they have no property for
 * goes under the names that Apple and Evolution use (X-PHONETIC-..., X-ABLabel), so that programs here find it.
 *
 * parse/parse_vcard.c reads every field back as it was. Where a standard form cannot say it exactly, a parameter of
 * our own does, beside the form that everybody reads: X-AS-WRITTEN has the text of which a URI was made.
 */
#include "show/show_vcard.h"

#include <assert.h>
#include <kith/export.h>
#include <sodium.h>
#include <time.h>

#include "base/alloc.h"
#include "base/text.h"
#include "show/show_photo.h"

enum { LINE_OCTETS = 75 }; /* RFC 6350 section 3.2, without the CR LF */

/* The card that is being written. */
struct card {
    struct kith_buf *out;
    struct kith_buf line; /* one property, not folded yet */
    struct kith_buf uri;  /* scratch */
    bool is_3;            /* vCard 3.0 */
    unsigned n_groups;    /* "item1", "item2" ... tie a label to its property */
};

/* --- Lines ---------------------------------------------------------------- */

/* The most octets of text, at most max, that end at a character's edge. */
static size_t whole_characters(const char *text, size_t len, size_t max)
{
    size_t n = len < max ? len : max;

    while (n > 0 && n < len && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    return n > 0 ? n : max;
}

/* Fold the line into the card: CR LF and one space before each part but the first. */
static void end_line(struct card *card)
{
    const char *rest = kith_buf_text(&card->line);
    size_t len = card->line.len;
    size_t n = whole_characters(rest, len, LINE_OCTETS);

    while (len > n) {
        (void)kith_buf_add(card->out, rest, n); /* out->full remembers; looked at once, at the end of the card */
        (void)kith_buf_add_text(card->out, "\r\n ");
        rest += n;
        len -= n;
        n = whole_characters(rest, len, LINE_OCTETS - 1);
    }
    (void)kith_buf_add(card->out, rest, len);
    (void)kith_buf_add_text(card->out, "\r\n");
    kith_buf_clear(&card->line);
}

/* Names, parameters, separators: ours, and safe. */
static void put(struct card *card, const char *text)
{
    (void)kith_buf_add_text(&card->line, text); /* it has no ceiling */
}

static void put_char(struct card *card, uint32_t character)
{
    char bytes[4];

    (void)kith_buf_add(&card->line, bytes, kith_utf8_put(character, bytes));
}

static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character <= 0x9f);
}

/* A text, or a part of a structured one: RFC 6350 section 3.4. */
static void put_text(struct card *card, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t c = kith_utf8_next(&text, end);

        if (c == '\n') {
            put(card, "\\n");
        } else if (c == '\\' || c == ',' || c == ';') {
            put_char(card, '\\');
            put_char(card, c);
        } else if (!is_control(c) || c == '\t') {
            put_char(card, c);
        }
    }
}

/* The inside of a quoted parameter: RFC 6868. */
static void put_quoted(struct card *card, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t c = kith_utf8_next(&text, end);

        if (c == '\n')
            put(card, "^n");
        else if (c == '^')
            put(card, "^^");
        else if (c == '"')
            put(card, "^'");
        else if (!is_control(c))
            put_char(card, c);
    }
}

/* What no URI may hold (RFC 3986) is percent-encoded; an escape that is there stays one. */
static void add_uri(struct kith_buf *out, const char *text)
{
    static const char allowed[] = "-._~:/?#[]@!$&'()*+,;=%";
    static const char digits[] = "0123456789ABCDEF";

    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

        if (is_letter || (c >= '0' && c <= '9') || strchr(allowed, c))
            (void)kith_buf_add_char(out, (char)c);
        else
            (void)kith_buf_addf(out, "%%%c%c", digits[c >> 4], digits[c & 15]);
    }
}

static void put_parameter(struct card *card, const char *name, const char *text)
{
    if (text[0] == '\0')
        return;
    (void)kith_buf_addf(&card->line, ";%s=\"", name);
    put_quoted(card, text);
    put_char(card, '"');
}

/* A URI, and the text it was made of where that is not the same. */
static void put_uri_of(struct card *card, const char *scheme, const char *text)
{
    kith_buf_clear(&card->uri);
    (void)kith_buf_add_text(&card->uri, scheme);
    add_uri(&card->uri, text);
    if (strcmp(kith_buf_text(&card->uri), text) != 0)
        put_parameter(card, "X-AS-WRITTEN", text);
    put_char(card, ':');
    put(card, kith_buf_text(&card->uri));
}

static void put_property(struct card *card, const char *name, const char *text)
{
    if (text[0] == '\0')
        return;
    put(card, name);
    put_char(card, ':');
    put_text(card, text);
    end_line(card);
}

/* Begin a property that may have a label of the source's own: "item1.TEL" then, and end_labelled() adds the label. */
static void begin_labelled(struct card *card, const char *name, const char *label)
{
    if (label[0] != '\0')
        (void)kith_buf_addf(&card->line, "item%u.", ++card->n_groups);
    put(card, name);
}

static void end_labelled(struct card *card, const char *label)
{
    end_line(card);
    if (label[0] == '\0')
        return;
    (void)kith_buf_addf(&card->line, "item%u.X-ABLabel:", card->n_groups);
    put_text(card, label);
    end_line(card);
}

static void put_place(struct card *card, enum kith_place place)
{
    static const char *const types_4[] = {"", ";TYPE=work", ";TYPE=home", ";TYPE=other"};
    static const char *const types_3[] = {"", ";TYPE=WORK", ";TYPE=HOME", ";TYPE=OTHER"};

    if ((size_t)place < KITH_COUNT_OF(types_4))
        put(card, card->is_3 ? types_3[place] : types_4[place]);
}

/* --- Who ------------------------------------------------------------------ */

static const char *first_of(const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (texts[i][0] != '\0')
            return texts[i];
    return "";
}

/* FN must be there; what is shown is never empty once a contact has been normalised. */
static const char *full_name(const struct kith_contact *contact)
{
    const char *const candidates[] = {
        contact->text[KITH_TEXT_DISPLAY],
        contact->shown,
        contact->text[KITH_TEXT_FILE_AS],
        contact->text[KITH_TEXT_COMPANY],
        contact->n_emails > 0 ? contact->emails[0].address : "",
        contact->n_phones > 0 ? contact->phones[0].raw : "",
        "No name",
    };

    return first_of(candidates, KITH_COUNT_OF(candidates));
}

/* The name that is shown is a company's, and nobody of it is named. */
static bool is_company(const struct kith_contact *contact)
{
    return contact->text[KITH_TEXT_COMPANY][0] != '\0' && contact->text[KITH_TEXT_GIVEN][0] == '\0' &&
           contact->text[KITH_TEXT_MIDDLE][0] == '\0' && contact->text[KITH_TEXT_FAMILY][0] == '\0' &&
           strcmp(contact->text[KITH_TEXT_COMPANY], full_name(contact)) == 0;
}

/* What a file calls the contact stands behind its tag and its number there (see engine/listing_files.c). */
static const char *own_uid(const struct kith_contact *contact)
{
    const char *tag_end = strchr(contact->source_id, ':');
    const char *own = tag_end ? strchr(tag_end + 1, ':') : NULL;

    return contact->source == KITH_SOURCE_OUTLOOK && own ? own + 1 : "";
}

/*
 * The same contact has the same id in every export, on every device: it comes from the source's own id. One that came
 * from a card with such an id keeps it, however often it travels.
 */
static void put_uid(struct card *card, const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) origin;
    unsigned char b[16];

    kith_buf_init(&origin, SIZE_MAX);
    if (kith_text_starts_with(own_uid(contact), "urn:uuid:")) {
        put_property(card, "UID", own_uid(contact));
        return;
    }
    if (contact->source_id[0] != '\0')
        (void)kith_buf_addf(&origin, "%s:%s", kith_source_id(contact->source), contact->source_id);
    else
        (void)kith_buf_addf(&origin, "kith:%lld", (long long)contact->id);
    (void)crypto_generichash(b, sizeof(b), (const unsigned char *)origin.data, origin.len, NULL, 0);

    b[6] = (unsigned char)(0x80 | (b[6] & 0x0f)); /* RFC 9562 version 8: made by a rule of our own */
    b[8] = (unsigned char)(0x80 | (b[8] & 0x3f));
    (void)kith_buf_addf(&card->line,
                        "UID:urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
                        b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
    end_line(card);
}

/* ;SORT-AS="Family,Given": by the reading, else as the source files it ("Family, Given"). */
static void put_sort_as(struct card *card, const struct kith_contact *contact)
{
    const char *family = contact->text[KITH_TEXT_PHONETIC_FAMILY];
    const char *given = contact->text[KITH_TEXT_PHONETIC_GIVEN];
    const char *file_as = contact->text[KITH_TEXT_FILE_AS];
    const char *comma = strstr(file_as, ", ");

    if (card->is_3)
        return;
    if (family[0] != '\0' || given[0] != '\0') {
        put(card, ";SORT-AS=\"");
        put_quoted(card, family);
        put(card, family[0] != '\0' && given[0] != '\0' ? "," : "");
        put_quoted(card, given);
        put_char(card, '"');
    } else if (comma) {
        KITH_AUTO_STRING first = kith_xstrndup(file_as, (size_t)(comma - file_as));

        put(card, ";SORT-AS=\"");
        put_quoted(card, first);
        put_char(card, ',');
        put_quoted(card, comma + 2);
        put_char(card, '"');
    }
}

/* A name that nobody wrote, made for those who need one, is marked as such (RFC 9554 section 4.1). */
static void put_full_name(struct card *card, const struct kith_contact *contact)
{
    const char *name = full_name(contact);

    put(card, "FN");
    if (name != contact->text[KITH_TEXT_DISPLAY])
        put(card, card->is_3 ? ";X-DERIVED=TRUE" : ";DERIVED=TRUE");
    put_char(card, ':');
    put_text(card, name);
    end_line(card);
}

/* 3.0 wants N also where there is none. */
static void put_name_parts(struct card *card, const struct kith_contact *contact)
{
    static const enum kith_text parts[] = {KITH_TEXT_FAMILY, KITH_TEXT_GIVEN, KITH_TEXT_MIDDLE, KITH_TEXT_PREFIX,
                                           KITH_TEXT_SUFFIX};
    const char *texts[KITH_COUNT_OF(parts)];

    for (size_t i = 0; i < KITH_COUNT_OF(parts); i++)
        texts[i] = contact->text[parts[i]];
    if (first_of(texts, KITH_COUNT_OF(parts))[0] == '\0' && !card->is_3)
        return;
    put(card, "N");
    put_sort_as(card, contact);
    for (size_t i = 0; i < KITH_COUNT_OF(parts); i++) {
        put_char(card, i == 0 ? ':' : ';');
        put_text(card, texts[i]);
    }
    end_line(card);
}

static void put_name(struct card *card, const struct kith_contact *contact)
{
    put_full_name(card, contact);
    put_name_parts(card, contact);
    put_property(card, "X-EVOLUTION-FILE-AS", contact->text[KITH_TEXT_FILE_AS]);
    put_property(card, "NICKNAME", contact->text[KITH_TEXT_NICKNAME]);
    put_property(card, "X-PHONETIC-FIRST-NAME", contact->text[KITH_TEXT_PHONETIC_GIVEN]);
    put_property(card, "X-PHONETIC-LAST-NAME", contact->text[KITH_TEXT_PHONETIC_FAMILY]);
    put_property(card, "X-INITIALS", contact->text[KITH_TEXT_INITIALS]);
}

static void put_work(struct card *card, const struct kith_contact *contact)
{
    const char *company = contact->text[KITH_TEXT_COMPANY];
    const char *department = contact->text[KITH_TEXT_DEPARTMENT];
    const char *reading = contact->text[KITH_TEXT_PHONETIC_COMPANY];

    if (company[0] != '\0' || department[0] != '\0') {
        put(card, "ORG");
        if (!card->is_3)
            put_parameter(card, "SORT-AS", reading);
        put_char(card, ':');
        put_text(card, company);
        if (department[0] != '\0')
            put_char(card, ';');
        put_text(card, department);
        end_line(card);
    }
    put_property(card, "X-PHONETIC-ORG", reading);
    put_property(card, "TITLE", contact->text[KITH_TEXT_JOB_TITLE]);
    put_property(card, "ROLE", contact->text[KITH_TEXT_PROFESSION]);
    put_property(card, "X-OFFICE", contact->text[KITH_TEXT_OFFICE]);
}

/* --- How to reach them ---------------------------------------------------- */

/* RFC 6350 section 6.4.1, and x-names for what it has no word for. */
static const char *const phone_types_4[KITH_PHONE_KIND_COUNT] = {
    [KITH_PHONE_OTHER] = "",
    [KITH_PHONE_MOBILE] = ";TYPE=cell",
    [KITH_PHONE_WORK] = ";TYPE=work",
    [KITH_PHONE_HOME] = ";TYPE=home",
    [KITH_PHONE_WORK_FAX] = ";TYPE=\"work,fax\"",
    [KITH_PHONE_HOME_FAX] = ";TYPE=\"home,fax\"",
    [KITH_PHONE_OTHER_FAX] = ";TYPE=fax",
    [KITH_PHONE_PAGER] = ";TYPE=pager",
    [KITH_PHONE_COMPANY] = ";TYPE=\"work,x-company\"",
    [KITH_PHONE_ASSISTANT] = ";TYPE=x-assistant",
    [KITH_PHONE_CALLBACK] = ";TYPE=x-callback",
    [KITH_PHONE_CAR] = ";TYPE=x-car",
    [KITH_PHONE_RADIO] = ";TYPE=x-radio",
    [KITH_PHONE_PRIMARY] = ";PREF=1",
    [KITH_PHONE_ISDN] = ";TYPE=x-isdn",
    [KITH_PHONE_TELEX] = ";TYPE=x-telex",
    [KITH_PHONE_TEXT] = ";TYPE=textphone",
};

/* RFC 2426 section 3.3.1, and Evolution's names for what it has no word for. */
static const char *const phone_types_3[KITH_PHONE_KIND_COUNT] = {
    [KITH_PHONE_OTHER] = ";TYPE=VOICE",
    [KITH_PHONE_MOBILE] = ";TYPE=CELL",
    [KITH_PHONE_WORK] = ";TYPE=WORK,VOICE",
    [KITH_PHONE_HOME] = ";TYPE=HOME,VOICE",
    [KITH_PHONE_WORK_FAX] = ";TYPE=WORK,FAX",
    [KITH_PHONE_HOME_FAX] = ";TYPE=HOME,FAX",
    [KITH_PHONE_OTHER_FAX] = ";TYPE=FAX",
    [KITH_PHONE_PAGER] = ";TYPE=PAGER",
    [KITH_PHONE_COMPANY] = ";TYPE=X-EVOLUTION-COMPANY",
    [KITH_PHONE_ASSISTANT] = ";TYPE=X-EVOLUTION-ASSISTANT",
    [KITH_PHONE_CALLBACK] = ";TYPE=X-EVOLUTION-CALLBACK",
    [KITH_PHONE_CAR] = ";TYPE=CAR",
    [KITH_PHONE_RADIO] = ";TYPE=X-EVOLUTION-RADIO",
    [KITH_PHONE_PRIMARY] = ";TYPE=PREF",
    [KITH_PHONE_ISDN] = ";TYPE=ISDN",
    [KITH_PHONE_TELEX] = ";TYPE=X-EVOLUTION-TELEX",
    [KITH_PHONE_TEXT] = ";TYPE=X-EVOLUTION-TTYTDD",
};

/* What parse/parse_vcard.c makes of the URI by itself. */
static bool is_plain_number(const struct kith_phone *phone)
{
    char plain[64];

    (void)kith_text_format(plain, sizeof(plain), phone->extension[0] != '\0' ? "%s ext. %s" : "%s%s", phone->e164,
                           phone->extension); /* both are short */
    return strcmp(plain, phone->raw) == 0;
}

/* 4.0: the number itself, which every telephone can dial, and how it was written beside it. */
static void put_number(struct card *card, const struct kith_phone *phone)
{
    if (!is_plain_number(phone))
        put_parameter(card, "X-AS-WRITTEN", phone->raw);
    put(card, ":tel:");
    put(card, phone->e164);
    if (phone->extension[0] != '\0')
        put(card, ";ext=");
    put(card, phone->extension);
}

/* 3.0 knows numbers as people write them. */
static void put_phone(struct card *card, const struct kith_phone *phone)
{
    bool is_number = phone->e164[0] != '\0' && !card->is_3;

    begin_labelled(card, is_number ? "TEL;VALUE=uri" : "TEL", phone->label);
    if ((size_t)phone->kind < KITH_PHONE_KIND_COUNT)
        put(card, (card->is_3 ? phone_types_3 : phone_types_4)[phone->kind]);
    if (is_number) {
        put_number(card, phone);
    } else {
        put(card, kith_text_starts_with_ci(phone->raw, "tel:") ? ";VALUE=text:" : ":");
        put_text(card, phone->raw);
    }
    end_labelled(card, phone->label);
}

static void put_email(struct card *card, const struct kith_email *email)
{
    begin_labelled(card, "EMAIL", email->label);
    put_place(card, email->place);
    put_parameter(card, "X-DISPLAY-NAME", email->name);
    put_char(card, ':');
    put_text(card, email->address);
    end_labelled(card, email->label);
}

static void put_address(struct card *card, const struct kith_address *address)
{
    const char *const parts[] = {
        address->po_box,  "", /* extended address: no longer to be used */
        address->street,  address->city,
        address->region,  address->postal_code,
        address->country,
    };

    begin_labelled(card, "ADR", address->label);
    put_place(card, address->place);
    for (size_t i = 0; i < KITH_COUNT_OF(parts); i++) {
        put_char(card, i == 0 ? ':' : ';');
        put_text(card, parts[i]);
    }
    end_labelled(card, address->label);
}

/* --- Dates ---------------------------------------------------------------- */

static const char *date_name(const struct card *card, enum kith_date_kind kind)
{
    switch (kind) {
    case KITH_DATE_BIRTHDAY:
        return "BDAY";
    case KITH_DATE_ANNIVERSARY:
        return card->is_3 ? "X-EVOLUTION-ANNIVERSARY" : "ANNIVERSARY";
    case KITH_DATE_OTHER:
        break;
    }
    return "X-ABDATE";
}

/* 3.0 has no day without a year; 1604 is what Apple and Microsoft write for it, and Apple says so beside it. */
static void put_date(struct card *card, const struct kith_date *date)
{
    bool has_year = date->year > 0 && date->year <= 9999;
    int year = has_year ? date->year : 1604;

    if (date->month < 1 || date->month > 12 || date->day < 1 || date->day > 31)
        return;
    begin_labelled(card, date_name(card, date->kind), date->label);
    if (card->is_3)
        (void)kith_buf_addf(&card->line, "%s:%04d-%02d-%02d", has_year ? "" : ";X-APPLE-OMIT-YEAR=1604", year,
                            date->month, date->day);
    else if (has_year)
        (void)kith_buf_addf(&card->line, ":%04d%02d%02d", year, date->month, date->day);
    else
        (void)kith_buf_addf(&card->line, ":--%02d%02d", date->month, date->day);
    end_labelled(card, date->label);
}

static void put_time(struct card *card, const char *name, int64_t at_s)
{
    time_t time_s = (time_t)at_s;
    struct tm t;

    if (at_s <= 0 || !gmtime_r(&time_s, &t) || t.tm_year > 9999 - 1900)
        return;
    (void)kith_buf_addf(&card->line, card->is_3 ? "%s:%04d-%02d-%02dT%02d:%02d:%02dZ" : "%s:%04d%02d%02dT%02d%02d%02dZ",
                        name, t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
    end_line(card);
}

/* --- Everything else ------------------------------------------------------ */

/* RFC 3986 section 3.1, before the first colon. */
static bool has_scheme(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    return n > 1 && text[n] == ':' && strchr(letters, text[0]);
}

/* An address without a scheme is one for chats in general, "im:" (RFC 3860). IMPP is RFC 4770's for 3.0. */
static void put_chat(struct card *card, const struct kith_item *item)
{
    begin_labelled(card, "IMPP", item->label);
    put_place(card, item->place);
    put_uri_of(card, has_scheme(item->value) ? "" : "im:", item->value);
    end_labelled(card, item->label);
}

/* People write "www.contoso.example", and "contoso.example:8080" has no scheme either. */
static void put_web(struct card *card, const struct kith_item *item)
{
    begin_labelled(card, "URL", item->label);
    put_place(card, item->place);
    put_uri_of(card, strstr(item->value, "://") ? "" : "http://", item->value);
    end_labelled(card, item->label);
}

/* name_3 and label_3 say in 3.0 what type says in 4.0. */
static void put_related(struct card *card, const char *type, const char *name_3, const char *label_3, const char *name)
{
    if (name[0] == '\0')
        return;
    if (card->is_3)
        begin_labelled(card, name_3, label_3);
    else
        (void)kith_buf_addf(&card->line, "RELATED;VALUE=text;TYPE=%s", type);
    put_char(card, ':');
    put_text(card, name);
    end_labelled(card, card->is_3 ? label_3 : "");
}

/* RFC 6350 section 6.6.6 */
static const char *known_relation(const char *word)
{
    static const char *const known[] = {
        "contact",  "acquaintance", "friend",     "met", "co-worker", "colleague", "co-resident",
        "neighbor", "child",        "parent",     "kin", "sibling",   "spouse",    "muse",
        "crush",    "date",         "sweetheart", "me",  "agent",     "emergency",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(known); i++)
        if (kith_text_equal_ci(word, known[i]))
            return known[i];
    return NULL;
}

/* A relation in the source's own word, which is a label; one that the standard knows is a type beside it. */
static void put_relation(struct card *card, const struct kith_item *item)
{
    const char *known = card->is_3 ? NULL : known_relation(item->label);

    begin_labelled(card, card->is_3 ? "X-ABRELATEDNAMES" : "RELATED;VALUE=text", item->label);
    if (known)
        (void)kith_buf_addf(&card->line, ";TYPE=%s", known);
    put_char(card, ':');
    put_text(card, item->value);
    end_labelled(card, item->label);
}

static void put_people(struct card *card, const struct kith_contact *contact)
{
    put_related(card, "x-manager", "X-EVOLUTION-MANAGER", "", contact->text[KITH_TEXT_MANAGER]);
    put_related(card, "x-assistant", "X-EVOLUTION-ASSISTANT", "", contact->text[KITH_TEXT_ASSISTANT]);
    put_related(card, "spouse", "X-EVOLUTION-SPOUSE", "", contact->text[KITH_TEXT_SPOUSE]);
}

static void put_item(struct card *card, const struct kith_item *item)
{
    switch (item->kind) {
    case KITH_ITEM_WEB:
        put_web(card, item);
        return;
    case KITH_ITEM_CHAT:
        put_chat(card, item);
        return;
    case KITH_ITEM_CHILD:
        put_related(card, "child", "X-ABRELATEDNAMES", "_$!<Child>!$_", item->value);
        return;
    case KITH_ITEM_RELATION:
        put_relation(card, item);
        return;
    case KITH_ITEM_CATEGORY: /* all in one property: put_categories() */
        return;
    case KITH_ITEM_EXTRA:
        break;
    }
    begin_labelled(card, "X-EXTRA", item->label);
    put_char(card, ':');
    put_text(card, item->value);
    end_labelled(card, item->label);
}

static void put_categories(struct card *card, const struct kith_contact *contact)
{
    const char *before = "CATEGORIES:";

    for (size_t i = 0; i < contact->n_items; i++) {
        if (contact->items[i].kind != KITH_ITEM_CATEGORY)
            continue;
        put(card, before);
        put_text(card, contact->items[i].value);
        before = ",";
    }
    if (card->line.len > 0)
        end_line(card);
}

static void put_photo(struct card *card, const struct kith_contact *contact)
{
    static const char *const types[] = {"", "JPEG", "PNG", "GIF", "WEBP"}; /* as enum kith_photo_kind */
    enum kith_photo_kind kind = kith_photo_kind_of(contact->photo, contact->n_photo);

    if (kind == KITH_PHOTO_NONE)
        return;
    if (card->is_3) {
        (void)kith_buf_addf(&card->line, "PHOTO;ENCODING=b;TYPE=%s:", types[kind]);
        kith_show_photo_base64(&card->line, contact);
    } else {
        put(card, "PHOTO:");
        kith_show_photo_uri(&card->line, contact);
    }
    end_line(card);
}

static void put_card(struct card *card, const struct kith_contact *contact)
{
    (void)kith_buf_addf(card->out, "BEGIN:VCARD\r\nVERSION:%s\r\nPRODID:-//kith//kith//EN\r\n",
                        card->is_3 ? "3.0" : "4.0");
    put_uid(card, contact);
    if (is_company(contact))
        put_property(card, card->is_3 ? "X-ABShowAs" : "KIND", card->is_3 ? "COMPANY" : "org");
    put_name(card, contact);
    put_work(card, contact);
    for (size_t i = 0; i < contact->n_phones; i++)
        put_phone(card, &contact->phones[i]);
    for (size_t i = 0; i < contact->n_emails; i++)
        put_email(card, &contact->emails[i]);
    for (size_t i = 0; i < contact->n_addresses; i++)
        put_address(card, &contact->addresses[i]);
    for (size_t i = 0; i < contact->n_dates; i++)
        put_date(card, &contact->dates[i]);
    put_people(card, contact);
    for (size_t i = 0; i < contact->n_items; i++)
        put_item(card, &contact->items[i]);
    put_categories(card, contact);
    put_photo(card, contact);
    put_property(card, "NOTE", contact->text[KITH_TEXT_NOTES]);
    put_property(card, "X-KITH-FOLDER", contact->folder);
    put_time(card, card->is_3 ? "X-CREATED" : "CREATED", contact->created_s);
    put_time(card, "REV", contact->modified_s);
    (void)kith_buf_add_text(card->out, "END:VCARD\r\n");
}

static bool show(struct kith_buf *out, const struct kith_contact *contact, bool is_3)
{
    struct card card = {.out = out, .is_3 = is_3};

    kith_buf_init(&card.line, SIZE_MAX);
    kith_buf_init(&card.uri, SIZE_MAX);
    put_card(&card, contact);
    kith_buf_done(&card.line);
    kith_buf_done(&card.uri);
    return !out->full;
}

bool kith_show_vcard4(struct kith_buf *out, const struct kith_contact *contact)
{
    return show(out, contact, /* is_3= */ false);
}

bool kith_show_vcard3(struct kith_buf *out, const struct kith_contact *contact)
{
    return show(out, contact, /* is_3= */ true);
}

char *kith_contact_to_vcard(const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) out;
    bool fits;

    kith_buf_init(&out, SIZE_MAX);
    fits = kith_show_vcard4(&out, contact);
    assert(fits); /* there is no ceiling */
    (void)fits;
    return kith_buf_take_text(&out);
}
