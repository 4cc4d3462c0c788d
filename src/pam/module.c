/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/module.h"

#include <libintl.h>
#include <security/pam_ext.h>
#include <syslog.h>

#include "pam/keeper.h"
#include "pam/talk.h"
#include "pam/verdict.h"

int
module_begin(pam_handle_t *pamh, int flags, int argc, const char *const *argv,
    struct module *ret_module)
{
	const char *wrong = option_read(argc, argv, &ret_module->option);

	ret_module->pamh = pamh;
	ret_module->flags = flags;
	ret_module->reply.wait = 0;
	if (wrong != NULL) {
		pam_syslog(pamh, LOG_ERR, "unknown option, or one without its value: %s", wrong);
		return PAM_SERVICE_ERR;
	}
	return facts_gather(pamh, &ret_module->option, &ret_module->facts);
}

enum err
module_ask(struct module *module, enum wire_op op, const char *answer)
{
	struct wire_pam_request *pam = &module->request.u.pam;

	wire_request_init(&module->request, op);
	wire_put(pam->account, sizeof pam->account, module->facts.account);
	wire_put(pam->service, sizeof pam->service, module->facts.service);
	wire_put(pam->key, sizeof pam->key, module->facts.key);
	wire_put(pam->answer, sizeof pam->answer, answer);
	return keeper_ask(&module->option, &module->facts, &module->request, &module->reply);
}

int
module_refuse(const struct module *module, enum err err)
{
	int result = verdict_pam(err);
	char sentence[TALK_SIZE];

	if (result != PAM_AUTHINFO_UNAVAIL) {
		talk_sentence(err, module->reply.wait, sentence);
		talk_refuse(module->pamh, module->flags, sentence);
		return result;
	}
	pam_syslog(module->pamh, LOG_ERR, "%s: %s", module->option.socket, err_sentence(err));
	talk_refuse(module->pamh, module->flags,
	    dgettext(PACKAGE_TARNAME,
		N_("The second factor cannot be checked now. Try again later, or ask the host's "
		   "administrator.")));
	return result;
}
