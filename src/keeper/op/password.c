/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first door. Unknown, disabled and expired names cost the same and read the same as a wrong
 * password (DESIGN 3). */
#include <string.h>

#include "auth/recovery.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"
#include "store/store_user.h"

/* The job that a session has at a worker, or gets by this turn's commit. */
static const struct hash_job *
job_of(const struct session *session)
{
	return session->job != NULL ? session->job : session->outcome.job;
}

/* Attempts from this source (and on this name) that a worker has, or will get by this turn's
 * commit. */
static uint32_t
in_flight(const struct request *request, bool by_name)
{
	uint32_t count = 0;

	for (const struct session *s = request->keeper->sessions; s != NULL; s = s->next) {
		const struct hash_job *job = job_of(s);

		if (job != NULL && job->verify &&
		    (!by_name ||
			memcmp(job->name_hash, request->name_hash, sizeof job->name_hash) == 0) &&
		    strcmp(s->state.source_key, request->state->source_key) == 0)
			count++;
	}
	return count;
}

/* Whom the typed name is of: request->account, its id 0 where there is nobody; and its hash. */
static enum err
look_up(struct request *request)
{
	const char *name = request->message->u.password.name;
	char fold[TEXT_FOLD_SIZE];
	enum err err;

	request->account = (struct account){ 0 };
	request->phc[0] = '\0';
	if (!text_name_or_bytes(name, strlen(name), fold))
		return ERR_OK;
	err = store_user_by_name(request->keeper->store, fold, &request->account, request->phc);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

/*
 * Before the hash: may this name be tried from this source now? A request that must wait for
 * earlier verdicts is parked, and served again when one of them is known.
 */
enum err
op_password_check(struct request *request)
{
	uint32_t room = 0;
	enum err err = guess_name_hash(request->keeper, request->message->u.password.name,
	    request->name_hash);

	request->event = SIGNIN_REFUSED;
	if (err == ERR_OK)
		err = look_up(request);
	if (err == ERR_OK && request->state->fixed != 0 &&
	    request->account.id != request->state->fixed)
		err = ERR_NAME_FIXED;
	if (err != ERR_OK || request->job != NULL)
		return err == ERR_OK ? guess_password_again(request) : err;
	err = guess_password_check(request, &room);
	if (err != ERR_OK)
		return err;
	if (in_flight(request, true) < room)
		return guess_source_check(request, in_flight(request, false));
	memcpy(request->outcome->name_hash, request->name_hash, sizeof request->outcome->name_hash);
	request->outcome->kind = OUTCOME_PARK;
	return ERR_OK;
}

/* An invitation is compared as it was made, however it was typed: it is read off a sheet, or out
 * over the telephone (DESIGN 3). */
static bool
is_invitation(const struct request *request, char ret_text[RECOVERY_TEXT_SIZE])
{
	const struct account *account = &request->account;

	return account->id != 0 && account->password_due && account->password_expires != 0 &&
	    recovery_clean(request->message->u.password.password, ret_text) == ERR_OK;
}

/* A password that cannot be one still costs a hash, of nothing, that never fits. */
enum err
op_password_prepare(struct request *request, struct hash_job *job)
{
	char invitation[RECOVERY_TEXT_SIZE] = "";
	enum err err = hash_job_compare(job,
	    is_invitation(request, invitation) ? invitation : request->message->u.password.password,
	    request->account.id);

	secret_wipe(invitation, sizeof invitation);
	if (err != ERR_OK)
		return err;
	job->rehash = true;
	job->known = job->known && request->account.id != 0;
	wire_put(job->phc, sizeof job->phc, request->phc);
	return ERR_OK;
}

enum err
op_password(struct request *request)
{
	const struct hash_job *job = request->job;
	struct store *store = request->keeper->store;
	const struct account *account = &request->account;
	enum err err = ERR_OK;

	if (job->fits && account->id != 0 && strcmp(request->phc, job->phc) != 0)
		return ERR_BUSY; /* changed meanwhile: try again with what is true now */
	if (!job->fits || account->id == 0 || !account->enabled || op_expired(request)) {
		request->event = SIGNIN_PASSWORD_BAD;
		return ERR_CREDENTIALS;
	}
	if (job->made[0] != '\0')
		err = store_user_rehash(store, account->id, request->phc, job->made);
	if (err != ERR_OK)
		return err;
	request->event = SIGNIN_PASSWORD_GOOD;
	request->state->user = account->id;
	request->state->generation = account->generation;
	wire_put(request->reply->u.signin.name, sizeof request->reply->u.signin.name,
	    account->name);
	wire_put(request->reply->u.signin.language, sizeof request->reply->u.signin.language,
	    account->language);
	request->reply->u.signin.plain = account->plain;
	request->reply->u.signin.password_least = (uint8_t)policy_password_least(&request->policy,
	    account->role, account->devices > 0);
	return ERR_OK;
}
