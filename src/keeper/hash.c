/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/hash.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct hash_worker {
	struct hash_pool *pool;
	pthread_t thread;
	pthread_cond_t wake;
	bool idle; /* waits, and nobody has woken it */
};

struct hash_pool {
	const struct keyring *ring;
	pthread_mutex_t mutex;
	struct hash_queue queue;
	struct hash_job *done; /* newest first */
	bool ending;
	int event;
	unsigned workers; /* that run */
	struct hash_worker worker[HASH_WORKERS_MAX];
};

static struct hash_job *
job_of(struct hash_place *place)
{
	return (struct hash_job *)((char *)place - offsetof(struct hash_job, place));
}

static void
work(const struct keyring *ring, struct hash_job *job)
{
	const struct password_cost cost = password_cost_default();
	const char *phc = job->known ? job->phc : NULL;
	const struct secret *fresh = job->fresh;
	int64_t account = job->fresh_account;
	bool same = false;

	job->err = ERR_OK;
	job->fits = false;
	job->made[0] = '\0';
	if (job->verify) {
		job->err = password_verify(ring, job->account, phc,
		    (const char *)job->password->bytes, job->password->length, &job->fits);
		if (job->err != ERR_OK || !job->fits)
			return;
		if (job->rehash && fresh == NULL && password_stale(ring, &cost, job->phc)) {
			fresh = job->password;
			account = job->account;
		}
	}
	if (fresh != NULL && job->differs) {
		job->err = password_verify(ring, job->account, phc, (const char *)fresh->bytes,
		    fresh->length, &same);
		if (job->err == ERR_OK && same)
			job->err = ERR_PASSWORD_SAME;
	}
	if (fresh != NULL && job->err == ERR_OK)
		job->err = password_hash(ring, &cost, account, (const char *)fresh->bytes,
		    fresh->length, job->made);
}

static struct hash_job *
take(struct hash_worker *worker)
{
	struct hash_pool *pool = worker->pool;
	struct hash_job *job = NULL;

	pthread_mutex_lock(&pool->mutex);
	while (!pool->ending && hash_queue_empty(&pool->queue)) {
		worker->idle = true;
		pthread_cond_wait(&worker->wake, &pool->mutex);
	}
	worker->idle = false;
	if (!pool->ending)
		job = job_of(hash_queue_take(&pool->queue));
	pthread_mutex_unlock(&pool->mutex);
	return job;
}

/* The mutex is held. */
static void
give_back(struct hash_pool *pool, struct hash_job *job)
{
	job->next = pool->done;
	pool->done = job;
}

static void
ring_bell(const struct hash_pool *pool)
{
	const uint64_t one = 1;

	while (write(pool->event, &one, sizeof one) < 0 && errno == EINTR)
		continue;
}

static void *
run(void *argument)
{
	struct hash_worker *worker = argument;
	struct hash_pool *pool = worker->pool;
	struct hash_job *job;

	while ((job = take(worker)) != NULL) {
		work(pool->ring, job);
		pthread_mutex_lock(&pool->mutex);
		give_back(pool, job);
		pthread_mutex_unlock(&pool->mutex);
		ring_bell(pool);
	}
	return NULL;
}

static unsigned
cores(void)
{
	cpu_set_t set;
	int count = 1;

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		count = CPU_COUNT(&set);
	if (count < 1)
		count = 1;
	return count > HASH_WORKERS_MAX ? HASH_WORKERS_MAX : (unsigned)count;
}

/*
 * Never trimmed and never mmap'ed: page faults, not hashing, are what fresh memory costs. Each
 * worker has an arena of its own, for the loop's small allocations would else settle in the block
 * that a hash has just given back, and the next hash would need another.
 */
static void
keep_memory_warm(void)
{
	mallopt(M_ARENA_MAX, 1 + HASH_WORKERS_MAX);
	/* 32 MiB is the most that some glibc take; raised where it goes. */
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

/* Threads take no signals: these belong to the loop's signalfd. */
static enum err
start_threads(struct hash_pool *pool)
{
	sigset_t all, before;
	enum err err = ERR_OK;
	unsigned wanted = cores();

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (pool->workers < wanted) {
		struct hash_worker *worker = &pool->worker[pool->workers];

		worker->pool = pool;
		pthread_cond_init(&worker->wake, NULL);
		if (pthread_create(&worker->thread, NULL, run, worker) != 0)
			break;
		pool->workers++;
	}
	if (pool->workers == 0)
		err = ERR_SYSTEM;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return err;
}

enum err
hash_start(const struct keyring *ring, struct hash_pool **ret_pool)
{
	struct hash_pool *pool;
	enum err err = ERR_MEMORY;

	keep_memory_warm();
	pool = calloc(1, sizeof *pool);
	if (pool == NULL)
		goto out;
	pool->ring = ring;
	pthread_mutex_init(&pool->mutex, NULL);
	pool->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (pool->event < 0) {
		err = err_from_errno(errno);
		goto out;
	}
	err = start_threads(pool);
	if (err != ERR_OK)
		goto out;
	*ret_pool = pool;
	pool = NULL;
out:
	if (pool != NULL)
		hash_stop(pool);
	return err;
}

static void
free_jobs(struct hash_pool *pool)
{
	struct hash_place *place;
	struct hash_job *next;

	while ((place = hash_queue_take(&pool->queue)) != NULL)
		hash_job_free(job_of(place));
	for (; pool->done != NULL; pool->done = next) {
		next = pool->done->next;
		hash_job_free(pool->done);
	}
}

void
hash_stop(struct hash_pool *pool)
{
	if (pool == NULL)
		return;
	pthread_mutex_lock(&pool->mutex);
	pool->ending = true;
	for (unsigned i = 0; i < pool->workers; i++)
		pthread_cond_signal(&pool->worker[i].wake);
	pthread_mutex_unlock(&pool->mutex);
	for (unsigned i = 0; i < pool->workers; i++) {
		pthread_join(pool->worker[i].thread, NULL);
		pthread_cond_destroy(&pool->worker[i].wake);
	}
	free_jobs(pool);
	if (pool->event >= 0)
		close(pool->event);
	pthread_mutex_destroy(&pool->mutex);
	free(pool);
}

int
hash_fd(const struct hash_pool *pool)
{
	return pool->event;
}

void
hash_turn(struct hash_pool *pool)
{
	pthread_mutex_lock(&pool->mutex);
	hash_queue_unbook(&pool->queue);
	pthread_mutex_unlock(&pool->mutex);
}

bool
hash_room(struct hash_pool *pool, enum share share, uint64_t group)
{
	bool room;

	pthread_mutex_lock(&pool->mutex);
	room = hash_queue_book(&pool->queue, share, group);
	pthread_mutex_unlock(&pool->mutex);
	return room;
}

/* The first that is idle: who signs in one after the other goes through the same memory, and no
 * second block is ever touched. */
static void
wake_one(struct hash_pool *pool)
{
	for (unsigned i = 0; i < pool->workers; i++) {
		struct hash_worker *worker = &pool->worker[i];

		if (!worker->idle)
			continue;
		worker->idle = false;
		pthread_cond_signal(&worker->wake);
		return;
	}
}

void
hash_submit(struct hash_pool *pool, struct hash_job *job)
{
	bool queued;

	job->next = NULL;
	pthread_mutex_lock(&pool->mutex);
	queued = hash_queue_put(&pool->queue, &job->place, job->share, job->group);
	if (queued) {
		wake_one(pool);
	} else {
		job->err = ERR_BUSY;
		job->fits = false;
		job->made[0] = '\0';
		give_back(pool, job);
	}
	pthread_mutex_unlock(&pool->mutex);
	if (!queued)
		ring_bell(pool);
}

size_t
hash_waiting(struct hash_pool *pool)
{
	size_t count = 0;

	pthread_mutex_lock(&pool->mutex);
	for (int share = 0; share < SHARE_COUNT; share++)
		count += pool->queue.count[share];
	pthread_mutex_unlock(&pool->mutex);
	return count;
}

bool
hash_cancel(struct hash_pool *pool, struct hash_job *job)
{
	bool waited;

	pthread_mutex_lock(&pool->mutex);
	waited = hash_queue_remove(&pool->queue, &job->place);
	pthread_mutex_unlock(&pool->mutex);
	return waited;
}

struct hash_job *
hash_done(struct hash_pool *pool)
{
	struct hash_job *job;
	uint64_t count;

	if (read(pool->event, &count, sizeof count) < 0 && errno != EAGAIN && errno != EINTR)
		return NULL;
	pthread_mutex_lock(&pool->mutex);
	job = pool->done;
	if (job != NULL)
		pool->done = job->next;
	pthread_mutex_unlock(&pool->mutex);
	return job;
}

enum err
hash_job_compare(struct hash_job *job, const char *typed, int64_t account)
{
	bool sound;
	enum err err = secret_new(TEXT_PASSWORD_SIZE, &job->password);

	if (err != ERR_OK)
		return err;
	sound = text_password(typed, strlen(typed), (char *)job->password->bytes,
		    &job->password->length) == ERR_OK;
	if (!sound)
		job->password->length = 0;
	job->verify = true;
	job->known = sound;
	job->account = account;
	return ERR_OK;
}

void
hash_job_free(struct hash_job *job)
{
	if (job == NULL)
		return;
	secret_free(job->password);
	secret_free(job->fresh);
	secret_wipe(job, sizeof *job);
	free(job);
}
