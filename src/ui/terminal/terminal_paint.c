/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/terminal_inside.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "core/secret.h"
#include "core/text.h"
#include "ui/terminal/ascii.h"
#include "ui/terminal/direction.h"

enum { PUT_SIZE = 2048 };

/* What is shown instead of one character; NULL: it is fit for the terminal. */
static const char *
fitting(const struct terminal *terminal, const char *text, size_t length)
{
	unsigned char first = (unsigned char)*text;
	const char *ascii;

	if (first < 0x20 || first == 0x7f)
		return "?";
	if (terminal_utf8(terminal) || first < 0x80)
		return NULL;
	/* Where ambiguous characters are wide, those in the list would move what is behind them. */
	ascii = ascii_for(text, length);
	return ascii != NULL || terminal->utf8 ? ascii : "?";
}

/* The text as the terminal can show it. */
static void
fit(const struct terminal *terminal, const char *text, char buf[PUT_SIZE])
{
	size_t used = 0;

	while (*text != '\0') {
		size_t length = text_step(text);
		const char *other = fitting(terminal, text, length);
		const char *from = other != NULL ? other : text;
		size_t bytes = other != NULL ? strlen(other) : length;

		if (used + bytes >= PUT_SIZE)
			break;
		memcpy(buf + used, from, bytes);
		used += bytes;
		text += length;
	}
	buf[used] = '\0';
}

/* How a style looks now: under a dialog nothing has the focus. */
static struct look
look_of(const struct terminal *terminal, enum style style)
{
	static const struct {
		enum style focused, other;
	} pairs[] = { { STYLE_FOCUS, STYLE_PLAIN }, { STYLE_FIELD_FOCUS, STYLE_FIELD },
		{ STYLE_SIGN, STYLE_PLAIN } };

	for (size_t i = 0; terminal->under && i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i].focused == style)
			style = pairs[i].other;
	return terminal->look[style];
}

void
terminal_under(struct terminal *terminal, bool under)
{
	terminal->under = under;
}

void
terminal_erase(struct terminal *terminal)
{
	terminal->cursor_y = terminal->cursor_x = 0;
	terminal_judge(terminal);
	erase();
}

/*
 * Some terminals (mlterm) lay a row out as a paragraph whose direction its first letter tells: with
 * a name in Arabic on its right, the cells of the QR code would change places. The mark joins the
 * cell before the text; a text at column 0 has none.
 */
static void
keep_place(int y, int x, const char *text)
{
	if (x > 0 && direction_turns(text))
		mvaddstr(y, x, DIRECTION_MARK);
}

int
terminal_put(struct terminal *terminal, int y, int x, int columns, enum style style,
    const char *text)
{
	char buf[PUT_SIZE];
	struct look look = look_of(terminal, style);
	int rows, width;
	size_t length;

	getmaxyx(stdscr, rows, width);
	if (y < 0 || y >= rows || x < 0 || x >= width || columns <= 0)
		return 0;
	if (columns > width - x)
		columns = width - x;
	fit(terminal, text, buf);
	length = text_fit(buf, strlen(buf), (size_t)columns);
	attr_set(look.attributes, look.pair, NULL);
	keep_place(y, x, buf);
	mvaddnstr(y, x, buf, (int)length);
	attr_set(A_NORMAL, 0, NULL);
	columns = (int)text_columns(buf, length);
	secret_wipe(buf, length);
	return columns;
}

static void
put_cell(int y, int x, struct look look, const wchar_t *glyph)
{
	int rows, width;
	cchar_t cell;

	getmaxyx(stdscr, rows, width);
	if (y < 0 || y >= rows || x < 0 || x >= width)
		return;
	setcchar(&cell, glyph, look.attributes, look.pair, NULL);
	mvadd_wch(y, x, &cell);
}

void
terminal_fill(struct terminal *terminal, struct rect rect, enum style style)
{
	for (int y = rect.y; y < rect.y + rect.height; y++)
		for (int x = rect.x; x < rect.x + rect.width; x++)
			put_cell(y, x, look_of(terminal, style), L" ");
}

bool
terminal_underlines(const struct terminal *terminal)
{
	return terminal->null || terminal->underlines;
}

void
terminal_qr_cell(struct terminal *terminal, int y, int x, enum style style, bool half)
{
	style = palette_style(terminal->choice, style);
	put_cell(y, x, terminal->look[style], half && terminal_utf8(terminal) ? L"\u2584" : L" ");
}

/* The side of a box that a cell belongs to: 0 first, 1 between, 2 last. */
static int
side(int at, int size)
{
	return at == 0 ? 0 : at == size - 1 ? 2 : 1;
}

void
terminal_box(struct terminal *terminal, struct rect rect)
{
	static const wchar_t *const lines[3][3] = { { L"\u250c", L"\u2500", L"\u2510" },
		{ L"\u2502", L" ", L"\u2502" }, { L"\u2514", L"\u2500", L"\u2518" } };
	static const wchar_t *const ascii[3][3] = { { L"+", L"-", L"+" }, { L"|", L" ", L"|" },
		{ L"+", L"-", L"+" } };

	for (int y = 0; y < rect.height; y++)
		for (int x = 0; x < rect.width; x++)
			put_cell(rect.y + y, rect.x + x, terminal->look[STYLE_PLAIN],
			    (terminal_utf8(terminal)
				    ? lines
				    : ascii)[side(y, rect.height)][side(x, rect.width)]);
}

void
terminal_cursor(struct terminal *terminal, int y, int x)
{
	int rows, width;

	getmaxyx(stdscr, rows, width);
	terminal->cursor_y = y < rows ? y : rows - 1;
	terminal->cursor_x = x < width ? x : width - 1;
}

void
terminal_show(struct terminal *terminal, bool full)
{
	if (full || terminal->garbled)
		clearok(curscr, TRUE);
	/* Some bytes of UTF-8 begin strings in Latin-1 (0x9f of U+00DF is APC): ST ends them. */
	if (terminal->garbled && terminal->ansi && terminal_send(terminal, "\033\\", 2) != ERR_OK)
		return;
	terminal->garbled = false;
	move(terminal->cursor_y, terminal->cursor_x);
	wnoutrefresh(stdscr);
	terminal_update(terminal);
}

void
terminal_overwrite(struct terminal *terminal)
{
	int rows, width;

	getmaxyx(stdscr, rows, width);
	/*
	 * Blanks alone would be drawn as a clear, which can push the old lines into the terminal's
	 * history. And curses collects what it writes in a buffer, each row from its beginning:
	 * behind a shorter row the end of a longer one stays. So the last row is the longest that
	 * there can be: the QR code's looks in colours by turns, and no cell the repetition of the
	 * one before it.
	 */
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < width; x++)
			put_cell(y, x,
			    terminal->look[y < rows - 1 ? STYLE_PLAIN
				    : x % 2 == 0	? STYLE_QR_LIGHT
							: STYLE_QR_DARK],
			    x % 2 == 0 ? L"." : L":");
	terminal_show(terminal, false);
	terminal_erase(terminal);
	terminal_show(terminal, false);
}

enum err
terminal_send(struct terminal *terminal, const char *bytes, size_t length)
{
	struct pollfd line = { .fd = terminal->out_fd, .events = POLLOUT };
	ssize_t written;

	while (length > 0 && !terminal->null) {
		written = write(terminal->out_fd, bytes, length);
		if (written < 0 && errno == EAGAIN)
			written = poll(&line, 1, -1) < 0 ? -1 : 0;
		if (written < 0 && errno != EINTR)
			return ERR_TERMINAL;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return ERR_OK;
}

/* --- for golden screens ------------------------------------------------------- */

static char
mark(const struct terminal *terminal, struct look look)
{
	static const char marks[STYLE_COUNT] = { [STYLE_PLAIN] = ' ',
		[STYLE_BOLD] = 'b',
		[STYLE_DIM] = 'd',
		[STYLE_BAR] = 'r',
		[STYLE_FOCUS] = 'f',
		[STYLE_ERROR] = '!',
		[STYLE_GOOD] = '+',
		[STYLE_KEY] = 'k',
		[STYLE_FIELD] = 'u',
		[STYLE_FIELD_FOCUS] = 'u',
		[STYLE_SIGN] = 'b',
		[STYLE_QR_LIGHT] = 'L',
		[STYLE_QR_DARK] = 'D',
		[STYLE_QR_OWN_LIGHT] = 'l',
		[STYLE_QR_OWN_DARK] = 'o' };

	for (size_t i = 0; i < STYLE_COUNT; i++)
		if (terminal->look[i].attributes == look.attributes &&
		    terminal->look[i].pair == look.pair)
			return marks[i];
	return '?';
}

void
terminal_cell(const struct terminal *terminal, int y, int x, char *buf, size_t size)
{
	wchar_t glyph[CCHARW_MAX + 1] = L"";
	cchar_t cell;
	struct look look = { A_NORMAL, 0 };
	size_t length;

	if (mvin_wch(y, x, &cell) != OK ||
	    getcchar(&cell, glyph, &look.attributes, &look.pair, NULL) != OK)
		glyph[0] = L'\0';
	length = wcstombs(buf, glyph, size - 2);
	if (length == (size_t)-1)
		length = 0;
	look.attributes &= ~(attr_t)(A_COLOR | A_CHARTEXT);
	buf[length] = mark(terminal, look);
	buf[length + 1] = '\0';
}
