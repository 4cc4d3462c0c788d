/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts every screen draws with (DESIGN 5.4). */
#include "ui/widget/paint.h"

#include <string.h>

#include "core/secret.h"
#include "core/text.h"
#include "ui/widget/draw.h"
#include "ui/words.h"

enum {
	TITLE_COLUMNS =
	    80, /* the right part stands here on wider terminals too, near what it belongs to */
	TITLE_GAP = 2,
	BUTTON_GAP = 4,
	LINES_MAX = 128,
	LINE_SIZE = 2048
};

static int
columns_of(const char *text)
{
	return (int)text_columns(text, strlen(text));
}

void
paint_title(struct terminal *terminal, struct rect area, const char *title, const char *right)
{
	int width = area.width < TITLE_COLUMNS ? area.width : TITLE_COLUMNS;
	int room = width - 2;
	char text[LINE_SIZE];
	int used;

	if (room <= 0)
		return;
	draw_cut(title, (size_t)room, terminal_utf8(terminal), text, sizeof text);
	used = terminal_put(terminal, area.y, area.x + 1, room, STYLE_BOLD, text);
	if (right == NULL || *right == '\0' || room - used <= TITLE_GAP)
		return;
	draw_cut(right, (size_t)(room - used - TITLE_GAP), terminal_utf8(terminal), text,
	    sizeof text);
	terminal_put(terminal, area.y, area.x + width - 1 - columns_of(text), room, STYLE_BOLD,
	    text);
}

int
paint_text(struct terminal *terminal, struct rect rect, enum style style, const char *text)
{
	struct draw_line lines[LINES_MAX];
	char line[LINE_SIZE];
	size_t count;
	int y = rect.y;

	if (rect.width < 1)
		return y;
	count = draw_wrap(text, (size_t)rect.width, lines, LINES_MAX);
	for (size_t i = 0; i < count && i < LINES_MAX && y < rect.y + rect.height; i++) {
		size_t length = lines[i].length < LINE_SIZE ? lines[i].length : LINE_SIZE - 1;

		memcpy(line, text + lines[i].start, length);
		line[length] = '\0';
		terminal_put(terminal, y++, rect.x, rect.width, style, line);
	}
	secret_wipe(line, sizeof line);
	return y;
}

/* The brackets at x, blank columns between each of them and the text, of which so many columns are
 * shown. */
static void
put_field(struct terminal *terminal, const struct form *form, size_t index, int y, int x, int blank,
    int columns)
{
	enum style brackets = form->focus == index ? STYLE_FOCUS : STYLE_PLAIN;
	char text[LINE_SIZE];
	size_t cursor = 0;

	field_show(&form->field[index], (size_t)columns, text, sizeof text, &cursor);
	terminal_put(terminal, y, x, 1, brackets, "[");
	x += 1 + blank;
	terminal_put(terminal, y, x, columns, STYLE_FIELD, text);
	if (form->focus == index)
		terminal_cursor(terminal, y, x + (int)cursor);
	terminal_put(terminal, y, x + columns, 1, brackets, "]");
	secret_wipe(text, sizeof text);
}

void
paint_field(struct terminal *terminal, const struct form *form, size_t index, int y, int x,
    int label_columns, int inner)
{
	terminal_put(terminal, y, x, label_columns, STYLE_PLAIN, _(form->plan->field[index].label));
	/* The blank behind the text is a place for the cursor. */
	put_field(terminal, form, index, y, x + label_columns, 1, (inner < 1 ? 1 : inner) + 1);
}

void
paint_tight_field(struct terminal *terminal, const struct form *form, size_t index, int y, int x,
    int label_columns)
{
	terminal_put(terminal, y, x, label_columns, STYLE_PLAIN, _(form->plan->field[index].label));
	put_field(terminal, form, index, y, x + label_columns, 0,
	    (int)form->plan->field[index].points);
}

int
paint_buttons(struct terminal *terminal, const struct form *form, size_t first, size_t count, int y,
    int x)
{
	int start = x;

	for (size_t i = first; i < first + count && i < form->plan->buttons; i++) {
		const char *label = _(form->plan->button[i]);
		bool focused = form->focus == form->plan->fields + i;
		enum style style = focused ? STYLE_FOCUS : STYLE_PLAIN;
		int columns = columns_of(label);

		if (i > first)
			x += BUTTON_GAP;
		if (focused)
			terminal_cursor(terminal, y, x + 2);
		terminal_put(terminal, y, x, 2, style, "[ ");
		terminal_put(terminal, y, x + 2, columns, style, label);
		terminal_put(terminal, y, x + 2 + columns, 2, style, " ]");
		x += columns + 4;
	}
	return x - start;
}
