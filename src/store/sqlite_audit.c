/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail, and the notices told at home. */
#include "store/sqlite_private.h"
#include "store/store_audit.h"

static enum err
read_head(sqlite3_stmt *statement, void *row)
{
	struct store_head *head = row;
	enum err err = sqlite_column_upto(statement, 0, INT64_MAX, &head->count);

	head->key = sqlite3_column_int64(statement, 1);
	if (err == ERR_OK)
		err = sqlite_column_bytes(statement, 2, head->last, sizeof head->last);
	return err == ERR_OK ? sqlite_column_bytes(statement, 3, head->mac, sizeof head->mac) : err;
}

enum err
store_head(struct store *store, struct store_head *ret_head)
{
	struct store_head head = { 0 };
	enum err err = sqlite_row(store, SQL_HEAD, NO_VALUES, read_head, &head);

	if (err == ERR_OK)
		*ret_head = head;
	return err;
}

/* The row goes in only where it is the next one. */
enum err
store_audit_append(struct store *store, const struct store_audit *row,
    const struct store_head *head)
{
	int64_t added = 0;
	enum err err;

	if (head->count != row->id)
		return ERR_STORE_EXISTS;
	err = sqlite_change(store, SQL_AUDIT_ADD,
	    VALUES(NUMBER(row->id), NUMBER(row->time), TEXT(row->who), TEXT(row->source),
		TEXT(row->terminal), TEXT(row->action), TEXT(row->target), TEXT(row->result),
		TEXT(row->detail), NUMBER(row->peer_uid), NUMBER(row->key),
		BYTES(row->mac, sizeof row->mac), NUMBER(row->version), TEXT(row->node),
		NUMBER(row->vouched)),
	    &added);
	if (err != ERR_OK || added == 0)
		return err == ERR_OK ? ERR_STORE_EXISTS : err;
	err = sqlite_change_one(store, SQL_HEAD_SET,
	    VALUES(NUMBER(head->count), NUMBER(head->key), BYTES(head->last, sizeof head->last),
		BYTES(head->mac, sizeof head->mac)));
	return sqlite_whole(store, err == ERR_OK ? sqlite_audit_count(store, row) : err);
}

enum err
store_audit_page(struct store *store, int64_t after, struct store_audit *rows, size_t *io_count)
{
	return sqlite_rows(store, SQL_AUDIT_PAGE, VALUES(NUMBER(after)), sqlite_audit, rows,
	    sizeof *rows, io_count);
}

enum err
store_notice_add(struct store *store, const struct store_notice *notice, int64_t *ret_id)
{
	enum err err = sqlite_change_one(store, SQL_NOTICE_ADD,
	    VALUES(NUMBER(notice->time), TEXT(notice->action), TEXT(notice->detail),
		NUMBER(notice->role)));

	if (err == ERR_OK)
		*ret_id = sqlite3_last_insert_rowid(store->db);
	return err;
}

static enum err
read_notice(sqlite3_stmt *statement, void *row)
{
	struct store_notice *notice = row;
	int64_t role = 0;
	enum err err = sqlite_column_upto(statement, 4, ROLE_COUNT - 1, &role);

	notice->id = sqlite3_column_int64(statement, 0);
	notice->time = sqlite3_column_int64(statement, 1);
	notice->role = (enum role)role;
	if (err == ERR_OK)
		err = sqlite_column_text(statement, 2, notice->action, sizeof notice->action);
	return err == ERR_OK
	    ? sqlite_column_text(statement, 3, notice->detail, sizeof notice->detail)
	    : err;
}

enum err
store_notices(struct store *store, int64_t user, enum role role, struct store_notice *notices,
    size_t *io_count)
{
	return sqlite_rows(store, SQL_NOTICES, VALUES(NUMBER(user), NUMBER(role)), read_notice,
	    notices, sizeof *notices, io_count);
}

enum err
store_notices_told(struct store *store, int64_t user, int64_t id)
{
	return sqlite_change_one(store, SQL_NOTICES_TOLD, VALUES(NUMBER(user), NUMBER(id)));
}
