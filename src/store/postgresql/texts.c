/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statements in PostgreSQL's words, as they are sent. */
#include "store/postgresql/pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgresql/dialect.h"

/* These tell the id of the row that they put in. */
static const enum sql inserts[] = { SQL_DEVICE_ADD, SQL_PENDING_PUT, SQL_NOTICE_ADD,
	SQL_IMPORT_OPEN, SQL_AUDIT_ADD };

/* The greatest number of a parameter. */
static int
parameters(const char *sql)
{
	int most = 0;

	for (; (sql = strchr(sql, '?')) != NULL; sql++) {
		int number = atoi(sql + 1);

		if (number > most)
			most = number;
	}
	return most;
}

/* What begins WITH something may also change something. */
static bool
is_query(const char *sql)
{
	return strncmp(sql, "SELECT", 6) == 0 ||
	    (strncmp(sql, "WITH", 4) == 0 && strstr(sql, "INSERT") == NULL &&
		strstr(sql, "DELETE") == NULL);
}

bool
pg_takes_limit(enum sql sql)
{
	const char *source = pg_text(sql);

	return is_query(source) && !dialect_is_limited(source);
}

static bool
tells_id(enum sql sql)
{
	for (size_t i = 0; i < sizeof inserts / sizeof *inserts; i++)
		if (inserts[i] == sql)
			return true;
	return false;
}

/* A reader of rows stops where it has enough; here it must be said before. */
static void
write_end(enum sql sql, const char *source, char end[40])
{
	end[0] = '\0';
	if (pg_takes_limit(sql))
		(void)snprintf(end, 40, " LIMIT $%d", parameters(source) + 1);
	if (tells_id(sql))
		(void)snprintf(end, 40, " RETURNING id");
}

enum err
pg_texts(struct pg *pg)
{
	char text[DIALECT_SIZE], end[40];

	for (int i = 0; i < SQL_COUNT; i++) {
		const char *source = pg_text((enum sql)i);

		if (!dialect(source, text, sizeof text))
			return ERR_FAILED;
		write_end((enum sql)i, source, end);
		if (asprintf(&pg->texts[i], "%s%s", text, end) < 0) {
			pg->texts[i] = NULL;
			return ERR_MEMORY;
		}
	}
	return ERR_OK;
}
