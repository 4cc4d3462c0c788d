/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the person that the UNIX account is linked to may come in at all: also by an SSH key
 * alone, when nobody asks for a code. */
#include <string.h>

#include "pam/module.h"
#include "pam/verdict.h"

int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct module module;
	enum err err;
	int result = module_begin(pamh, flags, argc, argv, &module);

	if (result != PAM_SUCCESS)
		return result;
	/* It is linked to nobody (ERR_LINK_ROOT), and is the way in when the keeper is away. */
	if (strcmp(module.facts.account, "root") == 0)
		return PAM_SUCCESS;
	err = module_ask(&module, WIRE_PAM_ACCOUNT, "");
	return err == ERR_OK ? PAM_SUCCESS : module_refuse(&module, err);
}
