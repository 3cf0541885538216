/* SPDX-License-Identifier: MIT */
/*
 * floor_page.cpp - simdjson's On-Demand parser walks a page once and notes what it passes; see floor_page.h.
 *
 * Nothing is checked beyond what the walk needs and nothing is copied: this is the least that reading a page
 * can cost, and what kith's own reading is held against.
 */
#include "floor_page.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <string_view>
#include <vector>

using namespace simdjson;

namespace
{

struct text_rule {
    std::string_view name;
    enum floor_text text;
};
const text_rule text_rules[] = {
    {"id", FLOOR_ID},
    {"changeKey", FLOOR_CHANGE_KEY},
    {"parentFolderId", FLOOR_FOLDER},
    {"createdDateTime", FLOOR_CREATED},
    {"lastModifiedDateTime", FLOOR_MODIFIED},
    {"displayName", FLOOR_DISPLAY},
    {"givenName", FLOOR_GIVEN},
    {"middleName", FLOOR_MIDDLE},
    {"surname", FLOOR_FAMILY},
    {"title", FLOOR_TITLE},
    {"generation", FLOOR_GENERATION},
    {"nickName", FLOOR_NICKNAME},
    {"initials", FLOOR_INITIALS},
    {"fileAs", FLOOR_FILE_AS},
    {"yomiGivenName", FLOOR_YOMI_GIVEN},
    {"yomiSurname", FLOOR_YOMI_FAMILY},
    {"yomiCompanyName", FLOOR_YOMI_COMPANY},
    {"companyName", FLOOR_COMPANY},
    {"department", FLOOR_DEPARTMENT},
    {"jobTitle", FLOOR_JOB},
    {"officeLocation", FLOOR_OFFICE},
    {"profession", FLOOR_PROFESSION},
    {"manager", FLOOR_MANAGER},
    {"assistantName", FLOOR_ASSISTANT},
    {"spouseName", FLOOR_SPOUSE},
    {"personalNotes", FLOOR_NOTES},
};

enum list { LIST_EMAIL, LIST_PHONE, LIST_PHONES, LIST_ADDRESS, LIST_TEXT, LIST_TEXTS, LIST_PROPERTIES };
struct list_rule {
    std::string_view name;
    enum list list;
    int kind;
};
const list_rule list_rules[] = {
    {"emailAddresses", LIST_EMAIL, 0},
    {"mobilePhone", LIST_PHONE, 0},
    {"businessPhones", LIST_PHONES, 1},
    {"homePhones", LIST_PHONES, 2},
    {"businessAddress", LIST_ADDRESS, 0},
    {"homeAddress", LIST_ADDRESS, 1},
    {"otherAddress", LIST_ADDRESS, 2},
    {"birthday", LIST_TEXT, 0},
    {"businessHomePage", LIST_TEXT, 1},
    {"categories", LIST_TEXTS, 2},
    {"imAddresses", LIST_TEXTS, 3},
    {"children", LIST_TEXTS, 4},
    {"singleValueExtendedProperties", LIST_PROPERTIES, 5},
};
const std::string_view email_parts[] = {"address", "name"};
const std::string_view address_parts[] = {"street", "city", "state", "postalCode", "countryOrRegion"};
const std::string_view property_parts[] = {"id", "value"};

struct floor_slice slice(std::string_view text)
{
    return {text.data(), text.size()};
}

/* A text; null and empty are nothing. */
struct floor_slice text_of(ondemand::value value)
{
    std::string_view text;

    if (value.get_string().get(text) != SUCCESS || text.empty())
        return {nullptr, 0};
    return slice(text);
}

} // namespace

struct floor_page {
    ondemand::parser parser;
    std::vector<char> bytes;
    size_t len = 0;
    size_t hint = 0; /* members come in the same order in every contact */
    std::vector<struct floor_slice> texts;
    std::vector<struct floor_row> emails, phones, addresses, fields;

    int rule_of(std::string_view name);
    void read_objects(ondemand::value value, std::vector<struct floor_row> &rows, const std::string_view *names,
                      size_t n_names, size_t contact, int kind);
    void read_object(ondemand::object object, std::vector<struct floor_row> &rows, const std::string_view *names,
                     size_t n_names, size_t contact, int kind);
    void read_texts(ondemand::value value, std::vector<struct floor_row> &rows, size_t contact, int kind);
    void read_list(ondemand::value value, const list_rule &rule, size_t contact);
    void read_contact(ondemand::object object);
    void read(struct floor_contacts *ret);
};

/* Of text_rules, then of list_rules; -1: a member that is not kept. */
int floor_page::rule_of(std::string_view name)
{
    constexpr size_t n_texts = std::size(text_rules), n_all = n_texts + std::size(list_rules);

    for (size_t i = 0; i < n_all; i++) {
        size_t at = (hint + i) % n_all;
        std::string_view candidate = at < n_texts ? text_rules[at].name : list_rules[at - n_texts].name;

        if (candidate == name) {
            hint = at + 1;
            return static_cast<int>(at);
        }
    }
    return -1;
}

void floor_page::read_object(ondemand::object object, std::vector<struct floor_row> &rows,
                             const std::string_view *names, size_t n_names, size_t contact, int kind)
{
    struct floor_row row = {contact, kind, {}};
    bool any = false;

    for (auto member : object) {
        std::string_view name = member.unescaped_key();

        for (size_t i = 0; i < n_names; i++)
            if (names[i] == name) {
                row.part[i] = text_of(member.value());
                any = any || row.part[i].at != nullptr;
                break;
            }
    }
    if (any)
        rows.push_back(row);
}

void floor_page::read_objects(ondemand::value value, std::vector<struct floor_row> &rows, const std::string_view *names,
                              size_t n_names, size_t contact, int kind)
{
    for (ondemand::value element : value.get_array())
        read_object(element.get_object(), rows, names, n_names, contact, kind);
}

void floor_page::read_texts(ondemand::value value, std::vector<struct floor_row> &rows, size_t contact, int kind)
{
    for (ondemand::value element : value.get_array()) {
        struct floor_slice text = text_of(element);

        if (text.at)
            rows.push_back({contact, kind, {text}});
    }
}

void floor_page::read_list(ondemand::value value, const list_rule &rule, size_t contact)
{
    if (value.is_null())
        return;
    switch (rule.list) {
    case LIST_EMAIL:
        read_objects(value, emails, email_parts, std::size(email_parts), contact, rule.kind);
        break;
    case LIST_ADDRESS:
        read_object(value.get_object(), addresses, address_parts, std::size(address_parts), contact, rule.kind);
        break;
    case LIST_PROPERTIES:
        read_objects(value, fields, property_parts, std::size(property_parts), contact, rule.kind);
        break;
    case LIST_PHONES:
    case LIST_TEXTS:
        read_texts(value, rule.list == LIST_PHONES ? phones : fields, contact, rule.kind);
        break;
    case LIST_PHONE:
    case LIST_TEXT: {
        struct floor_slice text = text_of(value);

        if (text.at)
            (rule.list == LIST_PHONE ? phones : fields).push_back({contact, rule.kind, {text}});
        break;
    }
    }
}

void floor_page::read_contact(ondemand::object object)
{
    size_t contact = texts.size() / FLOOR_N_TEXTS;

    texts.resize(texts.size() + FLOOR_N_TEXTS);
    for (auto member : object) {
        int rule = rule_of(member.unescaped_key());

        if (rule >= static_cast<int>(std::size(text_rules)))
            read_list(member.value(), list_rules[rule - std::size(text_rules)], contact);
        else if (rule >= 0)
            texts[contact * FLOOR_N_TEXTS + text_rules[rule].text] = text_of(member.value());
    }
}

void floor_page::read(struct floor_contacts *ret)
{
    ondemand::document document = parser.iterate(bytes.data(), len, bytes.size());
    ondemand::object page = document.get_object();
    struct floor_slice next = {nullptr, 0};

    texts.clear();
    emails.clear();
    phones.clear();
    addresses.clear();
    fields.clear();
    for (auto member : page) {
        std::string_view name = member.unescaped_key();

        if (name == "@odata.nextLink")
            next = text_of(member.value());
        else if (name == "value")
            for (ondemand::object contact : member.value().get_array())
                read_contact(contact);
    }
    *ret = {texts.size() / FLOOR_N_TEXTS,
            reinterpret_cast<const struct floor_slice(*)[FLOOR_N_TEXTS]>(texts.data()),
            {emails.size(), emails.data()},
            {phones.size(), phones.data()},
            {addresses.size(), addresses.data()},
            {fields.size(), fields.data()},
            next};
}

struct floor_page *floor_page_new(void)
{
    return new (std::nothrow) floor_page;
}

void floor_page_free(struct floor_page *page)
{
    delete page;
}

void floor_page_empty(struct floor_page *page)
{
    page->len = 0;
}

void floor_page_add(struct floor_page *page, const char *bytes, size_t len)
{
    size_t wanted = page->len + len + SIMDJSON_PADDING;

    if (page->bytes.size() < wanted)
        page->bytes.resize(wanted * 2);
    memcpy(page->bytes.data() + page->len, bytes, len);
    page->len += len;
}

bool floor_page_read(struct floor_page *page, struct floor_contacts *ret, const char **why)
{
    try {
        page->read(ret);
        return true;
    } catch (const simdjson_error &error) {
        *why = error_message(error.error());
        return false;
    }
}
