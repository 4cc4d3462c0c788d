/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As whom a command runs: a UNIX user that its file names, or one of its own that has no name and
 * that nobody else is (DESIGN 10). */
#ifndef RUNNER_USER_H
#define RUNNER_USER_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/err.h"

/* Users without a name: none of Debian's ranges (UID_MIN ff. of login.defs, systemd's dynamic users
 * and containers; see systemd's UIDS-GIDS). */
enum { USER_FIRST = 1900000000, USER_COUNT = 4096 };

struct user {
	bool same; /* embedded: nothing is changed */
	uid_t uid;
	gid_t gid;
	char name[64]; /* "" where it has none */
	char home[1024];
	char shell[1024];
	int lock; /* holds a number as taken; -1: none */
};

/* The user of that name; ERR_COMMAND_USER where there is none. */
MUST_CHECK enum err
user_named(const char *name, struct user *ret_user);

/* One that nobody else is, as long as its lock is held, by files in the directory. ERR_RUN_MANY
 * where all are taken. */
MUST_CHECK enum err
user_own(const char *directory, struct user *ret_user);

/* Who runs this program. */
void
user_same(struct user *ret_user);

/* In the child: groups, group, user, for good. False: it must not go on. */
bool
user_become(const struct user *user);

/* Of one of its own: kills whatever is still of that user, and gives its number back. */
void
user_release(struct user *user);

#endif
