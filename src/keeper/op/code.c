/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second door: a code, a recovery code, or two codes of a phone with a wrong clock. */

#include "auth/totp.h"
#include "core/clock.h"
#include "keeper/code.h"
#include "keeper/devices.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"

/* May a code be tried now, by this person and from this source? */
enum err
op_code_check(struct request *request)
{
	enum err err = guess_code_check(request);

	request->event = SIGNIN_REFUSED;
	return err == ERR_OK ? guess_source_check(request, 0) : err;
}

enum err
op_code(struct request *request)
{
	enum err err = code_spend(request, request->account.id, request->message->u.code.code);

	if (err == ERR_OK)
		request->event = SIGNIN_CODE_GOOD;
	else if (code_is_verdict(err))
		request->event = SIGNIN_CODE_BAD;
	return err;
}

enum err
op_recovery(struct request *request)
{
	struct wire_signin_reply *reply = &request->reply->u.signin;
	uint32_t left = request->account.recovery_left;
	enum err err = code_use_recovery(request, request->message->u.recovery.code);

	if (code_is_verdict(err))
		request->event = SIGNIN_RECOVERY_BAD;
	if (err != ERR_OK)
		return err;
	request->event = SIGNIN_RECOVERY_GOOD;
	request->state->used_recovery = true;
	wire_put(request->state->with, sizeof request->state->with, "recovery code");
	request->state->replace_until = request->boot + KEEPER_REPLACING;
	reply->used_recovery = 1;
	reply->recovery_left = left > 0 ? left - 1 : 0;
	return ERR_OK;
}

/* --- a phone with a wrong clock -------------------------------------------- */

/* What became of the two codes on the authenticators of a person. */
struct attempt {
	bool done;
	bool ahead; /* right, but of an authenticator that was used when the clock was ahead */
};

static enum err
resync_device(struct request *request, const struct store_device *device, struct attempt *attempt)
{
	const struct wire_resync_request *asked = &request->message->u.resync;
	struct secret *key = request->keeper->open;
	int64_t now = totp_step(request->now), step = 0;
	bool ahead = clock_step_ahead(device->last_step, device->offset, now);
	bool matched = false, spent = false;
	enum err err = devices_open(request->keeper->ring, device->user, &device->secret, key);

	if (err == ERR_OK)
		err = totp_resync(key, now, ahead ? INT64_MIN : device->last_step, asked->first,
		    asked->next, &matched, &step);
	secret_clear(key);
	if (err != ERR_OK || !matched)
		return err;
	if (ahead) {
		attempt->ahead = true;
		request->reply->wait = clock_wait_until(device->last_step, device->offset) -
		    request->now;
		return ERR_OK;
	}
	err = store_device_spend(request->keeper->store, device->id, step, step - now, request->now,
	    &spent);
	if (err == ERR_OK && spent) {
		attempt->done = true;
		request->reply->u.signin.skew = (step - now) * TOTP_PERIOD;
		code_accepted(request, device);
	}
	return err;
}

enum err
op_resync(struct request *request)
{
	const struct wire_resync_request *asked = &request->message->u.resync;
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct attempt attempt = { 0 };
	size_t count = 0;
	enum err err;

	if (!totp_code_shaped(asked->first) || !totp_code_shaped(asked->next))
		return ERR_CODE_FORMAT;
	err = code_floor(request);
	if (err != ERR_OK)
		return err;
	err = store_devices(request->keeper->store, request->account.id, devices, &count);
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		if (!devices[i].doubted)
			err = resync_device(request, &devices[i], &attempt);
	secret_wipe(devices, sizeof devices);
	if (err == ERR_OK && !attempt.done)
		err = attempt.ahead ? ERR_CLOCK_BACK : ERR_RESYNC_WRONG;
	if (err == ERR_OK)
		request->event = SIGNIN_CODE_GOOD;
	else if (code_is_verdict(err))
		request->event = SIGNIN_CODE_BAD;
	return err;
}

enum err
op_back(struct request *request)
{
	request->event = SIGNIN_BACK;
	return ERR_OK;
}
