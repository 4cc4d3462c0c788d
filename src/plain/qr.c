/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain/qr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include <qrencode.h>

#include "plain/words.h"

enum {
	ZONE = 4, /* quiet modules around the code; both even, so that the code begins with a */
	ZONE_LEAST = 2, /* cell, and no finder pattern is cut where a font's blocks leave seams */
	SIDE_MOST = 177 + 2 * ZONE, /* version 40 */
	GLYPH = 3,		    /* bytes of a block character */
	FREED_BLOCKS = 7,	    /* what malloc keeps of each size, to hand it out first */
	FREED_STEP = 16,
	FREED_MOST = 1032
};

/* The library frees its copies of the text as they are, the key among them: whatever malloc would
 * hand out next is wiped. */
static void
wipe_freed(void)
{
	void *block[FREED_BLOCKS];

	for (size_t size = FREED_STEP + 8; size <= FREED_MOST; size += FREED_STEP) {
		for (size_t i = 0; i < FREED_BLOCKS; i++) {
			block[i] = malloc(size);
			if (block[i] != NULL)
				secret_wipe(block[i], size);
		}
		for (size_t i = 0; i < FREED_BLOCKS; i++)
			free(block[i]);
	}
}

static void
forget(QRcode *code)
{
	if (code == NULL)
		return;
	secret_wipe(code->data, (size_t)code->width * (size_t)code->width);
	QRcode_free(code);
}

/* Level L: there is no dirt on a terminal. NULL: no memory, or too long a text. */
static QRcode *
encode(const char *text)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);

	wipe_freed();
	return code;
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
zone_of(const QRcode *code, int rows, int columns)
{
	for (int zone = ZONE; code != NULL && zone >= ZONE_LEAST; zone -= ZONE_LEAST)
		if (code->width + 2 * zone <= columns && (code->width + 2 * zone + 1) / 2 < rows)
			return zone;
	return 0;
}

/* --- drawing ------------------------------------------------------------------------- */

/* Outside of the code all is light. */
static bool
is_dark(const QRcode *code, int y, int x)
{
	return y >= 0 && x >= 0 && y < code->width && x < code->width &&
	    (code->data[y * code->width + x] & 1) != 0;
}

/* Two modules, one over the other, by which of them has ink. */
static const char *
glyph(bool upper, bool lower)
{
	if (upper)
		return lower ? "█" : "▀";
	return lower ? "▄" : " ";
}

static void
draw(struct tty *tty, const QRcode *code, int zone, bool dark_ink)
{
	char line[SIDE_MOST * GLYPH + 1];
	int end = code->width + zone;

	for (int y = -zone; y < end; y += 2) {
		size_t used = 0;

		for (int x = -zone; x < end; x++) {
			const char *cell = glyph(is_dark(code, y, x) == dark_ink,
			    y + 1 < end && is_dark(code, y + 1, x) == dark_ink);
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
say_needs(struct tty *tty, const QRcode *code, int rows, int columns)
{
	int side = code->width + 2 * ZONE_LEAST;
	char text[512];

	(void)snprintf(text, sizeof text,
	    _("A QR code needs %d columns and %d rows; this terminal has %d and %d."), side,
	    (side + 1) / 2 + 1, columns, rows);
	tty_put(tty, text);
}

void
qr_draw(struct tty *tty, const char *uri, const char *uri_short, bool dark_ink)
{
	QRcode *code = encode(uri);
	int rows, columns, zone;

	size_of(tty, &rows, &columns);
	zone = zone_of(code, rows, columns);
	if (code == NULL || zone == 0) {
		forget(code);
		code = encode(uri_short);
		zone = zone_of(code, rows, columns);
	}
	if (code == NULL)
		tty_put(tty, _(err_sentence(ERR_MEMORY)));
	else if (zone == 0)
		say_needs(tty, code, rows, columns);
	else
		draw(tty, code, zone, dark_ink);
	forget(code);
}
