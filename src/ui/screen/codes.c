/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ten recovery codes, shown once. Nothing that was typed before they were seen can confirm
 * them. */
#include <string.h>

#include "core/secret.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"

enum { COPY = PART_OWN, CLEAR, TO_BUTTON, MAKE };

enum {
	COLUMNS = 2,
	INDENT = 2,
	CODE_COLUMNS = 19,
	GAP = 4,
	INTRO_ROWS = 8, /* with them there is room for one sentence more */
	ROW_BYTES = WIRE_RECOVERY_SIZE
};

struct codes {
	struct form form; /* the button, below the list */
	/* ACCOUNT_RECOVERY_CODES rows of WIRE_RECOVERY_SIZE; NULL before the answer */
	struct secret *code;
	bool configured; /* what led here is to be said first */
	bool copied;	 /* these, or the key before them: then the clipboard can be cleared */
};

static const struct form_plan plan = { .fields = 0,
	.buttons = 1,
	.button = { N_("I have saved these codes") } };

static const struct key_row key_rows[] = {
	{ TO_BUTTON, KEY_ENTER_, 0, N_("Enter"), N_("Go to button"), 50,
	    N_("Selects the button; press Enter again to continue.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Continue"), 50,
	    N_("Says that you have saved the codes, and goes on.") },
	{ MAKE, KEY_ENTER_, 0, N_("Enter"), N_("Make codes"), 50, N_("Makes ten codes.") },
	{ COPY, KEY_NONE_, 'c', "c", N_("Copy"), 60,
	    N_("Copies the ten codes to the clipboard of your terminal, with blanks between "
	       "them.") },
	PART_CLEAR_ROW(CLEAR),
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Stay"), -1,
	    N_("Does not leave this screen: only the button does.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct codes *codes = state;

	(void)argument;
	codes->form.focus = PART_READING;
	ui_ask_plain(ui, WIRE_CODES, NULL);
	codes->configured = ui->facts.configured;
	ui->facts.configured = false;
	codes->copied = ui->facts.key_copied;
	ui->facts.key_copied = false;
	if (codes->copied)
		ui_say(ui, STYLE_PLAIN,
		    N_("The secret key may still be in the clipboard: press x to overwrite it."));
	return ERR_OK;
}

static void
leave(struct ui *ui, void *state)
{
	struct codes *codes = state;

	(void)ui;
	secret_free(codes->code);
}

static const char *
code_at(const struct codes *codes, size_t i)
{
	return (const char *)codes->code->bytes + i * ROW_BYTES;
}

static void
codes_came(struct ui *ui, struct codes *codes, const struct wire_reply *reply)
{
	struct secret *code = NULL;
	enum err err = (enum err)reply->err;

	if (err == ERR_OK)
		err = secret_from(reply->u.codes.code, sizeof reply->u.codes.code, &code);
	if (err != ERR_OK) {
		ui_say_err(ui, err, reply->wait);
		return;
	}
	secret_free(codes->code);
	codes->code = code;
}

/* Opened over My account: go back there; it refreshes itself. */
static void
saved(struct ui *ui, const struct wire_reply *reply)
{
	if (ui->depth == 1 || reply->err != ERR_OK) {
		ui_signin_reply(ui, reply);
		return;
	}
	ui->facts.door = (enum signin_door)reply->door;
	ui_pop(ui);
}

static void
enter_key(struct ui *ui, struct codes *codes)
{
	if (codes->code == NULL) /* they could not be made */
		ui_ask_plain(ui, WIRE_CODES, NULL);
	else if (codes->form.focus == PART_READING)
		form_focus(&codes->form, 0);
	else
		ui_ask_plain(ui, WIRE_CODES_SAVED, NULL);
}

static void
copy(struct ui *ui, struct codes *codes)
{
	char text[ACCOUNT_RECOVERY_CODES * (CODE_COLUMNS + 1) + 1] = "";
	size_t used = 0;

	if (codes->code == NULL)
		return;
	for (size_t i = 0; i < ACCOUNT_RECOVERY_CODES; i++) {
		size_t length = strnlen(code_at(codes, i), CODE_COLUMNS);
		if (i > 0)
			text[used++] = ' ';
		memcpy(text + used, code_at(codes, i), length);
		used += length;
	}
	ui_copy_or(ui, text, N_("Sent to your terminal. If nothing pastes, select the codes."));
	secret_wipe(text, sizeof text);
	codes->copied = true;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct codes *codes = state;
	bool pressed, used;

	if (event->type == EVENT_REPLY) {
		if (event->reply->op == WIRE_CODES)
			codes_came(ui, codes, event->reply);
		else
			saved(ui, event->reply);
		return true;
	}
	used = parts_button(&codes->form, event, &pressed);
	if (pressed)
		enter_key(ui, codes);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct codes *codes = state;

	if (id == PART_ENTER || id == TO_BUTTON || id == MAKE)
		enter_key(ui, codes);
	if (id == COPY)
		copy(ui, codes);
	if (id == CLEAR) {
		ui_copy_blank(ui);
		codes->copied = false;
	}
	if (id == PART_BACK)
		ui_say(ui, STYLE_PLAIN, N_("Save the codes, then press the button."));
}

/* What Enter does now. */
static int
enter_id(const struct codes *codes)
{
	if (codes->code == NULL)
		return MAKE;
	return codes->form.focus == PART_READING ? TO_BUTTON : PART_ENTER;
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct codes *codes = state;

	(void)ui;
	if (id == MAKE || id == TO_BUTTON || id == PART_ENTER)
		return id == enter_id(codes);
	if (id == CLEAR)
		return codes->copied;
	return id != COPY || codes->code != NULL;
}

/* In two columns, read downwards; in one where it is narrow. */
static int
rows_of(int width)
{
	int columns = width >= INDENT + 2 * CODE_COLUMNS + GAP ? COLUMNS : 1;

	return ACCOUNT_RECOVERY_CODES / columns;
}

static void
draw_codes(const struct ui *ui, const struct codes *codes, struct rect rect, int rows)
{
	for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		terminal_put(ui->terminal, rect.y + i % rows,
		    rect.x + INDENT + i / rows * (CODE_COLUMNS + GAP), CODE_COLUMNS, STYLE_BOLD,
		    code_at(codes, (size_t)i));
}

/* What stands before the codes are there. */
static bool
draw_none(const struct ui *ui, struct page *page)
{
	page_line(page, STYLE_DIM, 0,
	    ui->waiting ? _("One moment…")
			: _("There are no codes yet. Press Enter to make them."));
	page_note(page);
	return page->noted;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct codes *codes = state;
	struct page page = parts_page(ui, area);
	int rows = rows_of(page.rest.width);

	if (codes->code == NULL)
		return draw_none(ui, &page);
	if (page.rest.height < rows + 1) {
		page_line(&page, STYLE_ERROR, 0,
		    _("This terminal is too small for ten codes: make it larger, then save them."));
		return false;
	}
	if (codes->configured && page.rest.height > rows + INTRO_ROWS) {
		page_marked(&page, STYLE_GOOD,
		    _("Two-factor authentication is configured: each sign-in asks for a code "
		      "now."));
		page_gap(&page);
	}
	page_intro(&page, STYLE_PLAIN,
	    _("If you lose your phone, each of these codes signs you in once. Save them now, away "
	      "from the phone: they are shown only this once."),
	    rows + (page.tight ? 1 : 2));
	if (codes->form.focus == PART_READING)
		terminal_cursor(ui->terminal, page.rest.y, page.rest.x + INDENT);
	draw_codes(ui, codes, page.rest, rows);
	page.rest.y += rows;
	page.rest.height -= rows;
	page_gap(&page);
	page.rest.y = paint_buttons(ui->terminal, &codes->form, 0, 1, page.rest);
	page.rest.height--;
	page_note(&page);
	return page.noted;
}

const struct screen screen_codes = {
	.name = "codes",
	.about = N_("A recovery code signs you in once when your phone is lost or broken. "
		    "Print these ten, or keep them in a password manager, but not on the "
		    "phone itself. They are not shown again."),
	.title = N_("Recovery codes"),
	.state_size = sizeof(struct codes),
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
