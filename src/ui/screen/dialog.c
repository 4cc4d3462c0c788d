/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/dialog.h"

#include "ui/stack/parts.h"
#include "ui/widget/draw.h"

enum {
	WIDTH = 72,	    /* columns of the text, at most */
	EDGE = 2,	    /* columns of the frame and the blank inside it */
	BORDERS = 2,	    /* rows of the frame */
	PLACE_COLUMNS = 80, /* the dialog stands in the middle of that, near what it is about, on
			       larger terminals too */
	PLACE_ROWS = 22,
	BOX_ROWS = 8,	  /* of an area with room for a frame */
	QUESTION_ROWS = 2 /* the least that is left of a question's place */
};

/* Rows of the frame. */
static int
borders(struct rect area)
{
	return area.height < BOX_ROWS ? 0 : BORDERS;
}

/* Rows of the whole box with that text. */
static int
rows_of(const struct ui *ui, const struct dialog *dialog, const char *text, struct rect area,
    int width)
{
	const struct page page = { .rest = { .height = area.height, .width = width - 2 * EDGE },
		.note = ui_note(ui) };

	return (int)draw_wrap(text, (size_t)(page.rest.width > 0 ? page.rest.width : 1), NULL, 0) +
	    1 + page_form_rows(&page, dialog->form, dialog->beside) + borders(area);
}

/* Height for question and form. *ret_text: what is asked. */
static struct rect
box_in(const struct ui *ui, const struct dialog *dialog, struct rect area, const char **ret_text)
{
	struct rect box = { area.y, area.x, 0, area.width - EDGE };
	int rows = area.height < PLACE_ROWS ? area.height : PLACE_ROWS;
	int columns = area.width < PLACE_COLUMNS ? area.width : PLACE_COLUMNS;

	if (box.width > WIDTH + 2 * EDGE)
		box.width = WIDTH + 2 * EDGE;
	*ret_text = dialog->question;
	box.height = rows_of(ui, dialog, dialog->question, area, box.width);
	if (box.height > area.height && dialog->brief != NULL && dialog->brief[0] != '\0') {
		*ret_text = dialog->brief;
		box.height = rows_of(ui, dialog, dialog->brief, area, box.width);
	}
	if (box.height > area.height)
		box.height = area.height;
	if (box.height < rows)
		box.y += (rows - box.height) / 2;
	box.x += (columns - box.width) / 2;
	return box;
}

/* Of what a dialog stands over only the beginning is seen, and an empty line under that. */
static void
clear_below(const struct ui *ui, struct rect box, struct rect area)
{
	for (int y = box.y - 1 > area.y ? box.y - 1 : box.y; y < area.y + area.height; y++)
		for (int x = area.x; x < area.x + area.width; x++)
			terminal_put(ui->terminal, y, x, 1, STYLE_PLAIN, " ");
}

/* The whole question or nothing: half a question would be answered blindly. */
static void
draw_question(const struct ui *ui, const char *question, struct rect rect)
{
	if ((int)draw_wrap(question, (size_t)(rect.width > 0 ? rect.width : 1), NULL, 0) <=
	    rect.height)
		paint_text(ui->terminal, rect, STYLE_PLAIN, question);
	else
		paint_text(ui->terminal, rect, STYLE_ERROR,
		    _("This terminal is too small for the question: make it larger, then decide."));
}

/* Rows of the form: all that it needs, but never without a word on the question; of that place the
 * first row is the form's. */
static int
form_room(const struct page *page, const struct dialog *dialog)
{
	int rows = page_form_rows(page, dialog->form, dialog->beside);
	int most = page->rest.height - QUESTION_ROWS;

	if (rows <= most)
		return rows;
	return most > 0 ? most : 1;
}

bool
dialog_draw(const struct ui *ui, const struct dialog *dialog, struct rect area)
{
	const char *text;
	struct rect box = box_in(ui, dialog, area, &text);
	struct page page = { .terminal = ui->terminal,
		.rest = { box.y + borders(area) / 2, box.x + EDGE, box.height - borders(area),
		    box.width - 2 * EDGE },
		.note = ui_note(ui) };
	struct rect question = page.rest;

	clear_below(ui, box, area);
	if (borders(area) > 0)
		terminal_box(ui->terminal, box);
	question.height -= form_room(&page, dialog);
	draw_question(ui, text, question);
	page_advance(&page, question.y + question.height);
	page_form(&page, dialog->form, dialog->beside);
	return page.noted;
}
