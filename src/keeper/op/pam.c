/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the PAM module asks (DESIGN 9): the second factor of the person whom root linked to a UNIX
 * account, with the same counts, pauses, replay and trail as at the second door; and tickets.
 */
#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "auth/fingerprint.h"
#include "auth/totp.h"
#include "keeper/code.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"
#include "keeper/ticket.h"
#include "store/store_link.h"
#include "store/store_user.h"

static const struct wire_pam_request *
asked_of(const struct request *request)
{
	return &request->message->u.pam;
}

/* The key that sshd let somebody in by, "TYPE BASE64", by its fingerprint; "" for none. */
static void
print_of(const char *text, char print[SSH_KEY_PRINT_SIZE])
{
	unsigned char hash[FINGERPRINT_SIZE];
	struct ssh_key key;

	print[0] = '\0';
	if (ssh_key_read(text, strlen(text), &key) != ERR_OK)
		return; /* none, or one of a kind that nobody here can have */
	fingerprint(key.blob, key.length, hash);
	ssh_print_show(hash, print);
}

/* --- whose account it is --------------------------------------------------------------- */

/* The request's account is that person; of an account that is not linked it stays nobody. */
static enum err
find_person(struct request *request)
{
	const struct wire_pam_request *asked = asked_of(request);
	int64_t user = 0;
	enum err err = store_link_user(request->keeper->store, asked->account, &user);

	if (err == ERR_STORE_NONE) {
		request->row.verb = AUDIT_NONE; /* it is nobody's of this console */
		return ERR_LINK_NONE;
	}
	if (err == ERR_OK)
		err = store_user_by_id(request->keeper->store, user, &request->account, NULL);
	op_row(request, asked->account, NULL);
	return err;
}

/* Who is shut out at the console is shut out here. */
static enum err
may_come(const struct request *request)
{
	if (!request->account.enabled)
		return ERR_PAM_DISABLED;
	return op_expired(request) ? ERR_PAM_EXPIRED : ERR_OK;
}

static enum err
grace_of(struct request *request, struct grace *ret_grace)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct grace grace = { .user = request->account.id,
		.generation = request->account.generation,
		.began = request->boot };
	size_t count = 0;
	enum err err = store_devices(request->keeper->store, grace.user, devices, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++)
		grace.device = devices[i].id > grace.device ? devices[i].id : grace.device;
	secret_wipe(devices, sizeof devices);
	wire_put(grace.source, sizeof grace.source, request->state->source_key);
	if (strcmp(asked_of(request)->service, "sshd") == 0)
		print_of(asked_of(request)->key, grace.key);
	*ret_grace = grace;
	return err;
}

/* A code that was accepted just now begins one, where there is grace now; a recovery code does not.
 */
static enum err
fill(struct request *request)
{
	struct wire_pam_reply *reply = &request->reply->u.pam;
	const struct account *person = &request->account;
	struct grace grace = { 0 };
	enum err err = grace_of(request, &grace);

	wire_put(reply->name, sizeof reply->name, person->name);
	wire_put(reply->console_name, sizeof reply->console_name, request->policy.console_name);
	reply->linked = 1;
	reply->has_2fa = person->devices > person->doubted;
	reply->recovery_left = person->recovery_left;
	reply->failures_since = person->failures_since;
	reply->grace = reply->has_2fa && may_come(request) == ERR_OK &&
	    grace_stands(&request->keeper->graces, &grace, request->policy.grace, request->boot);
	if (request->event == SIGNIN_CODE_GOOD && request->policy.grace > 0)
		request->outcome->grace = grace;
	return err;
}

enum err
op_pam_ask(struct request *request)
{
	struct wire_pam_reply *reply = &request->reply->u.pam;
	enum err err = find_person(request);

	if (err != ERR_LINK_NONE)
		return err == ERR_OK ? fill(request) : err;
	wire_put(reply->console_name, sizeof reply->console_name, request->policy.console_name);
	return ERR_OK;
}

enum err
op_pam_account(struct request *request)
{
	enum err err = find_person(request);

	if (err == ERR_OK)
		err = may_come(request);
	return err == ERR_LINK_NONE ? ERR_OK : err;
}

/* --- the verdict --------------------------------------------------------------------------- */

enum err
op_pam_answer_check(struct request *request)
{
	enum err err = find_person(request);

	if (err == ERR_OK)
		err = may_come(request);
	if (err == ERR_OK && request->account.devices <= request->account.doubted)
		err = ERR_PAM_NO_2FA;
	if (err == ERR_OK)
		err = guess_code_check(request);
	/* Root vouches for the key as by a ticket: who shares an address is not who shares a key.
	 */
	print_of(asked_of(request)->key, request->state->ssh_key);
	return err == ERR_OK ? guess_source_check(request, 0) : err;
}

static enum err
take_recovery(struct request *request)
{
	struct wire_pam_reply *reply = &request->reply->u.pam;
	enum err err = code_use_recovery(request, asked_of(request)->answer);

	if (code_is_verdict(err))
		request->event = SIGNIN_RECOVERY_BAD;
	if (err != ERR_OK)
		return err;
	request->event = SIGNIN_RECOVERY_GOOD;
	request->account.recovery_left -= request->account.recovery_left > 0;
	reply->used_recovery = 1;
	op_row(request, asked_of(request)->account, "recovery code");
	return ERR_OK;
}

static enum err
take_code(struct request *request)
{
	enum err err = code_spend(request, request->account.id, asked_of(request)->answer);

	if (err == ERR_OK)
		request->event = SIGNIN_CODE_GOOD;
	else if (code_is_verdict(err))
		request->event = SIGNIN_CODE_BAD;
	return err;
}

/* "sshd, with Phone" */
static void
name_service(struct request *request)
{
	char detail[TEXT_REASON_SIZE + WIRE_SERVICE_SIZE + 2];

	(void)snprintf(detail, sizeof detail, "%s%s%s", asked_of(request)->service,
	    request->row.detail[0] != '\0' ? ", " : "", request->row.detail);
	op_row(request, asked_of(request)->account, detail);
}

enum err
op_pam_answer(struct request *request)
{
	bool code = totp_code_shaped(asked_of(request)->answer);
	enum err err = code ? take_code(request) : take_recovery(request);

	name_service(request);
	if (err == ERR_OK)
		err = fill(request);
	/* The reply tells how many there were: that was a sign-in, from which they are counted
	 * anew. */
	return err == ERR_OK ? store_user_failures_told(request->keeper->store, request->account.id)
			     : err;
}

/* --- tickets --------------------------------------------------------------------------------- */

/* Where the turn is lost there is one that nobody has, until it is too old. */
enum err
op_ticket_open(struct request *request)
{
	const struct wire_pam_request *asked = asked_of(request);
	const struct keeper *keeper = request->keeper;
	struct ticket_facts facts = { .uid = keeper->console };
	unsigned char bytes[TICKET_BYTES];

	if (strcmp(asked->account, keeper->console_name) != 0)
		return ERR_TICKET_ACCOUNT;
	wire_put(facts.source, sizeof facts.source, request->state->source);
	wire_put(facts.service, sizeof facts.service, asked->service);
	print_of(asked->key, facts.key);
	auth_key(bytes, sizeof bytes);
	ticket_open(keeper->tickets, bytes, &facts, request->boot);
	ticket_write(bytes, request->reply->u.ticket.ticket);
	secret_wipe(bytes, sizeof bytes);
	return ERR_OK;
}

enum err
op_ticket_close(struct request *request)
{
	unsigned char bytes[TICKET_BYTES];
	uint64_t line = 0;
	enum err err = ERR_TICKET_UNKNOWN;

	if (ticket_read(request->message->u.ticket.ticket, bytes))
		err = ticket_close(request->keeper->tickets, bytes, &line);
	secret_wipe(bytes, sizeof bytes);
	return err;
}
