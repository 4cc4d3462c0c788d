/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another person's password, and the way back in after a lost phone. */
#include <string.h>

#include "keeper/effects.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"
#include "store/store_user.h"

enum { REASON_POINTS = 120 };

/* --- a new password or invitation ------------------------------------------- */

enum err
op_user_password_check(struct request *request)
{
	const struct wire_user_add_request *asked = &request->message->u.user_add;

	op_row(request, asked->name, asked->invite ? "invitation" : "");
	return op_find_target(request, asked->name, PERMISSION_USER_PASSWORD);
}

enum err
op_user_password_prepare(struct request *request, struct hash_job *job)
{
	const struct wire_user_add_request *asked = &request->message->u.user_add;

	job->fresh_account = request->target.id;
	return op_first_password(request, asked->password, asked->invite != 0, &job->fresh);
}

enum err
op_user_password(struct request *request)
{
	const struct wire_user_add_request *asked = &request->message->u.user_add;
	const struct account *target = &request->target;
	const struct hash_job *job = request->job;
	struct wire_user_add_reply *reply = &request->reply->u.user_add;
	struct store *store = request->keeper->store;
	int64_t expires = asked->invite ? request->now + request->policy.invitation : 0;
	enum err err = ERR_STALE; /* the name has gone to somebody else meanwhile */

	if (job->fresh_account == target->id)
		err = store_user_set_password(store, target->id, job->made, asked->invite != 0,
		    expires);
	if (err == ERR_OK && asked->invite && target->devices == 0)
		err = store_user_set_enrol_until(store, target->id, expires);
	if (err == ERR_OK)
		err = effects_end_sessions(request, target->id);
	if (err == ERR_OK)
		err = notice_target(request, AUDIT_USER_PASSWORD, request->row.detail);
	if (err != ERR_OK)
		return err;
	if (asked->invite) {
		wire_put(reply->invitation, sizeof reply->invitation,
		    (const char *)job->fresh->bytes);
		reply->expires = expires;
	}
	request->outcome->news = true;
	return ERR_OK;
}

/* --- a lost phone ------------------------------------------------------------ */

enum err
op_user_reset_check(struct request *request)
{
	const struct wire_user_reset_request *asked = &request->message->u.user_reset;
	char reason[TEXT_REASON_SIZE];
	enum err err = text_label(asked->reason, strlen(asked->reason), REASON_POINTS,
	    sizeof reason, reason);

	op_row(request, asked->name, asked->reason);
	if (err != ERR_OK)
		return err == ERR_FIELD_EMPTY ? ERR_REASON_MISSING : err;
	op_row(request, asked->name, reason);
	return op_find_target(request, asked->name, PERMISSION_USER_RESET);
}

/* Every administrator is told, Super Administrators included. */
static enum err
tell(struct request *request)
{
	const char *reason = request->row.detail;
	enum err err = notice_person(request, request->target.id, AUDIT_RESET_2FA, reason);

	return err == ERR_OK ? notice_role(request, ROLE_ADMINISTRATOR, AUDIT_RESET_2FA,
				   request->target.name, reason)
			     : err;
}

enum err
op_user_reset(struct request *request)
{
	const struct throttle none = { 0 };
	struct store *store = request->keeper->store;
	int64_t user = request->target.id;
	enum err err = store_devices_remove(store, user);

	if (err == ERR_OK)
		err = store_user_set_enrol_until(store, user,
		    request->now + request->policy.invitation);
	if (err == ERR_OK)
		err = store_user_set_code(store, user, &none);
	if (err == ERR_OK)
		err = effects_end_sessions(request, user);
	if (err == ERR_OK)
		err = tell(request);
	request->outcome->news = true;
	return err;
}
