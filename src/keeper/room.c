/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/room.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "keeper/session.h"

static const char reserve_name[] = "reserve";

/* Copying back a whole log (4 MiB, sqlite_schema.c) makes the database larger by no more than that.
 */
static const off_t sizes[] = { 4 << 20, 1 << 20, 256 << 10 };

enum { SIZES = sizeof sizes / sizeof sizes[0], SPARE = 2, BLOCK = 512 /* st_blocks, stat(2) */ };

static enum err
check_file(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_from_errno(errno);
	if (!S_ISREG(st.st_mode))
		return ERR_STATE_PATH;
	if (st.st_uid != geteuid())
		return ERR_STATE_OWNER;
	if ((st.st_mode & 077) != 0)
		return ERR_STATE_MODE;
	return st.st_nlink == 1 ? ERR_OK : ERR_STATE_LINKS;
}

/* Blocks that the disk has given, whatever the size says. */
static off_t
held(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_blocks > 0 ? (off_t)st.st_blocks * BLOCK : 0;
}

/* One that is there from before, whole or not. */
static bool
keep(struct room *room)
{
	off_t bytes = held(room->fd);

	for (size_t i = 0; i < SIZES; i++)
		if (bytes >= sizes[i]) {
			room->size = sizes[i];
			return true;
		}
	return false;
}

/* The largest that leaves as much again; what was begun and did not fit is given back. */
static bool
fill(struct room *room)
{
	struct statvfs fs;

	if (keep(room))
		return true;
	if (fstatvfs(room->directory, &fs) != 0)
		return false;
	for (size_t i = 0; i < SIZES && sizes[i] >= room->size; i++) {
		if ((uint64_t)fs.f_bavail * fs.f_frsize < (uint64_t)(SPARE * sizes[i]))
			continue;
		if (posix_fallocate(room->fd, 0, sizes[i]) == 0) {
			room->size = sizes[i];
			return true;
		}
		if (ftruncate(room->fd, 0) != 0)
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
	err = check_file(fd);
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	room->fd = fd;
	(void)fill(room);
	return ERR_OK;
}

bool
room_make(struct room *room, struct store *store)
{
	bool given = room->fd >= 0 && held(room->fd) > 0 && ftruncate(room->fd, 0) == 0;
	bool more = given || room->level < ROOM_FOR_HOST;

	if (room->level < ROOM_FOR_HOST)
		room->level++;
	if (store != NULL && store_checkpoint(store) == ERR_OK)
		room_look(room);
	return more;
}

void
room_look(struct room *room)
{
	if (room->level != ROOM_FOR_ALL && room->fd >= 0 && fill(room))
		room->level = ROOM_FOR_ALL;
}

/* What a stranger may ask for writes nothing: the greeting, going back, staying. */
static bool
writes_nothing(uint32_t op)
{
	return op == WIRE_HELLO || op == WIRE_ALIVE || op == WIRE_BACK;
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
room_reserved(int directory)
{
	struct stat st;
	off_t bytes = 0;

	if (fstatat(directory, reserve_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
		bytes = (off_t)st.st_blocks * BLOCK;
	return bytes >= sizes[SIZES - 1] ? bytes : 0;
}

void
room_close(struct room *room)
{
	if (room->fd >= 0)
		close(room->fd);
	room->fd = -1;
}
