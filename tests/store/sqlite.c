/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is SQLite's own: its settings, its limits, and what it writes. */
#include "fixture.h"
#include "raw.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store/sqlite_private.h"
#include "store/store_audit.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_user.h"

int
fdatasync(int fd);

int
ftruncate64(int fd, off64_t length);

/* SQLite's fdatasync: counted, and after so many made to fail with this number where it is not 0,
 * so often or (0) for ever. */
static int syncs, syncs_allowed, sync_error, sync_times;

/* SQLite's log was cut, and is not synced since. */
static bool log_cut;

static bool
is_log(int fd)
{
	char link[40], path[256] = "";
	ssize_t length;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof path - 1);
	return length > 4 && strcmp(path + length - 4, "-wal") == 0;
}

int
ftruncate64(int fd, off64_t length)
{
	log_cut = log_cut || is_log(fd);
	return (int)syscall(SYS_ftruncate, fd, length);
}

int
fdatasync(int fd)
{
	syncs++;
	log_cut = log_cut && !is_log(fd);
	if (sync_error != 0 && syncs > syncs_allowed &&
	    (sync_times == 0 || syncs <= syncs_allowed + sync_times)) {
		errno = sync_error;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

static void
close_store(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

static void
a_new_database_is_ours_alone(void **state)
{
	struct fixture *f = *state;
	const char *const names[] = { "console.db", "console.db-wal", "console.db-shm" };
	struct stat st;

	fixture_user(f, "alice");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(fstatat(f->dirfd, names[i], &st, AT_SYMLINK_NOFOLLOW), 0);
		assert_true(S_ISREG(st.st_mode));
		assert_int_equal(st.st_mode & 07777, 0600);
	}
	assert_int_equal(raw_number(f->store->db, "PRAGMA page_size"), 2048);
	assert_int_equal(raw_number(f->store->db, "PRAGMA application_id"), 1347838835);
	assert_int_equal(raw_number(f->store->db, "PRAGMA user_version"), 3);
	assert_int_equal(raw_number(f->store->db,
			     "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND "
			     "type = 'table'"
			     " AND strict = 0 AND name NOT LIKE 'sqlite_%'"),
	    0);
}

static void
the_settings_that_keep_it_safe_are_on(void **state)
{
	struct fixture *f = *state;
	const struct {
		const char *sql;
		int value;
	} expected[] = {
		{ "PRAGMA synchronous", 2 },
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA secure_delete", 1 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA cell_size_check", 1 },
		{ "PRAGMA temp_store", 2 },
		{ "SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1 },
	};
	int on = 0;

	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		assert_int_equal(raw_number(f->store->db, expected[i].sql), expected[i].value);
	assert_int_equal(sqlite3_db_config(f->store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &on),
	    SQLITE_OK);
	assert_int_equal(on, 1);
}

/* The people and the ones with 2FA are counted beside them: the two must never differ. */
static void
the_tally_is_the_truth(void **state)
{
	struct fixture *f = *state;
	int64_t ids[6];

	for (int i = 0; i < 6; i++) {
		char name[8];

		snprintf(name, sizeof name, "u%d", i);
		ids[i] = fixture_user(f, name);
		for (int device = 0; device < i % 3; device++)
			fixture_device(f, ids[i]);
	}
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, ids[0]));
	assert_ok(store_user_remove(f->store, ids[2]));
	assert_ok(store_devices_remove(f->store, ids[4]));
	assert_ok(store_devices_remove(f->store, ids[4]));
	assert_ok(store_commit(f->store));
	assert_int_equal(raw_number(f->store->db,
			     "SELECT (SELECT count(*) FROM account) = people AND people = 4 FROM "
			     "state"),
	    1);
	assert_int_equal(raw_number(f->store->db,
			     "SELECT (SELECT count(DISTINCT user) FROM device) = with_2fa AND "
			     "with_2fa = 2 FROM state"),
	    1);
}

static void
put_names(struct fixture *f, int name, bool known)
{
	const struct throttle throttle = { .failures = 1 };
	const struct throttle_window window = { .minute = 1 };
	unsigned char hash[STORE_HASH_SIZE];

	fixture_hash(name, hash);
	assert_ok(store_begin(f->store));
	assert_ok(store_throttle_put(f->store, hash, "here", known, 1, &throttle));
	assert_ok(store_window_put(f->store, hash, known, &window));
	assert_ok(store_commit(f->store));
}

/* A million rows, but for those in the middle. */
static void
the_oldest_unknown_names_go(void **state)
{
	struct fixture *f = *state;

	put_names(f, 1, false);
	put_names(f, 2, true);
	put_names(f, 3, false);
	raw_run(f,
	    "UPDATE throttle SET id = 999999 WHERE id = 3; UPDATE throttle_hour SET id = 999999 "
	    "WHERE id = 3");
	put_names(f, 4, true);
	put_names(f, 3, false);
	assert_int_equal(raw_number(f->store->db,
			     "SELECT group_concat(id) = '1,2,999999,1000000' FROM throttle"),
	    1);
	assert_int_equal(raw_number(f->store->db,
			     "SELECT group_concat(id) = '1,2,999999,1000000' FROM throttle_hour"),
	    1);
	put_names(f, 5, false);
	assert_int_equal(raw_number(f->store->db,
			     "SELECT group_concat(id) = '2,999999,1000000,1000001' FROM throttle"),
	    1);
	assert_int_equal(raw_number(f->store->db,
			     "SELECT group_concat(id) = '2,999999,1000000,1000001' FROM "
			     "throttle_hour"),
	    1);
}

/* What the keeper writes when a code is accepted. */
static void
sign_in(struct fixture *f, int64_t user, int64_t device, int64_t step)
{
	struct store_audit row = { .version = 2,
		.id = step,
		.who = "alice",
		.source = "10.0.0.7",
		.terminal = "xterm-256color",
		.action = "sign-in-code",
		.result = "ok" };
	struct store_head head = { .count = step };
	const struct throttle none = { 0 };
	bool spent = false;

	assert_ok(store_begin(f->store));
	assert_ok(store_device_spend(f->store, device, step, 0, &spent));
	assert_true(spent);
	assert_ok(store_user_set_code(f->store, user, &none));
	assert_ok(store_user_signed_in(f->store, user, 1000 + step, "10.0.0.7"));
	assert_ok(store_source_put(f->store, user, "10.0.0.7", 1000 + step));
	assert_ok(store_audit_append(f->store, &row, &head));
	assert_ok(store_commit(f->store));
}

static void
a_sign_in_is_one_sync_and_five_pages(void **state)
{
	enum { TIMES = 100 };
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), device = fixture_device(f, user);
	struct stat before, after;

	for (int step = 1; step <= 10; step++)
		sign_in(f, user, device, step);
	assert_int_equal(fstatat(f->dirfd, "console.db-wal", &before, 0), 0);
	syncs = 0;
	for (int step = 11; step <= 10 + TIMES; step++)
		sign_in(f, user, device, step);
	assert_int_equal(fstatat(f->dirfd, "console.db-wal", &after, 0), 0);
	assert_int_equal(syncs, TIMES);
	/* Five frames of 24 + 2,048 bytes, and now and then a new leaf of the audit trail. */
	assert_in_range((uintmax_t)(after.st_size - before.st_size) / TIMES, 1, 12000);
}

/* As they are at this moment, whole or not, the files of the store are opened by somebody else: so
 * it is after kill -9. */
static bool
somebody_finds(struct fixture *f, const char *name)
{
	static const char *const names[] = { "console.db", "console.db-wal" };
	static char bytes[1 << 20];
	struct fixture *other;
	void *state = NULL;
	struct account account;
	enum err err;

	assert_int_equal(fixture_setup_bare(&state), 0);
	other = state;
	for (int i = 0; i < 2; i++) {
		int from = openat(f->dirfd, names[i], O_RDONLY | O_CLOEXEC);
		int to = openat(other->dirfd, names[i], O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		ssize_t length = read(from, bytes, sizeof bytes);

		assert_int_equal(write(to, bytes, (size_t)length), length);
		close(from); /* the locks go with it: nobody else is here */
		close(to);
	}
	assert_ok(store_open(other->dirfd, &other->store));
	err = store_user_by_name(other->store, name, &account, NULL);
	fixture_teardown(&state);
	return err == ERR_OK;
}

/* A turn that adds somebody and whose sync fails once, or for ever. */
static enum err
add_unsynced(struct fixture *f, const char *name, int number, int times)
{
	struct account account = { .role = ROLE_OPERATOR, .enabled = true };
	int64_t id = 0;
	enum err err;

	assert_ok(store_begin(f->store));
	assert_ok(store_user_add(f->store, &account, name, "hash", &id));
	syncs = 0;
	sync_error = number;
	sync_times = times;
	err = store_commit(f->store);
	sync_error = sync_times = 0;
	assert_false(store_in_turn(f->store));
	return err;
}

static void
a_commit_that_is_not_on_the_disk_is_none(void **state)
{
	struct fixture *f = *state;
	const struct {
		int number;
		enum err err;
	} failures[] = { { EIO, ERR_STORE_IO }, { ENOSPC, ERR_STORE_FULL },
		{ EDQUOT, ERR_STORE_FULL } };

	fixture_user(f, "alice");
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
		assert_err(add_unsynced(f, "bob", failures[i].number, 1), failures[i].err);
		assert_false(somebody_finds(f, "bob"));
		assert_false(log_cut); /* nor after a power cut */
		assert_true(somebody_finds(f, "alice"));
	}
	fixture_user(f, "bob");
	assert_true(somebody_finds(f, "bob"));
}

/* While the disk refuses to take it back too, that is said, for it may come back. Whatever is
 * committed next makes it go. */
static void
a_commit_that_cannot_be_taken_back_is_unsure(void **state)
{
	struct fixture *f = *state;

	fixture_user(f, "alice");
	for (int i = 0; i < 2; i++) {
		assert_err(add_unsynced(f, "bob", i == 0 ? EIO : ENOSPC, 0), ERR_STORE_UNSURE);
		assert_true(somebody_finds(f, "bob"));
	}
	fixture_user(f, "carol");
	assert_false(somebody_finds(f, "bob"));
	assert_true(somebody_finds(f, "alice") && somebody_finds(f, "carol"));
}

/* A first start that fails at each of its syncs leaves what the next one can finish. */
static void
a_migration_is_whole_or_not_there(void **state)
{
	struct fixture *f = *state;
	enum err err = ERR_FAILED;
	int allowed;

	for (allowed = 0; err != ERR_OK; allowed++) {
		assert_in_range(allowed, 0, 20);
		syncs = 0;
		syncs_allowed = allowed;
		sync_error = EIO;
		err = store_open(f->dirfd, &f->store);
		sync_error = 0;
		syncs_allowed = 0;
		close_store(f);
		assert_ok(store_open(f->dirfd, &f->store));
		fixture_user(f, "alice");
		close_store(f);
		assert_int_equal(unlinkat(f->dirfd, "console.db", 0), 0);
	}
	assert_true(allowed > 1);
}

static void
a_full_disk_refuses_and_harms_nothing(void **state)
{
	struct fixture *f = *state;
	struct account account = { .enabled = true };
	char fold[1000], sql[64];
	enum err err = ERR_OK;
	int64_t id;

	snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d",
	    raw_number(f->store->db, "PRAGMA page_count") + 4);
	raw_number(f->store->db, sql);
	assert_ok(store_begin(f->store));
	for (int i = 0; err == ERR_OK && i < 50; i++) {
		snprintf(fold, sizeof fold, "%0999d", i);
		err = store_user_add(f->store, &account, fold, "hash", &id);
	}
	assert_int_equal(err, ERR_STORE_FULL);
	store_rollback(f->store);
	assert_int_equal(raw_number(f->store->db, "SELECT count(*) FROM account"), 0);
	raw_number(f->store->db, "PRAGMA max_page_count = 1000000");
	fixture_user(f, "alice");
}

/* As after an error that made SQLite itself roll back. */
static void
what_is_left_of_a_lost_turn_does_not_stand_alone(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice");
	struct account account;

	assert_ok(store_begin(f->store));
	assert_ok(store_mark(f->store));
	assert_int_equal(sqlite3_exec(f->store->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	assert_false(store_in_turn(f->store));
	assert_err(store_user_failed(f->store, user), ERR_FAILED);
	assert_err(store_keep(f->store), ERR_FAILED);
	assert_err(store_commit(f->store), ERR_FAILED);
	assert_ok(store_user_by_id(f->store, user, &account, NULL));
	assert_int_equal(account.failures_since, 0);
	assert_ok(store_begin(f->store));
	assert_ok(store_mark(f->store));
	store_rollback(f->store);
}

static void
result_codes_have_a_meaning(void **state)
{
	const struct {
		int code;
		enum err err;
	} expected[] = {
		{ SQLITE_OK, ERR_OK },
		{ SQLITE_DONE, ERR_OK },
		{ SQLITE_NOMEM, ERR_MEMORY },
		{ SQLITE_IOERR_NOMEM, ERR_MEMORY },
		{ SQLITE_IOERR_SHMMAP, ERR_MEMORY },
		{ SQLITE_BUSY, ERR_STORE_BUSY },
		{ SQLITE_BUSY_SNAPSHOT, ERR_STORE_BUSY },
		{ SQLITE_LOCKED, ERR_STORE_BUSY },
		{ SQLITE_NOTADB, ERR_STORE_SUSPECT },
		{ SQLITE_CORRUPT_INDEX, ERR_STORE_SUSPECT },
		{ SQLITE_FULL, ERR_STORE_FULL },
		{ SQLITE_READONLY_DIRECTORY, ERR_STORE_READONLY },
		{ SQLITE_IOERR_WRITE, ERR_STORE_IO },
		{ SQLITE_CANTOPEN, ERR_STORE_IO },
		{ SQLITE_CONSTRAINT_UNIQUE, ERR_STORE_EXISTS },
		{ SQLITE_CONSTRAINT_PRIMARYKEY, ERR_STORE_EXISTS },
		{ SQLITE_CONSTRAINT_FOREIGNKEY, ERR_STORE_NONE },
		{ SQLITE_CONSTRAINT_CHECK, ERR_FAILED },
		{ SQLITE_ERROR, ERR_FAILED },
		{ SQLITE_MISUSE, ERR_FAILED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		assert_int_equal(sqlite_err(NULL, expected[i].code), expected[i].err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_new_database_is_ours_alone),
		STORE_TEST(the_settings_that_keep_it_safe_are_on),
		STORE_TEST(the_tally_is_the_truth),
		STORE_TEST(the_oldest_unknown_names_go),
		STORE_TEST(a_sign_in_is_one_sync_and_five_pages),
		STORE_TEST(a_commit_that_is_not_on_the_disk_is_none),
		STORE_TEST(a_commit_that_cannot_be_taken_back_is_unsure),
		cmocka_unit_test_setup_teardown(a_migration_is_whole_or_not_there,
		    fixture_setup_bare, fixture_teardown),
		STORE_TEST(a_full_disk_refuses_and_harms_nothing),
		STORE_TEST(what_is_left_of_a_lost_turn_does_not_stand_alone),
		STORE_TEST(result_codes_have_a_meaning),
	};

	return cmocka_run_group_tests_name("store sqlite", tests, NULL, NULL);
}
