/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw.h"

#include <stdio.h>

sqlite3 *
raw_open(const struct fixture *f)
{
	char path[96];
	sqlite3 *db = NULL;

	snprintf(path, sizeof path, "%s/console.db", f->path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

void
raw_run(struct fixture *f, const char *sql)
{
	sqlite3 *db = raw_open(f);

	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

int
raw_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int value;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	value = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return value;
}
