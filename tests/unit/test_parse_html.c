/* SPDX-License-Identifier: MIT */
/* test_parse_html.c - notes in HTML become text (src/parse/html_text.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "parse/html_text.h"

static void assert_reduces(const char *html, const char *text)
{
    size_t html_len = strlen(html);
    char *copy = kith_xstrdup(html);
    size_t len = kith_html_to_text(copy, html_len);

    assert_true(len <= html_len);
    copy[len] = '\0';
    assert_string_equal(copy, text);
    free(copy);
}

static void html_text__lines_end_where_people_see_them_end(void **state)
{
    (void)state;
    assert_reduces("", "");
    assert_reduces("plain words", "plain words");
    assert_reduces("one<br>two<BR/>three", "one\ntwo\nthree");
    assert_reduces("<div>a</div>\n<div>b</div>", "a\nb");
    assert_reduces("<p>a</p><p></p><p></p><p>b</p>", "a\n\nb");
    assert_reduces("<ul><li>x</li><li>y</li></ul>z", "x\ny\n\nz");
    assert_reduces("  a \n\t b  ", "a b");
}

static void html_text__references_become_what_they_stand_for(void **state)
{
    (void)state;
    assert_reduces("a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&apos;", "a & b <c> \"d\" 'e'");
    assert_reduces("x&nbsp;&nbsp;y", "x y");
    assert_reduces("&#8364;&#x20AC;&euro;", "\u20ac\u20ac\u20ac");
    assert_reduces("R&D, &unknown; & &; &#; &#x; &#7; &#xD800; &#99999999;",
                   "R&D, &unknown; & &; &#; &#x; &#7; &#xD800; &#99999999;");
}

static void html_text__what_nobody_is_to_read_goes(void **state)
{
    (void)state;
    assert_reduces("a<script>alert('x')</script>b<style>p{}</STYLE>c<!-- d > e -->f", "abcf");
    assert_reduces("a<a href=\"https://x.example/\">link</a><!DOCTYPE html>", "alink");
    assert_reduces("a<!-- never ended", "a");
    assert_reduces("a<script>never ended", "a");
    assert_reduces("1 < 2 > 0, a <b", "1 < 2 > 0, a <b");
    assert_reduces("<", "<");
    assert_reduces("&", "&");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_text__lines_end_where_people_see_them_end),
        cmocka_unit_test(html_text__references_become_what_they_stand_for),
        cmocka_unit_test(html_text__what_nobody_is_to_read_goes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
