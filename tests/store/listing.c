/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: pages of people, in each order, both ways, and how many there are: compared with what a
 * plain sort of everybody gives. */
#include "fixture.h"
#include "store/store_user.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 90, NOW = 1000, EVERYBODY = (1 << ROLE_COUNT) - 1 };

/* --- a plain sort ------------------------------------------------------------------ */

struct crowd {
	struct account person[PEOPLE];
	size_t count;
};

static enum people_standing
standing_of(const struct account *account)
{
	return people_standing(account->enabled,
	    account->code_failures >= 100 || account->code_paused_until > NOW,
	    account->password_due);
}

static int
by_name(const void *left, const void *right)
{
	const struct account *a = left, *b = right;

	return strcmp(a->name, b->name);
}

static int
by_role(const void *left, const void *right)
{
	const struct account *a = left, *b = right;

	return a->role != b->role ? (int)b->role - (int)a->role : by_name(a, b);
}

static int
by_standing(const void *left, const void *right)
{
	const struct account *a = left, *b = right;
	int order = (int)standing_of(a) - (int)standing_of(b);

	return order != 0 ? order : by_name(a, b);
}

static int
by_sign_in(const void *left, const void *right)
{
	const struct account *a = left, *b = right;

	if (a->last_sign_in != b->last_sign_in)
		return a->last_sign_in < b->last_sign_in ? 1 : -1;
	return by_name(a, b);
}

static int (*const orders[PEOPLE_ORDER_COUNT])(const void *left, const void *right) = {
	[PEOPLE_BY_NAME] = by_name,
	[PEOPLE_BY_ROLE] = by_role,
	[PEOPLE_BY_STANDING] = by_standing,
	[PEOPLE_BY_SIGN_IN] = by_sign_in,
};

/* --- the people --------------------------------------------------------------------- */

/* Of all kinds, mixed by a fixed rule; names that begin alike, and letters of more than a byte. */
static void
fill(struct fixture *f)
{
	static const char *const begins[] = { "ann", "anna", "bea", "\xc3\xa9lodie", "z" };

	for (int i = 0; i < PEOPLE; i++) {
		const struct throttle throttle = {
			.failures = i % 13 == 0 ? 100 : (uint32_t)(i % 7),
			.paused_until = i % 7 == 0 ? NOW + i - 40 : 0,
		};
		char name[32];
		int64_t id;

		(void)snprintf(name, sizeof name, "%s%02d", begins[i % 5], i * 37 % PEOPLE);
		id = fixture_user(f, name);
		for (int devices = i % 3; devices > 0; devices--)
			fixture_device(f, id);
		assert_ok(store_begin(f->store));
		assert_ok(store_user_set_role(f->store, id, (enum role)(i % 4 % ROLE_COUNT)));
		assert_ok(store_user_enable(f->store, id, i % 11 != 0));
		assert_ok(store_user_set_password(f->store, id, "x", i % 5 == 2, 0));
		assert_ok(store_user_set_code(f->store, id, &throttle));
		if (i % 4 != 1)
			assert_ok(store_user_signed_in(f->store, id, 500 + i % 9, "local"));
		assert_ok(store_commit(f->store));
	}
}

/* All whom a page may show, sorted. */
static void
read_crowd(struct fixture *f, const struct store_people *wanted, struct crowd *crowd)
{
	crowd->count = 0;
	for (int64_t id = 1; id <= PEOPLE; id++) {
		struct account account;

		if (store_user_by_id(f->store, id, &account, NULL) != ERR_OK)
			continue;
		if ((wanted->roles & 1u << account.role) == 0)
			continue;
		if (strncmp(account.name, wanted->begins, strlen(wanted->begins)) != 0)
			continue;
		if (!wanted->without_2fa || account.devices == 0)
			crowd->person[crowd->count++] = account;
	}
	qsort(crowd->person, crowd->count, sizeof *crowd->person, orders[wanted->order]);
}

static struct store_place
place_of(const struct account *account)
{
	return (struct store_place){ .fold = account->name,
		.last_sign_in = account->last_sign_in,
		.role = account->role,
		.standing = standing_of(account) };
}

/* --- the tests ------------------------------------------------------------------------ */

/* From one end to the other, a page of so many at a time. */
static void
walk(struct fixture *f, struct store_people wanted, size_t size)
{
	struct account page[PEOPLE];
	struct crowd crowd;
	struct store_place place;
	size_t seen = 0, count;

	read_crowd(f, &wanted, &crowd);
	do {
		count = size;
		assert_ok(store_user_page(f->store, &wanted, page, &count));
		for (size_t i = 0; i < count; i++, seen++) {
			size_t at = wanted.backward ? crowd.count - 1 - seen : seen;

			assert_true(seen < crowd.count);
			assert_string_equal(page[i].name, crowd.person[at].name);
			assert_int_equal(page[i].devices, crowd.person[at].devices);
		}
		if (count > 0) {
			place = place_of(
			    &crowd.person[wanted.backward ? crowd.count - seen : seen - 1]);
			wanted.from = &place;
		}
	} while (count == size);
	assert_int_equal(seen, crowd.count);
}

static void
every_order_is_that_of_a_plain_sort(void **state)
{
	static const char *const begins[] = { "", "an", "anna", "\xc3\xa9", "anna0", "y" };
	struct fixture *f = *state;

	fill(f);
	for (int order = 0; order < PEOPLE_ORDER_COUNT; order++)
		for (unsigned roles = 0; roles <= EVERYBODY; roles++)
			for (size_t i = 0; i < 2 * sizeof begins / sizeof *begins; i++) {
				struct store_people wanted = {
					.order = (enum people_order)order,
					.roles = roles,
					.begins = begins[i / 2],
					.now = NOW,
					.backward = i % 2 == 1,
				};

				wanted.order = people_order(wanted.order, *wanted.begins != '\0');
				walk(f, wanted, 7);
				wanted.without_2fa = true;
				walk(f, wanted, 4);
			}
}

/* Who was removed meanwhile leaves no hole, and nobody is skipped. */
static void
a_place_stands_without_its_person(void **state)
{
	struct fixture *f = *state;
	struct account page[PEOPLE], gone;

	fill(f);
	for (int order = 0; order < PEOPLE_ORDER_COUNT; order++) {
		struct store_people wanted = { .order = (enum people_order)order,
			.roles = EVERYBODY,
			.begins = "",
			.now = NOW };
		struct store_place place;
		struct crowd crowd;
		size_t count = PEOPLE;

		read_crowd(f, &wanted, &crowd);
		gone = crowd.person[20];
		place = place_of(&gone);
		assert_ok(store_begin(f->store));
		assert_ok(store_user_remove(f->store, gone.id));
		assert_ok(store_commit(f->store));
		wanted.from = &place;
		assert_ok(store_user_page(f->store, &wanted, page, &count));
		assert_int_equal(count, crowd.count - 21);
		assert_string_equal(page[0].name, crowd.person[21].name);
		wanted.backward = true;
		count = 1;
		assert_ok(store_user_page(f->store, &wanted, page, &count));
		assert_string_equal(page[0].name, crowd.person[19].name);
	}
}

/* Text of a stranger is a value, and no part of a statement. */
static void
a_beginning_is_no_pattern(void **state)
{
	static const char *const hostile[] = { "%", "_", "' OR 1=1 --", "ann%", "\xff", "\"", "*" };
	struct fixture *f = *state;
	struct account page[PEOPLE];

	fill(f);
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
		for (int order = 0; order < PEOPLE_ORDER_COUNT; order++) {
			struct store_people wanted = { .roles = EVERYBODY,
				.begins = hostile[i],
				.now = NOW };
			size_t count = PEOPLE;

			wanted.order = people_order((enum people_order)order, true);
			assert_ok(store_user_page(f->store, &wanted, page, &count));
			assert_int_equal(count, 0);
		}
}

static struct store_counts
counted(struct fixture *f)
{
	struct store_counts counts = { 0 };

	for (int64_t id = 1; id <= PEOPLE; id++) {
		struct account account;
		bool low, paused;

		if (store_user_by_id(f->store, id, &account, NULL) != ERR_OK)
			continue;
		low = account.role == ROLE_OPERATOR;
		paused = standing_of(&account) == PEOPLE_PAUSED;
		counts.people++;
		counts.with_2fa += account.devices > 0;
		counts.paused += paused;
		counts.supers += account.role == ROLE_SUPER_ADMINISTRATOR && account.enabled;
		counts.operators.people += low;
		counts.operators.with_2fa += low && account.devices > 0;
		counts.operators.paused += low && paused;
	}
	return counts;
}

static void
same_counts(struct fixture *f)
{
	struct store_counts want = counted(f), have;

	assert_ok(store_counts(f->store, NOW, &have));
	assert_memory_equal(&have, &want, sizeof want);
}

/* What is kept as numbers is what counting gives, after every kind of change. */
static void
the_numbers_are_those_of_counting(void **state)
{
	struct fixture *f = *state;

	fill(f);
	same_counts(f);
	for (int64_t id = 1; id <= 30; id++) {
		assert_ok(store_begin(f->store));
		if (id % 3 == 0)
			assert_ok(store_user_remove(f->store, id));
		else if (id % 3 == 1)
			assert_ok(store_user_set_role(f->store, id, (enum role)(id % ROLE_COUNT)));
		else
			assert_ok(store_devices_remove(f->store, id));
		assert_ok(store_commit(f->store));
		same_counts(f);
	}
	fixture_device(f, 2);
	fixture_device(f, 2);
	same_counts(f);
	fixture_reopen(f);
	same_counts(f);
	assert_ok(store_begin(f->store));
	assert_err(store_user_remove(f->store, 3), ERR_STORE_NONE);
	assert_err(store_user_set_role(f->store, 3, ROLE_OPERATOR), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	same_counts(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(every_order_is_that_of_a_plain_sort),
		STORE_TEST(a_place_stands_without_its_person),
		STORE_TEST(a_beginning_is_no_pattern),
		STORE_TEST(the_numbers_are_those_of_counting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
