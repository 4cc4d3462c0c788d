/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain/qr.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "conv/symbol.h"
#include "core/words.h"

enum {
	ZONE = 4, /* quiet modules around the code; both even, so that the code begins with a */
	ZONE_LEAST = 2, /* cell, and no finder pattern is cut where a font's blocks leave seams */
	SIDE_MOST = 177 + 2 * ZONE, /* version 40 */
	GLYPH = 3		    /* bytes of a block character */
};

/* NULL: no memory, or too long a text. */
static struct symbol *
encode(const char *text)
{
	struct symbol *code = NULL;

	return symbol_new(text, &code) == ERR_OK ? code : NULL;
}

/* --- room ------------------------------------------------------------------------ */

/* One whose size nobody knows has room. */
static void
size_of(const struct tty *tty, int *ret_rows, int *ret_columns)
{
	struct winsize size = { .ws_row = 0 };

	if (ioctl(tty->out, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		size.ws_row = size.ws_col = 2 * SIDE_MOST;
	*ret_rows = size.ws_row;
	*ret_columns = size.ws_col;
}

/* The quiet zone that has room, with a line for the question below; 0: none. */
static int
zone_of(const struct symbol *code, int rows, int columns)
{
	for (int zone = ZONE; code != NULL && zone >= ZONE_LEAST; zone -= ZONE_LEAST)
		if (symbol_side(code) + 2 * zone <= columns &&
		    (symbol_side(code) + 2 * zone + 1) / 2 < rows)
			return zone;
	return 0;
}

/* --- drawing ------------------------------------------------------------------------- */

/* Two modules, one over the other, by which of them has ink. */
static const char *
glyph(bool upper, bool lower)
{
	if (upper)
		return lower ? "█" : "▀";
	return lower ? "▄" : " ";
}

static void
draw(struct tty *tty, const struct symbol *code, int zone, bool dark_ink)
{
	char line[SIDE_MOST * GLYPH + 1];
	int end = symbol_side(code) + zone;

	for (int y = -zone; y < end; y += 2) {
		size_t used = 0;

		for (int x = -zone; x < end; x++) {
			const char *cell = glyph(symbol_dark(code, y, x) == dark_ink,
			    y + 1 < end && symbol_dark(code, y + 1, x) == dark_ink);
			size_t length = strlen(cell);

			memcpy(line + used, cell, length);
			used += length;
		}
		line[used] = '\0';
		tty_put(tty, line);
	}
	secret_wipe(line, sizeof line);
}

static void
say_needs(struct tty *tty, const struct symbol *code, int rows, int columns)
{
	int side = symbol_side(code) + 2 * ZONE_LEAST;
	char text[512];

	(void)snprintf(text, sizeof text,
	    _("A QR code needs %d columns and %d rows; this terminal has %d and %d."), side,
	    (side + 1) / 2 + 1, columns, rows);
	tty_put(tty, text);
}

void
qr_draw(struct tty *tty, const char *uri, const char *uri_short, bool dark_ink)
{
	struct symbol *code = encode(uri);
	int rows, columns, zone;

	size_of(tty, &rows, &columns);
	zone = zone_of(code, rows, columns);
	if (code == NULL || zone == 0) {
		symbol_free(code);
		code = encode(uri_short);
		zone = zone_of(code, rows, columns);
	}
	if (code == NULL)
		tty_put(tty, _(err_sentence(ERR_MEMORY)));
	else if (zone == 0)
		say_needs(tty, code, rows, columns);
	else
		draw(tty, code, zone, dark_ink);
	symbol_free(code);
}
