/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON that any reader takes, whatever the strings hold (RFC 8259). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/json.h"

static char *text;
static size_t size;
static struct json json;

static void
begin(void)
{
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	json_start(&json, out);
}

static void
end_is(const char *expected)
{
	assert_int_equal(fclose(json.out), 0);
	assert_string_equal(text, expected);
	free(text);
}

static void
string_is(const char *bytes, size_t length, const char *expected)
{
	begin();
	json_bytes(&json, bytes, length);
	end_is(expected);
}

#define STRING_IS(bytes, expected) string_is(bytes, sizeof bytes - 1, expected)

static void
test_plain_text(void **state)
{
	(void)state;
	STRING_IS("", "\"\"");
	STRING_IS("alice", "\"alice\"");
	STRING_IS("say \"a\\b\"", "\"say \\\"a\\\\b\\\"\"");
	STRING_IS("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
	    "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
}

static void
test_what_a_terminal_would_obey_is_escaped(void **state)
{
	(void)state;
	STRING_IS("\x1b[2J", "\"\\u001b[2J\"");
	STRING_IS("a\0b\n\r\t", "\"a\\u0000b\\u000a\\u000d\\u0009\"");
	STRING_IS("\x7f", "\"\\u007f\"");
	STRING_IS("\xc2\x9b"
		  "31m",
	    "\"\\u009b31m\""); /* C1: CSI in one character */
	STRING_IS("\xe2\x80\xae"
		  "abc",
	    "\"\\u202eabc\"");				     /* right-to-left override */
	STRING_IS("\xe2\x80\x8b", "\"\\u200b\"");	     /* zero width */
	STRING_IS("\xf3\xa0\x80\x81", "\"\\udb40\\udc01\""); /* language tag, as two surrogates */
}

static void
test_what_is_no_utf8_is_replaced(void **state)
{
	(void)state;
	STRING_IS("a\xff"
		  "b",
	    "\"a\xef\xbf\xbd"
	    "b\"");
	STRING_IS("\xc3", "\"\xef\xbf\xbd\"");				       /* cut off */
	STRING_IS("\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"");		       /* overlong '/' */
	STRING_IS("\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""); /* a surrogate */
	STRING_IS("\xf4\x90\x80\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
	STRING_IS("\xe2\x82"
		  "A",
	    "\"\xef\xbf\xbd\xef\xbf\xbd"
	    "A\"");
}

static void
test_numbers_and_words(void **state)
{
	(void)state;
	begin();
	json_open(&json, '{');
	json_key(&json, "most");
	json_number(&json, INT64_MAX);
	json_key(&json, "least");
	json_number(&json, INT64_MIN);
	json_key(&json, "yes");
	json_bool(&json, true);
	json_key(&json, "no");
	json_bool(&json, false);
	json_key(&json, "never");
	json_time(&json, 0);
	json_key(&json, "then");
	json_time(&json, 1795505305);
	json_close(&json, '}');
	end_is("{\"most\": 9223372036854775807, \"least\": -9223372036854775808, \"yes\": true, "
	       "\"no\": false, "
	       "\"never\": null, \"then\": 1795505305}\n");
}

static void
test_a_list_has_a_line_for_each(void **state)
{
	(void)state;
	begin();
	json_open(&json, '[');
	for (int i = 1; i <= 2; i++) {
		json_open(&json, '{');
		json_key(&json, "id");
		json_number(&json, i);
		json_key(&json, "names");
		json_open(&json, '[');
		json_string(&json, "a");
		json_string(&json, "b");
		json_close(&json, ']');
		json_close(&json, '}');
	}
	json_close(&json, ']');
	end_is("[\n{\"id\": 1, \"names\": [\"a\", \"b\"]},\n{\"id\": 2, \"names\": [\"a\", "
	       "\"b\"]}\n]\n");
}

static void
test_nothing(void **state)
{
	(void)state;
	begin();
	json_open(&json, '[');
	json_close(&json, ']');
	end_is("[]\n");
	begin();
	json_open(&json, '{');
	json_key(&json, "list");
	json_open(&json, '[');
	json_close(&json, ']');
	json_key(&json, "after");
	json_null(&json);
	json_close(&json, '}');
	end_is("{\"list\": [], \"after\": null}\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_text),
		cmocka_unit_test(test_what_a_terminal_would_obey_is_escaped),
		cmocka_unit_test(test_what_is_no_utf8_is_replaced),
		cmocka_unit_test(test_numbers_and_words),
		cmocka_unit_test(test_a_list_has_a_line_for_each),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
