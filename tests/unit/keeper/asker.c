/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever asks is read afresh in each request, whatever ends sessions beside that; and what is
 * written down when a line goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/keys.h"
#include "keeper/request.h"
#include "keeper/session.h"

enum { NOW = 1767268800 };

struct stage {
	char path[40];
	struct keeper keeper;
	struct session session;
	struct wire_request message;
};

/* One person, at home on one line, who asks for what stands there. */
static int
set_up(void **state)
{
	struct stage *stage = calloc(1, sizeof *stage);
	struct account account = { .name = "alice", .enabled = true, .created = NOW };
	struct session_state *home = &stage->session.state;

	assert_non_null(stage);
	*state = stage;
	(void)snprintf(stage->path, sizeof stage->path, "/tmp/provconsole-asker-XXXXXX");
	assert_non_null(mkdtemp(stage->path));
	stage->keeper.directory = open(stage->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(auth_start(), ERR_OK);
	assert_int_equal(keys_open(stage->keeper.directory, &stage->keeper.store,
			     &stage->keeper.ring),
	    ERR_OK);
	assert_int_equal(store_begin(stage->keeper.store), ERR_OK);
	assert_int_equal(store_user_add(stage->keeper.store, &account, "alice", "phc", &home->user),
	    ERR_OK);
	home->greeted = true;
	home->signin = (struct signin){ .door = DOOR_HOME,
		.password_passed = true,
		.signed_in = true };
	wire_request_init(&stage->message, WIRE_HOME);
	stage->session.fd = -1;
	stage->session.request = &stage->message;
	stage->session.life = LIFE_ASKED;
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "console.db", "console.db-wal", "console.db-shm",
		"console.key" };
	struct stage *stage = *state;

	store_rollback(stage->keeper.store);
	keyring_free(stage->keeper.ring);
	store_close(stage->keeper.store);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		(void)unlinkat(stage->keeper.directory, names[i], 0);
	close(stage->keeper.directory);
	assert_int_equal(rmdir(stage->path), 0);
	free(stage);
	return 0;
}

/* What is answered; *ret_closing: whether the session ends by it. */
static enum err
ask(struct stage *stage, bool *ret_closing)
{
	struct outcome *outcome = &stage->session.outcome;
	enum err err;

	assert_int_equal(request_answer(&stage->keeper, &stage->session, NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	err = (enum err)outcome->reply->err;
	*ret_closing = outcome->closing;
	outcome_clear(outcome);
	return err;
}

static void
who_is_as_before_is_answered(void **state)
{
	bool closing = true;

	assert_int_equal(ask(*state, &closing), ERR_OK);
	assert_false(closing);
}

static void
who_is_of_a_generation_before_has_ended(void **state)
{
	struct stage *stage = *state;
	int64_t generation = 0;
	bool closing = false;

	assert_int_equal(store_user_raise(stage->keeper.store, stage->session.state.user,
			     &generation),
	    ERR_OK);
	assert_int_equal(ask(stage, &closing), ERR_ENDED);
	assert_true(closing);
}

static void
who_is_disabled_has_ended(void **state)
{
	struct stage *stage = *state;
	bool closing = false;

	assert_int_equal(store_user_enable(stage->keeper.store, stage->session.state.user, false),
	    ERR_OK);
	assert_int_equal(ask(stage, &closing), ERR_ENDED);
	assert_true(closing);
}

static void
who_is_there_no_more_has_ended(void **state)
{
	struct stage *stage = *state;
	bool closing = false;

	assert_int_equal(store_user_remove(stage->keeper.store, stage->session.state.user), ERR_OK);
	assert_int_equal(ask(stage, &closing), ERR_ENDED);
	assert_true(closing);
}

static int64_t
rows(const struct stage *stage)
{
	struct store_head head;

	assert_int_equal(store_head(stage->keeper.store, &head), ERR_OK);
	return head.count;
}

static void
only_who_was_at_home_signs_out(void **state)
{
	static const enum signin_door doors[] = { DOOR_CODE, DOOR_PASSWORD, DOOR_CONFIGURE,
		DOOR_RECOVERY };
	struct stage *stage = *state;
	int64_t before = rows(stage);

	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
		stage->session.state.signin.door = doors[i];
		assert_int_equal(session_farewell(&stage->keeper, &stage->session, NOW), ERR_OK);
		assert_int_equal(rows(stage), before);
	}
	stage->session.state.signin.door = DOOR_HOME;
	assert_int_equal(session_farewell(&stage->keeper, &stage->session, NOW), ERR_OK);
	assert_int_equal(rows(stage), before + 1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_is_as_before_is_answered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(who_is_of_a_generation_before_has_ended, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(who_is_disabled_has_ended, set_up, tear_down),
		cmocka_unit_test_setup_teardown(who_is_there_no_more_has_ended, set_up, tear_down),
		cmocka_unit_test_setup_teardown(only_who_was_at_home_signs_out, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
