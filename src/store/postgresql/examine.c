/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the server tells of itself, on a connection without a thread: a process that only looks has
 * nobody else to wait for it.
 */
#include "store/postgresql/pg.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { EXAMINE_CONNECT_MS = 10000, EXAMINE_MS = 5000 };

/* One row; a role without special rights may ask all of it (PostgreSQL 15, 9.27). Of other roles'
 * standbys it sees that they are there, and not how far they are. */
static const char facts[] =
    "SELECT r.rolname::text, r.rolsuper, pg_is_in_recovery(),"
    " floor(extract(epoch FROM clock_timestamp()))::bigint,"
    " current_setting('synchronous_standby_names') <> ''"
    " AND current_setting('synchronous_commit') NOT IN ('off', 'local'),"
    " (SELECT count(*) FROM pg_stat_replication),"
    " CASE WHEN pg_is_in_recovery() THEN -1 ELSE"
    " (SELECT coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn)), -1)"
    " FROM pg_stat_replication) END::bigint,"
    " coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), "
    "-1)::bigint,"
    " CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())::bigint"
    " ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END,"
    " current_setting('default_transaction_read_only')::boolean"
    " FROM pg_roles AS r WHERE r.rolname = current_user";

/* What the keeper does to the tables; without a schema, that it may make one. */
static const char missing[] =
    "WITH space AS (SELECT oid FROM pg_namespace WHERE nspname = 'provconsole')"
    " SELECT coalesce(string_agg(what, ', ' ORDER BY what), '') FROM ("
    "SELECT 'CREATE ON DATABASE ' || current_database() AS what WHERE NOT EXISTS"
    " (SELECT FROM space) AND NOT has_database_privilege(current_database(), 'CREATE')"
    " UNION ALL SELECT 'USAGE ON SCHEMA provconsole' FROM space"
    " WHERE NOT has_schema_privilege(space.oid, 'USAGE')"
    " UNION ALL SELECT p || ' ON ' || relname FROM pg_class, space,"
    " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p"
    " WHERE relnamespace = space.oid AND relkind = 'r'"
    " AND NOT has_table_privilege(pg_class.oid, p)"
    " UNION ALL SELECT 'USAGE ON ' || relname FROM pg_class, space"
    " WHERE relnamespace = space.oid AND CASE WHEN relkind = 'S'"
    " THEN NOT has_sequence_privilege(pg_class.oid, 'USAGE') ELSE false END) AS w";

/* As of turn.c. Fails where there are no tables, or none that may be read. */
static const char taken_over[] =
    "SELECT history <> '' AND history <> (SELECT system_identifier FROM pg_control_system())::text"
    " || '.' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) FROM provconsole.state";

static void
put_text(const PGresult *answer, int column, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", PQgetvalue(answer, 0, column));
}

/* A row; *ret_answer is NULL without one. What the server says of an error is the trouble. */
static enum err
ask_row(struct connection *connection, const char *sql, PGresult **ret_answer)
{
	PGresult *answer = NULL;
	enum err err = connection_ask(connection, sql, connection_clock() + EXAMINE_MS, &answer);

	if (err == ERR_OK && PQresultStatus(answer) == PGRES_TUPLES_OK && PQntuples(answer) == 1) {
		*ret_answer = answer;
		return ERR_OK;
	}
	if (err == ERR_OK)
		(void)snprintf(connection->trouble, sizeof connection->trouble, "%s",
		    PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY) == NULL
			? ""
			: PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY));
	PQclear(answer);
	return ERR_STORE_AWAY;
}

/* --- the line ------------------------------------------------------------------------------ */

/* The value of an option, as it took effect (of the string, the environment and defaults). */
static void
option(PQconninfoOption *options, const char *keyword, char *buf, size_t size)
{
	*buf = '\0';
	for (; options != NULL && options->keyword != NULL; options++)
		if (strcmp(options->keyword, keyword) == 0 && options->val != NULL)
			(void)snprintf(buf, size, "%s", options->val);
}

static bool
is_here(const PGconn *pg)
{
	const char *host = PQhost(pg), *address = PQhostaddr(pg);

	return host == NULL || *host == '/' || *host == '@' || *host == '\0' ||
	    (address != NULL && (strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0));
}

static void
look_at_line(PGconn *pg, struct store_server *server)
{
	PQconninfoOption *options = PQconninfo(pg);
	char mode[16];

	option(options, "sslmode", mode, sizeof mode);
	PQconninfoFree(options);
	(void)snprintf(server->host, sizeof server->host, "%s",
	    PQhost(pg) == NULL ? "" : PQhost(pg));
	if (PQsslInUse(pg) != 0)
		(void)snprintf(server->protocol, sizeof server->protocol, "%s",
		    PQsslAttribute(pg, "protocol"));
	if (PQsslInUse(pg) != 0 && strcmp(mode, "verify-full") == 0)
		server->line = STORE_LINE_PROVED;
	else if (is_here(pg))
		server->line = STORE_LINE_HERE;
	else
		server->line = PQsslInUse(pg) != 0 ? STORE_LINE_ENCRYPTED : STORE_LINE_OPEN;
}

/* --- all of it ------------------------------------------------------------------------------ */

static enum err
look_at_facts(struct connection *connection, struct store_server *server)
{
	PGresult *answer = NULL;
	enum err err = ask_row(connection, facts, &answer);

	if (err != ERR_OK)
		return err;
	put_text(answer, 0, server->role, sizeof server->role);
	server->superuser = pg_value_number(answer, 0, 1) != 0;
	server->standby = pg_value_number(answer, 0, 2) != 0;
	server->ahead = pg_value_number(answer, 0, 3) - (int64_t)time(NULL);
	server->synchronous = pg_value_number(answer, 0, 4) != 0;
	server->standbys = pg_value_number(answer, 0, 5);
	server->lag = pg_value_number(answer, 0, 6);
	server->behind = pg_value_number(answer, 0, 7);
	server->timeline = pg_value_number(answer, 0, 8);
	server->read_only = pg_value_number(answer, 0, 9) != 0;
	PQclear(answer);
	return ERR_OK;
}

static enum err
look_at_rights(struct connection *connection, struct store_server *server)
{
	PGresult *answer = NULL;
	enum err err = ask_row(connection, missing, &answer);

	if (err == ERR_OK)
		put_text(answer, 0, server->missing, sizeof server->missing);
	PQclear(answer);
	return err;
}

/* Without tables nothing was written in another history. */
static void
look_at_history(struct connection *connection, struct store_server *server)
{
	PGresult *answer = NULL;

	if (!server->standby && ask_row(connection, taken_over, &answer) == ERR_OK)
		server->taken_over = pg_value_number(answer, 0, 0) != 0;
	PQclear(answer);
}

static bool
holds_password(const char *conninfo)
{
	PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
	char password[2] = "";

	option(options, "password", password, sizeof password);
	PQconninfoFree(options);
	return password[0] != '\0';
}

enum err
pg_examine(const struct store_at *at, struct store_server *ret_server)
{
	const struct connection_plan plan = { at->conninfo, at->node == NULL ? "" : at->node,
		.claims = false };
	struct connection connection = { .pg = NULL };
	struct store_server server = { .password = holds_password(at->conninfo) };

	server.err = connection_open(&connection, &plan, connection_clock() + EXAMINE_CONNECT_MS);
	if (server.err == ERR_OK) {
		server.version = PQserverVersion(connection.pg);
		look_at_line(connection.pg, &server);
		server.err = look_at_facts(&connection, &server);
	}
	if (server.err == ERR_OK)
		server.err = look_at_rights(&connection, &server);
	if (server.err == ERR_OK)
		look_at_history(&connection, &server);
	_Static_assert(sizeof server.trouble == sizeof connection.trouble, "as long");
	if (server.err != ERR_OK)
		memcpy(server.trouble, connection.trouble, sizeof server.trouble);
	connection_close(&connection);
	*ret_server = server;
	return ERR_OK;
}
