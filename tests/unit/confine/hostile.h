/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Somebody hostile inside a program: a child that goes behind the walls and then tries what would
 * hurt others. What it saw comes back through a pipe.
 */
#ifndef TESTS_UNIT_CONFINE_HOSTILE_H
#define TESTS_UNIT_CONFINE_HOSTILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <cmocka.h>

/* What stands ready for it, made by an honest parent. */
struct scene {
	char directory[64]; /* a state, with the file `there` */
	char outside[64];   /* another directory, with the file `there` */
	int state;	    /* the first, open */
	int master, own;    /* a terminal, and its other end, open as the console has it */
	char other[64];	    /* somebody else's terminal */
	int other_master;
	int line[2];  /* a line between two programs, as if connected */
	pid_t victim; /* another process of the same user */
};

/* cmocka's setup and teardown: *state is a scene. */
int
scene_setup(void **state);

int
scene_teardown(void **state);

struct attempt {
	const char *what;
	bool (*try)(const struct scene *scene); /* true: it worked; false: errno says why not */
	int error;				/* refused with this; 0: has to work */
};

/* Attempts: to open the directory's path with `name` behind it ("/there", or ""), and the other's
 * terminal. */
bool
scene_opened(const char *directory, const char *name, int flags);

bool
scene_other_terminal(const struct scene *scene);

/*
 * Goes behind the walls in a child and tries everything there, then fails the test with the name of
 * what came out otherwise.
 */
void
scene_play(const struct scene *scene, bool (*wall)(const struct scene *scene),
    const struct attempt *attempts, size_t count);

/* Which signal ended a child that did that behind the walls; 0: none did. */
int
scene_signal(const struct scene *scene, bool (*wall)(const struct scene *scene), void (*act)(void));

/* Whether this build and kernel have all walls; else says, in TAP, why nothing is tested. */
bool
hostile_can_be_tried(void);

/* What is to be refused in either program, with ENOSYS. */
extern const struct attempt hostile_calls[];
extern const size_t hostile_count;

#endif
