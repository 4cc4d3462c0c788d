/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the trail knows of recordings, and whether files are that. */
#ifndef CLI_RECORDING_KNOWN_H
#define CLI_RECORDING_KNOWN_H

#include "cli/command.h"
#include "recording/point.h"

/* A row: how long the file of that run was then, and its SHA-256. */
struct known_point {
	struct point point;
	int64_t time; /* Unix seconds, of the row */
	bool begins, ends;
};

struct known {
	size_t count, room;
	struct known_point *each; /* by run, then by bytes */
	int64_t pruned;		  /* recordings from before then were removed */
};

/* Reads the trail, as the command asks the keeper. Free with known_free(), also after an error. */
MUST_CHECK enum err
known_read(struct cli *cli, struct known *ret_known);

void
known_free(struct known *known);

/* The first row of that run, and how many there are; NULL. */
const struct known_point *
known_find(const struct known *known, const char *run, size_t *ret_count);

#endif
