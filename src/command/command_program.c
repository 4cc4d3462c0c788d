/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/command_program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_SIZE = 256 }; /* of a script's first line the kernel reads as many (BINPRM_BUF_SIZE) */

static const char *const says[COMMAND_PROGRAM_COUNT] = {
	[COMMAND_PROGRAM_FINE] = N_("It is a program."),
	[COMMAND_PROGRAM_GONE] = N_("There is no such program: install it, or name another."),
	[COMMAND_PROGRAM_KIND] = N_(
	    "This is a directory or a device, and no program: name the file itself."),
	[COMMAND_PROGRAM_MODE] = N_("Nobody may execute this program: chmod +x"),
	[COMMAND_PROGRAM_WRITABLE] = N_("Others than its owner may write this program, and so "
					"decide what runs: chmod go-w"),
	[COMMAND_PROGRAM_FOREIGN] = N_("This program belongs to somebody who neither is root nor "
				       "the user that it runs as, and who could change what runs: "
				       "chown root"),
	[COMMAND_PROGRAM_ABOVE] = N_("Everybody may write in a directory above this program, and "
				     "so put another in its place: chmod o-w"),
	[COMMAND_PROGRAM_SCRIPT] = N_("This is neither a program nor a script that begins with "
				      "#!, such as: #!/bin/sh"),
	[COMMAND_PROGRAM_INTERPRETER] = N_(
	    "This script names a program behind #! that is not there."),
	[COMMAND_PROGRAM_USER] = N_("There is no such UNIX user on this host: useradd, or another "
				    "name behind --as."),
};

const char *
command_program_says(enum command_program program)
{
	return (unsigned)program < COMMAND_PROGRAM_COUNT ? says[program]
							 : says[COMMAND_PROGRAM_GONE];
}

enum command_program
command_program_begins(const char *bytes, size_t length, char interpreter[COMMAND_PROGRAM_SIZE])
{
	size_t at = 2, end;

	interpreter[0] = '\0';
	if (length >= 4 && memcmp(bytes, "\177ELF", 4) == 0)
		return COMMAND_PROGRAM_FINE;
	if (length < 3 || memcmp(bytes, "#!", 2) != 0)
		return COMMAND_PROGRAM_SCRIPT;
	while (at < length && (bytes[at] == ' ' || bytes[at] == '\t'))
		at++;
	/* A carriage return is part of the name, as it is for the kernel. */
	for (end = at; end < length && strchr(" \t\n", bytes[end]) == NULL; end++)
		if (end - at == COMMAND_PROGRAM_SIZE - 1)
			break;
	if (end == at)
		return COMMAND_PROGRAM_SCRIPT;
	memcpy(interpreter, bytes + at, end - at);
	interpreter[end - at] = '\0';
	return COMMAND_PROGRAM_FINE;
}

static enum command_program
look_inside(const char *path)
{
	char head[HEAD_SIZE], interpreter[COMMAND_PROGRAM_SIZE];
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ssize_t got = fd >= 0 ? read(fd, head, sizeof head) : -1;
	enum command_program found;

	if (fd >= 0)
		close(fd);
	if (got < 0)
		return COMMAND_PROGRAM_FINE;
	found = command_program_begins(head, (size_t)got, interpreter);
	if (found == COMMAND_PROGRAM_FINE && interpreter[0] != '\0' &&
	    access(interpreter, X_OK) != 0)
		return COMMAND_PROGRAM_INTERPRETER;
	return found;
}

/* path: with all symbolic links resolved; it is cut. */
static bool
open_above(char *path)
{
	struct stat st;

	for (char *slash = strrchr(path, '/'); slash != NULL; slash = strrchr(path, '/')) {
		*slash = '\0';
		if (stat(*path == '\0' ? "/" : path, &st) == 0 && (st.st_mode & S_IWOTH) != 0 &&
		    (st.st_mode & S_ISVTX) == 0)
			return true;
	}
	return false;
}

static enum command_program
look_at_file(const char *path, uid_t user, uid_t owner)
{
	enum command_program found;
	struct stat st;
	char *real;
	bool open;

	if (stat(path, &st) != 0)
		return COMMAND_PROGRAM_GONE;
	if (!S_ISREG(st.st_mode))
		return COMMAND_PROGRAM_KIND;
	if ((st.st_mode & 0111) == 0)
		return COMMAND_PROGRAM_MODE;
	if ((st.st_mode & 022) != 0)
		return COMMAND_PROGRAM_WRITABLE;
	if (st.st_uid != 0 && st.st_uid != user && st.st_uid != owner)
		return COMMAND_PROGRAM_FOREIGN;
	found = look_inside(path);
	real = found == COMMAND_PROGRAM_FINE ? realpath(path, NULL) : NULL;
	open = real != NULL && open_above(real);
	free(real);
	return open ? COMMAND_PROGRAM_ABOVE : found;
}

enum command_program
command_program_look(const struct command *command, uid_t owner)
{
	const struct passwd *entry = command->as[0] != '\0' ? getpwnam(command->as) : NULL;

	if (command->as[0] != '\0' && entry == NULL)
		return COMMAND_PROGRAM_USER;
	return look_at_file(command->program, entry != NULL ? entry->pw_uid : owner, owner);
}
