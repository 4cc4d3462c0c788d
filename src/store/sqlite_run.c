/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One statement: bind, step, read, reset; and what SQLite's result codes mean. */
#include "store/sqlite_private.h"
#include "store/store_device.h"

#include <errno.h>
#include <string.h>

/* Extended codes stand before their primary code. */
static const struct {
	int code;
	enum err err;
} meanings[] = {
	{ SQLITE_IOERR_NOMEM, ERR_MEMORY },
	{ SQLITE_IOERR_SHMMAP, ERR_MEMORY },
	{ SQLITE_CONSTRAINT_UNIQUE, ERR_STORE_EXISTS },
	{ SQLITE_CONSTRAINT_PRIMARYKEY, ERR_STORE_EXISTS },
	{ SQLITE_CONSTRAINT_ROWID, ERR_STORE_EXISTS },
	{ SQLITE_CONSTRAINT_FOREIGNKEY, ERR_STORE_NONE },
	{ SQLITE_NOMEM, ERR_MEMORY },
	{ SQLITE_BUSY, ERR_STORE_BUSY },
	{ SQLITE_LOCKED, ERR_STORE_BUSY },
	{ SQLITE_PROTOCOL, ERR_STORE_BUSY },
	/* SQLite says so of a read that failed underneath as well: see store_look_again(). */
	{ SQLITE_NOTADB, ERR_STORE_SUSPECT },
	{ SQLITE_CORRUPT, ERR_STORE_SUSPECT },
	{ SQLITE_FORMAT, ERR_STORE_SUSPECT },
	{ SQLITE_FULL, ERR_STORE_FULL },
	{ SQLITE_READONLY, ERR_STORE_READONLY },
	{ SQLITE_PERM, ERR_STORE_READONLY },
};

/* The system's number of what failed: of the database, else of its log, else of whatever it was. */
static int
system_number(sqlite3 *db)
{
	const int files[] = { SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		sqlite3_file *file = NULL;
		int number = 0;

		if (sqlite3_file_control(db, "main", files[i], &file) == SQLITE_OK &&
		    file != NULL && file->pMethods != NULL &&
		    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number) ==
			SQLITE_OK &&
		    number != 0)
			return number;
	}
	return sqlite3_system_errno(db);
}

/* SQLite calls a disk that is full at fdatasync, or a quota, an I/O error: the system's number says
 * more. */
static enum err
io_err(int number)
{
	switch (number) {
	case ENOSPC:
	case EDQUOT:
		return ERR_STORE_FULL;
	case EROFS:
	case EACCES:
	case EPERM:
		return ERR_STORE_READONLY;
	case EMFILE:
	case ENFILE:
		return ERR_FILES;
	default:
		return ERR_STORE_IO;
	}
}

enum err
sqlite_err(sqlite3 *db, int code)
{
	if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		return ERR_OK;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (meanings[i].code == code || meanings[i].code == (code & 0xff))
			return meanings[i].err;
	}
	if ((code & 0xff) == SQLITE_IOERR)
		return io_err(db == NULL ? 0 : system_number(db));
	if ((code & 0xff) == SQLITE_CANTOPEN)
		return io_err(db == NULL ? 0 : sqlite3_system_errno(db));
	return ERR_FAILED;
}

static int
bind(sqlite3_stmt *statement, const struct value *values)
{
	int at = 0, code = SQLITE_OK;

	for (; code == SQLITE_OK && values->type != VALUE_END; values++) {
		at++;
		switch (values->type) {
		case VALUE_NUMBER:
			code = sqlite3_bind_int64(statement, at, values->number);
			break;
		case VALUE_TEXT:
			code = sqlite3_bind_text(statement, at, values->bytes, -1, SQLITE_STATIC);
			break;
		case VALUE_BYTES:
			code = sqlite3_bind_blob(statement, at, values->bytes, (int)values->length,
			    SQLITE_STATIC);
			break;
		case VALUE_END:
			break;
		}
	}
	if (code == SQLITE_OK && at != sqlite3_bind_parameter_count(statement))
		code = SQLITE_MISUSE;
	return code;
}

/* A statement keeps neither its locks nor pointers to what was bound. */
static void
finish(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

enum err
sqlite_run(struct store *store, enum sql sql, const struct value *values)
{
	sqlite3_stmt *statement = store->statements[sql];
	enum err err;
	int code = bind(statement, values);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	err = code == SQLITE_ROW ? ERR_FAILED : sqlite_err(store->db, code);
	finish(statement);
	return err;
}

enum err
sqlite_change(struct store *store, enum sql sql, const struct value *values, int64_t *ret_changed)
{
	enum err err;

	if (!store_in_turn(store))
		return ERR_FAILED;
	err = sqlite_run(store, sql, values);
	if (err == ERR_OK && ret_changed != NULL)
		*ret_changed = sqlite3_changes64(store->db);
	return err;
}

enum err
sqlite_change_one(struct store *store, enum sql sql, const struct value *values)
{
	int64_t changed = 0;
	enum err err = sqlite_change(store, sql, values, &changed);

	return err == ERR_OK && changed != 1 ? ERR_STORE_NONE : err;
}

enum err
sqlite_whole(struct store *store, enum err err)
{
	if (err != ERR_OK)
		store_rollback(store);
	return err;
}

enum err
sqlite_rows(struct store *store, enum sql sql, const struct value *values, sqlite_reader *reader,
    void *rows, size_t size, size_t *io_count)
{
	sqlite3_stmt *statement = store->statements[sql];
	size_t count = 0;
	enum err err = sqlite_err(store->db, bind(statement, values));

	while (err == ERR_OK && count < *io_count) {
		int code = sqlite3_step(statement);

		if (code == SQLITE_DONE)
			break;
		err = sqlite_err(store->db, code);
		if (err == ERR_OK)
			err = reader(statement, (char *)rows + count * size);
		count++;
	}
	finish(statement);
	if (err == ERR_OK)
		*io_count = count;
	return err;
}

enum err
sqlite_row(struct store *store, enum sql sql, const struct value *values, sqlite_reader *reader,
    void *row)
{
	size_t count = 1;
	enum err err = sqlite_rows(store, sql, values, reader, row, 0, &count);

	return err == ERR_OK && count == 0 ? ERR_STORE_NONE : err;
}

enum err
sqlite_number(sqlite3_stmt *statement, void *row)
{
	int64_t *number = row;

	*number = sqlite3_column_int64(statement, 0);
	return ERR_OK;
}

enum err
sqlite_column_text(sqlite3_stmt *statement, int column, char *buf, size_t size)
{
	const unsigned char *text = sqlite3_column_text(statement, column);
	size_t length = (size_t)sqlite3_column_bytes(statement, column);

	if (text == NULL)
		return sqlite3_errcode(sqlite3_db_handle(statement)) == SQLITE_NOMEM
		    ? ERR_MEMORY
		    : ERR_STORE_CORRUPT;
	if (length >= size || memchr(text, '\0', length) != NULL)
		return ERR_STORE_CORRUPT;
	memcpy(buf, text, length + 1);
	return ERR_OK;
}

enum err
sqlite_column_bytes(sqlite3_stmt *statement, int column, void *buf, size_t length)
{
	const void *bytes = sqlite3_column_blob(statement, column);

	if (bytes == NULL || (size_t)sqlite3_column_bytes(statement, column) != length)
		return ERR_STORE_CORRUPT;
	memcpy(buf, bytes, length);
	return ERR_OK;
}

enum err
sqlite_column_sealed(sqlite3_stmt *statement, int column, struct store_sealed *sealed)
{
	size_t length = (size_t)sqlite3_column_bytes(statement, column);

	if (length > sizeof sealed->bytes)
		return ERR_STORE_CORRUPT;
	sealed->key = sqlite3_column_int64(statement, column - 1);
	sealed->length = length;
	return sqlite_column_bytes(statement, column, sealed->bytes, length);
}

enum err
sqlite_column_upto(sqlite3_stmt *statement, int column, int64_t max, int64_t *ret_number)
{
	int64_t number = sqlite3_column_int64(statement, column);

	if (number < 0 || number > max)
		return ERR_STORE_CORRUPT;
	*ret_number = number;
	return ERR_OK;
}
