/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/talk.h"

#include <libintl.h>
#include <security/pam_ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "core/secret.h"

/* One message, and its answer, where it is a question; PAM_CONV_ERR. */
static int
talk_once(pam_handle_t *pamh, int style, const char *text, struct pam_response **ret_response)
{
	const struct pam_message message = { .msg_style = style, .msg = text };
	const struct pam_message *messages[] = { &message };
	const void *item = NULL;
	const struct pam_conv *conversation;

	if (pam_get_item(pamh, PAM_CONV, &item) != PAM_SUCCESS || item == NULL)
		return PAM_CONV_ERR;
	conversation = item;
	if (conversation->conv == NULL)
		return PAM_CONV_ERR;
	return conversation->conv(1, messages, ret_response, conversation->appdata_ptr) ==
		PAM_SUCCESS
	    ? PAM_SUCCESS
	    : PAM_CONV_ERR;
}

void
talk_forget(char *answer)
{
	if (answer == NULL)
		return;
	secret_wipe(answer, strlen(answer));
	free(answer);
}

/* What was typed, taken out of the response, which is freed. */
static char *
talk_take(struct pam_response *response)
{
	char *answer = response != NULL ? response->resp : NULL;

	free(response);
	if (answer == NULL || strnlen(answer, PAM_MAX_RESP_SIZE) < PAM_MAX_RESP_SIZE)
		return answer;
	talk_forget(answer);
	return NULL;
}

static bool
talk_is_password(pam_handle_t *pamh, const char *answer)
{
	const void *item = NULL;

	return pam_get_item(pamh, PAM_AUTHTOK, &item) == PAM_SUCCESS && item != NULL &&
	    strcmp(item, answer) == 0;
}

int
talk_ask(pam_handle_t *pamh, const char *note, char **ret_answer)
{
	struct pam_response *response = NULL;
	char question[2 * TALK_SIZE], *answer;
	int result;

	(void)snprintf(question, sizeof question, "%s%s%s", note, *note != '\0' ? "\n" : "",
	    dgettext(PACKAGE_TARNAME, N_("6-digit code (or a recovery code): ")));
	result = talk_once(pamh, PAM_PROMPT_ECHO_OFF, question, &response);
	answer = talk_take(response);
	if (result == PAM_SUCCESS && answer == NULL)
		result = PAM_CONV_ERR;
	if (result == PAM_SUCCESS && talk_is_password(pamh, answer)) {
		pam_syslog(pamh, LOG_ERR,
		    "the question for a code was answered with the password itself; for sshd: "
		    "PasswordAuthentication no, KbdInteractiveAuthentication yes");
		result = PAM_CONV_ERR;
	}
	if (result != PAM_SUCCESS) {
		talk_forget(answer);
		return result;
	}
	*ret_answer = answer;
	return PAM_SUCCESS;
}

static void
talk_say(pam_handle_t *pamh, int flags, int style, const char *sentence)
{
	struct pam_response *response = NULL;

	if (((unsigned)flags & PAM_SILENT) != 0)
		return;
	(void)talk_once(pamh, style, sentence, &response);
	talk_forget(talk_take(response));
}

void
talk_refuse(pam_handle_t *pamh, int flags, const char *sentence)
{
	talk_say(pamh, flags, PAM_ERROR_MSG, sentence);
}

void
talk_tell(pam_handle_t *pamh, int flags, const char *sentence)
{
	talk_say(pamh, flags, PAM_TEXT_INFO, sentence);
}

void
talk_sentence(enum err err, int64_t wait, char ret_sentence[TALK_SIZE])
{
	err_fill(dgettext(PACKAGE_TARNAME, err_sentence(err)), wait, ret_sentence, TALK_SIZE);
}
