/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for the other end of a line, by a deadline: milliseconds of CLOCK_MONOTONIC, which nobody
 * sets back. */
#ifndef WIRE_WITHIN_H
#define WIRE_WITHIN_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#define WITHIN_EVER INT64_MAX

/* So many milliseconds from now. */
int64_t
within(int milliseconds);

/* How many are left, as poll(2) takes them: -1 for WITHIN_EVER, 0 when it is over. */
int
within_left(int64_t deadline);

/* Waits until the fd is ready for events (POLLIN, POLLOUT), or a signal came: false when the
 * deadline is over. */
bool
within_wait(int fd, short events, int64_t deadline);

#endif
