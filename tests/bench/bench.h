/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs of the bench share. Each prints lines "NAME NUMBER", which bench.sh makes a
 * table of. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stddef.h>
#include <stdint.h>

#include "auth/keyring.h"
#include "core/err.h"

/* What seed.c gives to everyone. */
#define BENCH_PASSWORD "correct horse battery"

/* Ends the program with a sentence on standard error. */
_Noreturn void
bench_die(const char *what);

/* The same unless it is ERR_OK. */
void
bench_ok(enum err err, const char *what);

/* Nanoseconds since some time. */
int64_t
bench_now(void);

/* The smallest number that `share` (0 to 1) of them do not exceed. Sorts them. */
int64_t
bench_quantile(int64_t *numbers, size_t count, double share);

int64_t
bench_median(int64_t *numbers, size_t count);

/* "NAME NUMBER" */
void
bench_say(const char *name, double number);

/* Nanoseconds of `count` questions: "NAME" the median and "NAME.p99" the 99th percentile, in
 * microseconds. Sorts them. */
void
bench_say_times(const char *name, int64_t *took, size_t count);

/* libgcrypt started, and a ring with one key of each purpose. */
struct keyring *
bench_ring(void);

/* The key of every authenticator that seed.c makes. Owned by the caller. */
struct secret *
bench_key(void);

/* The number in a line "FIELD: NUMBER" of a file in /proc. */
int64_t
bench_proc(const char *path, const char *field);

#endif
