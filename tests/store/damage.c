/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Databases that are damaged, newer, somebody else's, or tampered with. */
#include "fixture.h"
#include "raw.h"
#include "store/store_user.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void
close_store(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

static void
write_file(const struct fixture *f, const char *name, const void *bytes, size_t length)
{
	int fd = openat(f->dirfd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), (ssize_t)length);
	close(fd);
}

/* Bytes of another file in the place of the database; the store is closed. */
static void
replace(struct fixture *f, const void *bytes, size_t length)
{
	write_file(f, "console.db", bytes, length);
}

static void
an_empty_file_becomes_a_database(void **state)
{
	struct fixture *f = *state;

	replace(f, "", 0);
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
	fixture_user(f, "alice");
}

static void
what_is_no_database_is_damage(void **state)
{
	struct fixture *f = *state;
	unsigned char bytes[8192];
	struct store *untouched = (struct store *)f, *store = untouched;

	memset(bytes, 'x', sizeof bytes);
	replace(f, bytes, sizeof bytes);
	assert_err(store_open(STORE_IN(f->dirfd), &store), ERR_STORE_CORRUPT);
	replace(f, "short", 5);
	assert_err(store_open(STORE_IN(f->dirfd), &store), ERR_STORE_CORRUPT);
	assert_ptr_equal(store, untouched);
}

static void
a_database_that_was_cut_is_damage(void **state)
{
	struct fixture *f = *state;
	int fd;

	fixture_user(f, "alice");
	close_store(f);
	fd = openat(f->dirfd, "console.db", O_WRONLY | O_CLOEXEC);
	assert_int_equal(ftruncate(fd, 4 * 1024), 0);
	close(fd);
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
}

/* The bytes of a file of the fixture, at most size of them; -1: it is not there. */
static ssize_t
read_file(const struct fixture *f, const char *name, void *bytes, size_t size)
{
	int fd = openat(f->dirfd, name, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, bytes, size);

	if (fd >= 0)
		close(fd);
	return got;
}

/* SQLite drops a log that stands beside no database, or an empty one; it may be all that is left of
 * what was acknowledged. */
static void
a_log_without_its_database_is_damage(void **state)
{
	static unsigned char log[256 * 1024], after[sizeof log], database[256 * 1024];
	struct fixture *f = *state;
	ssize_t size, whole;

	fixture_user(f, "alice");
	size = read_file(f, "console.db-wal", log, sizeof log);
	whole = read_file(f, "console.db", database, sizeof database);
	assert_true(size > 0 && whole > 0);
	close_store(f);
	for (int empty = 0; empty < 2; empty++) {
		unlinkat(f->dirfd, "console.db", 0);
		if (empty)
			write_file(f, "console.db", "", 0);
		write_file(f, "console.db-wal", log, (size_t)size);
		assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
		assert_int_equal(read_file(f, "console.db-wal", after, sizeof after), size);
		assert_memory_equal(after, log, (size_t)size);
		assert_int_equal(read_file(f, "console.db", after, sizeof after), empty ? 0 : -1);
	}
	write_file(f, "console.db", database, (size_t)whole);
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
	assert_err(store_user_by_name(f->store, "alice", &(struct account){ 0 }, NULL), ERR_OK);
}

static void
somebody_elses_database_is_left_alone(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db;

	replace(f, "", 0);
	raw_run(f, "CREATE TABLE theirs (x)");
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
	raw_run(f, "DROP TABLE theirs; PRAGMA application_id = 5");
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
	raw_run(f, "PRAGMA user_version = 1");
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
	db = raw_open(f);
	assert_int_equal(raw_number(db, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"),
	    1);
	assert_int_equal(raw_number(db, "SELECT count(*) FROM sqlite_schema"), 0);
	sqlite3_close(db);
}

static void
a_newer_database_is_left_alone(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db;

	close_store(f);
	raw_run(f,
	    "PRAGMA journal_mode = DELETE; PRAGMA user_version = 1000; ALTER TABLE account ADD "
	    "COLUMN later TEXT");
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_NEWER);
	db = raw_open(f);
	assert_int_equal(raw_number(db, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"),
	    1);
	sqlite3_close(db);
	raw_run(f, "PRAGMA user_version = 0");
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
}

static void
a_schema_with_a_hole_is_damage(void **state)
{
	struct fixture *f = *state;

	close_store(f);
	raw_run(f, "DROP TABLE notice");
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
}

static void
a_state_without_its_row_is_damage(void **state)
{
	struct fixture *f = *state;

	close_store(f);
	raw_run(f, "DELETE FROM state");
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STORE_CORRUPT);
}

static void
values_that_cannot_be_are_damage(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_user(f, "alice");
	struct account account = { .id = 42 };
	struct policy policy;

	raw_run(f, "UPDATE account SET role = 9");
	assert_err(store_user_by_id(f->store, id, &account, NULL), ERR_STORE_CORRUPT);
	raw_run(f, "UPDATE account SET role = 1, failures_since = -1");
	assert_err(store_user_by_id(f->store, id, &account, NULL), ERR_STORE_CORRUPT);
	raw_run(f, "UPDATE account SET failures_since = 0, name = CAST(x'610062' AS TEXT)");
	assert_err(store_user_by_id(f->store, id, &account, NULL), ERR_STORE_CORRUPT);
	raw_run(f, "UPDATE account SET name = printf('%300s', 'x')");
	assert_err(store_user_by_id(f->store, id, &account, NULL), ERR_STORE_CORRUPT);
	assert_int_equal(account.id, 42);
	raw_run(f, "UPDATE account SET name = 'alice'");
	assert_ok(store_user_by_id(f->store, id, &account, NULL));
	raw_run(f, "INSERT INTO setting (name, value) VALUES ('no-such-setting', '1')");
	assert_err(store_policy(f->store, &policy), ERR_STORE_CORRUPT);
}

static void
a_trigger_that_was_slipped_in_never_fires(void **state)
{
	struct fixture *f = *state;
	struct account account;
	int64_t id;

	close_store(f);
	raw_run(f,
	    "CREATE TRIGGER promote AFTER INSERT ON account BEGIN UPDATE account SET role = 2; "
	    "END");
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
	id = fixture_user(f, "mallory");
	assert_ok(store_user_by_id(f->store, id, &account, NULL));
	assert_int_equal(account.role, ROLE_OPERATOR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_file_becomes_a_database,
		    fixture_setup_bare, fixture_teardown),
		cmocka_unit_test_setup_teardown(what_is_no_database_is_damage, fixture_setup_bare,
		    fixture_teardown),
		STORE_TEST(a_database_that_was_cut_is_damage),
		STORE_TEST(a_log_without_its_database_is_damage),
		cmocka_unit_test_setup_teardown(somebody_elses_database_is_left_alone,
		    fixture_setup_bare, fixture_teardown),
		STORE_TEST(a_newer_database_is_left_alone),
		STORE_TEST(a_schema_with_a_hole_is_damage),
		STORE_TEST(a_state_without_its_row_is_damage),
		STORE_TEST(values_that_cannot_be_are_damage),
		STORE_TEST(a_trigger_that_was_slipped_in_never_fires),
	};

	return cmocka_run_group_tests_name("store damage", tests, NULL, NULL);
}
