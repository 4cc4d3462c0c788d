/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a recording while it is written: lines, limits, its SHA-256, what is on the disk. */
#ifndef RUNNER_TAPE_H
#define RUNNER_TAPE_H

#include <gcrypt.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "recording/cast.h"
#include "runner/plan.h"

enum {
	TAPE_JOIN = 10000,	/* microseconds: what is read within them is one event */
	TAPE_SYNC = 1000000,	/* microseconds: what is older is on the disk */
	TAPE_HASH_SIZE = 65,	/* of SHA-256, in hexadecimal, and NUL */
	TAPE_STEP = 1024 * 1024 /* bytes of the file between two hashes */
};

struct tape {
	int directory, file;
	gcry_md_hd_t hash;
	const struct tape_limits *limits;
	struct cast_writer writer;
	int64_t began;	/* microseconds of the clock */
	int64_t bytes;	/* of the file: whole lines */
	int64_t step;	/* the next hash is due when it has so many */
	bool full;	/* nothing more is written */
	int64_t synced; /* bytes that are on the disk */
	int64_t dirty;	/* microseconds of the clock since when some are not */
	size_t pending; /* bytes of join */
	int64_t since;	/* microseconds of the clock at which the first of them came */
	char join[CAST_BYTES_MAX];
	char line[CAST_EVENT_MAX];
};

/* Makes the file NAME in the directory, which stays the caller's, with its first line. now:
 * microseconds of a clock that only goes on. ERR_RECORDING_ROOM: no limit leaves room; nothing is
 * left then. */
MUST_CHECK enum err
tape_begin(struct tape *tape, int directory, const char *name, const struct cast_head *head,
    const struct tape_limits *limits, int64_t now);

/* Each may find that it is full: then what had been written whole stays. */
void
tape_put(struct tape *tape, const char *bytes, size_t size, int64_t now);

void
tape_resize(struct tape *tape, unsigned rows, unsigned columns, int64_t now);

/* What is due by then: events that were joined, and the disk. Milliseconds until it is to be called
 * again, -1: not before something comes. */
int
tape_tend(struct tape *tape, int64_t now);

/* Whether a step is due; it is then taken as made. */
bool
tape_step(struct tape *tape);

/* SHA-256 of the file so far. False: memory. */
bool
tape_hash(const struct tape *tape, char ret_hash[TAPE_HASH_SIZE]);

/* Writes what is left, on the disk too, and closes. The hash can be asked for still. */
void
tape_end(struct tape *tape, int64_t now);

#endif
