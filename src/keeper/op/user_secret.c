/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another person's password, and the way back in for who lost the phone. */
#include <stdio.h>
#include <string.h>

#include "auth/password.h"
#include "keeper/op/ops.h"

enum { REASON_POINTS = 120 };

/* --- a new password or invitation ------------------------------------------- */

static enum err
find(struct turn *turn, struct account *account)
{
	const struct wire_user_add_request *asked = &turn->request->u.user_add;
	const char *how = asked->invite ? "invitation" : "";
	enum err err;

	op_row(turn, "user-password", asked->name, how);
	err = op_find_user(turn, asked->name, PERMISSION_USER_PASSWORD, account);
	if (err == ERR_OK)
		op_row(turn, "user-password", account->name, how);
	return err;
}

enum err
op_user_password(struct turn *turn)
{
	char fold[TEXT_FOLD_SIZE];
	struct account account;
	struct secret *password = NULL;
	struct hash_job *job = NULL;
	enum err err = find(turn, &account);

	if (err == ERR_OK)
		err = op_first_password(turn, account.name, &password);
	if (err == ERR_OK) {
		text_name_or_bytes(account.name, strlen(account.name), fold);
		err = op_start_hash(turn, fold, &job);
	}
	if (err != ERR_OK) {
		secret_free(password);
		return err;
	}
	job->fresh = password;
	return ERR_OK;
}

enum err
op_user_password_finish(struct turn *turn)
{
	const struct wire_user_add_request *asked = &turn->request->u.user_add;
	const struct hash_job *job = turn->session->job;
	struct wire_user_add_reply *reply = &turn->reply->u.user_add;
	int64_t expires = asked->invite ? turn->now + turn->policy.invitation : 0;
	struct account account = { 0 };
	enum err err = job->err;

	if (err == ERR_OK)
		err = find(turn, &account);
	if (err == ERR_OK)
		err = store_user_set_password(turn->keeper->store, account.id, job->made,
		    asked->invite != 0, expires);
	if (err == ERR_OK && asked->invite && account.devices == 0)
		err = store_user_set_enrol_until(turn->keeper->store, account.id, expires);
	if (err == ERR_OK)
		err = request_end_others(turn, account.id, false);
	if (err != ERR_OK)
		return err;
	if (asked->invite) {
		wire_put(reply->invitation, sizeof reply->invitation,
		    (const char *)job->fresh->bytes);
		reply->expires = expires;
	}
	op_news(turn);
	return ERR_OK;
}

/* --- a lost phone ------------------------------------------------------------ */

/* Every administrator is told at home. */
static enum err
tell(struct turn *turn, const struct account *account, const char *reason)
{
	struct store_notice notice = { .time = turn->now, .role = ROLE_ADMINISTRATOR };
	char detail[TEXT_NAME_SIZE + TEXT_REASON_SIZE + 4];

	wire_put(notice.action, sizeof notice.action, "reset-2fa");
	snprintf(detail, sizeof detail, "%s: %s", account->name, reason);
	wire_put(notice.detail, sizeof notice.detail, detail);
	return store_notice_add(turn->keeper->store, &notice, &notice.id);
}

static enum err
remove_all(struct turn *turn, const struct account *account)
{
	const struct throttle none = { 0 };
	struct store *store = turn->keeper->store;
	enum err err = store_devices_remove(store, account->id);

	if (err == ERR_OK)
		err = store_user_set_enrol_until(store, account->id,
		    turn->now + turn->policy.invitation);
	if (err == ERR_OK)
		err = store_user_set_code(store, account->id, &none);
	return err == ERR_OK ? request_end_others(turn, account->id, false) : err;
}

enum err
op_user_reset(struct turn *turn)
{
	const struct wire_user_reset_request *asked = &turn->request->u.user_reset;
	char reason[TEXT_REASON_SIZE];
	struct account account;
	enum err err = text_label(asked->reason, strlen(asked->reason), REASON_POINTS,
	    sizeof reason, reason);

	op_row(turn, "reset-2fa", asked->name, asked->reason);
	if (err == ERR_FIELD_EMPTY)
		err = ERR_REASON_MISSING;
	if (err == ERR_OK)
		err = op_find_user(turn, asked->name, PERMISSION_USER_RESET, &account);
	if (err != ERR_OK)
		return err;
	op_row(turn, "reset-2fa", account.name, reason);
	err = remove_all(turn, &account);
	if (err == ERR_OK)
		err = tell(turn, &account, reason);
	op_news(turn);
	return err;
}
