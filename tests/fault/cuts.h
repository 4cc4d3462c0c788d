/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power cuts, each opened and compared with what was told before it: what cuts.c does, and the
 * parts that it is made of. */
#ifndef TESTS_FAULT_CUTS_H
#define TESTS_FAULT_CUTS_H

#include "disk.h"
#include "look.h"
#include "record.h"

enum { CUTS_SPEC = 64 };

/* A cut: after how many operations, and what is lost of that which was not synced. */
struct cut {
	size_t after;
	enum disk_way way;
	uint64_t seed;
};

/* A fact and when it was told: after how many operations. */
struct cuts_fact {
	const char *text;
	size_t told;
};

/* What the database held once the first `after` operations were done, and all of them safe. */
struct cuts_state {
	size_t after;
	uint64_t digest;
};

/* What a record tells: made by cuts_read(), complete once cuts_know() has been there too. */
struct cuts {
	const struct record *record;
	const char *state;   /* the state directory below the root */
	const char *scratch; /* a directory for images */
	size_t count;	     /* operations */
	struct cuts_fact *facts;
	size_t fact_count;
	size_t *told; /* told[n]: how many of the first n operations were done at the last answer */
	size_t *turning; /* moments that are looked at more often */
	size_t turning_count;
	struct cuts_state *states; /* in memory that children share */
	size_t state_count;
};

/* Numbers of operations, facts, turning moments, and which states there are to be known. Ends the
 * program without memory. */
void
cuts_read(struct cuts *cuts);

/* The n-th of `workers` processes finds out about its part of the states; false: a state that was
 * never cut does not open, which is said. */
bool
cuts_know(struct cuts *cuts, size_t n, size_t workers);

/* "AFTER.WAY.SEED", which makes the same image of the same record again. */
void
cuts_format(const struct cut *cut, char spec[CUTS_SPEC]);

bool
cuts_parse(const char *spec, struct cut *ret_cut);

/* Whether the image of a cut, which was put into the scratch directory, holds what was told, and
 * nothing that never was; else why not. */
bool
cuts_compare(struct cuts *cuts, const struct cut *cut, const char *image, char why[LOOK_WHY]);

/* An empty directory below the scratch directory, for process n: what was in it is removed. */
int
cuts_scratch(const struct cuts *cuts, size_t n, char *path, size_t size);

/* Prints what was done up to the first mark, or all: one operation a line, without contents; what
 * is repeated stands there once. */
void
cuts_order(const struct cuts *cuts, bool all);

#endif
