/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields and buttons in focus order (DESIGN 5.1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/widget/form.h"

enum { NAME, PASSWORD, CODE, SIGN_IN, CANCEL };

static const struct form_plan plan = { .fields = 3,
	.buttons = 2,
	.field = { { "Name", FIELD_TEXT, 8 }, { "Password", FIELD_PASSWORD, 8 },
	    { "Code", FIELD_CODE, 6 } },
	.button = { "Sign in", "Cancel" } };

static size_t button;
static enum err error;

static enum form_result
handle(struct form *form, struct event event)
{
	button = 99;
	return form_handle(form, &event, &button, &error);
}

static enum form_result
press(struct form *form, enum key key)
{
	return handle(form, (struct event){ .type = EVENT_KEY, .key = key });
}

static enum form_result
type(struct form *form, uint32_t point, bool pasted)
{
	return handle(form, (struct event){ .type = EVENT_TEXT, .point = point, .pasted = pasted });
}

static int
setup(void **state)
{
	static struct form form;

	*state = &form;
	return form_open(&form, &plan) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	form_close(*state);
	return 0;
}

static void
fill(struct form *form)
{
	assert_int_equal(field_set(&form->field[NAME], "alice"), ERR_OK);
	assert_int_equal(field_set(&form->field[PASSWORD], "secret"), ERR_OK);
	assert_int_equal(field_set(&form->field[CODE], "123456"), ERR_OK);
}

static void
going_round(void **state)
{
	static const size_t forward[] = { PASSWORD, CODE, SIGN_IN, CANCEL, NAME };
	struct form *form = *state;

	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(press(form, i % 2 == 0 ? KEY_TAB : KEY_DOWN_), FORM_USED);
		assert_int_equal(form->focus, forward[i]);
	}
	assert_int_equal(press(form, KEY_BACKTAB), FORM_USED);
	assert_int_equal(form->focus, CANCEL);
	assert_int_equal(press(form, KEY_UP_), FORM_USED);
	assert_int_equal(form->focus, SIGN_IN);
	assert_int_equal(press(form, KEY_LEFT_), FORM_USED);
	assert_int_equal(form->focus, SIGN_IN);
	assert_int_equal(press(form, KEY_RIGHT_), FORM_USED);
	assert_int_equal(press(form, KEY_RIGHT_), FORM_USED);
	assert_int_equal(form->focus, CANCEL);
}

static void
enter_goes_to_what_is_empty(void **state)
{
	struct form *form = *state;

	assert_int_equal(type(form, 'a', false), FORM_USED);
	assert_int_equal(press(form, KEY_ENTER_), FORM_USED);
	assert_int_equal(form->focus, PASSWORD);
	/* The field itself is empty: on to the next that is. */
	assert_int_equal(press(form, KEY_ENTER_), FORM_USED);
	assert_int_equal(form->focus, CODE);
	assert_int_equal(type(form, '1', false), FORM_USED);
	assert_int_equal(press(form, KEY_ENTER_), FORM_USED);
	assert_int_equal(form->focus, PASSWORD);
	/* The only empty one is never sent. */
	assert_int_equal(press(form, KEY_ENTER_), FORM_EMPTY);
	assert_int_equal(form->focus, PASSWORD);
	assert_int_equal(button, 99);
	assert_int_equal(type(form, 'p', false), FORM_USED);
	assert_int_equal(press(form, KEY_ENTER_), FORM_PRESSED);
	assert_int_equal(button, 0);
}

static void
buttons(void **state)
{
	struct form *form = *state;

	form_focus(form, SIGN_IN);
	assert_null(form_focused(form));
	assert_int_equal(press(form, KEY_ENTER_), FORM_EMPTY);
	assert_int_equal(form->focus, NAME);
	form_focus(form, CANCEL);
	assert_int_equal(press(form, KEY_ENTER_), FORM_PRESSED);
	assert_int_equal(button, 1);
	fill(form);
	form_focus(form, SIGN_IN);
	assert_int_equal(type(form, ' ', false), FORM_PRESSED);
	assert_int_equal(button, 0);
	assert_int_equal(type(form, 'x', false), FORM_UNUSED);
	form_focus(form, 5);
	assert_int_equal(form->focus, SIGN_IN);
}

static void
a_paste_never_submits(void **state)
{
	struct form *form = *state;

	fill(form);
	form_focus(form, CODE);
	field_clear(&form->field[CODE]);
	for (const char *at = "123 456\n"; *at != '\0'; at++)
		assert_int_equal(type(form, (unsigned char)*at, true), FORM_USED);
	assert_string_equal(field_text(&form->field[CODE]), "123456");
	assert_int_equal(form->focus, CODE);
	form_focus(form, SIGN_IN);
	assert_int_equal(type(form, ' ', true), FORM_UNUSED);
	assert_int_equal(type(form, '\n', true), FORM_UNUSED);
	assert_int_equal(button, 99);
}

static void
refusals_are_told(void **state)
{
	struct form *form = *state;

	form_focus(form, CODE);
	assert_int_equal(type(form, 'x', false), FORM_USED);
	assert_int_equal(error, ERR_FIELD_DIGITS);
	assert_int_equal(type(form, '1', false), FORM_USED);
	assert_int_equal(error, ERR_OK);
	assert_int_equal(press(form, KEY_ESC), FORM_UNUSED);
	assert_int_equal(press(form, KEY_HELP_), FORM_UNUSED);
}

static void
where_letters_are_text(void **state)
{
	static const bool takes[] = { true, true, false, false, false };
	struct form *form = *state;

	for (size_t i = 0; i < 5; i++) {
		form_focus(form, i);
		assert_int_equal(form_takes_letters(form), takes[i]);
	}
}

static void
without_anything(void **state)
{
	static const struct form_plan none = { .fields = 0, .buttons = 0 };
	struct form form;

	(void)state;
	assert_int_equal(form_open(&form, &none), ERR_OK);
	assert_int_equal(press(&form, KEY_ENTER_), FORM_UNUSED);
	assert_int_equal(press(&form, KEY_TAB), FORM_UNUSED);
	form_close(&form);
}

#define WITH_FORM(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { WITH_FORM(going_round),
		WITH_FORM(enter_goes_to_what_is_empty), WITH_FORM(buttons),
		WITH_FORM(a_paste_never_submits), WITH_FORM(refusals_are_told),
		WITH_FORM(where_letters_are_text), cmocka_unit_test(without_anything) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
