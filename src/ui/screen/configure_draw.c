/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four steps with the QR code, laid out for the terminal's size each time they are drawn
 * (DESIGN 5.4, 5.5). */
#include <stdio.h>

#include "ui/screen/enrolment.h"
#include "ui/widget/draw.h"
#include "ui/stack/bar.h"

enum {
	FULL_ROWS = 23,	  /* the four steps, two lines of message and the key bar */
	ROOMY_ROWS = 28,  /* the same with an empty line between the steps */
	FULL_TEXT = 37,	  /* columns of the steps, with the gap */
	BESIDE_TEXT = 21, /* columns of the field and the keys, with the gap */
	BESIDE_KEYS = 7,  /* lines of keys that leave four lines for a message */
	TEXT_MOST = 56,
	STEPS = 20, /* rows of all but the applications */
	GAP = 2,
	INDENT = 2,
	LINE = 1024
};

enum shape { SHAPE_FULL, SHAPE_BESIDE, SHAPE_KEY };

struct layout {
	enum shape shape;
	struct qr_plan plan;
};

static struct layout
try(const struct enrolment *enrolment, enum qr_drawing drawing, enum shape shape, int rows,
    int columns, bool utf8)
{
	struct layout layout = { .shape = shape };

	columns -= shape == SHAPE_FULL ? FULL_TEXT : BESIDE_TEXT;
	rows -= shape == SHAPE_FULL ? 2 : 0; /* the copy button and the key bar */
	layout.plan = qr_plan(enrolment->qr, columns, rows, drawing, utf8);
	return layout;
}

/* Four steps beside the QR code, else field and keys beside it, else the key alone. Shrinks the
 * layout before it changes the chosen drawing. */
static struct layout
plan_layout(const struct ui *ui, const struct enrolment *enrolment, enum qr_drawing drawing,
    int rows, int columns)
{
	bool utf8 = terminal_utf8(ui->terminal);
	struct layout full = try(enrolment, drawing, SHAPE_FULL, rows, columns, utf8);
	struct layout beside = try(enrolment, drawing, SHAPE_BESIDE, rows, columns, utf8);
	bool full_fits = rows >= FULL_ROWS && full.plan.fits;
	bool as_asked = full.plan.drawing == drawing || beside.plan.drawing != drawing;

	if (full_fits && (as_asked || !beside.plan.fits))
		return full;
	if (!beside.plan.fits)
		beside.shape = SHAPE_KEY;
	return beside;
}

/* --- drawing ------------------------------------------------------------------ */

static void
draw_qr(const struct ui *ui, const struct enrolment *enrolment, const struct qr_plan *plan,
    struct rect area)
{
	bool own = plan->drawing == QR_OWN;
	enum style light = own ? STYLE_QR_OWN_LIGHT : STYLE_QR_LIGHT;
	enum style dark = own ? STYLE_QR_OWN_DARK : STYLE_QR_DARK;

	for (int y = 0; y < plan->rows; y++)
		for (int x = 0; x < plan->columns; x++) {
			struct qr_cell cell = qr_cell(enrolment->qr, plan, y, x);
			terminal_qr_cell(ui->terminal, area.y + y, area.x + x,
			    cell.dark ? dark : light, cell.half);
		}
}

static void
draw_who(const struct ui *ui, const struct enrolment *enrolment, struct rect column, int y)
{
	char text[LINE], cut[LINE];

	snprintf(text, sizeof text, "%s · %s", enrolment->account, enrolment->issuer);
	draw_cut(text, (size_t)column.width, terminal_utf8(ui->terminal), cut, sizeof cut);
	terminal_put(ui->terminal, y, column.x, column.width, STYLE_DIM, cut);
}

/* A heading, and text under it; at most that many lines. Returns the next free row. */
static int
draw_step(const struct ui *ui, struct rect column, int y, const char *heading, const char *text,
    int lines)
{
	struct rect rect = { .y = y, .x = column.x, .height = 1, .width = column.width };

	paint_text(ui->terminal, rect, STYLE_BOLD, heading);
	rect = (struct rect){ .y = y + 1,
		.x = column.x + INDENT,
		.height = lines,
		.width = column.width - INDENT };
	int next = paint_text(ui->terminal, rect, STYLE_PLAIN, text);
	return next < y + 1 + lines ? next : y + 1 + lines;
}

static int
draw_add(const struct ui *ui, const struct enrolment *enrolment, struct rect column, int y)
{
	char groups[2 * WIRE_KEY_SIZE], text[LINE];
	struct rect rect = { .x = column.x + INDENT, .height = 2, .width = column.width - INDENT };

	if (enrolment->replaced)
		snprintf(text, sizeof text, "%s %s", enrolment_earlier(enrolment),
		    _("Then scan the QR code, or copy this key:"));
	else
		snprintf(text, sizeof text, "%s",
		    _("Scan the QR code, or copy this key into the application:"));
	rect.y = draw_step(ui, column, y, _("2 Add an account"), text, enrolment->replaced ? 3 : 2);
	draw_groups((const char *)enrolment->key->bytes, 4, groups, sizeof groups);
	y = paint_text(ui->terminal, rect, STYLE_BOLD, groups);
	secret_wipe(groups, sizeof groups);
	return y;
}

/* The field, the button and the message under it; down to the key bar. */
static void
draw_validate(const struct ui *ui, const struct enrolment *enrolment, struct rect column, int y,
    int bottom)
{
	const struct form *form = &enrolment->form;
	int labels = parts_label_columns(form) + 1;
	int x = column.x + INDENT;
	struct rect message = { .y = y + 3,
		.x = column.x,
		.height = bottom - (y + 3),
		.width = column.width };

	int end = column.x + column.width - parts_button_columns(form, 0);

	paint_tight_field(ui->terminal, form, 0, y, x, labels);
	paint_buttons(ui->terminal, form, 0, 1, y + 2, x + labels < end ? x + labels : end);
	enrolment_draw_message(ui, message, NULL);
}

static void
draw_full(const struct ui *ui, const struct enrolment *enrolment, const struct qr_plan *plan,
    struct rect area)
{
	struct rect column = { .x = area.x + plan->columns + GAP,
		.width = area.width - plan->columns - GAP };
	struct rect copy = { .y = area.y + plan->rows,
		.x = area.x + 1,
		.height = 1,
		.width = plan->columns };
	struct rect bar = { .y = area.y + area.height - 1,
		.x = area.x,
		.height = 1,
		.width = area.width };
	struct rect steps = column;
	char text[LINE];
	int gap = area.height >= ROOMY_ROWS ? 1 : 0;
	int y = area.y;

	if (steps.width - 3 >= INDENT + 31) /* no line to the very edge, but for the longest */
		steps.width -= 3;
	if (steps.width > TEXT_MOST)
		steps.width = TEXT_MOST;
	paint_text(ui->terminal, (struct rect){ y, column.x, 1, column.width }, STYLE_BOLD,
	    _("Configure two-factor authentication"));
	draw_who(ui, enrolment, column, ++y);
	enrolment_applications(ui, text, sizeof text);
	y = draw_step(ui, steps, y + 2, _("1 Choose an application"), text, area.height - STEPS) +
	    gap;
	y = draw_add(ui, enrolment, steps, y) + gap;
	y = draw_step(ui, steps, y, _("3 Generate a PIN code"),
		_("6 digits, new every 30 seconds."), 1) +
	    gap;
	y = draw_step(ui, steps, y, _("4 Validate the configuration"), "", 0);
	draw_validate(ui, enrolment, column, y + 1, bar.y);
	enrolment_draw_copy(ui, enrolment, copy);
	paint_bar(ui, bar);
}

/* The QR code takes all rows; beside it, from the top down: what, the field, Sign in, the message;
 * and from the bottom up: the keys, the copy button. */
static void
draw_beside(const struct ui *ui, const struct enrolment *enrolment, const struct qr_plan *plan,
    struct rect area)
{
	const struct form *form = &enrolment->form;
	struct key_row rows[UI_ROWS_MAX];
	struct rect side = { area.y, area.x + plan->columns + 1, 2,
		area.width - plan->columns - 1 };
	int bottom = area.y + area.height;

	int y = paint_text(ui->terminal, side, STYLE_BOLD,
	    _("Configure two-factor authentication"));
	draw_who(ui, enrolment, side, y);
	terminal_put(ui->terminal, y + 2, side.x, side.width, STYLE_PLAIN,
	    _(form->plan->field[0].label));
	paint_tight_field(ui->terminal, form, 0, y + 3, side.x, 0);
	paint_buttons(ui->terminal, form, 0, 1, y + 4, side.x);
	struct rect bar = { .x = side.x, .height = (int)ui_rows(ui, rows), .width = side.width };
	if (bar.height > BESIDE_KEYS)
		bar.height = BESIDE_KEYS;
	bar.y = bottom - bar.height;
	struct rect copy = { .y = bar.y - 2, .x = side.x, .height = 2, .width = side.width };
	struct rect message = { .y = y + 5,
		.x = side.x,
		.height = copy.y - (y + 5),
		.width = side.width };
	enrolment_draw_message(ui, message, enrolment_earlier(enrolment));
	enrolment_draw_copy(ui, enrolment, copy);
	paint_bar(ui, bar);
}

void
enrolment_needs(const struct ui *ui, const struct enrolment *enrolment, char *buf, size_t size)
{
	int rows, columns;

	terminal_size(ui->terminal, &rows, &columns);
	struct layout layout = plan_layout(ui, enrolment, enrolment->drawing, rows, columns);
	snprintf(buf, size,
	    _("A QR code needs %d columns and %d rows; this terminal has %d and %d."),
	    layout.plan.need_columns + BESIDE_TEXT, layout.plan.need_rows, columns, rows);
}

bool
enrolment_has_room(const struct ui *ui, const struct enrolment *enrolment, enum qr_drawing drawing)
{
	int rows, columns;

	terminal_size(ui->terminal, &rows, &columns);
	struct layout layout = plan_layout(ui, enrolment, drawing, rows, columns);
	return layout.plan.fits && layout.plan.drawing == drawing;
}

void
enrolment_draw(const struct ui *ui, const struct enrolment *enrolment, struct rect area)
{
	if (enrolment->key == NULL) {
		enrolment_draw_key(ui, enrolment, area, _("One moment…"));
		return;
	}
	struct layout layout = plan_layout(ui, enrolment, enrolment->drawing, area.height,
	    area.width);
	if (layout.shape == SHAPE_KEY) {
		char note[LINE];

		enrolment_needs(ui, enrolment, note, sizeof note);
		enrolment_draw_key(ui, enrolment, area, note);
		return;
	}
	draw_qr(ui, enrolment, &layout.plan, area);
	if (layout.shape == SHAPE_FULL)
		draw_full(ui, enrolment, &layout.plan, area);
	else
		draw_beside(ui, enrolment, &layout.plan, area);
}
