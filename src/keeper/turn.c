/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/turn.h"

#include <string.h>
#include <time.h>

#include "keeper/away.h"
#include "keeper/budget.h"
#include "keeper/keys_rotate.h"
#include "keeper/imports.h"
#include "keeper/locks.h"
#include "keeper/request.h"
#include "keeper/session.h"
#include "keeper/tell.h"

/* SHARED_MS: milliseconds in which a turn that other keepers may wait for begins with requests.
 * They wait for a second at most, one behind the other. */
enum { TURN_MAX = 256, WAKE_MAX = 16, SHARED_MS = 50 };

/* The sessions that a turn serves, and which of them end by it. */
struct turn {
	struct keeper *keeper;
	struct session *ready[TURN_MAX];
	bool judged[TURN_MAX]; /* its password was compared: others may wait for that verdict */
	size_t count;
	int64_t now;
};

/* --- which ----------------------------------------------------------------- */

static void
collect(struct turn *turn, uint64_t above, uint64_t below)
{
	struct keeper *keeper = turn->keeper;

	for (struct session *s = keeper->sessions; s != NULL && turn->count < TURN_MAX; s = s->next)
		if (s->number > above && s->number < below && life_ready(s->life)) {
			turn->ready[turn->count++] = s;
			keeper->cursor = s->number;
		}
}

/* By turns: the list is newest first, and each turn goes on where the last one stopped. */
static void
collect_all(struct turn *turn)
{
	uint64_t cursor = turn->keeper->cursor;

	collect(turn, 0, cursor);
	collect(turn, cursor == 0 ? 0 : cursor - 1, UINT64_MAX);
}

/* --- inside the transaction ------------------------------------------------ */

static enum err
serve(struct keeper *keeper, struct session *session, int64_t now)
{
	if (session->life == LIFE_ENDING)
		return session_farewell(keeper, session, now);
	if (session->life == LIFE_LOCKING)
		return request_lock(keeper, session, now);
	return request_answer(keeper, session, now);
}

/* What strangers left to be summed up waits until there is room for it. */
static enum err
sum_up(struct turn *turn)
{
	struct keeper *keeper = turn->keeper;

	if (keeper->room.level == ROOM_FOR_ALL)
		return budget_sum(keeper, turn->now, false);
	keeper->budget.sum_at = session_clock() + BUDGET_MINUTE;
	return ERR_OK;
}

/* Whether somebody who is signed in elsewhere must learn of it. */
static bool
concerns_others(const struct turn *turn)
{
	for (size_t i = 0; i < turn->count; i++) {
		const struct outcome *outcome = &turn->ready[i]->outcome;

		if (outcome->news || outcome->news_for != 0 || outcome->ends[0].user != 0)
			return true;
	}
	return false;
}

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0 };

	(void)clock_gettime(CLOCK_BOOTTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Whoever is not reached is served in the next turn, and first. */
static enum err
serve_in_time(struct turn *turn)
{
	struct keeper *keeper = turn->keeper;
	int64_t until = store_is_shared(keeper->store) ? milliseconds() + SHARED_MS : INT64_MAX;
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < turn->count; i++) {
		err = serve(keeper, turn->ready[i], turn->now);
		if (milliseconds() < until || i + 1 == turn->count)
			continue;
		turn->count = i + 1;
		keeper->cursor = turn->ready[i]->number;
	}
	return err;
}

static enum err
serve_all(struct turn *turn)
{
	struct keeper *keeper = turn->keeper;
	bool sums;
	enum err err = store_begin(keeper->store);

	if (err != ERR_OK)
		return err;
	sums = budget_due(&keeper->budget, session_clock());
	err = locks_take(keeper, turn->ready, turn->count, sums ? STORE_LOCK_SUMS : 0);
	if (err == ERR_OK)
		turn->now = store_now(keeper->store, turn->now);
	if (err == ERR_OK && sums)
		err = sum_up(turn);
	if (err == ERR_OK && imports_due(keeper, session_clock()))
		err = imports_slice(keeper, turn->now);
	if (err == ERR_OK)
		err = serve_in_time(turn);
	if (err == ERR_OK && concerns_others(turn))
		err = store_tell_others(keeper->store);
	if (err == ERR_OK)
		return store_commit(keeper->store);
	store_rollback(keeper->store);
	return err;
}

enum { TRIES = 3 }; /* of one turn: each is for fewer than the last */

/* A disk that is full: nothing of the turn is true, and it is served again with what that frees. */
static enum err
serve_within_room(struct turn *turn)
{
	struct keeper *keeper = turn->keeper;
	enum err err;

	room_look(&keeper->room);
	err = serve_all(turn);
	for (int i = 1; i < TRIES && err == ERR_STORE_FULL; i++) {
		fault_note(&keeper->fault, err, session_clock());
		budget_settle(&keeper->budget, false);
		if (!room_make(&keeper->room, keeper->store, i > 1))
			break;
		for (size_t k = 0; k < turn->count; k++)
			outcome_clear(&turn->ready[k]->outcome);
		err = serve_all(turn);
	}
	return fault_name(&keeper->fault, keeper->directory, err, session_clock());
}

/* --- after it -------------------------------------------------------------- */

/* Whether a wrong password went uncounted, because its turn failed or there was no room for it;
 * until the next count is committed. */
static void
note_uncounted(struct turn *turn, enum err err)
{
	for (size_t i = 0; i < turn->count; i++) {
		const struct session *session = turn->ready[i];
		const struct hash_job *job = session->job;
		bool lost = err != ERR_OK || session->outcome.no_room;

		if (err == ERR_OK && session->outcome.counted)
			turn->keeper->uncounted = false;
		if (lost && session->life == LIFE_HASHED && job != NULL && job->verify &&
		    !job->fits)
			turn->keeper->uncounted = true;
	}
}

static bool
ends_it(const struct outcome_ends *ends, const struct session *session)
{
	const struct session_state *state = &session->state;

	if (ends->user == 0 || state->user != ends->user)
		return false;
	if (ends->number != 0)
		return session->number == ends->number;
	if (ends->pending != 0)
		return state->pending == ends->pending;
	return state->generation < ends->generation;
}

/* At a door nobody learns what was done to an account whose password they have. */
static enum err
why_of(const struct outcome_ends *ends, const struct session *session)
{
	return ends->pending != 0 || session->state.signin.signed_in ? ends->why : ERR_ENDED;
}

/* Disabled, reset, replaced: those sessions end now. The states are those after this turn. */
static void
end_others(struct keeper *keeper, const struct session *asker)
{
	for (size_t i = 0; i < 2; i++) {
		const struct outcome_ends *ends = &asker->outcome.ends[i];

		for (struct session *s = keeper->sessions; ends->user != 0 && s != NULL;
		     s = s->next)
			if (s != asker && ends_it(ends, s))
				session_end(keeper, s, why_of(ends, s));
	}
}

/* Before the answers, so that whoever asks for the next step finds this one done. */
static void
follow_keys(struct turn *turn)
{
	struct keeper *keeper = turn->keeper;
	bool follow = false;
	enum err err;

	for (size_t i = 0; i < turn->count; i++)
		follow = follow || turn->ready[i]->outcome.follow_keys;
	if (!follow)
		return;
	err = keys_follow(keeper->directory, keeper->store, keeper->ring);
	keeper->keys_behind = err;
	if (err != ERR_OK && err != ERR_STORE_BUSY)
		fault_note(&keeper->fault, err, session_clock());
}

static void
settle(struct turn *turn)
{
	struct keeper *keeper = turn->keeper;
	bool news = false;

	keeper->changes += concerns_others(turn) ? 1 : 0; /* as store_tell_others() */
	follow_keys(turn);
	for (size_t i = 0; i < turn->count; i++)
		if (turn->ready[i]->outcome.kind != OUTCOME_NONE)
			session_apply(keeper, turn->ready[i]);
	for (size_t i = 0; i < turn->count; i++) {
		news = news || turn->ready[i]->outcome.news;
		tell_said(keeper, turn->ready[i]->outcome.say);
		end_others(keeper, turn->ready[i]);
	}
	/* A role first: what it may no longer have is closed, and does not ask anew in vain. */
	for (size_t i = 0; i < turn->count; i++)
		if (turn->ready[i]->outcome.news_for != 0)
			tell_news(keeper, turn->ready[i]->outcome.news_for);
	if (news)
		tell_news(keeper, 0);
	tell_readers(keeper);
}

/* Whose password was compared, and of which name: before the job goes. */
static void
note_judged(struct turn *turn)
{
	for (size_t i = 0; i < turn->count; i++) {
		struct session *session = turn->ready[i];
		const struct hash_job *job = session->job;

		turn->judged[i] = session->life == LIFE_HASHED && job->verify;
		if (turn->judged[i])
			memcpy(session->name_hash, job->name_hash, sizeof session->name_hash);
	}
}

static bool
waits_for(const struct session *session, const struct session *judged)
{
	static const unsigned char any[sizeof session->name_hash];

	if (session->life != LIFE_PARKED ||
	    strcmp(session->state.source_key, judged->state.source_key) != 0)
		return false;
	return memcmp(session->name_hash, any, sizeof any) == 0 ||
	    memcmp(session->name_hash, judged->name_hash, sizeof any) == 0;
}

/* Those who wait for a verdict on that name and source are served again, the longest waiting first:
 * the list is newest first. More than a few could not begin anyway. */
static void
wake_parked(struct keeper *keeper, const struct session *judged)
{
	struct session *oldest[WAKE_MAX] = { NULL };
	size_t at = 0;

	for (struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (waits_for(s, judged))
			oldest[at++ % WAKE_MAX] = s;
	for (size_t i = 0; i < WAKE_MAX && oldest[i] != NULL; i++)
		session_wake(oldest[i]);
}

/* Those that ended in this turn have said farewell, or the turn is lost and they go without. */
static void
finish(struct turn *turn, const bool *going, enum err err)
{
	for (size_t i = 0; i < turn->count; i++) {
		struct session *session = turn->ready[i];

		if (turn->judged[i])
			wake_parked(turn->keeper, session);
		if (going[i]) {
			session_remove(turn->keeper, session);
			continue;
		}
		if (err != ERR_OK &&
		    (err != ERR_STORE_AWAY || !away_answer(turn->keeper, session, turn->now)))
			session_fail(turn->keeper, session, err, turn->now);
		outcome_clear(&session->outcome);
	}
}

void
turn_run(struct keeper *keeper)
{
	struct turn turn = { .keeper = keeper, .now = (int64_t)time(NULL) };
	bool going[TURN_MAX] = { false };
	enum err err;

	keeper->read_until = 0;
	hash_turn(keeper->pool);
	collect_all(&turn);
	if (turn.count == 0 && !budget_due(&keeper->budget, session_clock()) &&
	    !imports_due(keeper, session_clock()))
		return;
	for (size_t i = 0; i < turn.count; i++)
		going[i] = turn.ready[i]->life == LIFE_ENDING;
	note_judged(&turn);
	err = serve_within_room(&turn);
	fault_settle(&keeper->fault, err, session_clock());
	budget_settle(&keeper->budget, err == ERR_OK);
	note_uncounted(&turn, err);
	if (err == ERR_OK)
		settle(&turn);
	finish(&turn, going, err);
}

bool
turn_waits(const struct keeper *keeper)
{
	for (const struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (life_ready(s->life))
			return true;
	return false;
}
