/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals that are counted and not written one by one: none is lost with a turn, none when the
 * keeper leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/budget.h"
#include "keeper/keys.h"
#include "keeper/life.h"
#include "keeper/request.h"
#include "keeper/session.h"
#include "store/store_audit.h"

enum { NOW = 1700000000, SOURCES = 100, EACH = 11 };

struct scene {
	char path[40];
	int dirfd;
	struct keeper keeper;
	struct session session;
	struct outcome outcome;
};

static int
set_up(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);

	assert_non_null(scene);
	*state = scene;
	(void)snprintf(scene->path, sizeof scene->path, "/tmp/provconsole-budget-XXXXXX");
	assert_non_null(mkdtemp(scene->path));
	scene->dirfd = open(scene->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(auth_start(), ERR_OK);
	assert_int_equal(keys_open(scene->dirfd, &scene->keeper.store, &scene->keeper.ring),
	    ERR_OK);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "console.db", "console.db-wal", "console.db-shm",
		"console.key", "console.set-up" };
	struct scene *scene = *state;

	keyring_free(scene->keeper.ring);
	store_close(scene->keeper.store);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		(void)unlinkat(scene->dirfd, names[i], 0);
	close(scene->dirfd);
	assert_int_equal(rmdir(scene->path), 0);
	free(scene);
	return 0;
}

/* A password for alice, refused for a pause -> whether that is a row. */
static bool
refused(struct scene *scene, const char *source)
{
	struct request request = { .keeper = &scene->keeper,
		.session = &scene->session,
		.outcome = &scene->outcome,
		.state = &scene->outcome.after,
		.now = NOW,
		.boot = session_clock(),
		.event = SIGNIN_REFUSED,
		.account = { .id = 1, .name = "alice" },
		.row = { .verb = AUDIT_PASSWORD } };
	bool write = false;

	(void)snprintf(scene->outcome.after.source_key, sizeof scene->outcome.after.source_key,
	    "%s", source);
	assert_int_equal(budget_row(&request, ERR_PAUSED, "alice", &write), ERR_OK);
	return write;
}

static void
begin(struct scene *scene)
{
	assert_int_equal(store_begin(scene->keeper.store), ERR_OK);
}

static void
commit(struct scene *scene)
{
	assert_int_equal(store_commit(scene->keeper.store), ERR_OK);
	budget_settle(&scene->keeper.budget, true);
}

static void
lose(struct scene *scene)
{
	store_rollback(scene->keeper.store);
	budget_settle(&scene->keeper.budget, false);
}

static void
the_first_is_a_row(void **state)
{
	struct scene *scene = *state;

	begin(scene);
	assert_true(refused(scene, "192.0.2.1"));
	assert_false(refused(scene, "192.0.2.1"));
	assert_true(refused(scene, "192.0.2.2"));
	commit(scene);
	begin(scene);
	assert_false(refused(scene, "192.0.2.1"));
	commit(scene);
}

static void
one_of_a_lost_turn_is_still_the_first(void **state)
{
	struct scene *scene = *state;

	begin(scene);
	assert_true(refused(scene, "192.0.2.1"));
	commit(scene);
	begin(scene);
	assert_true(refused(scene, "192.0.2.2"));
	lose(scene);
	begin(scene);
	assert_true(refused(scene, "192.0.2.2"));
	assert_false(refused(scene, "192.0.2.2"));
	assert_false(refused(scene, "192.0.2.1")); /* was kept before */
	commit(scene);
}

static void
each_minute_has_its_end(void **state)
{
	struct scene *scene = *state;
	struct budget *budget = &scene->keeper.budget;
	int64_t boot = session_clock();

	begin(scene);
	assert_true(refused(scene, "192.0.2.1"));
	assert_false(budget_due(budget, boot + BUDGET_MINUTE - 1));
	assert_true(budget_due(budget, boot + BUDGET_MINUTE + 1));
	assert_int_equal(budget_sum(&scene->keeper, NOW + 20, false), ERR_OK);
	assert_in_range(budget->sum_at, boot + 40, boot + 41); /* no sooner than it has to */
	assert_int_equal(budget_sum(&scene->keeper, NOW + BUDGET_MINUTE, false), ERR_OK);
	assert_int_equal(budget->sum_at, 0);
	assert_true(refused(scene, "192.0.2.1"));
	commit(scene);
}

/* What the rows say that sum up: "and 10 more". */
static int64_t
summed_up(struct scene *scene)
{
	static struct store_audit rows[SOURCES + 1];
	size_t count = SOURCES + 1;
	int64_t more = 0;

	assert_int_equal(store_audit_page(scene->keeper.store, 0, rows, &count), ERR_OK);
	assert_int_equal(count, SOURCES);
	for (size_t i = 0; i < count; i++) {
		assert_memory_equal(rows[i].detail, "and ", 4);
		more += strtoll(rows[i].detail + 4, NULL, 10);
	}
	return more;
}

static void
nothing_is_lost_when_the_keeper_leaves(void **state)
{
	struct scene *scene = *state;
	char source[32];

	begin(scene);
	for (int i = 0; i < SOURCES * EACH; i++) {
		(void)snprintf(source, sizeof source, "198.51.100.%d", i % SOURCES);
		assert_int_equal(refused(scene, source), i < SOURCES);
	}
	commit(scene);
	assert_int_equal(life_sum_up(&scene->keeper), ERR_OK);
	assert_int_equal(summed_up(scene), SOURCES * (EACH - 1));
	assert_int_equal(scene->keeper.budget.sum_at, 0);
}

/* A wrong password for a name that nobody has -> whether that is a row. */
static bool
unknown(struct scene *scene, int64_t now)
{
	struct request request = { .keeper = &scene->keeper,
		.session = &scene->session,
		.outcome = &scene->outcome,
		.state = &scene->outcome.after,
		.now = now,
		.boot = session_clock(),
		.event = SIGNIN_PASSWORD_BAD,
		.row = { .verb = AUDIT_PASSWORD } };
	bool write = false;

	assert_int_equal(budget_row(&request, ERR_CREDENTIALS, "unknown name", &write), ERR_OK);
	return write;
}

/* The last of them says that there were more. */
static void
unknown_names_write_their_burst_and_no_more(void **state)
{
	struct scene *scene = *state;
	int rows = 0;

	begin(scene);
	for (int i = 0; i < BUDGET_BURST + 50; i++)
		rows += unknown(scene, NOW);
	assert_int_equal(rows, BUDGET_BURST);
	rows = 0;
	for (int i = 0; i < 50; i++)
		rows += unknown(scene, NOW + 2);
	assert_int_equal(rows, 2 * BUDGET_REFILL); /* what came back meanwhile */
	commit(scene);
}

int
main(void)
{
#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		SCENE(the_first_is_a_row),
		SCENE(one_of_a_lost_turn_is_still_the_first),
		SCENE(each_minute_has_its_end),
		SCENE(nothing_is_lost_when_the_keeper_leaves),
		SCENE(unknown_names_write_their_burst_and_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
