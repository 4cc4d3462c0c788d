/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked in PostgreSQL's words, and what its answers mean; without a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "store/postgresql/dialect.h"
#include "store/postgresql/pg.h"
#include "store/postgresql/state.h"

static void
words_are_put_in_postgresqls_place(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "", "" },
		{ "SELECT ?1, ?12", "SELECT $1, $12" },
		{ "DELETE FROM device WHERE user = ?1", "DELETE FROM device WHERE \"user\" = $1" },
		{ "SELECT users, user_id, row FROM x", "SELECT users, user_id, \"row\" FROM x" },
		{ "account.user = 'user ?1 row'", "account.\"user\" = 'user ?1 row'" },
		{ "FROM account INDEXED BY account_role WHERE x", "FROM account WHERE x" },
		{ "AND +fold >= ?2 AND a + b", "AND fold >= $2 AND a + b" },
		{ "(SELECT seq FROM sqlite_sequence WHERE name = 'notice')",
		    "(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM notice_id_seq)" },
		{ "x = 'unfinished", "x = 'unfinished" },
	};
	char text[DIALECT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(dialect(rows[i].from, text, sizeof text));
		assert_string_equal(text, rows[i].to);
	}
}

static void
what_does_not_fit_is_told(void **state)
{
	char text[8];

	(void)state;
	assert_true(dialect("1234567", text, sizeof text));
	assert_false(dialect("12345678", text, sizeof text));
	assert_false(dialect("user 1", text, sizeof text));
	assert_false(dialect("", text, 0));
}

static void
a_limit_of_its_own_is_seen(void **state)
{
	(void)state;
	assert_true(dialect_is_limited("SELECT 1 LIMIT 1"));
	assert_true(dialect_is_limited("SELECT 1 LIMIT ?12"));
	assert_false(dialect_is_limited("SELECT 1 LIMIT ?1) AS x"));
	assert_false(dialect_is_limited("SELECT 1 ORDER BY 1"));
	assert_false(dialect_is_limited("?1"));
	assert_false(dialect_is_limited(""));
}

/* No statement is left in SQLite's words alone. */
static void
every_statement_is_said(void **state)
{
	static const char *const foreign[] = { "OR REPLACE", "INDEXED", "sqlite", "?", " IS NOT (",
		" min(failures", " max(told" };
	char text[DIALECT_SIZE];

	(void)state;
	for (int sql = 0; sql < SQL_COUNT; sql++) {
		assert_non_null(pg_text((enum sql)sql));
		assert_true(dialect(pg_text((enum sql)sql), text, sizeof text));
		for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
			if (strstr(text, foreign[i]) != NULL)
				fail_msg("%s stands in: %s", foreign[i], text);
	}
}

static void
a_state_means_what_it_says(void **state)
{
	static const struct {
		const char *state;
		enum err err;
	} rows[] = {
		{ NULL, ERR_STORE_AWAY },
		{ "23505", ERR_STORE_EXISTS },
		{ "23503", ERR_STORE_NONE },
		{ "25006", ERR_STORE_READONLY },
		{ "25P03", ERR_STORE_AWAY },
		{ "53100", ERR_STORE_FULL },
		{ "53300", ERR_STORE_AWAY },
		{ "40P01", ERR_STORE_AWAY },
		{ "55P03", ERR_STORE_AWAY },
		{ "57P01", ERR_STORE_AWAY },
		{ "08006", ERR_STORE_AWAY },
		{ "XX001", ERR_STORE_CORRUPT },
		{ "42601", ERR_FAILED },
		{ "", ERR_FAILED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(state_err(rows[i].state), rows[i].err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_put_in_postgresqls_place),
		cmocka_unit_test(what_does_not_fit_is_told),
		cmocka_unit_test(a_limit_of_its_own_is_seen),
		cmocka_unit_test(every_statement_is_said),
		cmocka_unit_test(a_state_means_what_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
