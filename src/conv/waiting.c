/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/waiting.h"

#include <stdio.h>
#include <string.h>

#include "conv/when.h"
#include "core/text.h"
#include "core/words.h"

/* One %s: the name. The rest of what was asked for follows it. */
static const char *
sentence_of(const struct wire_waiting *waiting)
{
	switch (waiting->what) {
	case WIRE_USER_ADD:
		return N_("Add the Super Administrator %s");
	case WIRE_USER_ROLE:
		return N_("Make %s a Super Administrator");
	case WIRE_USER_PASSWORD:
		return waiting->invite ? N_("Invite %s anew") : N_("Give %s a new password");
	case WIRE_USER_RESET:
		return N_("Reset the two-factor authentication of %s");
	case WIRE_SETTING_CHANGE:
		if (strcmp(waiting->name, policy_setting(SETTING_FOUR_EYES)->key) == 0)
			return N_("Switch four eyes off");
		return N_("Make two-factor authentication optional");
	}
	return N_("Something about %s");
}

void
waiting_words(const struct wire_waiting *waiting, char *buf, size_t size)
{
	char name[TEXT_NAME_SIZE], reason[TEXT_REASON_SIZE];
	size_t used;

	(void)text_show(waiting->name, strlen(waiting->name), name, sizeof name);
	(void)text_show(waiting->detail, strlen(waiting->detail), reason, sizeof reason);
	err_fill_text(_(sentence_of(waiting)), name, buf, size);
	used = strlen(buf);
	if (reason[0] != '\0' && used < size)
		(void)snprintf(buf + used, size - used, _(": %s"), reason);
}

void
waiting_asked(const struct wire_waiting *waiting, int64_t now, char *buf, size_t size)
{
	char when[64], asker[TEXT_NAME_SIZE];

	when_put(waiting->asked, now, when, sizeof when);
	(void)text_show(waiting->asker, strlen(waiting->asker), asker, sizeof asker);
	if (waiting->mine)
		(void)snprintf(buf, size, _("asked by you %s"), when);
	else
		(void)snprintf(buf, size, _("asked by %s %s"), asker, when);
}

const char *
waiting_verb(const struct wire_waiting *waiting, bool confirm)
{
	if (confirm)
		return N_("Confirm");
	return waiting->mine ? N_("Withdraw") : N_("Refuse");
}

void
waiting_question(const struct wire_waiting *waiting, bool confirm, int64_t now, char *buf,
    size_t size)
{
	char words[TEXT_NAME_SIZE + TEXT_REASON_SIZE + 128], asked[TEXT_NAME_SIZE + 128];

	waiting_words(waiting, words, sizeof words);
	waiting_asked(waiting, now, asked, sizeof asked);
	if (confirm)
		(void)snprintf(buf, size, _("Confirm this? %s; %s. It is done at once."), words,
		    asked);
	else if (waiting->mine)
		(void)snprintf(buf, size, _("Withdraw this? %s; %s."), words, asked);
	else
		(void)snprintf(buf, size, _("Refuse this? %s; %s. It is not done."), words, asked);
}

void
waiting_request(const struct wire_waiting *waiting, bool confirm, struct wire_request *ret_request)
{
	wire_request_init(ret_request, confirm ? WIRE_WAITING_CONFIRM : WIRE_WAITING_END);
	ret_request->u.waiting.id = waiting->id;
}

void
waiting_done(const struct wire_waiting *waiting, const struct wire_reply *reply, char *buf,
    size_t size)
{
	const struct wire_user_add_reply *made = &reply->u.user_add;
	char name[TEXT_NAME_SIZE], until[64];

	if (reply->op != WIRE_WAITING_CONFIRM) {
		(void)snprintf(buf, size, "%s", _("It no longer waits."));
		return;
	}
	if (made->invitation[0] == '\0') {
		(void)snprintf(buf, size, "%s", _("Confirmed and done."));
		return;
	}
	(void)text_show(waiting->name, strlen(waiting->name), name, sizeof name);
	when_put(made->expires, reply->now, until, sizeof until);
	(void)snprintf(buf, size,
	    _("Confirmed. Hand %s this invitation, shown only once and good until %s: %s"), name,
	    until, made->invitation);
}
