/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New people: with a password that stands as given, or with a one-time invitation. */
#include <string.h>

#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_user.h"

/* The name in its normal form, if it may be given to somebody: request->target has it then. */
enum err
op_user_add_check(struct request *request)
{
	const struct wire_user_add_request *asked = &request->message->u.user_add;
	enum role role = (enum role)asked->role;
	struct account taken, *target = &request->target;
	char fold[TEXT_FOLD_SIZE];
	enum err err;

	op_row(request, asked->name, role_word(role));
	err = text_name(asked->name, strlen(asked->name), target->name, fold);
	if (err == ERR_OK)
		err = text_name_scripts(target->name);
	if (err != ERR_OK)
		return err;
	op_row(request, target->name, role_word(role));
	if (!permission_allows_on(&request->actor, PERMISSION_USER_ADD, INT64_MAX, role))
		return ERR_DENIED;
	request->reach = role;
	target->role = role;
	err = store_user_by_name(request->keeper->store, fold, &taken, NULL);
	if (err == ERR_OK)
		return ERR_NAME_TAKEN;
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

/* The hash is bound to the account's id, so that is reserved first. */
enum err
op_user_add_prepare(struct request *request, struct hash_job *job)
{
	const struct wire_user_add_request *asked = &request->message->u.user_add;
	enum err err = op_first_password(request, asked->password, asked->invite != 0, &job->fresh);

	return err == ERR_OK ? store_user_reserve(request->keeper->store, &job->fresh_account)
			     : err;
}

enum err
op_user_add(struct request *request)
{
	const struct wire_user_add_request *asked = &request->message->u.user_add;
	const struct hash_job *job = request->job;
	struct wire_user_add_reply *reply = &request->reply->u.user_add;
	struct account account = { .id = job->fresh_account,
		.role = request->target.role,
		.enabled = true,
		.created = request->now };
	char fold[TEXT_FOLD_SIZE];
	enum err err = text_name(asked->name, strlen(asked->name), account.name, fold);

	if (err != ERR_OK)
		return err;
	if (asked->invite) {
		account.password_due = true;
		account.password_expires = request->now + request->policy.invitation;
		account.enrol_until = account.password_expires;
	}
	err = store_user_add(request->keeper->store, &account, fold, job->made, &account.id);
	if (err != ERR_OK)
		return err == ERR_STORE_EXISTS ? ERR_NAME_TAKEN : err;
	err = notice_host(request, AUDIT_USER_ADD, account.name, role_word(account.role));
	if (err != ERR_OK)
		return err;
	if (asked->invite) {
		wire_put(reply->invitation, sizeof reply->invitation,
		    (const char *)job->fresh->bytes);
		reply->expires = account.password_expires;
	}
	request->outcome->news = true;
	return ERR_OK;
}
