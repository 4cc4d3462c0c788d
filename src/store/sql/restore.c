/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a restore changes, and when the last backup was. */
#include "store/sql/sql.h"
#include "store/store_dump.h"

enum err
store_restored(struct store *store, int64_t floor)
{
	static const enum sql changes[] = { SQL_RESTORED_PENDING, SQL_RESTORED_ACCOUNTS };
	enum err err = sql_change_one(store, SQL_FLOOR_SET, VALUES(NUMBER(floor)));

	for (size_t i = 0; err == ERR_OK && i < sizeof changes / sizeof *changes; i++)
		err = sql_change(store, changes[i], NO_VALUES, NULL);
	return sql_whole(store, err);
}

enum err
store_floor(struct store *store, int64_t *ret_floor)
{
	return sql_row(store, SQL_FLOOR, NO_VALUES, sql_number, ret_floor);
}

enum err
store_floor_last(struct store *store, int64_t most)
{
	return sql_change(store, SQL_FLOOR_LAST, VALUES(NUMBER(most)), NULL);
}

enum err
store_backup_time(struct store *store, int64_t *ret_time)
{
	return sql_row(store, SQL_BACKUP_TIME, NO_VALUES, sql_number, ret_time);
}

enum err
store_set_backup_time(struct store *store, int64_t time)
{
	return sql_change_one(store, SQL_SET_BACKUP_TIME, VALUES(NUMBER(time)));
}
