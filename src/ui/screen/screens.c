/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/screens.h"

#define DOORS \
	[DOOR_NAME] = &screen_signin, [DOOR_CODE] = &screen_code, \
	[DOOR_PASSWORD] = &screen_new_password, [DOOR_CONFIGURE] = &screen_configure, \
	[DOOR_RECOVERY] = &screen_codes, [DOOR_DOUBT] = &screen_doubt

const struct ui_screens screens = {
	.first_run = &screen_first_run,
	.lock = &screen_lock,
	.help = &screen_help,
	.door = { DOORS, [DOOR_HOME] = &screen_home },
};

const struct ui_screens screens_remote = {
	.first_run = &screen_first_run,
	.lock = &screen_lock,
	.help = &screen_help,
	.door = { DOORS, [DOOR_HOME] = &screen_remote },
};
