/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/sentence.h"
#include "core/secret.h"
#include "core/text.h"
#include "ui/stack/bar.h"
#include "ui/terminal/clipboard.h"
#include "ui/widget/draw.h"
#include "core/words.h"

void
ui_say_text(struct ui *ui, enum style style, const char *text)
{
	wire_put(ui->message, sizeof ui->message, text);
	ui->message_style = style;
	ui->fresh = true;
	ui->busy = false;
	ui->said = ERR_OK;
}

struct note
ui_note(const struct ui *ui)
{
	return (struct note){ ui->message_style, ui->message };
}

void
ui_say(struct ui *ui, enum style style, const char *message)
{
	ui_say_text(ui, style, *message != '\0' ? _(message) : "");
}

void
ui_say_err(struct ui *ui, enum err err, int64_t wait)
{
	char text[UI_MESSAGE_SIZE];

	sentence_fill(err, wait, ui->clock(), text, sizeof text);
	ui_say_text(ui, err == ERR_OK || err == ERR_WAITS ? STYLE_GOOD : STYLE_ERROR, text);
	/* A date does not count down, and no length. */
	if (wait > 0 && err != ERR_CLOCK_BACK && err != ERR_PASSWORD_LEAST) {
		ui->said = err;
		ui->said_until = ui->clock() + wait;
	}
}

void
ui_recount(struct ui *ui)
{
	int64_t left = ui->said_until - ui->clock();

	if (ui->said == ERR_OK)
		return;
	/* A clock that was set back does not lengthen the wait. */
	err_fill(_(err_sentence(ui->said)), left > 0 ? left : 0, ui->message, sizeof ui->message);
	if (left <= 0)
		ui->said = ERR_OK;
}

/* Whether the screen on top has a row for a letter now. */
static bool
offers_letter(const struct ui *ui, char letter)
{
	struct key_row rows[UI_ROWS_MAX];
	size_t count = ui_rows(ui, rows);

	for (size_t i = 0; i < count; i++)
		if (rows[i].letter == letter)
			return true;
	return false;
}

/* Whether it was sent; else the line says why not. */
static bool
sent(struct ui *ui, const char *text)
{
	char bytes[CLIPBOARD_MAX];
	size_t length = 0;
	enum err err;

	err = clipboard_bytes(text, getenv("TMUX"), getenv("STY"), getenv("TERM"), bytes,
	    sizeof bytes, &length);
	if (err == ERR_OK)
		err = terminal_send(ui->terminal, bytes, length);
	secret_wipe(bytes, sizeof bytes);
	if (err != ERR_OK)
		ui_say_err(ui, err, 0);
	return err == ERR_OK;
}

void
ui_copy_or(struct ui *ui, const char *text, const char *else_)
{
	if (!sent(ui, text))
		return;
	if (terminal_osc52(ui->terminal))
		ui_say(ui, STYLE_GOOD, N_("Copied."));
	else
		ui_say(ui, STYLE_PLAIN, else_);
}

void
ui_copy(struct ui *ui, const char *text)
{
	ui_copy_or(ui, text,
	    offers_letter(ui, 'k')
		? N_("Sent to your terminal. If nothing pastes, press k and select the key.")
		: N_("Sent to your terminal. If nothing pastes, select the text and copy it "
		     "yourself."));
}

void
ui_copy_blank(struct ui *ui)
{
	if (!sent(ui, " "))
		return;
	/* Each copy is a buffer of tmux's own, which no program in it can remove. */
	if (terminal_tmux(ui->terminal))
		ui_say(ui, STYLE_PLAIN,
		    N_("A blank was sent. If tmux list-buffers shows what you copied: tmux "
		       "delete-buffer -b NAME."));
	else if (terminal_osc52(ui->terminal))
		ui_say(ui, STYLE_GOOD, N_("The clipboard was overwritten with one blank."));
	else
		ui_say(ui, STYLE_PLAIN,
		    N_("A blank was sent. If what you copied still pastes, copy something else."));
}

void
ui_say_type(struct ui *ui)
{
	enum { NAME_COLUMNS = 40, NAME_SIZE = 256 };
	const char *term = getenv("TERM"), *type = terminal_treated_as(ui->terminal);
	char shown[NAME_SIZE], name[NAME_SIZE], text[UI_MESSAGE_SIZE];

	if (type == NULL)
		return;
	if (term == NULL || *term == '\0') {
		snprintf(text, sizeof text, _("TERM is empty, so your terminal is treated as %s."),
		    type);
	} else {
		text_show(term, strlen(term), shown, sizeof shown);
		draw_cut(shown, NAME_COLUMNS, false, name, sizeof name);
		snprintf(text, sizeof text,
		    _("This host does not know the terminal type %s; it is treated as %s."), name,
		    type);
	}
	ui_say_text(ui, STYLE_PLAIN, text);
}
