/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four steps with the key as text: on `k`, and where there is no room for a QR code. */
#include "ui/screen/enrolment.h"
#include "ui/widget/draw.h"
#include "ui/stack/bar.h"

#include <stdio.h>

enum {
	INDENT = 2,	     /* of what stands under a step's heading */
	STEPS_ROWS = 20,     /* a terminal of that height has room for all four steps */
	ROOMY_ROWS = 24,     /* and of that, for an empty line between them */
	ACCOUNT_ROWS = 13,   /* one of that height for what else an application asks */
	NOTE_ROWS = 9,	     /* below that, key and field take precedence over explanations */
	GROUPS_COLUMNS = 39, /* of eight groups of four */
	LABEL_GAP = 1,
	BUTTON_GAP = 4,
	LINE = 1024
};

const char *
enrolment_earlier(const struct enrolment *enrolment)
{
	return enrolment->replaced ? _("Delete the entry that you scanned earlier.") : NULL;
}

void
enrolment_draw_message(const struct ui *ui, struct rect rect, const char *instead)
{
	if (rect.height <= 0)
		return;
	if (ui->message[0] != '\0')
		paint_text(ui->terminal, rect, ui->message_style, ui->message);
	else if (instead != NULL)
		paint_text(ui->terminal, rect, STYLE_BOLD, instead);
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

void
enrolment_draw_copy(const struct ui *ui, const struct enrolment *enrolment, struct rect rect)
{
	const struct form *form = &enrolment->form;
	char text[LINE];
	bool focused = form->focus == form->plan->fields + 1;

	if (parts_button_columns(form, 1) <= rect.width) {
		paint_buttons(ui->terminal, form, 1, 1, rect.y, rect.x);
		return;
	}
	enum style style = focused ? STYLE_FOCUS : STYLE_PLAIN;
	terminal_put(ui->terminal, rect.y, rect.x, 1, style, "[");
	rect.x += INDENT;
	rect.width -= INDENT;
	snprintf(text, sizeof text, "%s ]", _(form->plan->button[1]));
	paint_text(ui->terminal, rect, style, text);
	if (focused)
		terminal_cursor(ui->terminal, rect.y, rect.x);
}

/* The key in groups of four, then whole and alone on its line, for a double click. */
static void
draw_key(struct page *page, const struct enrolment *enrolment)
{
	const char *key = (const char *)enrolment->key->bytes;
	char groups[2 * WIRE_KEY_SIZE];

	draw_groups(key, page->rest.width - INDENT >= GROUPS_COLUMNS ? 0 : 4, groups,
	    sizeof groups);
	page_line(page, STYLE_BOLD, INDENT, groups);
	secret_wipe(groups, sizeof groups);
	if ((int)enrolment->key->length <= page->rest.width - INDENT)
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

/* The field and the buttons, these in one line or two. */
static void
draw_form(const struct ui *ui, struct page *page, const struct enrolment *enrolment)
{
	const struct form *form = &enrolment->form;
	struct rect rect = page->rest;
	int labels = parts_label_columns(form) + LABEL_GAP;

	rect.x += INDENT;
	rect.width -= INDENT;
	paint_tight_field(page->terminal, form, 0, rect.y, rect.x, labels);
	rect.y += page->tight ? 1 : 2;
	int used = paint_buttons(page->terminal, form, 0, 1, rect.y, rect.x) + BUTTON_GAP;
	if (used + parts_button_columns(form, 1) <= rect.width) {
		rect.x += used;
		rect.width -= used;
	} else {
		rect.y++;
	}
	enrolment_draw_copy(ui, enrolment, rect);
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
	draw_key(page, enrolment);
	draw_account(page, enrolment);
	if (roomy)
		page_gap(page);
	page_line(page, STYLE_BOLD, 0, _("3 Generate a PIN code"));
	page_line(page, STYLE_PLAIN, INDENT, _("6 digits, new every 30 seconds."));
	if (roomy)
		page_gap(page);
	page_line(page, STYLE_BOLD, 0, _("4 Validate the configuration"));
	draw_form(ui, page, enrolment);
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

/* Where there is no room for the steps: what they are about. */
static void
draw_least(const struct ui *ui, struct page *page, const struct enrolment *enrolment, int rows)
{
	draw_key(page, enrolment);
	if (rows >= ACCOUNT_ROWS)
		draw_account(page, enrolment);
	draw_form(ui, page, enrolment);
}

void
enrolment_draw_key(const struct ui *ui, const struct enrolment *enrolment, struct rect area,
    const char *note)
{
	struct rect line = { .y = area.y + area.height - 2,
		.x = area.x + 1,
		.height = 1,
		.width = area.width - 1 };
	bool all = area.height >= STEPS_ROWS;
	struct rect body = area;

	paint_title(ui->terminal, area, _("Configure two-factor authentication"), ui->facts.user);
	body.y += all ? 2 : 1;
	body.height -= (all ? 2 : 1) + 2;
	struct page page = page_open(ui->terminal, body);
	if (note != NULL && (enrolment->key == NULL || page.rest.height >= NOTE_ROWS))
		page_line(&page, STYLE_DIM, 0, note);
	bool steps = enrolment->key != NULL && all && steps_fit(ui, &page, enrolment);
	if (steps)
		draw_steps(ui, &page, enrolment, area.height);
	else if (enrolment->key != NULL)
		draw_least(ui, &page, enrolment, area.height);
	enrolment_draw_message(ui, line, steps ? NULL : enrolment_earlier(enrolment));
	line.y++;
	line.x = area.x;
	paint_bar(ui, line);
}
