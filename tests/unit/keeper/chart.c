/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sign-ins and refusals by time and source: whose rows count for whom, in slices, and whatever is
 * asked. */
#include "stage.h"
#include "keeper/trail.h"
#include "store/store_audit.h"
#include "store/store_user.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400, MANY = 3000, FLOOD = 300 };

static struct wire_audit_chart_reply chart;

static void
append(struct stage *stage, int64_t time, const char *who, const char *action, const char *result,
    const char *source, const char *detail)
{
	struct store_audit audit = { .time = time };

	(void)snprintf(audit.who, sizeof audit.who, "%s", who);
	(void)snprintf(audit.action, sizeof audit.action, "%s", action);
	(void)snprintf(audit.result, sizeof audit.result, "%s", result);
	(void)snprintf(audit.source, sizeof audit.source, "%s", source);
	(void)snprintf(audit.detail, sizeof audit.detail, "%s", detail);
	assert_int_equal(trail_append(&stage->keeper, &audit), ERR_OK);
}

static struct wire_audit_chart_request *
ask(struct stage *stage, uint32_t days)
{
	struct wire_audit_chart_request *asked = &stage->message.u.audit_chart;

	wire_request_init(&stage->message, WIRE_AUDIT_CHART);
	asked->slots = days;
	for (uint32_t i = 0; i <= days; i++)
		asked->border[i] = (int64_t)i * DAY;
	return asked;
}

/* One answer, in a turn whose time for reading ends then (0: it has all of it). */
static void
slice(struct stage *stage, int64_t until)
{
	struct outcome *outcome = &stage->session.outcome;

	stage->keeper.read_until = until;
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	assert_int_equal(outcome->reply->err, ERR_OK);
	assert_true(wire_reply_valid(outcome->reply, wire_reply_size(WIRE_AUDIT_CHART)));
	chart = outcome->reply->u.audit_chart;
	outcome_clear(outcome);
}

/* "2/1 0/3": sign-ins and refusals of each slot, all of it. */
static const char *
counted(struct stage *stage)
{
	static char list[512];
	int64_t ins[WIRE_CHART_SLOTS] = { 0 }, refused[WIRE_CHART_SLOTS] = { 0 };
	const struct wire_request message = stage->message;
	uint32_t slots = message.u.audit_chart.slots;
	int64_t from = message.u.audit_chart.from;
	size_t used = 0;

	do {
		stage->message = message;
		stage->message.u.audit_chart.from = from;
		slice(stage, 0);
		assert_true(!chart.more || (chart.read > 0 && (from == 0 || chart.from < from)));
		from = chart.from;
		for (uint32_t i = 0; i < slots; i++) {
			ins[i] += chart.sign_ins[i];
			refused[i] += chart.refusals[i];
		}
	} while (chart.more);
	assert_int_equal(chart.left, 0);
	list[0] = '\0';
	for (uint32_t i = 0; i < slots; i++)
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%d/%d",
		    i > 0 ? " " : "", (int)ins[i], (int)refused[i]);
	return list;
}

static void
fill(struct stage *stage)
{
	append(stage, 10, "bruno", "sign-in", "ok", "192.0.2.1", "");
	append(stage, 20, "bruno", "password", "wrong", "192.0.2.1", "");
	append(stage, 30, "chloe", "sign-in", "ok", "192.0.2.2", "");
	append(stage, DAY, "dana", "setting", "ok", "192.0.2.3", "");
	append(stage, DAY + 1, "dana", "code", "wrong", "192.0.2.3", "");
	append(stage, DAY + 2, "alice", "sign-in", "ok", "local", "");
	append(stage, DAY + 3, "unknown name #1a2b3c4d", "password", "wrong", "192.0.2.9", "");
	append(stage, 2 * DAY - 1, "bruno", "reset-2fa", "denied", "192.0.2.1", "");
	append(stage, 2 * DAY, "bruno", "sign-in", "ok", "192.0.2.1", "");
}

static void
a_super_administrators_chart_counts_each_row(void **state)
{
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	fill(stage);
	(void)ask(stage, 2);
	assert_string_equal(counted(stage), "2/1 1/3");
	assert_int_equal(chart.begins, 10);
	assert_int_equal(chart.count, 3);
	assert_string_equal(chart.source[0].source, "192.0.2.1");
	assert_int_equal(chart.source[0].refusals, 2);
	(void)ask(stage, 3);
	assert_string_equal(counted(stage), "2/1 1/3 1/0");
}

/* By the rule of the list: those of operators and their own; also of the sources. */
static void
an_administrators_chart_counts_what_they_may_read(void **state)
{
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_ADMINISTRATOR);
	fill(stage);
	(void)ask(stage, 2);
	assert_string_equal(counted(stage), "1/1 1/1");
	assert_int_equal(chart.count, 1);
	assert_string_equal(chart.source[0].source, "192.0.2.1");
}

static void
an_operator_has_none(void **state)
{
	struct stage *stage = *state;
	bool closing;

	fill(stage);
	(void)ask(stage, 2);
	assert_int_equal(stage_ask(stage, &closing), ERR_DENIED);
}

/* One row sums them up; what only looks like it is one refusal. */
static void
a_sum_counts_as_many_as_it_says(void **state)
{
	struct stage *stage = *state;
	struct store_audit forged = { .time = 3, .peer_uid = 1000 };

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	append(stage, 1, "bruno", "password", "paused", "2001:db8:1:2::/64", "and 4812 more");
	append(stage, 2, "bruno", "password", "paused", "2001:db8:1:2::7", "");
	wire_put(forged.who, sizeof forged.who, "bruno");
	wire_put(forged.action, sizeof forged.action, "password");
	wire_put(forged.result, sizeof forged.result, "wrong");
	wire_put(forged.detail, sizeof forged.detail, "and 1000000 more");
	assert_int_equal(trail_append(&stage->keeper, &forged), ERR_OK);
	append(stage, 4, "unknown names", "password", "paused", "", "and 50 more");
	append(stage, 5, "bruno", "password", "wrong", "local", "and 99999999999999999999 more");
	(void)ask(stage, 1);
	assert_string_equal(counted(stage), "0/4865");
	assert_int_equal(chart.count, 2);
	assert_string_equal(chart.source[1].source, "2001:db8:1:2::/64");
	assert_int_equal(chart.source[1].refusals, 4813);
	assert_string_equal(chart.source[0].source, "local");
}

/* Borders that are no days: nothing breaks, nothing is counted twice. */
static void
absurd_borders_count_nothing_twice(void **state)
{
	static const int64_t borders[][3] = { { 0, 0, 0 }, { INT64_MIN, 0, INT64_MAX },
		{ INT64_MAX, 0, INT64_MIN }, { INT64_MIN, INT64_MIN, INT64_MIN },
		{ INT64_MAX, INT64_MAX, INT64_MAX }, { 0, INT64_MAX, 1 }, { 2 * DAY, 0, DAY },
		{ 0, 2 * DAY, DAY } };
	static const char *const want[] = { "0/0 0/0", "0/0 4/4", "0/0 0/0", "0/0 0/0", "0/0 0/0",
		"2/1 0/0", "0/0 0/0", "2/1 0/0" };
	struct stage *stage = *state;
	struct wire_audit_chart_request *asked;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	fill(stage);
	for (size_t i = 0; i < sizeof borders / sizeof *borders; i++) {
		asked = ask(stage, 2);
		memcpy(asked->border, borders[i], sizeof borders[i]);
		assert_string_equal(counted(stage), want[i]);
	}
	(void)ask(stage, 0);
	assert_string_equal(counted(stage), "");
	ask(stage, 2)->from = INT64_MAX;
	assert_string_equal(counted(stage), "2/1 1/3");
	ask(stage, 2)->from = 1;
	assert_string_equal(counted(stage), "0/0 0/0");
	(void)ask(stage, WIRE_CHART_SLOTS);
	assert_int_equal(strncmp(counted(stage), "2/1 1/3 1/0 0/0", 15), 0);
}

static void
an_empty_trail_has_an_empty_chart(void **state)
{
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	(void)ask(stage, 2);
	assert_string_equal(counted(stage), "0/0 0/0");
	assert_int_equal(chart.begins, 0);
	assert_int_equal(chart.read, 0);
}

/* Rows of one day stand on both sides of those of another. */
static void
a_clock_that_went_back_is_no_matter(void **state)
{
	struct stage *stage = *state;

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	append(stage, 10, "bruno", "sign-in", "ok", "local", "");
	append(stage, 900 * DAY, "bruno", "sign-in", "ok", "local", "");
	append(stage, -5, "bruno", "sign-in", "ok", "local", "");
	append(stage, 20, "bruno", "sign-in", "ok", "local", "");
	(void)ask(stage, 2);
	assert_string_equal(counted(stage), "2/0 0/0");
	ask(stage, 1)->border[0] = -10;
	assert_string_equal(counted(stage), "3/0");
}

/* The row numbers that are gone cost nothing, and the oldest that is there says since when. */
static void
a_pruned_trail_begins_later(void **state)
{
	struct stage *stage = *state;
	struct store_checkpoint checkpoint = { .number = 5, .newest = DAY + 1, .until = 1 };

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	fill(stage);
	assert_int_equal(store_audit_prune(stage->keeper.store, &checkpoint), ERR_OK);
	(void)ask(stage, 2);
	assert_string_equal(counted(stage), "0/0 1/2");
	assert_int_equal(chart.begins, DAY + 2);
	assert_int_equal(chart.read, 3);
}

/* A turn whose time is over gives each a few rows: nobody stands still. */
static void
a_turn_that_is_over_counts_a_little(void **state)
{
	struct stage *stage = *state;
	int64_t from = 0, sum = 0;
	int asked = 0;

	stage_add_people(stage, ROLE_ADMINISTRATOR);
	for (int i = 0; i < MANY; i++)
		append(stage, i, "bruno", "sign-in", "ok", "local", "");
	do {
		ask(stage, 1)->from = from;
		slice(stage, 1);
		assert_in_range(chart.read, 1, 100);
		from = chart.from;
		sum += chart.sign_ins[0];
		assert_int_equal(sum + chart.left, MANY);
	} while (chart.more && ++asked < MANY);
	assert_int_equal(sum, MANY);
}

/* More sources than an answer has room for: it ends before the first that has none, and each is
 * told once. */
static void
a_flood_of_sources_ends_an_answer(void **state)
{
	struct stage *stage = *state;
	int64_t from = 0;
	uint32_t sources = 0;
	char source[32];

	stage_add_people(stage, ROLE_SUPER_ADMINISTRATOR);
	for (int i = 0; i < FLOOD; i++) {
		(void)snprintf(source, sizeof source, "192.0.%d.%d", i / 100, i % 100);
		append(stage, i, "bruno", "password", "wrong", source, "");
	}
	do {
		ask(stage, 1)->from = from;
		slice(stage, 0);
		assert_in_range(chart.count, 1, WIRE_CHART_SOURCES);
		assert_int_equal(chart.refusals[0], chart.count);
		sources += chart.count;
		from = chart.from;
	} while (chart.more);
	assert_int_equal(sources, FLOOD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(a_super_administrators_chart_counts_each_row),
		STAGE_TEST(an_administrators_chart_counts_what_they_may_read),
		STAGE_TEST(an_operator_has_none),
		STAGE_TEST(a_sum_counts_as_many_as_it_says),
		STAGE_TEST(absurd_borders_count_nothing_twice),
		STAGE_TEST(an_empty_trail_has_an_empty_chart),
		STAGE_TEST(a_clock_that_went_back_is_no_matter),
		STAGE_TEST(a_pruned_trail_begins_later),
		STAGE_TEST(a_turn_that_is_over_counts_a_little),
		STAGE_TEST(a_flood_of_sources_ends_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
