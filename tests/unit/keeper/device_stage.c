/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device_stage.h"

#include <stdio.h>
#include <string.h>

#include "auth/totp.h"
#include "keeper/devices.h"
#include "store/store_user.h"

enum { SECRET_BYTES = 20 };

/* --- what they have --------------------------------------------------------------------- */

void
device_code(const char *key, int64_t step, char code[7])
{
	struct secret *secret = NULL;
	char made[9];

	assert_int_equal(secret_from(key, SECRET_BYTES, &secret), ERR_OK);
	assert_int_equal(totp_code(secret, step, 6, made), ERR_OK);
	memcpy(code, made, 7);
	secret_free(secret);
}

/* Twenty bytes are its key; so many steps were spent of it. */
int64_t
device_give(struct stage *stage, const char *name, const char *key)
{
	struct store_device device = { .user = stage->session.state.user, .created = 1 };
	struct secret *secret = NULL;

	wire_put(device.name, sizeof device.name, name);
	assert_int_equal(secret_from(key, SECRET_BYTES, &secret), ERR_OK);
	assert_int_equal(devices_seal(stage->keeper.ring, device.user, secret, &device.secret),
	    ERR_OK);
	secret_free(secret);
	assert_int_equal(store_device_add(stage->keeper.store, &device, &device.id), ERR_OK);
	return device.id;
}

const char device_phone[] = "the key of the phone", device_tablet[] = "the key of a tablet.";

/* At home with one authenticator, whose recovery codes were saved. */
int
device_set_up(void **state)
{
	unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE] = { { 0 } };
	struct stage *stage;
	int64_t user;

	if (stage_set_up(state) != 0)
		return -1;
	stage = *state;
	user = stage->session.state.user;
	assert_int_equal(secret_new(DEVICES_KEY_MAX, &stage->keeper.open), ERR_OK);
	(void)device_give(stage, ACCOUNT_DEVICE_NAME, device_phone);
	for (unsigned char i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		hashes[i][0] = i;
	assert_int_equal(store_recovery_put(stage->keeper.store, user, 1, hashes), ERR_OK);
	assert_int_equal(store_recovery_saved(stage->keeper.store, user), ERR_OK);
	stage->session.state.signin.code_passed = true;
	return 0;
}

int
device_tear_down(void **state)
{
	struct stage *stage = *state;

	secret_free(stage->keeper.open);
	return stage_tear_down(state);
}

/* --- asking ------------------------------------------------------------------------------- */

/* Whatever it asks; what is answered is true from then on. */
struct wire_reply
device_told(struct stage *stage)
{
	struct outcome *outcome = &stage->session.outcome;
	struct wire_reply reply;

	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	reply = *outcome->reply;
	stage->session.state = outcome->after;
	outcome_clear(outcome);
	return reply;
}

/* The proof is the code of a key in that step. */
static void
prove(struct stage *stage, const char *key, int64_t step)
{
	struct wire_proof *proof = wire_request_proof(&stage->message);
	char code[9];

	device_code(key, step, code);
	wire_put(proof->code, sizeof proof->code, code);
}

int64_t
device_now(void)
{
	return totp_step(STAGE_NOW);
}

struct wire_reply
device_ask_add(struct stage *stage, const char *name, int64_t step)
{
	wire_request_init(&stage->message, WIRE_DEVICE_ADD);
	wire_put(stage->message.u.device_add.name, sizeof stage->message.u.device_add.name, name);
	prove(stage, device_phone, step);
	return device_told(stage);
}

/* With a step of the device_phone; 0: without a proof. */
enum err
device_ask(struct stage *stage, enum wire_op op, int64_t id, int64_t step)
{
	wire_request_init(&stage->message, op);
	stage->message.u.device.id = id;
	if (step != 0)
		prove(stage, device_phone, step);
	return (enum err)device_told(stage).err;
}

enum err
device_ask_rename(struct stage *stage, int64_t id, const char *name)
{
	wire_request_init(&stage->message, WIRE_DEVICE_RENAME);
	stage->message.u.device_rename.id = id;
	wire_put(stage->message.u.device_rename.name, sizeof stage->message.u.device_rename.name,
	    name);
	return (enum err)device_told(stage).err;
}

/* The code of the key that waits, or one that is none of it. */
enum err
device_activate(struct stage *stage, bool right)
{
	struct store_pending pending;
	struct secret *key = NULL;
	char code[9];

	assert_int_equal(store_pending(stage->keeper.store, stage->session.state.user, &pending),
	    ERR_OK);
	assert_int_equal(devices_open_pending(stage->keeper.ring, pending.user, &pending.secret,
			     &key),
	    ERR_OK);
	assert_int_equal(totp_code(key, device_now() - (right ? 0 : 99), 6, code), ERR_OK);
	secret_free(key);
	wire_request_init(&stage->message, WIRE_ACTIVATE);
	wire_put(stage->message.u.activate.code, sizeof stage->message.u.activate.code, code);
	return (enum err)device_told(stage).err;
}

/* --- what is true then ----------------------------------------------------------------------- */

/* "Authenticator, Work phone" */
const char *
device_names(struct stage *stage)
{
	static char text[2048];
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = 0, used = 0;

	text[0] = '\0';
	assert_int_equal(store_devices(stage->keeper.store, stage->session.state.user, devices,
			     &count),
	    ERR_OK);
	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? ", " : "",
		    devices[i].name);
	return text;
}

struct store_device
device_at(struct stage *stage, size_t index)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = 0;

	assert_int_equal(store_devices(stage->keeper.store, stage->session.state.user, devices,
			     &count),
	    ERR_OK);
	assert_in_range(index, 0, count - 1);
	return devices[index];
}

struct account
device_owner(struct stage *stage)
{
	struct account account;

	assert_int_equal(store_user_by_name(stage->keeper.store, "alice", &account, NULL), ERR_OK);
	return account;
}

struct store_audit
device_newest_row(struct stage *stage)
{
	struct store_audit row = { 0 };
	size_t count = 1;

	assert_int_equal(store_audit_page(stage->keeper.store, stage_rows(stage) - 1, &row, &count),
	    ERR_OK);
	assert_int_equal(count, 1);
	return row;
}

void
device_make_optional(struct stage *stage)
{
	assert_int_equal(store_setting_put(stage->keeper.store, SETTING_REQUIRE_2FA, "no", "alice"),
	    ERR_OK);
}
