/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/sentence.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "core/words.h"

enum { DATE_SIZE = 128 };

/* Not strftime()'s: the locale's language need not be that of the sentences (LANGUAGE). */
static const char *const months[] = { N_("January"), N_("February"), N_("March"), N_("April"),
	N_("May"), N_("June"), N_("July"), N_("August"), N_("September"), N_("October"),
	N_("November"), N_("December") };

/* Whether there is such a date. */
static bool
fill_date(int64_t when, int64_t now, char *buf, size_t size)
{
	time_t then_time = (time_t)when, now_time = (time_t)now;
	struct tm then, today;

	if (localtime_r(&then_time, &then) == NULL || localtime_r(&now_time, &today) == NULL)
		return false;
	if (then.tm_year == today.tm_year)
		(void)snprintf(buf, size, _("%d %s %02d:%02d"), then.tm_mday,
		    _(months[then.tm_mon]), then.tm_hour, then.tm_min);
	else
		(void)snprintf(buf, size, _("%d %s %d %02d:%02d"), then.tm_mday,
		    _(months[then.tm_mon]), then.tm_year + 1900, then.tm_hour, then.tm_min);
	return true;
}

void
sentence_fill(enum err err, int64_t wait, int64_t now, char *buf, size_t size)
{
	char date[DATE_SIZE];

	if (err == ERR_CLOCK_BACK && wait > 0 && wait <= INT64_MAX - now &&
	    fill_date(now + wait, now, date, sizeof date))
		err_fill_text(_("This console's clock was set back. Codes work again from %s. "
				"Use a recovery code, or ask an administrator."),
		    date, buf, size);
	else
		err_fill(_(err_sentence(err)), wait, buf, size);
}
