/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a backup holds where several nodes have one database: what all share, and this node's own
 * chain and keys. */
#include "full.h"
#include "rows.h"

#include <string.h>

#include "store/store_audit.h"
#include "store/store_sign_in.h"

enum { ALICE = 1 };

/* Another node, with a key and a chain of its own; its rows come between those of the first. */
static void
another_node_writes(const struct fixture *f)
{
	static const unsigned char console_key[STORE_KEY_ID_SIZE] = { 2, 2 };
	struct store_at at = f->at;
	struct store *store = NULL;

	at.node = "two";
	assert_ok(store_open(&at, &store));
	assert_ok(store_begin(store));
	assert_ok(store_set_console_key(store, console_key));
	assert_ok(store_commit(store));
	full_trail(store, 25);
	store_close(store);
}

static void
signs_in(struct store *store)
{
	int64_t place = full_trail(store, 5);

	assert_ok(store_begin(store));
	assert_ok(store_sign_in_add(store, ALICE, place));
	assert_ok(store_commit(store));
}

/* Numbers of a chain have no gaps, though places in the list of all have. */
static void
a_backup_has_the_chain_of_its_node(void **state)
{
	struct fixture *f = *state;
	struct store *alone = NULL;
	struct rows sqlite, postgresql;

	assert_ok(store_open(STORE_IN(f->dirfd), &alone));
	full_fill(alone);
	signs_in(alone);
	store_close(alone);
	full_fill(f->store);
	another_node_writes(f);
	signs_in(f->store);
	sqlite = rows_of(STORE_IN(f->dirfd));
	postgresql = rows_of(&f->at);
	assert_same_rows(&sqlite, &postgresql);
	rows_free(&sqlite);
	rows_free(&postgresql);
}

/* What was one node's becomes that of the node which restores it. */
static void
a_restore_is_of_the_node_that_makes_it(void **state)
{
	struct fixture *f = *state;
	struct store_at there = f->at;
	struct store *store = NULL;
	struct store_head head;
	struct rows before, after;

	assert_ok(store_open(STORE_IN(f->dirfd), &store));
	full_fill(store);
	store_close(store);
	store = NULL;
	there.node = "new";
	assert_ok(rows_move(STORE_IN(f->dirfd), &there, NULL, NULL));
	before = rows_of(STORE_IN(f->dirfd));
	after = rows_of(&there);
	assert_same_rows(&before, &after);
	assert_ok(store_open(&there, &store));
	assert_ok(store_head(store, &head));
	assert_int_equal(head.count, FULL_TRAIL + 1);
	full_trail(store, 1);
	store_close(store);
	rows_free(&before);
	rows_free(&after);
}

/* Nobody else may be that node meanwhile. */
static void
a_node_that_runs_is_not_restored(void **state)
{
	struct fixture *f = *state;
	struct store_at there = f->at;
	struct store *store = NULL;

	assert_ok(store_open(STORE_IN(f->dirfd), &store));
	full_fill(store);
	store_close(store);
	store = NULL;
	there.node = "new";
	assert_ok(store_open(&there, &store));
	assert_err(rows_move(STORE_IN(f->dirfd), &there, NULL, NULL), ERR_NODE_TWICE);
	store_close(store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_backup_has_the_chain_of_its_node),
		STORE_TEST(a_restore_is_of_the_node_that_makes_it),
		STORE_TEST(a_node_that_runs_is_not_restored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
