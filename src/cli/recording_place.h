/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the recordings of a console are, and which there are. */
#ifndef CLI_RECORDING_PLACE_H
#define CLI_RECORDING_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "cli/command.h"
#include "recording/cast_read.h"
#include "recording/point.h"

/* A file of the directory. */
struct recording {
	char run[POINT_RUN_SIZE];
	int64_t bytes;
	bool legible; /* its first line was read; else about is empty */
	struct cast_about about;
};

struct recordings {
	int directory; /* -1: there is none yet */
	size_t count;
	struct recording *each; /* the oldest first */
};

/* Opens the directory, and reads the first line of each. ERR_NOT_HOST: only root, or the state's
 * owner, may. Free with recordings_free(), also after an error. */
MUST_CHECK enum err
recordings_open(const struct cli *cli, struct recordings *ret_recordings);

void
recordings_free(struct recordings *recordings);

/* The one of that run; NULL. */
const struct recording *
recordings_find(const struct recordings *recordings, const char *run);

/* Its file, for reading; -1. The caller closes it. */
int
recordings_file(const struct recordings *recordings, const char *run);

/* "ID.cast" */
enum { RECORDING_NAME_SIZE = POINT_RUN_SIZE + 5 };

void
recordings_name(const char *run, char ret_name[RECORDING_NAME_SIZE]);

#endif
