/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a command names: its program and its UNIX user, as they are on this host now. For whoever
 * writes a file, and for `doctor`; the kernel decides when the command is run.
 */
#ifndef COMMAND_COMMAND_PROGRAM_H
#define COMMAND_COMMAND_PROGRAM_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/command.h"

enum command_program {
	COMMAND_PROGRAM_FINE,
	COMMAND_PROGRAM_GONE,
	COMMAND_PROGRAM_KIND,	     /* a directory, or no plain file */
	COMMAND_PROGRAM_MODE,	     /* nobody may execute it */
	COMMAND_PROGRAM_WRITABLE,    /* others than its owner may write it */
	COMMAND_PROGRAM_FOREIGN,     /* its owner is neither root nor who runs it */
	COMMAND_PROGRAM_ABOVE,	     /* a directory above it may be written by everybody */
	COMMAND_PROGRAM_SCRIPT,	     /* neither ELF nor a script that begins with #! */
	COMMAND_PROGRAM_INTERPRETER, /* what stands behind #! is not there */
	COMMAND_PROGRAM_USER,	     /* there is no such UNIX user */
	COMMAND_PROGRAM_COUNT
};

/*
 * Looks at program and user of a command that is in order. owner: who, besides root and the user
 * that it runs as, may own the program: of an embedded console the state's owner. A program that
 * may be executed and not read is believed to be one.
 */
enum command_program
command_program_look(const struct command *command, uid_t owner);

/* What is wrong, a message id for gettext; a whole sentence. Static; never NULL. */
const char *
command_program_says(enum command_program program);

/* What the first bytes of a program's file say, as far as they were read: COMMAND_PROGRAM_FINE or
 * COMMAND_PROGRAM_SCRIPT. Of a script the interpreter's path is copied, "" of others. Pure. */
enum command_program
command_program_begins(const char *bytes, size_t length, char interpreter[COMMAND_PROGRAM_SIZE]);

#endif
