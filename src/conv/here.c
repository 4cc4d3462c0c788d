/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/here.h"

#include <stdio.h>
#include <string.h>

#include "conv/deed.h"
#include "conv/when.h"
#include "core/account.h"
#include "core/text.h"
#include "core/words.h"

enum { IDLE_FROM = 60, DOING_SIZE = 128, SINCE_SIZE = 64, SOURCE_SIZE = 4 * WIRE_SOURCE_SIZE };

/* --- how they are ------------------------------------------------------------------------- */

static void
put_idle(const struct wire_here *here, char *buf, size_t size)
{
	(void)snprintf(buf, size, _("idle for %lld min"), (long long)here->idle / IDLE_FROM);
}

void
here_doing(const struct wire_here *here, char *buf, size_t size)
{
	if (here->own)
		(void)snprintf(buf, size, "%s", _("this terminal"));
	else if (here->command[0] != '\0')
		(void)snprintf(buf, size, _("runs %s"), here->command);
	else if (here->locked)
		(void)snprintf(buf, size, "%s", _("locked"));
	else if (here->idle >= IDLE_FROM)
		put_idle(here, buf, size);
	else
		(void)snprintf(buf, size, "%s", _("at work"));
}

void
here_line(const struct wire_here *here, int64_t now, char *buf, size_t size)
{
	char doing[DOING_SIZE], since[SINCE_SIZE], source[SOURCE_SIZE];

	here_doing(here, doing, sizeof doing);
	when_put(here->since, now, since, sizeof since);
	deed_source(here->source, source, sizeof source);
	(void)snprintf(buf, size, "%s, %s, %s, %s", _(role_title((enum role)here->role)), source,
	    since, doing);
}

void
here_spoken(const struct wire_here *here, int64_t now, char *buf, size_t size)
{
	bool idles = here->idle >= IDLE_FROM && !here->own &&
	    (here->command[0] != '\0' || here->locked);
	char doing[DOING_SIZE], since[SINCE_SIZE], source[SOURCE_SIZE], idle[DOING_SIZE] = "";

	here_doing(here, doing, sizeof doing);
	when_put(here->since, now, since, sizeof since);
	deed_source(here->source, source, sizeof source);
	if (idles)
		put_idle(here, idle, sizeof idle);
	(void)snprintf(buf, size, _("%s, %s, since %s, %s%s%s"),
	    _(role_title((enum role)here->role)), source, since, doing, idles ? ", " : "", idle);
}

/* --- ending, saying ------------------------------------------------------------------------ */

void
here_question(const struct wire_here *here, bool message, char *buf, size_t size)
{
	const char *command = here->command;
	char name[TEXT_NAME_SIZE];

	(void)text_show(here->name, strlen(here->name), name, sizeof name);
	if (command[0] == '\0' && message)
		(void)snprintf(buf, size,
		    _("End %s's session? What you type here, if anything, they read then."), name);
	else if (command[0] == '\0')
		(void)snprintf(buf, size, _("End %s's session?"), name);
	else if (message)
		(void)snprintf(buf, size,
		    _("End %s's session, and %s, which runs in it? What you type here, if "
		      "anything, they read then."),
		    name, command);
	else
		(void)snprintf(buf, size, _("End %s's session, and %s, which runs in it?"), name,
		    command);
}

void
here_say_question(const struct wire_here *here, char *buf, size_t size)
{
	char name[TEXT_NAME_SIZE];

	if (here == NULL) {
		(void)snprintf(buf, size, "%s", _("Say something to all who are here."));
		return;
	}
	(void)text_show(here->name, strlen(here->name), name, sizeof name);
	(void)snprintf(buf, size, _("Say something to %s."), name);
}

void
here_end_request(const struct wire_here *here, struct wire_request *ret_request)
{
	wire_request_init(ret_request, WIRE_HERE_END);
	ret_request->u.here_end.number = here->number;
}

void
here_say_request(const struct wire_here *here, struct wire_request *ret_request)
{
	wire_request_init(ret_request, WIRE_HERE_SAY);
	ret_request->u.here_say.number = here != NULL ? here->number : 0;
}

enum err
here_take(struct wire_request *request, const char *typed)
{
	bool says = request->op == WIRE_HERE_SAY;

	if (strlen(typed) >= WIRE_SAY_SIZE)
		return ERR_SAY_LONG;
	if (says && *typed == '\0')
		return ERR_FIELD_EMPTY;
	wire_put(says ? request->u.here_say.text : request->u.here_end.text, WIRE_SAY_SIZE, typed);
	return ERR_OK;
}

void
here_done(const struct wire_reply *reply, char *buf, size_t size)
{
	uint32_t count = reply->u.here_say.count;

	if (reply->op == WIRE_HERE_SAY)
		(void)snprintf(buf, size,
		    ngettext("It stands on %u terminal.", "It stands on %u terminals.", count),
		    count);
	else
		(void)snprintf(buf, size, "%s", _("The session was ended."));
}
