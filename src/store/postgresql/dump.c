/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every row of the database, for a backup. */
#include "store/postgresql/pg.h"

enum err
pg_dump(struct store *store, const struct store_reader *reader)
{
	(void)store;
	(void)reader;
	return ERR_FAILED;
}

enum err
pg_dump_count(struct store *store, int64_t *ret_rows)
{
	(void)store;
	(void)ret_rows;
	return ERR_FAILED;
}
