/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second factor of whoever the UNIX account is linked to (DESIGN 9). Nothing is configured
 * here: the console does that. */
#include <libintl.h>
#include <limits.h>
#include <security/pam_ext.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/secret.h"
#include "pam/answer.h"
#include "pam/keeper.h"
#include "pam/module.h"
#include "pam/talk.h"
#include "pam/verdict.h"

/* In one conversation, so that a slip does not cost the password typed before, too. */
enum { AUTH_TRIES = 3 };

/* What the person should know of this sign-in, and would read at home in the console. */
static void
auth_welcome(const struct module *module)
{
	const struct wire_pam_reply *pam = &module->reply.u.pam;
	char text[TALK_SIZE];

	if (pam->used_recovery) {
		(void)snprintf(text, sizeof text,
		    dngettext(PACKAGE_TARNAME, "You signed in with a recovery code. %u is left.",
			"You signed in with a recovery code. %u are left.", pam->recovery_left),
		    pam->recovery_left);
		talk_tell(module->pamh, module->flags, text);
	}
	if (pam->failures_since > 0) {
		(void)snprintf(text, sizeof text,
		    dngettext(PACKAGE_TARNAME, "%u failed attempt since the last sign-in.",
			"%u failed attempts since the last sign-in.", pam->failures_since),
		    pam->failures_since);
		talk_tell(module->pamh, module->flags, text);
	}
}

/* One question and its verdict. PAM_SUCCESS, with what the keeper says of the answer in *ret_err;
 * else the conversation's own failure. */
static int
auth_try(struct module *module, const char *note, enum err *ret_err)
{
	char answer[WIRE_RECOVERY_SIZE] = "", *typed;
	int result = talk_ask(module->pamh, note, &typed);
	enum err err;

	if (result != PAM_SUCCESS)
		return result;
	err = answer_read(typed, answer);
	talk_forget(typed);
	if (err == ERR_OK)
		err = module_ask(module, WIRE_PAM_ANSWER, answer);
	secret_wipe(answer, sizeof answer);
	*ret_err = err;
	return PAM_SUCCESS;
}

/* A refusal is read with the next question; the last one by itself. */
static int
auth_code(struct module *module)
{
	char note[TALK_SIZE] = "";
	enum err err;
	int result;

	for (int try = 1;; try++) {
		result = auth_try(module, note, &err);
		if (result != PAM_SUCCESS)
			return result;
		if (err == ERR_OK) {
			auth_welcome(module);
			return PAM_SUCCESS;
		}
		if (!verdict_again(err))
			return module_refuse(module, err);
		if (try == AUTH_TRIES) {
			(void)module_refuse(module, err);
			return PAM_MAXTRIES;
		}
		talk_sentence(err, module->reply.wait, note);
	}
}

/* Who has no second factor yet gets it in the console, and learns where that is. */
static void
auth_point(const struct module *module)
{
	char text[TALK_SIZE], host[HOST_NAME_MAX + 1] = "";

	if (gethostname(host, sizeof host - 1) != 0)
		wire_put(host, sizeof host, "HOST");
	err_fill_text(dgettext(PACKAGE_TARNAME,
			  N_("This account has no second factor yet. Configure it first: ssh "
			     "console@%s")),
	    host, text, sizeof text);
	talk_refuse(module->pamh, module->flags, text);
}

/* Whoever signs in chose that name. (Not isprint(): the host program's locale is not ours.) */
static void
auth_printable(const char *name, char ret_shown[TEXT_NAME_SIZE])
{
	wire_put(ret_shown, TEXT_NAME_SIZE, name);
	for (char *at = ret_shown; *at != '\0'; at++)
		if (*at < ' ' || *at > '~')
			*at = '?';
}

static void
auth_unlinked(const struct module *module)
{
	char text[TALK_SIZE], account[TEXT_NAME_SIZE];

	auth_printable(module->facts.account, account);
	err_fill_text(dgettext(PACKAGE_TARNAME,
			  N_("This account belongs to nobody who has a second factor. On the host "
			     "run: provconsole user link NAME %s")),
	    account, text, sizeof text);
	talk_refuse(module->pamh, module->flags, text);
}

static int
auth_judge(struct module *module)
{
	switch (verdict_of(&module->reply.u.pam, module->option.nullok)) {
	case VERDICT_ASK:
		return auth_code(module);
	case VERDICT_GRACE:
		return PAM_SUCCESS;
	case VERDICT_STRANGER:
		auth_unlinked(module);
		return PAM_AUTH_ERR;
	case VERDICT_UNPROVIDED:
		auth_point(module);
		return PAM_AUTH_ERR;
	case VERDICT_LEAVE:
		return PAM_IGNORE;
	}
	return PAM_SYSTEM_ERR;
}

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct module module;
	enum err err;
	int result = module_begin(pamh, flags, argc, argv, &module);

	if (result != PAM_SUCCESS)
		return result;
	err = module_ask(&module, WIRE_PAM_ASK, "");
	return err == ERR_OK ? auth_judge(&module) : module_refuse(&module, err);
}

/* There is nothing to set. */
int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return PAM_SUCCESS;
}
