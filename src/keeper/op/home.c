/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/commands.h"
#include "keeper/op/ops.h"

/* Who came in by a recovery code has no authenticator at hand. */
static enum err
offer_to_replace(struct request *request, struct wire_home_reply *reply)
{
	struct wire_device devices[ACCOUNT_DEVICES_MAX];
	uint32_t count = 0;
	enum err err = op_wire_devices(request, request->account.id, devices, &count);

	if (err != ERR_OK)
		return err;
	reply->replacing = 1;
	reply->replace_until = op_replace_until(request);
	if (count == 1) {
		reply->replace = devices[0].id;
		wire_put(reply->replace_name, sizeof reply->replace_name, devices[0].name);
	}
	return ERR_OK;
}

enum err
op_home(struct request *request)
{
	struct wire_home_reply *reply = &request->reply->u.home;
	const struct session_state *state = request->state;
	enum err err = op_wire_user(request, &request->account, &reply->user);

	if (err == ERR_OK)
		err = op_counts(request, &reply->counts);
	if (err == ERR_OK)
		err = op_notices_unread(request, reply->notice, &reply->notices);
	if (err != ERR_OK)
		return err;
	if (request->state->used_recovery && request->account.devices > 0)
		err = offer_to_replace(request, reply);
	if (err == ERR_OK)
		err = op_waiting_number(request, &reply->waiting);
	if (err != ERR_OK)
		return err;
	reply->commands = commands_count(request->keeper, request->account.role);
	reply->idle_lock = request->policy.idle_lock;
	reply->mandatory = policy_requires(&request->policy, request->account.role);
	reply->everyone = policy_requires_all(&request->policy);
	reply->user.last_sign_in = state->before_sign_in;
	reply->user.failures_since = state->before_failures;
	wire_put(reply->user.last_source, sizeof reply->user.last_source, state->before_source);
	return ERR_OK;
}
