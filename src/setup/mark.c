/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup/mark.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "setup/file.h"

static const char mark[] = "# provconsole setup", module[] = "pam_provconsole.so";

/*
 * What stands in a service's file for each type. A person who has no part in the console yet is
 * not kept out (nullok): root takes that word away once all have theirs. Where the keeper is away
 * the module lets nobody in; so that root can still mend that, the line before it passes root by
 * (pam_succeed_if(8)), and a session's line is optional.
 */
static const struct {
	const char *type, *include, *guard, *line;
} lines[] = {
	{ "auth", "@include common-auth",
	    "auth [success=1 default=ignore] pam_succeed_if.so quiet uid = 0",
	    "auth required pam_provconsole.so nullok" },
	{ "account", "@include common-account",
	    "account [success=1 default=ignore] pam_succeed_if.so quiet uid = 0",
	    "account required pam_provconsole.so" },
	{ "session", "@include common-session", NULL, "session optional pam_provconsole.so" },
};

static size_t
line_length(const char *at)
{
	return strcspn(at, "\n");
}

static const char *
line_next(const char *at)
{
	at += line_length(at);
	return *at == '\n' ? at + 1 : at;
}

static bool
line_holds(const char *at, const char *word)
{
	const char *found = strstr(at, word);

	return found != NULL && (size_t)(found - at) < line_length(at);
}

static bool
is_ours(const char *at)
{
	return line_holds(at, mark);
}

/* Whether a line is one of that type, or includes Debian's common file of it. */
static bool
is_of(const char *at, size_t row)
{
	size_t type = strlen(lines[row].type);

	at += strspn(at, " \t");
	if (strncmp(at, lines[row].include, strlen(lines[row].include)) == 0)
		return true;
	at += *at == '-';
	return strncmp(at, lines[row].type, type) == 0 && (at[type] == ' ' || at[type] == '\t');
}

static bool
is_wanted(const char *const *types, size_t row)
{
	for (; *types != NULL; types++)
		if (strcmp(*types, lines[row].type) == 0)
			return true;
	return false;
}

static void
put_lines(FILE *out, size_t row)
{
	if (lines[row].guard != NULL)
		(void)fprintf(out, "%s %s\n", lines[row].guard, mark);
	(void)fprintf(out, "%s %s\n", lines[row].line, mark);
}

char *
mark_insert(const char *text, const char *const *types)
{
	const char *last[sizeof lines / sizeof lines[0]] = { NULL };
	char *made = NULL;
	size_t size;
	FILE *out = open_memstream(&made, &size);

	if (out == NULL)
		return NULL;
	for (const char *at = text; *at != '\0'; at = line_next(at))
		for (size_t row = 0; row < sizeof lines / sizeof lines[0]; row++)
			if (is_of(at, row))
				last[row] = at;
	for (const char *at = text; *at != '\0'; at = line_next(at)) {
		(void)fprintf(out, "%.*s\n", (int)line_length(at), at);
		for (size_t row = 0; row < sizeof lines / sizeof lines[0]; row++)
			if (last[row] == at && is_wanted(types, row))
				put_lines(out, row);
	}
	if (fclose(out) == 0)
		return made;
	free(made);
	return NULL;
}

char *
mark_strip(const char *text)
{
	char *made = NULL;
	size_t size;
	FILE *out = open_memstream(&made, &size);

	if (out == NULL)
		return NULL;
	for (const char *at = text; *at != '\0'; at = line_next(at))
		if (!is_ours(at))
			(void)fwrite(at, 1, (size_t)(line_next(at) - at), out);
	if (fclose(out) == 0)
		return made;
	free(made);
	return NULL;
}

bool
mark_has_module(const char *text)
{
	for (const char *at = text; *at != '\0'; at = line_next(at))
		if (at[strspn(at, " \t")] != '#' && line_holds(at, module))
			return true;
	return false;
}

/* The second word of a line. */
static const char *
control(const char *at)
{
	at += strspn(at, " \t");
	at += strcspn(at, " \t\n");
	return at + strspn(at, " \t");
}

static bool
has_control(const char *at, const char *word)
{
	size_t length = strlen(word);

	at = control(at);
	return strncmp(at, word, length) == 0 && (at[length] == ' ' || at[length] == '\t');
}

/* Whether a refusal of that line is one: by a word, or by what is written out for each case. */
static bool
decides(const char *at)
{
	if (*control(at) == '[')
		return !line_holds(at, "default=ignore") && line_holds(at, "default=");
	return has_control(at, "required") || has_control(at, "requisite");
}

enum mark_look
mark_look(const char *text)
{
	bool early = false;

	for (const char *at = text; *at != '\0'; at = line_next(at)) {
		if (!is_of(at, 0))
			continue;
		if (line_holds(at, module)) {
			if (early)
				return MARK_EARLY;
			return decides(at) ? MARK_GOOD : MARK_WEAK;
		}
		early |= has_control(at, "sufficient");
	}
	return MARK_NONE;
}

bool
mark_remove(const char *path)
{
	char *text = file_read(path), *bare;
	struct stat st;
	bool done;

	if (text == NULL)
		return errno == ENOENT;
	bare = mark_strip(text);
	done = bare != NULL &&
	    (strcmp(bare, text) == 0 ||
		(stat(path, &st) == 0 && file_put(path, bare, st.st_mode & 07777)));
	free(bare);
	free(text);
	return done;
}
