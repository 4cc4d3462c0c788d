/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands' files. A file is opened once, never behind a symbolic link, looked at while it is
 * open, and read whole: what was looked at is what the caller gets. One that is not in order hides
 * no other.
 */
#ifndef COMMAND_COMMAND_FILE_H
#define COMMAND_COMMAND_FILE_H

#include "command/command_dir.h"

enum { COMMAND_ENTRY_SIZE = 256 }; /* NAME_MAX and NUL: what stands there may be no valid name */

struct command_names {
	size_t count;
	char (*name)[COMMAND_ENTRY_SIZE]; /* owned */
};

/*
 * Reads one. ERR_COMMAND_NONE: there is no such file, or (COMMAND_NAMED) no command has such a
 * name. ERR_COMMAND_FILE: *ret_wrong says why. Else as err_from_errno(). *ret_command is untouched
 * then.
 */
MUST_CHECK enum err
command_file_read(const struct command_dir *dir, const char *name, struct command *ret_command,
    struct command_wrong *ret_wrong);

/*
 * The names in the directory, sorted by their bytes, those without that begin with a dot: an
 * editor's, and what command_file_write() left that was killed. One that no command can have is
 * among them, so that it can be told: command_file_read() says COMMAND_NAMED of it.
 * ERR_COMMAND_FILE: *ret_wrong is COMMAND_MANY. ERR_MEMORY, or as err_from_errno(). The caller
 * gives it to command_names_free(), after a failure too.
 */
MUST_CHECK enum err
command_file_names(const struct command_dir *dir, struct command_names *ret_names,
    struct command_wrong *ret_wrong);

void
command_names_free(struct command_names *names);

/*
 * Writes the text beside, syncs it, and gives it its name, for all to read where the directory is;
 * the owner is the directory's. One writer at a time: others wait. A failure leaves what was there.
 * ERR_STATE: there is one of that name already, and replace is false. ERR_COMMAND_NONE: no
 * command can have that name. Else as err_from_errno().
 */
MUST_CHECK enum err
command_file_write(const struct command_dir *dir, const char *name, const char *text, bool replace);

/* Removes one, in order or not. ERR_COMMAND_NONE, or as err_from_errno(). */
MUST_CHECK enum err
command_file_remove(const struct command_dir *dir, const char *name);

#endif
