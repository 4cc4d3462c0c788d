/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One turn: one READ COMMITTED transaction, with a deadline (DESIGN 11). */
#include "store/postgresql/pg.h"

#include "core/clock.h"

#include <stdio.h>

#include <string.h>

enum { ASK_AFTER_MS = 1500 }; /* beyond a turn's own time, for a COMMIT whose answer was lost */

/* Which history of the data it is: system identifier and timeline. */
#define HISTORY \
	"(SELECT system_identifier FROM pg_control_system())::text || '.' ||" \
	" substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"

/*
 * In which life of the server. After a crash it may give a transaction's number once more, as a
 * standby that lacks the last of them does; the counters of its background writer begin anew then
 * (PostgreSQL 15, 28.2), and everybody may see when.
 */
#define LIFE HISTORY " || '.' || (SELECT stats_reset FROM pg_stat_bgwriter)::text"

/*
 * Another server took over, or an older copy was put in its place: it may lack what this one was
 * told, and with it that a code was spent. So no step up to the next one counts (as after a
 * restore, DESIGN 8). Or a keeper of a newer version made its schema there, of which this one knows
 * nothing. A connection stays with one server's process, so it is looked at once for each.
 */
static enum err
follow_history(struct pg *pg)
{
	static const char follow[] =
	    "UPDATE state SET history = now.history, floor = CASE WHEN state.history = '' THEN "
	    "floor"
	    " ELSE greatest(floor, extract(epoch FROM clock_timestamp())::bigint / $1 + 1) END"
	    " FROM (SELECT " HISTORY " AS history) AS now"
	    " WHERE state.history <> now.history";
	int64_t there = 0;
	enum err err = pg_schema_look(pg, &there);

	if (err == ERR_OK && there > pg_schema_newest())
		err = ERR_STORE_NEWER;
	if (err == ERR_OK && there > 0)
		err = pg_do(pg, follow, VALUES(NUMBER(CLOCK_STEP)));
	if (err == ERR_OK && there > 0)
		pg->checking = worker_backend(pg->worker);
	return err;
}

/* Whatever was asked for outside has failed, or nothing was: it is tried anew, beside. A walk is in
 * a transaction already, which a turn's end would end. */
enum err
pg_begin(struct store *store)
{
	struct pg *pg = pg_of(store);
	enum err err;

	if (pg->walks)
		return ERR_FAILED;
	if (!worker_is_connected(pg->worker)) {
		worker_connect(pg->worker);
		return ERR_STORE_AWAY;
	}
	pg->xid[0] = '\0';
	pg->until = connection_clock() + pg->turn_ms;
	pg_forget(pg);
	err = pg->begun ? pg_later_text(pg, "ROLLBACK") : ERR_OK;
	if (err == ERR_OK)
		err = pg_later_text(pg, pg->texts[SQL_BEGIN]);
	pg->changed = pg->appended = pg->begun = false;
	pg->in_turn = err == ERR_OK;
	if (err == ERR_OK && pg->known != worker_backend(pg->worker))
		err = follow_history(pg);
	if (err != ERR_OK)
		pg_give_up(pg);
	return err;
}

bool
pg_in_turn(const struct store *store)
{
	return ((const struct pg *)(const void *)store)->in_turn;
}

void
pg_rollback(struct store *store)
{
	pg_give_up(pg_of(store));
}

/* --- the end ------------------------------------------------------------------------------- */

/* Which life of the server it is, of which one connection sees no more than one. */
static enum err
learn_life(struct pg *pg)
{
	PGresult *answer = NULL;
	enum err err;

	if (pg->life[0] != '\0')
		return ERR_OK;
	err = pg_ask(pg, "SELECT " LIFE, NO_VALUES, &answer);
	if (err == ERR_OK)
		(void)snprintf(pg->life, sizeof pg->life, "%s", PQgetvalue(answer, 0, 0));
	PQclear(answer);
	return err;
}

/* The transaction's number, to be asked after; "" where it has changed nothing. With it goes all
 * that still waits; and the place of the row that was appended last is heard. */
static enum err
learn_xid(struct pg *pg)
{
	static const char xid[] = "SELECT pg_current_xact_id_if_assigned()::text",
			  place[] = "SELECT pg_current_xact_id_if_assigned()::text,"
				    " currval('audit_id_seq')";
	const struct ask ask = { .sql = pg->appended ? place : xid,
		.prepared = pg->appended ? ASK_XID_AND_PLACE : ASK_XID };
	PGresult *answer = NULL;
	enum err err = pg_put(pg, &ask, &answer);

	if (err == ERR_OK)
		(void)snprintf(pg->xid, sizeof pg->xid, "%s", PQgetvalue(answer, 0, 0));
	if (err == ERR_OK && pg->appended)
		pg->store.placed = pg_value_number(answer, 0, 1);
	PQclear(answer);
	return err;
}

/*
 * What became of it, in the same life of the same server. A backend that is ended while it waits
 * for a standby has committed all the same, and the standby may lack it: so one more is written
 * behind it, and waited for. Outside a turn each statement is committed by itself.
 */
static enum err
ask_what_became(struct pg *pg)
{
	static const char status[] =
	    "SELECT coalesce(pg_xact_status($1::xid8), '') WHERE $2 = " LIFE;
	PGresult *answer = NULL;
	enum err err = pg_ask(pg, status, VALUES(TEXT(pg->xid), TEXT(pg->life)), &answer);
	const char *became = err == ERR_OK && PQntuples(answer) == 1 ? PQgetvalue(answer, 0, 0)
								     : "";

	err = strcmp(became, "aborted") == 0 ? ERR_STORE_AWAY : ERR_STORE_UNSURE;
	if (strcmp(became, "committed") == 0)
		err = pg_settle(pg, "SELECT pg_logical_emit_message(true, 'provconsole', '')",
			  NULL) == ERR_OK
		    ? ERR_OK
		    : ERR_STORE_UNSURE;
	PQclear(answer);
	return err;
}

/*
 * The line broke while COMMIT was on its way: on a new one it is asked what became of it, for as
 * long as whoever waits may be kept waiting. ERR_STORE_AWAY: it was rolled back. ERR_STORE_UNSURE:
 * nobody knows, and it counts as refused.
 */
static enum err
ask_after(struct pg *pg)
{
	enum err err;

	pg->asks_after = true;
	pg->until += ASK_AFTER_MS;
	worker_connect(pg->worker);
	err = worker_await(pg->worker, pg->until);
	err = err == ERR_OK ? ask_what_became(pg) : ERR_STORE_UNSURE;
	pg->asks_after = false;
	pg->life[0] = '\0'; /* it was the other connection's */
	return err;
}

/* COMMIT of a transaction that had failed answers ROLLBACK. */
static enum err
end(struct pg *pg)
{
	char tag[16] = "";
	enum err err = pg_settle(pg, "COMMIT", tag);

	pg->in_turn = pg->begun = false;
	if (err == ERR_STORE_UNSURE || err == ERR_FAILED)
		return err == ERR_FAILED ? ERR_STORE_AWAY : err;
	if (err != ERR_OK)
		return pg->xid[0] == '\0' ? err : ask_after(pg);
	return strcmp(tag, "COMMIT") == 0 ? ERR_OK : ERR_STORE_AWAY;
}

/* The server was not even told of a turn that did nothing. */
static enum err
end_unbegun(struct pg *pg)
{
	pg_forget(pg);
	pg->in_turn = false;
	return ERR_OK;
}

enum err
pg_commit(struct store *store)
{
	struct pg *pg = pg_of(store);
	enum err err;

	if (!pg->in_turn)
		return ERR_FAILED;
	if (!pg->begun && !pg->changed)
		return end_unbegun(pg);
	err = pg->changed ? learn_life(pg) : ERR_OK;
	if (err == ERR_OK && pg->changed)
		err = learn_xid(pg);
	if (err == ERR_OK)
		err = end(pg);
	pg_forget(pg);
	if (err == ERR_OK && pg->checking != 0)
		pg->known = pg->checking;
	pg->checking = 0;
	return err;
}
