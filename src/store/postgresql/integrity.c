/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PostgreSQL's own checks (amcheck) are for its superuser. Here every value of every table is read
 * once, which finds pages whose checksum is wrong, rows that cannot be taken apart, and what stands
 * outside the table (TOAST) and is missing.
 */
#include "store/postgresql/pg.h"

#include <stdio.h>

enum { READ_MS = 60000 };

static const char every_table[] =
    "SELECT coalesce('SELECT sum(bytes)::bigint FROM (' || string_agg(format("
    "'SELECT sum(octet_length(t::text)) AS bytes FROM %I.%I AS t', schemaname, tablename),"
    " ' UNION ALL ') || ') AS tables', 'SELECT 0::bigint') FROM pg_catalog.pg_tables"
    " WHERE schemaname = 'provconsole'";

/* Reading all of it takes longer than a turn may. */
static enum err
read_all(struct pg *pg, const char *sql, char *buf, size_t size)
{
	int turn_ms = pg->turn_ms;
	int64_t bytes = 0;
	enum err err = pg_do(pg, "SELECT set_config('statement_timeout', '60000', false)",
	    NO_VALUES);

	pg->turn_ms = READ_MS;
	if (err == ERR_OK)
		err = pg_number(pg, sql, NO_VALUES, &bytes);
	pg->turn_ms = turn_ms;
	if (err != ERR_OK)
		(void)snprintf(buf, size, "%s", pg->said);
	else
		(void)snprintf(buf, size, "%lld", (long long)bytes);
	return err;
}

enum err
pg_integrity(struct store *store, char *buf, size_t size)
{
	struct pg *pg = pg_of(store);
	PGresult *answer = NULL;
	enum err err = pg_ask(pg, every_table, NO_VALUES, &answer);

	if (err == ERR_OK)
		err = read_all(pg, PQgetvalue(answer, 0, 0), buf, size);
	PQclear(answer);
	return err;
}
