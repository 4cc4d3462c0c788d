/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/verdict.h"

#include <security/pam_modules.h>

/* What is not here is PAM_AUTHINFO_UNAVAIL. (PAM_SUCCESS is 0, so 0 means that it is not here.) */
static const struct {
	int pam;
	bool again;
} verdicts[ERR_COUNT] = {
	[ERR_CODE_WRONG] = { PAM_AUTH_ERR, true },
	[ERR_CODE_USED] = { PAM_AUTH_ERR, true },
	[ERR_CODE_FORMAT] = { PAM_AUTH_ERR, true },
	[ERR_RECOVERY_WRONG] = { PAM_AUTH_ERR, true },
	[ERR_RECOVERY_FORMAT] = { PAM_AUTH_ERR, true },
	[ERR_PAUSED] = { PAM_MAXTRIES, false },
	[ERR_CODE_LOCKED] = { PAM_MAXTRIES, false },
	[ERR_CLOCK_BACK] = { PAM_AUTH_ERR, true }, /* a recovery code works */
	[ERR_RESTORED] = { PAM_AUTH_ERR, true },
	[ERR_LINK_NONE] = { PAM_AUTH_ERR, false }, /* these two since it was asked about */
	[ERR_PAM_NO_2FA] = { PAM_AUTH_ERR, false },
	[ERR_PAM_DISABLED] = { PAM_PERM_DENIED, false },
	[ERR_PAM_EXPIRED] = { PAM_ACCT_EXPIRED, false },
};

enum verdict
verdict_of(const struct wire_pam_reply *pam, bool nullok)
{
	if (!pam->linked)
		return nullok ? VERDICT_LEAVE : VERDICT_STRANGER;
	if (!pam->has_2fa)
		return nullok ? VERDICT_LEAVE : VERDICT_UNPROVIDED;
	return pam->grace ? VERDICT_GRACE : VERDICT_ASK;
}

bool
verdict_again(enum err err)
{
	return (unsigned)err < ERR_COUNT && verdicts[err].again;
}

int
verdict_pam(enum err err)
{
	if (err == ERR_OK)
		return PAM_SUCCESS;
	if ((unsigned)err >= ERR_COUNT || verdicts[err].pam == 0)
		return PAM_AUTHINFO_UNAVAIL;
	return verdicts[err].pam;
}
