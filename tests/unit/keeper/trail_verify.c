/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole trail is read: whatever somebody does to any row of it with the sqlite3 program is
 * found, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/chain.h"
#include "keeper/trail.h"
#include "keeper/keys.h"
#include "store/store_audit.h"

enum { ROWS = 150 }; /* more than two pages */

struct trail {
	char path[40];
	int dirfd;
	struct store *store;
	struct keyring *ring;
	sqlite3 *raw;
	struct trail_verdict verdict;
};

static void
append(struct trail *trail, int64_t id, struct store_head *head)
{
	struct store_audit row = { .version = id <= ROWS / 2
		    ? 1
		    : 2, /* a trail from before, and its end */
		.id = id,
		.time = 1000 + id,
		.source = "local",
		.action = "sign-in",
		.result = "ok",
		.peer_uid = 1 };

	(void)snprintf(row.who, sizeof row.who, "person %d", (int)id);
	assert_non_null(keyring_newest(trail->ring, KEY_AUDIT, &row.key));
	assert_int_equal(trail_seal(trail->ring, &row, head->last, row.mac), ERR_OK);
	memcpy(head->last, row.mac, sizeof head->last);
	head->count = id;
	head->key = row.key;
	assert_int_equal(chain_head(trail->ring, head->key, head->count, head->last, head->mac),
	    ERR_OK);
	assert_int_equal(store_audit_append(trail->store, &row, head), ERR_OK);
}

static int
set_up(void **state)
{
	struct trail *trail = calloc(1, sizeof *trail);
	struct store_head head;
	char path[64];

	assert_non_null(trail);
	*state = trail;
	(void)snprintf(trail->path, sizeof trail->path, "/tmp/provconsole-trail-XXXXXX");
	assert_non_null(mkdtemp(trail->path));
	trail->dirfd = open(trail->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(auth_start(), ERR_OK);
	assert_int_equal(keys_open(trail->dirfd, &trail->store, &trail->ring), ERR_OK);
	assert_int_equal(store_begin(trail->store), ERR_OK);
	assert_int_equal(store_head(trail->store, &head), ERR_OK);
	for (int64_t id = 1; id <= ROWS; id++)
		append(trail, id, &head);
	assert_int_equal(store_commit(trail->store), ERR_OK);
	(void)snprintf(path, sizeof path, "%s/console.db", trail->path);
	assert_int_equal(sqlite3_open(path, &trail->raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(trail->raw, "PRAGMA synchronous = OFF", NULL, NULL, NULL),
	    SQLITE_OK);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "console.db", "console.db-wal", "console.db-shm",
		"console.key", "console.set-up" };
	struct trail *trail = *state;

	sqlite3_close(trail->raw);
	keyring_free(trail->ring);
	store_close(trail->store);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		(void)unlinkat(trail->dirfd, names[i], 0);
	close(trail->dirfd);
	assert_int_equal(rmdir(trail->path), 0);
	free(trail);
	return 0;
}

/* A statement in which each %d is a row's number. */
static void
run(struct trail *trail, const char *sql, int row)
{
	char *text = sqlite3_mprintf(sql, row, row, row);

	if (sqlite3_exec(trail->raw, text, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(trail->raw));
	sqlite3_free(text);
}

static enum err
verify(struct trail *trail)
{
	return trail_verify(trail->store, trail->ring, &trail->verdict);
}

/* Done to a row, it is found just there; undone, all is well again. */
static void
found_at_each_row(struct trail *trail, const char *what, const char *undo)
{
	for (int row = 1; row <= ROWS; row++) {
		run(trail, what, row);
		assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
		assert_int_equal(trail->verdict.rows, row - 1);
		run(trail, undo, row);
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
	run(trail, "UPDATE audit SET time = time + 1 WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	run(trail, "UPDATE audit SET time = time - 1 WHERE id = %d", 70);
	run(trail, "UPDATE audit SET peer_uid = 0 WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	run(trail, "UPDATE audit SET peer_uid = 1, detail = 'x' WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	run(trail, "UPDATE audit SET detail = '', result = 'wrong' WHERE id = %d", 70);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	run(trail, "UPDATE audit SET result = 'ok', key_id = 99 WHERE id = %d", 70);
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

	run(trail,
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

	run(trail,
	    "INSERT INTO audit SELECT -5, time, who, source, terminal, action, target, result, "
	    "detail, peer_uid, key_id, mac, version, node, vouched"
	    " FROM audit WHERE id = %d",
	    1);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
	run(trail, "DELETE FROM audit WHERE id < 0", 0);
	run(trail,
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

	run(trail,
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
		cmocka_unit_test_setup_teardown(a_whole_trail_is_counted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_column_is_sealed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(node_vouched_and_version_are_sealed, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(a_row_that_is_gone_is_missed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_that_changed_places_are_found, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(rows_before_and_after_are_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_end_that_was_cut_with_its_head_is_found, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
