/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four steps with the QR code, laid out for the terminal's size each time they are drawn
 * (DESIGN 5.4, 5.5). */
#include <stdio.h>

#include "ui/screen/enrolment.h"
#include "ui/widget/draw.h"
#include "ui/stack/bar.h"

enum {
	FULL_ROWS = 22,	  /* the four steps, a message and the key bar */
	FULL_TEXT = 37,	  /* columns of the steps, with the gap */
	BESIDE_TEXT = 21, /* columns of the field and the keys, with the gap */
	BESIDE_KEYS = 7,  /* lines of keys that leave four lines for a message */
	TEXT_MOST = 56,
	STEP_HEADS = 4,
	STEP_GAPS = 3,
	VALIDATE_ROWS = 3, /* the field, a blank line, the button */
	LABEL_GAP = 2,
	GAP = 2,
	INDENT = 2,
	LINE = 1024
};

#define STEP_GENERATE N_("6 digits, new every 30 seconds.")

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

static void
add_text(const struct enrolment *enrolment, char *buf, size_t size)
{
	if (enrolment->replaced)
		snprintf(buf, size, "%s %s", enrolment_earlier(enrolment),
		    _("Then scan the QR code, or copy this key:"));
	else
		snprintf(buf, size, "%s",
		    _("Scan the QR code, or copy this key into the application:"));
}

static int
draw_add(const struct ui *ui, const struct enrolment *enrolment, struct rect column, int y,
    const char *text)
{
	char groups[2 * WIRE_KEY_SIZE];
	struct rect rect = { .x = column.x + INDENT, .height = 2, .width = column.width - INDENT };

	rect.y = draw_step(ui, column, y, _("2 Add an account"), text, 4);
	draw_groups((const char *)enrolment->key->bytes, 4, groups, sizeof groups);
	y = paint_text(ui->terminal, rect, STYLE_BOLD, groups);
	secret_wipe(groups, sizeof groups);
	return y;
}

/* The field, the message below it, and the button; down to the key bar. */
static void
draw_validate(const struct ui *ui, const struct enrolment *enrolment, struct rect column, int y,
    int bottom)
{
	const struct form *form = &enrolment->form;
	const struct note note = enrolment_note(ui, NULL);
	int labels = paint_label_columns(form) + LABEL_GAP;
	struct rect rect = { y + 1, column.x + INDENT, bottom - y - 2, column.width - INDENT };

	paint_field(ui->terminal, form, 0, y, rect.x, labels,
	    paint_area_columns(FIELD_CODE, rect.width - labels));
	rect.y = paint_note(ui->terminal, rect, &note);
	if (rect.y + 1 < bottom)
		rect.y++;
	paint_buttons(ui->terminal, form, 0, 1, rect);
}

/* --- the steps ------------------------------------------------------------------ */

/* The rows of a step's text; what a heading has under it. */
static int
text_rows(const char *text, struct rect column)
{
	return (int)draw_wrap(text, (size_t)(column.width - INDENT), NULL, 0);
}

/* Blank lines that there is room for, above a message of two lines. */
struct gaps {
	int title;	  /* rows of the title */
	int head, step;	  /* below the name, and between the steps */
	int applications; /* rows of their names */
};

static struct gaps
gaps_of(const char *title, int title_columns, struct rect column, const char *applications,
    const char *add, int rows)
{
	enum { NAME = 1, KEY = 2, MESSAGE = 2 };
	struct gaps gaps = { .applications = text_rows(applications, column) };
	int used = 1 + NAME + STEP_HEADS + gaps.applications + text_rows(add, column) + KEY +
	    text_rows(_(STEP_GENERATE), column) + VALIDATE_ROWS;

	if (used > rows) {
		gaps.applications -= used - rows;
		gaps.applications = gaps.applications > 1 ? gaps.applications : 1;
	}
	gaps.title = 1;
	if (draw_wrap(title, (size_t)title_columns, NULL, 0) > 1 && used + 1 + MESSAGE <= rows) {
		gaps.title = 2;
		used++;
	}
	gaps.head = used + 1 + MESSAGE <= rows || used + 1 == rows ? 1 : 0;
	gaps.step = used + 1 + MESSAGE + STEP_GAPS <= rows ? 1 : 0;
	return gaps;
}

static void
draw_full(const struct ui *ui, const struct enrolment *enrolment, const struct qr_plan *plan,
    struct rect area)
{
	struct rect column = { .x = area.x + plan->columns + GAP,
		.width = area.width - plan->columns - GAP };
	struct rect copy = { area.y + plan->rows, area.x + 1, 1, plan->columns };
	struct rect bar = { area.y + area.height - 1, area.x, 1, area.width };
	struct rect steps = column;
	char applications[LINE], add[LINE];
	int y = area.y;

	if (steps.width - 3 >= INDENT + 31) /* no line to the very edge, but for the longest */
		steps.width -= 3;
	if (steps.width > TEXT_MOST)
		steps.width = TEXT_MOST;
	enrolment_applications(ui, applications, sizeof applications);
	add_text(enrolment, add, sizeof add);
	const struct gaps gaps = gaps_of(enrolment_title(enrolment), column.width, steps,
	    applications, add, bar.y - area.y);
	y = paint_text(ui->terminal, (struct rect){ y, column.x, gaps.title, column.width },
	    STYLE_BOLD, enrolment_title(enrolment));
	draw_who(ui, enrolment, column, y);
	y = draw_step(ui, steps, y + 1 + gaps.head, _("1 Choose an application"), applications,
		gaps.applications) +
	    gaps.step;
	y = draw_add(ui, enrolment, steps, y, add) + gaps.step;
	y = draw_step(ui, steps, y, _("3 Generate a PIN code"), _(STEP_GENERATE), 2) + gaps.step;
	y = draw_step(ui, steps, y, _("4 Validate the configuration"), "", 0);
	draw_validate(ui, enrolment, column, y + 1 < bar.y - 1 ? y + 1 : y, bar.y);
	paint_buttons(ui->terminal, &enrolment->form, 1, 1, copy);
	paint_bar(ui, bar);
}

/* The QR code takes all rows; beside it, from the top down: what, the field, the message, Sign in;
 * and from the bottom up: the keys, the copy button. */
static void
draw_beside(const struct ui *ui, const struct enrolment *enrolment, const struct qr_plan *plan,
    struct rect area)
{
	const struct form *form = &enrolment->form;
	const struct note note = enrolment_note(ui, enrolment_earlier(enrolment));
	struct key_row rows[UI_ROWS_MAX];
	struct rect side = { area.y, area.x + plan->columns + 1, 3,
		area.width - plan->columns - 1 };
	struct rect bar = { .x = side.x, .height = (int)ui_rows(ui, rows), .width = side.width };
	int y = paint_text(ui->terminal, side, STYLE_BOLD, enrolment_title(enrolment));

	bar.height = bar.height > BESIDE_KEYS ? BESIDE_KEYS : bar.height;
	bar.y = area.y + area.height - bar.height;
	struct rect copy = { .x = side.x, .width = side.width };
	copy.height = paint_button_rows(form, 1, 1, side.width);
	copy.y = bar.y - copy.height;
	draw_who(ui, enrolment, side, y);
	y += y < area.y + 3 ? 2 : 1;
	terminal_put(ui->terminal, y, side.x, side.width,
	    form->focus == 0 ? STYLE_SIGN : STYLE_PLAIN, _(form->plan->field[0].label));
	paint_field(ui->terminal, form, 0, y + 1, side.x, 0, paint_area_columns(FIELD_CODE, 6));
	struct rect message = { y + 2, side.x, copy.y - (y + 3), side.width };
	message.y = paint_note(ui->terminal, message, &note);
	message.height = 1;
	paint_buttons(ui->terminal, form, 0, 1, message);
	paint_buttons(ui->terminal, form, 1, 1, copy);
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
