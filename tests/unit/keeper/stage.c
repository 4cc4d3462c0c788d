/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/keys.h"
#include "store/store_audit.h"
#include "store/store_user.h"

/* One person, at home on one line, who asks for what stands there. */
int
stage_set_up(void **state)
{
	struct stage *stage = calloc(1, sizeof *stage);
	struct account account = { .name = "alice", .enabled = true, .created = STAGE_NOW };
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

int
stage_tear_down(void **state)
{
	static const char *const names[] = { "console.db", "console.db-wal", "console.db-shm",
		"console.key", "console.set-up" };
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

enum err
stage_ask(struct stage *stage, bool *ret_closing)
{
	struct outcome *outcome = &stage->session.outcome;
	enum err err;

	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	err = (enum err)outcome->reply->err;
	*ret_closing = outcome->closing;
	outcome_clear(outcome);
	return err;
}

int64_t
stage_rows(const struct stage *stage)
{
	struct store_head head;

	assert_int_equal(store_head(stage->keeper.store, &head), ERR_OK);
	return head.count;
}

void
stage_add_people(struct stage *stage, enum role alice)
{
	static const struct {
		const char *name;
		enum role role;
	} people[] = { { "bruno", ROLE_OPERATOR }, { "chloe", ROLE_ADMINISTRATOR },
		{ "dana", ROLE_SUPER_ADMINISTRATOR } };

	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		struct account account = { .enabled = true, .role = people[i].role };
		int64_t id;

		(void)snprintf(account.name, sizeof account.name, "%s", people[i].name);
		assert_int_equal(store_user_add(stage->keeper.store, &account, people[i].name,
				     "phc", &id),
		    ERR_OK);
	}
	assert_int_equal(store_user_set_role(stage->keeper.store, stage->session.state.user, alice),
	    ERR_OK);
}
