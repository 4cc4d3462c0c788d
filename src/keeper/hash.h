/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Argon2id on worker threads: one a core, 8 at most, each in an arena that is kept warm: a fresh
 * one costs four times as much, by its page faults. The queue is bounded and serves sources by
 * turns (hash_queue.h).
 */
#ifndef KEEPER_HASH_H
#define KEEPER_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/keyring.h"
#include "auth/password.h"
#include "core/err.h"
#include "core/secret.h"
#include "core/text.h"
#include "keeper/hash_queue.h"

enum { HASH_WORKERS_MAX = 8 };

/* Verifies `password` (if verify), then hashes `fresh` (if it is set, and what was to fit did). */
struct hash_job {
	struct hash_job *next;	 /* the pool's */
	struct hash_place place; /* the pool's */
	void *owner;		 /* the session; the pool does not look at it */
	enum share share;	 /* what its line has proved, and source_group() of its source: */
	uint64_t group;		 /* as hash_room() was asked */
	bool verify;
	bool known; /* phc is an account's; else the same work is done for nothing */
	char phc[PASSWORD_PHC_SIZE];
	struct secret *password;
	struct secret *fresh;  /* NULL: nothing to hash */
	bool rehash;	       /* hash `password` anew if it fits and its hash is stale */
	bool differs;	       /* `fresh` must not be what phc is of: ERR_PASSWORD_SAME */
	int64_t account;       /* whose hash phc is, and what it is bound to */
	int64_t fresh_account; /* whose hash `fresh` becomes */
	unsigned char name_hash[32];
	/* results */
	enum err err;
	bool fits;
	char made[PASSWORD_PHC_SIZE]; /* "" if nothing was hashed */
};

struct hash_pool;

/* Starts the workers. ring outlives the pool and does not change while jobs are out. */
MUST_CHECK enum err
hash_start(const struct keyring *ring, struct hash_pool **ret_pool);

/* Ends the workers after the jobs at hand; drops the queue. */
void
hash_stop(struct hash_pool *pool);

/* A descriptor that is readable when jobs are done. */
int
hash_fd(const struct hash_pool *pool);

/* A new turn begins: places that hash_room() kept and nobody used are free again. */
void
hash_turn(struct hash_pool *pool);

/* Whether one more of this share and group may be queued. If so the place is kept for it until
 * hash_submit() or the next hash_turn(): a turn sends its jobs only after the commit. */
bool
hash_room(struct hash_pool *pool, enum share share, uint64_t group);

/* How many jobs wait for a worker, or may in this turn. */
size_t
hash_waiting(struct hash_pool *pool);

/* Hands a job over. One for which no place was kept, and there is none, comes back at once as
 * ERR_BUSY. */
void
hash_submit(struct hash_pool *pool, struct hash_job *job);

/*
 * Takes a job back that no worker has begun: it is the caller's again, and is never hashed. False
 * if one has it or had it: then it comes by hash_done().
 */
bool
hash_cancel(struct hash_pool *pool, struct hash_job *job);

/* The next finished job, or NULL; the caller owns it again. */
struct hash_job *
hash_done(struct hash_pool *pool);

/*
 * Lets the job compare a password as typed with an account's hash, which the caller puts into
 * job->phc. What cannot be a password is compared too, and never fits. ERR_MEMORY.
 */
MUST_CHECK enum err
hash_job_compare(struct hash_job *job, const char *typed, int64_t account);

/* Wipes and frees; NULL is ignored. */
void
hash_job_free(struct hash_job *job);

#endif
