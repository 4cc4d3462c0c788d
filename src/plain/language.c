/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own language: each in its own words. */
#include <stdio.h>
#include <string.h>

#include "plain/inside.h"
#include "plain/menu.h"
#include "core/words.h"

enum { TERMINAL, ROWS_MAX = LANGUAGE_MOST + 1 }; /* the first row is the terminal's */

static const char *
tag_of(const struct language_name *names, int row)
{
	return row == TERMINAL ? "" : names[row - 1].tag;
}

/* Saves it for the person, and goes on in it. */
static enum err
save(struct plain *plain, const char *tag)
{
	struct wire_request request;
	struct wire_reply reply;
	enum err err;

	wire_request_init(&request, WIRE_PREFERENCES);
	request.u.preferences.which = WIRE_PREFERS_LANGUAGE;
	wire_put(request.u.preferences.language, sizeof request.u.preferences.language, tag);
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err != ERR_OK)
		return err;
	if (reply.err != ERR_OK) {
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
		return ERR_OK;
	}
	language_speak(&plain->conv.language, tag);
	conv_tell(&plain->conv, CONV_GOOD, _("Saved. It is used wherever you sign in."));
	return ERR_OK;
}

enum err
language_ask(struct plain *plain, const char *now)
{
	struct language_name names[LANGUAGE_MOST];
	struct menu_row rows[ROWS_MAX];
	int count = 1 + (int)language_list(&plain->conv.language, names), choice = MENU_BACK;
	enum err err;

	conv_tell(&plain->conv, CONV_TITLE, _("My account > Language"));
	conv_tell(&plain->conv, CONV_TEXT,
	    _("The language this console uses for you, once your password is accepted."));
	for (int i = 0; i < count; i++) {
		rows[i].label = i == TERMINAL ? _("As the terminal says") : names[i - 1].name;
		(void)snprintf(rows[i].text, MENU_TEXT, "%s",
		    strcmp(tag_of(names, i), now) == 0 ? _("chosen now") : "");
	}
	err = menu_ask(plain, rows, count, N_("Goes back and changes nothing."), &choice);
	return err == ERR_OK && choice != MENU_BACK ? save(plain, tag_of(names, choice)) : err;
}
