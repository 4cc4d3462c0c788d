/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who records a run: a process of its own, under a UNIX user of its own (provconsole-record), that
 * gets what the command wrote and writes it down (DESIGN 10). It never drops anything: who sends
 * waits. It says how long the file is and what its SHA-256 is, at the start, at each MiB, and at
 * the end.
 */
#ifndef RUNNER_RECORDER_H
#define RUNNER_RECORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/command.h"
#include "runner/plan.h"
#include "wire/run.h"

enum recorder_kind {
	RECORDER_BEGAN = 1, /* the file is there, with its first line */
	RECORDER_STEP,
	RECORDER_ENDED, /* all was written; nothing follows */
	RECORDER_FULL,	/* the limit, or no room: what is there was kept; nothing follows */
	RECORDER_FAILED /* it could not be begun; nothing follows */
};

struct recorder_event {
	uint32_t kind; /* enum recorder_kind */
	uint32_t err;  /* of RECORDER_FAILED */
	int64_t bytes;
	char hash[WIRE_SEAL_SIZE];
	char unused[7];
};

struct recorder {
	int line; /* -1: nothing is recorded */
};

/*
 * Starts it, and waits until the file is there: *ret_began says so. ERR_RECORDING_ROOM where there
 * is no room for another; ERR_RECORDING_USER where the host has no such UNIX user; others of
 * err_from_errno(). Then nothing is left of it. The process is an orphan: who waits for orphans
 * (PR_SET_CHILD_SUBREAPER) has it.
 */
MUST_CHECK enum err
recorder_start(const struct plan *plan, const struct run_order *order,
    const struct command *command, struct recorder *ret_recorder, struct recorder_event *ret_began);

/* RUN_PUMP_MAX bytes at most. ERR_BUSY: later, as poll(2) says of its line. */
MUST_CHECK enum err
recorder_put(const struct recorder *recorder, const void *bytes, size_t size);

/* The terminal has another size; waits until that is taken. */
void
recorder_resize(const struct recorder *recorder, const struct run_size *size);

/* What it says. ERR_BUSY: nothing now; ERR_KEEPER_GONE: it has gone. */
MUST_CHECK enum err
recorder_hear(const struct recorder *recorder, struct recorder_event *ret_event);

/* Nothing more comes: it writes what it has, says its last, and ends. */
void
recorder_finish(const struct recorder *recorder);

void
recorder_close(struct recorder *recorder);

/* Opens the directory of the recordings, which is made where it is missing: of the UNIX user who
 * records, and nobody else's. The caller closes it. */
MUST_CHECK enum err
recorder_directory(const struct plan *plan, int *ret_directory);

/* Becomes who records. False: it must not go on. */
bool
recorder_become(const struct plan *plan);

/* "ID.cast" */
enum { RECORDER_NAME_SIZE = WIRE_RUN_SIZE + 8 };

void
recorder_name(const char *id, char ret_name[RECORDER_NAME_SIZE]);

#endif
