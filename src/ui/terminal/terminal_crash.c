/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gives the screen back when the program is broken: main screen, cursor, keys
 * (client/crash.h). */
#include "ui/terminal/terminal_inside.h"

#include <string.h>
#include <term.h>

/* Adds a capability, without the padding marks ($<5>) that only tputs() understands. */
static void
add(struct crash_way *way, const char *capability)
{
	while (capability != NULL && *capability != '\0' && way->length < CRASH_BYTES) {
		if (strncmp(capability, "$<", 2) == 0 && strchr(capability, '>') != NULL) {
			capability = strchr(capability, '>') + 1;
			continue;
		}
		way->bytes[way->length++] = *capability++;
	}
}

static void
collect(struct crash_way *way, const struct terminal *terminal)
{
	way->in = terminal->fd;
	way->out = terminal->out_fd;
	way->modes = terminal->before;
	if (terminal->ansi)
		add(way, "\033[?2004l");
	if (terminal->plain_keys)
		add(way, terminal_keys_back);
	add(way, exit_attribute_mode);
	add(way, clear_screen);
	add(way, exit_ca_mode);
	add(way, keypad_local);
	add(way, cursor_normal);
}

struct crash *
terminal_crash_arm(const struct terminal *terminal)
{
	struct crash_way way = { .length = 0 };

	collect(&way, terminal);
	return crash_arm(&way);
}
