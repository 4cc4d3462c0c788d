/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
disk_grow(void *block, size_t count, size_t size)
{
	/* doubled: 1, 2, 4, 8 ... hold what comes next */
	if (count == 0 || (count & (count - 1)) == 0)
		block = realloc(block, (count == 0 ? 1 : count * 2) * size);
	if (block == NULL)
		abort();
	return block;
}

static size_t
add_node(struct disk *disk, uint64_t number, bool directory)
{
	disk->nodes = disk_grow(disk->nodes, disk->count, sizeof *disk->nodes);
	disk->nodes[disk->count] = (struct disk_node){ .number = number, .directory = directory };
	return disk->count++;
}

struct disk *
disk_new(uint64_t root)
{
	struct disk *disk = calloc(1, sizeof *disk);

	if (disk == NULL)
		abort();
	(void)add_node(disk, root, true);
	return disk;
}

void
disk_free(struct disk *disk)
{
	for (size_t i = 0; i < disk->count; i++) {
		free(disk->nodes[i].bytes.at);
		free(disk->nodes[i].entries.at);
		free(disk->nodes[i].pending);
	}
	free(disk->nodes);
	free(disk);
}

/* The youngest: inodes are used again. */
static struct disk_node *
find(const struct disk *disk, uint64_t number)
{
	for (size_t i = disk->count; i > 0; i--)
		if (disk->nodes[i - 1].number == number)
			return &disk->nodes[i - 1];
	return NULL;
}

static void
pend(struct disk_node *node, const struct record_op *op, size_t child)
{
	node->pending = disk_grow(node->pending, node->pending_count, sizeof *node->pending);
	node->pending[node->pending_count++] = (struct disk_pending){ .op = op, .child = child };
}

/* --- what an operation does to a file or directory --------------------------------- */

void
disk_write(struct disk_bytes *file, size_t offset, const void *bytes, size_t length, int fill)
{
	size_t end = offset + length;

	if (end > file->room) {
		file->room = end * 2;
		file->at = realloc(file->at, file->room);
		if (file->at == NULL)
			abort();
	}
	if (offset > file->length)
		memset(file->at + file->length, fill, offset - file->length);
	if (length > 0)
		memcpy(file->at + offset, bytes, length);
	if (end > file->length)
		file->length = end;
}

void
disk_cut(struct disk_bytes *file, size_t length)
{
	if (length < file->length)
		file->length = length;
	else
		disk_write(file, length, NULL, 0, 0);
}

static void
drop(struct disk_entries *entries, const char *name)
{
	for (size_t i = 0; i < entries->count; i++)
		if (strcmp(entries->at[i].name, name) == 0)
			entries->at[i--] = entries->at[--entries->count];
}

static void
put(struct disk_entries *entries, const char *name, size_t node)
{
	drop(entries, name);
	if (entries->count == DISK_ENTRIES)
		abort();
	entries->at[entries->count++] = (struct disk_entry){ .name = name, .node = node };
}

/* A rename is whole or not at all. */
void
disk_enter(struct disk_entries *entries, const struct disk_pending *pending)
{
	const char *name = record_bytes(pending->op);

	if (entries->at == NULL)
		entries->at = calloc(DISK_ENTRIES, sizeof *entries->at);
	if (entries->at == NULL)
		abort();
	if (pending->op->kind == RECORD_UNLINK || pending->op->kind == RECORD_RENAME)
		drop(entries, name);
	if (pending->op->kind == RECORD_RENAME)
		name += strlen(name) + 1;
	if (pending->op->kind != RECORD_UNLINK)
		put(entries, name, pending->child);
}

/* --- one operation ------------------------------------------------------------------- */

static void
sync_node(struct disk_node *node)
{
	for (size_t i = 0; i < node->pending_count; i++) {
		const struct record_op *op = node->pending[i].op;

		if (node->directory)
			disk_enter(&node->entries, &node->pending[i]);
		else if (op->kind == RECORD_CUT)
			disk_cut(&node->bytes, (size_t)op->offset);
		else
			disk_write(&node->bytes, (size_t)op->offset, record_bytes(op), op->length,
			    0);
	}
	node->pending_count = 0;
}

/*
 * A name that comes or goes: it is pending in its directory. What moves to another directory keeps
 * its name in the first, which goes with that one: a file system may have either without the other,
 * but never neither.
 */
static void
name(struct disk *disk, const struct record_op *op)
{
	uint64_t place = op->kind == RECORD_RENAME ? op->to : op->in;
	struct disk_node *directory = find(disk, place), *child = find(disk, op->file);
	size_t number = 0;

	if (directory == NULL)
		return;
	if (op->kind == RECORD_RENAME && child == NULL)
		abort();
	if (op->kind == RECORD_RENAME)
		number = (size_t)(child - disk->nodes);
	else if (op->kind != RECORD_UNLINK)
		number = add_node(disk, op->file, op->kind == RECORD_MKDIR);
	pend(find(disk, place), op, number);
}

void
disk_do(struct disk *disk, const struct record_op *op)
{
	struct disk_node *node;

	switch ((enum record_kind)op->kind) {
	case RECORD_MKDIR:
	case RECORD_CREATE:
	case RECORD_RENAME:
	case RECORD_UNLINK:
		name(disk, op);
		break;
	case RECORD_WRITE:
	case RECORD_CUT:
		node = find(disk, op->file);
		if (node != NULL)
			pend(node, op, 0);
		break;
	case RECORD_SYNC:
		node = find(disk, op->file);
		if (node != NULL)
			sync_node(node);
		break;
	case RECORD_TOLD:
	case RECORD_MARK:
		break;
	}
}

/* --- names ---------------------------------------------------------------------------- */

/* Where a node is now, synced or not; the first name that leads there. */
static bool
path_below(const struct disk *disk, size_t from, size_t to, char *buf, size_t size)
{
	const struct disk_node *node = &disk->nodes[from];
	struct disk_entry at[DISK_ENTRIES];
	struct disk_entries now = { .at = at, .count = node->entries.count };
	size_t length = strlen(buf);

	if (from == to)
		return true;
	if (now.count > 0)
		memcpy(at, node->entries.at, now.count * sizeof *at);
	for (size_t i = 0; node->directory && i < node->pending_count; i++)
		disk_enter(&now, &node->pending[i]);
	for (size_t i = 0; node->directory && i < now.count; i++) {
		(void)snprintf(buf + length, size - length, "%s%s", length == 0 ? "" : "/",
		    at[i].name);
		if (path_below(disk, at[i].node, to, buf, size))
			return true;
	}
	buf[length] = '\0';
	return false;
}

const char *
disk_path(const struct disk *disk, uint64_t number, char *buf, size_t size)
{
	const struct disk_node *node = find(disk, number);

	buf[0] = '\0';
	if (node == NULL || !path_below(disk, 0, (size_t)(node - disk->nodes), buf, size))
		return NULL;
	return buf;
}

bool
disk_turning(const struct disk *disk, const struct record_op *op)
{
	char path[256];
	const char *found;

	if (op->kind <= RECORD_UNLINK)
		return find(disk, op->in) != NULL;
	if (op->kind != RECORD_SYNC && op->kind != RECORD_CUT)
		return false;
	found = disk_path(disk, op->file, path, sizeof path);
	return found != NULL && strstr(found, "-wal") == NULL;
}
