/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What disk.c, which remembers, and disk_image.c, which forgets, share. */
#ifndef TESTS_FAULT_DISK_INSIDE_H
#define TESTS_FAULT_DISK_INSIDE_H

#include "disk.h"

enum { DISK_ENTRIES = 32, DISK_SECTOR = 512 };

struct disk_bytes {
	unsigned char *at;
	size_t length, room;
};

struct disk_entry {
	const char *name; /* in the record */
	size_t node;
};

struct disk_entries {
	struct disk_entry *at; /* DISK_ENTRIES */
	size_t count;
};

/* An operation that was not synced; of a name, which node it leads to. */
struct disk_pending {
	const struct record_op *op;
	size_t child;
};

/* A file or directory: what of it is safe, and what is not. */
struct disk_node {
	uint64_t number;
	bool directory;
	struct disk_bytes bytes;
	struct disk_entries entries;
	struct disk_pending *pending;
	size_t pending_count;
};

struct disk {
	struct disk_node *nodes; /* the first is the root */
	size_t count;
};

/* An array of `count` elements, with room for one more; ends the program without memory. */
void *
disk_grow(void *block, size_t count, size_t size);

/* fill: what stands between the old end and the offset. */
void
disk_write(struct disk_bytes *file, size_t offset, const void *bytes, size_t length, int fill);

void
disk_cut(struct disk_bytes *file, size_t length);

void
disk_enter(struct disk_entries *entries, const struct disk_pending *pending);

#endif
