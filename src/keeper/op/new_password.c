/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new password: where one is due while signing in, and one's own, with the old one. */

#include "keeper/effects.h"
#include "keeper/op/ops.h"
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

	return err == ERR_OK ? effects_end_sessions(request, user) : err;
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
