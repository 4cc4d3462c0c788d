/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgcrypt in FIPS mode, as a host that asks for it puts it: said, and nothing else tried. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "auth/auth.h"

static void
fips_mode_is_told(void **state)
{
	(void)state;
	assert_int_equal(setenv("LIBGCRYPT_FORCE_FIPS_MODE", "1", 1), 0);
	assert_int_equal(auth_start(), ERR_FIPS);
	/* Asking again does not help. */
	assert_int_equal(auth_start(), ERR_FIPS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(fips_mode_is_told) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
