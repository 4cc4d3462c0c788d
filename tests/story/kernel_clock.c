/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded: what the kernel says of the host's clock is what $KERNEL_CLOCK says, "loose" or
 * "kept". */
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

int
adjtimex(struct timex *clock)
{
	const char *says = getenv("KERNEL_CLOCK");

	clock->status = says != NULL && strcmp(says, "loose") == 0 ? STA_UNSYNC : STA_PLL;
	return clock->status == STA_UNSYNC ? TIME_ERROR : TIME_OK;
}
