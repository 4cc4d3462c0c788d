/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trail as it is read over a line: whose rows whom, filters, pages that go on. */
#include "stage.h"
#include "keeper/reader.h"
#include "keeper/trail.h"
#include "store/store_user.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 3000 };

static void
row(struct stage *stage, int64_t time, const char *who, const char *action, const char *target,
    const char *result)
{
	struct store_audit audit = { .time = time };

	(void)snprintf(audit.who, sizeof audit.who, "%s", who);
	(void)snprintf(audit.action, sizeof audit.action, "%s", action);
	(void)snprintf(audit.target, sizeof audit.target, "%s", target);
	(void)snprintf(audit.result, sizeof audit.result, "%s", result);
	(void)snprintf(audit.detail, sizeof audit.detail, "Lost Phone");
	assert_int_equal(trail_append(&stage->keeper, &audit), ERR_OK);
}

static struct wire_audit_page_request *
ask(struct stage *stage)
{
	wire_request_init(&stage->message, WIRE_AUDIT_LIST);
	return &stage->message.u.audit_page;
}

/* "alice:sign-in bruno:code": what a page has. */
static struct wire_audit_page_reply page;

static const char *
told(struct stage *stage)
{
	static char list[1024];
	struct outcome *outcome = &stage->session.outcome;
	size_t used = 0;

	stage->keeper.read_until = 0;
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	assert_int_equal(outcome->reply->err, ERR_OK);
	assert_true(wire_reply_valid(outcome->reply, wire_reply_size(WIRE_AUDIT_LIST)));
	page = outcome->reply->u.audit_page;
	outcome_clear(outcome);
	list[0] = '\0';
	for (uint32_t i = 0; i < page.count; i++)
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s:%s",
		    i > 0 ? " " : "", page.row[i].who, page.row[i].action);
	return list;
}

static void
fill(struct stage *stage)
{
	row(stage, 10, "bruno", "sign-in", "", "ok");
	row(stage, 20, "chloe", "sign-in", "", "ok");
	row(stage, 30, "dana", "setting", "require-2fa", "ok");
	row(stage, 40, "dana", "reset-2fa", "bruno", "ok");
	row(stage, 50, "dana", "user-role", "chloe", "ok");
	row(stage, 60, "bruno", "reset-2fa", "dana", "denied");
	row(stage, 70, "alice", "password", "", "wrong");
	row(stage, 80, "unknown name #1a2b3c4d", "password", "", "wrong");
	row(stage, 90, "host:root", "user-unlock", "alice", "ok");
	row(stage, 95, "gone", "sign-in", "", "ok");
}

static void
a_super_administrator_reads_each_row(void **state)
{
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	fill(stage);
	(void)ask(stage);
	(void)told(stage);
	assert_int_equal(page.count, 10);
	assert_false(page.more);
	assert_int_equal(page.newest, 10);
	assert_string_equal(page.row[0].who, "gone");
	assert_int_equal(page.row[0].id, 10);
	assert_int_equal(strlen(page.row[0].seal), 64);
	assert_int_equal(page.row[0].version, TRAIL_VERSION);
}

/* Those of operators and one's own, by or about them; and of nobody who is nobody now. */
static void
an_administrator_reads_those_of_operators_and_their_own(void **state)
{
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_ADMINISTRATOR);
	fill(stage);
	(void)ask(stage);
	assert_string_equal(told(stage),
	    "host:root:user-unlock alice:password bruno:reset-2fa dana:reset-2fa bruno:sign-in");
	wire_put(ask(stage)->person, 6, "chloe");
	assert_string_equal(told(stage), "");
	assert_false(page.more);
	wire_put(ask(stage)->action, 8, "setting");
	assert_string_equal(told(stage), "");
	/* Who becomes an operator is one from then on. */
	struct account chloe;
	assert_int_equal(store_user_by_name(stage->keeper.store, "chloe", &chloe, NULL), ERR_OK);
	assert_int_equal(store_user_set_role(stage->keeper.store, chloe.id, ROLE_OPERATOR), ERR_OK);
	wire_put(ask(stage)->person, 6, "chloe");
	assert_string_equal(told(stage), "dana:user-role chloe:sign-in");
}

static void
an_operator_reads_none(void **state)
{
	struct stage *stage = *state;
	bool closing;

	fill(stage);
	(void)ask(stage);
	assert_int_equal(stage_ask(stage, &closing), ERR_DENIED);
}

static void
filters_are_put_together(void **state)
{
	struct stage *stage = *state;
	struct wire_audit_page_request *asked;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	fill(stage);
	asked = ask(stage);
	wire_put(asked->person, sizeof asked->person, "BRUNO");
	assert_string_equal(told(stage), "bruno:reset-2fa dana:reset-2fa bruno:sign-in");
	wire_put(asked->action, sizeof asked->action, "reset-2fa");
	assert_string_equal(told(stage), "bruno:reset-2fa dana:reset-2fa");
	asked->until = 60;
	assert_string_equal(told(stage), "dana:reset-2fa");
	asked->since = 41;
	assert_string_equal(told(stage), "");
	asked = ask(stage);
	asked->since = 20;
	asked->until = 41;
	asked->oldest_first = true;
	assert_string_equal(told(stage), "chloe:sign-in dana:setting dana:reset-2fa");
	asked = ask(stage);
	wire_put(asked->action, sizeof asked->action, "sign-in");
	assert_string_equal(told(stage), "gone:sign-in chloe:sign-in bruno:sign-in");
	asked = ask(stage);
	wire_put(asked->word, sizeof asked->word, "DENIED");
	assert_string_equal(told(stage), "bruno:reset-2fa");
	wire_put(asked->word, sizeof asked->word, "lost phone");
	(void)told(stage);
	assert_int_equal(page.count, 10);
}

/* A filter is text: no pattern, no SQL, no end in the middle. */
static void
hostile_filters_find_nothing(void **state)
{
	static const char *const hostile[] = { "%", "_", "*", "' OR 1=1 --", "\xff\xfe",
		"a\x1b[31m", "bruno%", "br_no", "\"; DROP TABLE audit; --" };
	struct stage *stage = *state;
	struct wire_audit_page_request *asked;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	fill(stage);
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		wire_put(ask(stage)->person, TEXT_NAME_SIZE, hostile[i]);
		assert_string_equal(told(stage), "");
		wire_put(ask(stage)->action, WIRE_ACTION_SIZE, hostile[i]);
		assert_string_equal(told(stage), "");
		wire_put(ask(stage)->word, WIRE_WORD_SIZE, hostile[i]);
		assert_string_equal(told(stage), "");
	}
	asked = ask(stage);
	memset(asked->word, 'x', sizeof asked->word - 1);
	memset(asked->person, 'x', sizeof asked->person - 1);
	assert_string_equal(told(stage), "");
	(void)ask(stage);
	(void)told(stage);
	assert_int_equal(page.count, 10);
}

static void
beyond_the_end_there_is_nothing(void **state)
{
	static const int64_t froms[] = { 10, 11, 1000, INT64_MAX - 1, INT64_MAX };
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	(void)ask(stage);
	assert_string_equal(told(stage), "");
	assert_false(page.more);
	fill(stage);
	for (size_t i = 0; i < sizeof froms / sizeof *froms; i++) {
		struct wire_audit_page_request *asked = ask(stage);

		asked->from = froms[i];
		asked->oldest_first = true;
		assert_string_equal(told(stage), "");
		assert_false(page.more);
	}
	ask(stage)->from = 1;
	assert_string_equal(told(stage), "");
	ask(stage)->from = 1000;
	(void)told(stage);
	assert_int_equal(page.count, 10);
	ask(stage)->since = INT64_MAX;
	assert_string_equal(told(stage), "");
	ask(stage)->until = INT64_MIN;
	assert_string_equal(told(stage), "");
}

/* One row in three thousand is theirs: they come, whole, and each request goes on where the last
 * one ended. */
static void
a_reader_of_few_rows_goes_on(void **state)
{
	struct stage *stage = *state;
	int64_t from = 0;
	int found = 0, asked = 0;

	stage_add_people(stage, ROLE_ADMINISTRATOR);
	row(stage, 1, "bruno", "sign-in", "", "ok");
	for (int i = 0; i < MANY; i++)
		row(stage, i, "chloe", "sign-in", "", "ok");
	row(stage, 1, "bruno", "sign-out", "", "ok");
	do {
		ask(stage)->from = from;
		(void)told(stage);
		assert_true(from == 0 || page.from < from || !page.more);
		from = page.from;
		found += (int)page.count;
		asked++;
	} while (page.more && asked < MANY);
	assert_int_equal(found, 2);
	assert_true(asked < MANY);
}

/* A turn whose time for readers is over still gives each some rows: nobody stands still. */
static void
a_turn_that_is_over_reads_a_little(void **state)
{
	struct stage *stage = *state;
	struct wire_request message;

	stage_add_people(stage, ROLE_ADMINISTRATOR);
	for (int i = 0; i < MANY; i++)
		row(stage, i, "chloe", "sign-in", "", "ok");
	(void)ask(stage);
	message = stage->message;
	assert_int_equal(message.op, WIRE_AUDIT_LIST);
	stage->keeper.read_until = 1;
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	page = stage->session.outcome.reply->u.audit_page;
	outcome_clear(&stage->session.outcome);
	assert_true(page.more);
	assert_int_equal(page.count, 0);
	assert_in_range(page.from, MANY - 100, MANY - 1);
}

static void
pages_have_as_many_rows_as_were_asked_for(void **state)
{
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	fill(stage);
	ask(stage)->most = 3;
	assert_string_equal(told(stage),
	    "gone:sign-in host:root:user-unlock "
	    "unknown name #1a2b3c4d:password");
	assert_true(page.more);
	assert_int_equal(page.from, 8);
	ask(stage)->most = 10;
	(void)told(stage);
	assert_int_equal(page.count, 10);
	assert_false(page.more);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(a_super_administrator_reads_each_row),
		STAGE_TEST(an_administrator_reads_those_of_operators_and_their_own),
		STAGE_TEST(an_operator_reads_none),
		STAGE_TEST(filters_are_put_together),
		STAGE_TEST(hostile_filters_find_nothing),
		STAGE_TEST(beyond_the_end_there_is_nothing),
		STAGE_TEST(a_reader_of_few_rows_goes_on),
		STAGE_TEST(a_turn_that_is_over_reads_a_little),
		STAGE_TEST(pages_have_as_many_rows_as_were_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
