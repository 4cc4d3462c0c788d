/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/budget.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "keeper/guess.h"
#include "keeper/request.h"
#include "keeper/session.h"
#include "keeper/trail.h"
#include "store/store_audit.h"
#include "store/store_guess.h"

enum { SUMS = 64 }; /* that one turn writes */

/* Before all of its doors are passed a line is a stranger's, whatever password it has. */
static bool
is_stranger(const struct request *request)
{
	enum signin_door door = request->session->state.signin.door;

	return !request->actor.host && door != DOOR_HOME && door != DOOR_LOCKED;
}

/* Verdicts are counted by name and account: their number is bounded there. */
static bool
is_counted_elsewhere(const struct request *request)
{
	return request->event == SIGNIN_PASSWORD_BAD || request->event == SIGNIN_CODE_BAD ||
	    request->event == SIGNIN_RECOVERY_BAD || request->event == SIGNIN_CONFIGURE_BAD;
}

/* A client past the first door that is cut for nonsense has paid a hash for that row. */
static bool
is_last_word(const struct request *request)
{
	return request->outcome->closing && request->session->state.user != 0;
}

/* The key of the name: the one that was typed, or one's own. */
static enum err
key_of(const struct request *request, unsigned char ret_key[STORE_HASH_SIZE])
{
	if (request->account.id != 0)
		return guess_name_hash(request->keeper, request->account.name, ret_key);
	memcpy(ret_key, request->name_hash, STORE_HASH_SIZE);
	return ERR_OK;
}

/* One more row of an unknown name, if there is room: what is taken comes back by and by, so that no
 * minute has more than BUDGET_UNKNOWN_ROWS, wherever it begins. The last row says that there were
 * more. */
static bool
within(struct budget *budget, int64_t now)
{
	int64_t passed = now - budget->at;
	bool room;

	if (passed < 0)
		passed = 0;
	if (passed > BUDGET_MINUTE)
		passed = BUDGET_MINUTE;
	budget->at = now;
	budget->taken -= passed * BUDGET_REFILL;
	if (budget->taken < 0)
		budget->taken = 0;
	room = budget->taken < BUDGET_BURST - 1;
	if (room)
		budget->taken++;
	return room;
}

static bool
is_kind(const struct store_refusal *a, const struct store_refusal *b)
{
	return memcmp(a->key, b->key, sizeof a->key) == 0 && strcmp(a->source, b->source) == 0 &&
	    strcmp(a->action, b->action) == 0;
}

/* The tally of a kind; NULL: none. */
static struct budget_tally *
tally_of(struct budget *budget, const struct store_refusal *row)
{
	for (size_t i = 0; i < BUDGET_KINDS; i++)
		if (budget->tally[i].used && is_kind(&budget->tally[i].row, row))
			return &budget->tally[i];
	return NULL;
}

/* Its first refusal is in the store: those that follow are counted here. */
static void
begin_tally(struct budget *budget, const struct store_refusal *row)
{
	for (size_t i = 0; i < BUDGET_KINDS; i++)
		if (!budget->tally[i].used) {
			budget->tally[i] = (struct budget_tally){ .row = *row, .used = true };
			return;
		}
}

static enum err
count(struct request *request, const struct store_refusal *row, bool *ret_first)
{
	struct budget *budget = &request->keeper->budget;
	struct budget_tally *tally = tally_of(budget, row);
	int64_t number = 0;
	enum err err;

	*ret_first = false;
	if (tally != NULL) {
		tally->row.count++;
		return ERR_OK;
	}
	err = store_refusal_add(request->keeper->store, row, &number);
	if (budget->sum_at == 0)
		budget->sum_at = request->boot + BUDGET_MINUTE;
	*ret_first = number == 1;
	if (err == ERR_OK && *ret_first)
		begin_tally(budget, row);
	return err;
}

enum err
budget_row(struct request *request, enum err verdict, const char *who, bool *ret_write)
{
	struct store_refusal row = { .latest = request->now };
	enum err err = ERR_OK;

	*ret_write = true;
	if (verdict == ERR_OK || !is_stranger(request) || is_last_word(request))
		return ERR_OK;
	if (request->keeper->room.level != ROOM_FOR_ALL) {
		*ret_write = false;
		return ERR_OK;
	}
	wire_put(row.action, sizeof row.action, audit_name(request->row.verb));
	wire_put(row.result, sizeof row.result, trail_result(verdict));
	if (!is_counted_elsewhere(request)) {
		err = request->slow ? ERR_OK : key_of(request, row.key);
		wire_put(row.source, sizeof row.source, request->state->source_key);
		wire_put(row.who, sizeof row.who, request->slow ? "several names" : who);
		if (err == ERR_OK)
			err = count(request, &row, ret_write);
	}
	if (err != ERR_OK || !*ret_write || request->account.id != 0 ||
	    within(&request->keeper->budget, request->now))
		return err;
	memset(row.key, 0, sizeof row.key);
	wire_put(row.source, sizeof row.source, "");
	wire_put(row.who, sizeof row.who, "unknown names");
	return count(request, &row, ret_write);
}

void
budget_settle(struct budget *budget, bool committed)
{
	for (size_t i = 0; i < BUDGET_KINDS; i++) {
		struct budget_tally *tally = &budget->tally[i];

		tally->used = tally->used && (tally->kept || committed);
		tally->kept = tally->used;
	}
}

/* --- summing up ------------------------------------------------------------ */

static enum err
sum_up(struct keeper *keeper, const struct store_refusal *refusal, int64_t now)
{
	struct budget_tally *tally = tally_of(&keeper->budget, refusal);
	int64_t more = refusal->count - 1 + (tally == NULL ? 0 : tally->row.count);
	struct store_audit row = { .time = now };
	enum err err = store_refusal_remove(keeper->store, refusal->id);

	if (tally != NULL)
		tally->used = false;
	if (err != ERR_OK || more == 0)
		return err;
	wire_put(row.who, sizeof row.who, refusal->who);
	wire_put(row.source, sizeof row.source, refusal->source);
	wire_put(row.action, sizeof row.action, refusal->action);
	wire_put(row.result, sizeof row.result, refusal->result);
	snprintf(row.detail, sizeof row.detail, "and %" PRId64 " more", more);
	return trail_append(keeper, &row);
}

/* Seconds until the minute of a kind is over; also of one that a clock began which was ahead. */
static int64_t
seconds_left(const struct store_refusal *row, int64_t now)
{
	if (row->began > now || now - row->began >= BUDGET_MINUTE)
		return 0;
	return row->began + BUDGET_MINUTE - now;
}

bool
budget_due(const struct budget *budget, int64_t boot)
{
	return budget->sum_at != 0 && budget->sum_at <= boot;
}

/* Those that began first come first. */
enum err
budget_sum(struct keeper *keeper, int64_t now, bool all)
{
	struct store_refusal rows[SUMS];
	size_t count = SUMS, i = 0;
	int64_t wait = 0;
	enum err err = store_refusals(keeper->store, INT64_MAX, rows, &count);

	for (; err == ERR_OK && i < count && wait == 0; i++) {
		wait = all ? 0 : seconds_left(&rows[i], now);
		if (wait == 0)
			err = sum_up(keeper, &rows[i], now);
	}
	if (wait == 0 && count == SUMS)
		wait = 1;
	if (err == ERR_OK)
		keeper->budget.sum_at = wait == 0 ? 0 : session_clock() + wait;
	return err;
}
