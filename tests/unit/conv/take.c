/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed, made into what is sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "conv/take.h"

static const struct {
	enum take take;
	const char *typed;
	enum err err;
	const char *taken;
} answers[] = {
	{ TAKE_CODE, "123456", ERR_OK, "123456" },
	{ TAKE_CODE, " 123 456 ", ERR_OK, "123456" },
	{ TAKE_CODE, "123-456\t", ERR_OK, "123456" },
	{ TAKE_CODE,
	    "123\xe2\x80\x89"
	    "456",
	    ERR_OK, "123456" }, /* a thin space */
	{ TAKE_CODE,
	    "\xe2\x80\xaa"
	    "123456\xe2\x80\xac",
	    ERR_OK, "123456" }, /* marks of direction */
	{ TAKE_CODE,
	    "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x93"
	    "456",
	    ERR_OK, "123456" }, /* full-width */
	{ TAKE_CODE, "\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6", ERR_OK, "123456" },
	{ TAKE_CODE, "", ERR_CODE_FORMAT, NULL },
	{ TAKE_CODE, "12345", ERR_CODE_FORMAT, NULL },
	{ TAKE_CODE, "1234567", ERR_CODE_FORMAT, NULL },
	{ TAKE_CODE, "12345678901234567890", ERR_CODE_FORMAT, NULL },
	{ TAKE_CODE, "12345a", ERR_CODE_FORMAT, NULL },
	{ TAKE_CODE, "\xff", ERR_FIELD_UTF8, NULL },
	{ TAKE_RECOVERY, "abcd-EFGH-2345-WXYZ", ERR_OK, "ABCDEFGH2345WXYZ" },
	{ TAKE_RECOVERY, " abcd efgh 2345 wxyz", ERR_OK, "ABCDEFGH2345WXYZ" },
	{ TAKE_RECOVERY, "\xef\xbd\x81\xef\xbc\xa2", ERR_OK, "AB" },
	{ TAKE_RECOVERY, "", ERR_RECOVERY_FORMAT, NULL },
	{ TAKE_RECOVERY, "abcd+efgh", ERR_RECOVERY_FORMAT, NULL },
	{ TAKE_RECOVERY, "abcdefghabcdefghabcdefghabcdefgh", ERR_RECOVERY_FORMAT, NULL },
	{ TAKE_NAME, "alice", ERR_OK, "alice" },
	{ TAKE_NAME, " al ice", ERR_OK, " al ice" }, /* the keeper says what a name is */
	{ TAKE_NAME, "", ERR_NAME_EMPTY, NULL },
	{ TAKE_NAME, "al\033ice", ERR_FIELD_CONTROL, NULL },
	{ TAKE_NAME, "al\xc3", ERR_FIELD_UTF8, NULL },
	{ TAKE_NAME, "abcdefghabcdefghabcdefghabcdefgh", ERR_FIELD_LONG, NULL },
	{ TAKE_TEXT, "", ERR_FIELD_EMPTY, NULL },
	{ TAKE_PASSWORD, " a b ", ERR_OK, " a b " },
	{ TAKE_PASSWORD, "", ERR_FIELD_EMPTY, NULL },
	{ TAKE_PASSWORD, "a\001", ERR_PASSWORD_CONTROL, NULL },
	{ TAKE_PASSWORD, "a\xff", ERR_FIELD_UTF8, NULL },
	{ TAKE_FRESH, "abcdefghabcdefghabcdefghabcdefgh", ERR_PASSWORD_LONG, NULL },
	{ TAKE_YES, "Yes", ERR_OK, "y" },
	{ TAKE_YES, "no", ERR_FIELD_EMPTY, NULL },
	{ TAKE_YES, "", ERR_FIELD_EMPTY, NULL },
};

static void
answers_are_cleaned_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		char buf[32] = "as it was";
		enum err err = take_answer(answers[i].take, answers[i].typed, buf, sizeof buf);

		assert_int_equal(err, answers[i].err);
		assert_string_equal(buf, answers[i].taken != NULL ? answers[i].taken : "as it was");
	}
}

static void
a_letter_can_be_a_name(void **state)
{
	(void)state;
	for (int take = 0; take < TAKE_COUNT; take++)
		assert_int_equal(take_spares_letters((enum take)take),
		    take != TAKE_NAME && take != TAKE_TEXT);
}

static void
a_refusal_is_about_what_was_typed(void **state)
{
	(void)state;
	assert_true(take_is_about(TAKE_NAME, ERR_CREDENTIALS));
	assert_true(take_is_about(TAKE_PASSWORD, ERR_CREDENTIALS));
	assert_true(take_is_about(TAKE_FRESH, ERR_PASSWORD_SHORT));
	assert_true(take_is_about(TAKE_REPEAT, ERR_PASSWORD_SHORT));
	assert_false(take_is_about(TAKE_PASSWORD, ERR_PASSWORD_SHORT)); /* the old one is right */
	assert_false(take_is_about(TAKE_CODE, ERR_PASSWORD_WRONG));
	assert_true(take_is_about(TAKE_PASSWORD, ERR_PASSWORD_WRONG));
	assert_true(take_is_about(TAKE_CODE, ERR_CODE_USED));
	assert_false(take_is_about(TAKE_CODE, ERR_MANDATORY));
	assert_true(take_is_about(TAKE_NAME, ERR_NAME_SCRIPTS));
	assert_false(take_is_about(TAKE_FRESH, ERR_NAME_SCRIPTS));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_cleaned_or_refused),
		cmocka_unit_test(a_letter_can_be_a_name),
		cmocka_unit_test(a_refusal_is_about_what_was_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
