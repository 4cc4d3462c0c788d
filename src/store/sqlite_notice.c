/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The notices. What a person has read is a mark (account.told: all up to it) and, above it, a row
 * each: so a few that are left unread hold nothing else up, and what is read in order costs one
 * number.
 */
#include "store/sqlite_private.h"
#include "store/store_notice.h"

enum err
store_notice_add(struct store *store, const struct store_notice *notice, int64_t *ret_id)
{
	enum err err = sqlite_change_one(store, SQL_NOTICE_ADD,
	    VALUES(NUMBER(notice->time), NUMBER(notice->user), NUMBER(notice->role),
		NUMBER(notice->about), NUMBER(notice->session), TEXT(notice->who),
		TEXT(notice->source), TEXT(notice->action), TEXT(notice->target),
		TEXT(notice->detail)));

	if (err == ERR_OK)
		*ret_id = sqlite3_last_insert_rowid(store->db);
	return err;
}

static enum err
read_notice(sqlite3_stmt *statement, void *row)
{
	struct store_notice *notice = row;
	const struct {
		char *text;
		size_t size;
	} texts[] = {
		{ notice->who, sizeof notice->who },
		{ notice->source, sizeof notice->source },
		{ notice->action, sizeof notice->action },
		{ notice->target, sizeof notice->target },
		{ notice->detail, sizeof notice->detail },
	};
	int64_t role = 0;
	enum err err = sqlite_column_upto(statement, 3, ROLE_COUNT - 1, &role);

	notice->id = sqlite3_column_int64(statement, 0);
	notice->time = sqlite3_column_int64(statement, 1);
	notice->user = sqlite3_column_int64(statement, 2);
	notice->role = (enum role)role;
	notice->about = sqlite3_column_int64(statement, 4);
	notice->session = sqlite3_column_int64(statement, 5);
	for (int i = 0; err == ERR_OK && i < 5; i++)
		err = sqlite_column_text(statement, 6 + i, texts[i].text, texts[i].size);
	notice->unread = sqlite3_column_int64(statement, 11) != 0;
	return err;
}

enum err
store_notices(struct store *store, int64_t user, int64_t before, int64_t session,
    struct store_notice *notices, size_t *io_count)
{
	return sqlite_rows(store, SQL_NOTICES,
	    VALUES(NUMBER(user), NUMBER(session), NUMBER(before)), read_notice, notices,
	    sizeof *notices, io_count);
}

enum err
store_notices_unread(struct store *store, int64_t user, int64_t session,
    struct store_notice *notices, size_t *io_count)
{
	return sqlite_rows(store, SQL_NOTICES_UNREAD, VALUES(NUMBER(user), NUMBER(session)),
	    read_notice, notices, sizeof *notices, io_count);
}

enum err
store_notices_count(struct store *store, int64_t user, int64_t session, int64_t most,
    int64_t *ret_count)
{
	int64_t count = 0;
	enum err err = sqlite_row(store, SQL_NOTICES_COUNT,
	    VALUES(NUMBER(user), NUMBER(session), NUMBER(most)), sqlite_number, &count);

	if (err == ERR_OK)
		*ret_count = count;
	return err;
}

/* Up to the oldest that is still unread, whoever did it, one number says that they are read. */
static enum err
move_mark(struct store *store, int64_t user)
{
	int64_t oldest = 0;
	enum err err = sqlite_row(store, SQL_NOTICES_OLDEST, VALUES(NUMBER(user)), sqlite_number,
	    &oldest);

	if (err == ERR_STORE_NONE)
		err = sqlite_row(store, SQL_NOTICES_NEXT, NO_VALUES, sqlite_number, &oldest);
	if (err == ERR_OK)
		err = sqlite_change_one(store, SQL_NOTICES_TOLD,
		    VALUES(NUMBER(user), NUMBER(oldest - 1)));
	if (err == ERR_OK)
		err = sqlite_change(store, SQL_NOTICES_FORGET, VALUES(NUMBER(user)), NULL);
	return err;
}

enum err
store_notices_read(struct store *store, int64_t user, int64_t session, int64_t oldest,
    int64_t newest)
{
	int64_t changed = 0;
	enum err err = sqlite_change(store, SQL_NOTICES_READ,
	    VALUES(NUMBER(user), NUMBER(session), NUMBER(oldest), NUMBER(newest)), &changed);

	if (err != ERR_OK || changed == 0)
		return err;
	return sqlite_whole(store, move_mark(store, user));
}
