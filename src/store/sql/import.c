/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports that are under way, and what they have added. */
#include "store/sql/sql.h"
#include "store/store_import.h"
#include "store/store_user.h"

static enum err
read_import(const struct columns *columns, void *row)
{
	struct store_import *import = row;
	int64_t done = 0;
	enum err err = column_upto(columns, 1, 1, &done);

	import->id = column_number(columns, 0);
	import->done = done != 0;
	if (err == ERR_OK)
		err = column_text(columns, 2, import->who, sizeof import->who);
	return err == ERR_OK ? column_text(columns, 3, import->phc, sizeof import->phc) : err;
}

enum err
store_import_open(struct store *store, const struct store_import *import, int64_t *ret_id)
{
	return sql_insert(store, SQL_IMPORT_OPEN, VALUES(TEXT(import->who), TEXT(import->phc)),
	    ret_id);
}

enum err
store_import(struct store *store, int64_t id, struct store_import *ret_import)
{
	struct store_import import = { 0 };
	enum err err = sql_row(store, SQL_IMPORT, VALUES(NUMBER(id)), read_import, &import);

	if (err == ERR_OK)
		*ret_import = import;
	return err;
}

enum err
store_imports(struct store *store, struct store_import *imports, size_t *io_count)
{
	return sql_rows(store, SQL_IMPORTS, NO_VALUES, read_import, imports, sizeof *imports,
	    io_count);
}

enum err
store_import_note(struct store *store, int64_t id, int64_t user, int64_t device)
{
	return sql_change_one(store, SQL_IMPORT_NOTE,
	    VALUES(NUMBER(id), NUMBER(user), NUMBER(device)));
}

enum err
store_import_has(struct store *store, int64_t id, int64_t user, bool *ret_has)
{
	int64_t count = 0;
	enum err err = sql_row(store, SQL_IMPORT_HAS, VALUES(NUMBER(id), NUMBER(user)), sql_number,
	    &count);

	if (err == ERR_OK)
		*ret_has = count > 0;
	return err;
}

enum err
store_import_finish(struct store *store, int64_t id)
{
	return sql_change_one(store, SQL_IMPORT_FINISH, VALUES(NUMBER(id)));
}

static enum err
read_imported(const struct columns *columns, void *row)
{
	struct store_imported *imported = row;

	imported->user = column_number(columns, 0);
	imported->device = column_number(columns, 1);
	return column_text(columns, 2, imported->name, sizeof imported->name);
}

enum err
store_import_rows(struct store *store, int64_t id, struct store_imported *rows, size_t *io_count)
{
	return sql_rows(store, SQL_IMPORT_ROWS, VALUES(NUMBER(id)), read_imported, rows,
	    sizeof *rows, io_count);
}

static enum err
undo_device(struct store *store, const struct store_imported *row, bool *ret_gone)
{
	int64_t changed = 0;
	enum err err = sql_change(store, SQL_IMPORT_UNDO_DEVICE,
	    VALUES(NUMBER(row->user), NUMBER(row->device)), &changed);

	if (err == ERR_OK && changed > 0)
		err = sql_device_tally(store, row->user);
	if (err == ERR_OK)
		*ret_gone = changed > 0;
	return err;
}

static enum err
undo_person(struct store *store, const struct store_imported *row, bool *ret_gone)
{
	struct account account;
	enum err err = store_user_by_id(store, row->user, &account, NULL);

	if (err == ERR_STORE_NONE)
		return ERR_OK;
	if (err != ERR_OK || account.last_sign_in != 0)
		return err;
	err = store_user_remove(store, row->user);
	if (err == ERR_OK)
		*ret_gone = true;
	return err;
}

enum err
store_import_undo(struct store *store, int64_t id, const struct store_imported *row, bool *ret_gone)
{
	bool gone = false;
	enum err err = sql_change(store, SQL_IMPORT_FORGET_ONE,
	    VALUES(NUMBER(id), NUMBER(row->user), NUMBER(row->device)), NULL);

	if (err == ERR_OK)
		err = row->device == 0 ? undo_person(store, row, &gone)
				       : undo_device(store, row, &gone);
	if (err != ERR_OK)
		return sql_whole(store, err);
	*ret_gone = gone;
	return ERR_OK;
}

enum err
store_import_forget(struct store *store, int64_t id, int64_t most, bool *ret_left)
{
	int64_t changed = 0;
	enum err err = sql_change(store, SQL_IMPORT_FORGET, VALUES(NUMBER(id), NUMBER(most)),
	    &changed);

	if (err == ERR_OK && changed < most)
		err = sql_change(store, SQL_IMPORT_REMOVE, VALUES(NUMBER(id)), NULL);
	if (err == ERR_OK)
		*ret_left = changed >= most;
	return err;
}
