/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator. */
#include "store/sql/sql.h"
#include "store/store_waiting.h"

enum err
store_waiting_add(struct store *store, const struct store_waiting *waiting)
{
	return sql_change_one(store, SQL_WAITING_ADD,
	    VALUES(TEXT(waiting->action), NUMBER(waiting->asker), NUMBER(waiting->generation),
		NUMBER(waiting->person), TEXT(waiting->name), NUMBER(waiting->role),
		NUMBER(waiting->invite), TEXT(waiting->detail), TEXT(waiting->value),
		TEXT(waiting->phc), NUMBER(waiting->asked), NUMBER(waiting->until)));
}

/* The columns of WAITING in sql_text.c. */
static enum err
read_texts(const struct columns *columns, struct store_waiting *row)
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
		err = column_text(columns, texts[i].column, texts[i].buf, texts[i].size);
	return err;
}

static enum err
read_waiting(const struct columns *columns, void *row)
{
	struct store_waiting *waiting = row;
	int64_t role = 0, invite = 0, stands = 0;
	enum err err = column_upto(columns, 6, ROLE_COUNT - 1, &role);

	if (err == ERR_OK)
		err = column_upto(columns, 7, 1, &invite);
	if (err == ERR_OK)
		err = column_upto(columns, 14, 1, &stands);
	waiting->id = column_number(columns, 0);
	waiting->asker = column_number(columns, 2);
	waiting->generation = column_number(columns, 3);
	waiting->person = column_number(columns, 4);
	waiting->role = (enum role)role;
	waiting->invite = invite != 0;
	waiting->asked = column_number(columns, 11);
	waiting->until = column_number(columns, 12);
	waiting->stands = stands != 0;
	return err == ERR_OK ? read_texts(columns, waiting) : err;
}

enum err
store_waiting_page(struct store *store, int64_t after, int64_t asker, struct store_waiting *rows,
    size_t *io_count)
{
	return sql_rows(store, SQL_WAITING, VALUES(NUMBER(after), NUMBER(asker)), read_waiting,
	    rows, sizeof *rows, io_count);
}

enum err
store_waiting_one(struct store *store, int64_t id, struct store_waiting *ret_waiting)
{
	struct store_waiting waiting = { 0 };
	enum err err = sql_row(store, SQL_WAITING_ONE, VALUES(NUMBER(id)), read_waiting, &waiting);

	if (err == ERR_OK)
		*ret_waiting = waiting;
	return err;
}

enum err
store_waiting_remove(struct store *store, int64_t id)
{
	return sql_change_one(store, SQL_WAITING_REMOVE, VALUES(NUMBER(id)));
}

enum err
store_waiting_count(struct store *store, int64_t asker, int64_t *ret_count)
{
	return sql_row(store, SQL_WAITING_COUNT, VALUES(NUMBER(asker)), sql_number, ret_count);
}

enum err
store_seconds(struct store *store, int64_t asker, int64_t person, int64_t *ret_count)
{
	return sql_row(store, SQL_SECONDS, VALUES(NUMBER(asker), NUMBER(person)), sql_number,
	    ret_count);
}
