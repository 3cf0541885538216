/* SPDX-License-Identifier: MIT */
/* test_web_words.c - closing banners add up, status lines say what is the matter, addresses stand as their country has
 * them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "web_contact.h"
#include "web_words.h"

static struct kith_web_outcome outcome(const char *account, const struct kith_import_result *result)
{
    return (struct kith_web_outcome){.account = account, .source = KITH_SOURCE_MICROSOFT365, .result = result};
}

static void assert_closing(const struct kith_web_outcome *o, size_t n, bool is_refresh, const char *title,
                           const char *sentence, const char *action)
{
    struct kith_web_closing closing;

    kith_web_closing_describe(o, n, is_refresh, &closing);
    assert_string_equal(closing.title, title);
    assert_string_equal(closing.sentence, sentence);
    assert_string_equal(closing.action, action);
}

static void assert_one(struct kith_import_result result, const char *title, const char *sentence, const char *action)
{
    const struct kith_web_outcome o = outcome("work", &result);

    assert_closing(&o, 1, /* is_refresh= */ false, title, sentence, action);
}

static void web_words__an_import_ends_with_numbers_that_add_up(void **state)
{
    assert_one((struct kith_import_result){.reported = 9871, .imported = 9871, .added = 9871},
               "9,871 contacts imported from Microsoft 365",
               "They are on this device now, ready to search and to call.", "contacts");
    assert_one((struct kith_import_result){.reported = 1, .imported = 1, .added = 1},
               "1 contact imported from Microsoft 365", "It is on this device now, ready to search and to call.",
               "contacts");
    assert_one((struct kith_import_result){.reported = 0}, "There are no contacts at Microsoft 365",
               "“work” is linked. Contacts added there arrive with the next refresh.", "");
    assert_one((struct kith_import_result){.reported = 12431, .imported = 10000, .limit = 10000, .limit_reached = true},
               "Imported 10,000 of 12,431 contacts from Microsoft 365",
               "10,000 is the limit for one account. The other 2,431 are still at Microsoft 365.", "limit");
    assert_one((struct kith_import_result){.reported = 300, .imported = 300, .partial = 3},
               "Imported 300 contacts, 3 of them only in part",
               "Microsoft 365 sent something unreadable for these three. Everything else about them is here.", "");
    assert_one((struct kith_import_result){.reported = 300, .imported = 300, .partial = 1},
               "Imported 300 contacts, 1 of them only in part",
               "Microsoft 365 sent something unreadable for this one. Everything else about it is here.", "");
    assert_one((struct kith_import_result){.reported = 300, .imported = 300, .skipped = 3},
               "Imported 300 contacts, 3 skipped", "3 contact lists are not people and were left out.", "");
    assert_one((struct kith_import_result){.reported = 300, .imported = 300, .skipped = 1},
               "Imported 300 contacts, 1 skipped", "1 contact list is not a person and was left out.", "");
}

static void web_words__files_are_spoken_of_as_files(void **state)
{
    const struct kith_import_result limited = {.reported = 30, .imported = 20, .limit = 20, .limit_reached = true};
    const struct kith_import_result partial = {.reported = 30, .imported = 30, .partial = 2};
    struct kith_web_outcome o = outcome("archive", &limited);

    o.source = KITH_SOURCE_OUTLOOK;
    assert_closing(&o, 1, false, "Imported 20 of 30 contacts from Outlook",
                   "20 is the limit for one account. The other 10 are still in the files.", "limit");
    o.result = &partial;
    assert_closing(&o, 1, false, "Imported 30 contacts, 2 of them only in part",
                   "The file holds something unreadable for these two. Everything else about them is here.", "");
}

static void web_words__a_refresh_says_what_changed(void **state)
{
    const struct kith_import_result changed = {.imported = 64, .added = 7, .changed = 5, .unchanged = 52};
    const struct kith_import_result removed = {.imported = 30, .removed = 3, .unchanged = 30};
    const struct kith_import_result same = {.imported = 64, .unchanged = 64};
    const struct kith_web_outcome several[] = {outcome("home", &changed), outcome("work", &removed)};
    const struct kith_web_outcome one = outcome("work", &same);

    assert_closing(several, 2, true, "All accounts are up to date", "7 new, 5 changed, 3 removed.", "changes");
    assert_closing(several, 1, true, "“home” is up to date", "7 new, 5 changed, 0 removed.", "changes");
    assert_closing(&one, 1, true, "“work” is up to date", "Nothing had changed.", "");
}

static void web_words__one_failing_account_is_named_with_what_it_keeps(void **state)
{
    const struct kith_import_result same = {.imported = 64, .unchanged = 64};
    const struct kith_error offline = {.status = KITH_E_OFFLINE, .source = KITH_SOURCE_MICROSOFT365};
    const struct kith_error removed = {.status = KITH_E_PERMISSION_REMOVED, .source = KITH_SOURCE_MICROSOFT365};
    struct kith_web_outcome o[] = {outcome("home", &same), outcome("studio", &same), outcome("work", NULL)};

    o[2].error = &offline;
    o[2].n_before = 9871;
    assert_closing(o, 3, true, "2 of 3 accounts are up to date",
                   "“work” could not be reached: no connection to Microsoft 365. Its 9,871 contacts are still here.",
                   "again");
    o[1].error = &removed;
    o[1].n_before = 1;
    assert_closing(o, 3, true, "1 of 3 accounts are up to date",
                   "“studio”: permission was removed. Its contact is still here. “work” could not be reached: no "
                   "connection to Microsoft 365. Its 9,871 contacts are still here.",
                   "again");
}

static void web_words__a_brake_among_several_asks_for_a_decision(void **state)
{
    const struct kith_import_result same = {.imported = 64, .unchanged = 64};
    const struct kith_error held = {.status = KITH_E_REMOVALS_HELD,
                                    .source = KITH_SOURCE_MICROSOFT365,
                                    .account = "work",
                                    .count = 4182,
                                    .done = 5689,
                                    .total = 9871};
    struct kith_web_outcome o[] = {outcome("home", &same), outcome("work", &same)};

    o[1].error = &held;
    assert_closing(o, 2, true, "1 of 2 accounts are up to date",
                   "“work” would go from 9,871 to 5,689. Until you decide, all are here.", "decide");
}

static void web_words__many_long_reasons_end_at_the_ceiling(void **state)
{
    const struct kith_error offline = {.status = KITH_E_OFFLINE, .source = KITH_SOURCE_GOOGLE};
    struct kith_web_outcome o[64];
    struct kith_web_closing closing;

    for (size_t i = 0; i < KITH_COUNT_OF(o); i++) {
        o[i] = outcome("an account with a name that is as long as it may be, 63 bytes..", NULL);
        o[i].error = &offline;
        o[i].n_before = INT64_MAX;
    }
    kith_web_closing_describe(o, KITH_COUNT_OF(o), true, &closing);
    assert_string_equal(closing.title, "0 of 64 accounts are up to date");
    assert_true(strlen(closing.sentence) > 1000);
}

static void web_words__one_of_several_in_short(void **state)
{
    const struct kith_import_result changed = {.added = 1204, .removed = 3};
    const struct kith_import_result same = {.unchanged = 5};
    const struct kith_error offline = {.status = KITH_E_OFFLINE, .source = KITH_SOURCE_GOOGLE};
    const struct kith_error asks = {.status = KITH_E_THROTTLED, .source = KITH_SOURCE_GOOGLE};
    struct kith_web_outcome o = outcome("home", &changed);
    char text[128];

    kith_web_outcome_in_short(&o, text, sizeof(text));
    assert_string_equal(text, "1,204 new, 3 removed");
    o.result = &same;
    kith_web_outcome_in_short(&o, text, sizeof(text));
    assert_string_equal(text, "nothing new");
    o.source = KITH_SOURCE_GOOGLE;
    o.error = &offline;
    kith_web_outcome_in_short(&o, text, sizeof(text));
    assert_string_equal(text, "no connection to Google");
    o.error = &asks;
    kith_web_outcome_in_short(&o, text, sizeof(text));
    assert_string_equal(text, "Google asks us to wait");
}

static void assert_status(const struct kith_account *account, const char *tone, const char *text)
{
    struct kith_web_status status;

    kith_web_status_describe(account, &status);
    assert_string_equal(status.tone, tone);
    if (!kith_text_starts_with(status.text, text))
        fail_msg("\"%s\" does not begin with \"%s\"", status.text, text);
}

static void web_words__a_status_line_says_what_is_the_matter(void **state)
{
    struct kith_account account = {.source = KITH_SOURCE_GOOGLE, .state = KITH_ACCOUNT_NEW};

    assert_status(&account, "", "Never imported");
    account.state = KITH_ACCOUNT_SIGNED_OUT;
    assert_status(&account, "", "Signed out, contacts kept");
    account.state = KITH_ACCOUNT_READY;
    account.last_import_s = account.last_attempt_s = kith_clock_now_s();
    assert_status(&account, "good", "Up to date, today at ");
    account.state = KITH_ACCOUNT_FAILED;
    account.last_error.status = KITH_E_OFFLINE;
    assert_status(&account, "", "No connection today at ");
    account.last_error.status = KITH_E_THROTTLED;
    assert_status(&account, "", "Google asks us to wait");
    account.last_error.status = KITH_E_PERMISSION_REMOVED;
    assert_status(&account, "bad", "Permission was removed today at ");
    account.last_error = (struct kith_error){.status = KITH_E_REMOVALS_HELD, .count = 4182};
    assert_status(&account, "warn", "Held back: 4,182 would be removed");
}

static void web_words__files_that_changed_or_went_are_named_by_their_folder(void **state)
{
    struct kith_account account = {.source = KITH_SOURCE_OUTLOOK,
                                   .state = KITH_ACCOUNT_READY,
                                   .files = KITH_FILES_GONE,
                                   .files_at = "/home/anna/Outlook Files/archive.pst"};

    assert_status(&account, "bad", "The file is no longer in /home/anna/Outlook Files");
    (void)kith_text_copy(account.files_at, sizeof(account.files_at), "/archive.pst");
    assert_status(&account, "bad", "The file is no longer in /");
    account.files = KITH_FILES_CHANGED;
    assert_status(&account, "warn", "The file changed");
    account.files_changed_s = kith_clock_now_s();
    assert_status(&account, "warn", "The file changed today at ");
    account.last_error = (struct kith_error){
        .status = KITH_E_FILE, .reason = KITH_REASON_FILE_MISSING, .file = "/home/anna/cards/a.vcf"};
    assert_status(&account, "bad", "The file is no longer in /home/anna/cards");
}

static void web_words__what_is_not_whole_does_not_look_done(void **state)
{
    const struct kith_import_result whole = {.imported = 3}, partial = {.imported = 3, .partial = 1},
                                    skipped = {.imported = 3, .skipped = 1};
    const struct kith_error offline = {.status = KITH_E_OFFLINE, .source = KITH_SOURCE_GOOGLE};
    const struct {
        const struct kith_import_result *result;
        const struct kith_error *error;
        const char *look;
    } cases[] = {
        {&whole, NULL, "done"}, {&partial, NULL, "partly"}, {&skipped, NULL, "partly"}, {NULL, &offline, "partly"}};

    for (size_t i = 0; i < KITH_COUNT_OF(cases); i++) {
        struct kith_web_outcome o = outcome("work", cases[i].result);
        struct kith_web_closing closing;

        o.error = cases[i].error;
        kith_web_closing_describe(&o, 1, /* is_refresh= */ false, &closing);
        assert_string_equal(closing.look, cases[i].look);
    }
}

static void web_words__a_file_without_contacts_says_why(void **state)
{
    const struct kith_error empty = {.status = KITH_OK};
    const struct kith_error locked = {.status = KITH_E_FILE, .reason = KITH_REASON_FILE_ENCRYPTED};
    const struct kith_error other = {.status = KITH_E_FILE};
    char why[256];

    kith_web_file_reason(&empty, why, sizeof(why));
    assert_string_equal(why, "No contacts in it.");
    kith_web_file_reason(&locked, why, sizeof(why));
    assert_string_equal(why, "Encrypted with a password. Open it in Outlook, remove the password, add it again.");
    kith_web_file_reason(&other, why, sizeof(why));
    assert_string_equal(why, "It could not be read.");
}

static void assert_lines(struct kith_address address, const char *expected)
{
    KITH_AUTO_DONE(kith_buf) out;
    const char **fields[] = {&address.street,      &address.po_box,  &address.city, &address.region,
                             &address.postal_code, &address.country, &address.label};

    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++)
        if (!*fields[i])
            *fields[i] = "";
    kith_buf_init(&out, 4096);
    kith_web_address_lines(&address, &out);
    assert_string_equal(kith_buf_text(&out), expected);
}

static void web_contact__an_address_stands_as_its_country_writes_it(void **state)
{
    assert_lines(
        (struct kith_address){
            .street = "14 Lantern Yard", .city = "London", .postal_code = "SE1 0QX", .country = "United Kingdom"},
        "14 Lantern Yard\nLondon SE1 0QX\nUnited Kingdom");
    assert_lines(
        (struct kith_address){
            .street = "7 Harbour Road", .city = "San Jose", .region = "CA", .postal_code = "95110", .country = "USA"},
        "7 Harbour Road\nSan Jose, CA 95110\nUSA");
    assert_lines((struct kith_address){.street = "Hauptstraße 1", .city = "Berlin", .postal_code = "10115"},
                 "Hauptstraße 1\n10115 Berlin");
    assert_lines(
        (struct kith_address){
            .street = "港町 3-12-5", .city = "架空市", .region = "みどり県", .postal_code = "999-0000"},
        "〒999-0000\nみどり県架空市港町 3-12-5");
    assert_lines(
        (struct kith_address){.street = "人民路 1", .city = "上海", .postal_code = "200000", .country = "中国"},
        "中国\n200000 上海\n人民路 1");
    assert_lines((struct kith_address){.po_box = "12", .street = " One \n\n Two ", .country = "Sweden"},
                 "PO Box 12\nOne\nTwo\nSweden");
    assert_lines((struct kith_address){.po_box = "Box A"}, "Box A");
    assert_lines((struct kith_address){.city = ""}, "");
}

static void assert_date(struct kith_date date, const char *expected)
{
    char text[64];

    kith_web_date_format(&date, /* 24 November 2026, noon UTC */ 1795521600, text, sizeof(text));
    assert_string_equal(text, expected);
}

static void web_contact__a_birthday_that_comes_soon_says_so(void **state)
{
    assert_date((struct kith_date){.year = 1981, .month = 3, .day = 14}, "14 March 1981");
    assert_date((struct kith_date){.year = 1981, .month = 12, .day = 6}, "6 December 1981, in 12 days");
    assert_date((struct kith_date){.month = 11, .day = 25}, "25 November, tomorrow");
    assert_date((struct kith_date){.year = 2000, .month = 11, .day = 24}, "24 November 2000, today");
    assert_date((struct kith_date){.year = 2000, .month = 11, .day = 23}, "23 November 2000");
    assert_date((struct kith_date){.year = 2000, .month = 2, .day = 29}, "29 February 2000");
    assert_date((struct kith_date){.year = 2000, .month = 13, .day = 1}, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(web_words__an_import_ends_with_numbers_that_add_up),
        cmocka_unit_test(web_words__files_are_spoken_of_as_files),
        cmocka_unit_test(web_words__a_refresh_says_what_changed),
        cmocka_unit_test(web_words__one_failing_account_is_named_with_what_it_keeps),
        cmocka_unit_test(web_words__a_brake_among_several_asks_for_a_decision),
        cmocka_unit_test(web_words__many_long_reasons_end_at_the_ceiling),
        cmocka_unit_test(web_words__one_of_several_in_short),
        cmocka_unit_test(web_words__a_status_line_says_what_is_the_matter),
        cmocka_unit_test(web_words__files_that_changed_or_went_are_named_by_their_folder),
        cmocka_unit_test(web_words__what_is_not_whole_does_not_look_done),
        cmocka_unit_test(web_words__a_file_without_contacts_says_why),
        cmocka_unit_test(web_contact__an_address_stands_as_its_country_writes_it),
        cmocka_unit_test(web_contact__a_birthday_that_comes_soon_says_so),
    };

    (void)setenv("TZ", "UTC", 1); /* the days of the dates above */
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
