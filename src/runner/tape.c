/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/tape.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* --- room ----------------------------------------------------------------------------------- */

/* Bytes of all recordings. They are few, and looked at once a MiB. */
static int64_t
all_bytes(int directory)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry;
	int64_t all = 0;
	struct stat st;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (fstatat(directory, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode))
			all += st.st_size;
	if (dir != NULL)
		closedir(dir);
	else if (copy >= 0)
		close(copy);
	return all;
}

static bool
has_room(const struct tape *tape)
{
	struct statvfs disk;

	if (tape->bytes >= tape->limits->each || all_bytes(tape->directory) >= tape->limits->all)
		return false;
	if (fstatvfs(tape->directory, &disk) != 0)
		return false;
	return (int64_t)(disk.f_bavail * disk.f_frsize) >= tape->limits->reserve;
}

/* --- writing ------------------------------------------------------------------------------ */

/* A line, or nothing of it. */
static void
write_line(struct tape *tape, const char *line, size_t size, int64_t now)
{
	size_t done = 0;

	if (tape->full || size == 0)
		return;
	while (done < size) {
		ssize_t wrote = write(tape->file, line + done, size - done);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			break;
		done += (size_t)wrote;
	}
	if (done < size) {
		/* Readers pass over a last line that has no end, where it cannot be taken back. */
		tape->full = ftruncate(tape->file, tape->bytes) == 0 || done < size;
		return;
	}
	if (tape->synced == tape->bytes)
		tape->dirty = now;
	tape->bytes += (int64_t)size;
	gcry_md_write(tape->hash, line, size);
}

/* One limit may have been reached on the way from step to step: by a line at most. */
static void
look_at_room(struct tape *tape)
{
	if (!tape->full &&
	    (tape->bytes >= tape->limits->each || (tape->bytes >= tape->step && !has_room(tape))))
		tape->full = true;
}

static void
write_joined(struct tape *tape, int64_t now)
{
	size_t size;

	if (tape->pending == 0)
		return;
	size = cast_shown(&tape->writer, tape->since - tape->began, tape->join, tape->pending,
	    tape->line);
	tape->pending = 0;
	write_line(tape, tape->line, size, now);
	look_at_room(tape);
}

static void
sync_file(struct tape *tape)
{
	if (tape->synced == tape->bytes)
		return;
	if (fdatasync(tape->file) != 0) {
		tape->full = true; /* what is not on the disk is not there */
		return;
	}
	tape->synced = tape->bytes;
}

/* --- one --------------------------------------------------------------------------------- */

enum err
tape_begin(struct tape *tape, int directory, const char *name, const struct cast_head *head,
    const struct tape_limits *limits, int64_t now)
{
	char line[CAST_HEAD_MAX];
	enum err err = ERR_OK;

	memset(tape, 0, sizeof *tape);
	*tape = (struct tape){ .directory = directory, .file = -1, .limits = limits };
	tape->began = now;
	tape->step = TAPE_STEP;
	if (!has_room(tape))
		return ERR_RECORDING_ROOM;
	if (gcry_md_open(&tape->hash, GCRY_MD_SHA256, 0) != 0)
		return ERR_MEMORY;
	tape->file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	if (tape->file < 0)
		err = err_from_errno(errno);
	else
		write_line(tape, line, cast_head(head, line), now);
	if (err == ERR_OK && (tape->full || fsync(tape->file) != 0 || fsync(directory) != 0))
		err = ERR_RECORDING_ROOM;
	tape->synced = tape->bytes;
	if (err == ERR_OK)
		return ERR_OK;
	gcry_md_close(tape->hash);
	if (tape->file >= 0) {
		(void)unlinkat(directory, name, 0);
		close(tape->file);
	}
	return err;
}

void
tape_put(struct tape *tape, const char *bytes, size_t size, int64_t now)
{
	while (size > 0 && !tape->full) {
		size_t part = sizeof tape->join - tape->pending;

		if (part > size)
			part = size;
		if (tape->pending == 0)
			tape->since = now;
		memcpy(tape->join + tape->pending, bytes, part);
		tape->pending += part;
		bytes += part;
		size -= part;
		if (tape->pending == sizeof tape->join)
			write_joined(tape, now);
	}
}

void
tape_resize(struct tape *tape, unsigned rows, unsigned columns, int64_t now)
{
	write_joined(tape, now);
	write_line(tape, tape->line, cast_size(now - tape->began, rows, columns, tape->line), now);
}

static int
until(int64_t due, int64_t now)
{
	return due <= now ? 0 : (int)((due - now + 999) / 1000);
}

int
tape_tend(struct tape *tape, int64_t now)
{
	int join = -1, disk = -1;

	if (tape->pending > 0 && now >= tape->since + TAPE_JOIN)
		write_joined(tape, now);
	if (tape->synced < tape->bytes && now >= tape->dirty + TAPE_SYNC)
		sync_file(tape);
	if (tape->pending > 0)
		join = until(tape->since + TAPE_JOIN, now);
	if (!tape->full && tape->synced < tape->bytes)
		disk = until(tape->dirty + TAPE_SYNC, now);
	if (join < 0 || disk < 0)
		return join < 0 ? disk : join;
	return join < disk ? join : disk;
}

bool
tape_step(struct tape *tape)
{
	if (tape->bytes < tape->step)
		return false;
	tape->step = (tape->bytes / TAPE_STEP + 1) * TAPE_STEP;
	return true;
}

bool
tape_hash(const struct tape *tape, char ret_hash[TAPE_HASH_SIZE])
{
	gcry_md_hd_t copy;
	const unsigned char *digest;

	if (gcry_md_copy(&copy, tape->hash) != 0)
		return false;
	digest = gcry_md_read(copy, GCRY_MD_SHA256);
	for (size_t i = 0; i < (TAPE_HASH_SIZE - 1) / 2; i++)
		(void)snprintf(ret_hash + 2 * i, 3, "%02x", digest[i]);
	gcry_md_close(copy);
	return true;
}

void
tape_end(struct tape *tape, int64_t now)
{
	write_joined(tape, now);
	write_line(tape, tape->line, cast_rest(&tape->writer, now - tape->began, tape->line), now);
	sync_file(tape);
	close(tape->file);
	tape->file = -1;
}
