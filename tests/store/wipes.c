/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hash of a password goes to whoever asked for it, and nowhere else. */
#include "fixture.h"
#include "store/store_user.h"

#include "../unit/left.h"

static const char phc[] = "$argon2id$v=19$m=19456,t=2,p=1,keyid=AAE$a hash of somebody";

struct call {
	struct store *store;
	int64_t id;
	char *phc;
	struct account account;
	enum err err;
};

static void
by_id(void *context)
{
	struct call *call = context;

	call->err = store_user_by_id(call->store, call->id, &call->account, call->phc);
}

static void
by_name(void *context)
{
	struct call *call = context;

	call->err = store_user_by_name(call->store, "alice", &call->account, call->phc);
}

static void
the_hash_of_a_password(void **state)
{
	static void (*const calls[])(void *context) = { by_id, by_name };
	struct fixture *f = *state;
	struct call call = { .store = f->store, .id = fixture_user(f, "alice") };
	char asked[STORE_PHC_SIZE] = "";

	assert_ok(store_begin(f->store));
	assert_ok(store_user_set_password(f->store, call.id, phc, false, 0));
	assert_ok(store_commit(f->store));
	for (size_t i = 0; i < 4; i++) {
		call.phc = i < 2 ? asked : NULL;
		left_nothing(calls[i % 2], &call, phc, sizeof phc - 1);
		assert_ok(call.err);
	}
	assert_string_equal(asked, phc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { STORE_TEST(the_hash_of_a_password) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
