/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at a store: what is found, and that nothing is changed by it. */
#include "fixture.h"
#include "raw.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/inspect.h"
#include "store/store_user.h"

struct look {
	struct store *store;
	struct store_schema schema;
	char found[256];
};

static void
close_store(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

/* The store is looked at as a whole; what is found is in look->found. */
static enum err
look_at(struct fixture *f, struct look *look)
{
	enum err err;

	memset(look, 0, sizeof *look);
	err = store_inspect(STORE_IN(f->dirfd), &look->store, &look->schema);
	if (err != ERR_OK)
		return err;
	err = store_integrity(look->store, look->found, sizeof look->found);
	return err;
}

static enum err
verdict(struct fixture *f, struct look *look)
{
	enum err err = look_at(f, look);

	store_close(look->store);
	look->store = NULL;
	return err;
}

static void
nothing_is_made_where_nothing_is(void **state)
{
	struct fixture *f = *state;
	struct look look;
	struct stat st;

	assert_err(verdict(f, &look), ERR_STORE_NONE);
	assert_int_equal(fstatat(f->dirfd, "console.db", &st, 0), -1);
}

static void
a_good_store_is_whole_and_answers(void **state)
{
	struct fixture *f = *state;
	struct account account;
	struct look look;

	fixture_user(f, "alice");
	assert_ok(look_at(f, &look));
	assert_string_equal(look.found, "");
	assert_int_equal(look.schema.version, look.schema.newest);
	assert_true(look.schema.newest >= 1);
	assert_ok(store_user_by_name(look.store, "alice", &account, NULL));
	store_close(look.store);
}

static void
what_is_written_meanwhile_is_neither_seen_nor_hindered(void **state)
{
	struct fixture *f = *state;
	struct account account;
	struct look look;

	fixture_user(f, "alice");
	assert_ok(look_at(f, &look));
	fixture_user(f, "bob");
	assert_err(store_user_by_name(look.store, "bob", &account, NULL), ERR_STORE_NONE);
	assert_ok(store_user_by_name(f->store, "bob", &account, NULL));
	store_close(look.store);
	fixture_user(f, "carol");
}

static void
nothing_can_be_changed_through_it(void **state)
{
	struct fixture *f = *state;
	struct look look;

	assert_ok(look_at(f, &look));
	assert_true(store_begin(look.store) != ERR_OK);
	store_rollback(look.store);
	store_close(look.store);
}

/* Bytes of the database alone, without its log. */
static size_t
read_database(const struct fixture *f, unsigned char *bytes, size_t size)
{
	int fd = openat(f->dirfd, "console.db", O_RDONLY | O_CLOEXEC);
	ssize_t got = read(fd, bytes, size);

	close(fd);
	assert_true(got > 0 && (size_t)got < size);
	return (size_t)got;
}

static void
a_store_at_rest_keeps_every_byte(void **state)
{
	enum { SIZE = 1 << 20 };
	struct fixture *f = *state;
	unsigned char *before = malloc(SIZE), *after = malloc(SIZE);
	struct look look;
	size_t length;

	assert_non_null(before);
	assert_non_null(after);
	fixture_user(f, "alice");
	close_store(f);
	length = read_database(f, before, SIZE);
	assert_ok(verdict(f, &look));
	assert_int_equal(read_database(f, after, SIZE), length);
	assert_memory_equal(before, after, length);
	free(before);
	free(after);
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
	fixture_user(f, "bob");
}

static void
a_newer_schema_is_told_by_its_number(void **state)
{
	struct fixture *f = *state;
	struct look look;

	close_store(f);
	raw_run(f, "PRAGMA user_version = 99");
	assert_err(verdict(f, &look), ERR_STORE_NEWER);
	assert_int_equal(look.schema.version, 99);
	raw_run(f, "PRAGMA application_id = 1");
	assert_err(verdict(f, &look), ERR_STORE_CORRUPT);
}

static void
a_page_that_was_overwritten_is_found(void **state)
{
	struct fixture *f = *state;
	unsigned char rubbish[1024];
	struct look look;
	sqlite3 *db = raw_open(f);
	int fd, page = raw_number(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'account'");

	sqlite3_close(db);
	for (char name[] = "a"; name[0] <= 'z'; name[0]++)
		fixture_user(f, name);
	close_store(f);
	fd = openat(f->dirfd, "console.db", O_WRONLY | O_CLOEXEC);
	memset(rubbish, 'x', sizeof rubbish);
	assert_int_equal(pwrite(fd, rubbish, sizeof rubbish, (off_t)(page - 1) * 1024), 1024);
	close(fd);
	assert_err(verdict(f, &look), ERR_STORE_CORRUPT);
	assert_true(look.found[0] != '\0');
}

static void
a_row_without_its_person_is_found(void **state)
{
	struct fixture *f = *state;
	struct look look;

	fixture_device(f, fixture_user(f, "alice"));
	close_store(f);
	raw_run(f, "PRAGMA foreign_keys = OFF; DELETE FROM account");
	assert_err(verdict(f, &look), ERR_STORE_CORRUPT);
	assert_string_equal(look.found, "device");
}

static void
a_long_finding_is_cut_to_size(void **state)
{
	struct fixture *f = *state;
	char found[4] = "xxx";
	struct look look;

	fixture_device(f, fixture_user(f, "alice"));
	close_store(f);
	raw_run(f, "PRAGMA foreign_keys = OFF; DELETE FROM account");
	assert_err(look_at(f, &look), ERR_STORE_CORRUPT);
	assert_err(store_integrity(look.store, found, sizeof found), ERR_STORE_CORRUPT);
	assert_string_equal(found, "dev");
	store_close(look.store);
}

static void
files_are_checked_first(void **state)
{
	struct fixture *f = *state;
	struct look look;

	close_store(f);
	assert_int_equal(fchmodat(f->dirfd, "console.db", 0644, 0), 0);
	assert_err(verdict(f, &look), ERR_STATE_MODE);
	assert_int_equal(fchmodat(f->dirfd, "console.db", 0600, 0), 0);
	assert_int_equal(linkat(f->dirfd, "console.db", f->dirfd, "second", 0), 0);
	assert_err(verdict(f, &look), ERR_STATE_LINKS);
	assert_int_equal(renameat(f->dirfd, "second", f->dirfd, "console.db"), 0);
	assert_int_equal(unlinkat(f->dirfd, "console.db", 0), 0);
	assert_int_equal(symlinkat("second", f->dirfd, "console.db"), 0);
	assert_err(verdict(f, &look), ERR_STATE_SYMLINK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_made_where_nothing_is,
		    fixture_setup_bare, fixture_teardown),
		STORE_TEST(a_good_store_is_whole_and_answers),
		STORE_TEST(what_is_written_meanwhile_is_neither_seen_nor_hindered),
		STORE_TEST(nothing_can_be_changed_through_it),
		STORE_TEST(a_store_at_rest_keeps_every_byte),
		STORE_TEST(a_newer_schema_is_told_by_its_number),
		STORE_TEST(a_page_that_was_overwritten_is_found),
		STORE_TEST(a_row_without_its_person_is_found),
		STORE_TEST(a_long_finding_is_cut_to_size),
		STORE_TEST(files_are_checked_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
