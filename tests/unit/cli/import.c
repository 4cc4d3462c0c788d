/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other tools' files, line by line: what is taken over, and why the rest is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/import.h"

#define KEY20 "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* 12345678901234567890 */
#define HEX20 "3132333435363738393031323334353637383930"
#define GOOGLE_KEY "RWE4GITRUWTMBZ3ADPZVUW36W4\n" /* 26 characters, as the tool makes them */
#define TIMED "\" TOTP_AUTH\n"

static struct import_row row;
static size_t line;

static void
expect_key20(void)
{
	assert_int_equal(row.key_length, 20);
	assert_memory_equal(row.key, "12345678901234567890", 20);
}

/* --- google-authenticator ------------------------------------------------------------ */

static enum import_why
google(const char *text)
{
	return import_google(text, strlen(text), &row, &line);
}

static void
the_tools_own_file_is_taken_over(void **state)
{
	(void)state;
	assert_int_equal(google(GOOGLE_KEY "\" RATE_LIMIT 3 30 1700000000\n\" WINDOW_SIZE 3\n"
					   "\" DISALLOW_REUSE 58000002 58000007 58000001\n"
					   "\" TIME_SKEW -3\n" TIMED "18548705\n38468101\n"),
	    IMPORT_ROW);
	assert_int_equal(row.key_length, 16);
	assert_int_equal(row.key[0], 0x8d);
	assert_int_equal(row.last_step, 58000007);
	assert_int_equal(row.offset, -3);
	assert_int_equal(row.notes, IMPORT_NOTE_SCRATCH | IMPORT_NOTE_SKEW);
	assert_int_equal(line, 1);
	assert_int_equal(google("gezdgnbvgy3tqojqgezdgnbvgy3tqojq\r\n" TIMED), IMPORT_ROW);
	expect_key20();
	/* as that tool reads a key that was typed by hand */
	assert_int_equal(google("GEZD GNBV-GY3TQ0JQGEZDGN8VGY3TQOJQ\n" TIMED), IMPORT_ROW);
	expect_key20();
	assert_int_equal(google("GEZDGNBVGY3TQOJQ\n" TIMED), IMPORT_ROW);
	assert_int_equal(row.key_length, 10);
	assert_int_equal(row.notes, IMPORT_NOTE_WEAK);
}

static void
the_first_skew_counts_as_it_does_there(void **state)
{
	(void)state;
	assert_int_equal(google(GOOGLE_KEY TIMED "\" TIME_SKEW 4\n\" TIME_SKEW 900000\n"),
	    IMPORT_ROW);
	assert_int_equal(row.offset, 4);
}

static const struct {
	const char *text;
	enum import_why why;
	size_t line;
} bad_google[] = {
	{ "", IMPORT_CUT, 1 },
	{ GOOGLE_KEY, IMPORT_NOT_TIMED, 1 },
	{ GOOGLE_KEY "\" HOTP_COUNTER 1\n", IMPORT_COUNTER, 2 },
	{ GOOGLE_KEY TIMED "\" HOTP_COUNTER 1\n", IMPORT_COUNTER, 3 },
	{ GOOGLE_KEY TIMED "\" STEP_SIZE 60\n", IMPORT_PERIOD, 3 },
	{ GOOGLE_KEY TIMED "\" STEP_SIZE x\n", IMPORT_FIELDS, 3 },
	{ GOOGLE_KEY TIMED "\" STEP_SIZE\n", IMPORT_FIELDS, 3 },
	{ GOOGLE_KEY TIMED "\" TIME_SKEW 21\n", IMPORT_SKEW, 3 },
	{ GOOGLE_KEY TIMED "\" DISALLOW_REUSE 5 6x\n", IMPORT_FIELDS, 3 },
	{ GOOGLE_KEY TIMED "\" DISALLOW_REUSE 9999999999999999999\n", IMPORT_FIELDS, 3 },
	{ GOOGLE_KEY TIMED "1234567\n", IMPORT_TYPE, 3 },
	{ GOOGLE_KEY TIMED "-1234567\n", IMPORT_TYPE, 3 },
	{ GOOGLE_KEY TIMED "\" \n", IMPORT_TYPE, 3 },
	{ GOOGLE_KEY TIMED "12345678", IMPORT_CUT, 3 },
	{ "RWE4GITRUWTMBZ3ADPZVUW36W4", IMPORT_CUT, 1 },
	{ "HOTP/T30 alice - 00\n", IMPORT_KEY, 1 },
	{ "GEZDGNBV\n" TIMED, IMPORT_KEY_LENGTH, 1 },
	{ KEY20 KEY20 KEY20 KEY20 "\n" TIMED, IMPORT_KEY_LENGTH, 1 },
};

static void
what_is_no_timed_key_is_refused_by_its_line(void **state)
{
	static const struct import_row none;

	(void)state;
	for (size_t i = 0; i < sizeof bad_google / sizeof bad_google[0]; i++) {
		assert_int_equal(google(bad_google[i].text), bad_google[i].why);
		assert_int_equal(line, bad_google[i].line);
		assert_memory_equal(&row, &none, sizeof row);
	}
	assert_int_equal(import_google("A\0\n", 3, &row, &line), IMPORT_BYTES);
	assert_int_equal(import_google(GOOGLE_KEY, IMPORT_FILE_SIZE + 1, &row, &line),
	    IMPORT_LARGE);
}

/* --- oath ------------------------------------------------------------------------------ */

static enum import_why
oath(const char *text)
{
	return import_oath(text, strlen(text), &row);
}

static void
lines_of_a_users_file_are_taken_over(void **state)
{
	(void)state;
	/* as liboath 2.6.7 leaves a line behind a sign-in */
	assert_int_equal(oath("HOTP/T30\talice\t-\t" HEX20 "\t3\t149953\t2026-11-27T01:53:05L"),
	    IMPORT_ROW);
	assert_string_equal(row.name, "alice");
	assert_string_equal(row.code, "149953");
	assert_int_equal(row.offset, 0);
	assert_int_equal(row.last_step, 0);
	assert_int_equal(row.notes, 0);
	expect_key20();
	assert_int_equal(oath("  HOTP/T30/6 bob + 31323334353637383930"), IMPORT_ROW);
	assert_int_equal(row.key_length, 10);
	assert_int_equal(row.notes, IMPORT_NOTE_WEAK);
	assert_int_equal(oath("HOTP/T30 bob 1234 " HEX20), IMPORT_ROW);
	assert_int_equal(row.notes, IMPORT_NOTE_PIN);
	assert_int_equal(oath("# a comment"), IMPORT_NOTHING);
	assert_int_equal(oath(" \t"), IMPORT_NOTHING);
	assert_int_equal(oath(""), IMPORT_NOTHING);
}

static const struct {
	const char *text, *name;
	enum import_why why;
} bad_oath[] = {
	{ "HOTP alice - " HEX20 " 7", "alice", IMPORT_COUNTER },
	{ "HOTP/E alice - " HEX20, "alice", IMPORT_COUNTER },
	{ "HOTP/E/6 alice - " HEX20, "alice", IMPORT_COUNTER },
	{ "HOTP/T60 alice - " HEX20, "alice", IMPORT_PERIOD },
	{ "HOTP/T60/8 alice - " HEX20, "alice", IMPORT_PERIOD },
	{ "HOTP/T300 alice - " HEX20, "alice", IMPORT_PERIOD },
	{ "HOTP/T30/8 alice - " HEX20, "alice", IMPORT_DIGITS },
	{ "HOTP/T30/7 alice - " HEX20, "alice", IMPORT_DIGITS },
	{ "MOTP alice - " HEX20, "", IMPORT_TYPE },
	{ "hotp/t30 alice - " HEX20, "", IMPORT_TYPE },
	{ HEX20 " alice - HOTP/T30", "", IMPORT_TYPE },
	{ "HOTP/T30 alice -", "", IMPORT_FIELDS },
	{ "HOTP/T30 alice", "", IMPORT_FIELDS },
	{ "HOTP/T30", "", IMPORT_FIELDS },
	{ "HOTP/T30 a - " HEX20 " 0 123456 t more", "", IMPORT_FIELDS },
	{ "HOTP/T30 alice - 313", "alice", IMPORT_KEY },
	{ "HOTP/T30 alice - 3132333435363738393x", "alice", IMPORT_KEY },
	{ "HOTP/T30 alice - 3132", "alice", IMPORT_KEY_LENGTH },
	{ "HOTP/T30 alice - " HEX20 HEX20 HEX20 HEX20, "alice", IMPORT_KEY_LENGTH },
	{ "HOTP/T30 alice - " HEX20 " 0 1234567 t", "alice", IMPORT_DIGITS },
	{ "HOTP/T30 alice - " HEX20 " 0 12345x t", "alice", IMPORT_FIELDS },
};

static void
lines_of_other_types_are_named_by_their_reason(void **state)
{
	static const unsigned char none[IMPORT_KEY_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof bad_oath / sizeof bad_oath[0]; i++) {
		assert_int_equal(oath(bad_oath[i].text), bad_oath[i].why);
		assert_string_equal(row.name, bad_oath[i].name);
		assert_memory_equal(row.key, none, sizeof none);
	}
}

/* --- csv and addresses ------------------------------------------------------------------ */

static enum import_why
csv(const char *text)
{
	return import_csv(text, strlen(text), &row);
}

static enum import_why
uri(const char *text)
{
	memset(&row, 0, sizeof row);
	return import_uri(text, strlen(text), &row);
}

static void
people_come_with_and_without_authenticators(void **state)
{
	(void)state;
	assert_int_equal(csv("name,role,otpauth"), IMPORT_NOTHING);
	assert_int_equal(csv("Name, Role"), IMPORT_NOTHING);
	assert_int_equal(csv(""), IMPORT_NOTHING);
	assert_int_equal(csv("alice,operator"), IMPORT_ROW);
	assert_string_equal(row.name, "alice");
	assert_int_equal(row.role, ROLE_OPERATOR);
	assert_int_equal(row.key_length, 0);
	assert_int_equal(csv(" bob , administrator ,-"), IMPORT_ROW);
	assert_string_equal(row.name, "bob");
	assert_int_equal(row.role, ROLE_ADMINISTRATOR);
	assert_int_equal(csv("c\xc3\xa9line,super-administrator,"), IMPORT_ROW);
	assert_int_equal(row.role, ROLE_SUPER_ADMINISTRATOR);
	assert_int_equal(csv("\"dora\",\"operator\",\"otpauth://totp/X:d,e?secret=" KEY20 "\""),
	    IMPORT_ROW);
	expect_key20();
	assert_int_equal(csv("\"a\"\"b\",operator"), IMPORT_ROW);
	assert_string_equal(row.name, "a\"b");
}

static const struct {
	const char *text, *name;
	enum import_why why;
} bad_csv[] = {
	{ KEY20, "", IMPORT_FIELDS },
	{ "a,operator,-,more", "", IMPORT_FIELDS },
	{ KEY20 ",boss", "", IMPORT_ROLE },
	{ "alice,", "", IMPORT_ROLE },
	{ "\"alice,operator", "", IMPORT_QUOTE },
	{ "al\"ice,operator", "", IMPORT_QUOTE },
	{ "\"alice\"x,operator", "", IMPORT_QUOTE },
	{ "alice,operator,secret", "alice", IMPORT_URI },
	{ "alice,operator,otpauth://hotp/a?secret=" KEY20 "&counter=1", "alice", IMPORT_COUNTER },
};

static void
other_records_are_refused(void **state)
{
	char name[TEXT_NAME_SIZE + 16];

	(void)state;
	for (size_t i = 0; i < sizeof bad_csv / sizeof bad_csv[0]; i++) {
		assert_int_equal(csv(bad_csv[i].text), bad_csv[i].why);
		assert_string_equal(row.name, bad_csv[i].name);
	}
	memset(name, 'a', sizeof name);
	memcpy(name + sizeof name - 10, ",operator", 10);
	assert_int_equal(csv(name), IMPORT_NAME);
}

static const struct {
	const char *text;
	enum import_why why;
} uris[] = {
	{ "otpauth://totp/A:b?secret=" KEY20, IMPORT_ROW },
	{ "OTPAUTH://TOTP/?SECRET=" KEY20 "&", IMPORT_ROW },
	{ "otpauth://totp/a?issuer=A%20B&secret=%47EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ%3D",
	    IMPORT_ROW },
	{ "otpauth://totp/a?secret=" KEY20 "&algorithm=sha1&digits=6&period=30&image=x",
	    IMPORT_ROW },
	{ "otpauth://totp/a?secret=" KEY20 "&algorithm=SHA256", IMPORT_ALGORITHM },
	{ "otpauth://totp/a?algorithm=SHA512&secret=" KEY20, IMPORT_ALGORITHM },
	{ "otpauth://totp/a?secret=" KEY20 "&digits=8", IMPORT_DIGITS },
	{ "otpauth://totp/a?secret=" KEY20 "&digits=", IMPORT_DIGITS },
	{ "otpauth://totp/a?secret=" KEY20 "&period=60", IMPORT_PERIOD },
	{ "otpauth://totp/a?secret=" KEY20 "&encoder=steam", IMPORT_TYPE },
	{ "otpauth://hotp/a?secret=" KEY20, IMPORT_COUNTER },
	{ "otpauth://totp/a", IMPORT_URI },
	{ "otpauth://totp/a?", IMPORT_URI },
	{ "otpauth://totp/a?issuer=x", IMPORT_URI },
	{ "otpauth://totp/a?secret", IMPORT_URI },
	{ "otpauth://totp/a?secret=" KEY20 "&secret=" KEY20, IMPORT_URI },
	{ "otpauth://totp/a?secret=" KEY20 "&issuer=%2", IMPORT_URI },
	{ "otpauth://totp/a?secret=" KEY20 "&issuer=%zz", IMPORT_URI },
	{ "otpauth://totp/a?secret=" KEY20 "&issuer=%00", IMPORT_URI },
	{ "otpauth-migration://offline?data=x", IMPORT_URI },
	{ "otpauth://totp/a?secret=", IMPORT_KEY_LENGTH },
	{ "otpauth://totp/a?secret=GEZDGNBVGY3TQOJ", IMPORT_KEY_LENGTH },
	{ "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQG", IMPORT_KEY },
	{ "otpauth://totp/a?secret=GEZD GNBVGY3TQOJQ", IMPORT_KEY },
	{ "otpauth://totp/a?secret=GEZD+NBVGY3TQOJQ", IMPORT_KEY },
	{ "otpauth://totp/a?secret=0EZDGNBVGY3TQOJQ", IMPORT_KEY },
};

static void
an_address_is_of_a_key_that_works_everywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) {
		assert_int_equal(uri(uris[i].text), uris[i].why);
		if (uris[i].why == IMPORT_ROW)
			expect_key20();
	}
}

/* --- words ------------------------------------------------------------------------------- */

static void
each_reason_has_its_sentence_and_each_format_its_word(void **state)
{
	unsigned notes = IMPORT_NOTE_PIN | IMPORT_NOTE_HERE;
	enum import_format format;

	(void)state;
	for (int why = IMPORT_END + 1; why < IMPORT_WHYS; why++)
		assert_true(strlen(import_sentence((enum import_why)why)) > 10);
	for (int i = 0; i < IMPORT_FORMATS; i++) {
		assert_int_equal(import_format(import_format_word((enum import_format)i), &format),
		    ERR_OK);
		assert_int_equal(format, i);
	}
	assert_int_equal(import_format("gauth", &format), ERR_SETTING_VALUE);
	assert_non_null(import_note(&notes));
	assert_non_null(import_note(&notes));
	assert_null(import_note(&notes));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tools_own_file_is_taken_over),
		cmocka_unit_test(the_first_skew_counts_as_it_does_there),
		cmocka_unit_test(what_is_no_timed_key_is_refused_by_its_line),
		cmocka_unit_test(lines_of_a_users_file_are_taken_over),
		cmocka_unit_test(lines_of_other_types_are_named_by_their_reason),
		cmocka_unit_test(people_come_with_and_without_authenticators),
		cmocka_unit_test(other_records_are_refused),
		cmocka_unit_test(an_address_is_of_a_key_that_works_everywhere),
		cmocka_unit_test(each_reason_has_its_sentence_and_each_format_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
