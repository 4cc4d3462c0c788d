/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left of a disk after its power was cut. */
#include "disk_inside.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of what was not synced of one file or directory. */
enum part { PART_NONE, PART_ALL, PART_FIRST, PART_SOME, PART_SECTORS, PARTS };

struct image {
	const struct disk *disk;
	enum disk_way way;
	uint64_t seed;
};

/* splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators"). */
uint64_t
disk_random(uint64_t *io_seed)
{
	uint64_t z = *io_seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static enum part
part_of(struct image *image)
{
	if (image->way == DISK_SYNCED)
		return PART_NONE;
	if (image->way == DISK_ALL)
		return PART_ALL;
	return (enum part)(disk_random(&image->seed) % PARTS);
}

static bool
toss(struct image *image)
{
	return (disk_random(&image->seed) & 1) != 0;
}

/* How many of the pending operations may be there at all; torn: the last one is in part. */
static size_t
reach(struct image *image, enum part part, size_t count)
{
	if (part == PART_NONE)
		return 0;
	return part == PART_FIRST ? disk_random(&image->seed) % (count + 1) : count;
}

/* --- a file -------------------------------------------------------------------------- */

/* Some of the sectors that a write touches. */
static void
write_sectors(struct image *image, struct disk_bytes *file, const struct record_op *op, int fill)
{
	size_t begin = (size_t)op->offset, end = begin + op->length;

	for (size_t at = begin; at < end;) {
		size_t next = (at / DISK_SECTOR + 1) * DISK_SECTOR;

		if (next > end)
			next = end;
		if (toss(image))
			disk_write(file, at, record_bytes(op) + (at - begin), next - at, fill);
		at = next;
	}
}

static void
write_part(struct image *image, enum part part, bool last, const struct record_op *op, int fill,
    struct disk_bytes *file)
{
	if (part == PART_SOME && !toss(image))
		return;
	if (op->kind == RECORD_CUT) {
		if (part != PART_SECTORS || toss(image))
			disk_cut(file, (size_t)op->offset);
	} else if (part == PART_SECTORS || (part == PART_FIRST && last)) {
		write_sectors(image, file, op, fill);
	} else {
		disk_write(file, (size_t)op->offset, record_bytes(op), op->length, fill);
	}
}

/* A file's length may be safe before what stands there is. */
static void
write_pending(struct image *image, const struct disk_node *node, struct disk_bytes *file)
{
	enum part part = part_of(image);
	size_t count = reach(image, part, node->pending_count), end = 0;
	int fill = toss(image) ? 0 : 0xa5;

	for (size_t i = 0; i < count; i++) {
		const struct record_op *op = node->pending[i].op;

		write_part(image, part, i == count - 1, op, fill, file);
		if ((size_t)op->offset + op->length > end)
			end = (size_t)op->offset + op->length;
	}
	if (part >= PART_SOME && end > file->length && toss(image))
		disk_write(file, end, NULL, 0, fill);
}

static bool
write_file(int dirfd, const char *name, const struct disk_bytes *bytes)
{
	int fd = openat(dirfd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t written = 0;
	ssize_t n = 1;

	while (fd >= 0 && n > 0 && written < bytes->length) {
		n = write(fd, bytes->at + written, bytes->length - written);
		written += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0)
		close(fd);
	return fd >= 0 && written == bytes->length;
}

static bool
put_file(struct image *image, const struct disk_node *node, int dirfd, const char *name)
{
	struct disk_bytes file = { 0 };
	bool done;

	if (node->pending_count == 0)
		return write_file(dirfd, name, &node->bytes);
	disk_write(&file, 0, node->bytes.at, node->bytes.length, 0);
	write_pending(image, node, &file);
	done = write_file(dirfd, name, &file);
	free(file.at);
	return done;
}

/* --- a directory ---------------------------------------------------------------------- */

static bool
put_directory(struct image *image, const struct disk_node *node, int dirfd);

static bool
put_entry(struct image *image, const struct disk_entry *entry, int dirfd)
{
	const struct disk_node *node = &image->disk->nodes[entry->node];
	bool done;
	int fd;

	if (!node->directory)
		return put_file(image, node, dirfd, entry->name);
	if (mkdirat(dirfd, entry->name, 0700) != 0)
		return false;
	fd = openat(dirfd, entry->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	done = fd >= 0 && put_directory(image, node, fd);
	if (fd >= 0)
		close(fd);
	return done;
}

static bool
put_directory(struct image *image, const struct disk_node *node, int dirfd)
{
	struct disk_entry at[DISK_ENTRIES];
	struct disk_entries entries = { .at = at, .count = node->entries.count };
	enum part part = part_of(image);
	size_t count = reach(image, part, node->pending_count);
	bool done = true;

	if (entries.count > 0)
		memcpy(at, node->entries.at, entries.count * sizeof *at);
	for (size_t i = 0; i < count; i++)
		if (part < PART_SOME || toss(image))
			disk_enter(&entries, &node->pending[i]);
	for (size_t i = 0; done && i < entries.count; i++)
		done = put_entry(image, &at[i], dirfd);
	return done;
}

bool
disk_image(const struct disk *disk, enum disk_way way, uint64_t seed, int dirfd)
{
	struct image image = { .disk = disk, .way = way, .seed = seed };

	return put_directory(&image, &disk->nodes[0], dirfd);
}
