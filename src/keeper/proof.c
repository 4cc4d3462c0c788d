/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/proof.h"

#include <string.h>

#include "keeper/code.h"
#include "keeper/guess.h"
#include "store/store_user.h"

/* What a message without a proof has in its place. */
static const struct wire_proof no_proof;

static const struct wire_proof *
proof_of(const struct request *request)
{
	const struct wire_proof *proof = wire_request_proof(request->session->request);

	return proof != NULL ? proof : &no_proof;
}

/* Operators may be administered without another proof while that stands open; nobody above. */
static bool
stands_open(const struct request *request)
{
	return request->reach == ROLE_OPERATOR && request->state->administering > request->boot;
}

static bool
needed(const struct request *request)
{
	if (request->actor.host)
		return false;
	switch (request->op->proof) {
	case PROOF_NONE:
		return false;
	case PROOF_FRESH:
		return true;
	case PROOF_AT_HOME:
		return request->state->signin.door == DOOR_HOME;
	case PROOF_AS_CHECKED:
		return request->prove;
	case PROOF_REPLACE:
		return request->state->replace_until <= request->boot;
	case PROOF_ADMINISTER:
		return !stands_open(request);
	}
	return true;
}

/* The password that must fit: the old one that the message gives, or, without 2FA, the proof's. */
static const char *
password_of(const struct request *request)
{
	if (request->op->hash == HASH_OLD_PASSWORD)
		return request->message->u.change_password.old;
	if (needed(request) && request->account.devices == 0)
		return proof_of(request)->password;
	return NULL;
}

bool
proof_needs_hash(const struct request *request)
{
	return password_of(request) != NULL;
}

enum err
proof_prepare(struct request *request, struct hash_job *job)
{
	const char *typed = password_of(request);
	struct account account;
	uint32_t room = 0;
	enum err err;

	if (typed == NULL)
		return ERR_OK;
	if (*typed == '\0')
		return ERR_PROOF_NEEDED;
	request->event = SIGNIN_REFUSED;
	err = guess_name_hash(request->keeper, request->account.name, request->name_hash);
	if (err == ERR_OK)
		err = guess_password_check(request, &room);
	if (err == ERR_OK)
		err = store_user_by_id(request->keeper->store, request->account.id, &account,
		    job->phc);
	if (err == ERR_OK)
		err = hash_job_compare(job, typed, request->account.id);
	return err;
}

/* A hash that was changed meanwhile is compared again: try again with what is true now. */
static enum err
judge_password(struct request *request)
{
	const struct hash_job *job = request->job;
	struct account account;
	char phc[STORE_PHC_SIZE];
	enum err err;

	memcpy(request->name_hash, job->name_hash, sizeof request->name_hash);
	request->event = SIGNIN_REFUSED;
	err = guess_password_again(request);
	if (err != ERR_OK)
		return err;
	err = store_user_by_id(request->keeper->store, request->account.id, &account, phc);
	if (err != ERR_OK)
		return err;
	if (job->fits && strcmp(phc, job->phc) != 0)
		return ERR_BUSY;
	request->event = job->fits ? SIGNIN_PASSWORD_GOOD : SIGNIN_PASSWORD_BAD;
	return job->fits ? ERR_OK : ERR_PASSWORD_WRONG;
}

static enum err
judge_code(struct request *request)
{
	const struct wire_proof *proof = proof_of(request);
	bool recovery = proof->code[0] == '\0' && proof->recovery[0] != '\0';
	enum err err = guess_code_check(request);

	if (proof->code[0] == '\0' && !recovery)
		return ERR_PROOF_NEEDED;
	request->event = SIGNIN_REFUSED;
	if (err == ERR_OK && recovery)
		err = code_use_recovery(request, proof->recovery);
	else if (err == ERR_OK)
		err = code_spend(request, request->account.id, proof->code);
	if (err == ERR_OK)
		request->event = recovery ? SIGNIN_RECOVERY_GOOD : SIGNIN_CODE_GOOD;
	else if (code_is_verdict(err))
		request->event = recovery ? SIGNIN_RECOVERY_BAD : SIGNIN_CODE_BAD;
	return err;
}

enum err
proof_check(struct request *request)
{
	enum err err = ERR_OK;

	if (password_of(request) != NULL)
		err = request->job == NULL ? ERR_STALE : judge_password(request);
	if (err == ERR_OK && needed(request) && request->account.devices > 0)
		err = judge_code(request);
	return err;
}

void
proof_passed(struct request *request)
{
	if (request->op->proof == PROOF_ADMINISTER && request->reach == ROLE_OPERATOR &&
	    needed(request))
		request->state->administering = request->boot + KEEPER_ADMINISTERING;
}
