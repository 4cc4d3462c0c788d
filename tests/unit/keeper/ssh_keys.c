/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH keys of people, asked of the keeper: a proof each time, and a name said only by a key that
 * its person has signed in over, and that is theirs alone. */
#include "device_stage.h"

#include <stdio.h>
#include <string.h>

#include "store/store_notice.h"
#include "store/store_ssh_key.h"
#include "store/store_user.h"

static const char line[] =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";

/* As ssh-keygen -l has it. */
static const char print[] = "SHA256:RXm/ruZ0eTzRXKwi1AQEDynB0VgHQ2ac9KPSFdf/YnA";

static struct wire_reply
add(struct stage *stage, const char *key, int64_t step)
{
	struct wire_ssh_add_request *asked = &stage->message.u.ssh_add;

	wire_request_init(&stage->message, WIRE_SSH_ADD);
	wire_put(asked->key, sizeof asked->key, key);
	if (step != 0)
		device_code(device_phone, step, asked->proof.code);
	return device_told(stage);
}

static struct wire_ssh_keys_reply
list(struct stage *stage)
{
	struct wire_reply reply;

	wire_request_init(&stage->message, WIRE_SSH_LIST);
	reply = device_told(stage);
	assert_int_equal(reply.err, ERR_OK);
	return reply.u.ssh_keys;
}

static enum err
remove_it(struct stage *stage, const char *fingerprint, int64_t step)
{
	struct wire_ssh_key_request *asked = &stage->message.u.ssh_key;

	wire_request_init(&stage->message, WIRE_SSH_REMOVE);
	wire_put(asked->fingerprint, sizeof asked->fingerprint, fingerprint);
	if (step != 0)
		device_code(device_phone, step, asked->proof.code);
	return (enum err)device_told(stage).err;
}

static void
ones_own_need_a_fresh_proof(void **state)
{
	struct stage *stage = *state;
	struct wire_reply reply;
	char named[512];

	assert_int_equal(add(stage, line, 0).err, ERR_PROOF_NEEDED);
	assert_int_equal(add(stage, line, device_now() + 7).err, ERR_CODE_WRONG);
	assert_int_equal(list(stage).count, 0);
	reply = add(stage, line, device_now() - 1);
	assert_int_equal(reply.err, ERR_OK);
	assert_string_equal(reply.u.ssh_add.fingerprint, print);
	assert_string_equal(reply.u.ssh_add.name, "SSH key");
	assert_string_equal(device_newest_row(stage).action, "ssh-key-add");
	(void)snprintf(named, sizeof named, "SSH key %s", print);
	assert_string_equal(device_newest_row(stage).detail, named);
	assert_int_equal(list(stage).count, 1);
	assert_string_equal(list(stage).key[0].fingerprint, print);
	assert_false(list(stage).key[0].names);

	/* A code is not spent on what is refused. */
	assert_int_equal(add(stage, line, device_now()).err, ERR_SSH_KEY_TAKEN);
	assert_int_equal(add(stage, "ssh-rsa AAAA", device_now()).err, ERR_SSH_KEY_DAMAGED);
	assert_int_equal(remove_it(stage, print, 0), ERR_PROOF_NEEDED);
	assert_int_equal(remove_it(stage, "SHA256:none", device_now()), ERR_SSH_PRINT);
	assert_int_equal(list(stage).count, 1);
	assert_int_equal(remove_it(stage, print, device_now()), ERR_OK);
	assert_int_equal(list(stage).count, 0);
	assert_string_equal(device_newest_row(stage).action, "ssh-key-remove");
	assert_int_equal(remove_it(stage, print, device_now() + 1), ERR_SSH_KEY_UNKNOWN);
}

static void
a_name_is_changed_without_a_proof(void **state)
{
	struct stage *stage = *state;
	struct wire_ssh_rename_request *asked = &stage->message.u.ssh_rename;

	assert_int_equal(add(stage, line, device_now()).err, ERR_OK);
	wire_request_init(&stage->message, WIRE_SSH_RENAME);
	wire_put(asked->fingerprint, sizeof asked->fingerprint, print);
	wire_put(asked->name, sizeof asked->name, "  Laptop ");
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_string_equal(list(stage).key[0].name, "Laptop");
}

/* An eleventh is refused. */
static void
a_person_has_ten_at_most(void **state)
{
	struct stage *stage = *state;
	struct store_ssh_key key = { .user = stage->session.state.user, .length = 1 };

	wire_put(key.type, sizeof key.type, "ssh-ed25519");
	for (unsigned char i = 0; i < SSH_KEYS_MAX; i++) {
		key.hash[0] = i;
		assert_int_equal(store_ssh_key_add(stage->keeper.store, &key), ERR_OK);
	}
	assert_int_equal(add(stage, line, device_now()).err, ERR_SSH_KEYS_FULL);
}

/* --- whose name it says ---------------------------------------------------------------------- */

/* A new line, which came over that key, as root says; the name that it is told. */
static const char *
come(struct stage *stage, const char *fingerprint)
{
	static char name[TEXT_NAME_SIZE];
	struct wire_reply reply;

	stage->session.state = (struct session_state){ .signin = signin_start() };
	wire_put(stage->session.state.ssh_key, sizeof stage->session.state.ssh_key, fingerprint);
	wire_request_init(&stage->message, WIRE_HELLO);
	stage->message.u.hello.kind = WIRE_PERSON;
	reply = device_told(stage);
	assert_int_equal(reply.err, ERR_OK);
	wire_put(name, sizeof name, reply.u.hello.name);
	return name;
}

/* The right password, as a worker has found. */
static enum err
pass(struct stage *stage, const char *name)
{
	struct hash_job job = { .verify = true, .known = true, .fits = true, .phc = "phc" };
	enum err err;

	stage->session.life = LIFE_HASHED;
	stage->session.job = &job;
	wire_request_init(&stage->message, WIRE_PASSWORD);
	wire_put(stage->message.u.password.name, sizeof stage->message.u.password.name, name);
	err = (enum err)device_told(stage).err;
	stage->session.job = NULL;
	stage->session.life = LIFE_ASKED;
	return err;
}

static enum err
enter_code(struct stage *stage, int64_t step)
{
	wire_request_init(&stage->message, WIRE_CODE);
	device_code(device_phone, step, stage->message.u.code.code);
	return (enum err)device_told(stage).err;
}

static struct store_ssh_key
key_of(struct stage *stage, int64_t user)
{
	struct store_ssh_key keys[SSH_KEYS_MAX];
	size_t count = 0;

	assert_int_equal(store_ssh_keys(stage->keeper.store, user, keys, &count), ERR_OK);
	assert_int_equal(count, 1);
	return keys[0];
}

static int64_t
id_of(struct stage *stage, const char *name)
{
	struct account account;

	assert_int_equal(store_user_by_name(stage->keeper.store, name, &account, NULL), ERR_OK);
	return account.id;
}

static void
a_key_says_a_name_after_a_full_sign_in_over_it(void **state)
{
	struct stage *stage = *state;
	int64_t alice = stage->session.state.user;

	stage_add_people(stage, ROLE_OPERATOR);
	assert_int_equal(add(stage, line, device_now() - 1).err, ERR_OK);
	assert_string_equal(come(stage, ""), "");
	assert_string_equal(come(stage, print), "");
	/* Any name is taken; half a sign-in is none. */
	assert_int_equal(pass(stage, "bruno"), ERR_OK);
	assert_string_equal(come(stage, print), "");
	assert_int_equal(pass(stage, "alice"), ERR_OK);
	assert_int_equal(key_of(stage, alice).known_since, 0);
	assert_string_equal(come(stage, print), "");
	assert_int_equal(pass(stage, "alice"), ERR_OK);
	assert_int_equal(enter_code(stage, device_now()), ERR_OK);
	assert_int_equal(stage->session.state.signin.door, DOOR_HOME);
	assert_int_equal(key_of(stage, alice).known_since, STAGE_NOW);
	assert_int_equal(key_of(stage, alice).last_used, STAGE_NOW);
	assert_true(list(stage).key[0].names);

	assert_string_equal(come(stage, print), "alice");
	assert_int_equal(pass(stage, "bruno"), ERR_NAME_FIXED);
	assert_int_equal(pass(stage, "nobody"), ERR_NAME_FIXED);
	assert_int_equal(stage->session.state.signin.door, DOOR_NAME);
	assert_int_equal(pass(stage, "alice"), ERR_OK);
	assert_int_equal(stage->session.state.signin.door, DOOR_CODE);
	/* Over another key, or none, anybody signs in. */
	assert_string_equal(come(stage, ""), "");
	assert_int_equal(pass(stage, "bruno"), ERR_OK);
}

/* bruno pastes alice's public key: it says nobody's name from then on, and his signing in with
 * another one changes nothing. Without him it says hers. */
static void
pasting_anothers_key_gains_nothing(void **state)
{
	struct stage *stage = *state;
	struct store_ssh_key key;
	int64_t alice = stage->session.state.user, bruno;

	stage_add_people(stage, ROLE_OPERATOR);
	bruno = id_of(stage, "bruno");
	assert_int_equal(add(stage, line, device_now() - 1).err, ERR_OK);
	key = key_of(stage, alice);
	key.user = bruno;
	assert_int_equal(store_ssh_key_add(stage->keeper.store, &key), ERR_OK);
	(void)come(stage, print);
	assert_int_equal(pass(stage, "alice"), ERR_OK);
	assert_int_equal(enter_code(stage, device_now()), ERR_OK);
	assert_int_equal(key_of(stage, alice).known_since, STAGE_NOW);
	assert_int_equal(key_of(stage, bruno).known_since, 0);
	assert_string_equal(come(stage, print), "");
	assert_int_equal(pass(stage, "bruno"), ERR_OK);
	assert_int_equal(store_ssh_key_remove(stage->keeper.store, bruno, key_of(stage, bruno).id),
	    ERR_OK);
	assert_string_equal(come(stage, print), "alice");
	assert_int_equal(store_user_enable(stage->keeper.store, alice, false), ERR_OK);
	assert_string_equal(come(stage, print), "");
}

/* --- sshd's question ------------------------------------------------------------------------- */

/* What sshd's line is told of a fingerprint. */
static const char *
look_up(struct stage *stage, const char *fingerprint)
{
	static char key[SSH_KEY_TEXT_SIZE];

	wire_request_init(&stage->message, WIRE_KEYS_LOOKUP);
	wire_put(stage->message.u.keys.fingerprint, sizeof stage->message.u.keys.fingerprint,
	    fingerprint);
	struct wire_reply reply = device_told(stage);
	assert_int_equal(reply.err, ERR_OK);
	wire_put(key, sizeof key, reply.u.keys.key);
	return key;
}

static void
sshd_asks_by_the_fingerprint(void **state)
{
	struct stage *stage = *state;
	int64_t alice = stage->session.state.user;

	assert_int_equal(add(stage, line, device_now()).err, ERR_OK);
	/* A person's line does not ask it, and sshd's nothing else. */
	wire_request_init(&stage->message, WIRE_KEYS_LOOKUP);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.kind, OUTCOME_CUT);
	outcome_clear(&stage->session.outcome);
	stage->session.state = (struct session_state){ .signin = signin_start(),
		.greeted = true,
		.kind = WIRE_KEYS };
	assert_string_equal(look_up(stage, print), line);
	assert_string_equal(look_up(stage, "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"),
	    "");
	assert_int_equal(store_user_enable(stage->keeper.store, alice, false), ERR_OK);
	assert_string_equal(look_up(stage, print), "");
	wire_request_init(&stage->message, WIRE_USER_LIST);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.kind, OUTCOME_CUT);
	outcome_clear(&stage->session.outcome);
	assert_int_equal(session_share(&stage->session), SHARE_SERVICE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DEVICE_TEST(ones_own_need_a_fresh_proof),
		DEVICE_TEST(a_name_is_changed_without_a_proof),
		DEVICE_TEST(a_person_has_ten_at_most),
		DEVICE_TEST(a_key_says_a_name_after_a_full_sign_in_over_it),
		DEVICE_TEST(pasting_anothers_key_gains_nothing),
		DEVICE_TEST(sshd_asks_by_the_fingerprint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
