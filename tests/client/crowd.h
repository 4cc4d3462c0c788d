/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many processes that are let go at once. */
#ifndef TESTS_CLIENT_CROWD_H
#define TESTS_CLIENT_CROWD_H

#include <stddef.h>
#include <stdint.h>

struct crowd;

/* What one of the crowd does. It calls crowd_wait() once, when it is ready. One that ends before
 * that ends the program: nobody waits for those who will not come. */
typedef void
crowd_member(struct crowd *crowd, size_t number, void *context);

/* Runs `count` of them and waits for their end; one that fails ends the program. Returns the
 * nanoseconds from letting go. */
int64_t
crowd_run(size_t count, crowd_member *member, void *context);

void
crowd_wait(struct crowd *crowd);

/* Zeroed memory that the crowd shares. */
void *
crowd_share(size_t size);

#endif
