/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a commit costs at least: some bytes over old ones in a file that is there, and fdatasync. */
#ifndef TESTS_BENCH_BARE_H
#define TESTS_BENCH_BARE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct bare {
	int fd;
	size_t length; /* bytes of a write, 65536 at most */
	off_t at;
};

/* In the directory of a state, so that it is the same disk. */
void
bare_open(struct bare *bare, const char *state, size_t length);

/* Returns nanoseconds. */
int64_t
bare_write(struct bare *bare);

void
bare_close(struct bare *bare);

#endif
