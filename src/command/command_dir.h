/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directory of the commands' files, and whom it can be believed: what stands in it is run, so
 * nobody but root may have put it there (DESIGN 10). Embedded, a state's owner may too. No function
 * of this folder prints, and none waits for anything but the disk.
 */
#ifndef COMMAND_COMMAND_DIR_H
#define COMMAND_COMMAND_DIR_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "core/command.h"
#include "core/err.h"

/* The host's. */
#define COMMAND_DIR_HOST "/etc/provconsole/commands.d"

enum { COMMAND_WHERE_SIZE = 512 };

/* Why a file, or a directory above it, is not believed. */
enum command_trust {
	COMMAND_TRUSTED,
	COMMAND_FOREIGN,  /* of another owner than root (or the state's owner) */
	COMMAND_WRITABLE, /* others than its owner may write */
	COMMAND_SYMLINK,
	COMMAND_KIND,	/* no regular file, or no directory */
	COMMAND_LINKS,	/* the file has a second name elsewhere */
	COMMAND_CLOSED, /* may not be read */
	COMMAND_NAMED,	/* its name is none of a command (command_name_valid()) */
	COMMAND_MANY,	/* more than COMMAND_FILES_MAX in the directory */
	COMMAND_TRUST_COUNT
};

/* What goes with ERR_COMMAND_FILE. */
struct command_wrong {
	enum command_trust trust;
	enum command_fault fault;	/* of a file that is trusted */
	size_t line;			/* of the fault, from 1 on; 0: no single one */
	char where[COMMAND_WHERE_SIZE]; /* the directory that is not trusted; "": it is the file */
};

/* An open directory, every one above it looked at. */
struct command_dir {
	int fd;
	uid_t owner; /* who may own files besides root */
};

/* Why, a message id for gettext; a whole sentence about "it". Static; never NULL. */
const char *
command_trust_says(enum command_trust trust);

/* STATE/commands.d, where a state's owner puts commands. ERR_STATE_PATH: it does not fit. */
MUST_CHECK enum err
command_dir_of_state(const char *state, char *buf, size_t size);

/*
 * Opens the directory of that absolute path: it and every one above it belong to root or the owner,
 * and nobody else may write there; above it a directory may be sticky instead, as /tmp is. None is
 * a symbolic link; of a state whose owner is not root the path is resolved first, since homes often
 * stand behind one. make: what is missing is made, of that mode (0755 of the host's, 0700 in a
 * state) and the owner's; 0: nothing is. The caller gives it to command_dir_close(); a failure
 * leaves nothing open. ERR_COMMAND_NONE: it is not there. ERR_COMMAND_FILE: *ret_wrong says which
 * directory is not trusted. Else as err_from_errno().
 */
MUST_CHECK enum err
command_dir_open(const char *path, uid_t owner, mode_t make, struct command_dir *ret_dir,
    struct command_wrong *ret_wrong);

void
command_dir_close(struct command_dir *dir);

/* Whether root or that owner alone can have made it what it is. Pure. sticky: that is enough where
 * others may write. */
enum command_trust
command_dir_trust(const struct stat *st, uid_t owner, bool sticky);

#endif
