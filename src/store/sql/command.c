/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When people ran commands, and whose recordings there are. */
#include "store/sql/sql.h"
#include "store/store_run.h"

enum err
store_command_ran(struct store *store, int64_t user, const char *command, int64_t now)
{
	return sql_change(store, SQL_COMMAND_RAN, VALUES(NUMBER(user), TEXT(command), NUMBER(now)),
	    NULL);
}

enum err
store_command_last(struct store *store, int64_t user, const char *command, int64_t *ret_last)
{
	return sql_row(store, SQL_COMMAND_LAST, VALUES(NUMBER(user), TEXT(command)), sql_number,
	    ret_last);
}

enum err
store_recording_add(struct store *store, const char *id, int64_t user, int64_t now)
{
	return sql_change(store, SQL_RECORDING_ADD, VALUES(TEXT(id), NUMBER(user), NUMBER(now)),
	    NULL);
}

enum err
store_recording_user(struct store *store, const char *id, int64_t *ret_user)
{
	return sql_row(store, SQL_RECORDING_USER, VALUES(TEXT(id)), sql_number, ret_user);
}

enum err
store_recording_prune(struct store *store, int64_t before)
{
	return sql_change(store, SQL_RECORDING_PRUNE, VALUES(NUMBER(before)), NULL);
}
