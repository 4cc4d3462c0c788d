/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Room on the disk. A file, the reserve, holds some that is given up slice by slice when the disk
 * is full: the log can then be copied back, and the host, which alone can mend it, is still served.
 * Sessions are given up in an order: strangers first, then people who are in (DESIGN 3,
 * budget).
 */
#ifndef KEEPER_ROOM_H
#define KEEPER_ROOM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/err.h"
#include "store/store.h"

struct session;

/* Who is served. */
enum room_level {
	ROOM_FOR_ALL,
	ROOM_FOR_PEOPLE, /* who are in, and the host */
	ROOM_FOR_HOST	 /* and for opening and closing the lock of who is in */
};

struct room {
	int directory; /* borrowed */
	int fd;	       /* of the reserve; -1: none is open */
	off_t size;    /* that it had, or has: once given up it is not taken again as less */
	enum room_level level;
};

/*
 * Opens the reserve of a state directory, and fills it where the disk has twice as much to spare:
 * 4 MiB, or less on a small disk; a disk without that much is no error. ERR_STATE_...: the file is
 * not as it must be.
 */
MUST_CHECK enum err
room_open(struct room *room, int directory);

/*
 * After ERR_STORE_FULL. Copies the log back; where that finds no room either, gives up slices of
 * the reserve until it does, each of which the store takes at once; and takes the reserve again if
 * the log can be cut for it. From then on fewer are served. again: it was tried after that, and
 * there still was too little, for a log that is copied back has no more room than it had: then a
 * slice goes in any case. store: outside a turn, or NULL while there is none. Whether it is worth
 * another try.
 */
bool
room_make(struct room *room, struct store *store, bool again);

/* Once there is room again, the reserve is filled and all are served. Costs one system call where
 * there is none, and nothing where nothing is amiss. */
void
room_look(struct room *room);

/* Whether what a session asks for may be written. op: of enum wire_op. */
bool
room_serves(const struct room *room, const struct session *session, uint32_t op);

/* Bytes that the reserve of a state directory holds; 0: none. *ret_whole: nothing of it was given
 * up. */
int64_t
room_reserved(int directory, bool *ret_whole);

void
room_close(struct room *room);

#endif
