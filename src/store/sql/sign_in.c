/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People's sign-ins: which rows of the trail they are. */
#include "store/sql/sql.h"
#include "store/store_sign_in.h"

enum err
store_sign_in_add(struct store *store, int64_t user, int64_t row)
{
	enum err err = sql_change_one(store, SQL_SIGN_IN_ADD, VALUES(NUMBER(user), NUMBER(row)));

	if (err != ERR_OK)
		return err;
	return sql_whole(store, sql_change(store, SQL_SIGN_IN_FORGET, VALUES(NUMBER(user)), NULL));
}

static enum err
read_sign_in(const struct columns *columns, void *row)
{
	struct store_sign_in *sign_in = row;
	enum err err = column_text(columns, 2, sign_in->source, sizeof sign_in->source);

	sign_in->row = column_number(columns, 0);
	sign_in->time = column_number(columns, 1);
	return err == ERR_OK ? column_text(columns, 3, sign_in->detail, sizeof sign_in->detail)
			     : err;
}

enum err
store_sign_ins(struct store *store, int64_t user, int64_t before, struct store_sign_in *sign_ins,
    size_t *io_count)
{
	return sql_rows(store, SQL_SIGN_INS, VALUES(NUMBER(user), NUMBER(before)), read_sign_in,
	    sign_ins, sizeof *sign_ins, io_count);
}

enum err
store_sign_in(struct store *store, int64_t user, int64_t row, int64_t *ret_device)
{
	return sql_row(store, SQL_SIGN_IN, VALUES(NUMBER(user), NUMBER(row)), sql_number,
	    ret_device);
}

enum err
store_sign_in_before(struct store *store, int64_t user, int64_t row, int64_t *ret_device)
{
	return sql_row(store, SQL_SIGN_IN_BEFORE, VALUES(NUMBER(user), NUMBER(row)), sql_number,
	    ret_device);
}
