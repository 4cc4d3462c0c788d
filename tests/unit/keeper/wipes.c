/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job, and what a request led to, are given back without the hashes and the codes in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../left.h"
#include "keeper/hash.h"
#include "keeper/outcome.h"

static const char phc[] = "$argon2id$v=19$m=19456,t=2,p=1,keyid=AAE$a hash of somebody";
static const char code[] = "ABCD-EFGH-IJKL-MNOP";

static void
free_job(void *context)
{
	hash_job_free(context);
}

static void
a_job(void **state)
{
	static const size_t places[] = { offsetof(struct hash_job, phc),
		offsetof(struct hash_job, made) };

	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct hash_job *job = calloc(1, sizeof *job);

		assert_non_null(job);
		memcpy((char *)job + places[i], phc, sizeof phc);
		left_nothing(free_job, job, phc, sizeof phc - 1);
	}
}

static void
clear(void *context)
{
	outcome_clear(context);
}

static void
an_outcome(void **state)
{
	struct outcome outcome = { .kind = OUTCOME_ANSWER };

	(void)state;
	outcome.reply = calloc(1, sizeof *outcome.reply);
	assert_non_null(outcome.reply);
	wire_put(outcome.reply->u.codes.code[3], sizeof outcome.reply->u.codes.code[3], code);
	left_nothing(clear, &outcome, code, sizeof code - 1);
	assert_null(outcome.reply);
	assert_int_equal(outcome.kind, OUTCOME_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job),
		cmocka_unit_test(an_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
