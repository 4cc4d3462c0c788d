/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/room.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "keeper/keys.h"
#include "keeper/session.h"

static const char reserve_name[] = "reserve";

/* Copying back a whole log (4 MiB, store/sqlite/ready.c) makes the database larger by no more than
 * that. */
static const off_t sizes[] = { 4 << 20, 1 << 20, 256 << 10 };

enum {
	SIZES = sizeof sizes / sizeof sizes[0],
	SPARE = 2,  /* times its size that must be free for a reserve to be taken */
	SLICES = 8, /* in which it is given up */
	BLOCK = 512 /* st_blocks, stat(2) */
};

/* Blocks that the disk has given, whatever the size says. */
static off_t
held(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_blocks > 0 ? (off_t)st.st_blocks * BLOCK : 0;
}

/* The largest that leaves as much again, and never less than it was. What was begun and did not fit
 * is given back. */
static bool
fill(struct room *room)
{
	off_t before = held(room->fd);
	struct statvfs fs;

	if (fstatvfs(room->directory, &fs) != 0)
		return false;
	for (size_t i = 0; i < SIZES && sizes[i] >= room->size; i++) {
		off_t lacks = SPARE * sizes[i] - before;

		if (before < sizes[i] && (off_t)(fs.f_bavail * fs.f_frsize) < lacks)
			continue;
		if (before >= sizes[i] || posix_fallocate(room->fd, 0, sizes[i]) == 0) {
			room->size = sizes[i];
			return true;
		}
		if (ftruncate(room->fd, before) != 0)
			return false;
	}
	return false;
}

enum err
room_open(struct room *room, int directory)
{
	enum err err;
	int fd = openat(directory, reserve_name,
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);

	*room = (struct room){ .directory = directory, .fd = -1 };
	if (fd < 0 && (errno == ENOSPC || errno == EDQUOT))
		return ERR_OK;
	if (fd < 0)
		return errno == ELOOP ? ERR_STATE_SYMLINK : err_from_errno(errno);
	err = keys_check_file(fd);
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	room->fd = fd;
	(void)fill(room);
	return ERR_OK;
}

/* One slice less. The store takes it at once, before the program that fills the disk can. */
static bool
give_slice(struct room *room, struct store *store)
{
	off_t left = room->fd < 0 ? 0 : held(room->fd), slice = room->size / SLICES;

	if (left == 0 || slice == 0)
		return false;
	if (ftruncate(room->fd, left > slice ? left - slice : 0) != 0)
		return false;
	if (store != NULL)
		store_claim(store, slice);
	return true;
}

/* The first half of the reserve is for people who are in as well. */
static enum room_level
level_of(const struct room *room)
{
	return room->fd >= 0 && room->size > 0 && held(room->fd) > room->size / 2 ? ROOM_FOR_PEOPLE
										  : ROOM_FOR_HOST;
}

/* A log that holds most of what is missing is cut, where a reserve can be had of it. */
static void
take_again(struct room *room, struct store *store)
{
	struct statvfs fs;
	int64_t log = store_log_size(store);

	if (room->size > 0 && fstatvfs(room->directory, &fs) == 0 &&
	    (int64_t)(fs.f_bavail * fs.f_frsize) + log >= SPARE * (int64_t)room->size &&
	    store_checkpoint(store) == ERR_OK)
		room_look(room);
}

bool
room_make(struct room *room, struct store *store, bool again)
{
	enum room_level before = room->level;
	enum err err = store != NULL ? store_recycle(store) : ERR_STORE_FULL;
	bool given = false;

	/* What the database wants for the whole log may be more than a slice; left there, it would
	 * go to the log, which is what keeps growing. */
	while (err != ERR_OK && (!given || err == ERR_STORE_FULL) && give_slice(room, store)) {
		given = true;
		if (store == NULL)
			break;
		err = store_recycle(store);
	}
	if (again && err == ERR_OK && !given)
		given = give_slice(room, store);
	if (room->level == ROOM_FOR_ALL || level_of(room) > room->level)
		room->level = level_of(room);
	if (err == ERR_OK)
		take_again(room, store);
	return err == ERR_OK || given || room->level != before;
}

void
room_look(struct room *room)
{
	if (room->level != ROOM_FOR_ALL && room->fd >= 0 && fill(room))
		room->level = ROOM_FOR_ALL;
}

/* What a stranger may ask for, or sshd, or PAM, and writes nothing: the greeting, going back,
 * staying, whose SSH key knocks, whether somebody may come in, and tickets, which are in memory. A
 * session that closes must take its ticket with it. */
static bool
writes_nothing(uint32_t op)
{
	static const enum wire_op ops[] = { WIRE_HELLO, WIRE_ALIVE, WIRE_BACK, WIRE_KEYS_LOOKUP,
		WIRE_PAM_ASK, WIRE_PAM_ACCOUNT, WIRE_TICKET_OPEN, WIRE_TICKET_CLOSE };

	for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
		if (op == (uint32_t)ops[i])
			return true;
	return false;
}

bool
room_serves(const struct room *room, const struct session *session, uint32_t op)
{
	enum share share = session_share(session);

	if (room->level == ROOM_FOR_ALL || share == SHARE_HOST || writes_nothing(op))
		return true;
	if (share != SHARE_IN)
		return false;
	return room->level == ROOM_FOR_PEOPLE || op == WIRE_UNLOCK || op == WIRE_LOCK;
}

int64_t
room_reserved(int directory, bool *ret_whole)
{
	struct stat st;

	*ret_whole = false;
	if (fstatat(directory, reserve_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
		return 0;
	for (size_t i = 0; i < SIZES; i++)
		*ret_whole = *ret_whole || st.st_size == sizes[i];
	return (int64_t)st.st_blocks * BLOCK;
}

void
room_close(struct room *room)
{
	if (room->fd >= 0)
		close(room->fd);
	room->fd = -1;
}
