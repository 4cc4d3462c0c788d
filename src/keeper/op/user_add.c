/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New people: with a password that stands as given, or with a one-time invitation. */
#include <string.h>

#include "auth/password.h"
#include "keeper/op/ops.h"

static enum err
check(struct turn *turn, char name[TEXT_NAME_SIZE], char fold[TEXT_FOLD_SIZE])
{
	const struct wire_user_add_request *asked = &turn->request->u.user_add;
	struct account taken;
	enum err err = text_name(asked->name, strlen(asked->name), name, fold);

	if (err == ERR_OK)
		err = text_name_scripts(name);
	if (err != ERR_OK)
		return err;
	op_row(turn, "user-add", name, role_word((enum role)asked->role));
	if (!permission_allows_on(&turn->actor, PERMISSION_USER_ADD, INT64_MAX,
		(enum role)asked->role))
		return ERR_DENIED;
	err = store_user_by_name(turn->keeper->store, fold, &taken, NULL);
	if (err == ERR_OK)
		return ERR_NAME_TAKEN;
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

enum err
op_first_password(struct turn *turn, const char *name, struct secret **ret_password)
{
	const struct wire_user_add_request *asked = &turn->request->u.user_add;
	char invitation[20];
	enum err err;

	if (!asked->invite)
		return op_chosen_password(asked->password, name, ret_password);
	password_invitation(invitation);
	err = secret_from(invitation, strlen(invitation), ret_password);
	secret_wipe(invitation, sizeof invitation);
	return err;
}

enum err
op_user_add(struct turn *turn)
{
	char name[TEXT_NAME_SIZE], fold[TEXT_FOLD_SIZE];
	struct secret *password = NULL;
	struct hash_job *job = NULL;
	enum err err;

	op_row(turn, "user-add", turn->request->u.user_add.name, NULL);
	err = check(turn, name, fold);
	if (err == ERR_OK)
		err = op_first_password(turn, name, &password);
	if (err == ERR_OK)
		err = op_start_hash(turn, fold, &job);
	if (err != ERR_OK) {
		secret_free(password);
		return err;
	}
	job->fresh = password;
	return ERR_OK;
}

enum err
op_user_add_finish(struct turn *turn)
{
	const struct hash_job *job = turn->session->job;
	const struct wire_user_add_request *asked = &turn->request->u.user_add;
	struct wire_user_add_reply *reply = &turn->reply->u.user_add;
	struct account account = { .role = (enum role)asked->role,
		.enabled = true,
		.created = turn->now };
	char fold[TEXT_FOLD_SIZE];
	enum err err = job->err;

	op_row(turn, "user-add", asked->name, role_word(account.role));
	if (err == ERR_OK)
		err = check(turn, account.name, fold);
	if (err != ERR_OK)
		return err;
	if (asked->invite) {
		account.password_due = true;
		account.password_expires = turn->now + turn->policy.invitation;
		account.enrol_until = account.password_expires;
	}
	err = store_user_add(turn->keeper->store, &account, fold, job->made, &account.id);
	if (err != ERR_OK)
		return err;
	if (asked->invite) {
		wire_put(reply->invitation, sizeof reply->invitation,
		    (const char *)job->fresh->bytes);
		reply->expires = account.password_expires;
	}
	op_news(turn);
	return ERR_OK;
}
