/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/bars.h"

#include <string.h>

int
bars_height(int64_t value, int64_t most, int rows)
{
	int all = rows * BARS_EIGHTHS, height;

	if (value <= 0 || most <= 0 || rows <= 0)
		return 0;
	if (value >= most)
		return all;
	height = (int)((double)value / (double)most * (double)all);
	return height > 0 ? height : 1;
}

void
bars_cells(int height, int row, int wide, bool utf8, char *buf, size_t size)
{
	int part = height - row * BARS_EIGHTHS;
	char cell[4] = "";
	size_t used = 0, length;

	part = part > BARS_EIGHTHS ? BARS_EIGHTHS : part;
	if (part > 0 && utf8) {
		memcpy(cell, "\xe2\x96\x80", 4); /* U+2581 is one eighth, U+2588 all of it */
		cell[2] = (char)(cell[2] + part);
	} else if (part > 0) {
		cell[0] = part == BARS_EIGHTHS ? '#' : (char)('0' + part);
	}
	length = strlen(cell);
	for (int i = 0; i < wide && length > 0 && used + length < size; i++, used += length)
		memcpy(buf + used, cell, length);
	buf[used] = '\0';
}
