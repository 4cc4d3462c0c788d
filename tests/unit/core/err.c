/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <unistr.h>

#include "core/err.h"

static void
every_error_has_a_sentence(void **state)
{
	(void)state;
	for (unsigned i = 0; i < ERR_COUNT; i++) {
		const char *sentence = err_sentence((enum err)i);
		assert_non_null(sentence);
		size_t length = strlen(sentence);
		const char *mark = strchr(sentence, '%');

		assert_true(length > 4);
		/* One mark at most, and no other that a format would read. */
		if (mark != NULL) {
			assert_memory_equal(mark, "%lld", 4);
			assert_null(strchr(mark + 1, '%'));
		}
		for (unsigned j = 0; j < i; j++)
			assert_string_not_equal(sentence, err_sentence((enum err)j));
	}
	assert_string_equal(err_sentence(ERR_CREDENTIALS), "User name or password is wrong.");
	assert_int_equal(ERR_OK, 0);
}

static void
a_strange_number_has_a_sentence_too(void **state)
{
	(void)state;
	assert_string_equal(err_sentence(ERR_COUNT), err_sentence(ERR_FAILED));
	assert_string_equal(err_sentence((enum err) - 1), err_sentence(ERR_FAILED));
	assert_string_equal(err_sentence((enum err)100000), err_sentence(ERR_FAILED));
}

static void
fill_writes_the_seconds(void **state)
{
	char buf[100];

	(void)state;
	err_fill(err_sentence(ERR_PAUSED), 27, buf, sizeof buf);
	assert_string_equal(buf, "Too many attempts. Try again in 27 s.");
	err_fill(err_sentence(ERR_CODE_FORMAT), 27, buf, sizeof buf);
	assert_string_equal(buf, "A code has 6 digits.");
	err_fill("%lld", INT64_MIN, buf, sizeof buf);
	assert_string_equal(buf, "-9223372036854775808");
	/* A translation with other marks is text, never a format. */
	err_fill("%s %n %d", 1, buf, sizeof buf);
	assert_string_equal(buf, "%s %n %d");
}

static void
fill_text_puts_a_text_in(void **state)
{
	char buf[100];

	(void)state;
	err_fill_text("from %s on", "3 March", buf, sizeof buf);
	assert_string_equal(buf, "from 3 March on");
	err_fill_text("%lld %d", "3 March", buf, sizeof buf);
	assert_string_equal(buf, "%lld %d");
	err_fill_text("%s", "%s", buf, sizeof buf);
	assert_string_equal(buf, "%s");
	err_fill_text("on \xc3\xa9%s", "", buf, 5);
	assert_string_equal(buf, "on ");
}

static void
fill_cuts_between_characters(void **state)
{
	static const char sentence[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 %lld \xc3\xa9";
	char all[64], buf[64];
	size_t length;

	(void)state;
	err_fill(sentence, 12345, all, sizeof all);
	length = strlen(all);
	for (size_t size = 1; size <= length + 1; size++) {
		memset(buf, '#', sizeof buf);
		err_fill(sentence, 12345, buf, size);
		assert_true(strlen(buf) < size);
		assert_true(size - 1 - strlen(buf) < 4);
		assert_memory_equal(buf, all, strlen(buf));
		assert_null(u8_check((const uint8_t *)buf, strlen(buf)));
		assert_int_equal(buf[size], '#');
	}
	assert_string_equal(buf, all);
	buf[0] = '#';
	err_fill(sentence, 1, buf, 0);
	assert_int_equal(buf[0], '#');
}

static void
errno_becomes_one_of_ours(void **state)
{
	(void)state;
	assert_int_equal(err_from_errno(ENOMEM), ERR_MEMORY);
	assert_int_equal(err_from_errno(ENOSPC), ERR_STORE_FULL);
	assert_int_equal(err_from_errno(EDQUOT), ERR_STORE_FULL);
	assert_int_equal(err_from_errno(EROFS), ERR_STORE_READONLY);
	assert_int_equal(err_from_errno(EMFILE), ERR_FILES);
	assert_int_equal(err_from_errno(ENFILE), ERR_FILES);
	assert_int_equal(err_from_errno(EIO), ERR_STORE_IO);
	assert_int_equal(err_from_errno(ELOOP), ERR_STATE_SYMLINK);
	assert_int_equal(err_from_errno(EBADF), ERR_SYSTEM);
	/* Whoever forgot to look at errno still fails. */
	for (int number = -1; number < 200; number++)
		assert_int_not_equal(err_from_errno(number), ERR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_has_a_sentence),
		cmocka_unit_test(a_strange_number_has_a_sentence_too),
		cmocka_unit_test(fill_writes_the_seconds),
		cmocka_unit_test(fill_text_puts_a_text_in),
		cmocka_unit_test(fill_cuts_between_characters),
		cmocka_unit_test(errno_becomes_one_of_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
