/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Argon2id on worker threads: one a core, 8 at most, a bounded queue, each in an arena that is kept
 * warm: a fresh one costs four times as much, by its page faults.
 */
#ifndef KEEPER_HASH_H
#define KEEPER_HASH_H

#include <stdbool.h>
#include <stddef.h>

#include "auth/keyring.h"
#include "auth/password.h"
#include "core/err.h"
#include "core/secret.h"
#include "core/text.h"

enum { HASH_QUEUE_MAX = 256, HASH_WORKERS_MAX = 8 };

/* Verifies `password` (if verify), then hashes `fresh` (if it is set, and what was to fit did). */
struct hash_job {
	struct hash_job *next;
	void *owner; /* the session; the pool does not look at it */
	bool verify;
	bool known; /* phc is an account's; else the same work is done for nothing */
	char phc[PASSWORD_PHC_SIZE];
	struct secret *password;
	struct secret *fresh;	   /* NULL: nothing to hash */
	bool rehash;		   /* hash `password` anew if it fits and its hash is stale */
	bool differs;		   /* `fresh` must not be what phc is of: ERR_PASSWORD_SAME */
	char fold[TEXT_FOLD_SIZE]; /* the name it is about */
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

/* Whether one more would be past HASH_QUEUE_MAX. */
bool
hash_full(const struct hash_pool *pool);

/* Hands a job over. */
void
hash_submit(struct hash_pool *pool, struct hash_job *job);

/* The next finished job, or NULL; the caller owns it again. */
struct hash_job *
hash_done(struct hash_pool *pool);

/* Wipes and frees; NULL is ignored. */
void
hash_job_free(struct hash_job *job);

#endif
