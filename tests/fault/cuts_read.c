/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record tells before anything is cut. */
#include "cuts.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void *
table(size_t count, size_t size)
{
	/* shared, for what children find out */
	void *made = mmap(NULL, (count + 1) * size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (made == MAP_FAILED)
		abort();
	return made;
}

static size_t
count_all(const struct record *record)
{
	size_t count = 0;

	for (const struct record_op *op = NULL; (op = record_next(record, op)) != NULL;)
		count++;
	return count;
}

/* A state is known anew after each sync of a log and at each answer, if anything was written since
 * the last. */
static void
read_op(struct cuts *cuts, struct disk *disk, const struct record_op *op, size_t after,
    bool *io_changed)
{
	char path[256];
	bool log = op->kind == RECORD_SYNC &&
	    disk_path(disk, op->file, path, sizeof path) != NULL && strstr(path, "-wal") != NULL;

	cuts->told[after] = op->kind == RECORD_TOLD ? after : cuts->told[after - 1];
	if (op->kind == RECORD_MARK)
		cuts->facts[cuts->fact_count++] = (struct cuts_fact){ .text = record_bytes(op),
			.told = cuts->told[after] };
	if (disk_turning(disk, op))
		cuts->turning[cuts->turning_count++] = after;
	if (op->kind < RECORD_SYNC)
		*io_changed = true;
	if (*io_changed && (log || op->kind == RECORD_TOLD)) {
		cuts->states[cuts->state_count++] = (struct cuts_state){ .after = after };
		*io_changed = false;
	}
}

void
cuts_read(struct cuts *cuts)
{
	struct disk *disk = disk_new(cuts->record->root);
	bool changed = false;
	size_t after = 0;

	cuts->count = count_all(cuts->record);
	cuts->facts = table(cuts->count, sizeof *cuts->facts);
	cuts->told = table(cuts->count, sizeof *cuts->told);
	cuts->turning = table(cuts->count, sizeof *cuts->turning);
	cuts->states = table(cuts->count, sizeof *cuts->states);
	for (const struct record_op *op = NULL; (op = record_next(cuts->record, op)) != NULL;) {
		disk_do(disk, op);
		read_op(cuts, disk, op, ++after, &changed);
	}
	disk_free(disk);
}

/* --- the scratch directory ----------------------------------------------------------- */

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	return ftw->level == 0 ? 0 : remove(path);
}

int
cuts_scratch(const struct cuts *cuts, size_t n, char *path, size_t size)
{
	int dirfd;

	(void)snprintf(path, size, "%s/%zu", cuts->scratch, n);
	(void)mkdir(path, 0700);
	dirfd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dirfd < 0 || nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0) {
		(void)fprintf(stderr, "There is no place for images: %s\n", path);
		exit(EXIT_FAILURE);
	}
	return dirfd;
}

/* --- the states -------------------------------------------------------------------- */

/* Before the state directory is there, nobody is in it. */
static bool
know_state(struct cuts *cuts, size_t n, const struct disk *disk, struct cuts_state *state)
{
	char path[4096], below[8192], why[LOOK_WHY];
	int dirfd = cuts_scratch(cuts, n, path, sizeof path);
	bool done = disk_image(disk, DISK_ALL, 0, dirfd);
	struct look look;

	close(dirfd);
	(void)snprintf(below, sizeof below, "%s/%s", path, cuts->state);
	if (done && access(below, F_OK) != 0)
		return true;
	done = done && look_open(below, &look, why);
	if (!done) {
		(void)printf("after %zu operations, nothing is lost, and yet %s\n", state->after,
		    why);
		return false;
	}
	state->digest = look.digest;
	look_close(&look);
	return true;
}

bool
cuts_know(struct cuts *cuts, size_t n, size_t workers)
{
	struct disk *disk = disk_new(cuts->record->root);
	const struct record_op *op = NULL;
	size_t after = 0;
	bool done = true;

	for (size_t i = 0; done && i < cuts->state_count; i++) {
		for (; after < cuts->states[i].after; after++)
			disk_do(disk, op = record_next(cuts->record, op));
		if (i % workers == n)
			done = know_state(cuts, n, disk, &cuts->states[i]);
	}
	disk_free(disk);
	return done;
}
