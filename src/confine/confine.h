/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walls around the two programs (DESIGN 4): an attacker who takes over one of them, by bytes from
 * the terminal or from the wire, can do only what that program does anyway. Three parts of the
 * kernel make them: no_new_privs, Landlock and a seccomp filter. One that the kernel lacks is told
 * and is no error; one that begins and fails is.
 *
 * The walls are for the rest of the process's life, and for whatever it starts.
 */
#ifndef CONFINE_CONFINE_H
#define CONFINE_CONFINE_H

#include <stdbool.h>

#include "core/err.h"

enum confine_part {
	CONFINE_NO_NEW_PRIVS = 1 << 0, /* no setuid program helps (PR_SET_NO_NEW_PRIVS(2const)) */
	CONFINE_LANDLOCK = 1 << 1,     /* which files can be opened: landlock(7) */
	CONFINE_FILTER = 1 << 2,       /* which system calls there are: seccomp(2) */
	CONFINE_PARTS = (1 << 3) - 1
};

struct confine_report {
	bool built;	  /* false: a build for sanitizers, or --disable-confinement */
	unsigned missing; /* of enum confine_part; all of them where none was built */
	int landlock;	  /* the version of Landlock's interface, 0 where there is none */
};

/* What this kernel and this build can do; changes nothing. */
void
confine_probe(struct confine_report *ret_report);

/*
 * The console: what comes late is loaded, then nothing can be written, started, connected to or
 * looked at that it has not opened. To be called with the line to the keeper and the terminal open,
 * before the first key is read. ERR_SYSTEM: the kernel stopped half-way; the process must end.
 */
MUST_CHECK enum err
confine_console(void);

/*
 * The keeper: it writes below `directory`, an open state directory, and nowhere else. network:
 * whether its database is on other hosts. Landlock
 * holds for the calling thread and those that it starts, so it must be the only one yet.
 */
MUST_CHECK enum err
confine_keeper(int directory, bool network);

#endif
