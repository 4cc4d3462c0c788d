/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who may hold a line (DESIGN 4, admission): lines are shared out, and a full share gives up the
 * longest idle line of the source that holds the most of it, never one of another share. So a
 * stranger with all lines of the world displaces strangers, and himself first. Pure: no clock, no
 * sockets; idle is who was answered longest ago.
 */
#ifndef KEEPER_ADMISSION_H
#define KEEPER_ADMISSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/* What a line has proved; the hash queue knows the same shares. */
enum share {
	SHARE_STRANGER, /* nothing yet */
	SHARE_PASSWORD, /* its password was right */
	SHARE_IN,	/* signed in */
	SHARE_HOST,	/* host authority */
	SHARE_SERVICE,	/* sshd asks for SSH keys */
	SHARE_PAM,	/* root's PAM module asks for somebody */
	SHARE_COUNT
};

enum { ADMISSION_LINES = 4096 }; /* in all shares */

struct admission;
struct admission_group;

/* A line's place, embedded in its session; all zero while it has none. */
struct admission_line {
	void *owner; /* the session: set by the caller, not looked at here */
	struct admission_group *group;
	struct admission_line *older, *newer; /* in the group: who was answered before, after */
	uint64_t answered;		      /* a number that grows with each answer to anybody */
};

/* Empty; NULL if there is no memory. All that it will ever need: nothing after this can fail for
 * want of memory. */
struct admission *
admission_new(void);

/* NULL is ignored. The lines stay the caller's. */
void
admission_free(struct admission *admission);

/* What a share is called in the host's monitoring: one word. Static. */
const char *
admission_name(enum share share);

/* How many lines a share has at most: together ADMISSION_LINES. */
size_t
admission_limit(enum share share);

/* How many lines hold a place in a share now. */
size_t
admission_count(const struct admission *admission, enum share share);

/* Whether a share is full: then one must go, see admission_yield(), before another comes. */
bool
admission_full(const struct admission *admission, enum share share);

/* Gives a line that has none a place, as the least idle. group: source_group() of its source.
 * ERR_BUSY if the share is full: then nothing is changed. */
MUST_CHECK enum err
admission_enter(struct admission *admission, struct admission_line *line, enum share share,
    uint64_t group);

/* Gives the place back; a line that has none is ignored. */
void
admission_leave(struct admission *admission, struct admission_line *line);

/* The line was answered: it is the least idle now. (Only an answer is: what a stranger sends makes
 * nobody busy.) A line that has no place is ignored. */
void
admission_touch(struct admission *admission, struct admission_line *line);

/*
 * The line named its source, or passed a door, or went back: it has a place there instead, as the
 * least idle. Within its share this always goes; ERR_BUSY if it is another one that is full: then
 * nothing is changed.
 */
MUST_CHECK enum err
admission_move(struct admission *admission, struct admission_line *line, enum share share,
    uint64_t group);

/*
 * The line to give up for another one in this share: of the group that holds the most lines of the
 * share the longest idle one; of groups of one size the longest idle of all. NULL if the share is
 * empty. It keeps its place until admission_leave().
 */
struct admission_line *
admission_yield(const struct admission *admission, enum share share);

#endif
