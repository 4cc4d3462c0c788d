/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command that root lets people run: what its file says (DESIGN 10). A file is text, a word a
 * line, and what follows the blank behind it is its value, to the line's end and as it is:
 *
 *   # what people read, and who may
 *   title Restart the web server
 *   role operator
 *   as www-data
 *   confirm
 *   code
 *   record
 *   program /usr/bin/systemctl
 *   argument restart
 *   argument nginx
 *
 * `title`, `program` and at least one `role` are needed; `role`, `argument` may stand more than
 * once, the others once. A role names itself alone: whoever is to run it is named. Empty lines and
 * lines that begin with '#' are left out; `argument` without a value is the empty argument. All of
 * it is text that is to be seen (text_visible()), so that what root reads is what runs. No shell
 * sees any of it.
 */
#ifndef CORE_COMMAND_H
#define CORE_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/account.h"
#include "core/err.h"

enum {
	COMMAND_NAME_SIZE = 65, /* with NUL */
	COMMAND_TITLE_SIZE = 129,
	COMMAND_USER_SIZE = 33, /* a UNIX user's name: useradd(8) allows 32 bytes */
	COMMAND_PROGRAM_SIZE = 1024,
	COMMAND_ARGUMENTS_MAX = 64,
	COMMAND_TEXT_SIZE = 16384, /* a whole file; what is longer is refused */
	COMMAND_FILES_MAX = 512	   /* in a directory; more are refused */
};

struct command {
	char name[COMMAND_NAME_SIZE];
	char title[COMMAND_TITLE_SIZE];
	unsigned roles;		    /* OR of 1 << enum role */
	char as[COMMAND_USER_SIZE]; /* "": a UNIX user of its own, which has no name */
	bool confirm;		    /* a yes is asked for */
	bool code;		    /* a fresh code is asked for */
	bool record;		    /* what it shows is recorded */
	char program[COMMAND_PROGRAM_SIZE];
	size_t count;				     /* of arguments */
	const char *argument[COMMAND_ARGUMENTS_MAX]; /* each points into text: no struct copy */
	char text[COMMAND_TEXT_SIZE]; /* the values of arguments, each with its NUL */
};

/* What is wrong with a file, and where. */
enum command_fault {
	COMMAND_FINE,
	COMMAND_LONG,	    /* more than COMMAND_TEXT_SIZE - 1 bytes, or too many arguments */
	COMMAND_BYTE,	    /* NUL, what is not to be seen (text_visible()), or no UTF-8 */
	COMMAND_WORD,	    /* a word that is not one of those above */
	COMMAND_TWICE,	    /* that may stand once alone */
	COMMAND_VALUE_NONE, /* a value is missing, or stands where there is none */
	COMMAND_TITLE,	    /* longer than its array */
	COMMAND_ROLE,	    /* is no role */
	COMMAND_USER,	    /* is no UNIX user's name as useradd(8) takes it */
	COMMAND_RELATIVE,   /* the program is no absolute path, or longer than its array */
	COMMAND_TITLE_NONE, /* no line: line 0 */
	COMMAND_ROLE_NONE,
	COMMAND_PROGRAM_NONE,
	COMMAND_FAULT_COUNT
};

/* Letters, digits, '.', '_', '-' of ASCII, 1 to 64 of them, none of ".", "-" first: a file's name,
 * and a word of SSH_ORIGINAL_COMMAND. */
bool
command_name_valid(const char *name);

/*
 * Reads a file's size bytes; name is a valid one. *ret_command is whole on COMMAND_FINE and
 * untouched on all else; *ret_line is the line of the fault, from 1 on, or 0 where no single line
 * is to blame.
 */
enum command_fault
command_parse(const char *name, const char *bytes, size_t size, struct command *ret_command,
    size_t *ret_line);

/* What is wrong, a message id for gettext. Static; never NULL. */
const char *
command_fault_says(enum command_fault fault);

/*
 * The file of a command: its text, ended by NUL, of at most size bytes. What it wrote is read back
 * the same by command_parse(), or the fault is returned, and the text is not to be used: a newline
 * in an argument is COMMAND_BYTE. The arguments may be anybody's strings.
 */
enum command_fault
command_write(const struct command *command, char *ret_text, size_t size);

/* Whether that role may run it. */
bool
command_allows(const struct command *command, enum role role);

#endif
