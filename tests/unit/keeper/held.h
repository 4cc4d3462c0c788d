/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a state hold, as bytes. */
#ifndef TESTS_UNIT_KEEPER_HELD_H
#define TESTS_UNIT_KEEPER_HELD_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inline void
held_read(int directory, const char *name, unsigned char *bytes, size_t length)
{
	int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);

	assert_int_equal(read(fd, bytes, length), (ssize_t)length);
	close(fd);
}

/* Whether any of these files, where it is there, holds these bytes. */
static inline bool
held_found(int directory, const char *const *files, size_t count, const unsigned char *bytes,
    size_t length)
{
	bool found = false;

	for (size_t i = 0; i < count; i++) {
		int fd = openat(directory, files[i], O_RDONLY | O_CLOEXEC);
		struct stat st;
		unsigned char *whole;

		if (fd < 0)
			continue;
		assert_int_equal(fstat(fd, &st), 0);
		whole = malloc((size_t)st.st_size + 1);
		assert_non_null(whole);
		assert_int_equal(pread(fd, whole, (size_t)st.st_size, 0), (ssize_t)st.st_size);
		found = found || memmem(whole, (size_t)st.st_size, bytes, length) != NULL;
		free(whole);
		close(fd);
	}
	return found;
}

#endif
