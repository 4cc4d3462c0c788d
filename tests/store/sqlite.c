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

#include "store/sqlite/sqlite.h"
#include "store/store_audit.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_user.h"

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
	assert_int_equal(raw_number(sqlite_of(f->store)->db, "PRAGMA page_size"), 1024);
	assert_int_equal(raw_number(sqlite_of(f->store)->db, "PRAGMA application_id"), 1347838835);
	assert_int_equal(raw_number(sqlite_of(f->store)->db, "PRAGMA user_version"), 7);
	assert_int_equal(raw_number(sqlite_of(f->store)->db,
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
		assert_int_equal(raw_number(sqlite_of(f->store)->db, expected[i].sql),
		    expected[i].value);
	assert_int_equal(sqlite3_db_config(sqlite_of(f->store)->db, SQLITE_DBCONFIG_DEFENSIVE, -1,
			     &on),
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
	assert_int_equal(raw_number(sqlite_of(f->store)->db,
			     "SELECT (SELECT count(*) FROM account) = people AND people = 4 FROM "
			     "state"),
	    1);
	assert_int_equal(raw_number(sqlite_of(f->store)->db,
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
/* Where the index did not give the order, one page would read everybody. Those whose codes are
 * paused are few, and are sorted. */
static void
a_page_of_people_is_never_sorted(void **state)
{
	struct fixture *f = *state;

	for (int sql = SQL_PAGE_NAME; sql <= SQL_PAGE_LATER; sql++) {
		sqlite3_stmt *plan = NULL;
		char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql_text((enum sql)sql));

		if (sql == SQL_PAGE_PAUSED || sql == SQL_PAGE_PAUSED_BACK) {
			sqlite3_free(explain);
			continue;
		}
		assert_int_equal(sqlite3_prepare_v2(sqlite_of(f->store)->db, explain, -1, &plan,
				     NULL),
		    SQLITE_OK);
		while (sqlite3_step(plan) == SQLITE_ROW) {
			const char *step = (const char *)sqlite3_column_text(plan, 3);

			if (strstr(step, "TEMP B-TREE") != NULL || strncmp(step, "SCAN", 4) == 0)
				fail_msg("statement %d: %s", sql, step);
		}
		sqlite3_finalize(plan);
		sqlite3_free(explain);
	}
}

/* Every new line asks for the numbers: what is read for them are those who are paused, and the
 * Super Administrators, but never everybody. */
static void
the_numbers_of_people_are_not_counted(void **state)
{
	struct fixture *f = *state;
	sqlite3_stmt *plan = NULL;
	char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql_text(SQL_COUNTS));

	assert_int_equal(sqlite3_prepare_v2(sqlite_of(f->store)->db, explain, -1, &plan, NULL),
	    SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(plan, 3);
		bool all = strstr(step, "account_role") != NULL ||
		    strstr(step, "account_standing") != NULL ||
		    strstr(step, "account_sign_in") != NULL || strcmp(step, "SCAN account") == 0;

		if (all)
			fail_msg("%s", step);
	}
	sqlite3_finalize(plan);
	sqlite3_free(explain);
}

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
	assert_int_equal(raw_number(sqlite_of(f->store)->db,
			     "SELECT group_concat(id) = '1,2,999999,1000000' FROM throttle"),
	    1);
	assert_int_equal(raw_number(sqlite_of(f->store)->db,
			     "SELECT group_concat(id) = '1,2,999999,1000000' FROM throttle_hour"),
	    1);
	for (int i = 0; i < 8; i++) /* each eighth lets eight go, of each table */
		put_names(f, 5, false);
	assert_int_equal(raw_number(sqlite_of(f->store)->db,
			     "SELECT group_concat(id) = '2,999999,1000000,1000001' FROM throttle"),
	    1);
	assert_int_equal(raw_number(sqlite_of(f->store)->db,
			     "SELECT group_concat(id) = '2,999999,1000000,1000001' FROM "
			     "throttle_hour"),
	    1);
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
	    raw_number(sqlite_of(f->store)->db, "PRAGMA page_count") + 4);
	raw_number(sqlite_of(f->store)->db, sql);
	assert_ok(store_begin(f->store));
	for (int i = 0; err == ERR_OK && i < 50; i++) {
		snprintf(fold, sizeof fold, "%0999d", i);
		err = store_user_add(f->store, &account, fold, "hash", &id);
	}
	assert_int_equal(err, ERR_STORE_FULL);
	store_rollback(f->store);
	assert_int_equal(raw_number(sqlite_of(f->store)->db, "SELECT count(*) FROM account"), 0);
	raw_number(sqlite_of(f->store)->db, "PRAGMA max_page_count = 1000000");
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
	assert_int_equal(sqlite3_exec(sqlite_of(f->store)->db, "ROLLBACK", NULL, NULL, NULL),
	    SQLITE_OK);
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
		STORE_TEST(a_page_of_people_is_never_sorted),
		STORE_TEST(the_numbers_of_people_are_not_counted),
		STORE_TEST(the_oldest_unknown_names_go),
		STORE_TEST(a_full_disk_refuses_and_harms_nothing),
		STORE_TEST(what_is_left_of_a_lost_turn_does_not_stand_alone),
		STORE_TEST(result_codes_have_a_meaning),
	};

	return cmocka_run_group_tests_name("store sqlite", tests, NULL, NULL);
}
