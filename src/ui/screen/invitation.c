/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invitation, shown once: the one-time password, until when, and a text to forward. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/letter.h"
#include "conv/when.h"
#include "core/secret.h"
#include "core/text.h"
#include "ui/screen/screens.h"
#include "ui/screen/users.h"
#include "ui/widget/title.h"

enum { COPY = PART_OWN, COPY_TEXT, CLEAR, TO_BUTTON };

enum { INDENT = 4, CODE_SIZE = WIRE_RECOVERY_SIZE, TEXT_SIZE = 16384, CODE_ROWS = 3 };

struct invitation {
	struct form form; /* the button, below the text */
	struct secret *code;
	struct letter letter;
	bool warned; /* that leaving loses it */
	bool copied;
};

static const struct form_plan plan = { .fields = 0, .buttons = 1, .button = { N_("Done") } };

static const struct key_row key_rows[] = {
	{ TO_BUTTON, KEY_ENTER_, 0, N_("Enter"), N_("Go to button"), 50,
	    N_("Selects the button; press Enter again to leave.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Done"), 50,
	    N_("Leaves: the invitation is not shown again.") },
	{ COPY, KEY_NONE_, 'c', "c", N_("Copy"), 60,
	    N_("Copies the one-time password to the clipboard of your terminal.") },
	{ COPY_TEXT, KEY_NONE_, 't', "t", N_("Copy text"), 59,
	    N_("Copies the text to forward, with the one-time password in it.") },
	PART_CLEAR_ROW(CLEAR),
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Asks once more, then leaves: the invitation is not shown again.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct invitation *screen = state;
	const struct invited *invited = argument;
	enum err err = secret_from(invited->code, strlen(invited->code) + 1, &screen->code);

	screen->form.focus = PART_READING;
	letter_fill(&screen->letter, invited->name, ui->facts.console_name, ui->facts.applications);
	screen->letter.until = invited->until;
	if (err == ERR_OK && invited->done != NULL)
		ui_say_text(ui, STYLE_GOOD, invited->done);
	return err;
}

static void
leave(struct ui *ui, void *state)
{
	struct invitation *screen = state;

	(void)ui;
	secret_free(screen->code);
}

static const char *
code_of(const struct invitation *screen)
{
	return (const char *)screen->code->bytes;
}

/* --- copying ------------------------------------------------------------------------------ */

/* The letter as one text, a paragraph a line. */
static void
whole_text(const struct ui *ui, const struct invitation *screen, char *buf, size_t size)
{
	static const struct letter_way nowhere;
	struct letter_line line;
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0;
	     letter_line(&screen->letter, ui->way != NULL ? ui->way : &nowhere, i, &line); i++) {
		bool code = line.kind == LETTER_INVITATION;

		used += (size_t)snprintf(buf + used, size - used, "%s%s\n",
		    line.kind == LETTER_PROSE ? "" : "    ", code ? code_of(screen) : line.text);
		if (used >= size)
			return;
	}
}

static void
copy(struct ui *ui, struct invitation *screen, const char *text)
{
	ui_copy_or(ui, text, N_("Sent to your terminal. If nothing pastes, select the text."));
	screen->copied = true;
}

static void
copy_text(struct ui *ui, struct invitation *screen)
{
	struct secret *text = NULL;

	if (secret_new(TEXT_SIZE, &text) != ERR_OK) {
		ui_say_err(ui, ERR_MEMORY, 0);
		return;
	}
	whole_text(ui, screen, (char *)text->bytes, TEXT_SIZE);
	copy(ui, screen, (const char *)text->bytes);
	secret_free(text);
}

/* --- leaving -------------------------------------------------------------------------------- */

static void
back(struct ui *ui, struct invitation *screen)
{
	if (screen->warned) {
		ui_pop(ui);
		return;
	}
	screen->warned = true;
	ui_say(ui, STYLE_PLAIN,
	    N_("It is not shown again. Leave all the same? Press Esc once more."));
}

static void
enter_key(struct ui *ui, struct invitation *screen)
{
	if (screen->form.focus == PART_READING)
		form_focus(&screen->form, 0);
	else
		ui_pop(ui);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct invitation *screen = state;
	bool pressed, used = parts_button(&screen->form, event, &pressed);

	if (pressed)
		ui_pop(ui);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct invitation *screen = state;

	if (id != PART_BACK)
		screen->warned = false;
	if (id == PART_ENTER || id == TO_BUTTON)
		enter_key(ui, screen);
	if (id == COPY)
		copy(ui, screen, code_of(screen));
	if (id == COPY_TEXT)
		copy_text(ui, screen);
	if (id == CLEAR) {
		ui_copy_blank(ui);
		screen->copied = false;
	}
	if (id == PART_BACK)
		back(ui, screen);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct invitation *screen = state;

	(void)ui;
	if (id == TO_BUTTON || id == PART_ENTER)
		return (id == TO_BUTTON) == (screen->form.focus == PART_READING);
	return id != CLEAR || screen->copied;
}

/* --- drawing --------------------------------------------------------------------------------- */

/* What must be seen, whatever the size: whose it is, the password, until when. */
static void
draw_code(const struct ui *ui, struct page *page, const struct invitation *screen)
{
	char line[TEXT_NAME_SIZE + 128], name[TEXT_NAME_SIZE], when[64];

	(void)text_show(screen->letter.name, strlen(screen->letter.name), name, sizeof name);
	when_put(screen->letter.until, ui->clock(), when, sizeof when);
	(void)snprintf(line, sizeof line, _("Invitation for %s, until %s:"), name, when);
	page_line(page, STYLE_BOLD, 0, line);
	if (screen->form.focus == PART_READING)
		terminal_cursor(ui->terminal, page->rest.y, page->rest.x + INDENT);
	page_line(page, STYLE_BOLD, INDENT, code_of(screen));
	page_gap(page);
}

/* A line of the text to forward; what is typed as it stands is not wrapped where there is room. */
static void
draw_line(struct page *page, const struct invitation *screen, const struct letter_line *line)
{
	if (line->kind == LETTER_INVITATION)
		page_line(page, STYLE_PLAIN, INDENT, code_of(screen));
	else
		page_line(page, STYLE_PLAIN, line->kind == LETTER_LITERAL ? INDENT : 0, line->text);
}

static void
draw_letter(const struct ui *ui, struct page *page, const struct invitation *screen)
{
	static const struct letter_way nowhere;
	struct letter_line *line = calloc(1, sizeof *line);

	if (line == NULL || page->rest.height < 2) {
		free(line);
		return;
	}
	page_line(page, STYLE_DIM, 0, _("To forward:"));
	for (size_t i = 0; page->rest.height > 0 &&
	     letter_line(&screen->letter, ui->way != NULL ? ui->way : &nowhere, i, line);
	     i++)
		draw_line(page, screen, line);
	page_gap(page);
	free(line);
}

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct invitation *screen = state;
	char person[TITLE_SIZE];

	(void)ui;
	users_title(screen->letter.name, person, sizeof person);
	(void)snprintf(buf, size, "%s > %s", person, _("Invitation"));
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct invitation *screen = state;
	struct page page = parts_page(ui, area);
	struct note note = ui_note(ui);
	int reserved;

	draw_code(ui, &page, screen);
	reserved = page_reserve(&page,
	    1 + paint_note_rows(&note, page.rest.width) + (page.tight ? 0 : 1));
	draw_letter(ui, &page, screen);
	page_release(&page, reserved);
	if (page.rest.height > 0)
		page_advance(&page, paint_buttons(ui->terminal, &screen->form, 0, 1, page.rest));
	page_note(&page);
	return page.noted;
}

const struct screen screen_invitation = {
	.name = "invitation",
	.about = N_("A one-time password opens the account once, until the time that is shown. "
		    "Forward the text by a way that only this person reads. It is typed with or "
		    "without dashes, in small letters or capitals. It is not shown again; a new "
		    "invitation can be made."),
	.put_title = put_title,
	.state_size = sizeof(struct invitation),
	.plan = &plan,
	.key_rows = key_rows,
	.secret = true,
	.drops_typed = true,
	.enter = enter,
	.leave = leave,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
};
