/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the module's name in a PAM line. */
#ifndef PAM_OPTION_H
#define PAM_OPTION_H

#include <stdbool.h>

/* The system keeper's (DESIGN 1). */
#define OPTION_SOCKET "/run/provconsole/socket"

struct option {
	bool nullok;	     /* who has no second factor is let alone */
	const char *service; /* the name that the keeper is told; NULL: PAM's */
	const char *socket;  /* absolute */
};

/*
 * Reads the words of a PAM line; what ret_option holds points into them. Returns the first word
 * that is none of ours, or has a value that cannot be: the caller fails closed, since nobody knows
 * what root meant by it. NULL: all are good.
 */
const char *
option_read(int argc, const char *const *argv, struct option *ret_option);

#endif
