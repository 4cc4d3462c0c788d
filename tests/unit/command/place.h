/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A directory of one's own below /tmp, as root or as anybody, and what tests put into it. */
#ifndef TESTS_UNIT_COMMAND_PLACE_H
#define TESTS_UNIT_COMMAND_PLACE_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/command_file.h"

#define GOOD "title A\nrole operator\nprogram /bin/true\n"

/* Where a test is; its commands are in "commands.d" there. */
static char place[64];

static inline int
place_make(void **state)
{
	(void)state;
	(void)snprintf(place, sizeof place, "/tmp/commands.XXXXXX");
	(void)umask(022);
	return mkdtemp(place) != NULL && chdir(place) == 0 && mkdir("commands.d", 0755) == 0 ? 0
											     : -1;
}

static inline int
place_remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline int
place_remove(void **state)
{
	(void)state;
	return chdir("/") != 0 || nftw(place, place_remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0;
}

/* Its path, absolute. */
static inline const char *
place_path(const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof path, "%s/%s", place, name);
	return path;
}

static inline void
place_put(const char *name, const char *text)
{
	FILE *file = fopen(place_path(name), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static inline struct command_dir
place_open(void)
{
	struct command_dir dir = { -1, 0 };
	struct command_wrong wrong;

	assert_int_equal(command_dir_open(place_path("commands.d"), geteuid(), 0, &dir, &wrong),
	    ERR_OK);
	return dir;
}

#endif
