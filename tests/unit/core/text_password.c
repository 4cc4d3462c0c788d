/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/text.h"

static void
assert_password(const char *typed, size_t length, const char *normal)
{
	char password[TEXT_PASSWORD_SIZE];
	size_t got = 12345;

	assert_int_equal(text_password(typed, length, password, &got), ERR_OK);
	assert_int_equal(got, strlen(normal));
	assert_string_equal(password, normal);
}

static void
refuse_password(const char *typed, size_t length, enum err err)
{
	char password[TEXT_PASSWORD_SIZE] = "untouched";
	size_t got = 12345;

	assert_int_equal(text_password(typed, length, password, &got), err);
	assert_int_equal(got, 12345);
	assert_string_equal(password, "untouched");
}

static void
passwords_are_nfc_and_whole(void **state)
{
	(void)state;
	assert_password("", 0, "");
	assert_password(BYTES("short"), "short");
	assert_password(BYTES("  blanks stay  "), "  blanks stay  ");
	assert_password(BYTES("Capitals Stay \xef\xbc\xa1"), "Capitals Stay \xef\xbc\xa1");
	assert_password(BYTES("cafe\xcc\x81"), "caf\xc3\xa9");
	assert_password(BYTES("caf\xc3\xa9"), "caf\xc3\xa9");
	/* Marks in either order are one password; Hangul syllables compose. */
	assert_password(BYTES("a\xcc\xa3\xcc\x82"), "\xe1\xba\xad");
	assert_password(BYTES("a\xcc\x82\xcc\xa3"), "\xe1\xba\xad");
	assert_password(BYTES("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), "\xed\x95\x9c");
	assert_password(BYTES("\xf0\x9f\x98\x80\xe2\x80\x8d"), "\xf0\x9f\x98\x80\xe2\x80\x8d");
}

static void
passwords_have_a_size(void **state)
{
	char three_bytes[3 * 256 + 3 + 1];

	(void)state;
	assert_password(BYTES(POINTS_256("a")), POINTS_256("a"));
	refuse_password(BYTES(POINTS_256("a") "a"), ERR_PASSWORD_LONG);
	assert_password(BYTES(POINTS_256("\xf0\x9f\x98\x80")), POINTS_256("\xf0\x9f\x98\x80"));
	refuse_password(BYTES(POINTS_256("\xf0\x9f\x98\x80") "a"), ERR_PASSWORD_LONG);
	/* Long as typed, not as stored. */
	assert_password(BYTES(POINTS_256("\xce\xb1\xcc\x93\xcc\x80\xcd\x85")),
	    POINTS_256("\xe1\xbe\x82"));
	/* Short as typed, grown by NFC past 256 code points (U+0958) or past 1,024 bytes (U+1D160:
	 * 8 times 12). */
	refuse_password(BYTES(POINTS_64("\xe0\xa5\x98\xe0\xa5\x98") "\xe0\xa5\x98"),
	    ERR_PASSWORD_LONG);
	refuse_password(BYTES(POINTS_256("\xf0\x9d\x85\xa0")), ERR_PASSWORD_LONG);
	refuse_password(BYTES(POINTS_256("aaaaaaaaaaaaaaa")), ERR_PASSWORD_LONG);
	for (size_t i = 0; i < sizeof three_bytes - 1; i += 3)
		memcpy(three_bytes + i, "\xe4\xb8\xad", 3);
	refuse_password(three_bytes, sizeof three_bytes - 1, ERR_PASSWORD_LONG);
	three_bytes[3 * 256] = '\0';
	assert_password(three_bytes, 3 * 256, three_bytes);
}

static void
passwords_have_no_controls_and_are_utf8(void **state)
{
	(void)state;
	refuse_password(BYTES("abc\0def"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("abc\n"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("\033[31m"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("abc\x7f"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("abc\xc2\x9b"), ERR_PASSWORD_CONTROL);
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		refuse_password(broken[i], strlen(broken[i]), ERR_FIELD_UTF8);
}

static enum err
good(const char *password, const char *name)
{
	return text_password_good(password, strlen(password), name);
}

static void
good_passwords_are_long_enough(void **state)
{
	(void)state;
	assert_int_equal(good("", "alice"), ERR_PASSWORD_SHORT);
	assert_int_equal(good("k7 lamp tre", "alice"), ERR_PASSWORD_SHORT);
	assert_int_equal(good("k7 lamp tree", "alice"), ERR_OK);
	/* Code points count, not bytes. */
	assert_int_equal(good("\xc3\xa9t\xc3\xa9 \xc3\xa0 l\xc3\xa0-b\xc3\xa0", "alice"),
	    ERR_PASSWORD_SHORT);
	assert_int_equal(good("\xc3\xa9t\xc3\xa9 \xc3\xa0 l\xc3\xa0-bas", "alice"), ERR_OK);
	assert_int_equal(good(POINTS_60("fgh xyz ") "", "alice"), ERR_PASSWORD_LONG);
	assert_int_equal(text_password_good("k7 lamp treeXXXX", 12, "alice"), ERR_OK);
	assert_int_equal(text_password_good("k7 lamp treeXXXX", 11, "alice"), ERR_PASSWORD_SHORT);
	/* No composition rules. */
	assert_int_equal(good("small letters and blanks", "alice"), ERR_OK);
	assert_int_equal(good("\xe4\xb8\xad\xe6\x96\x87\xe5\xaf\x86\xe7\xa0\x81\xe5\xbe\x88\xe9\x95"
			      "\xbf\xe5\xbe\x88"
			      "\xe5\xae\x89\xe5\x85\xa8\xe5\x91\xa2\xe5\x90\x97\xe5\x90\xa7",
			     "alice"),
	    ERR_OK);
}

static void
the_user_name_is_no_password(void **state)
{
	(void)state;
	assert_int_equal(good("bartholomew@example", "bartholomew@example"), ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("BARTHOLOMEW@example", "bartholomew@example"), ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("\xef\xbc\xa2"
			      "artholomew@example",
			     "bartholomew@example"),
	    ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("ren\xc3\xa9-ren\xc3\xa9-REN\xc3\x89",
			     "Ren\xc3\xa9-ren\xc3\xa9-ren\xc3\xa9"),
	    ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("bartholomew@example!", "bartholomew@example"), ERR_OK);
	assert_int_equal(good("bartholomew@exampl", "bartholomew@example"), ERR_OK);
	assert_int_equal(good("bartholomew@example", ""), ERR_OK);
}

static void
the_commonest_are_refused(void **state)
{
	static const char *const common[] = {
		"123qweasdzxc",
		"1qaz2wsx3edc",
		"passwordpassword",
		"PasswordPassword",
		"PASSWORD1234",
		"\xef\xbd\x90\xef\xbd\x81ssword1234", /* full-width */
		"administrator",
		"qwertyuiop12",
		"iloveyou123456",
		"motdepasse123",
		/* By rule: one character, a block, a count. */
		"aaaaaaaaaaaa",
		"            ",
		"AaAaAaAaAaAa",
		"1212121212121",
		"abcabcabcabcab",
		"xyz!xyz!xyz!",
		"123456789012",
		"012345678901",
		"987654321098",
		"abcdefghijkl",
		"ABCDEFGHIJKL",
		"lkjihgfedcba",
		"uvwxyzabcdef",
		("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
		 "\xc3\xa9\xc3\xa9"),
	};
	static const char *const fine[] = {
		"123456789013x",
		"abcdefghijklz",
		"aaaaaaaaaaab",
		"abcabcabcabd",
		"12345x123456",
		"lamp tree k7 lamp",
		"passwordpassworx",
		"zzzzpasswordpassword",
	};

	(void)state;
	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
		assert_int_equal(good(common[i], "alice"), ERR_PASSWORD_COMMON);
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
		assert_int_equal(good(fine[i], "alice"), ERR_OK);
}

static const char *const commonest[] = {
#include "core/common_passwords.inc"
};

static void
the_list_is_sorted_and_each_entry_is_found(void **state)
{
	size_t count = sizeof commonest / sizeof commonest[0];

	(void)state;
	/* OWASP ASVS 6.2.4: at least the 3000 commonest that the policy would allow. */
	assert_true(count > 3000);
	for (size_t i = 0; i < count; i++) {
		assert_true(strlen(commonest[i]) >= TEXT_PASSWORD_MIN);
		for (const char *c = commonest[i]; *c != '\0'; c++)
			assert_true(*c >= ' ' && *c <= '~' && !(*c >= 'A' && *c <= 'Z'));
		if (i > 0)
			assert_true(strcmp(commonest[i - 1], commonest[i]) < 0);
		assert_int_equal(good(commonest[i], "alice"), ERR_PASSWORD_COMMON);
	}
}

static void
compatibility_characters_that_grow_do_no_harm(void **state)
{
	char password[TEXT_PASSWORD_SIZE];
	size_t length;

	(void)state;
	/* U+FDFA becomes 18 code points: 256 of them are more than any buffer here. */
	assert_int_equal(text_password(BYTES(POINTS_256("\xef\xb7\xba")), password, &length),
	    ERR_OK);
	assert_int_equal(text_password_good(password, length, "alice"), ERR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passwords_are_nfc_and_whole),
		cmocka_unit_test(passwords_have_a_size),
		cmocka_unit_test(passwords_have_no_controls_and_are_utf8),
		cmocka_unit_test(good_passwords_are_long_enough),
		cmocka_unit_test(the_user_name_is_no_password),
		cmocka_unit_test(the_commonest_are_refused),
		cmocka_unit_test(the_list_is_sorted_and_each_entry_is_found),
		cmocka_unit_test(compatibility_characters_that_grow_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
