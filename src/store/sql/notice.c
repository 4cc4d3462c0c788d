/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The notices. What a person has read is a mark (account.told: all up to it) and, above it, a row
 * each: so a few that are left unread hold nothing else up, and what is read in order costs one
 * number.
 */
#include "store/sql/sql.h"
#include "store/store_notice.h"

enum err
store_notice_add(struct store *store, const struct store_notice *notice, int64_t *ret_id)
{
	return sql_insert(store, SQL_NOTICE_ADD,
	    VALUES(NUMBER(notice->time), NUMBER(notice->user), NUMBER(notice->role),
		NUMBER(notice->about), NUMBER(notice->session), TEXT(notice->who),
		TEXT(notice->source), TEXT(notice->action), TEXT(notice->target),
		TEXT(notice->detail)),
	    ret_id);
}

static enum err
read_notice(const struct columns *columns, void *row)
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
	enum err err = column_upto(columns, 3, ROLE_COUNT - 1, &role);

	notice->id = column_number(columns, 0);
	notice->time = column_number(columns, 1);
	notice->user = column_number(columns, 2);
	notice->role = (enum role)role;
	notice->about = column_number(columns, 4);
	notice->session = column_number(columns, 5);
	for (int i = 0; err == ERR_OK && i < 5; i++)
		err = column_text(columns, 6 + i, texts[i].text, texts[i].size);
	notice->unread = column_number(columns, 11) != 0;
	return err;
}

enum err
store_notices(struct store *store, int64_t user, int64_t before, int64_t session,
    struct store_notice *notices, size_t *io_count)
{
	return sql_rows(store, SQL_NOTICES, VALUES(NUMBER(user), NUMBER(session), NUMBER(before)),
	    read_notice, notices, sizeof *notices, io_count);
}

enum err
store_notices_unread(struct store *store, int64_t user, int64_t session,
    struct store_notice *notices, size_t *io_count)
{
	return sql_rows(store, SQL_NOTICES_UNREAD, VALUES(NUMBER(user), NUMBER(session)),
	    read_notice, notices, sizeof *notices, io_count);
}

enum err
store_notices_count(struct store *store, int64_t user, int64_t session, int64_t most,
    int64_t *ret_count)
{
	int64_t count = 0;
	enum err err = sql_row(store, SQL_NOTICES_COUNT,
	    VALUES(NUMBER(user), NUMBER(session), NUMBER(most)), sql_number, &count);

	if (err == ERR_OK)
		*ret_count = count;
	return err;
}

/* Up to the oldest that is still unread, whoever did it, one number says that they are read. */
static enum err
move_mark(struct store *store, int64_t user)
{
	int64_t oldest = 0;
	enum err err = sql_row(store, SQL_NOTICES_OLDEST, VALUES(NUMBER(user)), sql_number,
	    &oldest);

	if (err == ERR_STORE_NONE)
		err = sql_row(store, SQL_NOTICES_NEXT, NO_VALUES, sql_number, &oldest);
	if (err == ERR_OK)
		err = sql_change_one(store, SQL_NOTICES_TOLD,
		    VALUES(NUMBER(user), NUMBER(oldest - 1)));
	if (err == ERR_OK)
		err = sql_change(store, SQL_NOTICES_FORGET, VALUES(NUMBER(user)), NULL);
	return err;
}

enum err
store_notices_read(struct store *store, int64_t user, int64_t session, int64_t oldest,
    int64_t newest)
{
	int64_t changed = 0;
	enum err err = sql_change(store, SQL_NOTICES_READ,
	    VALUES(NUMBER(user), NUMBER(session), NUMBER(oldest), NUMBER(newest)), &changed);

	if (err != ERR_OK || changed == 0)
		return err;
	return sql_whole(store, move_mark(store, user));
}
