/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a store holds, from SQLite into PostgreSQL and back. */
#include "full.h"
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/inspect.h"
#include "store/postgresql/pg.h"
#include "store/store_audit.h"
#include "store/store_guess.h"
#include "store/store_notice.h"
#include "store/store_user.h"

/* The fixture's own store is in PostgreSQL, and its directory is free for SQLite's. */
static const struct store_at *
sqlite_of_fixture(const struct fixture *f)
{
	static struct store_at at;

	at = (struct store_at){ .dirfd = f->dirfd };
	return &at;
}

static void
make_full(const struct fixture *f)
{
	struct store *store = NULL;

	assert_ok(store_open(sqlite_of_fixture(f), &store));
	full_fill(store);
	store_close(store);
}

static enum err
move_in(const struct fixture *f, const char *without, rows_change *change)
{
	return rows_move(sqlite_of_fixture(f), &f->at, without, change);
}

static void
all_of_it_goes_there_and_back(void **state)
{
	struct fixture *f = *state;
	struct fixture *other = NULL;
	struct rows before, there, after;
	void *others = NULL;

	assert_int_equal(fixture_setup_bare(&others), 0);
	other = others;
	make_full(f);
	before = rows_of(sqlite_of_fixture(f));
	assert_string_equal(before.empty, "");
	assert_true(before.tables > 20);
	assert_ok(move_in(f, NULL, NULL));
	there = rows_of(&f->at);
	assert_same_rows(&before, &there);
	assert_ok(rows_move(&f->at, STORE_IN(other->dirfd), NULL, NULL));
	after = rows_of(STORE_IN(other->dirfd));
	assert_same_rows(&before, &after);
	rows_free(&before);
	rows_free(&there);
	rows_free(&after);
	fixture_teardown(&others);
}

/* A store that PostgreSQL filled says the same as one that SQLite filled. */
static void
both_say_the_same_of_the_same(void **state)
{
	struct fixture *f = *state;
	struct rows sqlite, postgresql;

	make_full(f);
	full_fill(f->store);
	sqlite = rows_of(sqlite_of_fixture(f));
	postgresql = rows_of(&f->at);
	assert_same_rows(&sqlite, &postgresql);
	rows_free(&sqlite);
	rows_free(&postgresql);
}

/* No number comes again, and nothing that has one is in the way. */
static void
numbers_go_on(void **state)
{
	struct fixture *f = *state;
	const struct throttle throttle = { .failures = 1 };
	struct store_notice notice = { .role = ROLE_OPERATOR, .action = "reset-2fa" };
	unsigned char hash[STORE_HASH_SIZE];
	struct account account;
	int64_t id = 0;

	make_full(f);
	assert_ok(move_in(f, NULL, NULL));
	fixture_reopen(f);
	assert_ok(store_user_by_name(f->store, "alice", &account, NULL));
	assert_int_equal(fixture_user(f, "carol"), FULL_PEOPLE + 2);
	assert_int_equal(fixture_device(f, account.id), 3);
	fixture_hash(99, hash);
	assert_ok(store_begin(f->store));
	assert_ok(store_throttle_put(f->store, hash, "new", true, 1, &throttle));
	assert_ok(store_notice_add(f->store, &notice, &id));
	assert_ok(store_commit(f->store));
	assert_int_equal(id, 4);
	full_trail(f->store, 1);
}

/* --- what is refused -------------------------------------------------------------------------- */

/* Nothing is left of it: neither the schema that was there nor its people have changed. */
static void
assert_nobody_is_there(const struct fixture *f)
{
	struct store_counts counts = { .people = 42 };

	assert_ok(store_counts(f->store, 0, &counts));
	assert_int_equal(counts.people, 0);
}

static bool
with_a_strange_role(const char *table, int64_t row, struct store_value *values, size_t count)
{
	(void)count;
	if (strcmp(table, "account") == 0 && row == 0)
		values[4].number = 2; /* enabled */
	return true;
}

static bool
with_a_name_twice(const char *table, int64_t row, struct store_value *values, size_t count)
{
	(void)row;
	(void)count;
	if (strcmp(table, "account") == 0)
		values[2] = (struct store_value){ .kind = STORE_TEXT, .bytes = "x", .length = 1 };
	return true;
}

static bool
with_a_device_of_nobody(const char *table, int64_t row, struct store_value *values, size_t count)
{
	(void)row;
	(void)count;
	if (strcmp(table, "device") == 0)
		values[1].number = 77;
	return true;
}

static bool
with_a_text_for_a_number(const char *table, int64_t row, struct store_value *values, size_t count)
{
	(void)row;
	(void)count;
	if (strcmp(table, "audit") == 0)
		values[1] = (struct store_value){ .kind = STORE_TEXT, .bytes = "7", .length = 1 };
	return true;
}

static bool
with_a_name_that_is_no_text(const char *table, int64_t row, struct store_value *values,
    size_t count)
{
	(void)row;
	(void)count;
	if (strcmp(table, "account") == 0)
		values[1] = (struct store_value){ .kind = STORE_TEXT,
			.bytes = "\xff",
			.length = 1 };
	return true;
}

static bool
without_a_state(const char *table, int64_t row, struct store_value *values, size_t count)
{
	(void)row;
	(void)values;
	(void)count;
	return strcmp(table, "state") != 0;
}

static bool
with_a_number_of_no_table(const char *table, int64_t row, struct store_value *values, size_t count)
{
	(void)count;
	if (strcmp(table, "sqlite_sequence") == 0 && row == 0)
		values[0] = (struct store_value){ .kind = STORE_TEXT, .bytes = "x", .length = 1 };
	return true;
}

static void
a_row_that_the_schema_refuses(void **state)
{
	static rows_change *const changes[] = { with_a_strange_role, with_a_name_twice,
		with_a_device_of_nobody, with_a_text_for_a_number, with_a_name_that_is_no_text,
		without_a_state, with_a_number_of_no_table };
	struct fixture *f = *state;

	make_full(f);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		assert_err(move_in(f, NULL, changes[i]), ERR_BACKUP_DAMAGED);
		assert_nobody_is_there(f);
	}
	assert_ok(move_in(f, NULL, NULL));
}

static void
a_table_that_is_missing(void **state)
{
	static const char *const names[] = { "account", "audit", "trust", "sqlite_sequence" };
	struct fixture *f = *state;

	make_full(f);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_err(move_in(f, names[i], NULL), ERR_BACKUP_DAMAGED);
		assert_nobody_is_there(f);
	}
}

static enum err
load_tables(const struct fixture *f, const struct store_table *const *tables, size_t count)
{
	struct store_load *load = NULL;
	enum err err = ERR_OK;

	assert_ok(store_load_new(&f->at, pg_schema_newest(), &load));
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		err = store_load_table(load, tables[i]);
	store_load_free(load);
	return err;
}

/* One of another name, one with other columns, and one that came before. */
static void
a_table_that_is_not_ours(void **state)
{
	static const struct store_table strange = { .name = "strange",
		.columns = 1,
		.column = { "id" } };
	static const struct store_table schema = { .name = "schema",
		.columns = 2,
		.column = { "id", "version" } };
	static const struct store_table trust = { .name = "trust",
		.columns = 3,
		.column = { "id", "seen", "trusted" } };
	struct store_table longer = trust;
	struct fixture *f = *state;

	longer.columns = 4;
	(void)snprintf(longer.column[3], STORE_WORD_SIZE, "more");
	assert_err(load_tables(f, (const struct store_table *[]){ &strange }, 1),
	    ERR_BACKUP_DAMAGED);
	assert_err(load_tables(f, (const struct store_table *[]){ &schema }, 1),
	    ERR_BACKUP_DAMAGED);
	assert_err(load_tables(f, (const struct store_table *[]){ &longer }, 1),
	    ERR_BACKUP_DAMAGED);
	assert_err(load_tables(f, (const struct store_table *[]){ &trust, &trust }, 2),
	    ERR_BACKUP_DAMAGED);
	assert_ok(load_tables(f, (const struct store_table *[]){ &trust }, 1));
}

/* After a row was refused, what comes next does not stand alone. */
static void
nothing_comes_after_a_refusal(void **state)
{
	static const struct store_table trust = { .name = "trust",
		.columns = 3,
		.column = { "id", "seen", "trusted" } };
	static const struct store_value wrong[] = { { .kind = STORE_NUMBER, .number = 5 },
		{ .kind = STORE_NUMBER }, { .kind = STORE_NUMBER } };
	static const struct store_value right[] = { { .kind = STORE_NUMBER, .number = 1 },
		{ .kind = STORE_NUMBER }, { .kind = STORE_NUMBER } };
	struct store_table link = { .name = "link", .columns = 2, .column = { "unix", "user" } };
	struct fixture *f = *state;
	struct store_load *load = NULL;
	struct rows before = rows_of(&f->at), after;

	assert_ok(store_load_new(&f->at, pg_schema_newest(), &load));
	assert_ok(store_load_table(load, &trust));
	assert_ok(store_load_row(load, wrong, 3));
	assert_err(store_load_table(load, &link), ERR_BACKUP_DAMAGED);
	assert_err(store_load_table(load, &trust), ERR_FAILED);
	assert_err(store_load_row(load, right, 3), ERR_BACKUP_DAMAGED);
	assert_err(store_load_end(load), ERR_FAILED);
	store_load_free(load);
	after = rows_of(&f->at);
	assert_same_rows(&before, &after);
	rows_free(&before);
	rows_free(&after);
}

static void
a_database_with_people(void **state)
{
	struct fixture *f = *state;
	struct rows before, after;

	make_full(f);
	fixture_user(f, "first");
	before = rows_of(&f->at);
	assert_err(move_in(f, NULL, NULL), ERR_STORE_EXISTS);
	after = rows_of(&f->at);
	assert_same_rows(&before, &after);
	rows_free(&before);
	rows_free(&after);
}

static void
versions_that_are_not_known(void **state)
{
	struct fixture *f = *state;
	struct store_load *load = NULL;

	assert_err(store_load_new(&f->at, pg_schema_newest() + 1, &load), ERR_STORE_NEWER);
	assert_err(store_load_new(&f->at, 6, &load), ERR_BACKUP_OLDER);
	assert_err(store_load_new(&f->at, 0, &load), ERR_BACKUP_OLDER);
	assert_null(load);
}

/* --- time ----------------------------------------------------------------------------------------
 */

static void
assert_shows(struct store *store, const char *setting, const char *expected)
{
	char sql[80];
	PGresult *answer = NULL;

	(void)snprintf(sql, sizeof sql, "SELECT current_setting('%s')", setting);
	assert_ok(pg_ask(pg_of(store), sql, NO_VALUES, &answer));
	assert_string_equal(PQgetvalue(answer, 0, 0), expected);
	PQclear(answer);
}

/* Whoever reads the rows may take as long as a slow disk does; in turns the bounds hold. */
static void
the_server_does_not_end_it(void **state)
{
	struct fixture *f = *state;
	struct store_schema schema;
	struct store *store = NULL;

	assert_ok(store_inspect(&f->at, &store, &schema));
	assert_shows(store, "idle_in_transaction_session_timeout", "0");
	assert_shows(store, "statement_timeout", "0");
	assert_ok(store_look_away(store));
	assert_shows(store, "idle_in_transaction_session_timeout", "3s");
	assert_ok(store_look_on(store));
	assert_shows(store, "idle_in_transaction_session_timeout", "0");
	store_close(store);
	assert_shows(f->store, "idle_in_transaction_session_timeout", "3s");
	assert_shows(f->store, "statement_timeout", "2s");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(all_of_it_goes_there_and_back),
		STORE_TEST(both_say_the_same_of_the_same),
		STORE_TEST(numbers_go_on),
		STORE_TEST(a_row_that_the_schema_refuses),
		STORE_TEST(a_table_that_is_missing),
		STORE_TEST(a_table_that_is_not_ours),
		STORE_TEST(nothing_comes_after_a_refusal),
		STORE_TEST(a_database_with_people),
		STORE_TEST(versions_that_are_not_known),
		STORE_TEST(the_server_does_not_end_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
