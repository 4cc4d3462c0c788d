/* SPDX-License-Identifier: GPL-3.0-or-later */
/* console.key, missing, wrong, short, or half-rotated: the one that the database names is used, and
 * no other is touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/keys.h"
#include "store/inspect.h"

enum { NONE = '-', RIGHT = 'A', WRONG = 'B', SHORT = 's', LONG = 'l' };

static const char *const files[] = { "console.db", "console.db-wal", "console.db-shm",
	"console.key", "console.key.new", "console.set-up", "elsewhere" };
static char path[] = "/tmp/provconsole-keys-XXXXXX";
static unsigned char right[KEY_SIZE];
static int directory = -1;

static void
open_and_close(enum err expected)
{
	struct store *store = NULL;
	struct keyring *ring = NULL;

	assert_int_equal(keys_open(directory, &store, &ring), expected);
	assert_true(
	    (store != NULL) == (expected == ERR_OK) && (ring != NULL) == (expected == ERR_OK));
	keyring_free(ring);
	store_close(store);
}

static enum err
inspect(void)
{
	struct store *store = NULL;
	struct keyring *ring = NULL;
	struct store_schema schema;
	enum err err;

	assert_int_equal(store_inspect(STORE_IN(directory), &store, &schema), ERR_OK);
	err = keys_inspect(directory, store, &ring);
	keyring_free(ring);
	store_close(store);
	return err;
}

/* What a file holds, as one of the letters above. */
static int
look(const char *name)
{
	unsigned char bytes[2 * KEY_SIZE];
	int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return NONE;
	got = read(fd, bytes, sizeof bytes);
	close(fd);
	if (got != KEY_SIZE)
		return got < KEY_SIZE ? SHORT : LONG;
	return memcmp(bytes, right, KEY_SIZE) == 0 ? RIGHT : bytes[0] == WRONG ? WRONG : '?';
}

static void
put(const char *name, int what)
{
	unsigned char bytes[KEY_SIZE + 1];
	size_t length = what == SHORT ? KEY_SIZE - 1 : what == LONG ? KEY_SIZE + 1 : KEY_SIZE;
	int fd;

	(void)unlinkat(directory, name, 0);
	if (what == NONE)
		return;
	memset(bytes, what, sizeof bytes);
	if (what != WRONG)
		memcpy(bytes, right, KEY_SIZE);
	fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	assert_int_equal(write(fd, bytes, length), (ssize_t)length);
	close(fd);
}

static int
make_state(void **state)
{
	int fd;

	(void)state;
	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	if (auth_start() != ERR_OK || mkdtemp(path) == NULL)
		return -1;
	directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	open_and_close(ERR_OK);
	fd = openat(directory, "console.key", O_RDONLY | O_CLOEXEC);
	if (read(fd, right, sizeof right) != (ssize_t)sizeof right)
		return -1;
	return close(fd);
}

static int
remove_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		(void)unlinkat(directory, files[i], 0);
	close(directory);
	return rmdir(path);
}

/* Both files before a start, what it says, and both files after it. */
static const struct {
	int key, beside;
	enum err err;
	int key_after, beside_after;
} rows[] = {
	{ RIGHT, NONE, ERR_OK, RIGHT, NONE },
	/* a rotation that was cut off: before its commit, and after it */
	{ RIGHT, WRONG, ERR_OK, RIGHT, NONE },
	{ RIGHT, SHORT, ERR_OK, RIGHT, NONE },
	{ WRONG, RIGHT, ERR_OK, RIGHT, NONE },
	{ SHORT, RIGHT, ERR_OK, RIGHT, NONE },
	{ NONE, RIGHT, ERR_OK, RIGHT, NONE },
	/* nothing fits: nothing is touched */
	{ NONE, NONE, ERR_KEY_MISSING, NONE, NONE },
	{ NONE, WRONG, ERR_KEY_MISSING, NONE, WRONG },
	{ NONE, SHORT, ERR_KEY_MISSING, NONE, SHORT },
	{ WRONG, NONE, ERR_KEY_WRONG, WRONG, NONE },
	{ WRONG, WRONG, ERR_KEY_WRONG, WRONG, WRONG },
	{ WRONG, LONG, ERR_KEY_WRONG, WRONG, LONG },
	{ SHORT, NONE, ERR_KEY_WRONG, SHORT, NONE },
	{ LONG, NONE, ERR_KEY_WRONG, LONG, NONE },
	{ LONG, SHORT, ERR_KEY_WRONG, LONG, SHORT },
};

static void
test_the_key_that_the_database_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		put("console.key", rows[i].key);
		put("console.key.new", rows[i].beside);
		assert_int_equal(inspect(), rows[i].err);
		if (look("console.key") != rows[i].key || look("console.key.new") != rows[i].beside)
			fail_msg("row %zu: looking changes the files", i);
		open_and_close(rows[i].err);
		if (look("console.key") != rows[i].key_after ||
		    look("console.key.new") != rows[i].beside_after)
			fail_msg("row %zu: %c and %c", i, look("console.key"),
			    look("console.key.new"));
		put("console.key", RIGHT);
		put("console.key.new", NONE);
		open_and_close(ERR_OK);
	}
}

/* What lies beside is checked like the key itself: a link, or a file that others can read, is never
 * put in its place. */
static void
test_no_stranger_becomes_the_key(void **state)
{
	struct stat st;

	(void)state;
	put("console.key", NONE);
	put("console.key.new", RIGHT);
	assert_int_equal(fchmodat(directory, "console.key.new", 0404, 0), 0);
	open_and_close(ERR_KEY_MISSING);
	assert_int_equal(renameat(directory, "console.key.new", directory, "elsewhere"), 0);
	assert_int_equal(fchmodat(directory, "elsewhere", 0400, 0), 0);
	assert_int_equal(symlinkat("elsewhere", directory, "console.key.new"), 0);
	open_and_close(ERR_KEY_MISSING);
	assert_int_equal(fstatat(directory, "console.key", &st, AT_SYMLINK_NOFOLLOW), -1);
	assert_int_equal(unlinkat(directory, "elsewhere", 0), 0);
}

static void
without_mark(void)
{
	assert_int_equal(unlinkat(directory, "console.set-up", 0), 0);
}

/* Without its database a log may be all there is: no key is made for an empty one. */
static void
test_no_key_for_a_lost_database(void **state)
{
	int fd;

	(void)state;
	without_mark();
	put("console.key", NONE);
	assert_int_equal(unlinkat(directory, "console.db", 0), 0);
	fd = openat(directory, "console.db-wal", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, "log", 3), 3);
	close(fd);
	open_and_close(ERR_STORE_CORRUPT);
	assert_int_equal(look("console.key"), NONE);
	assert_int_equal(unlinkat(directory, "console.db-wal", 0), 0);
	open_and_close(ERR_OK);
}

/* A console that was set up is never made anew: not where its database is gone, or empty, nor where
 * another stands in its place; whatever became of the key. */
static void
test_a_database_that_has_gone_is_missed(void **state)
{
	static const int keys[] = { RIGHT, NONE };
	struct stat st;
	int fd;

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		put("console.key", keys[i]);
		(void)unlinkat(directory, "console.db", 0);
		open_and_close(ERR_STORE_MISSING);
		assert_int_equal(fstatat(directory, "console.db", &st, 0), -1);
		fd = openat(directory, "console.db", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		close(fd);
		open_and_close(ERR_STORE_MISSING);
		assert_int_equal(fstatat(directory, "console.db", &st, 0), 0);
		assert_int_equal(st.st_size, 0);
		assert_int_equal(look("console.key"), keys[i]);
	}
	put("console.key", RIGHT);
	without_mark();
	open_and_close(ERR_OK);
}

/* A whole database that names no key, where one did, is another one. */
static void
test_an_empty_console_does_not_take_its_place(void **state)
{
	struct store *store = NULL;

	(void)state;
	assert_int_equal(unlinkat(directory, "console.db", 0), 0);
	assert_int_equal(store_open(STORE_IN(directory), &store), ERR_OK);
	store_close(store);
	open_and_close(ERR_STORE_MISSING);
}

/* A first start that was cut short before the mark is finished, and marked. */
static void
test_a_state_from_before_the_mark_gets_one(void **state)
{
	struct stat st;

	(void)state;
	without_mark();
	open_and_close(ERR_OK);
	assert_int_equal(fstatat(directory, "console.set-up", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0400);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_the_key_that_the_database_names, make_state,
		    remove_state),
		cmocka_unit_test_setup_teardown(test_no_stranger_becomes_the_key, make_state,
		    remove_state),
		cmocka_unit_test_setup_teardown(test_no_key_for_a_lost_database, make_state,
		    remove_state),
		cmocka_unit_test_setup_teardown(test_a_database_that_has_gone_is_missed, make_state,
		    remove_state),
		cmocka_unit_test_setup_teardown(test_an_empty_console_does_not_take_its_place,
		    make_state, remove_state),
		cmocka_unit_test_setup_teardown(test_a_state_from_before_the_mark_gets_one,
		    make_state, remove_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
