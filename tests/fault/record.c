/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

uint64_t
record_number(uint64_t device, uint64_t inode)
{
	return inode ^ device << 40;
}

/* The system is called directly: in recorder.so open() is the one that writes this. */
static int
open_record(const char *path, bool make)
{
	int flags = O_RDWR | O_CLOEXEC | (make ? O_CREAT | O_TRUNC : 0);
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600);

	if (fd >= 0 && make && syscall(SYS_ftruncate, fd, (long)RECORD_SIZE) != 0)
		return -1;
	return fd;
}

struct record *
record_map(const char *path, const char *made)
{
	struct record *record;
	struct stat root;
	int fd = open_record(path, made != NULL);

	if (fd < 0)
		return NULL;
	record = mmap(NULL, RECORD_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (record == MAP_FAILED)
		return NULL;
	if (made != NULL) {
		if (stat(made, &root) != 0)
			return NULL;
		record->root = record_number(root.st_dev, root.st_ino);
		record->used = sizeof *record;
	}
	return record;
}

static uint64_t
whole(size_t length)
{
	return (length + 7) / 8 * 8;
}

void
record_add(struct record *record, const struct record_op *op, const void *bytes, const void *more,
    size_t more_length)
{
	size_t length = op->length + more_length;
	uint64_t size = sizeof *op + whole(length);
	uint64_t at = __atomic_fetch_add(&record->used, size, __ATOMIC_SEQ_CST);
	struct record_op *place = (struct record_op *)(void *)((char *)record + at);

	if (at + size > RECORD_SIZE)
		abort();
	*place = *op;
	place->length = (uint32_t)length;
	if (op->length > 0)
		memcpy(place + 1, bytes, op->length);
	if (more_length > 0)
		memcpy((char *)(place + 1) + op->length, more, more_length);
}

const struct record_op *
record_next(const struct record *record, const struct record_op *op)
{
	const char *next = (const char *)record + sizeof *record;

	if (op != NULL)
		next = (const char *)(op + 1) + whole(op->length);
	return next < (const char *)record + record->used ? (const void *)next : NULL;
}

const char *
record_bytes(const struct record_op *op)
{
	return (const char *)(op + 1);
}
