/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "auth/recovery.h"
#include "auth/seal.h"
#include "auth/totp.h"
#include "keeper/devices.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"

/* What became of a code on the authenticators of a person. */
struct attempt {
	bool matched, spent;
	int64_t next; /* Unix seconds of the next code of the one it matched */
};

/* A greater step is spent by one conditional UPDATE, so that two at once cannot both pass (RFC
 * 6238 5.2). */
static enum err
try_device(struct turn *turn, const struct store_device *device, const char *code,
    struct attempt *attempt)
{
	struct secret *key = turn->keeper->open;
	bool matched = false, spent = false;
	int64_t step = 0;
	enum err err = devices_open(turn->keeper->ring, device->user, &device->secret, key);

	if (err == ERR_OK)
		err = totp_match(key, totp_step(turn->now), device->offset, code, &matched, &step);
	secret_clear(key);
	if (err != ERR_OK || !matched)
		return err;
	attempt->matched = true;
	attempt->next = (device->last_step + 1 - device->offset) * TOTP_PERIOD;
	err = store_device_spend(turn->keeper->store, device->id, step, device->offset, &spent);
	attempt->spent = attempt->spent || spent;
	return err;
}

enum err
op_spend_code(struct turn *turn, int64_t user, const char *code)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct attempt attempt = { 0 };
	size_t count = 0;
	enum err err;

	if (!totp_code_shaped(code))
		return ERR_CODE_FORMAT;
	err = store_devices(turn->keeper->store, user, devices, &count);
	for (size_t i = 0; err == ERR_OK && i < count && !attempt.spent; i++)
		err = try_device(turn, &devices[i], code, &attempt);
	secret_wipe(devices, sizeof devices);
	if (err != ERR_OK || attempt.spent)
		return err;
	turn->reply->wait = totp_left(turn->now);
	if (!attempt.matched)
		return ERR_CODE_WRONG;
	if (attempt.next - turn->now > 0 && attempt.next - turn->now <= 3 * TOTP_PERIOD)
		turn->reply->wait = attempt.next - turn->now;
	return ERR_CODE_USED;
}

bool
op_is_verdict(enum err err)
{
	return err == ERR_CODE_WRONG || err == ERR_CODE_USED || err == ERR_RECOVERY_WRONG ||
	    err == ERR_RESYNC_WRONG;
}

enum err
op_code(struct turn *turn)
{
	enum err err;

	op_row(turn, "code", NULL, NULL);
	turn->event = SIGNIN_REFUSED;
	err = guess_code_check(turn);
	if (err == ERR_OK)
		err = op_spend_code(turn, turn->account.id, turn->request->u.code.code);
	if (err == ERR_OK)
		turn->event = SIGNIN_CODE_GOOD;
	else if (op_is_verdict(err))
		turn->event = SIGNIN_CODE_BAD;
	return err;
}

/* --- a recovery code ------------------------------------------------------- */

enum err
op_use_recovery(struct turn *turn, const char *typed)
{
	char text[RECOVERY_TEXT_SIZE];
	unsigned char hash[RECOVERY_HASH_SIZE];
	int64_t key = 0;
	bool used = false;
	enum err err = recovery_clean(typed, text);

	if (err == ERR_OK)
		err = store_recovery_key(turn->keeper->store, turn->account.id, &key);
	if (err == ERR_STORE_NONE)
		err = ERR_RECOVERY_WRONG;
	if (err == ERR_OK)
		err = recovery_hash(turn->keeper->ring, key, turn->account.id, text, hash);
	secret_wipe(text, sizeof text);
	if (err == ERR_OK)
		err = store_recovery_use(turn->keeper->store, turn->account.id, hash, turn->now,
		    &used);
	if (err == ERR_OK && !used)
		err = ERR_RECOVERY_WRONG;
	return err;
}

enum err
op_recovery(struct turn *turn)
{
	struct wire_signin_reply *reply = &turn->reply->u.signin;
	enum err err;

	op_row(turn, "recovery-code", NULL, NULL);
	turn->event = SIGNIN_REFUSED;
	err = guess_code_check(turn);
	if (err == ERR_OK)
		err = op_use_recovery(turn, turn->request->u.recovery.code);
	if (op_is_verdict(err))
		turn->event = SIGNIN_RECOVERY_BAD;
	if (err != ERR_OK)
		return err;
	turn->event = SIGNIN_RECOVERY_GOOD;
	turn->state->used_recovery = true;
	reply->used_recovery = 1;
	reply->recovery_left = turn->account.recovery_left > 0 ? turn->account.recovery_left - 1
							       : 0;
	return ERR_OK;
}

/* --- a phone with a wrong clock -------------------------------------------- */

static enum err
resync_device(struct turn *turn, const struct store_device *device, bool *ret_done)
{
	const struct wire_resync_request *asked = &turn->request->u.resync;
	struct secret *key = turn->keeper->open;
	bool matched = false, spent = false;
	int64_t now = totp_step(turn->now), step = 0;
	enum err err = devices_open(turn->keeper->ring, device->user, &device->secret, key);

	if (err == ERR_OK)
		err = totp_resync(key, now, device->last_step, asked->first, asked->next, &matched,
		    &step);
	secret_clear(key);
	if (err != ERR_OK || !matched)
		return err;
	err = store_device_spend(turn->keeper->store, device->id, step, step - now, &spent);
	if (err == ERR_OK && spent) {
		*ret_done = true;
		turn->reply->u.signin.skew = (step - now) * TOTP_PERIOD;
	}
	return err;
}

enum err
op_resync(struct turn *turn)
{
	const struct wire_resync_request *asked = &turn->request->u.resync;
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = 0;
	bool done = false;
	enum err err;

	op_row(turn, "resynchronise", NULL, NULL);
	turn->event = SIGNIN_REFUSED;
	if (!totp_code_shaped(asked->first) || !totp_code_shaped(asked->next))
		return ERR_CODE_FORMAT;
	err = guess_code_check(turn);
	if (err == ERR_OK)
		err = store_devices(turn->keeper->store, turn->account.id, devices, &count);
	for (size_t i = 0; err == ERR_OK && i < count && !done; i++)
		err = resync_device(turn, &devices[i], &done);
	secret_wipe(devices, sizeof devices);
	if (err != ERR_OK)
		return err;
	turn->event = done ? SIGNIN_CODE_GOOD : SIGNIN_CODE_BAD;
	return done ? ERR_OK : ERR_RESYNC_WRONG;
}

enum err
op_back(struct turn *turn)
{
	turn->event = SIGNIN_BACK;
	return ERR_OK;
}
