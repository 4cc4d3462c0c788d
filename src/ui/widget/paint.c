/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/paint.h"

#include <stdio.h>
#include <string.h>

#include "core/secret.h"
#include "core/text.h"
#include "ui/widget/draw.h"
#include "core/words.h"

enum {
	BUTTON_GAP = 4,
	BUTTON_EDGES = 4,  /* brackets and blanks */
	BUTTON_INDENT = 2, /* of a button's second line */
	NOTE_MARK = 2,	   /* the mark and a blank */
	CODE_COLUMNS = 6,
	RECOVERY_COLUMNS = 19,
	TEXT_COLUMNS = 32,
	LINES_MAX = 128,
	LINE_SIZE = 2048
};

/* --- text ---------------------------------------------------------------------- */

/* One wrapped line; `more`: others follow that have no room. */
static void
put_line(struct terminal *terminal, struct rect at, enum style style, const char *text,
    const struct draw_line *piece, bool more)
{
	char line[LINE_SIZE], cut[LINE_SIZE];
	size_t length = piece->length < LINE_SIZE - 4 ? piece->length : LINE_SIZE - 4;

	memcpy(line, text + piece->start, length);
	line[length] = '\0';
	if (more)
		draw_cut_word(line, (size_t)at.width, terminal_utf8(terminal), cut, sizeof cut);
	terminal_put(terminal, at.y, at.x, at.width, style, more ? cut : line);
	secret_wipe(line, sizeof line);
}

int
paint_text(struct terminal *terminal, struct rect rect, enum style style, const char *text)
{
	struct draw_line lines[LINES_MAX];
	size_t count;
	int end = rect.y + rect.height;

	if (rect.width < 1)
		return rect.y;
	count = draw_wrap(text, (size_t)rect.width, lines, LINES_MAX);
	for (size_t i = 0; i < count && i < LINES_MAX && rect.y < end; i++, rect.y++)
		put_line(terminal, rect, style, text, &lines[i],
		    rect.y + 1 == end && i + 1 < count);
	return rect.y;
}

/* --- notes --------------------------------------------------------------------- */

static const char *
mark_of(const struct note *note)
{
	switch (note->style) {
	case STYLE_ERROR:
		return "!";
	case STYLE_GOOD:
		return "✓";
	default:
		return "";
	}
}

static int
note_indent(const struct note *note)
{
	return *mark_of(note) != '\0' ? NOTE_MARK : 0;
}

int
paint_note_rows(const struct note *note, int columns)
{
	int width = columns - note_indent(note);

	if (note->text == NULL || note->text[0] == '\0')
		return 0;
	return (int)draw_wrap(note->text, (size_t)(width > 0 ? width : 1), NULL, 0);
}

int
paint_note(struct terminal *terminal, struct rect rect, const struct note *note)
{
	int indent = note_indent(note);

	if (note->text == NULL || note->text[0] == '\0' || rect.height < 1)
		return rect.y;
	if (indent > 0)
		terminal_put(terminal, rect.y, rect.x, 1, note->style, mark_of(note));
	rect.x += indent;
	rect.width -= indent;
	return paint_text(terminal, rect, note->style == STYLE_ERROR ? STYLE_BOLD : STYLE_PLAIN,
	    note->text);
}

/* --- fields -------------------------------------------------------------------- */

int
paint_label_columns(const struct form *form)
{
	int widest = 0;

	for (size_t i = 0; i < form->plan->fields; i++) {
		int columns = draw_columns(_(form->plan->field[i].label));
		if (columns > widest)
			widest = columns;
	}
	return widest;
}

int
paint_area_columns(enum field_kind kind, int room)
{
	int columns = TEXT_COLUMNS;

	if (kind == FIELD_CODE)
		columns = CODE_COLUMNS;
	if (kind == FIELD_RECOVERY)
		columns = RECOVERY_COLUMNS;
	if (columns > room)
		columns = room;
	return columns > 1 ? columns : 1;
}

/* What was typed, and the rest of the area; the cursor's place behind a full one is outside it. */
void
paint_area(struct terminal *terminal, const struct form *form, size_t index, struct rect area)
{
	bool focused = form->focus == index;
	char text[LINE_SIZE];
	size_t cursor = 0;
	int used;

	field_show(&form->field[index], (size_t)area.width + 1, text, sizeof text, &cursor);
	used = terminal_put(terminal, area.y, area.x, area.width, STYLE_FIELD, text);
	terminal_fill(terminal, (struct rect){ area.y, area.x + used, 1, area.width - used },
	    focused ? STYLE_FIELD_FOCUS : STYLE_FIELD);
	if (!terminal_underlines(terminal)) {
		terminal_put(terminal, area.y, area.x - 1, 1, STYLE_PLAIN, "[");
		terminal_put(terminal, area.y, area.x + area.width, 1, STYLE_PLAIN, "]");
	}
	if (focused)
		terminal_cursor(terminal, area.y, area.x + (int)cursor);
	secret_wipe(text, sizeof text);
}

void
paint_field(struct terminal *terminal, const struct form *form, size_t index, int y, int x,
    int label_columns, int area_columns)
{
	terminal_put(terminal, y, x, label_columns, form->focus == index ? STYLE_SIGN : STYLE_PLAIN,
	    _(form->plan->field[index].label));
	paint_area(terminal, form, index, (struct rect){ y, x + label_columns, 1, area_columns });
}

/* --- buttons ------------------------------------------------------------------- */

/* The label of a button that is wrapped; the blank before its bracket does not break. */
static void
wrapped_label(const char *label, char buf[LINE_SIZE])
{
	snprintf(buf, LINE_SIZE, "%s\xc2\xa0]", label);
}

/* Where a button stands when rect is filled from its top left on: advances *ret_place, whose width
 * is what is left of the row. Returns the button's own part, as high as it must be. */
static struct rect
place_button(const struct form *form, size_t index, struct rect rect, struct rect *ret_place)
{
	int columns = draw_columns(_(form->plan->button[index])) + BUTTON_EDGES;
	struct rect own = *ret_place;

	if (own.x > rect.x && columns > own.width)
		own = (struct rect){ own.y + own.height, rect.x, 1, rect.width };
	*ret_place = own;
	own.height = 1;
	if (columns > rect.width) {
		int width = rect.width - BUTTON_INDENT;
		char text[LINE_SIZE];

		wrapped_label(_(form->plan->button[index]), text);
		own.height = (int)draw_wrap(text, (size_t)(width > 0 ? width : 1), NULL, 0);
		*ret_place = (struct rect){ own.y + own.height, rect.x, 1, rect.width };
		return own;
	}
	own.width = columns;
	ret_place->x += columns + BUTTON_GAP;
	ret_place->width -= columns + BUTTON_GAP;
	return own;
}

/* A button that is wider than its place: the brackets at its ends. */
static void
put_wrapped_button(struct terminal *terminal, struct rect own, enum style style, const char *label)
{
	char text[LINE_SIZE];

	wrapped_label(label, text);
	terminal_put(terminal, own.y, own.x, 2, style, "[ ");
	own.x += BUTTON_INDENT;
	own.width -= BUTTON_INDENT;
	paint_text(terminal, own, style, text);
}

static void
put_button(struct terminal *terminal, const struct form *form, size_t index, struct rect own)
{
	const char *label = _(form->plan->button[index]);
	bool focused = form->focus == form->plan->fields + index;
	enum style style = focused ? STYLE_FOCUS : STYLE_PLAIN;
	int columns = draw_columns(label);

	if (focused)
		terminal_cursor(terminal, own.y, own.x + 2);
	if (columns + BUTTON_EDGES > own.width) {
		put_wrapped_button(terminal, own, style, label);
		return;
	}
	terminal_put(terminal, own.y, own.x, 2, style, "[ ");
	terminal_put(terminal, own.y, own.x + 2, columns, style, label);
	terminal_put(terminal, own.y, own.x + 2 + columns, 2, style, " ]");
}

/* Puts them, or only measures where terminal is NULL. */
static int
go_over_buttons(struct terminal *terminal, const struct form *form, size_t first, size_t count,
    struct rect rect)
{
	struct rect place = { rect.y, rect.x, 1, rect.width };
	int end = rect.y;

	for (size_t i = first; i < first + count && i < form->plan->buttons; i++) {
		struct rect own = place_button(form, i, rect, &place);

		end = own.y + own.height;
		if (terminal != NULL)
			put_button(terminal, form, i, own);
	}
	return end;
}

int
paint_button_rows(const struct form *form, size_t first, size_t count, int columns)
{
	return go_over_buttons(NULL, form, first, count, (struct rect){ .width = columns });
}

int
paint_buttons(struct terminal *terminal, const struct form *form, size_t first, size_t count,
    struct rect rect)
{
	return go_over_buttons(terminal, form, first, count, rect);
}
