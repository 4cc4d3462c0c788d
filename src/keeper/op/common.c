/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "auth/password.h"
#include "core/source.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"

void
op_row(struct turn *turn, const char *action, const char *target, const char *detail)
{
	wire_put(turn->row.action, sizeof turn->row.action, action);
	wire_put(turn->row.target, sizeof turn->row.target, target == NULL ? "" : target);
	wire_put(turn->row.detail, sizeof turn->row.detail, detail == NULL ? "" : detail);
}

enum err
op_wire_user(struct turn *turn, const struct account *account, struct wire_user *ret_user)
{
	struct wire_user user = { 0 };
	enum err err = guess_paused_until(turn->keeper, account, turn->now, &user.paused_until);

	if (err != ERR_OK)
		return err;
	wire_put(user.name, sizeof user.name, account->name);
	wire_put(user.last_source, sizeof user.last_source, account->last_source);
	user.role = (uint8_t)account->role;
	user.has_2fa = account->devices > 0;
	user.enabled = account->enabled;
	user.password_due = account->password_due;
	user.devices = account->devices;
	user.recovery_left = account->recovery_left;
	user.failures_since = account->failures_since;
	user.last_sign_in = account->last_sign_in;
	user.created = account->created;
	user.password_expires = account->password_expires;
	user.enrol_until = account->enrol_until;
	*ret_user = user;
	return ERR_OK;
}

/* What a session has proved: whose turn a worker takes it in. */
static enum share
share_of(const struct session_state *state)
{
	if (state->host)
		return SHARE_HOST;
	if (state->signin.door == DOOR_HOME || state->signin.door == DOOR_LOCKED)
		return SHARE_IN;
	return state->user != 0 ? SHARE_PASSWORD : SHARE_STRANGER;
}

enum err
op_start_hash(struct turn *turn, const char *fold, struct hash_job **ret_job)
{
	struct hash_job *job;
	struct source source;
	enum share share = share_of(&turn->session->state);

	source_parse(turn->session->state.source, &source);
	if (!hash_room(turn->keeper->pool, share, source_group(&source)))
		return ERR_BUSY;
	job = calloc(1, sizeof *job);
	if (job == NULL)
		return ERR_MEMORY;
	wire_put(job->fold, sizeof job->fold, fold);
	memcpy(job->name_hash, turn->name_hash, sizeof job->name_hash);
	job->owner = turn->session;
	job->share = share;
	job->group = source_group(&source);
	turn->session->starts = job;
	turn->deferred = true;
	*ret_job = job;
	return ERR_OK;
}

enum err
op_chosen_password(const char *typed, const char *name, struct secret **ret_password)
{
	struct secret *password = NULL;
	enum err err = secret_new(TEXT_PASSWORD_SIZE, &password);

	if (err == ERR_OK)
		err = text_password(typed, strlen(typed), (char *)password->bytes,
		    &password->length);
	if (err == ERR_OK)
		err = text_password_good((const char *)password->bytes, password->length, name);
	if (err == ERR_OK)
		*ret_password = password;
	else
		secret_free(password);
	return err;
}

enum err
op_find_user(struct turn *turn, const char *name, enum permission permission,
    struct account *ret_account)
{
	char fold[TEXT_FOLD_SIZE];
	struct account account = { 0 };
	enum err err = ERR_NAME_UNKNOWN;

	if (text_name_or_bytes(name, strlen(name), fold))
		err = store_user_by_name(turn->keeper->store, fold, &account, NULL);
	if (err == ERR_STORE_NONE)
		err = ERR_NAME_UNKNOWN;
	if (err == ERR_OK &&
	    !permission_allows_on(&turn->actor, permission, account.id, account.role))
		err = ERR_DENIED;
	if (err == ERR_OK)
		*ret_account = account;
	return err;
}

void
op_news(struct turn *turn)
{
	turn->keeper->news = true;
}
