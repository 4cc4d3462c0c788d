/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "keeper/guess.h"
#include "keeper/op/ops.h"

/* --- the first door -------------------------------------------------------- */

/* Attempts on this name and source that a worker has, or will get by this turn's commit. */
static uint32_t
in_flight(const struct turn *turn)
{
	uint32_t count = 0;

	for (const struct session *s = turn->keeper->sessions; s != NULL; s = s->next) {
		const struct hash_job *job = s->job != NULL ? s->job : s->starts;

		if (job != NULL && job->verify &&
		    memcmp(job->name_hash, turn->name_hash, sizeof job->name_hash) == 0 &&
		    strcmp(s->state.source, turn->state->source) == 0)
			count++;
	}
	return count;
}

static enum err
look_up(struct turn *turn, const char *fold, bool possible, char phc[STORE_PHC_SIZE])
{
	enum err err;

	turn->account = (struct account){ 0 };
	phc[0] = '\0';
	if (!possible)
		return ERR_OK;
	err = store_user_by_name(turn->keeper->store, fold, &turn->account, phc);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

/* A password that cannot be one still costs a hash, of nothing, that never fits. */
static enum err
start_verify(struct turn *turn, const char *fold, const char *phc)
{
	const char *typed = turn->request->u.password.password;
	struct secret *password = NULL;
	struct hash_job *job = NULL;
	bool sound;
	enum err err = secret_new(TEXT_PASSWORD_SIZE, &password);

	if (err != ERR_OK)
		return err;
	sound = text_password(typed, strlen(typed), (char *)password->bytes, &password->length) ==
	    ERR_OK;
	if (!sound)
		password->length = 0;
	err = op_start_hash(turn, fold, &job);
	if (err != ERR_OK) {
		secret_free(password);
		return err;
	}
	job->password = password;
	job->verify = true;
	job->rehash = true;
	job->known = sound && turn->account.id != 0;
	wire_put(job->phc, sizeof job->phc, phc);
	return ERR_OK;
}

enum err
op_password(struct turn *turn)
{
	const struct wire_password_request *asked = &turn->request->u.password;
	char fold[TEXT_FOLD_SIZE], phc[STORE_PHC_SIZE];
	bool possible = text_name_or_bytes(asked->name, strlen(asked->name), fold);
	uint32_t room = 0;
	enum err err = guess_name_hash(turn->keeper, asked->name, turn->name_hash);

	op_row(turn, "password", NULL, NULL);
	turn->event = SIGNIN_REFUSED;
	if (err == ERR_OK)
		err = look_up(turn, fold, possible, phc);
	if (err == ERR_OK)
		err = guess_password_check(turn, &room);
	if (err != ERR_OK)
		return err;
	turn->session->parked = in_flight(turn) >= room;
	if (turn->session->parked) {
		turn->deferred = true;
		return ERR_OK;
	}
	return start_verify(turn, fold, phc);
}

/* Past its time an invitation, and a name that did not configure anew in time, answer like a wrong
 * password. */
static bool
expired(const struct turn *turn)
{
	const struct account *account = &turn->account;

	if (account->password_expires != 0 && turn->now > account->password_expires)
		return true;
	return account->enrol_until != 0 && turn->now > account->enrol_until &&
	    account->devices == 0 && policy_requires(&turn->policy, account->role);
}

enum err
op_password_finish(struct turn *turn)
{
	const struct hash_job *job = turn->session->job;
	char phc[STORE_PHC_SIZE];
	enum err err = job->err;

	op_row(turn, "password", NULL, NULL);
	turn->event = SIGNIN_REFUSED;
	memcpy(turn->name_hash, job->name_hash, sizeof turn->name_hash);
	if (err == ERR_OK)
		err = look_up(turn, job->fold, job->known, phc);
	if (err != ERR_OK)
		return err;
	if (!job->known &&
	    turn->account.id == 0) /* an account with an impossible password: its row names it */
		err = look_up(turn, job->fold, true, phc);
	if (err != ERR_OK)
		return err;
	if (job->fits && turn->account.id != 0 && strcmp(phc, job->phc) != 0)
		return ERR_BUSY; /* changed meanwhile: try again with what is true now */
	if (!job->fits || turn->account.id == 0 || !turn->account.enabled || expired(turn)) {
		turn->event = SIGNIN_PASSWORD_BAD;
		return ERR_CREDENTIALS;
	}
	if (job->made[0] != '\0')
		err = store_user_rehash(turn->keeper->store, turn->account.id, phc, job->made);
	if (err != ERR_OK)
		return err;
	turn->event = SIGNIN_PASSWORD_GOOD;
	turn->state->user = turn->account.id;
	wire_put(turn->reply->u.signin.name, sizeof turn->reply->u.signin.name, turn->account.name);
	return ERR_OK;
}

/* --- a new password where one is due --------------------------------------- */

enum err
op_new_password(struct turn *turn)
{
	char fold[TEXT_FOLD_SIZE], phc[STORE_PHC_SIZE];
	struct secret *password = NULL;
	struct hash_job *job = NULL;
	enum err err;

	op_row(turn, "new-password", NULL, NULL);
	turn->event = SIGNIN_NEW_PASSWORD_BAD;
	err = op_chosen_password(turn->request->u.new_password.password, turn->account.name,
	    &password);
	if (err == ERR_OK)
		err = store_user_by_id(turn->keeper->store, turn->account.id, &turn->account, phc);
	if (err == ERR_OK) {
		text_name_or_bytes(turn->account.name, strlen(turn->account.name), fold);
		err = op_start_hash(turn, fold, &job);
	}
	if (err != ERR_OK) {
		secret_free(password);
		return err;
	}
	job->fresh = password;
	job->known = true;
	job->differs = true; /* the invitation itself is no new password */
	wire_put(job->phc, sizeof job->phc, phc);
	return ERR_OK;
}

enum err
op_new_password_finish(struct turn *turn)
{
	const struct hash_job *job = turn->session->job;
	enum err err = job->err;

	op_row(turn, "new-password", NULL, NULL);
	turn->event = SIGNIN_NEW_PASSWORD_BAD;
	if (err == ERR_OK)
		err = store_user_set_password(turn->keeper->store, turn->account.id, job->made,
		    false, 0);
	if (err != ERR_OK)
		return err;
	err = request_end_others(turn, turn->account.id, false);
	if (err == ERR_OK)
		turn->event = SIGNIN_NEW_PASSWORD;
	return err;
}
