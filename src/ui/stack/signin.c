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
		if (signin->password_least > TEXT_PASSWORD_MIN)
			facts->password_least = signin->password_least;
	}
	if (signin->skew != 0)
		facts->skew = signin->skew;
	if (signin->used_recovery)
		facts->recovery_left = signin->recovery_left;
}

/* The next door is asked line by line, where its person wants it so; their name was told with the
 * password alone. */
static bool
goes_on_plain(const struct wire_reply *reply)
{
	return reply->err == ERR_OK && reply->u.signin.name[0] != '\0' && reply->u.signin.plain;
}

bool
ui_signin_reply(struct ui *ui, const struct wire_reply *reply)
{
	bool failed = reply->err != ERR_OK;

	if (!failed)
		remember(ui, &reply->u.signin);
	if (goes_on_plain(reply)) {
		ui->facts.door = (enum signin_door)reply->door;
		ui->facts.inside = ui->facts.inside || reply->door == DOOR_HOME;
		ui_hand_over(ui);
	} else if (reply->door != (uint32_t)ui->facts.door)
		ui_enter_door(ui, (enum signin_door)reply->door);
	/* After the door, whose screen begins with an empty line. */
	if (failed)
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	return failed;
}
