/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "It was not me": SSH keys that came since say nobody's name until each was kept. */
#include "device_stage.h"

#include <stdio.h>
#include <string.h>

#include "store/store_sign_in.h"
#include "store/store_ssh_key.h"

/* Of the last sign-in but this one, by the phone's code. */
static enum err
say(struct stage *stage)
{
	struct wire_change_password_request *asked = &stage->message.u.change_password;
	struct hash_job job = { .verify = true, .known = true, .fits = true, .phc = "phc" };
	enum err err;

	wire_request_init(&stage->message, WIRE_NOT_ME);
	wire_put(asked->old, sizeof asked->old, "correct horse battery");
	wire_put(asked->fresh, sizeof asked->fresh, "another sentence of hers");
	device_code(device_phone, device_now(), asked->proof.code);
	(void)snprintf(job.made, sizeof job.made, "made anew");
	job.fresh_account = job.account = stage->session.state.user;
	stage->session.job = &job;
	stage->session.life = LIFE_HASHED;
	err = (enum err)device_told(stage).err;
	stage->session.job = NULL;
	stage->session.life = LIFE_ASKED;
	return err;
}

/* An SSH key of the asker, whose fingerprint is all of that byte. */
static void
give_key(struct stage *stage, const char *name, int byte)
{
	struct store_ssh_key key = { .user = stage->session.state.user, .length = 1 };

	wire_put(key.type, sizeof key.type, "ssh-ed25519");
	wire_put(key.name, sizeof key.name, name);
	memset(key.hash, byte, sizeof key.hash);
	assert_int_equal(store_ssh_key_add(stage->keeper.store, &key), ERR_OK);
	assert_int_equal(store_ssh_key_used(stage->keeper.store, key.user, key.hash, STAGE_NOW),
	    ERR_OK);
}

static int64_t
names(struct stage *stage, int byte)
{
	unsigned char hash[SSH_KEY_HASH_SIZE];
	int64_t user = 0;

	memset(hash, byte, sizeof hash);
	if (store_ssh_key_owner(stage->keeper.store, hash, &user) != ERR_OK)
		return 0;
	return user;
}

static struct wire_device
first_doubted(struct stage *stage)
{
	struct wire_reply reply;

	stage->session.state.signin.door = DOOR_DOUBT;
	wire_request_init(&stage->message, WIRE_DOUBTED);
	reply = device_told(stage);
	assert_int_equal(reply.err, ERR_OK);
	assert_true(reply.u.devices.count > 0);
	return reply.u.devices.device[0];
}

static enum err
judge_key(struct stage *stage, int64_t id, bool keep)
{
	stage->session.state.signin.door = DOOR_DOUBT;
	wire_request_init(&stage->message, WIRE_JUDGE);
	stage->message.u.judge.id = id;
	stage->message.u.judge.keep = keep;
	stage->message.u.judge.ssh = 1;
	return (enum err)device_told(stage).err;
}

/* Behind the authenticators each SSH key is asked about; until then it says nobody's name. */
static void
ssh_keys_that_came_since_are_asked_about_too(void **state)
{
	struct stage *stage = *state;
	int64_t alice = stage->session.state.user;
	struct wire_device key;

	/* The sign-in before this one, and this one. */
	give_key(stage, "Old", 3);
	assert_int_equal(store_sign_in_add(stage->keeper.store, alice, 1), ERR_OK);
	give_key(stage, "Laptop", 1);
	give_key(stage, "a stranger's", 2);
	assert_int_equal(store_sign_in_add(stage->keeper.store, alice, 2), ERR_OK);
	stage->session.state.sign_in = 2;
	assert_true(names(stage, 1) == alice && names(stage, 2) == alice);
	assert_int_equal(say(stage), ERR_OK);
	assert_true(names(stage, 1) == 0 && names(stage, 2) == 0);
	assert_int_equal(names(stage, 3), alice);
	assert_int_equal(device_owner(stage).keys_doubted, 2);
	assert_int_equal(device_owner(stage).doubted, 0);

	/* Another authenticator and new codes come first (not_me.c): here the door is opened. */
	key = first_doubted(stage);
	assert_true(key.ssh);
	assert_memory_equal(key.name, "Laptop SHA256:", 14);
	assert_int_equal(judge_key(stage, key.id + 100, true), ERR_STALE);
	assert_int_equal(judge_key(stage, key.id, true), ERR_OK);
	assert_string_equal(device_newest_row(stage).action, "ssh-key-keep");
	assert_int_equal(names(stage, 1), alice);
	assert_int_equal(judge_key(stage, key.id, false), ERR_STALE);
	key = first_doubted(stage);
	assert_memory_equal(key.name, "a stranger's SHA256:", 20);
	assert_int_equal(judge_key(stage, key.id, false), ERR_OK);
	assert_string_equal(device_newest_row(stage).action, "ssh-key-remove");
	assert_int_equal(names(stage, 2), 0);
	assert_int_equal(names(stage, 1), alice);
	assert_int_equal(device_owner(stage).keys_doubted, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DEVICE_TEST(ssh_keys_that_came_since_are_asked_about_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
