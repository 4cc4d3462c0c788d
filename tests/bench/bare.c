/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bare.h"
#include "bench.h"

#include <fcntl.h>
#include <unistd.h>

enum { BARE_SIZE = 1 << 20 };

void
bare_open(struct bare *bare, const char *state, size_t length)
{
	static const char zero[BARE_SIZE];
	int directory = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	*bare = (struct bare){ .length = length };
	bare->fd = openat(directory, "bare", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (bare->fd < 0 || pwrite(bare->fd, zero, sizeof zero, 0) != (ssize_t)sizeof zero ||
	    fsync(bare->fd) != 0)
		bench_die("The bare file cannot be written.");
	close(directory);
}

int64_t
bare_write(struct bare *bare)
{
	static const char bytes[1 << 16];
	int64_t start = bench_now();

	if (pwrite(bare->fd, bytes, bare->length, bare->at) != (ssize_t)bare->length ||
	    fdatasync(bare->fd) != 0)
		bench_die("The bare file cannot be written.");
	bare->at += (off_t)bare->length;
	if (bare->at > BARE_SIZE - (off_t)bare->length)
		bare->at = 0;
	return bench_now() - start;
}

void
bare_close(struct bare *bare)
{
	close(bare->fd);
}
