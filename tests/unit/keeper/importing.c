/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import is all or nothing, whatever who asks does after a row that was refused. */
#include "stage.h"

#include <string.h>

#include "keeper/imports.h"
#include "store/store_import.h"

/* What is answered is true from then on. */
static enum err
told(struct stage *stage)
{
	struct outcome *outcome = &stage->session.outcome;
	enum err err;

	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	stage->session.state = outcome->after;
	err = (enum err)outcome->reply->err;
	outcome_clear(outcome);
	return err;
}

/* The host's line, on which an import has begun. */
static void
begin(struct stage *stage)
{
	struct store_import import = { .who = "host:root", .phc = "phc" };
	struct session_state *line = &stage->session.state;

	*line = (struct session_state){ .greeted = true, .host = true };
	assert_int_equal(store_import_open(stage->keeper.store, &import, &line->import), ERR_OK);
}

static enum err
add(struct stage *stage, const char *first, const char *second)
{
	struct wire_import_request *asked = &stage->message.u.import;

	wire_request_init(&stage->message, WIRE_IMPORT_ADD);
	asked->count = 2;
	wire_put(asked->row[0].name, sizeof asked->row[0].name, first);
	wire_put(asked->row[1].name, sizeof asked->row[1].name, second);
	return told(stage);
}

static enum err
end(struct stage *stage)
{
	wire_request_init(&stage->message, WIRE_IMPORT_END);
	wire_put(stage->message.u.import_end.format, sizeof stage->message.u.import_end.format,
	    "csv");
	return told(stage);
}

static bool
is_done(struct stage *stage)
{
	struct store_import import;
	size_t count = 1;

	assert_int_equal(store_imports(stage->keeper.store, &import, &count), ERR_OK);
	assert_int_equal(count, 1);
	return import.done;
}

static void
what_is_ended_stays(void **state)
{
	struct stage *stage = *state;

	begin(stage);
	assert_int_equal(add(stage, "bob", "eve"), ERR_OK);
	assert_false(is_done(stage));
	assert_int_equal(end(stage), ERR_OK);
	assert_true(is_done(stage));
}

static void
a_row_that_is_refused_ends_it(void **state)
{
	struct stage *stage = *state;

	begin(stage);
	assert_int_equal(add(stage, "no name", "bob"), ERR_OK);
	assert_int_equal(stage->session.state.import, 0);
	assert_int_not_equal(stage->keeper.imports_at, 0); /* it is taken back */
	assert_int_equal(add(stage, "eve", "dana"), ERR_STATE);
	assert_int_equal(end(stage), ERR_STATE);
	assert_false(is_done(stage));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(what_is_ended_stays),
		STAGE_TEST(a_row_that_is_refused_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
