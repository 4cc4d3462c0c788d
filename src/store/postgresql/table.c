/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What only PostgreSQL has, and a backup has not. */
static const char *const only_here[] = { "schema", "node", "node_key" };

#define NODE "current_setting('provconsole.node')"
#define REFUSAL "name, source, action, who, result, began, latest, number"
#define CHAINED \
	"time, who, source, terminal, action, target, result, detail, peer_uid, key_id, mac," \
	" version, node, vouched"

/*
 * Tables that stand here in another form than in a backup, which has what one node has: its chain,
 * and the keys as they are wrapped for it. look: the form of a backup, by its key; put: what brings
 * rows of a restore, which are in the table load, into place. Without put they fit as they are.
 */
static const struct shape {
	const char *table, *look, *key, *put[3];
} shapes[] = {
	{ "audit", "SELECT number AS id, " CHAINED " FROM audit WHERE chain = " NODE, "id",
	    { "INSERT INTO audit (id, chain, number, " CHAINED ") SELECT id, " NODE ", id, " CHAINED
	      " FROM load" } },
	/* where an hour begins among the rows of this chain alone */
	{ "audit_hour",
	    "SELECT number AS first, hour FROM (SELECT number, hour, lag(hour) OVER (ORDER BY"
	    " number) AS before FROM (SELECT number, greatest(time, 0) / 3600 AS hour FROM audit"
	    " WHERE chain = " NODE ") AS hours) AS rows WHERE before IS DISTINCT FROM hour",
	    "first", { NULL } },
	{ "checkpoint",
	    "SELECT 1::bigint AS id, number, newest, pruned, until, key_id, last, mac"
	    " FROM checkpoint WHERE node = " NODE,
	    "id",
	    { "INSERT INTO checkpoint (node, number, newest, pruned, until, key_id, last, mac)"
	      " SELECT " NODE ", number, newest, pruned, until, key_id, last, mac FROM load" } },
	{ "keyring",
	    "SELECT id, purpose, created, wrapped FROM keyring LEFT JOIN node_key ON key = id"
	    " AND node = " NODE,
	    "id",
	    { "INSERT INTO keyring (id, purpose, created) SELECT id, purpose, created FROM load",
		"INSERT INTO node_key (node, key, wrapped) SELECT " NODE ", id, wrapped FROM load"
		" WHERE wrapped IS NOT NULL" } },
	{ "refusal", "SELECT id, " REFUSAL " FROM refusal WHERE node = " NODE, "id",
	    { "INSERT INTO refusal (id, node, " REFUSAL ") SELECT id, " NODE ", " REFUSAL
	      " FROM load" } },
	{ "sign_in",
	    "SELECT \"user\", number AS \"row\", device, ssh_key FROM sign_in JOIN audit"
	    " ON audit.id = \"row\" AND chain = " NODE,
	    "\"user\", \"row\"", { NULL } },
	{ "state",
	    "SELECT id, console_key, people, with_2fa, audit_count, audit_key, audit_last,"
	    " audit_mac, users, operators, operators_with_2fa, floor, backed_up FROM state"
	    " LEFT JOIN node ON name = " NODE,
	    "id",
	    { "INSERT INTO node (name, console_key, audit_count, audit_key, audit_last, audit_mac)"
	      " SELECT " NODE ", console_key, audit_count, audit_key, audit_last, audit_mac"
	      " FROM load",
		"INSERT INTO state (id, people, with_2fa, users, operators, operators_with_2fa,"
		" floor, backed_up) SELECT id, people, with_2fa, users, operators,"
		" operators_with_2fa, floor, backed_up FROM load" } },
};

/* The types of columns (catalog/pg_type.dat). */
static const struct {
	int64_t type;
	enum store_kind kind;
} kinds[] = {
	{ 20, STORE_NUMBER },
	{ 25, STORE_TEXT },
	{ 17, STORE_BYTES },
};

static bool
is_only_here(const char *table)
{
	for (size_t i = 0; i < sizeof only_here / sizeof *only_here; i++)
		if (strcmp(only_here[i], table) == 0)
			return true;
	return false;
}

/* NULL: it stands here as in a backup. */
static const struct shape *
shape_of(const char *table)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (strcmp(shapes[i].table, table) == 0)
			return &shapes[i];
	return NULL;
}

/* A name becomes a part of statements, between quotes. */
static enum err
take_word(const char *word, char ret_word[STORE_WORD_SIZE])
{
	if (strlen(word) >= STORE_WORD_SIZE || strchr(word, '"') != NULL)
		return ERR_STORE_CORRUPT;
	memcpy(ret_word, word, strlen(word) + 1);
	return ERR_OK;
}

/* --- tables ---------------------------------------------------------------------------------- */

enum err
table_names(struct pg *pg, struct table_names *ret_names)
{
	PGresult *answer = NULL;
	enum err err = pg_ask(pg,
	    "SELECT tablename::text FROM pg_catalog.pg_tables"
	    " WHERE schemaname = 'provconsole' ORDER BY tablename",
	    NO_VALUES, &answer);

	ret_names->count = 0;
	for (int i = 0; err == ERR_OK && i < PQntuples(answer); i++) {
		if (is_only_here(PQgetvalue(answer, i, 0)))
			continue;
		err = ret_names->count < STORE_TABLES_MAX
		    ? take_word(PQgetvalue(answer, i, 0), ret_names->name[ret_names->count++])
		    : ERR_STORE_CORRUPT;
	}
	PQclear(answer);
	return err;
}

static enum store_kind
kind_of(int64_t type)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].type == type)
			return kinds[i].kind;
	return STORE_KINDS;
}

static enum err
add_column(struct table *table, const PGresult *answer, int column)
{
	size_t at = table->store.columns;

	if (at == STORE_COLUMNS_MAX)
		return ERR_STORE_CORRUPT;
	table->kind[at] = kind_of(PQftype(answer, column));
	if (table->kind[at] == STORE_KINDS)
		return ERR_STORE_CORRUPT;
	table->store.columns++;
	return take_word(PQfname(answer, column), table->store.column[at]);
}

/* No row of it, in the form that a backup has. */
static enum err
look(struct pg *pg, const char *name, PGresult **ret_answer)
{
	const struct shape *shape = shape_of(name);
	char *sql = NULL;
	int length = shape != NULL ? asprintf(&sql, "SELECT * FROM (%s) AS t LIMIT 0", shape->look)
				   : asprintf(&sql, "SELECT * FROM \"%s\" LIMIT 0", name);
	enum err err = length < 0 ? ERR_MEMORY : pg_ask(pg, sql, NO_VALUES, ret_answer);

	if (length >= 0)
		free(sql);
	return err;
}

enum err
table_describe(struct pg *pg, const char *name, struct table *ret_table)
{
	PGresult *answer = NULL;
	enum err err = look(pg, name, &answer);

	memset(ret_table, 0, sizeof *ret_table);
	(void)snprintf(ret_table->store.name, sizeof ret_table->store.name, "%s", name);
	for (int i = 0; err == ERR_OK && i < PQnfields(answer); i++)
		err = add_column(ret_table, answer, i);
	PQclear(answer);
	return err;
}

/* The columns of a table's key; "" of none. */
static enum err
key_of(struct pg *pg, const char *table, PGresult **ret_answer)
{
	return pg_ask(pg,
	    "SELECT coalesce(string_agg(quote_ident(attname), ', ' ORDER BY place), '')"
	    " FROM pg_catalog.pg_index"
	    " CROSS JOIN LATERAL unnest(indkey::int2[]) WITH ORDINALITY AS key (number, place)"
	    " JOIN pg_catalog.pg_attribute ON attrelid = indrelid AND attnum = number"
	    " WHERE indrelid = ('provconsole.' || quote_ident($1))::regclass AND indisprimary",
	    VALUES(TEXT(table)), ret_answer);
}

enum err
table_select(struct pg *pg, const char *name, char **ret_sql)
{
	const struct shape *shape = shape_of(name);
	PGresult *answer = NULL;
	const char *key;
	int length;
	enum err err;

	*ret_sql = NULL;
	if (shape != NULL) {
		length = asprintf(ret_sql, "SELECT * FROM (%s) AS t ORDER BY %s", shape->look,
		    shape->key);
		return length < 0 ? ERR_MEMORY : ERR_OK;
	}
	err = key_of(pg, name, &answer);
	if (err != ERR_OK)
		return err;
	key = PQgetvalue(answer, 0, 0);
	length = asprintf(ret_sql, "SELECT * FROM \"%s\"%s%s", name,
	    *key == '\0' ? "" : " ORDER BY ", key);
	PQclear(answer);
	return length < 0 ? ERR_MEMORY : ERR_OK;
}

/* --- rows in the form of a backup ------------------------------------------------------------- */

bool
table_is_shaped(const char *name)
{
	const struct shape *shape = shape_of(name);

	return shape != NULL && shape->put[0] != NULL;
}

enum err
table_make_load(struct pg *pg, const char *name)
{
	const struct shape *shape = shape_of(name);
	char *sql = NULL;
	enum err err;

	if (shape == NULL)
		return ERR_FAILED;
	if (asprintf(&sql, "CREATE TABLE load AS SELECT * FROM (%s) AS t WITH NO DATA",
		shape->look) < 0)
		return ERR_MEMORY;
	err = pg_do(pg, sql, NO_VALUES);
	free(sql);
	return err;
}

enum err
table_put_load(struct pg *pg, const char *name)
{
	const struct shape *shape = shape_of(name);
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && shape->put[i] != NULL; i++)
		err = pg_do(pg, shape->put[i], NO_VALUES);
	return err == ERR_OK ? pg_do(pg, "DROP TABLE load", NO_VALUES) : err;
}

/* --- numbers that were given for good -----------------------------------------------------------
 */

const struct store_table table_numbers = { .name = "sqlite_sequence",
	.columns = 2,
	.column = { "name", "seq" } };

/* People's are reserved before they are given (state.users); all others have a sequence. */
enum { ACCOUNT };

const char *const table_numbered[TABLE_NUMBERS] = { [ACCOUNT] = "account",
	"device",
	"import",
	"notice",
	"pending",
	"ssh_key",
	"waiting" };

enum err
table_last_number(struct pg *pg, size_t which, int64_t *ret_number)
{
	char sql[160];

	if (which == ACCOUNT)
		return pg_number(pg, "SELECT users FROM state", NO_VALUES, ret_number);
	(void)snprintf(sql, sizeof sql,
	    "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM \"%s_id_seq\"",
	    table_numbered[which]);
	return pg_number(pg, sql, NO_VALUES, ret_number);
}

/* The sequence of a table goes on behind the greatest id that a row has, and behind `number`. */
static enum err
raise_sequence(struct pg *pg, const char *table, int64_t number)
{
	char *sql = NULL;
	enum err err;

	if (asprintf(&sql,
		"SELECT setval('\"%s_id_seq\"', number) FROM (SELECT greatest($1, max(id))"
		" AS number FROM \"%s\") AS most WHERE number > 0",
		table, table) < 0)
		return ERR_MEMORY;
	err = pg_do(pg, sql, VALUES(NUMBER(number)));
	free(sql);
	return err;
}

enum err
table_set_number(struct pg *pg, size_t which, int64_t number)
{
	if (which == ACCOUNT)
		return pg_do(pg, "UPDATE state SET users = greatest(users, $1)",
		    VALUES(NUMBER(number)));
	return raise_sequence(pg, table_numbered[which], number);
}

enum err
table_set_sequences(struct pg *pg)
{
	PGresult *answer = NULL;
	enum err err = pg_ask(pg,
	    "SELECT relname::text FROM pg_catalog.pg_attribute"
	    " JOIN pg_catalog.pg_class ON pg_class.oid = attrelid"
	    " WHERE relnamespace = 'provconsole'::regnamespace AND attidentity <> ''"
	    " AND attname = 'id' ORDER BY relname",
	    NO_VALUES, &answer);

	for (int i = 0; err == ERR_OK && i < PQntuples(answer); i++)
		err = raise_sequence(pg, PQgetvalue(answer, i, 0), 0);
	PQclear(answer);
	return err;
}
