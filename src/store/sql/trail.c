/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the audit trail: by person, by verb, by day. */
#include "core/audit.h"
#include "store/engine.h"
#include "store/sql/sql.h"
#include "store/store_audit.h"

enum { HOUR = 3600 };

_Static_assert((int)SQL_AUDIT_VERB_DOWN - (int)SQL_AUDIT_ALL_UP + 1 == 2 * (int)STORE_AUDIT_KEYS,
    "two statements a key");

/* What came with version 2 of the schema. */
static enum err
read_audit_more(const struct columns *columns, struct store_audit *audit)
{
	int64_t version = 0, vouched = 0;
	enum err err = column_bytes(columns, 11, audit->mac, sizeof audit->mac);

	if (err == ERR_OK)
		err = column_upto(columns, 12, UINT32_MAX, &version);
	if (err == ERR_OK)
		err = column_text(columns, 13, audit->node, sizeof audit->node);
	if (err == ERR_OK)
		err = column_upto(columns, 14, 1, &vouched);
	audit->version = (uint32_t)version;
	audit->vouched = vouched != 0;
	return err;
}

enum err
sql_audit(const struct columns *columns, void *row)
{
	struct store_audit *audit = row;
	const struct {
		char *text;
		size_t size;
	} texts[] = {
		{ audit->who, sizeof audit->who },
		{ audit->source, sizeof audit->source },
		{ audit->terminal, sizeof audit->terminal },
		{ audit->action, sizeof audit->action },
		{ audit->target, sizeof audit->target },
		{ audit->result, sizeof audit->result },
		{ audit->detail, sizeof audit->detail },
	};
	int64_t uid = 0;
	enum err err = column_upto(columns, 9, UINT32_MAX, &uid);

	audit->id = column_number(columns, 0);
	audit->time = column_number(columns, 1);
	for (int i = 0; err == ERR_OK && i < 7; i++)
		err = column_text(columns, 2 + i, texts[i].text, texts[i].size);
	audit->peer_uid = (uint32_t)uid;
	audit->key = column_number(columns, 10);
	return err == ERR_OK ? read_audit_more(columns, audit) : err;
}

/* A clock that is before 1970 has no hour of its own. */
static int64_t
hour_of(int64_t time)
{
	return time < 0 ? 0 : time / HOUR;
}

enum err
sql_audit_hour(struct store *store, const struct store_audit *row, int64_t place)
{
	int64_t hour = hour_of(row->time);

	if (hour != 0 && store->trail.hour == hour)
		return ERR_OK;
	store->trail.hour = hour;
	return sql_change(store, SQL_AUDIT_HOUR_ADD, VALUES(NUMBER(place), NUMBER(hour)), NULL);
}

enum err
store_audit_find(struct store *store, const struct store_audit_range *range,
    struct store_audit *rows, size_t *io_count)
{
	enum sql sql = (enum sql)(
	    (int)SQL_AUDIT_ALL_UP + 2 * (int)range->key + (range->newest_first ? 1 : 0));
	const struct value values[] = { NUMBER(range->first), NUMBER(range->last),
		NUMBER((int64_t)*io_count), TEXT(range->text), { .type = VALUE_END } };
	const struct value all[] = { values[0], values[1], values[2], { .type = VALUE_END } };

	if (range->key == STORE_AUDIT_VERB && audit_is_daily(audit_find(range->text)))
		return ERR_FAILED;
	return sql_rows(store, sql, range->key == STORE_AUDIT_ALL ? all : values, sql_audit, rows,
	    sizeof *rows, io_count);
}

static enum err
read_span(const struct columns *columns, void *row)
{
	int64_t *span = row;

	span[0] = column_number(columns, 0);
	span[1] = column_number(columns, 1);
	return ERR_OK;
}

enum err
store_audit_ends(struct store *store, int64_t *ret_first, int64_t *ret_last)
{
	int64_t span[2] = { 1, 0 };
	enum err err = sql_row(store, SQL_AUDIT_ENDS, NO_VALUES, read_span, span);

	if (err == ERR_OK) {
		*ret_first = span[0];
		*ret_last = span[1];
	}
	return err;
}

enum err
store_audit_span(struct store *store, int64_t since, int64_t until, int64_t *ret_first,
    int64_t *ret_last)
{
	int64_t span[2] = { 0, 0 };
	enum err err;

	if (since >= until)
		return ERR_STORE_NONE;
	err = sql_row(store, SQL_AUDIT_SPAN,
	    VALUES(NUMBER(hour_of(since)), NUMBER(hour_of(until - 1))), read_span, span);
	if (err != ERR_OK || span[0] == 0)
		return err == ERR_OK ? ERR_STORE_NONE : err;
	*ret_first = span[0];
	*ret_last = span[1];
	return ERR_OK;
}
