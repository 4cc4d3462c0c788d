/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/wrap.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/text.h"

enum { WRAP_LEAST = 20 };

size_t
wrap_terminal(FILE *out)
{
	struct winsize size;

	if (!isatty(fileno(out)))
		return 0;
	if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return WRAP_COLUMNS;
	return size.ws_col;
}

size_t
wrap_prose(FILE *out)
{
	size_t columns = wrap_terminal(out);

	return columns == 0 || columns > WRAP_COLUMNS ? WRAP_COLUMNS : columns;
}

size_t
wrap_line(const char *text, size_t columns, size_t *ret_next)
{
	size_t end = strcspn(text, " "), next;

	while (text[end] != '\0') {
		next = end + 1 + strcspn(text + end + 1, " ");
		if (text_columns(text, next) > columns)
			break;
		end = next;
	}
	*ret_next = end + strspn(text + end, " ");
	return end;
}

void
wrap_put(FILE *out, const char *text, size_t indent, size_t columns)
{
	size_t room = columns > indent + WRAP_LEAST ? columns - indent : WRAP_LEAST, next;
	size_t length = wrap_line(text, room, &next);

	(void)fwrite(text, 1, length, out);
	(void)fputc('\n', out);
	for (text += next; *text != '\0'; text += next) {
		length = wrap_line(text, room, &next);
		(void)fprintf(out, "%*s%.*s\n", (int)indent, "", (int)length, text);
	}
}
