/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own account: its state, and what may be changed in it after a fresh proof. */
#include <string.h>

#include "keeper/op/ops.h"

enum err
op_account(struct turn *turn)
{
	struct wire_account_reply *reply = &turn->reply->u.account;
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = 0;
	enum err err = op_wire_user(turn, &turn->account, &reply->user);

	if (err == ERR_OK)
		err = store_devices(turn->keeper->store, turn->account.id, devices, &count);
	if (err == ERR_OK)
		err = op_next_code(turn, turn->account.id, &reply->next_code);
	if (err != ERR_OK)
		return err;
	reply->mandatory = policy_requires(&turn->policy, turn->account.role);
	reply->device_count = (uint32_t)count;
	for (size_t i = 0; i < count; i++) {
		wire_put(reply->device[i].name, sizeof reply->device[i].name, devices[i].name);
		reply->device[i].created = devices[i].created;
	}
	secret_wipe(devices, sizeof devices);
	return ERR_OK;
}

/* Key, recovery codes and pending key go in one transaction with the audit row; the person's other
 * sessions end. */
enum err
op_deactivate(struct turn *turn)
{
	enum err err;

	op_row(turn, "deactivate", NULL, NULL);
	if (turn->account.devices == 0)
		return ERR_NOT_CONFIGURED;
	if (policy_requires(&turn->policy, turn->account.role))
		return ERR_MANDATORY;
	err = op_prove(turn, &turn->request->u.proof.proof);
	if (err == ERR_OK)
		err = store_devices_remove(turn->keeper->store, turn->account.id);
	if (err == ERR_OK)
		err = request_end_others(turn, turn->account.id, false);
	op_news(turn);
	return err;
}

/* The old codes work until the new ones are made, which the next request of this session does. */
enum err
op_renew_codes(struct turn *turn)
{
	enum err err;

	op_row(turn, "renew-codes", NULL, NULL);
	if (turn->account.devices == 0)
		return ERR_NOT_CONFIGURED;
	err = op_prove(turn, &turn->request->u.proof.proof);
	if (err == ERR_OK)
		turn->event = SIGNIN_RENEW;
	return err;
}

/* --- a new password, with the old one --------------------------------------- */

enum err
op_change_password(struct turn *turn)
{
	const struct wire_change_password_request *asked = &turn->request->u.change_password;
	struct secret *fresh = NULL;
	struct hash_job *job = NULL;
	enum err err = op_chosen_password(asked->fresh, turn->account.name, &fresh);

	op_row(turn, "change-password", NULL, NULL);
	if (err == ERR_OK)
		err = op_start_compare(turn, asked->old, &job);
	if (err != ERR_OK) {
		secret_free(fresh);
		return err;
	}
	job->fresh = fresh;
	job->differs = true;
	return ERR_OK;
}

/* A code is spent only when the old password was right; without 2FA the old password is the proof.
 */
enum err
op_change_password_finish(struct turn *turn)
{
	const struct hash_job *job = turn->session->job;
	enum err err;

	op_row(turn, "change-password", NULL, NULL);
	err = op_proved_by_password(turn);
	if (err == ERR_OK && turn->account.devices > 0) {
		turn->session->hashed =
		    false; /* the password was compared: what is asked now is the code */
		err = op_prove(turn, &turn->request->u.change_password.proof);
		turn->session->hashed = true;
	}
	if (err == ERR_OK)
		err = store_user_set_password(turn->keeper->store, turn->account.id, job->made,
		    false, 0);
	if (err == ERR_OK)
		err = request_end_others(turn, turn->account.id, false);
	return err;
}
