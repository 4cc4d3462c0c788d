/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/session.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/secret.h"
#include "keeper/audit.h"
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
session_refuse(int fd, enum err why)
{
	struct wire_reply reply;

	wire_reply_init(&reply, WIRE_NO_OP);
	reply.err = (uint32_t)why;
	reply.door = DOOR_CLOSED;
	if (line_send_reply(fd, &reply) != ERR_OK)
		return; /* whoever it was has gone */
}

enum err
session_add(struct keeper *keeper, int fd)
{
	struct session *session = calloc(1, sizeof *session);
	enum err err = ERR_MEMORY;

	if (session == NULL)
		goto out;
	session->fd = fd;
	session->state.signin = signin_start();
	session->touched = session->began = session_clock();
	err = line_peer(fd, &session->peer);
	if (err != ERR_OK)
		goto out;
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

void
session_read(struct keeper *keeper, struct session *session)
{
	enum err err = ERR_MEMORY;

	(void)keeper;
	session->request = calloc(1, sizeof *session->request);
	if (session->request != NULL)
		err = line_receive_request(session->fd, session->request);
	if (err == ERR_OK) {
		session->touched = session_clock();
		return;
	}
	free(session->request);
	session->request = NULL;
	if (err == ERR_BUSY)
		return;
	session->closing = true;
	if (err == ERR_MEMORY) /* nonsense gets no answer */
		session->why = err;
}

void
session_hang_up(struct session *session)
{
	if (session->fd >= 0)
		close(session->fd);
	session->fd = -1;
	if (session->job == NULL)
		session->closing = true;
}

int64_t
session_deadline(const struct session *session)
{
	int64_t longest = session->began + KEEPER_SESSION_LONGEST, limit;

	if (!session->state.greeted)
		limit = HELLO_LIMIT;
	else if (session->state.host)
		limit = HOST_LIMIT;
	else
		limit = signin_idle_limit(session->state.signin.door);
	if (limit == 0 || session->touched + limit > longest)
		return longest;
	return session->touched + limit;
}

/* The console locks first, on its own clock; a console that does not (it was stopped) is locked all
 * the same. */
int64_t
session_lock_time(const struct keeper *keeper, const struct session *session)
{
	if (session->state.signin.door != DOOR_HOME || keeper->idle_lock == 0)
		return INT64_MAX;
	return session->touched + keeper->idle_lock + LOCK_GRACE;
}

void
session_locked(struct session *session, enum err err)
{
	struct wire_reply news;

	session->locking = false;
	if (err != ERR_OK) {
		session->touched = session_clock();
		return;
	}
	session->state = session->after;
	wire_reply_init(&news, WIRE_NEWS);
	news.door = DOOR_LOCKED;
	if (session->fd >= 0 && line_send_reply(session->fd, &news) != ERR_OK)
		session->closing = true;
}

bool
session_ready(const struct session *session, bool returned)
{
	if (session->closing || session->locking)
		return true;
	if (session->request == NULL)
		return false;
	if (session->job != NULL)
		return session->hashed;
	return !session->parked || returned;
}

enum err
session_farewell(struct keeper *keeper, struct session *session, int64_t now)
{
	enum err err = ERR_OK;

	if (session->state.pending != 0 && session->state.user != 0)
		err = store_pending_touch(keeper->store, session->state.user,
		    session->state.pending, now);
	if (err == ERR_STORE_NONE)
		err = ERR_OK; /* configured or replaced meanwhile */
	if (err == ERR_OK && session->state.signin.door == DOOR_HOME)
		err = audit_session(keeper, session, "sign-out",
		    session->why == ERR_OK ? "ok" : "ended", now);
	return err;
}

static void
drop_request(struct session *session)
{
	if (session->request != NULL)
		secret_wipe(session->request, sizeof *session->request);
	free(session->request);
	session->request = NULL;
	hash_job_free(session->job);
	session->job = NULL;
	session->hashed = false;
	session->parked = false;
}

static void
drop_reply(struct session *session)
{
	if (session->reply != NULL)
		secret_wipe(session->reply, sizeof *session->reply);
	free(session->reply);
	session->reply = NULL;
}

/* A client that does not read its answers is cut off: nobody waits for it. */
static void
send_reply(struct session *session)
{
	if (session->fd < 0 || line_send_reply(session->fd, session->reply) != ERR_OK)
		session->closing = true;
	drop_reply(session);
}

void
session_settle(struct keeper *keeper, struct session *session)
{
	if (session->reply == NULL && session->starts == NULL)
		return; /* parked, or cut */
	session->state = session->after;
	if (session->starts != NULL) {
		hash_job_free(session->job);
		session->job = session->starts;
		session->starts = NULL;
		session->hashed = false;
		session->parked = false;
		hash_submit(keeper->pool, session->job);
		return;
	}
	drop_request(session);
	send_reply(session);
}

void
session_fail(struct session *session, enum err err, int64_t now)
{
	struct wire_reply reply;

	hash_job_free(session->starts);
	session->starts = NULL;
	drop_reply(session);
	if (session->request == NULL)
		return;
	wire_reply_init(&reply, (enum wire_op)session->request->op);
	reply.err = (uint32_t)err;
	reply.door = (uint32_t)session->state.signin.door;
	reply.now = now;
	if (session->fd < 0 || line_send_reply(session->fd, &reply) != ERR_OK)
		session->closing = true;
	drop_request(session);
}

static void
say_why(const struct session *session)
{
	if (session->fd >= 0 && session->why != ERR_OK)
		session_refuse(session->fd, session->why);
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
	say_why(session);
	if (session->fd >= 0)
		close(session->fd);
	hash_job_free(session->starts);
	drop_reply(session);
	drop_request(session);
	secret_wipe(session, sizeof *session);
	free(session);
}
