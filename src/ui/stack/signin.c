/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/signin.h"

#include <string.h>

#include "ui/stack/say.h"
#include "ui/stack/stack.h"

static void
remember(struct ui *ui, const struct wire_signin_reply *signin)
{
	struct ui_facts *facts = &ui->facts;

	if (signin->name[0] != '\0') {
		memcpy(facts->user, signin->name, sizeof facts->user);
		language_speak(&ui->language, signin->language);
	}
	if (signin->skew != 0)
		facts->skew = signin->skew;
	if (signin->used_recovery)
		facts->recovery_left = signin->recovery_left;
}

bool
ui_signin_reply(struct ui *ui, const struct wire_reply *reply)
{
	bool failed = reply->err != ERR_OK;

	if (!failed)
		remember(ui, &reply->u.signin);
	if (reply->door != (uint32_t)ui->facts.door)
		ui_enter_door(ui, (enum signin_door)reply->door);
	/* After the door, whose screen begins with an empty line. */
	if (failed)
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	return failed;
}
