/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a turn has read and what waits to be asked; without a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgresql/memo.h"
#include "store/postgresql/questions.h"

enum { PERSON_1 = 1, PERSON_2 = 2, OID_NUMBER = 20 };

/* The question of a statement about a person. */
struct about {
	struct ask ask;
	uint64_t person;
};

static void
ask_about(struct about *about, enum sql sql, int64_t person)
{
	memset(about, 0, sizeof *about);
	about->person = htobe64((uint64_t)person);
	about->ask.sql = "SELECT";
	about->ask.prepared = (int)sql;
	about->ask.count = 1;
	about->ask.types[0] = OID_NUMBER;
	about->ask.values[0] = (const void *)&about->person;
	about->ask.lengths[0] = sizeof about->person;
}

static void
read_about(struct memo *memo, enum sql sql, int64_t person)
{
	struct about about;

	ask_about(&about, sql, person);
	assert_non_null(memo_put(memo, &about.ask, PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK)));
}

static bool
knows(const struct memo *memo, enum sql sql, int64_t person)
{
	struct about about;

	ask_about(&about, sql, person);
	return memo_find(memo, &about.ask) != NULL;
}

static void
what_was_read_is_found_by_its_values(void **state)
{
	struct memo memo = { 0 };

	(void)state;
	read_about(&memo, SQL_USER_BY_ID, PERSON_1);
	assert_true(knows(&memo, SQL_USER_BY_ID, PERSON_1));
	assert_false(knows(&memo, SQL_USER_BY_ID, PERSON_2));
	assert_false(knows(&memo, SQL_DEVICES, PERSON_1));
	memo_free(&memo);
	assert_false(knows(&memo, SQL_USER_BY_ID, PERSON_1));
}

static void
a_change_spoils_what_it_changes(void **state)
{
	struct memo memo = { 0 };

	(void)state;
	read_about(&memo, SQL_USER_BY_ID, PERSON_1);
	read_about(&memo, SQL_USER_BY_ID, PERSON_2);
	read_about(&memo, SQL_DEVICES, PERSON_1);
	memo_spoil(&memo, SQL_USER_CODE_FAILED, VALUES(NUMBER(PERSON_1), NUMBER(3), NUMBER(0)));
	assert_false(knows(&memo, SQL_USER_BY_ID, PERSON_1));
	assert_true(knows(&memo, SQL_USER_BY_ID, PERSON_2));
	assert_true(knows(&memo, SQL_DEVICES, PERSON_1));
	memo_spoil(&memo, SQL_AUDIT_HOUR_ADD, VALUES(NUMBER(PERSON_2), NUMBER(1)));
	assert_true(knows(&memo, SQL_USER_BY_ID, PERSON_2));
	memo_free(&memo);
}

/* Of each statement that this file says nothing about. */
static void
any_other_change_spoils_all(void **state)
{
	struct memo memo = { 0 };

	(void)state;
	for (int sql = 0; sql < SQL_COUNT; sql++) {
		bool harmless = sql == SQL_USER_FAILED || sql == SQL_USER_SET_CODE ||
		    sql == SQL_USER_CODE_FAILED || sql == SQL_USER_FAILURES_TOLD ||
		    sql == SQL_USER_SIGNED_IN || sql == SQL_HOUR_PUT || sql == SQL_HEAD_SET ||
		    sql == SQL_HOUR_PRUNE || sql == SQL_AUDIT_ADD || sql == SQL_AUDIT_HOUR_ADD ||
		    sql == SQL_CHANGES_MORE;

		read_about(&memo, SQL_DEVICES, PERSON_1);
		memo_spoil(&memo, (enum sql)sql, VALUES(NUMBER(PERSON_1)));
		assert_int_equal(knows(&memo, SQL_DEVICES, PERSON_1), harmless);
		memo_clear(&memo);
	}
	memo_free(&memo);
}

static void
what_was_read_behind_a_mark_is_forgotten_with_it(void **state)
{
	struct memo memo = { 0 };

	(void)state;
	read_about(&memo, SQL_USER_BY_ID, PERSON_1);
	memo.marked = true;
	read_about(&memo, SQL_USER_BY_ID, PERSON_2);
	memo_undo(&memo);
	assert_true(knows(&memo, SQL_USER_BY_ID, PERSON_1));
	assert_false(knows(&memo, SQL_USER_BY_ID, PERSON_2));
	memo_free(&memo);
}

static void
what_waits_is_a_copy(void **state)
{
	struct questions *questions = calloc(1, sizeof *questions);
	struct about about;
	struct ask copy;

	(void)state;
	assert_non_null(questions);
	for (int64_t person = 0; person < 1000; person++) {
		ask_about(&about, SQL_USER_BY_ID, person);
		assert_int_equal(questions_add(questions, QUESTION_KEPT, &about.ask), ERR_OK);
	}
	memset(&about, 0, sizeof about);
	for (size_t i = 0; i < 1000; i++) {
		uint64_t person = htobe64(i);

		questions_get(questions, i, &copy);
		assert_string_equal(copy.sql, "SELECT");
		assert_int_equal(copy.prepared, SQL_USER_BY_ID);
		assert_int_equal(copy.count, 1);
		assert_int_equal(copy.lengths[0], sizeof person);
		assert_memory_equal(copy.values[0], &person, sizeof person);
	}
	questions_clear(questions);
	assert_int_equal(questions->count, 0);
	questions_free(questions);
}

/* A value may hold what somebody typed. */
static void
what_waited_is_wiped(void **state)
{
	struct questions *questions = calloc(1, sizeof *questions);
	struct ask ask = { .sql = "SELECT", .count = 1, .lengths = { 6 }, .values = { "secret" } };
	size_t used;

	(void)state;
	assert_non_null(questions);
	assert_int_equal(questions_add(questions, QUESTION_CHANGE, &ask), ERR_OK);
	used = questions->used;
	assert_non_null(memmem(questions->bytes, used, "secret", 6));
	questions_clear(questions);
	assert_null(memmem(questions->bytes, used, "secret", 6));
	questions_free(questions);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_read_is_found_by_its_values),
		cmocka_unit_test(a_change_spoils_what_it_changes),
		cmocka_unit_test(any_other_change_spoils_all),
		cmocka_unit_test(what_was_read_behind_a_mark_is_forgotten_with_it),
		cmocka_unit_test(what_waits_is_a_copy),
		cmocka_unit_test(what_waited_is_wiped),
	};

	return cmocka_run_group_tests_name("postgresql memo", tests, NULL, NULL);
}
