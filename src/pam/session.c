/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ticket for the console (DESIGN 9): what root knows of who comes in, source and SSH key, stays
 * with the keeper, and the console gets a number for it, in its environment. sshd opens and closes
 * a session in one process, as root.
 */
#include <security/pam_ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "core/secret.h"
#include "pam/keeper.h"
#include "pam/module.h"

static const char session_data[] = "provconsole_ticket", session_name[] = "PROVCONSOLE_TICKET";

/* pam_set_data(3) */
static void
session_forget(pam_handle_t *pamh, void *ticket, int status)
{
	(void)pamh;
	(void)status;
	secret_wipe(ticket, WIRE_TICKET_SIZE);
	free(ticket);
}

/* Hands the ticket on, and remembers it until the session closes. */
static int
session_keep(pam_handle_t *pamh, const char *ticket)
{
	char entry[sizeof session_name + WIRE_TICKET_SIZE];
	char *copy = calloc(1, WIRE_TICKET_SIZE);
	int result;

	if (copy == NULL)
		return PAM_BUF_ERR;
	wire_put(copy, WIRE_TICKET_SIZE, ticket);
	(void)snprintf(entry, sizeof entry, "%s=%s", session_name, copy);
	result = pam_set_data(pamh, session_data, copy, session_forget);
	if (result != PAM_SUCCESS)
		session_forget(pamh, copy, result);
	else
		result = pam_putenv(pamh, entry);
	secret_wipe(entry, sizeof entry);
	return result;
}

int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct module module;
	enum err err;
	int result = module_begin(pamh, flags, argc, argv, &module);

	if (result != PAM_SUCCESS)
		return result;
	err = module_ask(&module, WIRE_TICKET_OPEN, "");
	result = PAM_SESSION_ERR;
	if (err == ERR_OK)
		result = session_keep(pamh, module.reply.u.ticket.ticket);
	else if (err == ERR_TICKET_ACCOUNT)
		result = PAM_SUCCESS; /* it is not the console's, and needs none */
	else
		pam_syslog(pamh, LOG_ERR, "no ticket: %s", err_sentence(err));
	secret_wipe(&module.reply, sizeof module.reply);
	return result;
}

/* The ticket ends with its session; one that cannot be ended does so by itself (DESIGN 9). */
int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct module module;
	const void *ticket = NULL;
	enum err err;
	int result = module_begin(pamh, flags, argc, argv, &module);

	if (result != PAM_SUCCESS)
		return result;
	if (pam_get_data(pamh, session_data, &ticket) != PAM_SUCCESS || ticket == NULL)
		return PAM_SUCCESS;
	wire_request_init(&module.request, WIRE_TICKET_CLOSE);
	wire_put(module.request.u.ticket.ticket, WIRE_TICKET_SIZE, ticket);
	err = keeper_ask(&module.option, &module.facts, &module.request, &module.reply);
	if (err != ERR_OK)
		pam_syslog(pamh, LOG_WARNING, "the ticket was not ended: %s", err_sentence(err));
	(void)pam_set_data(pamh, session_data, NULL, NULL);
	return PAM_SUCCESS;
}
