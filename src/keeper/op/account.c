/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own account: its state, and what may be changed in it, after a fresh proof where it gives
 * or takes authority. */
#include <stdio.h>

#include "keeper/code.h"
#include "keeper/effects.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"
#include "store/store_user.h"

enum { CHANGES_MOST = 20, CHANGES_SECONDS = 60 };

enum err
op_account(struct request *request)
{
	struct wire_account_reply *reply = &request->reply->u.account;
	enum err err = op_wire_user(request, &request->account, &reply->user);

	if (err == ERR_OK)
		err = op_wire_devices(request, request->account.id, reply->device,
		    &reply->device_count);
	if (err == ERR_OK)
		err = code_next(request, request->account.id, &reply->next_code);
	if (err != ERR_OK)
		return err;
	reply->mandatory = policy_requires(&request->policy, request->account.role);
	reply->everyone = policy_requires_all(&request->policy);
	reply->replace_until = op_replace_until(request);
	return ERR_OK;
}

enum err
op_deactivate_check(struct request *request)
{
	if (request->account.devices == 0)
		return ERR_NOT_CONFIGURED;
	if (!policy_requires(&request->policy, request->account.role))
		return ERR_OK;
	return policy_requires_all(&request->policy) ? ERR_MANDATORY : ERR_MANDATORY_ROLE;
}

/* Key, recovery codes and pending key go in one transaction with the audit row; the person's other
 * sessions end. */
enum err
op_deactivate(struct request *request)
{
	int64_t user = request->account.id;
	enum err err = store_devices_remove(request->keeper->store, user);

	request->outcome->news = true;
	if (err == ERR_OK)
		err = effects_end_sessions(request, user);
	return err == ERR_OK ? notice_self(request, AUDIT_DEACTIVATE, NULL) : err;
}

enum err
op_renew_codes_check(struct request *request)
{
	return request->account.devices == 0 ? ERR_NOT_CONFIGURED : ERR_OK;
}

/* The old codes work until the new ones are made, which the next request of this session does. */
enum err
op_renew_codes(struct request *request)
{
	request->state->codes_shown = false;
	request->event = SIGNIN_RENEW;
	return ERR_OK;
}

/* Its row in the trail is for ever. */
enum err
op_allow_change(struct request *request)
{
	struct session_state *state = request->state;

	if (request->boot - state->changes_at >= CHANGES_SECONDS) {
		state->changes_at = request->boot;
		state->changes = 0;
	}
	if (state->changes >= CHANGES_MOST) {
		request->reply->wait = state->changes_at + CHANGES_SECONDS - request->boot;
		return ERR_PAUSED;
	}
	state->changes++;
	return ERR_OK;
}

static enum err
prefer_language(struct request *request, const char *language)
{
	char detail[TEXT_REASON_SIZE];

	snprintf(detail, sizeof detail, "language %s", language[0] != '\0' ? language : "-");
	op_row(request, NULL, detail);
	return store_user_set_language(request->keeper->store, request->account.id, language);
}

static enum err
prefer_plain(struct request *request, bool plain)
{
	op_row(request, NULL, plain ? "plain yes" : "plain no");
	return store_user_set_plain(request->keeper->store, request->account.id, plain);
}

enum err
op_preferences(struct request *request)
{
	const struct wire_preferences_request *wanted = &request->message->u.preferences;
	char language[ACCOUNT_LANGUAGE_SIZE];
	enum err err = account_language(wanted->language, language);

	if (err == ERR_OK)
		err = op_allow_change(request);
	if (err != ERR_OK)
		return err;
	switch ((enum wire_preference)wanted->which) {
	case WIRE_PREFERS_LANGUAGE:
		return prefer_language(request, language);
	case WIRE_PREFERS_PLAIN:
		return prefer_plain(request, wanted->plain != 0);
	case WIRE_PREFERENCE_COUNT:
		break;
	}
	return ERR_PROTOCOL;
}
