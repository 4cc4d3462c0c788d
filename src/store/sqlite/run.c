/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One statement: bind, step, read, reset; and what SQLite's result codes mean. */
#include "store/sqlite/sqlite.h"

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
sqlite_run(struct store *store, enum sql sql, const struct value *values,
    struct changes *ret_changes)
{
	struct sqlite *lite = sqlite_of(store);
	sqlite3_stmt *statement = lite->statements[sql];
	enum err err;
	int code = bind(statement, values);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	err = code == SQLITE_ROW ? ERR_FAILED : sqlite_err(lite->db, code);
	finish(statement);
	if (err == ERR_OK && ret_changes != NULL)
		*ret_changes = (struct changes){ .rows = sqlite3_changes64(lite->db),
			.id = sqlite3_last_insert_rowid(lite->db) };
	return err;
}

enum err
sqlite_rows(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count)
{
	struct sqlite *lite = sqlite_of(store);
	sqlite3_stmt *statement = lite->statements[sql];
	const struct columns columns = { .engine = store->engine, .answer = statement };
	size_t count = 0;
	enum err err = sqlite_err(lite->db, bind(statement, values));

	while (err == ERR_OK && count < *io_count) {
		int code = sqlite3_step(statement);

		if (code == SQLITE_DONE)
			break;
		err = sqlite_err(lite->db, code);
		if (err == ERR_OK)
			err = reader(&columns, (char *)rows + count * size);
		count++;
	}
	finish(statement);
	if (err == ERR_OK)
		*io_count = count;
	return err;
}

int64_t
sqlite_number(const struct columns *columns, int column)
{
	return sqlite3_column_int64(columns->answer, column);
}

/* SQLite answers what has no bytes with NULL, as it does where there is no memory. */
enum err
sqlite_bytes(const struct columns *columns, int column, const void **ret_bytes, size_t *ret_length)
{
	sqlite3_stmt *statement = columns->answer;

	*ret_bytes = NULL;
	*ret_length = 0;
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return ERR_OK;
	*ret_bytes = sqlite3_column_blob(statement, column);
	*ret_length = (size_t)sqlite3_column_bytes(statement, column);
	if (*ret_bytes == NULL) {
		if (sqlite3_errcode(sqlite3_db_handle(statement)) == SQLITE_NOMEM)
			return ERR_MEMORY;
		*ret_bytes = "";
	}
	return ERR_OK;
}
