/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/letter_print.h"

#include <stdio.h>
#include <string.h>

#include "cli/say.h"
#include "cli/wrap.h"

static void
put_line(const struct letter_line *line)
{
	if (line->kind == LETTER_LITERAL)
		(void)fprintf(stderr, "\n    %s\n\n", line->text);
	else
		wrap_put(stderr, line->text, 0, wrap_prose(stderr));
}

/* The lines before the password, or behind it. */
static void
put_lines(const struct letter *letter, const struct hello_way *way, bool behind)
{
	bool seen = false;
	struct letter_line line;
	struct letter_way found;

	letter_way_find(way, &found);
	for (size_t i = 0; letter_line(letter, &found, i, &line); i++) {
		if (line.kind != LETTER_INVITATION && seen == behind)
			put_line(&line);
		seen = seen || line.kind == LETTER_INVITATION;
	}
}

void
letter_print_begin(const struct letter *letter, const struct hello_way *way)
{
	char line[TEXT_NAME_SIZE + 128], shown[TEXT_NAME_SIZE + 128];

	(void)fputc('\n', stderr);
	(void)snprintf(line, sizeof line, _("To forward to %s:"), letter->name);
	(void)text_show(line, strlen(line), shown, sizeof shown);
	wrap_put(stderr, shown, 0, wrap_prose(stderr));
	(void)fputc('\n', stderr);
	put_lines(letter, way, false);
	(void)fputc('\n', stderr);
}

void
letter_print_end(const struct letter *letter, const struct hello_way *way)
{
	if (letter->until != 0)
		(void)fputc('\n', stderr);
	put_lines(letter, way, true);
}
