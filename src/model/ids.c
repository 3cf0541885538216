/* SPDX-License-Identifier: MIT */
/*
 * ids.c - the stable names of the model's enums, and the small lists of find.h.
 *
 * Before: nothing.
 * After:  show/ writes the names into JSON and vCard. Other programs read them there: add, never change.
 */
#include <kith/contact.h>
#include <kith/find.h>

#include "base/cleanup.h"
#include "base/text.h"

/* One a line: it reads as a list. clang-format would set them in columns. */
/* clang-format off */
static const char *const phone_kind_ids[KITH_PHONE_KIND_COUNT] = {
    [KITH_PHONE_OTHER] = "other",
    [KITH_PHONE_MOBILE] = "mobile",
    [KITH_PHONE_WORK] = "work",
    [KITH_PHONE_HOME] = "home",
    [KITH_PHONE_WORK_FAX] = "work-fax",
    [KITH_PHONE_HOME_FAX] = "home-fax",
    [KITH_PHONE_OTHER_FAX] = "other-fax",
    [KITH_PHONE_PAGER] = "pager",
    [KITH_PHONE_COMPANY] = "company",
    [KITH_PHONE_ASSISTANT] = "assistant",
    [KITH_PHONE_CALLBACK] = "callback",
    [KITH_PHONE_CAR] = "car",
    [KITH_PHONE_RADIO] = "radio",
    [KITH_PHONE_PRIMARY] = "primary",
    [KITH_PHONE_ISDN] = "isdn",
    [KITH_PHONE_TELEX] = "telex",
    [KITH_PHONE_TEXT] = "text",
};

static const char *const text_ids[KITH_TEXT_COUNT] = {
    [KITH_TEXT_DISPLAY] = "display",
    [KITH_TEXT_GIVEN] = "given",
    [KITH_TEXT_MIDDLE] = "middle",
    [KITH_TEXT_FAMILY] = "family",
    [KITH_TEXT_PREFIX] = "prefix",
    [KITH_TEXT_SUFFIX] = "suffix",
    [KITH_TEXT_NICKNAME] = "nickname",
    [KITH_TEXT_INITIALS] = "initials",
    [KITH_TEXT_FILE_AS] = "file-as",
    [KITH_TEXT_PHONETIC_GIVEN] = "phonetic-given",
    [KITH_TEXT_PHONETIC_FAMILY] = "phonetic-family",
    [KITH_TEXT_PHONETIC_COMPANY] = "phonetic-company",
    [KITH_TEXT_COMPANY] = "company",
    [KITH_TEXT_DEPARTMENT] = "department",
    [KITH_TEXT_JOB_TITLE] = "job-title",
    [KITH_TEXT_OFFICE] = "office",
    [KITH_TEXT_PROFESSION] = "profession",
    [KITH_TEXT_MANAGER] = "manager",
    [KITH_TEXT_ASSISTANT] = "assistant",
    [KITH_TEXT_SPOUSE] = "spouse",
    [KITH_TEXT_NOTES] = "notes",
};

static const char *const place_ids[] = {
    [KITH_PLACE_NONE] = "",
    [KITH_PLACE_WORK] = "work",
    [KITH_PLACE_HOME] = "home",
    [KITH_PLACE_OTHER] = "other",
};
/* clang-format on */

const char *kith_phone_kind_id(enum kith_phone_kind kind)
{
    return (size_t)kind < KITH_COUNT_OF(phone_kind_ids) ? phone_kind_ids[kind] : phone_kind_ids[KITH_PHONE_OTHER];
}

const char *kith_text_id(enum kith_text field)
{
    return (size_t)field < KITH_COUNT_OF(text_ids) ? text_ids[field] : "";
}

const char *kith_caller_id(enum kith_caller caller)
{
    static const char *const ids[] = {
        [KITH_CALLER_NUMBER] = "number",
        [KITH_CALLER_SHORT] = "short",
        [KITH_CALLER_WITHHELD] = "withheld",
        [KITH_CALLER_NO_NUMBER] = "no-number",
    };

    return (size_t)caller < KITH_COUNT_OF(ids) ? ids[caller] : "";
}

const char *kith_place_id(enum kith_place place)
{
    return (size_t)place < KITH_COUNT_OF(place_ids) ? place_ids[place] : "";
}

/* Both lists are two allocations, made by kith_xnew() and kith_xnew_n(). */
void kith_ids_free(struct kith_ids *ids)
{
    if (!ids)
        return;
    free(ids->id);
    free(ids);
}

void kith_letters_free(struct kith_letters *letters)
{
    if (!letters)
        return;
    free(letters->letter);
    free(letters);
}
