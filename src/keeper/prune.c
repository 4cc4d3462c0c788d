/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/prune.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/audit.h"
#include "core/throttle.h"
#include "keeper/keeper.h"
#include "keeper/trail.h"
#include "keeper/trail_verify.h"

enum { RETRY_MS = 60 * 1000 };

/* How old: a day more than what it guards by, at least; a notice, a year and some. */
static const int64_t ages[STORE_PRUNE_COUNT] = {
	[STORE_PRUNE_THROTTLE] = 30 * PRUNE_DAY,
	[STORE_PRUNE_HOUR] = PRUNE_DAY,
	[STORE_PRUNE_SOURCE] = THROTTLE_TRUST + PRUNE_DAY,
	[STORE_PRUNE_PENDING] = PRUNE_DAY,
	[STORE_PRUNE_NOTICE] = 400 * PRUNE_DAY,
};

int64_t
prune_age(enum store_prune what)
{
	return ages[what];
}

int64_t
prune_wait(const struct prune *prune, int64_t ms)
{
	return prune->next > ms ? prune->next - ms : 0;
}

int64_t
prune_fit(int64_t rows, int64_t took)
{
	if (took > PRUNE_SLICE_MS)
		return rows / 2 < PRUNE_LEAST ? PRUNE_LEAST : rows / 2;
	if (took * 2 > PRUNE_SLICE_MS)
		return rows;
	return rows * 2 > PRUNE_MOST ? PRUNE_MOST : rows * 2;
}

void
prune_hurry(struct prune *prune)
{
	prune->trail = true;
	if (prune->rows == 0)
		prune->rows = PRUNE_LEAST;
	prune->next = 1;
}

/* --- the trail ----------------------------------------------------------------------- */

static enum err
read_checkpoint(struct keeper *keeper, struct store_checkpoint *ret_checkpoint)
{
	enum err err = store_audit_checkpoint(keeper->store, ret_checkpoint);

	return err == ERR_OK ? trail_fits_checkpoint(keeper->ring, ret_checkpoint) : err;
}

static enum err
put_checkpoint(struct keeper *keeper, struct store_checkpoint *checkpoint)
{
	enum err err = trail_seal_checkpoint(keeper->ring, checkpoint);

	return err == ERR_OK ? store_audit_prune(keeper->store, checkpoint) : err;
}

enum err
prune_order(struct keeper *keeper, int64_t until)
{
	struct store_checkpoint checkpoint;
	enum err err = read_checkpoint(keeper, &checkpoint);

	if (err != ERR_OK || until <= checkpoint.until)
		return err;
	checkpoint.until = until;
	return put_checkpoint(keeper, &checkpoint);
}

/*
 * How many of the oldest rows may go: up to the last that is older than `until`, and before the
 * first that is not. A row that a clock wrote which was ahead has no age of its own, and goes with
 * its neighbours.
 */
static size_t
count_old(const struct store_oldest *rows, size_t count, int64_t until, int64_t now)
{
	size_t old = 0;

	for (size_t i = 0; i < count; i++) {
		if (rows[i].time < until)
			old = i + 1;
		else if (rows[i].time <= now)
			break;
	}
	return old;
}

static enum err
prune_trail(struct keeper *keeper, int64_t now)
{
	struct prune *prune = &keeper->prune;
	struct store_oldest rows[PRUNE_MOST];
	struct store_checkpoint checkpoint;
	size_t count = (size_t)prune->rows, old;
	enum err err = read_checkpoint(keeper, &checkpoint);

	if (err == ERR_OK)
		err = store_audit_oldest(keeper->store, checkpoint.number, rows, &count);
	if (err != ERR_OK)
		return err;
	old = count_old(rows, count, checkpoint.until, now);
	prune->trail = old > 0 && old == (size_t)prune->rows;
	if (old == 0)
		return ERR_OK;
	checkpoint.number = rows[old - 1].id;
	checkpoint.newest = rows[old - 1].time;
	checkpoint.pruned = now;
	memcpy(checkpoint.last, rows[old - 1].mac, sizeof checkpoint.last);
	return put_checkpoint(keeper, &checkpoint);
}

/* An order of the keeper's own is a row, too. */
static enum err
write_order(struct keeper *keeper, int64_t until, int64_t now)
{
	struct store_audit row = { .time = now, .peer_uid = (uint32_t)keeper->owner };
	struct tm tm;

	if (gmtime_r(&until, &tm) == NULL)
		return ERR_FAILED;
	(void)snprintf(row.who, sizeof row.who, "(keeper)");
	(void)snprintf(row.source, sizeof row.source, "local");
	(void)snprintf(row.action, sizeof row.action, "%s", audit_name(AUDIT_PRUNE));
	(void)snprintf(row.target, sizeof row.target, "audit-retention");
	(void)snprintf(row.result, sizeof row.result, "ok");
	(void)strftime(row.detail, sizeof row.detail, "before %Y-%m-%dT%H:%M:%SZ", &tm);
	return trail_append(keeper, &row);
}

/* Once a day at most, and only where a row is that old. */
static enum err
keep_for(struct keeper *keeper, int64_t now)
{
	struct policy policy;
	struct store_checkpoint checkpoint;
	struct store_oldest oldest;
	size_t count = 1;
	int64_t until;
	enum err err = store_policy(keeper->store, &policy);

	if (err == ERR_OK)
		err = read_checkpoint(keeper, &checkpoint);
	if (err == ERR_OK)
		err = store_audit_oldest(keeper->store, checkpoint.number, &oldest, &count);
	if (err != ERR_OK || policy.audit_retention == 0 || count == 0)
		return err;
	until = keeper->prune.trusted - policy.audit_retention;
	if (oldest.time >= until || until - checkpoint.until < PRUNE_DAY)
		return ERR_OK;
	err = prune_order(keeper, until);
	return err == ERR_OK ? write_order(keeper, until, now) : err;
}

/* --- the tables ----------------------------------------------------------------------- */

static enum err
prune_table(struct keeper *keeper)
{
	struct prune *prune = &keeper->prune;
	int64_t gone = 0;
	bool more = false;
	enum err err = store_prune(keeper->store, prune->at, prune->rows,
	    prune->trusted - prune_age(prune->at), &prune->after, &more, &gone);

	if (err != ERR_OK || more)
		return err;
	prune->after = 0;
	prune->at = (enum store_prune)(prune->at + 1);
	prune->sweeping = prune->at < STORE_PRUNE_COUNT;
	return ERR_OK;
}

/* --- whether something is due ------------------------------------------------------------ */

static enum err
look(struct keeper *keeper, int64_t now)
{
	struct prune *prune = &keeper->prune;
	struct clock_trust trust, before;
	bool day;
	enum err err = store_trust(keeper->store, &trust);

	if (err != ERR_OK)
		return err;
	before = trust;
	day = clock_trust_step(&trust, now);
	prune->trusted = clock_trusted(&trust, now);
	prune->trail = true;
	if (day) {
		prune->sweeping = true;
		prune->at = 0;
		prune->after = 0;
	}
	if (trust.seen != before.seen || trust.trusted != before.trusted)
		err = store_trust_put(keeper->store, &trust);
	return err == ERR_OK ? keep_for(keeper, now) : err;
}

static bool
works(const struct prune *prune)
{
	return prune->trail || prune->sweeping;
}

static enum err
slice(struct keeper *keeper, int64_t now)
{
	struct prune *prune = &keeper->prune;

	if (prune->trail)
		return prune_trail(keeper, now);
	return prune->sweeping ? prune_table(keeper) : look(keeper, now);
}

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_BOOTTIME, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

/* A slice that is lost is done again: what is remembered of it is put back. */
static enum err
commit_slice(struct keeper *keeper, int64_t now)
{
	const struct prune before = keeper->prune;
	int64_t began = milliseconds();
	enum err err = store_begin(keeper->store);

	if (err != ERR_OK)
		return err;
	err = slice(keeper, now);
	if (err == ERR_OK)
		err = store_commit(keeper->store);
	else
		store_rollback(keeper->store);
	if (err != ERR_OK)
		keeper->prune = before;
	keeper->prune.rows = prune_fit(before.rows, milliseconds() - began);
	return err;
}

void
prune_run(struct keeper *keeper, int64_t now, int64_t ms)
{
	struct prune *prune = &keeper->prune;
	enum err err = ERR_STORE_FULL;

	if (prune->next == 0) {
		prune->rows = PRUNE_LEAST;
		prune->next = ms + PRUNE_FIRST_MS;
	}
	if (prune_wait(prune, ms) > 0)
		return;
	if (keeper->room.level == ROOM_FOR_ALL)
		err = commit_slice(keeper, now);
	prune->next = ms +
	    (err != ERR_OK	   ? RETRY_MS
		    : works(prune) ? PRUNE_GAP_MS
				   : PRUNE_EVERY_MS);
}
