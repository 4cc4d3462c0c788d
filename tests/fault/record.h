/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What programs did to their files, in order, as recorder.so wrote it down (LD_PRELOAD): a file
 * beside the library, of its name and ".record", which a test makes. Between the operations stand
 * the answers that were sent to clients, and marks: what a client was told by the last of these.
 */
#ifndef TESTS_FAULT_RECORD_H
#define TESTS_FAULT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum record_kind {
	RECORD_MKDIR,  /* bytes: the name; in: the directory above; file: the new one */
	RECORD_CREATE, /* the same, of a file */
	RECORD_RENAME, /* bytes: both names, one after the other; in, to: the directories */
	RECORD_UNLINK, /* bytes: the name */
	RECORD_WRITE,  /* bytes, at `offset` */
	RECORD_CUT,    /* a file becomes `offset` long */
	RECORD_SYNC,   /* of a file or a directory */
	RECORD_TOLD,   /* a keeper sent an answer */
	RECORD_MARK,   /* bytes: a fact (cuts_fact.c) */
};

/* Files and directories go by a number that is made of device and inode; an inode that is used
 * again by another file begins anew with its RECORD_CREATE. */
struct record_op {
	uint32_t kind;	 /* enum record_kind */
	uint32_t length; /* of the bytes that follow, filled up to a multiple of 8 */
	uint64_t file, in, to;
	int64_t offset;
};

enum { RECORD_SIZE = 96 << 20 }; /* of the file, most of which is never touched */

/* The head of the file; the operations follow. */
struct record {
	uint64_t used;	    /* bytes, with the head */
	uint64_t root;	    /* the directory that all is about; it was empty at first */
	uint64_t dir_syncs; /* since the test set it to 0 */
	uint64_t fails;	    /* the directory's sync of that number fails; 0: none does */
	uint64_t failed;    /* how many did */
};

/* The number of a file. */
uint64_t
record_number(uint64_t device, uint64_t inode);

/* Maps a record, all of it; made: a new and empty one, of an empty directory. NULL if it cannot be
 * had. It is never unmapped. */
struct record *
record_map(const char *path, const char *made);

/* Appends an operation with its bytes, and a second piece of them (which may be NULL). What finds
 * no room ends the program: a record with a hole proves nothing. */
void
record_add(struct record *record, const struct record_op *op, const void *bytes, const void *more,
    size_t more_length);

/* The operation after `op`, or the first for NULL; NULL after the last. */
const struct record_op *
record_next(const struct record *record, const struct record_op *op);

const char *
record_bytes(const struct record_op *op);

#endif
