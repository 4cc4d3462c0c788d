/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every test of auth/ needs: a library that is started and a ring with one key of each
 * purpose. */
#ifndef TESTS_UNIT_AUTH_AUTH_RING_H
#define TESTS_UNIT_AUTH_AUTH_RING_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "auth/auth.h"
#include "auth/keyring.h"

/* Keys 1 to 4: seal, pepper, recovery, audit. */
static inline struct keyring *
auth_ring(unsigned char fill)
{
	unsigned char bytes[KEY_SIZE];
	struct secret *console_key = NULL;
	struct keyring *ring = NULL;

	memset(bytes, fill, sizeof bytes);
	assert_int_equal(auth_start(), ERR_OK);
	assert_int_equal(secret_from(bytes, sizeof bytes, &console_key), ERR_OK);
	assert_int_equal(keyring_new(console_key, &ring), ERR_OK);
	secret_free(console_key);
	for (int purpose = KEY_SEAL; purpose < KEY_PURPOSE_END; purpose++) {
		struct keyring_row row;

		assert_int_equal(keyring_make(ring, purpose, (enum key_purpose)purpose, 1000, &row),
		    ERR_OK);
	}
	return ring;
}

/* cmocka's setup and teardown: *state is a ring. */
static inline int
auth_ring_setup(void **state)
{
	*state = auth_ring(1);
	return 0;
}

static inline int
auth_ring_teardown(void **state)
{
	keyring_free(*state);
	return 0;
}

#define ON_RING(test) cmocka_unit_test_setup_teardown(test, auth_ring_setup, auth_ring_teardown)

/* The setup of a group that makes its rings itself: the library alone. */
static inline int
auth_setup(void **state)
{
	(void)state;
	return auth_start() == ERR_OK ? 0 : -1;
}

#endif
