/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a session when its turn is committed, or lost. */
#include "keeper/session.h"

#include <string.h>

#include "keeper/runner.h"
#include "keeper/ticket.h"
#include "store/store_lock.h"
#include "wire/line.h"

enum { PARKED_MOST = 2 }; /* seconds that a session waits for a verdict before it looks itself */

/* Only an answer makes a line less idle, and at a door only one to the door's question. */
static void
note_answered(struct keeper *keeper, struct session *session)
{
	const struct session_state *state = &session->state;
	bool alive = session->request->op == WIRE_ALIVE;

	if (alive && !state->host && !state->signin.signed_in)
		return;
	session->answered = session_clock();
	admission_touch(keeper->admission, &session->place);
}

/* A client that does not read its answers is cut off: nobody waits for it. */
static void
send_reply(struct keeper *keeper, struct session *session, const struct wire_reply *reply,
    int descriptor, enum life_event event)
{
	session_drop_request(session);
	session_move_on(session, event);
	if (session->fd < 0 || line_send_reply_with(session->fd, reply, descriptor) != ERR_OK)
		session_end(keeper, session, ERR_OK);
}

/* The order goes out now that it is true. Where the runner takes it no more, that is the answer. */
static int
begin_run(struct session *session)
{
	struct outcome *outcome = &session->outcome;
	enum err err;

	if (outcome->start == NULL || outcome->reply->err != ERR_OK)
		return -1;
	err = runner_go(session, outcome->start);
	if (err == ERR_OK)
		return outcome->start->console;
	memset(&outcome->reply->u, 0, sizeof outcome->reply->u);
	outcome->reply->err = (uint32_t)err;
	return -1;
}

static void
send_job(struct keeper *keeper, struct session *session)
{
	hash_job_free(session->job);
	session->job = session->outcome.job;
	session->outcome.job = NULL;
	session->job->owner = session;
	session_move_on(session, LIFE_EVENT_DEFER);
	hash_submit(keeper->pool, session->job);
}

static void
tell_locked(struct keeper *keeper, struct session *session)
{
	struct wire_reply news;

	session_move_on(session, LIFE_EVENT_LOCKED);
	wire_reply_init(&news, WIRE_NEWS);
	news.door = DOOR_LOCKED;
	if (session->fd >= 0 && line_send_reply(session->fd, &news) != ERR_OK)
		session_end(keeper, session, ERR_OK);
}

static void
note_session_limit(struct keeper *keeper, int64_t limit)
{
	if (limit == 0)
		return;
	if (limit < keeper->session_limit)
		keeper->shortened = session_clock();
	keeper->session_limit = limit;
}

void
session_apply(struct keeper *keeper, struct session *session)
{
	struct outcome *outcome = &session->outcome;

	session->state = outcome->after;
	if (session->state.signin.door != DOOR_HOME)
		runner_end(session); /* the lock has closed */
	grace_begin(&keeper->graces, &outcome->grace);
	if (outcome->idle_lock != 0)
		keeper->idle_lock = outcome->idle_lock;
	note_session_limit(keeper, outcome->session_limit);
	switch (outcome->kind) {
	case OUTCOME_NONE:
		break;
	case OUTCOME_ANSWER:
		note_answered(keeper, session);
		/* It named its source, or passed a door: its place is among others now. A line that
		 * was given up meanwhile takes none. */
		if (session->fd >= 0 && !session_find_place(keeper, session))
			session_end(keeper, session, ERR_CROWDED);
		send_reply(keeper, session, outcome->reply, begin_run(session),
		    LIFE_EVENT_ANSWERED);
		break;
	case OUTCOME_HASH:
		send_job(keeper, session);
		break;
	case OUTCOME_PARK:
		memcpy(session->name_hash, outcome->name_hash, sizeof session->name_hash);
		session->until = session_clock() + PARKED_MOST;
		session_move_on(session, LIFE_EVENT_PARK);
		break;
	case OUTCOME_HOLD:
		session->until = outcome->until;
		session_move_on(session, LIFE_EVENT_HOLD);
		break;
	case OUTCOME_CUT:
		session_drop_request(session);
		session_move_on(session, LIFE_EVENT_ANSWERED);
		break;
	case OUTCOME_LOCK:
		tell_locked(keeper, session);
		break;
	}
	if (outcome->closing)
		session_end(keeper, session, outcome->why);
}

/* Whoever asks is told that it is busy; where the database is, is the host's to know. At a door a
 * turn whose end is not known has let nobody in. */
static enum err
told(const struct keeper *keeper, const struct session *session, enum err err)
{
	bool unsure = err == ERR_STORE_UNSURE && store_is_shared(keeper->store) &&
	    !session->state.signin.signed_in;

	return err == ERR_STORE_AWAY || unsure ? ERR_BUSY : err;
}

void
session_fail(struct keeper *keeper, struct session *session, enum err err, int64_t now)
{
	struct wire_reply reply;

	if (session->life == LIFE_LOCKING) {
		session->answered = session_clock(); /* tried again later */
		session_move_on(session, LIFE_EVENT_LOCK_LATER);
		return;
	}
	if (session->request == NULL)
		return;
	/* A hello has its ticket at once, so that no other of its turn has it too. */
	if (session->request->op == WIRE_HELLO)
		ticket_release(keeper->tickets, session->number);
	wire_reply_init(&reply, (enum wire_op)session->request->op);
	reply.err = (uint32_t)told(keeper, session, err);
	reply.door = (uint32_t)session->state.signin.door;
	reply.now = now;
	send_reply(keeper, session, &reply, -1, LIFE_EVENT_TURN_LOST);
}
