/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal is asked at the start, and what its answers change (DESIGN 5.5). */
#include "ui/terminal/terminal_inside.h"

#include <string.h>

enum { OSC_52 = 52, ANSI_COLOUR = 22, QUESTIONS_SIZE = 64 };

void
terminal_judge(struct terminal *terminal)
{
	bool by_locale = terminal->wide_locale && terminal->utf8_locale;
	bool utf8 = false, ambiguous = false;

	switch (probe_found(&terminal->probe, terminal_ms())) {
	case PROBE_UNKNOWN: /* in all likelihood what the locale says; if it says nothing, wait */
		utf8 = by_locale && (terminal->said_utf8 || !terminal->probe.coding);
		break;
	case PROBE_SILENT:
		utf8 = by_locale;
		break;
	case PROBE_NO_UTF8:
		break;
	case PROBE_WIDE:
		ambiguous = true;
		utf8 = true;
		break;
	case PROBE_NARROW:
		utf8 = true;
		break;
	}
	/* What was shown as ASCII is right for any of them. */
	if (terminal->utf8 && (!utf8 || ambiguous != terminal->ambiguous))
		terminal->garbled = true;
	terminal->utf8 = utf8;
	terminal->ambiguous = ambiguous;
	terminal->choice = palette_choice(&terminal->palette);
}

void
terminal_ask(struct terminal *terminal)
{
	char bytes[QUESTIONS_SIZE];
	int length = snprintf(bytes, sizeof bytes, "%s\033[c",
	    terminal->wide_locale ? probe_coding : "");

	if (terminal_send(terminal, bytes, (size_t)length) != ERR_OK)
		return;
	terminal->asked = terminal_ms();
	terminal->owed++;
	if (terminal->wide_locale)
		probe_start(&terminal->probe, terminal->asked);
	terminal_judge(terminal);
	terminal->garbled = false; /* nothing was shown yet */
}

/* Whether curses believes that nothing stands in that row. */
static bool
is_empty(int y)
{
	int rows, columns;
	bool empty = true;

	getmaxyx(stdscr, rows, columns);
	for (int x = 0; y < rows && x < columns && empty; x++)
		empty = mvinch(y, x) == ' ';
	return empty;
}

static void
ask_width(struct terminal *terminal)
{
	char bytes[QUESTIONS_SIZE];
	int y, x, length;

	if (!terminal->probe.width_due)
		return;
	getyx(curscr, y, x);
	length = snprintf(bytes, sizeof bytes, "%s\033[%d;%dH", probe_width, y + 1, x + 1);
	if (terminal_send(terminal, bytes, (size_t)length) != ERR_OK)
		return;
	terminal->asked = terminal_ms();
	probe_width_asked(&terminal->probe);
	if (!is_empty(PROBE_ROW - 1))
		wredrawln(stdscr, PROBE_ROW - 1, 1);
	wmove(stdscr, terminal->cursor_y, terminal->cursor_x);
	refresh();
}

/* Not before the first picture, which has no need of it: 33 bytes, and DA1. */
static void
ask_palette(struct terminal *terminal)
{
	char bytes[PALETTE_QUESTIONS_SIZE];

	if (!terminal->palette_due)
		return;
	terminal->palette_due = false;
	terminal->palette_asked = true;
	(void)palette_ask(&terminal->palette, terminal->qr_dark, terminal->qr_light, bytes);
	if (terminal_send(terminal, bytes, strlen(bytes)) != ERR_OK ||
	    terminal_send(terminal, "\033[c", 3) != ERR_OK)
		return;
	terminal->asked = terminal_ms();
	terminal->owed++;
}

void
terminal_ask_more(struct terminal *terminal)
{
	if (terminal->closing)
		return;
	ask_palette(terminal);
	ask_width(terminal);
}

/*
 * DA1: 52 among its numbers tells that OSC 52 is taken. 22 is ANSI colour: the first to say so, the
 * VT525, passes over an OSC to its end, and so does whoever says it since, whatever TERM is.
 */
static void
know(struct terminal *terminal, const struct sequence *da1)
{
	for (size_t i = 0; i < da1->count; i++) {
		if (da1->number[i][0] == OSC_52)
			terminal->osc52 = true;
		if (da1->number[i][0] == ANSI_COLOUR)
			terminal->swallows = true;
	}
	if (!terminal->palette_asked && !terminal->by_value)
		terminal->palette_due = terminal->swallows;
}

void
terminal_report(struct terminal *terminal, const struct sequence *report)
{
	bool da1 = report->kind == SEQUENCE_CSI && report->mark == '?' && report->between == 0 &&
	    report->final == 'c';

	probe_report(&terminal->probe, report);
	palette_report(&terminal->palette, report);
	if (da1) {
		terminal->owed -= terminal->owed > 0;
		know(terminal, report);
	}
	if (terminal->owed == 0 && !terminal->probe.width)
		terminal->asked = 0;
}

int
terminal_wait(const struct terminal *terminal)
{
	return terminal->null ? -1 : probe_left(&terminal->probe, terminal_ms());
}
