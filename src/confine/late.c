/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confine/late.h"

#include <libintl.h>
#include <pwd.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "core/err.h"

/* /etc/localtime, or what TZ names: read by the first of these calls, then only looked at. */
static void
load_time_zone(void)
{
	struct tm parts;
	time_t now = time(NULL);
	char text[64];

	tzset();
	if (localtime_r(&now, &parts) != NULL)
		(void)strftime(text, sizeof text, "%H:%M %Z", &parts);
}

/* Of the multibyte characters of the locale; for a charset that is not built in, a gconv module. */
static void
load_conversions(void)
{
	wchar_t wide = 0;
	mbstate_t state;
	char bytes[64];

	memset(&state, 0, sizeof state);
	if (mbrtowc(&wide, "a", 1, &state) == 1)
		(void)!wcrtomb(bytes, wide, &state);
}

/* The catalogue is opened for the first message, and so is its conversion to UTF-8. */
void
late_load_console(void)
{
	(void)gettext(err_sentence(ERR_OK));
	load_time_zone();
	load_conversions();
}

/* To begin a walk over all users calls every module, and asks none of them about anybody: that
 * could take seconds where a directory server is away. */
void
late_load_keeper(void)
{
	load_time_zone();
	setpwent();
	endpwent();
}
