/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People's sign-ins: which rows of the trail they are. */
#include "store/sqlite_private.h"
#include "store/store_sign_in.h"

enum err
store_sign_in_add(struct store *store, int64_t user, int64_t row)
{
	enum err err = sqlite_change_one(store, SQL_SIGN_IN_ADD, VALUES(NUMBER(user), NUMBER(row)));

	if (err != ERR_OK)
		return err;
	return sqlite_whole(store,
	    sqlite_change(store, SQL_SIGN_IN_FORGET, VALUES(NUMBER(user)), NULL));
}

static enum err
read_sign_in(sqlite3_stmt *statement, void *row)
{
	struct store_sign_in *sign_in = row;
	enum err err = sqlite_column_text(statement, 2, sign_in->source, sizeof sign_in->source);

	sign_in->row = sqlite3_column_int64(statement, 0);
	sign_in->time = sqlite3_column_int64(statement, 1);
	return err == ERR_OK
	    ? sqlite_column_text(statement, 3, sign_in->detail, sizeof sign_in->detail)
	    : err;
}

enum err
store_sign_ins(struct store *store, int64_t user, int64_t before, struct store_sign_in *sign_ins,
    size_t *io_count)
{
	return sqlite_rows(store, SQL_SIGN_INS, VALUES(NUMBER(user), NUMBER(before)), read_sign_in,
	    sign_ins, sizeof *sign_ins, io_count);
}

enum err
store_sign_in(struct store *store, int64_t user, int64_t row, int64_t *ret_device)
{
	return sqlite_row(store, SQL_SIGN_IN, VALUES(NUMBER(user), NUMBER(row)), sqlite_number,
	    ret_device);
}

enum err
store_sign_in_before(struct store *store, int64_t user, int64_t row, int64_t *ret_device)
{
	return sqlite_row(store, SQL_SIGN_IN_BEFORE, VALUES(NUMBER(user), NUMBER(row)),
	    sqlite_number, ret_device);
}
