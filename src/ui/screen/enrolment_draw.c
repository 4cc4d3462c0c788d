/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four steps with the key as text: on `k`, and where there is no room for a QR code. */
#include "ui/screen/enrolment.h"
#include "ui/widget/draw.h"
#include "ui/widget/title.h"
#include "ui/stack/bar.h"

#include <stdio.h>

enum {
	INDENT = 2,	     /* of what stands under a step's heading */
	STEPS_ROWS = 20,     /* a terminal of that height has room for all four steps */
	ROOMY_ROWS = 24,     /* and of that, for an empty line between them */
	ACCOUNT_ROWS = 13,   /* one of that height for what else an application asks */
	TITLE_ROWS = 7,	     /* one of that height for the title */
	NOTE_ROWS = 9,	     /* below that, key and field take precedence over explanations */
	GROUPS_COLUMNS = 39, /* of eight groups of four */
	LABEL_GAP = 2,
	GROUP = 4,  /* characters */
	GROUPS = 8, /* of a key */
	LINE = 1024
};

const char *
enrolment_title(const struct enrolment *enrolment)
{
	if (enrolment->shown_by == WIRE_DEVICE_ADD)
		return _("Add an authenticator");
	if (enrolment->shown_by == WIRE_DEVICE_REPLACE)
		return _("Replace an authenticator");
	return _("Configure two-factor authentication");
}

const char *
enrolment_earlier(const struct enrolment *enrolment)
{
	return enrolment->replaced ? _("Delete the entry that you scanned earlier.") : NULL;
}

struct note
enrolment_note(const struct ui *ui, const char *instead)
{
	struct note note = ui_note(ui);

	return note.text[0] != '\0' ? note : (struct note){ STYLE_PLAIN, instead };
}

void
enrolment_applications(const struct ui *ui, char *buf, size_t size)
{
	if (ui->facts.applications[0] == '\0')
		snprintf(buf, size, "%s", _("Any TOTP application."));
	else
		snprintf(buf, size, _("%s, or any other TOTP application."),
		    ui->facts.applications);
}

/* What the key takes in groups of four, in the columns of a page. */
static size_t
groups_per_line(const struct page *page)
{
	size_t groups = (size_t)(page->rest.width - INDENT + 1) / (GROUP + 1);

	return groups >= GROUPS ? 0 : groups >= GROUPS / 2 ? GROUPS / 2 : groups > 0 ? groups : 1;
}

/* The key in groups of four, then whole and alone on its line, for a double click. */
static void
draw_key(struct page *page, const struct enrolment *enrolment, bool whole)
{
	const char *key = (const char *)enrolment->key->bytes;
	char groups[2 * WIRE_KEY_SIZE];

	draw_groups(key, groups_per_line(page), groups, sizeof groups);
	page_line(page, STYLE_BOLD, INDENT, groups);
	secret_wipe(groups, sizeof groups);
	if (whole && (int)enrolment->key->length <= page->rest.width - INDENT)
		page_line(page, STYLE_PLAIN, INDENT, key);
}

static void
account_text(const struct enrolment *enrolment, char *buf, size_t size)
{
	snprintf(buf, size, _("Account %s: %s"), enrolment->issuer, enrolment->account);
}

static void
draw_account(struct page *page, const struct enrolment *enrolment)
{
	char text[LINE];

	account_text(enrolment, text, sizeof text);
	page_line(page, STYLE_PLAIN, INDENT, text);
	page_line(page, STYLE_PLAIN, INDENT, _("Type: time-based"));
}

/* As much of it as has room. */
static void
draw_tight_form(struct page *page, const struct form *form, struct note note)
{
	page->note = note;
	page->noted = false;
	page->tight = true;
	page_form(page, form, NULL);
}

/* The field, the message below it, and the buttons. */
static void
draw_form(const struct ui *ui, struct page *page, const struct enrolment *enrolment,
    const char *instead)
{
	const struct form *form = &enrolment->form;
	const struct note note = enrolment_note(ui, instead);
	int end = page->rest.y + page->rest.height;
	struct rect rect = page->rest;
	int labels = paint_label_columns(form) + LABEL_GAP;

	rect.x += INDENT;
	rect.width -= INDENT;
	int buttons = paint_button_rows(form, 0, form->plan->buttons, rect.width);
	if (1 + paint_note_rows(&note, rect.width) + buttons > rect.height) {
		draw_tight_form(page, form, note);
		return;
	}
	paint_field(page->terminal, form, 0, rect.y, rect.x, labels,
	    paint_area_columns(FIELD_CODE, rect.width - labels));
	rect.y++;
	rect.height = end - rect.y - buttons;
	rect.y = paint_note(page->terminal, rect, &note);
	if (rect.y + 1 + buttons <= end)
		rect.y++;
	rect.height = buttons;
	paint_buttons(page->terminal, form, 0, form->plan->buttons, rect);
}

static void
draw_steps(const struct ui *ui, struct page *page, const struct enrolment *enrolment, int rows)
{
	bool roomy = rows >= ROOMY_ROWS;
	char applications[LINE];

	enrolment_applications(ui, applications, sizeof applications);
	page_line(page, STYLE_BOLD, 0, _("1 Choose an application"));
	page_line(page, STYLE_PLAIN, INDENT, applications);
	if (roomy)
		page_gap(page);
	page_line(page, STYLE_BOLD, 0, _("2 Add an account, with this key"));
	if (enrolment->replaced)
		page_line(page, STYLE_PLAIN, INDENT, enrolment_earlier(enrolment));
	draw_key(page, enrolment, true);
	draw_account(page, enrolment);
	if (roomy)
		page_gap(page);
	page_line(page, STYLE_BOLD, 0, _("3 Generate a PIN code"));
	page_line(page, STYLE_PLAIN, INDENT, _("6 digits, new every 30 seconds."));
	if (roomy)
		page_gap(page);
	page_line(page, STYLE_BOLD, 0, _("4 Validate the configuration"));
	draw_form(ui, page, enrolment, NULL);
}

/* Whether all steps have room in what is left of a page, from 20 rows of terminal on. */
static bool
steps_fit(const struct ui *ui, const struct page *page, const struct enrolment *enrolment)
{
	enum { FIXED = 11, GROUPS_ONE = 1, GROUPS_TWO = 2 };
	size_t columns = (size_t)(page->rest.width > INDENT ? page->rest.width - INDENT : 1);
	char applications[LINE], account[LINE];

	enrolment_applications(ui, applications, sizeof applications);
	account_text(enrolment, account, sizeof account);
	size_t wrapped = draw_wrap(applications, columns, NULL, 0) +
	    draw_wrap(account, columns, NULL, 0);
	wrapped += columns >= GROUPS_COLUMNS ? GROUPS_ONE : GROUPS_TWO;
	if (enrolment->replaced)
		wrapped += draw_wrap(enrolment_earlier(enrolment), columns, NULL, 0);
	return page->rest.height >= FIXED + (int)wrapped;
}

/* Of what has the focus, with what is said about it. */
static int
focused_rows(const struct page *page, const struct form *form, const struct note *note)
{
	int rows = paint_note_rows(note, page->rest.width);

	if (form->focus < form->plan->fields)
		return 1 + rows;
	return rows +
	    paint_button_rows(form, form->focus - form->plan->fields, 1, page->rest.width);
}

/* Where there is no room for the steps: what they are about. */
static void
draw_least(const struct ui *ui, struct page *page, const struct enrolment *enrolment, int rows)
{
	const char *earlier = enrolment_earlier(enrolment);
	const struct note note = enrolment_note(ui, earlier);
	size_t per_line = groups_per_line(page);
	int key = per_line == 0 ? 1 : (int)((GROUPS + per_line - 1) / per_line);
	int form = 1 + paint_button_rows(&enrolment->form, 0, 2, page->rest.width - INDENT);

	int focused = focused_rows(page, &enrolment->form, &note);

	if (key + focused > page->rest.height) {
		int reserved = page_reserve(page, focused);
		page_line(page, STYLE_BOLD, 0,
		    _("Too small for the key: make it larger, or press c to copy it."));
		page_release(page, reserved);
	} else {
		draw_key(page, enrolment,
		    key + 1 + form + paint_note_rows(&note, page->rest.width - INDENT) <=
			page->rest.height);
	}
	if (rows >= ACCOUNT_ROWS && page->rest.height > form + 2)
		draw_account(page, enrolment);
	if (page->rest.height > 0)
		draw_form(ui, page, enrolment, earlier);
}

void
enrolment_draw_key(const struct ui *ui, const struct enrolment *enrolment, struct rect area,
    const char *note)
{
	struct rect bar = { area.y + area.height - 1, area.x, 1, area.width };
	bool all = area.height >= STEPS_ROWS;
	int title = all ? 2 : area.height >= TITLE_ROWS ? 1 : 0;
	struct rect body = area;
	struct note said = ui_note(ui);

	if (title > 0)
		title_paint(ui->terminal, area, enrolment_title(enrolment), ui->facts.user);
	body.y += title;
	body.height -= title + 1;
	struct page page = parts_page(ui, body);
	int least = NOTE_ROWS + paint_note_rows(&said, page.rest.width);
	if (note != NULL && (enrolment->key == NULL || page.rest.height >= least))
		page_line(&page, STYLE_DIM, 0, note);
	if (enrolment->key != NULL && all && steps_fit(ui, &page, enrolment))
		draw_steps(ui, &page, enrolment, area.height);
	else if (enrolment->key != NULL)
		draw_least(ui, &page, enrolment, area.height);
	else
		page_note(&page);
	paint_bar(ui, bar);
}
