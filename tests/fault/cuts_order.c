/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cuts.h"

#include <stdio.h>
#include <string.h>

/* What is no part of a state after a cut: made anew at each start, or made by the system alone. */
static bool
passing(const char *name)
{
	return strcmp(name, "lock") == 0 || strcmp(name, "socket") == 0 ||
	    strcmp(name, "reserve") == 0 || strstr(name, "-shm") != NULL;
}

static const char *
last(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (*path == '\0')
		return ".";
	return slash == NULL ? path : slash + 1;
}

/* "create console.key.new", and how the file or directory is called now. */
static void
line(const struct disk *disk, const struct record_op *op, char *buf, size_t size)
{
	static const char *const words[] = { [RECORD_MKDIR] = "mkdir",
		[RECORD_CREATE] = "create",
		[RECORD_RENAME] = "rename",
		[RECORD_UNLINK] = "unlink",
		[RECORD_WRITE] = "write",
		[RECORD_CUT] = "cut",
		[RECORD_SYNC] = "sync",
		[RECORD_TOLD] = "told" };
	char path[256];
	const char *name = "";

	*buf = '\0';
	if (op->kind <= RECORD_UNLINK && disk_path(disk, op->in, path, sizeof path) != NULL)
		name = record_bytes(op);
	else if (op->kind > RECORD_UNLINK && op->kind < RECORD_TOLD &&
	    disk_path(disk, op->file, path, sizeof path) != NULL)
		name = last(path);
	if (op->kind == RECORD_TOLD)
		(void)snprintf(buf, size, "told");
	else if (*name != '\0' && !passing(name))
		(void)snprintf(buf, size, "%s %s", words[op->kind], name);
}

void
cuts_order(const struct cuts *cuts, bool all)
{
	struct disk *disk = disk_new(cuts->record->root);
	char now[512], before[512] = "";

	for (const struct record_op *op = NULL;
	     (op = record_next(cuts->record, op)) != NULL && (all || op->kind != RECORD_MARK);) {
		disk_do(disk, op);
		line(disk, op, now, sizeof now);
		if (*now != '\0' && strcmp(now, before) != 0) {
			(void)puts(now);
			memcpy(before, now, sizeof before);
		}
	}
	disk_free(disk);
}
