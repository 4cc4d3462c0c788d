/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are cut, hostile or huge, and names that stand there twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/import_file.h"
#include "cli/import_seen.h"

static char path[] = "/tmp/provconsole-import.XXXXXX";
static struct import_file file;
static char text[IMPORT_LINE_SIZE];
static size_t length;

static void
write_file(const char *bytes, size_t size)
{
	FILE *out = fopen(path, "w");
	const char *sentence;

	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, size, out), size);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(import_file_open(&file, path, &sentence), ERR_OK);
}

static void
expect_line(const char *wanted)
{
	assert_int_equal(import_file_line(&file, text, &length), IMPORT_ROW);
	assert_int_equal(length, strlen(wanted));
	assert_memory_equal(text, wanted, length);
}

static void
lines_end_as_they_do_anywhere(void **state)
{
	static const char bytes[] = "\xef\xbb\xbfone\r\n\ntwo\tand\r\n\xc3\xa9\n";

	(void)state;
	write_file(bytes, sizeof bytes - 1);
	for (int i = 0; i < 2; i++) {
		expect_line("one");
		expect_line("");
		expect_line("two\tand");
		expect_line("\xc3\xa9");
		assert_int_equal(file.line, 4);
		assert_int_equal(import_file_line(&file, text, &length), IMPORT_END);
		assert_int_equal(file.line, 4);
		assert_int_equal(import_file_rewind(&file), ERR_OK);
	}
	import_file_close(&file);
	assert_int_equal(file.have, 0);
}

static void
refuse(const char *bytes, size_t size, enum import_why why)
{
	write_file(bytes, size);
	expect_line("ok");
	assert_int_equal(import_file_line(&file, text, &length), why);
	assert_int_equal(file.line, 2);
	import_file_close(&file);
}

#define REFUSE(bytes, why) refuse("ok\n" bytes, sizeof("ok\n" bytes) - 1, why)

static void
what_is_no_text_is_refused_by_its_line(void **state)
{
	(void)state;
	REFUSE("a\0b\n", IMPORT_BYTES);
	REFUSE("\xff\n", IMPORT_BYTES);
	REFUSE("\xc3\n", IMPORT_BYTES);
	REFUSE("\x1b[2J\n", IMPORT_BYTES);
	REFUSE("\x7f\n", IMPORT_BYTES);
	REFUSE("a\rb\n", IMPORT_BYTES);
	REFUSE("cut", IMPORT_CUT);
	REFUSE("cut\r", IMPORT_BYTES);
}

static void
a_line_has_a_length(void **state)
{
	char *bytes = malloc(1u << 20);

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'a', 1u << 20);
	memcpy(bytes, "ok\n", 3);
	bytes[3 + IMPORT_LINE_SIZE] = '\n';
	write_file(bytes, 3 + IMPORT_LINE_SIZE + 1);
	expect_line("ok");
	assert_int_equal(import_file_line(&file, text, &length), IMPORT_ROW);
	assert_int_equal(length, IMPORT_LINE_SIZE);
	assert_int_equal(import_file_line(&file, text, &length), IMPORT_END);
	import_file_close(&file);
	bytes[3 + IMPORT_LINE_SIZE] = 'a';
	refuse(bytes, 3 + IMPORT_LINE_SIZE + 1, IMPORT_LONG);
	refuse(bytes, 1u << 20, IMPORT_LONG);
	memcpy(bytes + 3 + IMPORT_LINE_SIZE, "\r\n", 2);
	write_file(bytes, 3 + IMPORT_LINE_SIZE + 2);
	expect_line("ok");
	assert_int_equal(import_file_line(&file, text, &length), IMPORT_ROW);
	import_file_close(&file);
	free(bytes);
}

static void
many_lines_are_read_in_the_same_memory(void **state)
{
	FILE *out = fopen(path, "w");
	const char *sentence;
	size_t lines = 0;

	(void)state;
	for (int i = 0; i < 300000; i++)
		assert_true(fprintf(out, "person%d,operator\n", i) > 0);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(import_file_open(&file, path, &sentence), ERR_OK);
	while (import_file_line(&file, text, &length) == IMPORT_ROW)
		lines++;
	assert_int_equal(lines, 300000);
	assert_memory_equal(text, "person299999,operator", length);
	import_file_close(&file);
}

static void
only_a_regular_file_is_opened_and_no_link_is_followed(void **state)
{
	char link[sizeof path + 2];
	const char *sentence = NULL;

	(void)state;
	write_file("x\n", 2);
	assert_int_equal(chmod(path, 0600), 0);
	import_file_close(&file);
	assert_int_equal(import_file_open(&file, path, &sentence), ERR_OK);
	assert_false(file.shared);
	import_file_close(&file);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(import_file_open(&file, path, &sentence), ERR_OK);
	assert_true(file.shared);
	import_file_close(&file);
	(void)snprintf(link, sizeof link, "%s.l", path);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(import_file_open(&file, link, &sentence), ERR_SYSTEM);
	assert_non_null(strstr(sentence, "symbolic link"));
	import_file_close(&file);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(mkfifo(link, 0600), 0);
	assert_int_equal(import_file_open(&file, link, &sentence), ERR_SYSTEM);
	import_file_close(&file);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(import_file_open(&file, link, &sentence), ERR_SYSTEM);
	import_file_close(&file);
	assert_int_equal(import_file_open(&file, "/tmp", &sentence), ERR_SYSTEM);
	import_file_close(&file);
}

static void
a_name_is_known_again(void **state)
{
	const struct import_seen_name *name;
	struct import_seen seen;
	char typed[32];
	bool same;

	(void)state;
	import_seen_open(&seen);
	for (size_t i = 1; i <= 5000; i++) {
		(void)snprintf(typed, sizeof typed, "person%zu", i);
		assert_int_equal(import_seen_add(&seen, typed, i, &name, &same), ERR_OK);
		assert_int_equal(name->count, 1);
	}
	assert_int_equal(import_seen_add(&seen, "person77", 9000, &name, &same), ERR_OK);
	assert_int_equal(name->line, 77);
	assert_int_equal(name->count, 2);
	assert_true(same);
	assert_int_equal(import_seen_add(&seen, "PERSON78", 9001, &name, &same), ERR_OK);
	assert_int_equal(name->line, 78);
	assert_false(same);
	assert_int_equal(import_seen_add(&seen, "not a name", 9002, &name, &same), ERR_OK);
	assert_int_equal(import_seen_add(&seen, "not a name", 9003, &name, &same), ERR_OK);
	assert_int_equal(name->count, 1);
	import_seen_close(&seen);
}

static int
make(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 || close(fd) != 0;
}

static int
clear(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_as_they_do_anywhere),
		cmocka_unit_test(what_is_no_text_is_refused_by_its_line),
		cmocka_unit_test(a_line_has_a_length),
		cmocka_unit_test(many_lines_are_read_in_the_same_memory),
		cmocka_unit_test(only_a_regular_file_is_opened_and_no_link_is_followed),
		cmocka_unit_test(a_name_is_known_again),
	};

	return cmocka_run_group_tests(tests, make, clear);
}
