/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "keeper/away.h"
#include "keeper/life.h"
#include "keeper/notify.h"
#include "keeper/others.h"
#include "keeper/prune.h"
#include "keeper/runner.h"
#include "keeper/session.h"
#include "keeper/trail.h"
#include "keeper/turn.h"

enum {
	HEAD_INTERVAL = 3600, /* seconds */
	LAST_GRACE = 2	      /* seconds that clients of a leaving keeper have */
};

enum { SLOT_LISTENER, SLOT_SIGNALS, SLOT_HASHES, SLOT_SESSIONS };

struct loop {
	struct keeper *keeper;
	struct pollfd *slots;
	size_t size;	       /* slots allocated */
	int spare;	       /* spare fd: rejects clients on EMFILE; -1: none */
	struct notify *notify; /* of the service manager */
	int64_t head_at;       /* the audit head is told next */
	int64_t accept_after;  /* no accepting before: descriptors had run out */
	bool unlinked;	       /* the keeper leaves, unless one at the door says a good hello */
};

/* Room for one more session than there are, each with a run. */
static enum err
grow(struct loop *loop)
{
	size_t need = SLOT_SESSIONS + 2 * (loop->keeper->session_count + 1);
	struct pollfd *slots;

	if (loop->slots != NULL && need <= loop->size)
		return ERR_OK;
	need += 64;
	slots = realloc(loop->slots, need * sizeof *slots);
	if (slots == NULL)
		return ERR_MEMORY;
	loop->slots = slots;
	loop->size = need;
	return ERR_OK;
}

/*
 * A session is heard when it has no request open; one whose line is down has no slot: poll() takes
 * no more of them than there may be descriptors.
 */
static size_t
fill(struct loop *loop, int64_t now)
{
	struct keeper *keeper = loop->keeper;
	size_t n = SLOT_SESSIONS;

	loop->slots[SLOT_LISTENER] = (struct pollfd){ .fd = now < loop->accept_after
		    ? -1
		    : keeper->listener,
		.events = POLLIN };
	loop->slots[SLOT_SIGNALS] = (struct pollfd){ .fd = keeper->signals, .events = POLLIN };
	loop->slots[SLOT_HASHES] = (struct pollfd){ .fd = hash_fd(keeper->pool), .events = POLLIN };
	for (struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (s->fd >= 0)
			loop->slots[n++] = (struct pollfd){ .fd = s->fd,
				.events = life_hears(s->life) ? POLLIN : 0 };
	for (struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (s->run != NULL)
			loop->slots[n++] = (struct pollfd){ .fd = s->run->line, .events = POLLIN };
	return n;
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/*
 * Whether anybody is here whom an embedded keeper stays for: who said a good hello, or is about to
 * be answered. Lines that say nothing, nonsense, or the hello of another version do not keep it,
 * however often they come: else an old keeper that is asked again and again would never make way.
 */
static bool
has_client(const struct keeper *keeper)
{
	for (const struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (s->state.greeted || s->life == LIFE_ASKED)
			return true;
	return false;
}

/* Seconds since boot at which a keeper that has no client takes its next step to leave. */
static int64_t
leave_time(const struct loop *loop)
{
	return loop->keeper->empty_since + KEEPER_LINGER + (loop->unlinked ? LAST_GRACE : 0);
}

/* Seconds since boot of the next thing that time alone brings to a session. */
static int64_t
session_next(const struct keeper *keeper, const struct session *session)
{
	if (session->life == LIFE_HELD || session->life == LIFE_PARKED)
		return session->until;
	if (session->life != LIFE_QUIET)
		return INT64_MAX;
	return earlier(session_deadline(keeper, session), session_lock_time(keeper, session));
}

/* ... and to all; INT64_MAX: nothing. */
static int64_t
next_deadline(const struct loop *loop)
{
	const struct keeper *keeper = loop->keeper;
	int64_t next = loop->head_at;

	for (const struct session *s = keeper->sessions; s != NULL; s = s->next)
		next = earlier(next, session_next(keeper, s));
	if (!keeper->stays && !has_client(keeper))
		next = earlier(next, leave_time(loop));
	if (loop->accept_after > 0)
		next = earlier(next, loop->accept_after);
	if (keeper->budget.sum_at > 0)
		next = earlier(next, keeper->budget.sum_at);
	if (keeper->imports_at > 0)
		next = earlier(next, keeper->imports_at);
	return next;
}

/* Milliseconds since boot. */
static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_BOOTTIME, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

/* Until the service manager or what is old wants something: milliseconds. */
static int
most_time(const struct loop *loop)
{
	int64_t wait = prune_wait(&loop->keeper->prune, milliseconds());
	int most = notify_interval(loop->notify);
	int others = others_next(loop->keeper, milliseconds());

	if (others >= 0 && (most < 0 || others < most))
		most = others;
	return wait < INT_MAX && (most < 0 || wait < most) ? (int)wait : most;
}

static int
timeout(const struct loop *loop, int64_t now)
{
	int64_t next = next_deadline(loop);
	int most = most_time(loop);

	if (next <= now || turn_waits(loop->keeper))
		return 0;
	if (next - now < INT_MAX / 1000 && (most < 0 || (int)(next - now) * 1000 < most))
		return (int)(next - now) * 1000;
	return most;
}

static int
accept_one(const struct loop *loop)
{
	return accept4(loop->keeper->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

/* A descriptor that leads nowhere in particular. */
static int
take_spare(const struct loop *loop)
{
	return fcntl(loop->keeper->signals, F_DUPFD_CLOEXEC, 3);
}

/* EMFILE: the spare fd is closed to accept the waiting client and tell it so, instead of letting it
 * wait. */
static void
turn_away(struct loop *loop, enum err why)
{
	int fd;

	if (loop->spare >= 0)
		close(loop->spare);
	fd = accept_one(loop);
	if (fd >= 0) {
		session_refuse(fd, why);
		close(fd);
	}
	loop->spare = take_spare(loop);
	if (fd < 0 || loop->spare < 0)
		loop->accept_after = session_clock() + 1;
}

/* Whether another one may be at the door. */
static bool
let_in(struct loop *loop)
{
	struct keeper *keeper = loop->keeper;
	int fd = accept_one(loop);
	enum err err;

	if (fd < 0) {
		if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)
			turn_away(loop, err_from_errno(errno));
		return false;
	}
	err = grow(loop);
	if (err == ERR_OK)
		return session_add(keeper, fd) == ERR_OK;
	session_refuse(fd, err);
	close(fd);
	return true;
}

static void
accept_some(struct loop *loop)
{
	for (int i = 0; i < 64 && let_in(loop); i++)
		continue;
}

/* Of the runs, whose slots begin at n. The list of sessions is as it was; a line of its that is
 * down was read before, and its slot is here still. */
static void
dispatch_runs(struct loop *loop, size_t n)
{
	for (struct session *s = loop->keeper->sessions; s != NULL; s = s->next)
		if (s->run != NULL && loop->slots[n++].revents != 0)
			runner_hear(loop->keeper, s);
}

/* Which sessions were heard is decided by slot order, so the list must not have changed since
 * fill(). */
static void
dispatch_io(struct loop *loop)
{
	size_t n = SLOT_SESSIONS;

	for (struct session *s = loop->keeper->sessions; s != NULL; s = s->next) {
		short what = s->fd >= 0 ? loop->slots[n++].revents : 0;

		if ((what & POLLIN) != 0 && life_hears(s->life))
			session_read(loop->keeper, s);
		else if ((what & (POLLHUP | POLLERR | POLLNVAL)) != 0)
			session_hang_up(loop->keeper, s);
	}
	dispatch_runs(loop, n);
}

static void
take_hashes(struct keeper *keeper)
{
	struct hash_job *job;

	while ((job = hash_done(keeper->pool)) != NULL)
		session_hashed(job->owner);
}

static void
take_signals(struct keeper *keeper)
{
	struct signalfd_siginfo info;

	while (read(keeper->signals, &info, sizeof info) == (ssize_t)sizeof info)
		keeper->leaving = true;
}

/* The audit head goes to the system's log at the start, hourly, and at the end: only that finds a
 * whole older copy (DESIGN 3). */
static void
tell_head(struct loop *loop, int64_t now, const char *when)
{
	trail_log_head(loop->keeper, when);
	loop->head_at = now + HEAD_INTERVAL;
}

static enum err
wait_once(struct loop *loop)
{
	struct keeper *keeper = loop->keeper;
	int64_t now = session_clock();
	size_t n = fill(loop, now);

	if (poll(loop->slots, (nfds_t)n, timeout(loop, now)) < 0)
		return errno == EINTR || errno == ENOMEM ? ERR_OK : ERR_SYSTEM;
	now = session_clock();
	if (loop->accept_after <= now)
		loop->accept_after = 0;
	if (loop->head_at <= now) {
		tell_head(loop, now, "hourly");
		others_witness(keeper, (int64_t)time(NULL));
	}
	notify_watchdog(loop->notify);
	dispatch_io(loop);
	take_signals(keeper);
	take_hashes(keeper);
	session_pass_time(keeper, now);
	if ((loop->slots[SLOT_LISTENER].revents & POLLIN) != 0)
		accept_some(loop);
	return ERR_OK;
}

/*
 * An embedded keeper leaves soon after its last client: first it takes its name away, so that no
 * more come, and lets in who has come to the door meanwhile. They have a moment for their hello; a
 * good one makes it stay, under a new socket.
 */
static enum err
maybe_leave(struct loop *loop)
{
	struct keeper *keeper = loop->keeper;
	int64_t now = session_clock();

	if (keeper->stays || keeper->leaving || has_client(keeper)) {
		keeper->empty_since = now;
		if (!loop->unlinked || keeper->leaving)
			return ERR_OK;
		loop->unlinked = false;
		return life_listen_again(keeper);
	}
	if (!loop->unlinked && now >= leave_time(loop)) {
		life_unlink(keeper);
		accept_some(loop);
		loop->unlinked = true;
	}
	if (loop->unlinked)
		keeper->leaving = keeper->session_count == 0 || now >= leave_time(loop);
	return ERR_OK;
}

/* The workers end first, with the jobs that they have: those are then nobody's. */
static void
end_all(struct keeper *keeper)
{
	hash_stop(keeper->pool);
	keeper->pool = NULL;
	for (struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (life_has_worker(s->life))
			s->job = NULL;
	while (keeper->sessions != NULL)
		session_remove(keeper, keeper->sessions);
}

enum err
loop_run(struct keeper *keeper, struct notify *notify)
{
	struct loop loop = { .keeper = keeper, .notify = notify };
	enum err err = grow(&loop);

	loop.spare = take_spare(&loop);
	keeper->began = keeper->empty_since = session_clock();
	journal_say(keeper, "started");
	tell_head(&loop, session_clock(), "start");
	while (err == ERR_OK && !keeper->leaving) {
		err = wait_once(&loop);
		if (err == ERR_OK) {
			turn_run(keeper);
			others_follow(keeper, milliseconds());
			away_follow(keeper, session_clock());
			prune_run(keeper, (int64_t)time(NULL), milliseconds());
			journal_tell(keeper);
		}
		if (err == ERR_OK)
			err = maybe_leave(&loop);
	}
	notify_stopping(notify);
	end_all(keeper);
	if (err == ERR_OK)
		err = life_sum_up(keeper);
	journal_tell(keeper);
	tell_head(&loop, session_clock(), "stop");
	journal_say(keeper, "stopped");
	if (loop.spare >= 0)
		close(loop.spare);
	free(loop.slots);
	return err;
}
