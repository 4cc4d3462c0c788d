/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/session.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/secret.h"
#include "core/source.h"
#include "keeper/greet.h"
#include "keeper/imports.h"
#include "keeper/runner.h"
#include "keeper/ticket.h"
#include "keeper/trail.h"
#include "store/store_device.h"
#include "wire/line.h"

enum { HELLO_LIMIT = 10, HOST_LIMIT = 900, LOCK_GRACE = 20 }; /* seconds */

int64_t
session_clock(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_BOOTTIME, &ts) != 0)
		return 0;
	return ts.tv_sec;
}

void
session_move_on(struct session *session, enum life_event event)
{
	session->life = life_next(session->life, event);
}

/* --- coming ---------------------------------------------------------------- */

void
session_refuse(int fd, enum err why)
{
	struct wire_reply reply;

	wire_reply_init(&reply, WIRE_NO_OP);
	reply.err = (uint32_t)why;
	reply.door = DOOR_CLOSED;
	if (line_send_reply(fd, &reply) != ERR_OK)
		return; /* the session has ended */
}

/* Gives up one line of a share; false if none is there. */
static bool
make_room(struct keeper *keeper, enum share share)
{
	struct admission_line *line = admission_yield(keeper->admission, share);

	if (line == NULL)
		return false;
	admission_leave(keeper->admission, line);
	session_end(keeper, line->owner, ERR_CROWDED);
	return true;
}

bool
session_find_place(struct keeper *keeper, struct session *session)
{
	enum share share = session_share(session);
	uint64_t group = session->state.group;

	if (admission_move(keeper->admission, &session->place, share, group) == ERR_OK)
		return true;
	return make_room(keeper, share) &&
	    admission_move(keeper->admission, &session->place, share, group) == ERR_OK;
}

/* Before its hello a line is its UNIX user's. */
static enum err
admit(struct keeper *keeper, struct session *session)
{
	const struct source source = source_of_uid(session->peer);

	session->place.owner = session;
	session->state.group = source_group(&source);
	return session_find_place(keeper, session) ? ERR_OK : ERR_BUSY;
}

enum err
session_add(struct keeper *keeper, int fd)
{
	struct session *session = calloc(1, sizeof *session);
	enum err err = ERR_MEMORY;

	if (session == NULL)
		goto out;
	session->fd = fd;
	session->life = LIFE_QUIET;
	session->state.signin = signin_start();
	session->answered = session->began = session_clock();
	err = line_peer(fd, &session->peer);
	if (err == ERR_OK)
		err = admit(keeper, session);
	if (err != ERR_OK)
		goto out;
	session->number = ++keeper->numbers;
	session->next = keeper->sessions;
	keeper->sessions = session;
	keeper->session_count++;
	return ERR_OK;
out:
	free(session);
	session_refuse(fd, err);
	close(fd);
	return err;
}

/* --- what happens to it ---------------------------------------------------- */

/* The first message may come from another version, which is told ours. */
static enum err
receive(struct keeper *keeper, struct session *session)
{
	struct greeting other;
	enum err err;

	if (session->state.greeted)
		return line_receive_request(session->fd, session->request);
	err = line_receive_hello(session->fd, session->request, &other);
	if (err == ERR_VERSION)
		greet_refuse(keeper, session, &other, session_clock());
	return err;
}

void
session_read(struct keeper *keeper, struct session *session)
{
	enum err err = ERR_MEMORY;

	session->request = calloc(1, sizeof *session->request);
	if (session->request != NULL)
		err = receive(keeper, session);
	if (err == ERR_OK) {
		session_move_on(session, LIFE_EVENT_REQUEST);
		return;
	}
	free(session->request);
	session->request = NULL;
	if (err != ERR_BUSY) /* nonsense gets no answer */
		session_end(keeper, session, err == ERR_MEMORY ? err : ERR_OK);
}

static void
say_why(const struct session *session)
{
	if (session->fd >= 0 && session->why != ERR_OK)
		session_refuse(session->fd, session->why);
}

/* A job that no worker has begun is taken back: it counts as a failure, and is never hashed. */
static void
take_back(struct keeper *keeper, struct session *session)
{
	struct hash_job *job = session->job;

	if (job == NULL || !life_has_worker(session->life) || !hash_cancel(keeper->pool, job))
		return;
	job->err = job->verify ? ERR_OK : ERR_ENDED;
	job->fits = false;
	session_hashed(session);
}

static void
drop_line(struct session *session)
{
	if (session->fd >= 0)
		close(session->fd);
	session->fd = -1;
}

void
session_hang_up(struct keeper *keeper, struct session *session)
{
	drop_line(session);
	session_move_on(session, LIFE_EVENT_HANG_UP);
	take_back(keeper, session);
}

/* An attempt that has begun is judged and counted before the session goes, without its line. */
void
session_end(struct keeper *keeper, struct session *session, enum err why)
{
	if (session->life == LIFE_ENDING)
		return;
	session->why = why;
	if (life_has_worker(session->life) || session->life == LIFE_HASHED) {
		say_why(session);
		drop_line(session);
	}
	session_move_on(session, LIFE_EVENT_END);
	take_back(keeper, session);
}

void
session_lock(struct session *session)
{
	session_move_on(session, LIFE_EVENT_IDLE_LOCK);
}

void
session_hashed(struct session *session)
{
	session_move_on(session, LIFE_EVENT_HASH_BACK);
}

void
session_wake(struct session *session)
{
	session->released = session->life == LIFE_HELD;
	session_move_on(session, LIFE_EVENT_WAKE);
}

enum share
session_share(const struct session *session)
{
	const struct session_state *state = &session->state;

	if (state->kind == WIRE_KEYS || state->kind == WIRE_RUNNER)
		return SHARE_SERVICE;
	if (state->kind == WIRE_PAM)
		return SHARE_PAM;
	if (state->host)
		return SHARE_HOST;
	if (state->signin.signed_in)
		return SHARE_IN;
	return state->signin.password_passed ? SHARE_PASSWORD : SHARE_STRANGER;
}

/* --- limits ---------------------------------------------------------------- */

int64_t
session_longest(const struct keeper *keeper, const struct session *session)
{
	int64_t end = session->began + keeper->session_limit;
	int64_t warned = keeper->shortened + RUN_WARNING;

	if (keeper->session_limit == 0)
		return INT64_MAX;
	if (session->run == NULL || keeper->shortened == 0 || end >= warned)
		return end;
	return end >= keeper->shortened - RUN_WARNING ? warned : end;
}

int64_t
session_lasts(const struct keeper *keeper, const struct session *session, int64_t now)
{
	int64_t longest = session_longest(keeper, session);

	if (longest == INT64_MAX)
		return 0;
	return longest > now ? longest - now : 1;
}

int64_t
session_deadline(const struct keeper *keeper, const struct session *session)
{
	int64_t longest = session_longest(keeper, session), limit;

	if (!session->state.greeted || session_share(session) == SHARE_SERVICE ||
	    session_share(session) == SHARE_PAM)
		limit = HELLO_LIMIT;
	else if (session->state.host)
		limit = HOST_LIMIT;
	else
		limit = signin_idle_limit(session->state.signin.door);
	if (limit == 0 || session->answered + limit > longest)
		return longest;
	return session->answered + limit;
}

/* The console locks first, on its own clock; a console that does not (it was stopped) is locked all
 * the same. */
int64_t
session_lock_time(const struct keeper *keeper, const struct session *session)
{
	if (session->state.signin.door != DOOR_HOME || keeper->idle_lock == 0)
		return INT64_MAX;
	return session->answered + keeper->idle_lock + LOCK_GRACE;
}

void
session_pass_time(struct keeper *keeper, int64_t now)
{
	for (struct session *s = keeper->sessions; s != NULL; s = s->next) {
		if ((s->life == LIFE_HELD || s->life == LIFE_PARKED) && now >= s->until)
			session_wake(s);
		if (s->life != LIFE_QUIET)
			continue;
		if (now >= session_longest(keeper, s))
			session_end(keeper, s, ERR_LONGEST);
		else if (now >= session_deadline(keeper, s))
			session_end(keeper, s, ERR_IDLE);
		else if (now >= session_lock_time(keeper, s))
			session_lock(s);
	}
}

/* --- going ----------------------------------------------------------------- */

enum err
session_farewell(struct keeper *keeper, struct session *session, int64_t now)
{
	const struct session_state *state = &session->state;
	enum err err = ERR_OK;

	if (!room_serves(&keeper->room, session, WIRE_HOME))
		return ERR_OK;
	if (state->pending != 0 && state->user != 0)
		err = store_pending_touch(keeper->store, state->user, state->pending, now);
	if (err == ERR_STORE_NONE)
		err = ERR_OK; /* configured or replaced meanwhile */
	if (err == ERR_OK && (state->signin.door == DOOR_HOME || state->signin.door == DOOR_LOCKED))
		err = trail_session(keeper, session, AUDIT_SIGN_OUT,
		    session->why == ERR_OK ? "ok" : "ended", now);
	return err;
}

void
session_drop_request(struct session *session)
{
	if (session->request != NULL)
		secret_wipe(session->request, sizeof *session->request);
	free(session->request);
	session->request = NULL;
	hash_job_free(session->job);
	session->job = NULL;
	session->released = false;
}

void
session_remove(struct keeper *keeper, struct session *session)
{
	struct session **link = &keeper->sessions;

	while (*link != NULL && *link != session)
		link = &(*link)->next;
	if (*link != NULL) {
		*link = session->next;
		keeper->session_count--;
	}
	if (session->state.import != 0)
		imports_wake(keeper);
	admission_leave(keeper->admission, &session->place);
	if (session->state.vouched)
		ticket_release(keeper->tickets, session->number);
	say_why(session);
	if (keeper->leaving)
		runner_leave(session);
	else
		runner_end(session);
	if (session->fd >= 0)
		close(session->fd);
	outcome_clear(&session->outcome);
	session_drop_request(session);
	secret_wipe(session, sizeof *session);
	free(session);
}
