/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recovery code that was asked with is nowhere when that is over. */
#include "stage.h"

#include <stdlib.h>

#include "../left.h"
#include "keeper/code.h"
#include "store/store_device.h"

static const char typed[] = "ABCD-EFGH-IJKL-MNOP";

struct call {
	struct request request;
	enum err err;
};

static void
use(void *context)
{
	struct call *call = context;

	call->err = code_use_recovery(&call->request, typed);
}

static void
a_recovery_code(void **state)
{
	static unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE];
	struct stage *stage = *state;
	int64_t user = stage->session.state.user, key = 0;
	struct call call = {
		.request = { .keeper = &stage->keeper, .account = { .id = user }, .now = STAGE_NOW }
	};

	for (unsigned char i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		hashes[i][0] = i;
	assert_non_null(keyring_newest(stage->keeper.ring, KEY_RECOVERY, &key));
	assert_int_equal(store_recovery_put(stage->keeper.store, user, key, hashes), ERR_OK);
	left_nothing(use, &call, typed, sizeof typed - 1);
	assert_int_equal(call.err, ERR_RECOVERY_WRONG);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		STAGE_TEST(a_recovery_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
