/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Landlock by its system calls (landlock(7)), which glibc does not wrap. Whatever the running
 * kernel's version can forbid is forbidden, and then allowed again below single places.
 */
#ifndef CONFINE_LANDLOCK_H
#define CONFINE_LANDLOCK_H

#include <stdbool.h>

#include "core/err.h"

enum landlock_use {
	LANDLOCK_READ,	/* read files and list directories */
	LANDLOCK_WRITE, /* read, and write to files that are there */
	LANDLOCK_KEEP,	/* all that the keeper does in its state: files and sockets come and go */
	LANDLOCK_REMOVE /* remove files, and no more */
};

/* The version of the interface, 0 where the kernel has none or does not let it be used. */
int
landlock_version(void);

/*
 * A ruleset of that version (1 or more) that forbids everything: files, TCP, signals to processes
 * outside, and abstract UNIX sockets of others; but not those where `abstract`, and not to connect
 * by TCP where `network`. The caller closes *ret_ruleset.
 */
MUST_CHECK enum err
landlock_forbid(int version, bool abstract, bool network, int *ret_ruleset);

/* Allows one use of what `fd` leads to, a file or a directory and all below it (O_PATH will do). */
MUST_CHECK enum err
landlock_allow(int version, int ruleset, int fd, enum landlock_use use);

/* For this thread and those that it starts, for good. Needs no_new_privs. */
MUST_CHECK enum err
landlock_enforce(int ruleset);

#endif
