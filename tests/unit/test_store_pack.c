/* SPDX-License-Identifier: MIT */
/* test_store_pack.c - small forms turn back into what they were made of. */
#include "store_fixture.h"

#include "store/store_pack.h"

static void check_pack(const char *text, bool binary)
{
    struct kith_packed packed;
    char again[KITH_PACK_TEXT_MAX + 1];

    kith_pack(text, strlen(text), &packed);
    if (packed.binary != binary)
        fail_msg("\"%s\" is %spacked", text, packed.binary ? "" : "not ");
    if (!binary) {
        assert_int_equal(packed.len, strlen(text));
        assert_memory_equal(packed.data, text, packed.len);
        return;
    }
    assert_true(packed.len < strlen(text));
    assert_int_equal(kith_unpack(packed.data, packed.len, again), strlen(text));
    assert_string_equal(again, text);
}

static void pack__base64_comes_out_as_it_went_in(void **state)
{
    (void)state;
    check_pack("AAMkAGI2THVSAAA=", true);
    check_pack("EQAAABYAAACd/nJ+tVysQos2hTfspaWR", true);
    check_pack("AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A4X0N", true);
    check_pack("abcdefghijklm_-A", true);
    check_pack("QUJDREVGR0hJSg==", true);
    check_pack("QUJDREVGR0hJSg", true); /* unpadded */
}

static void pack__what_base64_would_not_give_back_stays_text(void **state)
{
    (void)state;
    check_pack("", false);
    check_pack("short", false);
    check_pack("AAMkAGI2THVSAA=A", false);  /* padding inside */
    check_pack("AAMkAGI2THVSAA==B", false); /* after it */
    check_pack("AAMkAGI2THVSAB==", false);  /* bits that decoding drops */
    check_pack("ab+/ab-_ab+/ab-_", false);  /* two alphabets */
    check_pack("W/\"JzEtQUFBQUFBQUFBQSc=\"", false);
    check_pack("people/c1234567890123456789", false);
    check_pack("AAMkAGI2THVSA", false); /* a length that no bytes have */
}

static void pack__every_length_of_every_alphabet(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char text[KITH_PACK_TEXT_MAX + 10];

    (void)state;
    for (size_t len = 0; len < sizeof(text) - 1; len++) {
        for (size_t i = 0; i < len; i++)
            text[i] = digits[(i * 37 + len) % 64];
        text[len] = '\0';
        struct kith_packed packed;
        char again[KITH_PACK_TEXT_MAX + 1];
        kith_pack(text, len, &packed);
        if (!packed.binary)
            continue;
        assert_int_equal(kith_unpack(packed.data, packed.len, again), len);
        assert_string_equal(again, text);
    }
}

static void unpack__bytes_that_are_none_of_ours_give_nothing(void **state)
{
    char out[KITH_PACK_TEXT_MAX + 1];
    char huge[KITH_PACK_TEXT_MAX + 1] = {0};

    (void)state;
    assert_int_equal(kith_unpack("", 0, out), 0);
    assert_int_equal(kith_unpack("\0", 1, out), 0);
    assert_int_equal(kith_unpack("\x7f"
                                 "abc",
                                 4, out),
                     0);
    assert_int_equal(kith_unpack(huge, sizeof(huge), out), 0);
    assert_string_equal(out, "");
}

static void ending__lies_in_the_range_of_every_shorter_ending(void **state)
{
    static const char *const numbers[] = {"0",     "4085550100", "02079460018", "999999999999999", "1000000000000000",
                                          "*100#", "112"};
    int64_t first, last;

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(numbers); i++) {
        int64_t ending = kith_ending(numbers[i]);
        assert_true(ending > 0);
        for (size_t cut = 0; cut < strlen(numbers[i]); cut++) {
            assert_true(kith_ending_range(numbers[i] + cut, &first, &last));
            assert_true(ending >= first && ending <= last);
        }
    }
}

static void ending__tells_numbers_apart_that_differ_in_zeros(void **state)
{
    int64_t first, last;

    (void)state;
    assert_true(kith_ending("12") != kith_ending("012"));
    assert_true(kith_ending("120") != kith_ending("12"));
    assert_true(kith_ending_range("21", &first, &last));
    assert_false(kith_ending("12") >= first && kith_ending("12") <= last);
}

static void ending__is_none_for_what_is_no_number(void **state)
{
    int64_t first, last;

    (void)state;
    assert_int_equal(kith_ending(""), 0);
    assert_int_equal(kith_ending("12a"), 0);
    assert_int_equal(kith_ending("12345678901234567"), 0);
    assert_false(kith_ending_range("", &first, &last));
}

static void e164__comes_back_as_it_was(void **state)
{
    char text[17];

    (void)state;
    kith_e164_text(kith_e164_number("+14085550100"), text);
    assert_string_equal(text, "+14085550100");
    kith_e164_text(kith_e164_number("+999999999999999"), text);
    assert_string_equal(text, "+999999999999999");
    assert_int_equal(kith_e164_number(""), 0);
    assert_int_equal(kith_e164_number("14085550100"), 0);
    assert_int_equal(kith_e164_number("+04085550100"), 0);
    assert_int_equal(kith_e164_number("+1x"), 0);
}

static void common_prefix__ends_at_a_group_of_base64(void **state)
{
    (void)state;
    assert_int_equal(kith_common_prefix("AAAABBBBCCCC", "AAAABBBBDDDD"), 8);
    assert_int_equal(kith_common_prefix("AAAABBBBCCxx", "AAAABBBBCCyy"), 8);
    assert_int_equal(kith_common_prefix("", "AAAA"), 0);
}

static void source_hash__differs_from_account_to_account(void **state)
{
    (void)state;
    assert_true(kith_source_hash(1, "x") != kith_source_hash(2, "x"));
    assert_true(kith_source_hash(1, "x") != kith_source_hash(1, "y"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pack__base64_comes_out_as_it_went_in),
        cmocka_unit_test(pack__what_base64_would_not_give_back_stays_text),
        cmocka_unit_test(pack__every_length_of_every_alphabet),
        cmocka_unit_test(unpack__bytes_that_are_none_of_ours_give_nothing),
        cmocka_unit_test(ending__lies_in_the_range_of_every_shorter_ending),
        cmocka_unit_test(ending__tells_numbers_apart_that_differ_in_zeros),
        cmocka_unit_test(ending__is_none_for_what_is_no_number),
        cmocka_unit_test(e164__comes_back_as_it_was),
        cmocka_unit_test(common_prefix__ends_at_a_group_of_base64),
        cmocka_unit_test(source_hash__differs_from_account_to_account),
    };

    return cmocka_run_group_tests_name("store_pack", tests, NULL, NULL);
}
