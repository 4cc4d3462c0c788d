/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keeper's answers are in PAM's terms. Pure. */
#ifndef PAM_VERDICT_H
#define PAM_VERDICT_H

#include <stdbool.h>

#include "core/err.h"
#include "wire/wire.h"

/* What follows from what is so of an account. */
enum verdict {
	VERDICT_ASK,	    /* for a code */
	VERDICT_GRACE,	    /* a code was given a while ago: come in */
	VERDICT_STRANGER,   /* it is linked to nobody: stay out */
	VERDICT_UNPROVIDED, /* its person has no second factor: stay out */
	VERDICT_LEAVE,	    /* one of these two, and root said nullok: this module has no say */
};

enum verdict
verdict_of(const struct wire_pam_reply *pam, bool nullok);

/* Of a code: whether another one may be asked for in the same conversation. */
bool
verdict_again(enum err err);

/*
 * What PAM is told of an error. PAM_AUTH_ERR: the person is refused; PAM_MAXTRIES: and another try
 * is in vain for now; PAM_PERM_DENIED, PAM_ACCT_EXPIRED: the account; PAM_AUTHINFO_UNAVAIL for
 * everything else: nobody knows. ERR_OK: PAM_SUCCESS.
 */
int
verdict_pam(enum err err);

#endif
