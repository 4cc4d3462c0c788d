/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether one is asked line by line wherever one signs in. Turned off, this session stays as it is.
 */
#include <stdio.h>

#include "plain/inside.h"
#include "plain/menu.h"
#include "core/words.h"

enum { ON, OFF, ROWS };

static const struct {
	const char *label, *text;
} words[ROWS] = {
	[ON] = { N_("On"), N_("one question a line") },
	[OFF] = { N_("Off"), N_("screens, from your next sign-in on") },
};

static enum err
save(struct plain *plain, bool on)
{
	struct wire_request request;
	struct wire_reply reply;
	enum err err;

	wire_request_init(&request, WIRE_PREFERENCES);
	request.u.preferences.which = WIRE_PREFERS_PLAIN;
	request.u.preferences.plain = on;
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err != ERR_OK)
		return err;
	if (reply.err != ERR_OK)
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
	else if (on)
		conv_tell(&plain->conv, CONV_GOOD, _("Saved. It is used wherever you sign in."));
	else
		conv_tell(&plain->conv, CONV_GOOD,
		    _("Saved. From your next sign-in on the console draws screens, where the "
		      "terminal can show them."));
	return ERR_OK;
}

enum err
choice_ask(struct plain *plain, bool now)
{
	struct menu_row rows[ROWS];
	int choice = MENU_BACK;
	enum err err;

	conv_tell(&plain->conv, CONV_TITLE, _("My account > Plain text"));
	conv_tell(&plain->conv, CONV_TEXT,
	    _("The console can ask you line by line instead of drawing screens: one question a "
	      "line, nothing painted twice, no colour. That suits a screen reader or a braille "
	      "display. Your choice holds wherever you sign in, once your password is accepted."));
	for (int i = 0; i < ROWS; i++) {
		rows[i].label = _(words[i].label);
		(void)snprintf(rows[i].text, MENU_TEXT, "%s",
		    i == (now ? ON : OFF) ? _("chosen now") : _(words[i].text));
	}
	err = menu_ask(plain, rows, ROWS, N_("Goes back and changes nothing."), &choice);
	return err == ERR_OK && choice != MENU_BACK ? save(plain, choice == ON) : err;
}
