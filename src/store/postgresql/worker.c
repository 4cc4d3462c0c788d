/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/worker.h"
#include "store/postgresql/pipeline.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	GRACE_MS = 250,	    /* of a thread, beyond the deadline that it keeps itself */
	ABANDONED_MAX = 16, /* threads that libpq has not let go yet */
	STACK_SIZE = 256 << 10
};

enum job { JOB_NONE, JOB_CONNECT, JOB_ASK, JOB_LEAVE };

struct worker {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	pthread_t thread;
	struct connection_plan plan; /* its strings are our own */
	/* under the mutex */
	enum job job; /* JOB_NONE: it waits, or has answered */
	bool left;    /* nobody waits for it any more; it frees itself */
	bool connected;
	int backend;  /* as of struct connection */
	enum err err; /* of the last job */
	char trouble[TROUBLE_SIZE];
	/* of the job: the asker's before it is given, the thread's until it is answered */
	struct questions *questions;
	int64_t until;
	bool warned;
	/* the thread's own */
	struct connection connection;
};

/* How many threads were left behind and have not ended. */
static atomic_int abandoned;

/* It may hold a password. */
static void
free_plan(struct connection_plan *plan)
{
	char *conninfo = (char *)(uintptr_t)plan->conninfo;

	if (conninfo != NULL)
		explicit_bzero(conninfo, strlen(conninfo));
	free(conninfo);
	free((char *)(uintptr_t)plan->node);
}

static void
free_worker(struct worker *worker)
{
	questions_free(worker->questions);
	free_plan(&worker->plan);
	pthread_cond_destroy(&worker->changed);
	pthread_mutex_destroy(&worker->mutex);
	free(worker);
}

/* --- the thread ---------------------------------------------------------------------------- */

static enum err
work(struct worker *worker, enum job job)
{
	if (job == JOB_CONNECT)
		return connection_open(&worker->connection, &worker->plan, worker->until);
	return pipeline_ask(&worker->connection, worker->questions, worker->until);
}

/* The next job, which the mutex is held for. */
static enum job
next_job(struct worker *worker)
{
	while (worker->job == JOB_NONE && !worker->left)
		pthread_cond_wait(&worker->changed, &worker->mutex);
	return worker->left ? JOB_LEAVE : worker->job;
}

static void *
run(void *context)
{
	struct worker *worker = context;
	enum job job;
	bool left;

	worker->connection.backend = worker->plan.backend;
	pthread_mutex_lock(&worker->mutex);
	while ((job = next_job(worker)) != JOB_LEAVE) {
		enum err err;

		pthread_mutex_unlock(&worker->mutex);
		err = work(worker, job);
		pthread_mutex_lock(&worker->mutex);
		worker->err = err;
		worker->warned = worker->connection.warned;
		worker->connected = worker->connection.pg != NULL;
		worker->backend = worker->connection.backend;
		memcpy(worker->trouble, worker->connection.trouble, sizeof worker->trouble);
		worker->job = JOB_NONE;
		pthread_cond_broadcast(&worker->changed);
	}
	left = worker->left;
	pthread_mutex_unlock(&worker->mutex);
	connection_close(&worker->connection);
	if (left) {
		free_worker(worker);
		atomic_fetch_sub(&abandoned, 1);
	}
	return NULL;
}

/* --- who asks ------------------------------------------------------------------------------ */

static bool
make_monitor(struct worker *worker)
{
	pthread_condattr_t attributes;
	bool made;

	if (pthread_condattr_init(&attributes) != 0)
		return false;
	made = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
	    pthread_cond_init(&worker->changed, &attributes) == 0;
	pthread_condattr_destroy(&attributes);
	if (made && pthread_mutex_init(&worker->mutex, NULL) != 0) {
		pthread_cond_destroy(&worker->changed);
		made = false;
	}
	return made;
}

static bool
begin_thread(struct worker *worker)
{
	pthread_attr_t attributes;
	bool begun;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	begun = pthread_attr_setstacksize(&attributes, STACK_SIZE) == 0 &&
	    pthread_create(&worker->thread, &attributes, run, worker) == 0;
	pthread_attr_destroy(&attributes);
	return begun;
}

enum err
worker_start(const struct connection_plan *plan, struct worker **ret_worker)
{
	struct worker *worker = calloc(1, sizeof *worker);

	if (worker == NULL)
		return ERR_MEMORY;
	worker->plan = (struct connection_plan){ strdup(plan->conninfo), strdup(plan->node),
		plan->claims, plan->backend };
	if (worker->plan.conninfo == NULL || worker->plan.node == NULL || !make_monitor(worker)) {
		free_plan(&worker->plan);
		free(worker);
		return ERR_MEMORY;
	}
	if (!begin_thread(worker)) {
		free_worker(worker);
		return ERR_SYSTEM;
	}
	*ret_worker = worker;
	return ERR_OK;
}

/* Waits until the job is done; false: not by then. The mutex is held. */
static bool
wait_until_done(struct worker *worker, int64_t until)
{
	struct timespec at = { .tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000 };

	while (worker->job != JOB_NONE)
		if (pthread_cond_timedwait(&worker->changed, &worker->mutex, &at) == ETIMEDOUT)
			return worker->job == JOB_NONE;
	return true;
}

/* The mutex is held, and given back. */
static void
leave(struct worker *worker)
{
	pthread_t thread = worker->thread;

	worker->left = true;
	atomic_fetch_add(&abandoned, 1);
	pthread_cond_broadcast(&worker->changed);
	pthread_mutex_unlock(&worker->mutex);
	pthread_detach(thread);
}

void
worker_stop(struct worker *worker)
{
	if (worker == NULL)
		return;
	pthread_mutex_lock(&worker->mutex);
	if (!wait_until_done(worker, connection_clock() + GRACE_MS)) {
		leave(worker);
		return;
	}
	worker->job = JOB_LEAVE;
	pthread_cond_broadcast(&worker->changed);
	pthread_mutex_unlock(&worker->mutex);
	pthread_join(worker->thread, NULL);
	free_worker(worker);
}

void
worker_connect(struct worker *worker)
{
	pthread_mutex_lock(&worker->mutex);
	if (worker->job == JOB_NONE && !worker->connected) {
		worker->until = connection_clock() + WORKER_CONNECT_MS;
		worker->job = JOB_CONNECT;
		pthread_cond_broadcast(&worker->changed);
	}
	pthread_mutex_unlock(&worker->mutex);
}

enum err
worker_await(struct worker *worker, int64_t until)
{
	enum err err = ERR_STORE_AWAY;

	pthread_mutex_lock(&worker->mutex);
	if (wait_until_done(worker, until))
		err = worker->connected ? ERR_OK : worker->err;
	pthread_mutex_unlock(&worker->mutex);
	return err;
}

int
worker_backend(struct worker *worker)
{
	int backend;

	pthread_mutex_lock(&worker->mutex);
	backend = worker->backend;
	pthread_mutex_unlock(&worker->mutex);
	return backend;
}

bool
worker_is_connected(struct worker *worker)
{
	bool connected;

	pthread_mutex_lock(&worker->mutex);
	connected = worker->job == JOB_NONE && worker->connected;
	pthread_mutex_unlock(&worker->mutex);
	return connected;
}

void
worker_trouble(struct worker *worker, char ret_trouble[TROUBLE_SIZE])
{
	pthread_mutex_lock(&worker->mutex);
	memcpy(ret_trouble, worker->trouble, TROUBLE_SIZE);
	pthread_mutex_unlock(&worker->mutex);
}

/* Another one in place of one that did not answer. */
static enum err
replace(struct worker **io_worker)
{
	struct connection_plan plan = (*io_worker)->plan;
	struct worker *other = NULL;
	enum err err = ERR_SYSTEM;

	plan.backend = (*io_worker)->backend;
	if (atomic_load(&abandoned) < ABANDONED_MAX)
		err = worker_start(&plan, &other);

	if (err == ERR_OK) {
		(void)snprintf(other->trouble, sizeof other->trouble, "no answer in time");
		leave(*io_worker);
		*io_worker = other;
	} else {
		pthread_mutex_unlock(&(*io_worker)->mutex);
	}
	return ERR_STORE_AWAY;
}

enum err
worker_post(struct worker *worker, struct questions *questions, int64_t until)
{
	enum err err = ERR_STORE_AWAY;

	pthread_mutex_lock(&worker->mutex);
	if (worker->job == JOB_NONE && worker->connected) {
		questions_free(worker->questions); /* that nobody collected */
		worker->until = until;
		worker->questions = questions;
		worker->job = JOB_ASK;
		pthread_cond_broadcast(&worker->changed);
		err = ERR_OK;
	}
	pthread_mutex_unlock(&worker->mutex);
	return err;
}

/* The questions of a thread that is left behind are its own. */
enum err
worker_collect(struct worker **io_worker, struct questions **ret_questions, bool *ret_warned)
{
	struct worker *worker = *io_worker;
	enum err err;

	pthread_mutex_lock(&worker->mutex);
	if (!wait_until_done(worker, worker->until + GRACE_MS))
		return replace(io_worker);
	err = worker->err;
	*ret_warned = worker->warned;
	*ret_questions = worker->questions;
	worker->questions = NULL;
	pthread_mutex_unlock(&worker->mutex);
	return err;
}
