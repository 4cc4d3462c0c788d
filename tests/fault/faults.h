/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page of memory that a test shares with a program which runs under faults.so (LD_PRELOAD), a
 * file beside the library, of its name and ".page": what the clock says, how much room the disk
 * has, and which write to it and which allocation fails.
 */
#ifndef TESTS_FAULT_FAULTS_H
#define TESTS_FAULT_FAULTS_H

#include <stdint.h>

enum { FAULT_STOP = 0 }; /* in the place of an error: the process stops in the middle of it */

/* The at-th call fails with the system's error `number`; if lasting, all calls from there on. at 0:
 * none does. */
struct fault {
	uint64_t at;
	uint64_t count; /* calls so far */
	uint64_t hits;	/* those that failed */
	int32_t number;
	uint32_t lasting;
};

struct faults {
	char only[32];	 /* the program that it is about; "": whichever loads the library */
	char below[256]; /* the disk is this directory and what is in it */
	uint64_t room;	 /* no log there grows beyond so many bytes, and no database at all */
	int64_t clock;	 /* Unix seconds, if told */
	uint32_t told;
	uint32_t unused;
	struct fault disk;
	struct fault memory; /* but SQLite's, and that of curses */
	struct fault sqlite; /* theirs, which is most of it */
	struct fault open;   /* for writing, of a file on the disk */
	struct fault read;   /* of a page of a database there */
	char log[512];	     /* the last line that the system's log was told to be wrong */
};

#endif
