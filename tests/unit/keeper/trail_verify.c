/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole trail is read: whatever somebody does to any row of it with the sqlite3 program is
 * found, and where. */
#include "trail_stage.h"

static enum err
verify(struct trail *trail)
{
	const struct trail_reading reading = { .store = trail->store,
		.ring = trail->ring,
		.anchor = trail->anchor };

	return trail_verify(&reading, &trail->verdict);
}

/* Done to a row, it is found just there; undone, all is well again. */
static void
found_at_each_row(struct trail *trail, const char *what, const char *undo)
{
	for (int row = 1; row <= ROWS; row++) {
		trail_run(trail, what, row);
		assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
		assert_int_equal(trail->verdict.rows, row - 1);
		trail_run(trail, undo, row);
	}
	assert_int_equal(verify(trail), ERR_OK);
}

static void
a_whole_trail_is_counted(void **state)
{
	struct trail *trail = *state;

	assert_int_equal(verify(trail), ERR_OK);
	assert_int_equal(trail->verdict.rows, ROWS);
	assert_int_equal(trail->verdict.newest, 1000 + ROWS);
}

static void
each_column_is_sealed(void **state)
{
	struct trail *trail = *state;

	found_at_each_row(trail, "UPDATE audit SET who = 'nobody' WHERE id = %d",
	    "UPDATE audit SET who = 'person %d' WHERE id = %d");
	trail_run(trail, "UPDATE audit SET time = time + 1 WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	trail_run(trail, "UPDATE audit SET time = time - 1 WHERE id = %d", 70);
	trail_run(trail, "UPDATE audit SET peer_uid = 0 WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	trail_run(trail, "UPDATE audit SET peer_uid = 1, detail = 'x' WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	trail_run(trail, "UPDATE audit SET detail = '', result = 'wrong' WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	trail_run(trail, "UPDATE audit SET result = 'ok', key_id = 99 WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
}

/* Nothing that the first encoding did not know can be added to its rows, nor taken from new ones.
 */
static void
node_vouched_and_version_are_sealed(void **state)
{
	static const char *const changes[][2] = {
		{ "UPDATE audit SET node = 'here' WHERE id = %d",
		    "UPDATE audit SET node = '' WHERE id = %d" },
		{ "UPDATE audit SET vouched = 1 WHERE id = %d",
		    "UPDATE audit SET vouched = 0 WHERE id = %d" },
		{ "UPDATE audit SET version = 3 - version WHERE id = %d",
		    "UPDATE audit SET version = 3 - version WHERE id = %d" },
		{ "UPDATE audit SET version = version + 7 WHERE id = %d",
		    "UPDATE audit SET version = version - 7 WHERE id = %d" },
	};

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
		found_at_each_row(*state, changes[i][0], changes[i][1]);
}

static void
a_row_that_is_gone_is_missed(void **state)
{
	found_at_each_row(*state,
	    "CREATE TABLE kept AS SELECT * FROM audit WHERE id = %d; DELETE FROM audit WHERE id = "
	    "%d",
	    "INSERT INTO audit SELECT * FROM kept; DROP TABLE kept");
}

static void
rows_that_changed_places_are_found(void **state)
{
	struct trail *trail = *state;

	trail_run(trail,
	    "UPDATE audit SET id = -1 WHERE id = %d; UPDATE audit SET id = %d WHERE id = %d + 1;"
	    "UPDATE audit SET id = 11 WHERE id = -1",
	    10);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	assert_int_equal(trail->verdict.rows, 9);
}

static void
rows_before_and_after_are_found(void **state)
{
	struct trail *trail = *state;

	trail_run(trail,
	    "INSERT INTO audit SELECT -5, time, who, source, terminal, action, target, result, "
	    "detail, peer_uid, key_id, mac, version, node, vouched"
	    " FROM audit WHERE id = %d",
	    1);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	trail_run(trail, "DELETE FROM audit WHERE id < 0", 0);
	trail_run(trail,
	    "INSERT INTO audit SELECT 151, time, who, source, terminal, action, target, result, "
	    "detail, peer_uid, key_id, mac, version, node, vouched"
	    " FROM audit WHERE id = %d",
	    1);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	assert_int_equal(trail->verdict.rows, ROWS);
}

static void
an_end_that_was_cut_with_its_head_is_found(void **state)
{
	struct trail *trail = *state;

	trail_run(trail,
	    "UPDATE state SET audit_count = %d, audit_last = (SELECT mac FROM audit WHERE id = %d);"
	    "DELETE FROM audit WHERE id > %d",
	    100);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	assert_int_equal(trail->verdict.rows, 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_whole_trail_is_counted, trail_set_up,
		    trail_tear_down),
		cmocka_unit_test_setup_teardown(each_column_is_sealed, trail_set_up,
		    trail_tear_down),
		cmocka_unit_test_setup_teardown(node_vouched_and_version_are_sealed, trail_set_up,
		    trail_tear_down),
		cmocka_unit_test_setup_teardown(a_row_that_is_gone_is_missed, trail_set_up,
		    trail_tear_down),
		cmocka_unit_test_setup_teardown(rows_that_changed_places_are_found, trail_set_up,
		    trail_tear_down),
		cmocka_unit_test_setup_teardown(rows_before_and_after_are_found, trail_set_up,
		    trail_tear_down),
		cmocka_unit_test_setup_teardown(an_end_that_was_cut_with_its_head_is_found,
		    trail_set_up, trail_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
