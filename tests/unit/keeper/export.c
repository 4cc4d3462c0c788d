/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trail as a file of lines: cut off anywhere, it is gone on with, and becomes the same file. */
#include "trail_stage.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include "keeper/export.h"
#include "keeper/export_line.h"
#include "wire/examine.h"

enum { FEW = 4, FILE_MOST = 64 << 10 };

static int
set_up(void **state)
{
	return trail_set_up_rows(state, FEW);
}

static int
open_out(const struct trail *trail)
{
	int file = openat(trail->dirfd, "out", O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	return file;
}

/* Exports into the file, and gives what was found. */
static struct examine_finding
export_into(const struct trail *trail, int file)
{
	struct examine_finding finding, found = { .check = EXAMINE_COUNT };
	char *said = NULL, *line, *rest;
	size_t size = 0;
	FILE *out = open_memstream(&said, &size);

	assert_non_null(out);
	assert_int_equal(export_write(trail->path, file, out), ERR_OK);
	fclose(out);
	rest = said;
	while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
		assert_true(examine_parse(line, &finding));
		if (finding.check == EXAMINE_EXPORT)
			found = finding;
	}
	free(said);
	assert_int_equal(found.check, EXAMINE_EXPORT);
	return found;
}

static size_t
read_out(int file, char text[FILE_MOST])
{
	ssize_t length = pread(file, text, FILE_MOST - 1, 0);

	assert_true(length >= 0 && length < FILE_MOST - 1);
	text[length] = '\0';
	return (size_t)length;
}

static void
write_out(int file, const char *text, size_t length)
{
	assert_int_equal(ftruncate(file, 0), 0);
	assert_int_equal(pwrite(file, text, length, 0), (ssize_t)length);
	assert_int_equal(lseek(file, 0, SEEK_SET), 0);
}

static void
each_row_is_a_line_with_number_and_seal(void **state)
{
	static char text[FILE_MOST];
	struct trail *trail = *state;
	int file = open_out(trail);
	struct examine_finding found = export_into(trail, file);
	size_t length = read_out(file, text), at = 0;
	struct store_audit rows[FEW];
	size_t count = FEW;

	assert_int_equal(found.err, ERR_OK);
	assert_int_equal(found.number, FEW);
	assert_string_equal(found.detail, "4");
	assert_int_equal(store_audit_page(trail->store, 0, rows, &count), ERR_OK);
	for (int i = 0; i < FEW; i++) {
		size_t line = strcspn(text + at, "\n") + 1;
		unsigned char mac[STORE_MAC_SIZE];
		int64_t id = 0;

		assert_true(export_line_read(text + at, line, &id, mac));
		assert_int_equal(id, i + 1);
		assert_memory_equal(mac, rows[i].mac, sizeof mac);
		at += line;
	}
	assert_int_equal(at, length);
	assert_non_null(strstr(text, "\"who\": \"person 3\", \"source\": \"local\""));
	close(file);
}

/* Where a cut may tell another story: about each end of a line, and here and there within. A start
 * of its own for every byte takes minutes under a sanitizer. */
static bool
is_telling(const char *whole, size_t length, size_t cut)
{
	enum { NEAR = 2, STRIDE = 23 };

	for (size_t at = cut > NEAR ? cut - NEAR : 0; at < length && at <= cut + NEAR; at++)
		if (whole[at] == '\n')
			return true;
	return cut % STRIDE == 0 || cut == length;
}

/* As if the power had failed, or somebody had killed it, after any byte. */
static void
it_goes_on_after_any_byte(void **state)
{
	static char whole[FILE_MOST], text[FILE_MOST];
	struct trail *trail = *state;
	int file = open_out(trail);
	size_t length;

	(void)export_into(trail, file);
	length = read_out(file, whole);
	for (size_t cut = 0; cut <= length; cut++) {
		int64_t lines = 0;

		if (!is_telling(whole, length, cut))
			continue;
		for (size_t i = 0; i < cut; i++)
			lines += whole[i] == '\n';
		write_out(file, whole, cut);
		assert_int_equal(export_into(trail, file).number, FEW - lines);
		assert_int_equal(read_out(file, text), length);
		assert_memory_equal(text, whole, length);
	}
	close(file);
}

/* What is refused is left as it was. */
static void
refused(struct trail *trail, int file, const char *text, size_t length, enum err err)
{
	static char after[FILE_MOST];

	write_out(file, text, length);
	assert_int_equal(export_into(trail, file).err, err);
	assert_int_equal(read_out(file, after), length);
	assert_memory_equal(after, text, length);
}

static void
somebody_elses_file_is_refused(void **state)
{
	static char whole[FILE_MOST], changed[FILE_MOST];
	struct trail *trail = *state;
	int file = open_out(trail);
	size_t length;
	char *seal;

	refused(trail, file, "hello", 5, ERR_EXPORT_OTHER);
	refused(trail, file, "hello\n", 6, ERR_EXPORT_OTHER);
	refused(trail, file, "\n", 1, ERR_EXPORT_OTHER);
	refused(trail, file, "{\"id\": 1, \"seal\": \"\"}\n", 22, ERR_EXPORT_OTHER);
	refused(trail, file, "\0\0\0", 3, ERR_EXPORT_OTHER);
	assert_int_equal(ftruncate(file, 0), 0);
	(void)export_into(trail, file);
	length = read_out(file, whole);
	/* another seal: of another console, or altered */
	memcpy(changed, whole, sizeof changed);
	seal = strrchr(changed, ':');
	seal[10] = seal[10] == '0' ? '1' : '0';
	refused(trail, file, changed, length, ERR_EXPORT_OTHER);
	/* a number that this trail has not reached */
	memcpy(changed, whole, sizeof changed);
	memcpy(strstr(changed, "{\"id\": 4") + 7, "9", 1);
	refused(trail, file, changed, length, ERR_EXPORT_OTHER);
	close(file);
}

static void
a_trail_that_was_pruned(void **state)
{
	static char whole[FILE_MOST], text[FILE_MOST];
	struct trail *trail = *state;
	int file = open_out(trail);
	size_t length;

	(void)export_into(trail, file);
	length = read_out(file, whole);
	trail_prune(trail, 2);
	/* up to the checkpoint's very row nothing is missing */
	write_out(file, whole, (size_t)(strstr(whole, "{\"id\": 3") - whole));
	assert_int_equal(export_into(trail, file).err, ERR_OK);
	assert_int_equal(read_out(file, text), length);
	assert_memory_equal(text, whole, length);
	/* before it something is */
	refused(trail, file, whole, (size_t)(strstr(whole, "{\"id\": 2") - whole),
	    ERR_EXPORT_PRUNED);
	/* a new file begins with what is there */
	assert_int_equal(ftruncate(file, 0), 0);
	assert_int_equal(export_into(trail, file).number, 2);
	read_out(file, text);
	assert_memory_equal(text, "{\"id\": 3", 8);
	close(file);
}

static void
a_row_that_does_not_fit_is_not_written(void **state)
{
	static char text[FILE_MOST];
	struct trail *trail = *state;
	int file = open_out(trail);
	struct examine_finding found;

	trail_run(trail, "UPDATE audit SET who = 'x' WHERE id = %d", 3);
	found = export_into(trail, file);
	assert_int_equal(found.err, ERR_AUDIT_BROKEN);
	assert_int_equal(found.number, 2);
	read_out(file, text);
	assert_null(strstr(text, "\"id\": 3"));
	assert_non_null(strstr(text, "\"id\": 2"));
	close(file);
}

static void
a_full_disk_leaves_whole_lines(void **state)
{
	static char text[FILE_MOST];
	struct trail *trail = *state;
	int file = open_out(trail);
	struct rlimit before, few;
	size_t length;

	(void)export_into(trail, file);
	length = read_out(file, text);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	(void)signal(SIGXFSZ, SIG_IGN);
	few = before;
	for (size_t room = 1; room < length; room += 97) {
		assert_int_equal(ftruncate(file, 0), 0);
		assert_int_equal(lseek(file, 0, SEEK_SET), 0);
		few.rlim_cur = room;
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
		assert_int_not_equal(export_into(trail, file).err, ERR_OK);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		assert_int_equal(read_out(file, text), 0);
		assert_int_equal(export_into(trail, file).err, ERR_OK);
		assert_int_equal(read_out(file, text), length);
	}
	close(file);
}

static void
two_at_once_do_not_mix(void **state)
{
	struct trail *trail = *state;
	int file = open_out(trail), other = open_out(trail);

	assert_int_equal(flock(other, LOCK_EX), 0);
	assert_int_equal(export_into(trail, file).err, ERR_EXPORT_BUSY);
	close(other);
	assert_int_equal(export_into(trail, file).err, ERR_OK);
	close(file);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, trail_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_row_is_a_line_with_number_and_seal),
		TEST(it_goes_on_after_any_byte),
		TEST(somebody_elses_file_is_refused),
		TEST(a_trail_that_was_pruned),
		TEST(a_row_that_does_not_fit_is_not_written),
		TEST(a_full_disk_leaves_whole_lines),
		TEST(two_at_once_do_not_mix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
