/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recovery codes, passwords and their hashes are gone when the function that had them returns. */
#include "auth_ring.h"

#include "../left.h"
#include "auth/password.h"
#include "auth/phc.h"
#include "auth/recovery.h"

struct call {
	const struct keyring *ring;
	const char *text;
	char out[PASSWORD_PHC_SIZE];
	enum err err;
	bool matched;
	int64_t step;
};

/* --- recovery codes -------------------------------------------------------------------- */

static void
clean(void *context)
{
	struct call *call = context;

	call->err = recovery_clean(call->text, call->out);
}

static void
a_recovery_code_that_is_typed(void **state)
{
	static const char good[] = "ABCDEFGHIJKLMNOP", more[] = "ABCDEFGHIJKLMNOPQ";
	struct call call = { .text = good };

	(void)state;
	left_nothing(clean, &call, good, sizeof good - 1);
	assert_int_equal(call.err, ERR_OK);
	call.text = more;
	left_nothing(clean, &call, good, sizeof good - 1);
	assert_int_equal(call.err, ERR_RECOVERY_FORMAT);
}

static void
make(void *context)
{
	struct call *call = context;

	recovery_new(call->out);
}

/* The bytes behind its 16 characters (RFC 4648 6). */
static void
read_code(const char characters[16], unsigned char bytes[10])
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned buffer = 0, bits = 0;

	for (size_t i = 0; i < 16; i++) {
		buffer = buffer << 5 | (unsigned)(strchr(alphabet, characters[i]) - alphabet);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			*bytes++ = (unsigned char)(buffer >> bits);
		}
	}
}

static void
a_recovery_code_that_is_made(void **state)
{
	struct call call = { .text = NULL };
	char characters[16];
	unsigned char bytes[10];

	(void)state;
	left_run(make, &call, NULL, 0);
	for (size_t i = 0; i < 4; i++)
		memcpy(characters + 4 * i, call.out + 5 * i, 4);
	read_code(characters, bytes);
	left_nothing_made(characters, sizeof characters);
	left_nothing_made(bytes, sizeof bytes);
	left_done();
}

/* --- passwords ------------------------------------------------------------------------- */

static const struct password_cost quick = { .memory = 7168, .passes = 1, .lanes = 1 };
static const char password[] = "correct horse battery";

static void
hash(void *context)
{
	struct call *call = context;

	call->err = password_hash(call->ring, &quick, 7, password, sizeof password - 1, call->out);
}

static void
verify(void *context)
{
	struct call *call = context;

	call->err = password_verify(call->ring, 7, call->out, password, sizeof password - 1,
	    &call->matched);
}

static void
stale(void *context)
{
	struct call *call = context;

	call->matched = password_stale(call->ring, &quick, call->out);
}

static void
cost(void *context)
{
	struct call *call = context;
	struct password_cost ignored;

	call->err = password_parse(call->out, &ignored, &call->step);
}

static void
a_password_and_its_hash(void **state)
{
	static void (*const calls[])(void *context) = { verify, stale, cost };
	struct call call = { .ring = *state };
	struct phc phc;

	left_run(hash, &call, password, sizeof password - 1);
	assert_int_equal(call.err, ERR_OK);
	assert_int_equal(phc_read(call.out, &phc), ERR_OK);
	left_nothing_made(password, sizeof password - 1);
	left_nothing_made(phc.hash, sizeof phc.hash);
	left_done();
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		left_nothing(calls[i], &call, phc.hash, sizeof phc.hash);
		assert_int_equal(call.err, ERR_OK);
		assert_int_equal(call.matched, calls[i] == verify);
		left_nothing(calls[i], &call, password, sizeof password - 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RING(a_recovery_code_that_is_typed),
		ON_RING(a_recovery_code_that_is_made),
		ON_RING(a_password_and_its_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
