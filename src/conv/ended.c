/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/ended.h"

#include <stdio.h>

#include "core/words.h"

static void
put_status(const char *name, const struct run_over *over, char *buf, size_t size)
{
	long long seconds = over->milliseconds / 1000;

	if (over->how == RUN_SIGNALLED)
		(void)snprintf(buf, size, _("%s was ended by signal %u after %lld s."), name,
		    over->value, seconds);
	else if (over->value == 0)
		(void)snprintf(buf, size, _("%s has ended."), name);
	else
		(void)snprintf(buf, size, _("%s ended with status %u after %lld s."), name,
		    over->value, seconds);
}

/* What says it without a number: a message id. */
static const char *
sentence(const struct run_over *over)
{
	switch (over->how) {
	case RUN_STOPPED:
		return N_("%s stopped itself, which nobody here can undo, and was ended.");
	case RUN_FULL:
		return N_("%s was ended: its recording could not go on. Tell root.");
	case RUN_ENDED:
		if (over->value == ERR_IDLE)
			return N_("%s was ended: no key was pressed for too long.");
		break;
	}
	return N_("%s was ended.");
}

bool
ended_put(const char *name, const struct run_over *over, char *buf, size_t size)
{
	if (over->how == RUN_REFUSED)
		err_fill(_(err_sentence((enum err)over->value)), 0, buf, size);
	else if (over->how == RUN_EXITED || over->how == RUN_SIGNALLED)
		put_status(name, over, buf, size);
	else
		err_fill_text(_(sentence(over)), name, buf, size);
	return over->how == RUN_EXITED && over->value == 0;
}
