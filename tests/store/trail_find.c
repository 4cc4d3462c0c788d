/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: the trail read by person, by verb, by day, either way. */
#include "fixture.h"
#include "store/store_audit.h"

#include <stdio.h>
#include <string.h>

enum { HOUR = 3600, MANY = 100 };

/* A row more, in a turn of its own. */
static void
append(struct fixture *f, int64_t time, const char *who, const char *action, const char *target,
    const char *result)
{
	struct store_audit row = { .version = 2, .time = time, .key = 4 };
	struct store_head head;

	assert_ok(store_head(f->store, &head));
	row.id = ++head.count;
	head.key = 4;
	(void)snprintf(row.who, sizeof row.who, "%s", who);
	(void)snprintf(row.action, sizeof row.action, "%s", action);
	(void)snprintf(row.target, sizeof row.target, "%s", target);
	(void)snprintf(row.result, sizeof row.result, "%s", result);
	(void)snprintf(row.source, sizeof row.source, "10.0.0.%d", (int)(row.id % 3));
	assert_ok(store_begin(f->store));
	assert_ok(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }));
	assert_ok(store_commit(f->store));
}

/* 1 alice signs in, 2 bob is reset by alice, 3 alice is refused, 4 bob signs in, 5 eve unlocks
 * herself; the clock went back before 4. */
static void
fill(struct fixture *f)
{
	append(f, 10 * HOUR, "alice", "sign-in", "", "ok");
	append(f, 10 * HOUR + 5, "alice", "reset-2fa", "bob", "ok");
	append(f, 11 * HOUR, "alice", "code", "", "wrong");
	append(f, 2 * HOUR, "bob", "sign-in", "", "ok");
	append(f, 11 * HOUR + 1, "eve", "user-unlock", "eve", "refused");
}

/* "4 2": the numbers of the rows of a range, in their order. */
static const char *
found(struct fixture *f, enum store_audit_key key, const char *text, int64_t first, int64_t last,
    bool newest_first, size_t most)
{
	static char list[256];
	const struct store_audit_range range = { .key = key,
		.text = text,
		.first = first,
		.last = last,
		.newest_first = newest_first };
	struct store_audit rows[8];
	size_t used = 0;

	assert_ok(store_audit_find(f->store, &range, rows, &most));
	list[0] = '\0';
	for (size_t i = 0; i < most; i++)
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%d", i > 0 ? " " : "",
		    (int)rows[i].id);
	return list;
}

#define ALL(first, last, newest, most) found(f, STORE_AUDIT_ALL, "", first, last, newest, most)
#define PERSON(name, newest) found(f, STORE_AUDIT_PERSON, name, 1, INT64_MAX, newest, 8)
#define VERB(name, newest) found(f, STORE_AUDIT_VERB, name, 1, INT64_MAX, newest, 8)

static void
rows_come_either_way(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(ALL(1, INT64_MAX, true, 8), "");
	fill(f);
	assert_string_equal(ALL(1, INT64_MAX, true, 8), "5 4 3 2 1");
	assert_string_equal(ALL(1, INT64_MAX, false, 8), "1 2 3 4 5");
	assert_string_equal(ALL(2, 4, true, 8), "4 3 2");
	assert_string_equal(ALL(2, 4, true, 2), "4 3");
	assert_string_equal(ALL(2, 4, false, 2), "2 3");
	assert_string_equal(ALL(6, INT64_MAX, false, 8), "");
	assert_string_equal(ALL(4, 3, false, 8), "");
	assert_string_equal(ALL(INT64_MIN, 0, true, 8), "");
}

static void
a_persons_rows_are_those_they_did_and_those_done_to_them(void **state)
{
	struct fixture *f = *state;

	fill(f);
	assert_string_equal(PERSON("alice", true), "3 2 1");
	assert_string_equal(PERSON("bob", true), "4 2");
	assert_string_equal(PERSON("bob", false), "2 4");
	assert_string_equal(PERSON("eve", true), "5");
	assert_string_equal(found(f, STORE_AUDIT_PERSON, "alice", 2, 2, true, 8), "2");
	assert_string_equal(found(f, STORE_AUDIT_PERSON, "bob", 1, 3, true, 8), "2");
	assert_string_equal(found(f, STORE_AUDIT_PERSON, "alice", 1, 9, true, 2), "3 2");
	assert_string_equal(found(f, STORE_AUDIT_PERSON, "alice", 1, 9, false, 2), "1 2");
}

static void
a_verbs_rows_are_found(void **state)
{
	struct fixture *f = *state;

	fill(f);
	append(f, 12 * HOUR, "eve", "reset-2fa", "alice", "ok");
	assert_string_equal(VERB("reset-2fa", true), "6 2");
	assert_string_equal(VERB("reset-2fa", false), "2 6");
	assert_string_equal(VERB("user-unlock", true), "5");
	assert_string_equal(found(f, STORE_AUDIT_VERB, "reset-2fa", 3, 9, false, 8), "6");
}

static enum err
note(void *context, const struct store_audit *row)
{
	char *list = context;

	(void)snprintf(list + strlen(list), 32, "%d ", (int)row->id);
	return row->id == 13 ? ERR_BUSY : ERR_OK;
}

static const char *
charted(struct fixture *f, int64_t first, int64_t last)
{
	static char list[256];

	list[0] = '\0';
	assert_ok(store_audit_charted(f->store, first, last, note, list));
	return list;
}

/* Sign-ins, and whatever was refused; a visitor that fails ends it. */
static void
a_chart_has_sign_ins_and_refusals(void **state)
{
	struct fixture *f = *state;
	char list[256] = "";

	assert_string_equal(charted(f, 1, INT64_MAX), "");
	fill(f);
	assert_string_equal(charted(f, 1, INT64_MAX), "5 4 3 1 ");
	assert_string_equal(charted(f, 2, 4), "4 3 ");
	assert_string_equal(charted(f, 2, 2), "");
	assert_string_equal(charted(f, 4, 3), "");
	assert_string_equal(charted(f, INT64_MIN, INT64_MAX), "5 4 3 1 ");
	for (int i = 6; i <= 14; i++)
		append(f, 12 * HOUR, "eve", "sign-in", "", "wrong");
	assert_int_equal(store_audit_charted(f->store, 1, INT64_MAX, note, list), ERR_BUSY);
	assert_string_equal(list, "14 13 ");
}

/* What is on every page has no index. */
static void
daily_verbs_are_not_asked_for(void **state)
{
	static const char *const daily[] = { "password", "code", "sign-in", "sign-out" };
	struct fixture *f = *state;
	struct store_audit row;

	for (size_t i = 0; i < sizeof daily / sizeof *daily; i++) {
		const struct store_audit_range range = { .key = STORE_AUDIT_VERB,
			.text = daily[i],
			.first = 1,
			.last = 9 };
		size_t count = 1;

		assert_err(store_audit_find(f->store, &range, &row, &count), ERR_FAILED);
	}
}

/* A filter is a value, never a pattern and never SQL. */
static void
nothing_is_found_by_patterns(void **state)
{
	static const char *const hostile[] = { "", "%", "_", "*", "al%", "ALICE", "alice ",
		"' OR 1=1 --", "alice\xff", "1", "NULL" };
	struct fixture *f = *state;
	char long_one[TEXT_NAME_SIZE * 4];

	fill(f);
	memset(long_one, 'x', sizeof long_one);
	long_one[sizeof long_one - 1] = '\0';
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		assert_string_equal(PERSON(hostile[i], true), "");
		assert_string_equal(VERB(hostile[i], true), "");
	}
	assert_string_equal(PERSON(long_one, true), "");
	assert_string_equal(ALL(1, INT64_MAX, true, 8), "5 4 3 2 1");
}

static void
assert_span(struct fixture *f, int64_t since, int64_t until, int64_t first, int64_t last)
{
	int64_t low = 0, high = 0;

	assert_ok(store_audit_span(f->store, since, until, &low, &high));
	assert_int_equal(low, first);
	assert_int_equal(high, last);
}

/* All rows of a time stand in its span, also those of a clock that went back. */
static void
a_time_is_a_range_of_rows(void **state)
{
	struct fixture *f = *state;
	int64_t low = 42, high = 42;

	assert_err(store_audit_span(f->store, 0, INT64_MAX, &low, &high), ERR_STORE_NONE);
	fill(f);
	assert_span(f, 0, INT64_MAX, 1, INT64_MAX);
	assert_span(f, INT64_MIN, INT64_MAX, 1, INT64_MAX);
	assert_span(f, 2 * HOUR, 2 * HOUR + 1, 4, 4);
	assert_span(f, 10 * HOUR, 11 * HOUR, 1, 2);
	assert_span(f, 10 * HOUR, 11 * HOUR + 1, 1, INT64_MAX);
	assert_span(f, 11 * HOUR, INT64_MAX, 3, INT64_MAX);
	assert_err(store_audit_span(f->store, 3 * HOUR, 10 * HOUR, &low, &high), ERR_STORE_NONE);
	assert_err(store_audit_span(f->store, 5, 5, &low, &high), ERR_STORE_NONE);
	assert_err(store_audit_span(f->store, INT64_MAX, INT64_MIN, &low, &high), ERR_STORE_NONE);
	assert_int_equal(low, 42);
	append(f, -5, "alice", "sign-in", "", "ok");
	assert_span(f, -10, 0, 6, INT64_MAX);
	assert_span(f, 2 * HOUR, 2 * HOUR + 1, 4, 4);
}

/* What was pruned is in no time; what is left is found in its own. */
static void
hours_go_with_their_rows(void **state)
{
	struct fixture *f = *state;
	const struct store_checkpoint checkpoint = { .number = 2, .newest = 10 * HOUR + 5 };
	int64_t low = 42, high = 42;

	fill(f);
	assert_ok(store_begin(f->store));
	assert_ok(store_audit_prune(f->store, &checkpoint));
	assert_ok(store_commit(f->store));
	assert_err(store_audit_span(f->store, 10 * HOUR, 11 * HOUR, &low, &high), ERR_STORE_NONE);
	assert_span(f, 2 * HOUR, 2 * HOUR + 1, 4, 4);
	assert_span(f, 11 * HOUR, INT64_MAX, 3, INT64_MAX);
	assert_string_equal(ALL(1, INT64_MAX, true, 8), "5 4 3");
}

/* Of a turn that was lost no hour has begun. */
static void
a_lost_turn_begins_no_hour(void **state)
{
	struct fixture *f = *state;
	const struct store_audit row = { .id = 1, .version = 2, .time = 5, .result = "ok" };
	const struct store_head head = { .count = 1 };
	int64_t low = 42, high = 42;

	assert_ok(store_begin(f->store));
	assert_ok(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }));
	store_rollback(f->store);
	assert_err(store_audit_span(f->store, 0, INT64_MAX, &low, &high), ERR_STORE_NONE);
}

/* Pages from end to end meet each row once, whatever their size. */
static void
pages_meet_each_row_once(void **state)
{
	struct fixture *f = *state;
	struct store_audit rows[7];
	int64_t sum = 0;
	size_t count = 7;
	struct store_audit_range range = { .key = STORE_AUDIT_PERSON,
		.text = "alice",
		.first = 1,
		.last = INT64_MAX,
		.newest_first = true };

	for (int i = 1; i <= MANY; i++)
		append(f, i, i % 2 == 0 ? "alice" : "bob", "user-show", i % 3 == 0 ? "alice" : "",
		    "ok");
	while (count == 7) {
		assert_ok(store_audit_find(f->store, &range, rows, &count));
		for (size_t i = 0; i < count; i++) {
			assert_true(rows[i].id <= range.last);
			sum += rows[i].id;
			range.last = rows[i].id - 1;
		}
	}
	for (int i = 1; i <= MANY; i++)
		sum -= i % 2 == 0 || i % 3 == 0 ? i : 0;
	assert_int_equal(sum, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(rows_come_either_way),
		STORE_TEST(a_persons_rows_are_those_they_did_and_those_done_to_them),
		STORE_TEST(a_verbs_rows_are_found),
		STORE_TEST(a_chart_has_sign_ins_and_refusals),
		STORE_TEST(daily_verbs_are_not_asked_for),
		STORE_TEST(nothing_is_found_by_patterns),
		STORE_TEST(a_time_is_a_range_of_rows),
		STORE_TEST(hours_go_with_their_rows),
		STORE_TEST(a_lost_turn_begins_no_hour),
		STORE_TEST(pages_meet_each_row_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
