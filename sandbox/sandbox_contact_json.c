/* SPDX-License-Identifier: MIT */
/*
 * sandbox_contact_json.c - one contact becomes the JSON that Graph v1.0 sends for it.
 *
 * Before: sandbox_contact.c invented the contact.
 * After:  it stands in a page of sandbox_graph_contacts.c.
 *
 * Written by hand rather than with base/json_write.h: this is the one place where
 * the sandbox could become what is measured.
 */
#include "sandbox/sandbox_contact_json.h"

#include <stddef.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_extended.h"

enum kind { KIND_CREATED, KIND_CHANGED, KIND_CHANGE_KEY, KIND_FOLDER, KIND_TEXT, KIND_LIST, KIND_EMAILS, KIND_ADDRESS };

/* In the order of a real answer; the place here is the bit in a $select mask. */
static const struct field {
    const char *name;
    enum kind kind;
    size_t at; /* text: enum sandbox_text; list, address: offset in struct sandbox_contact */
} fields[] = {
    {"createdDateTime", KIND_CREATED, 0},
    {"lastModifiedDateTime", KIND_CHANGED, 0},
    {"changeKey", KIND_CHANGE_KEY, 0},
    {"categories", KIND_LIST, offsetof(struct sandbox_contact, categories)},
    {"parentFolderId", KIND_FOLDER, 0},
    {"birthday", KIND_TEXT, SANDBOX_BIRTHDAY},
    {"fileAs", KIND_TEXT, SANDBOX_FILE_AS},
    {"displayName", KIND_TEXT, SANDBOX_DISPLAY_NAME},
    {"givenName", KIND_TEXT, SANDBOX_GIVEN_NAME},
    {"initials", KIND_TEXT, SANDBOX_INITIALS},
    {"middleName", KIND_TEXT, SANDBOX_MIDDLE_NAME},
    {"nickName", KIND_TEXT, SANDBOX_NICK_NAME},
    {"surname", KIND_TEXT, SANDBOX_SURNAME},
    {"title", KIND_TEXT, SANDBOX_TITLE},
    {"yomiGivenName", KIND_TEXT, SANDBOX_YOMI_GIVEN_NAME},
    {"yomiSurname", KIND_TEXT, SANDBOX_YOMI_SURNAME},
    {"yomiCompanyName", KIND_TEXT, SANDBOX_YOMI_COMPANY_NAME},
    {"generation", KIND_TEXT, SANDBOX_GENERATION},
    {"imAddresses", KIND_LIST, offsetof(struct sandbox_contact, im_addresses)},
    {"jobTitle", KIND_TEXT, SANDBOX_JOB_TITLE},
    {"companyName", KIND_TEXT, SANDBOX_COMPANY_NAME},
    {"department", KIND_TEXT, SANDBOX_DEPARTMENT},
    {"officeLocation", KIND_TEXT, SANDBOX_OFFICE_LOCATION},
    {"profession", KIND_TEXT, SANDBOX_PROFESSION},
    {"businessHomePage", KIND_TEXT, SANDBOX_HOME_PAGE},
    {"assistantName", KIND_TEXT, SANDBOX_ASSISTANT_NAME},
    {"manager", KIND_TEXT, SANDBOX_MANAGER},
    {"homePhones", KIND_LIST, offsetof(struct sandbox_contact, home_phones)},
    {"mobilePhone", KIND_TEXT, SANDBOX_MOBILE_PHONE},
    {"businessPhones", KIND_LIST, offsetof(struct sandbox_contact, business_phones)},
    {"spouseName", KIND_TEXT, SANDBOX_SPOUSE_NAME},
    {"personalNotes", KIND_TEXT, SANDBOX_PERSONAL_NOTES},
    {"children", KIND_LIST, offsetof(struct sandbox_contact, children)},
    {"emailAddresses", KIND_EMAILS, 0},
    {"homeAddress", KIND_ADDRESS, offsetof(struct sandbox_contact, home)},
    {"businessAddress", KIND_ADDRESS, offsetof(struct sandbox_contact, business)},
    {"otherAddress", KIND_ADDRESS, offsetof(struct sandbox_contact, other)},
};

/* --- What is asked for ---------------------------------------------------------- */

static bool select_bit(const char *name, uint64_t *mask)
{
    /* Always sent, or sent only when $expand asks: naming them in $select is allowed and changes nothing. */
    static const char *const without_bit[] = {
        "id",    "singleValueExtendedProperties", "multiValueExtendedProperties", "extensions",
        "photo", "primaryEmailAddress",           "secondaryEmailAddress",        "tertiaryEmailAddress"};

    for (size_t i = 0; i < KITH_COUNT_OF(without_bit); i++)
        if (kith_text_equal_ci(without_bit[i], name))
            return true;
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        if (kith_text_equal_ci(fields[i].name, name)) {
            *mask |= UINT64_C(1) << i;
            return true;
        }
    }
    return false;
}

bool sandbox_select_parse(const char *list, uint64_t *ret, char *unknown, size_t unknown_size)
{
    uint64_t mask = 0;

    while (*list) {
        size_t len = strcspn(list, ", ");
        char name[64];
        if (len > 0) {
            bool known = kith_text_copy_n(name, sizeof(name), list, len) && select_bit(name, &mask);
            if (!known) {
                (void)kith_text_copy(unknown, unknown_size, name); /* only shown */
                return false;
            }
        }
        list += len;
        list += *list != '\0';
    }
    *ret = mask;
    return true;
}

enum sandbox_expand_result sandbox_expand_parse(const char *text, struct sandbox_expand *ret)
{
    const char *quote;

    ret->n = 0;
    if (kith_text_starts_with_ci(text, "multiValueExtendedProperties") || kith_text_starts_with_ci(text, "extensions"))
        return SANDBOX_EXPAND_OK; /* none are set */
    if (!kith_text_starts_with_ci(text, "singleValueExtendedProperties"))
        return SANDBOX_EXPAND_NOT_SUPPORTED;
    quote = strchr(text, '\'');
    while (quote) {
        const char *end = strchr(quote + 1, '\'');
        if (!end || ret->n == SANDBOX_MAX_EXPAND ||
            !kith_text_copy_n(ret->id[ret->n], sizeof(ret->id[0]), quote + 1, (size_t)(end - quote - 1)))
            return SANDBOX_EXPAND_WRONG;
        ret->n++;
        quote = strchr(end + 1, '\'');
    }
    return ret->n > 0 ? SANDBOX_EXPAND_OK : SANDBOX_EXPAND_WRONG;
}

/* --- Writing -------------------------------------------------------------------- */

/*
 * Every append below may meet the buffer's ceiling; whoever renders a page looks at
 * out->full once, at its end.
 */
static void put(struct kith_buf *out, const char *text)
{
    (void)kith_buf_add(out, text, strlen(text));
}

void sandbox_json_text(struct kith_buf *out, const char *text)
{
    const char *run = text;

    (void)kith_buf_add_char(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        (void)kith_buf_add(out, run, (size_t)(text - run));
        run = text + 1;
        if (c == '"' || c == '\\')
            (void)kith_buf_addf(out, "\\%c", c);
        else if (c == '\r' || c == '\n')
            put(out, c == '\r' ? "\\r" : "\\n");
        else
            (void)kith_buf_addf(out, "\\u%04x", c);
    }
    (void)kith_buf_add(out, run, (size_t)(text - run));
    (void)kith_buf_add_char(out, '"');
}

static void put_name(struct kith_buf *out, const char *name)
{
    put(out, ",\"");
    put(out, name);
    put(out, "\":");
}

static void put_text_or_null(struct kith_buf *out, const char *text)
{
    if (text)
        sandbox_json_text(out, text);
    else
        put(out, "null");
}

static void put_time(struct kith_buf *out, int64_t time_s)
{
    char stamp[21];

    kith_clock_format_iso(time_s, stamp);
    sandbox_json_text(out, stamp);
}

static void put_list(struct kith_buf *out, const struct sandbox_list *list)
{
    (void)kith_buf_add_char(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0)
            (void)kith_buf_add_char(out, ',');
        sandbox_json_text(out, list->item[i]);
    }
    (void)kith_buf_add_char(out, ']');
}

/* Members of an object, those that are set. */
static void put_members(struct kith_buf *out, const char *const (*members)[2], size_t n)
{
    bool first = true;

    (void)kith_buf_add_char(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (!members[i][1])
            continue;
        put(out, first ? "\"" : ",\"");
        first = false;
        put(out, members[i][0]);
        put(out, "\":");
        sandbox_json_text(out, members[i][1]);
    }
    (void)kith_buf_add_char(out, '}');
}

static void put_emails(struct kith_buf *out, const struct sandbox_contact *c)
{
    (void)kith_buf_add_char(out, '[');
    for (size_t i = 0; i < c->n_emails; i++) {
        const char *const members[][2] = {{"name", c->email[i].name}, {"address", c->email[i].address}};
        if (i > 0)
            (void)kith_buf_add_char(out, ',');
        put_members(out, members, KITH_COUNT_OF(members));
    }
    (void)kith_buf_add_char(out, ']');
}

static void put_address(struct kith_buf *out, const struct sandbox_address *a)
{
    const char *const members[][2] = {{"street", a->street},
                                      {"city", a->city},
                                      {"state", a->state},
                                      {"countryOrRegion", a->country},
                                      {"postalCode", a->postal_code}};

    put_members(out, members, a->set ? KITH_COUNT_OF(members) : 0);
}

static void put_field(struct kith_buf *out, const struct field *f, const struct sandbox_contact *c,
                      const struct sandbox_contact_view *view)
{
    const char *inside = (const char *)c + f->at;

    if (f->kind == KIND_TEXT && !c->text[f->at] && c->leaves_nulls_out)
        return;
    put_name(out, f->name);
    switch (f->kind) {
    case KIND_CREATED:
        put_time(out, c->created_s);
        break;
    case KIND_CHANGED:
        put_time(out, c->changed_s);
        break;
    case KIND_CHANGE_KEY:
        sandbox_json_text(out, view->change_key);
        break;
    case KIND_FOLDER:
        sandbox_json_text(out, view->folder_id);
        break;
    case KIND_TEXT:
        put_text_or_null(out, c->text[f->at]);
        break;
    case KIND_LIST:
        put_list(out, (const struct sandbox_list *)(const void *)inside);
        break;
    case KIND_EMAILS:
        put_emails(out, c);
        break;
    case KIND_ADDRESS:
        put_address(out, (const struct sandbox_address *)(const void *)inside);
        break;
    }
}

static void put_expanded(struct kith_buf *out, const struct sandbox_contact *c, const struct sandbox_expand *expand)
{
    bool first = true;

    for (size_t i = 0; i < expand->n; i++) {
        char id[96], value[160];
        if (!sandbox_extended_value(c, expand->id[i], id, sizeof(id), value, sizeof(value)))
            continue;
        if (first)
            put_name(out, "singleValueExtendedProperties");
        put(out, first ? "[" : ",");
        first = false;
        put(out, "{\"id\":");
        sandbox_json_text(out, id);
        put(out, ",\"value\":");
        sandbox_json_text(out, value);
        put(out, "}");
    }
    if (!first)
        put(out, "]");
}

void sandbox_contact_write(const struct sandbox_contact *c, const struct sandbox_contact_view *view,
                           struct kith_buf *out)
{
    put(out, "{");
    if (view->context) {
        put(out, "\"@odata.context\":");
        sandbox_json_text(out, view->context);
        put(out, ",");
    }
    if (view->type) {
        put(out, "\"@odata.type\":");
        sandbox_json_text(out, view->type);
        put(out, ",");
    }
    put(out, "\"@odata.etag\":\"W/\\\"");
    put(out, view->change_key);
    put(out, "\\\"\",\"id\":\"");
    put(out, view->id);
    put(out, "\"");
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++)
        if (view->select & UINT64_C(1) << i)
            put_field(out, &fields[i], c, view);
    if (view->expand)
        put_expanded(out, c, view->expand);
    put(out, "}");
}
