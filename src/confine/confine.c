/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confine/confine.h"

#include <sys/prctl.h>

#include "confine/filter.h"
#include "confine/landlock.h"
#include "confine/late.h"
#include "confine/places.h"

void
confine_probe(struct confine_report *ret_report)
{
	*ret_report = (struct confine_report){ .missing = CONFINE_PARTS };
#ifdef CONFINEMENT
	ret_report->built = true;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L) >= 0)
		ret_report->missing &= ~(unsigned)CONFINE_NO_NEW_PRIVS;
	ret_report->landlock = landlock_version();
	if (ret_report->landlock > 0)
		ret_report->missing &= ~(unsigned)CONFINE_LANDLOCK;
	if (filter_possible())
		ret_report->missing &= ~(unsigned)CONFINE_FILTER;
#endif
}

static bool
has(const struct confine_report *report, enum confine_part part)
{
	return (report->missing & part) == 0;
}

/* Without it the kernel takes the other two from root alone. */
static enum err
drop_privileges(struct confine_report *report)
{
	if (has(report, CONFINE_NO_NEW_PRIVS))
		return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 ? ERR_OK : ERR_SYSTEM;
	report->missing = CONFINE_PARTS;
	return ERR_OK;
}

/* Where paths are not confined, a program that has loaded everything opens nothing more at all,
 * unless a library was put before its own, whose files nobody knows. */
enum err
confine_console(void)
{
	struct filter_way way = { .program = FILTER_CONSOLE, .preloaded = places_preloaded() };
	struct confine_report report;
	enum err err;

	confine_probe(&report);
	if (report.built)
		late_load_console();
	err = drop_privileges(&report);
	if (err == ERR_OK && has(&report, CONFINE_LANDLOCK))
		err = places_confine_console(report.landlock);
	way.opens = has(&report, CONFINE_LANDLOCK) || way.preloaded;
	if (err == ERR_OK && has(&report, CONFINE_FILTER))
		err = filter_install(&way);
	return err;
}

enum err
confine_keeper(int directory, bool network)
{
	const struct filter_way way = { .program = FILTER_KEEPER, .network = network };
	struct confine_report report;
	enum err err;

	confine_probe(&report);
	if (report.built)
		late_load_keeper();
	err = drop_privileges(&report);
	if (err == ERR_OK && has(&report, CONFINE_LANDLOCK))
		err = places_confine_keeper(report.landlock, directory, network);
	if (err == ERR_OK && has(&report, CONFINE_FILTER))
		err = filter_install(&way);
	return err;
}
