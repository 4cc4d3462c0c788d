/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new password: where one is due while signing in, and one's own, with the old one. */

#include "keeper/effects.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"
#include "store/store_sign_in.h"
#include "store/store_ssh_key.h"
#include "store/store_user.h"

/* It must not be the one in use: the invitation itself is no new password. */
static enum err
choose(struct request *request, const char *typed, struct hash_job *job)
{
	int64_t user = request->account.id;
	enum err err = op_chosen_password(request, typed, &request->account, &job->fresh);

	if (err == ERR_OK)
		err = store_user_by_id(request->keeper->store, user, &request->account, job->phc);
	job->known = true;
	job->differs = true;
	job->account = user;
	job->fresh_account = user;
	return err;
}

static enum err
change(struct request *request)
{
	int64_t user = request->account.id;
	enum err err = store_user_set_password(request->keeper->store, user, request->job->made,
	    false, 0);

	if (err == ERR_OK)
		err = effects_end_sessions(request, user);
	return err == ERR_OK ? notice_self(request, request->row.verb, NULL) : err;
}

enum err
op_new_password_prepare(struct request *request, struct hash_job *job)
{
	request->event = SIGNIN_NEW_PASSWORD_BAD;
	return choose(request, request->message->u.new_password.password, job);
}

enum err
op_new_password(struct request *request)
{
	enum err err = change(request);

	request->event = err == ERR_OK ? SIGNIN_NEW_PASSWORD : SIGNIN_NEW_PASSWORD_BAD;
	return err;
}

enum err
op_change_password_prepare(struct request *request, struct hash_job *job)
{
	return choose(request, request->message->u.change_password.fresh, job);
}

/* A code is spent only where the old password was right; without 2FA that is the proof. */
enum err
op_change_password(struct request *request)
{
	return change(request);
}

/* --- it was not me ------------------------------------------------------------------------ */

/* The greatest id that an authenticator had at that sign-in. Where there is none before this one,
 * all that there are have come since. */
static enum err
find_sign_in(struct request *request, int64_t *ret_device)
{
	struct store *store = request->keeper->store;
	int64_t user = request->account.id, row = request->message->u.change_password.sign_in;
	enum err err;

	*ret_device = 0;
	if (row != 0) {
		err = store_sign_in(store, user, row, ret_device);
		return err == ERR_STORE_NONE ? ERR_STALE : err;
	}
	err = store_sign_in_before(store, user, request->state->sign_in, ret_device);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

/* The recovery codes may be in other hands too: none of them proves anything here. */
enum err
op_not_me_check(struct request *request)
{
	int64_t device;

	if (request->message->u.change_password.proof.recovery[0] != '\0')
		return ERR_CODE_FORMAT;
	return find_sign_in(request, &device);
}

/* All that came since that sign-in, but for what proves who says so: that one is replaced next,
 * with those that there were before. */
static enum err
doubt_devices(struct request *request)
{
	int64_t device = 0;
	enum err err = find_sign_in(request, &device);

	return err == ERR_OK ? store_devices_doubt(request->keeper->store, request->account.id,
				   device, request->device)
			     : err;
}

/* The sign-in before this one, where none is named. */
static enum err
doubt_keys(struct request *request)
{
	int64_t row = request->message->u.change_password.sign_in;

	return store_ssh_keys_doubt(request->keeper->store, request->account.id,
	    row != 0 ? row : request->state->sign_in - 1);
}

/*
 * From here on a stranger has nothing that opens a door: the password is another, the recovery
 * codes are gone, their sessions end, and authenticators that came since show codes that are none.
 * What is left to do (another authenticator, new recovery codes, to keep or remove what came since)
 * stands in the account, so that a line that drops changes nothing of it: the next sign-in goes on
 * there.
 */
enum err
op_not_me(struct request *request)
{
	struct store *store = request->keeper->store;
	int64_t user = request->account.id;
	enum err err = change(request);

	if (err == ERR_OK && request->account.devices > 0)
		err = store_recovery_remove(store, user);
	if (err == ERR_OK && request->account.devices > 0)
		err = store_user_set_alarmed(store, user, true);
	if (err == ERR_OK && request->account.devices > 0)
		err = doubt_devices(request);
	if (err == ERR_OK)
		err = doubt_keys(request);
	if (err == ERR_OK)
		err = store_pending_remove(store, user);
	if (err == ERR_OK)
		err = notice_role(request, ROLE_ADMINISTRATOR, AUDIT_NOT_ME, "", NULL);
	if (err != ERR_OK)
		return err;
	request->state->used_recovery = false;
	request->state->replace_until = 0;
	request->state->administering = 0;
	request->event = SIGNIN_NEW_PASSWORD;
	request->outcome->news = true;
	return ERR_OK;
}
