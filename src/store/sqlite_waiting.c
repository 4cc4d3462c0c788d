/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator. */
#include "store/sqlite_private.h"
#include "store/store_waiting.h"

enum err
store_waiting_add(struct store *store, const struct store_waiting *waiting)
{
	return sqlite_change_one(store, SQL_WAITING_ADD,
	    VALUES(TEXT(waiting->action), NUMBER(waiting->asker), NUMBER(waiting->generation),
		NUMBER(waiting->person), TEXT(waiting->name), NUMBER(waiting->role),
		NUMBER(waiting->invite), TEXT(waiting->detail), TEXT(waiting->value),
		TEXT(waiting->phc), NUMBER(waiting->asked), NUMBER(waiting->until)));
}

/* The columns of WAITING in sqlite_sql.c. */
static enum err
read_texts(sqlite3_stmt *statement, struct store_waiting *row)
{
	const struct {
		int column;
		char *buf;
		size_t size;
	} texts[] = {
		{ 1, row->action, sizeof row->action },
		{ 5, row->name, sizeof row->name },
		{ 8, row->detail, sizeof row->detail },
		{ 9, row->value, sizeof row->value },
		{ 10, row->phc, sizeof row->phc },
		{ 13, row->asker_name, sizeof row->asker_name },
	};
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < sizeof texts / sizeof texts[0]; i++)
		err = sqlite_column_text(statement, texts[i].column, texts[i].buf, texts[i].size);
	return err;
}

static enum err
read_waiting(sqlite3_stmt *statement, void *row)
{
	struct store_waiting *waiting = row;
	int64_t role = 0, invite = 0, stands = 0;
	enum err err = sqlite_column_upto(statement, 6, ROLE_COUNT - 1, &role);

	if (err == ERR_OK)
		err = sqlite_column_upto(statement, 7, 1, &invite);
	if (err == ERR_OK)
		err = sqlite_column_upto(statement, 14, 1, &stands);
	waiting->id = sqlite3_column_int64(statement, 0);
	waiting->asker = sqlite3_column_int64(statement, 2);
	waiting->generation = sqlite3_column_int64(statement, 3);
	waiting->person = sqlite3_column_int64(statement, 4);
	waiting->role = (enum role)role;
	waiting->invite = invite != 0;
	waiting->asked = sqlite3_column_int64(statement, 11);
	waiting->until = sqlite3_column_int64(statement, 12);
	waiting->stands = stands != 0;
	return err == ERR_OK ? read_texts(statement, waiting) : err;
}

enum err
store_waiting_page(struct store *store, int64_t after, int64_t asker, struct store_waiting *rows,
    size_t *io_count)
{
	return sqlite_rows(store, SQL_WAITING, VALUES(NUMBER(after), NUMBER(asker)), read_waiting,
	    rows, sizeof *rows, io_count);
}

enum err
store_waiting_one(struct store *store, int64_t id, struct store_waiting *ret_waiting)
{
	struct store_waiting waiting = { 0 };
	enum err err = sqlite_row(store, SQL_WAITING_ONE, VALUES(NUMBER(id)), read_waiting,
	    &waiting);

	if (err == ERR_OK)
		*ret_waiting = waiting;
	return err;
}

enum err
store_waiting_remove(struct store *store, int64_t id)
{
	return sqlite_change_one(store, SQL_WAITING_REMOVE, VALUES(NUMBER(id)));
}

enum err
store_waiting_count(struct store *store, int64_t asker, int64_t *ret_count)
{
	return sqlite_row(store, SQL_WAITING_COUNT, VALUES(NUMBER(asker)), sqlite_number,
	    ret_count);
}

enum err
store_seconds(struct store *store, int64_t asker, int64_t person, int64_t *ret_count)
{
	return sqlite_row(store, SQL_SECONDS, VALUES(NUMBER(asker), NUMBER(person)), sqlite_number,
	    ret_count);
}
