/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies further in the future than a right clock can have written it. */
#include "store/inspect.h"
#include "store/sql/sql.h"

#include "core/clock.h"
#include "core/throttle.h"

static enum err
read_ahead(const struct columns *columns, void *row)
{
	struct store_ahead *ahead = row;

	ahead->times = column_number(columns, 0);
	return column_text(columns, 1, ahead->who, sizeof ahead->who);
}

enum err
store_times_ahead(struct store *store, int64_t now, struct store_ahead *ret_ahead)
{
	struct store_ahead ahead = { 0 };
	enum err err = sql_row(store, SQL_TIMES_AHEAD,
	    VALUES(NUMBER(now / CLOCK_STEP + 1), NUMBER(now + THROTTLE_LONGEST),
		NUMBER(now + CLOCK_INVITATION_LONGEST), NUMBER(now + CLOCK_STEP)),
	    read_ahead, &ahead);

	if (err == ERR_OK)
		*ret_ahead = ahead;
	return err;
}
