/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail. */
#include "core/audit.h"
#include "store/engine.h"
#include "store/sql/sql.h"
#include "store/store_audit.h"

static enum err
read_head(const struct columns *columns, void *row)
{
	struct store_head *head = row;
	enum err err = column_upto(columns, 0, INT64_MAX, &head->count);

	head->key = column_number(columns, 1);
	if (err == ERR_OK)
		err = column_bytes(columns, 2, head->last, sizeof head->last);
	return err == ERR_OK ? column_bytes(columns, 3, head->mac, sizeof head->mac) : err;
}

enum err
store_head(struct store *store, struct store_head *ret_head)
{
	struct store_head head = { 0 };
	struct store_trail *trail = &store->trail;
	bool in_turn = store_in_turn(store);
	enum err err = ERR_OK;

	if (!in_turn || !trail->known)
		err = sql_row(store, SQL_HEAD, NO_VALUES, read_head, &head);
	if (err == ERR_OK && in_turn && !trail->known)
		*trail = (struct store_trail){ .known = true, .head = head };
	if (err == ERR_OK)
		*ret_head = in_turn ? trail->head : head;
	return err;
}

/* An id of 0 is not known yet. */
static enum err
add_row(struct store *store, const struct store_audit *row, struct changes *io_changes)
{
	return sql_insert_row(store, SQL_AUDIT_ADD,
	    VALUES(NUMBER(row->id), NUMBER(row->time), TEXT(row->who), TEXT(row->source),
		TEXT(row->terminal), TEXT(row->action), TEXT(row->target), TEXT(row->result),
		TEXT(row->detail), NUMBER(row->peer_uid), NUMBER(row->key),
		BYTES(row->mac, sizeof row->mac), NUMBER(row->version), TEXT(row->node),
		NUMBER(row->vouched)),
	    io_changes);
}

/* The row goes in only where it is the next one. */
enum err
store_audit_append(struct store *store, const struct store_audit *row,
    const struct store_head *head, int64_t *ret_place)
{
	struct changes changes = { .later = ret_place == NULL };
	struct store_head before = { 0 };
	enum err err = store_in_turn(store) ? store_head(store, &before) : ERR_FAILED;

	if (err != ERR_OK)
		return err;
	if (head->count != row->id || before.count != row->id - 1)
		return ERR_STORE_EXISTS;
	err = add_row(store, row, &changes);
	if (err != ERR_OK)
		return err;
	err = sql_audit_hour(store, row, changes.id);
	store->trail.head = *head;
	store->trail.moved = true;
	if (changes.id != 0)
		store->placed = changes.id;
	if (ret_place != NULL)
		*ret_place = changes.id;
	return sql_whole(store, err);
}

enum err
sql_trail_end(struct store *store)
{
	const struct store_head *head = &store->trail.head;

	if (!store->trail.moved || !store_in_turn(store))
		return ERR_OK;
	store->trail.moved = false;
	return sql_whole(store,
	    sql_one_later(store, SQL_HEAD_SET,
		VALUES(NUMBER(head->count), NUMBER(head->key), BYTES(head->last, sizeof head->last),
		    BYTES(head->mac, sizeof head->mac))));
}

int64_t
store_audit_placed(const struct store *store)
{
	return store->placed;
}

enum err
store_audit_page(struct store *store, int64_t after, struct store_audit *rows, size_t *io_count)
{
	return sql_rows(store, SQL_AUDIT_PAGE, VALUES(NUMBER(after)), sql_audit, rows, sizeof *rows,
	    io_count);
}

struct walk {
	struct store_audit row;
	store_audit_visit *visit;
	void *context;
};

static enum err
read_and_visit(const struct columns *columns, void *row)
{
	struct walk *walk = row;
	enum err err = sql_audit(columns, &walk->row);

	return err == ERR_OK ? walk->visit(walk->context, &walk->row) : err;
}

enum err
store_audit_walk(struct store *store, int64_t after, store_audit_visit *visit, void *context,
    size_t *io_count)
{
	struct walk walk = { .visit = visit, .context = context };

	return sql_rows(store, SQL_AUDIT_PAGE, VALUES(NUMBER(after)), read_and_visit, &walk, 0,
	    io_count);
}

enum err
store_audit_charted(struct store *store, int64_t first, int64_t last, store_audit_visit *visit,
    void *context)
{
	struct walk walk = { .visit = visit, .context = context };
	size_t count = SIZE_MAX;

	return sql_rows(store, SQL_AUDIT_CHARTED,
	    VALUES(NUMBER(first), NUMBER(last), TEXT(audit_name(AUDIT_SIGN_IN))), read_and_visit,
	    &walk, 0, &count);
}

/* --- up to where it was pruned --- */

static enum err
read_checkpoint(const struct columns *columns, void *row)
{
	struct store_checkpoint *checkpoint = row;
	enum err err = column_upto(columns, 0, INT64_MAX, &checkpoint->number);

	checkpoint->newest = column_number(columns, 1);
	checkpoint->pruned = column_number(columns, 2);
	checkpoint->until = column_number(columns, 3);
	checkpoint->key = column_number(columns, 4);
	if (err == ERR_OK)
		err = column_bytes(columns, 5, checkpoint->last, sizeof checkpoint->last);
	return err == ERR_OK ? column_bytes(columns, 6, checkpoint->mac, sizeof checkpoint->mac)
			     : err;
}

enum err
store_audit_checkpoint(struct store *store, struct store_checkpoint *ret_checkpoint)
{
	struct store_checkpoint checkpoint = { 0 };
	enum err err = sql_row(store, SQL_CHECKPOINT, NO_VALUES, read_checkpoint, &checkpoint);

	if (err == ERR_STORE_NONE)
		err = ERR_OK;
	if (err == ERR_OK)
		*ret_checkpoint = checkpoint;
	return err;
}

static enum err
read_oldest(const struct columns *columns, void *row)
{
	struct store_oldest *oldest = row;

	oldest->id = column_number(columns, 0);
	oldest->time = column_number(columns, 1);
	return column_bytes(columns, 2, oldest->mac, sizeof oldest->mac);
}

enum err
store_audit_oldest(struct store *store, int64_t after, struct store_oldest *rows, size_t *io_count)
{
	return sql_rows(store, SQL_AUDIT_OLDEST, VALUES(NUMBER(after)), read_oldest, rows,
	    sizeof *rows, io_count);
}

enum err
store_audit_prune(struct store *store, const struct store_checkpoint *checkpoint)
{
	enum err err = sql_change(store, SQL_AUDIT_CUT, VALUES(NUMBER(checkpoint->number)), NULL);

	if (err != ERR_OK)
		return err;
	err = sql_whole(store,
	    sql_change(store, SQL_AUDIT_HOURS_CUT, VALUES(NUMBER(checkpoint->number)), NULL));
	if (err != ERR_OK)
		return err;
	return sql_whole(store,
	    sql_change_one(store, SQL_CHECKPOINT_PUT,
		VALUES(NUMBER(checkpoint->number), NUMBER(checkpoint->newest),
		    NUMBER(checkpoint->pruned), NUMBER(checkpoint->until), NUMBER(checkpoint->key),
		    BYTES(checkpoint->last, sizeof checkpoint->last),
		    BYTES(checkpoint->mac, sizeof checkpoint->mac))));
}
