/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changes from one picture to the next is mostly little: a key's letter, a second's digit. For
 * these two curses has longer ways than there are. Only what it is told of itself is used
 * (curs_attr(3X), curs_terminfo(3X)), so that its picture of the screen stays true, and what is not
 * one of the two it does alone.
 */
#include "ui/terminal/terminal_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

#include "core/secret.h"

enum {
	WAY_SIZE = 64,
	RUN_MOST = 8, /* cells that are put past curses */
	FAR_LEAST = 6 /* columns: nearer than that it has short ways itself */
};

/* What differs, if it is in one row: from its first cell to its last. */
struct run {
	int y, x, count;
	struct look look; /* of the first */
	bool ascii;	  /* all side by side, of that look, and one byte each */
	cchar_t cells[RUN_MOST];
};

struct place {
	int y, x;
};

static struct place
cursor_of(WINDOW *window)
{
	struct place place;

	getyx(window, place.y, place.x);
	return place;
}

/* The one row that is to be changed; -1: none, or several. */
static int
changed_row(void)
{
	int rows = getmaxy(newscr), found = -1;

	for (int y = 0; y < rows; y++) {
		if (!is_linetouched(newscr, y))
			continue;
		if (found >= 0)
			return -1;
		found = y;
	}
	return found;
}

static void
add_cell(struct run *run, int x, const cchar_t *cell)
{
	wchar_t glyph[CCHARW_MAX + 1] = L"";
	struct look look = { A_NORMAL, 0 };

	if (getcchar(cell, glyph, &look.attributes, &look.pair, NULL) != OK)
		glyph[0] = L'\0';
	look.attributes &= ~(attr_t)(A_COLOR | A_CHARTEXT);
	if (run->count == 0) {
		run->x = x;
		run->look = look;
		run->ascii = true;
	}
	run->ascii = run->ascii && x - run->x < RUN_MOST && glyph[0] >= L' ' &&
	    glyph[0] < L'\x7f' && glyph[1] == L'\0' && look.pair == run->look.pair &&
	    look.attributes == run->look.attributes;
	if (x - run->x < RUN_MOST)
		run->cells[x - run->x] = *cell;
	run->count = x - run->x + 1;
	secret_wipe(glyph, sizeof glyph);
}

/* Of a row that differs. */
static void
find_run(int y, struct run *run)
{
	int width = getmaxx(newscr);
	cchar_t is, will;

	run->y = y;
	for (int x = 0; x < width; x++) {
		if (mvwin_wch(curscr, y, x, &is) != OK || mvwin_wch(newscr, y, x, &will) != OK)
			break;
		if (memcmp(&is, &will, sizeof is) == 0)
			continue;
		if (run->count > 0 && x > run->x + run->count)
			run->ascii = false;
		add_cell(run, x, &will);
	}
	secret_wipe(&is, sizeof is);
	secret_wipe(&will, sizeof will);
}

/* What is sent past curses cannot wait: no padding (terminfo(5)). */
static bool
is_plain(const char *capability)
{
	return capability != NULL && strstr(capability, "$<") == NULL;
}

/* --- letters that are underlined ---------------------------------------------------- */

/* A run's cells in one of curses' pictures, whose cursor stays where it is. */
static void
put_cells(WINDOW *window, const struct run *run, const cchar_t *cells)
{
	struct place kept = cursor_of(window);

	(void)mvwadd_wchnstr(window, run->y, run->x, cells, run->count);
	(void)wmove(window, kept.y, kept.x);
}

/* The shorter of the two that end the underline and nothing else that is on. */
static const char *
underline_end(void)
{
	const char *one = exit_underline_mode, *all = exit_attribute_mode;

	if (!is_plain(one))
		return is_plain(all) ? all : NULL;
	return is_plain(all) && strlen(all) < strlen(one) ? all : one;
}

/*
 * Where nothing is on, `smul` does what `sgr` would for the underline alone, and `rmul` what `sgr0`
 * would, each in fewer bytes; curses takes the longer ones wherever they are. So it sends the
 * letters as plain ones between the two, and is told afterwards what they are.
 */
static bool
put_underlined(struct terminal *terminal, const struct run *run)
{
	const char *begin = enter_underline_mode, *end = underline_end();
	wchar_t glyph[CCHARW_MAX + 1] = L"";
	cchar_t plain[RUN_MOST];
	struct look look;

	if (!is_plain(begin) || end == NULL || magic_cookie_glitch > 0)
		return false;
	for (int i = 0; i < run->count; i++)
		if (getcchar(&run->cells[i], glyph, &look.attributes, &look.pair, NULL) != OK ||
		    setcchar(&plain[i], glyph, A_NORMAL, 0, NULL) != OK)
			return false;
	put_cells(newscr, run, plain);
	if (terminal_send(terminal, begin, strlen(begin)) == ERR_OK) {
		doupdate();
		if (terminal_send(terminal, end, strlen(end)) != ERR_OK)
			clearok(curscr, TRUE);
	}
	put_cells(newscr, run, run->cells);
	put_cells(curscr, run, run->cells);
	untouchwin(newscr);
	secret_wipe(glyph, sizeof glyph);
	secret_wipe(plain, sizeof plain);
	return true;
}

/* --- a few plain letters far from the cursor --------------------------------------- */

/* Appends the way of so many columns, left where that is negative. */
static void
add_way(int distance, char bytes[WAY_SIZE])
{
	const char *way = tparm(distance > 0 ? parm_right_cursor : parm_left_cursor, abs(distance),
	    0, 0, 0, 0, 0, 0, 0, 0);
	size_t length = strlen(bytes);

	(void)snprintf(bytes + length, WAY_SIZE - length, "%s", way != NULL ? way : "");
}

/* There and back by columns, where curses would address both places (lib_mvcur.c goes by columns
 * only where both are near). */
static void
put_run(struct terminal *terminal, const struct run *run, int from)
{
	wchar_t glyph[CCHARW_MAX + 1] = L"";
	char bytes[WAY_SIZE] = "";
	size_t length;
	struct look look;

	add_way(run->x - from, bytes);
	length = strlen(bytes);
	for (int i = 0; i < run->count && length + 1 < sizeof bytes; i++)
		if (getcchar(&run->cells[i], glyph, &look.attributes, &look.pair, NULL) == OK)
			bytes[length++] = (char)glyph[0];
	bytes[length] = '\0';
	add_way(from - (run->x + run->count), bytes);
	if (terminal_send(terminal, bytes, strlen(bytes)) == ERR_OK)
		put_cells(curscr, run, run->cells);
	secret_wipe(glyph, sizeof glyph);
	secret_wipe(bytes, sizeof bytes);
}

/* Neither from the last column nor into it: there the cursor may wait behind it. */
static bool
is_far(const struct run *run, struct place cursor)
{
	int from_left = run->x - cursor.x, from_right = cursor.x - (run->x + run->count);

	return run->y == cursor.y && run->x + run->count < getmaxx(newscr) &&
	    cursor.x + 1 < getmaxx(newscr) && (from_left >= FAR_LEAST || from_right >= FAR_LEAST);
}

void
terminal_update(struct terminal *terminal)
{
	struct run run = { .count = 0 };
	struct place now = cursor_of(curscr), then = cursor_of(newscr);
	int y = is_cleared(curscr) || is_cleared(newscr) ? -1 : changed_row();
	bool short_run = false, done = false;

	if (y >= 0) {
		find_run(y, &run);
		short_run = run.count > 0 && run.ascii && run.look.pair == 0 && run.y == now.y;
		(void)wmove(curscr, now.y, now.x);
		(void)wmove(newscr, then.y, then.x);
	}
	if (short_run && run.look.attributes == A_UNDERLINE && run.x == now.x &&
	    run.x + run.count < getmaxx(newscr))
		done = put_underlined(terminal, &run);
	else if (short_run && run.look.attributes == A_NORMAL && now.y == then.y &&
	    now.x == then.x && is_plain(parm_right_cursor) && is_plain(parm_left_cursor) &&
	    is_far(&run, now))
		put_run(terminal, &run, now.x);
	if (!done)
		doupdate();
	secret_wipe(&run, sizeof run);
}
