/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the trail knows of recordings: how long each was, and its SHA-256 so far, now and then. */
#ifndef RECORDING_POINT_H
#define RECORDING_POINT_H

#include <stdbool.h>
#include <stdint.h>

enum { POINT_RUN_SIZE = 33, POINT_HASH_SIZE = 65 };

struct point {
	char run[POINT_RUN_SIZE];
	int64_t bytes;
	char hash[POINT_HASH_SIZE];
};

/* Whether text is a run's name: 32 digits of hexadecimal, in small letters. */
bool
point_run_valid(const char *text);

/* The name of the run that a row's detail tells of, "NAME, run ID, ...". False: of none. */
bool
point_run(const char *detail, char ret_run[POINT_RUN_SIZE]);

/* What the detail of a row `recording`, `recording-step` or `recording-end` says. */
bool
point_parse(const char *detail, struct point *ret_point);

/* What the detail of a row `recording-prune` says: all that began before then went. */
bool
point_pruned(const char *detail, int64_t *ret_before);

#endif
