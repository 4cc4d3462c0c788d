/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A disk that loses its power: fed with the operations of a record (record.h), it knows at each
 * moment what is safe, because it was synced, and what may be lost, in any part and in any order.
 * That is less than file systems promise (a file's own sync saves neither its name nor the
 * directories above it), and what POSIX does (fsync(2)).
 */
#ifndef TESTS_FAULT_DISK_H
#define TESTS_FAULT_DISK_H

#include "record.h"

/*
 * What becomes of that which was not synced. Of DISK_PARTS each file and each directory takes its
 * own way: all of it; the first ones, of which the last may be torn; any of them; any sectors of
 * 512 bytes. A file may be longer than what was written in it.
 */
enum disk_way { DISK_SYNCED, DISK_ALL, DISK_PARTS, DISK_WAYS };

struct disk;

/* root: the number of the directory that all is below. Ends the program without memory. */
struct disk *
disk_new(uint64_t root);

void
disk_free(struct disk *disk);

/* One operation more. What is about no file below the root is left alone. */
void
disk_do(struct disk *disk, const struct record_op *op);

/* Whether the operation could lose something: it made, renamed or removed a name, or synced what is
 * no log. Such moments are looked at more often. */
bool
disk_turning(const struct disk *disk, const struct record_op *op);

/* The path below the root of a file that an operation is about: "a/console.db", or "" of the root
 * itself; NULL if it is not there. */
const char *
disk_path(const struct disk *disk, uint64_t number, char *buf, size_t size);

/* Writes what is left, as `seed` will have it, into an empty directory. False if that fails. */
bool
disk_image(const struct disk *disk, enum disk_way way, uint64_t seed, int dirfd);

/* The next number of a sequence that only the seed decides. */
uint64_t
disk_random(uint64_t *io_seed);

#endif
