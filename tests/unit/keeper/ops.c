/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "keeper/op/ops.h"
#include "keeper/waiting.h"

/*
 * What DESIGN 3 guards by a fresh proof, written down a second time: a request that is added to
 * the table and forgotten here, or here and not there, is found.
 */
static const struct {
	enum wire_op op;
	enum proof proof;
} guarded[] = {
	{ WIRE_ENROL, PROOF_AT_HOME },
	{ WIRE_UNLOCK, PROOF_FRESH },
	{ WIRE_DEVICE_ADD, PROOF_FRESH },
	{ WIRE_DEVICE_REPLACE, PROOF_REPLACE },
	{ WIRE_DEVICE_REMOVE, PROOF_FRESH },
	{ WIRE_DEACTIVATE, PROOF_FRESH },
	{ WIRE_RENEW_CODES, PROOF_FRESH },
	{ WIRE_CHANGE_PASSWORD, PROOF_FRESH },
	{ WIRE_NOT_ME, PROOF_FRESH },
	{ WIRE_SETTING_CHANGE, PROOF_FRESH },
	{ WIRE_WAITING_CONFIRM, PROOF_FRESH },
	{ WIRE_WAITING_END, PROOF_FRESH },
	{ WIRE_USER_ADD, PROOF_ADMINISTER },
	{ WIRE_USER_PASSWORD, PROOF_ADMINISTER },
	{ WIRE_USER_ENABLE, PROOF_ADMINISTER },
	{ WIRE_USER_UNLOCK, PROOF_ADMINISTER },
	{ WIRE_USER_RESET, PROOF_ADMINISTER },
	{ WIRE_USER_ROLE, PROOF_ADMINISTER },
	{ WIRE_USER_REMOVE, PROOF_ADMINISTER },
	{ WIRE_USER_END, PROOF_ADMINISTER },
	{ WIRE_SSH_ADD, PROOF_FRESH },
	{ WIRE_SSH_REMOVE, PROOF_FRESH },
	{ WIRE_USER_SSH_ADD, PROOF_ADMINISTER },
	{ WIRE_USER_SSH_REMOVE, PROOF_ADMINISTER },
	{ WIRE_COMMAND_RUN, PROOF_AS_CHECKED },
	{ WIRE_HERE_END, PROOF_ADMINISTER },
};

static enum proof
wanted(uint32_t op)
{
	for (size_t i = 0; i < sizeof guarded / sizeof guarded[0]; i++)
		if (guarded[i].op == op)
			return guarded[i].proof;
	return PROOF_NONE;
}

/* Those that change nothing, or no authority, or whose price is another: a code that is itself the
 * proof. */
static bool
needs_none(uint32_t op)
{
	switch (op) {
	case WIRE_ACTIVATE:
	case WIRE_CONFIGURE_LATER:
	case WIRE_LOCK:
	case WIRE_ADMINISTER_END:
	case WIRE_PREFERENCES:
	case WIRE_DEVICE_RENAME:
	case WIRE_SSH_RENAME:
	case WIRE_RECORDING_PLAY:
	case WIRE_HERE_SAY:
		return true;
	default:
		return request_op(op)->quiet || request_op(op)->verb == AUDIT_NONE;
	}
}

static void
every_request_has_the_proof_that_the_design_asks_for(void **state)
{
	struct wire_request request;
	const char *proof;

	(void)state;
	for (uint32_t op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++) {
		const struct request_op *row = request_op(op);

		if (row->proof != wanted(op))
			fail_msg("%s has another proof", wire_op_name(op));
		wire_request_init(&request, (enum wire_op)op);
		proof = (const char *)wire_request_proof(&request);
		if ((row->proof == PROOF_NONE) != (proof == NULL))
			fail_msg("%s: a proof without a place, or a place without",
			    wire_op_name(op));
		if (proof != NULL)
			assert_true(
			    (size_t)(proof - (const char *)&request) + sizeof(struct wire_proof) <=
			    wire_request_size(op));
	}
}

static void
whatever_a_person_changes_at_home_needs_one(void **state)
{
	(void)state;
	for (uint32_t op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++) {
		const struct request_op *row = request_op(op);

		if ((row->doors & 1u << DOOR_HOME) == 0 || needs_none(op))
			continue;
		if (row->proof == PROOF_NONE)
			fail_msg("%s changes something without a proof", wire_op_name(op));
	}
}

/* Only hello and a keypress belong everywhere; the host is not asked for a proof, and has its own.
 */
static void
every_request_belongs_somewhere(void **state)
{
	(void)state;
	for (uint32_t op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++) {
		const struct request_op *row = request_op(op);

		if (op == WIRE_NEWS || op == WIRE_SAID) {
			assert_null(row->handle);
			continue;
		}
		assert_non_null(row->handle);
		assert_false(row->kinds != 0 && (row->doors != 0 || row->host));
		assert_true(row->doors != 0 || row->host || row->kinds != 0);
		assert_int_equal(row->hash == HASH_ALWAYS,
		    row->prepare != NULL && row->hash != HASH_OLD_PASSWORD &&
			row->hash != HASH_AS_CHECKED);
	}
}

/* Four eyes, written down a second time, and what only the host can do where nobody else could
 * confirm it (DESIGN 8). */
static void
what_is_dangerous_waits_for_a_second(void **state)
{
	static const struct {
		enum wire_op op;
		enum waits waits;
		enum err alone;
	} rows[] = {
		{ WIRE_USER_ADD, WAITS_SUPER, ERR_ALONE_ADD },
		{ WIRE_USER_ROLE, WAITS_SUPER, ERR_ALONE_ROLE },
		{ WIRE_USER_PASSWORD, WAITS_OTHERS, ERR_ALONE_PASSWORD },
		{ WIRE_USER_RESET, WAITS_OTHERS, ERR_ALONE_RESET },
		{ WIRE_SETTING_CHANGE, WAITS_OFF, ERR_ALONE_SETTING },
	};
	size_t found = 0;

	(void)state;
	for (uint32_t op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++)
		found += request_op(op)->waits != WAITS_NEVER;
	assert_int_equal(found, sizeof rows / sizeof rows[0]);
	for (size_t i = 0; i < found; i++) {
		const struct request_op *row = request_op(rows[i].op);

		assert_int_equal(row->waits, rows[i].waits);
		assert_int_equal(row->alone, rows[i].alone);
		assert_non_null(row->check);
		assert_int_equal(waiting_op(audit_name(row->verb)), rows[i].op);
	}
	assert_int_equal(waiting_op("sign-in"), WIRE_NO_OP);
	assert_int_equal(waiting_op(""), WIRE_NO_OP);
}

/* A stranger's request that can leave a row or cost a hash says so. */
static void
what_costs_before_a_door_says_so(void **state)
{
	const unsigned doors = (1u << DOOR_NAME | 1u << DOOR_CODE | 1u << DOOR_PASSWORD |
	    1u << DOOR_CONFIGURE | 1u << DOOR_RECOVERY | 1u << DOOR_DOUBT);

	(void)state;
	for (uint32_t op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++) {
		const struct request_op *row = request_op(op);

		if ((row->doors & doors) == 0)
			continue;
		if (row->verb != AUDIT_NONE && row->cost == COST_NOTHING)
			fail_msg("%s leaves a row for nothing", wire_op_name(op));
		if (row->hash != HASH_NEVER && row->cost != COST_HASH)
			fail_msg("%s costs a hash and does not say so", wire_op_name(op));
	}
}

/* What changes locks what it changes (DESIGN 11): no row but the quiet ones goes without. */
static void
what_changes_people_locks_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof guarded / sizeof guarded[0]; i++)
		assert_true((request_op(guarded[i].op)->locks & LOCKS_ASKER) != 0);
	assert_true((request_op(WIRE_PREFERENCES)->locks & LOCKS_ASKER) != 0);
	assert_true((request_op(WIRE_JUDGE)->locks & LOCKS_ASKER) != 0);
	assert_true((request_op(WIRE_DEVICE_RENAME)->locks & LOCKS_ASKER) != 0);
	assert_true((request_op(WIRE_USER_ROLE)->locks & LOCKS_SUPERS) != 0);
	assert_true((request_op(WIRE_USER_REMOVE)->locks & LOCKS_SUPERS) != 0);
	assert_true((request_op(WIRE_USER_ENABLE)->locks & LOCKS_SUPERS) != 0);
	assert_true((request_op(WIRE_PASSWORD)->locks & LOCKS_COUNTS) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_request_has_the_proof_that_the_design_asks_for),
		cmocka_unit_test(whatever_a_person_changes_at_home_needs_one),
		cmocka_unit_test(every_request_belongs_somewhere),
		cmocka_unit_test(what_costs_before_a_door_says_so),
		cmocka_unit_test(what_changes_people_locks_them),
		cmocka_unit_test(what_is_dangerous_waits_for_a_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
