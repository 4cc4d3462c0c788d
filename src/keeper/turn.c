/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/turn.h"

#include <string.h>
#include <time.h>

#include "keeper/request.h"
#include "keeper/session.h"
#include "wire/line.h"

/* A session is closed in the turn that finds it closing; one that a request closes, in the next. */
static enum err
serve(struct keeper *keeper, struct session *session, int64_t now)
{
	if (session->closing)
		return session->job != NULL && !session->hashed
		    ? ERR_OK
		    : session_farewell(keeper, session, now);
	if (session->locking)
		return request_lock(keeper, session, now);
	return request_answer(keeper, session, now);
}

static enum err
serve_all(struct keeper *keeper, struct session **ready, size_t count, int64_t now)
{
	enum err err = store_begin(keeper->store);

	if (err != ERR_OK)
		return err;
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		err = serve(keeper, ready[i], now);
	if (err == ERR_OK)
		return store_commit(keeper->store);
	store_rollback(keeper->store);
	return err;
}

/* Whether a wrong password went uncounted, because its turn failed; until the next count is
 * committed. */
static void
note_uncounted(struct keeper *keeper, struct session *const *ready, size_t count, enum err err)
{
	if (err == ERR_OK && keeper->counted)
		keeper->uncounted = false;
	for (size_t i = 0; err != ERR_OK && i < count; i++)
		if (ready[i]->hashed && ready[i]->job != NULL && ready[i]->job->verify &&
		    !ready[i]->job->fits)
			keeper->uncounted = true;
}

/* Disabled, reset, replaced: that person's other sessions end at once. */
static bool
end_others(struct keeper *keeper)
{
	bool any = false;

	for (size_t i = 0; i < keeper->ended_count; i++) {
		const struct ended *ended = &keeper->ended[i];

		for (struct session *s = keeper->sessions; s != NULL; s = s->next) {
			if (s == ended->but || s->state.user != ended->user || s->closing)
				continue;
			if (ended->configuring && s->state.pending == 0)
				continue;
			s->closing = true;
			s->why = ERR_ENDED;
			any = true;
		}
	}
	return any;
}

/* Ready sessions, at most max of them. */
static size_t
collect(struct keeper *keeper, bool returned, struct session **ready, bool *going, size_t max)
{
	size_t count = 0;

	for (struct session *s = keeper->sessions; s != NULL && count < max; s = s->next) {
		if (!session_ready(s, returned))
			continue;
		going[count] = s->closing;
		ready[count++] = s;
	}
	return count;
}

static bool
finish(struct keeper *keeper, struct session *session, bool going, enum err err, int64_t now)
{
	if (going) {
		if (session->job == NULL || session->hashed)
			session_remove(keeper, session);
		else
			return false; /* its hash is still out */
		return true;
	}
	if (session->locking)
		session_locked(session, err);
	else if (err == ERR_OK)
		session_settle(keeper, session);
	else
		session_fail(session, err, now);
	return session->closing;
}

/* Whoever is at home hears that what the screen shows may be old. */
static void
tell_news(struct keeper *keeper)
{
	struct wire_reply news;

	wire_reply_init(&news, WIRE_NEWS);
	for (struct session *s = keeper->sessions; s != NULL; s = s->next) {
		if (s->fd < 0 || s->closing || s->state.host || s->state.signin.door != DOOR_HOME)
			continue;
		news.door = DOOR_HOME;
		if (line_send_reply(s->fd, &news) != ERR_OK)
			s->closing = true;
	}
}

enum { TURN_MAX = 256 };

bool
turn_run(struct keeper *keeper, bool returned)
{
	struct session *ready[TURN_MAX];
	bool going[TURN_MAX];
	int64_t now = (int64_t)time(NULL);
	size_t count = collect(keeper, returned, ready, going, TURN_MAX);
	bool again = count == TURN_MAX;
	enum err err;

	if (count == 0)
		return false;
	keeper->ended_count = 0;
	keeper->news = false;
	keeper->counted = false;
	hash_turn(keeper->pool);
	err = serve_all(keeper, ready, count, now);
	note_uncounted(keeper, ready, count, err);
	if (err == ERR_OK && end_others(keeper))
		again = true;
	for (size_t i = 0; i < count; i++)
		again = finish(keeper, ready[i], going[i], err, now) || again;
	if (err == ERR_OK && keeper->news)
		tell_news(keeper);
	return again;
}
