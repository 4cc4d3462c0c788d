/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is old goes by slices: a slice is a range of numbers, so that no index is needed, which each
 * failure would have to write. */
#include "store/sql/sql.h"
#include "store/store_prune.h"

static const struct {
	enum sql last;	 /* the greatest number of the slice after ?1 of ?2 rows; NULL: none */
	enum sql remove; /* after ?1, up to ?2, older than ?3 */
} slices[STORE_PRUNE_COUNT] = {
	[STORE_PRUNE_THROTTLE] = { SQL_THROTTLE_SLICE, SQL_THROTTLE_OLD },
	[STORE_PRUNE_HOUR] = { SQL_HOUR_SLICE, SQL_HOUR_OLD },
	[STORE_PRUNE_SOURCE] = { SQL_SOURCE_SLICE, SQL_SOURCE_OLD },
	[STORE_PRUNE_PENDING] = { SQL_PENDING_SLICE, SQL_PENDING_OLD },
	[STORE_PRUNE_NOTICE] = { SQL_NOTICE_SLICE, SQL_NOTICE_OLD },
};

enum err
store_prune(struct store *store, enum store_prune what, int64_t rows, int64_t before,
    int64_t *io_after, bool *ret_more, int64_t *ret_gone)
{
	int64_t last = 0, gone = 0;
	enum err err = sql_row(store, slices[what].last, VALUES(NUMBER(*io_after), NUMBER(rows)),
	    sql_number, &last);

	if (err == ERR_OK && last > *io_after)
		err = sql_change(store, slices[what].remove,
		    VALUES(NUMBER(*io_after), NUMBER(last), NUMBER(before)), &gone);
	if (err != ERR_OK)
		return err;
	*ret_more = last > *io_after;
	*ret_gone = gone;
	if (last > *io_after)
		*io_after = last;
	return ERR_OK;
}

static enum err
read_trust(const struct columns *columns, void *row)
{
	struct clock_trust *trust = row;

	trust->seen = column_number(columns, 0);
	trust->trusted = column_number(columns, 1);
	return ERR_OK;
}

enum err
store_trust(struct store *store, struct clock_trust *ret_trust)
{
	struct clock_trust trust = { 0 };
	enum err err = sql_row(store, SQL_TRUST, NO_VALUES, read_trust, &trust);

	if (err == ERR_STORE_NONE)
		err = ERR_OK;
	if (err == ERR_OK)
		*ret_trust = trust;
	return err;
}

enum err
store_trust_put(struct store *store, const struct clock_trust *trust)
{
	return sql_change_one(store, SQL_TRUST_PUT,
	    VALUES(NUMBER(trust->seen), NUMBER(trust->trusted)));
}
