/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list: what is chosen and what is seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/widget/list.h"

static bool
press(struct list *list, enum key key, size_t height)
{
	struct event event = { .type = EVENT_KEY, .key = key };

	return list_handle(list, &event, height);
}

static void
is_at(const struct list *list, size_t chosen, size_t top)
{
	assert_int_equal(list->chosen, chosen);
	assert_int_equal(list->top, top);
}

static void
moving(void **state)
{
	struct list list = { .count = 10 };

	(void)state;
	assert_true(press(&list, KEY_UP_, 4));
	is_at(&list, 0, 0);
	for (int i = 0; i < 4; i++)
		assert_true(press(&list, KEY_DOWN_, 4));
	is_at(&list, 4, 1);
	assert_true(press(&list, KEY_PAGE_DOWN, 4));
	is_at(&list, 7, 4);
	assert_true(press(&list, KEY_END_, 4));
	is_at(&list, 9, 6);
	assert_true(press(&list, KEY_DOWN_, 4));
	is_at(&list, 9, 6);
	assert_true(press(&list, KEY_PAGE_UP, 4));
	is_at(&list, 6, 6);
	assert_true(press(&list, KEY_HOME_, 4));
	is_at(&list, 0, 0);
}

static void
not_its_own(void **state)
{
	struct list list = { .count = 3, .chosen = 1 };
	struct event text = { .type = EVENT_TEXT, .point = 'j' };

	(void)state;
	assert_false(press(&list, KEY_ENTER_, 3) || press(&list, KEY_TAB, 3) ||
	    list_handle(&list, &text, 3));
	is_at(&list, 1, 0);
}

static void
fitting(void **state)
{
	struct list list = { .count = 10, .chosen = 9, .top = 6 };

	(void)state;
	list_fit(&list, 20);
	is_at(&list, 9, 0);
	list_fit(&list, 0);
	is_at(&list, 9, 9);
	list.count = 2;
	list_fit(&list, 4);
	is_at(&list, 1, 0);
	list.count = 0;
	list_fit(&list, 4);
	is_at(&list, 0, 0);
	assert_true(press(&list, KEY_DOWN_, 4) && press(&list, KEY_END_, 4) &&
	    press(&list, KEY_PAGE_DOWN, 0));
	is_at(&list, 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(moving), cmocka_unit_test(not_its_own),
		cmocka_unit_test(fitting) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
