/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What waits for a worker (DESIGN 4, admission): whose turn it is, and who may still queue up. The
 * host goes first; then the shares take turns, within a share its groups (sources), within a group
 * who came first. So a crowd from one place delays another place by one job. Pure: no threads.
 */
#ifndef KEEPER_HASH_QUEUE_H
#define KEEPER_HASH_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keeper/admission.h"

enum {
	HASH_QUEUE_MAX = 256, /* places: the common ones and those that are kept for a share */
	HASH_COMMON =
	    192, /* all that strangers can have; others too, beyond what is kept for them */
	HASH_GROUP_MAX = 32 /* of one group in a share */
};

/* A job's place, embedded in the job; all zero while it does not wait. */
struct hash_place {
	struct hash_group *group;
	struct hash_place *before, *after;
};

/* The places of one source in one share; it is in the ring while it has one. */
struct hash_group {
	enum share share;
	uint64_t key;
	size_t booked, waiting;
	struct hash_place *first, *last;
	struct hash_group *next; /* of the ring; or the next that is free */
};

/* All zero is an empty one. */
struct hash_queue {
	struct hash_group *first[SHARE_COUNT], *last[SHARE_COUNT]; /* rings: whose turn is next */
	size_t count[SHARE_COUNT];				   /* booked and waiting */
	enum share served; /* the share that had its turn last */
	struct hash_group *free;
	size_t used; /* of groups, from its start */
	struct hash_group groups[HASH_QUEUE_MAX];
};

/* Whether there is room for one more; then it is booked, until it is put or the bookings end. */
bool
hash_queue_book(struct hash_queue *queue, enum share share, uint64_t group);

/* Ends all bookings that were not used. */
void
hash_queue_unbook(struct hash_queue *queue);

/* Puts a place at the end of its group, using a booking if there is one; false if there is no room.
 */
bool
hash_queue_put(struct hash_queue *queue, struct hash_place *place, enum share share,
    uint64_t group);

/* Takes the place whose turn it is; NULL if nobody waits. */
struct hash_place *
hash_queue_take(struct hash_queue *queue);

/* Takes a place out; false if it does not wait. */
bool
hash_queue_remove(struct hash_queue *queue, struct hash_place *place);

/* Whether nobody waits. */
bool
hash_queue_empty(const struct hash_queue *queue);

#endif
