/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is not known to be right is never right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <security/pam_modules.h>

#include "pam/verdict.h"

static void
nothing_but_ok_is_success(void **state)
{
	(void)state;
	assert_int_equal(verdict_pam(ERR_OK), PAM_SUCCESS);
	for (int err = 1; err <= ERR_COUNT; err++) {
		assert_int_not_equal(verdict_pam((enum err)err), PAM_SUCCESS);
		assert_int_not_equal(verdict_pam((enum err)err), PAM_IGNORE);
	}
	assert_false(verdict_again(ERR_OK));
	assert_false(verdict_again(ERR_COUNT));
}

static void
an_account_is_let_in_by_grace_alone(void **state)
{
	struct wire_pam_reply pam;

	(void)state;
	for (unsigned bits = 0; bits < 16; bits++) {
		bool nullok = (bits & 8) != 0;
		enum verdict verdict;

		pam = (struct wire_pam_reply){ .linked = bits & 1,
			.has_2fa = bits >> 1 & 1,
			.grace = bits >> 2 & 1 };
		verdict = verdict_of(&pam, nullok);
		if (!pam.linked)
			assert_int_equal(verdict, nullok ? VERDICT_LEAVE : VERDICT_STRANGER);
		else if (!pam.has_2fa)
			assert_int_equal(verdict, nullok ? VERDICT_LEAVE : VERDICT_UNPROVIDED);
		else
			assert_int_equal(verdict, pam.grace ? VERDICT_GRACE : VERDICT_ASK);
	}
}

static void
a_slip_may_be_mended_and_a_pause_may_not(void **state)
{
	(void)state;
	assert_true(verdict_again(ERR_CODE_WRONG) && verdict_again(ERR_CODE_USED));
	assert_true(verdict_again(ERR_CODE_FORMAT) && verdict_again(ERR_RECOVERY_WRONG));
	assert_int_equal(verdict_pam(ERR_CODE_WRONG), PAM_AUTH_ERR);
	assert_int_equal(verdict_pam(ERR_PAUSED), PAM_MAXTRIES);
	assert_int_equal(verdict_pam(ERR_CODE_LOCKED), PAM_MAXTRIES);
	assert_false(verdict_again(ERR_PAUSED) || verdict_again(ERR_CODE_LOCKED));
}

static void
a_keeper_that_cannot_be_asked_is_no_refusal(void **state)
{
	static const enum err rows[] = { ERR_KEEPER_ABSENT, ERR_KEEPER_GONE, ERR_KEEPER_STRANGER,
		ERR_BUSY, ERR_CROWDED, ERR_VERSION, ERR_PROTOCOL, ERR_NOT_HOST, ERR_KIND,
		ERR_STORE_FULL, ERR_MEMORY, ERR_FAILED, ERR_COUNT };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(verdict_pam(rows[i]), PAM_AUTHINFO_UNAVAIL);
		assert_false(verdict_again(rows[i]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_but_ok_is_success),
		cmocka_unit_test(an_account_is_let_in_by_grace_alone),
		cmocka_unit_test(a_slip_may_be_mended_and_a_pause_may_not),
		cmocka_unit_test(a_keeper_that_cannot_be_asked_is_no_refusal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
