/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the system's log is told when something goes wrong, and how often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <syslog.h>
#include <unistd.h>

#include "keeper/fault.h"
#include "store/store.h"

static char last[512];
static unsigned lines;

void
__syslog_chk(int priority, int flag, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The log, which the keeper's code calls by either name. */
__attribute__((format(printf, 1, 0))) static void
take(const char *format, va_list list)
{
	(void)vsnprintf(last, sizeof last, format, list);
	lines++;
}

void
__syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list list;

	(void)priority;
	(void)flag;
	va_start(list, format);
	take(format, list);
	va_end(list);
}

#undef syslog
void
syslog(int priority, const char *format, ...)
{
	va_list list;

	(void)priority;
	va_start(list, format);
	take(format, list);
	va_end(list);
}

static int
set_up(void **state)
{
	(void)state;
	lines = 0;
	last[0] = '\0';
	return 0;
}

static void
each_kind_is_told_once_a_minute(void **state)
{
	struct fault fault = { .wrong = false };

	(void)state;
	fault_settle(&fault, ERR_STORE_IO, 1000);
	assert_int_equal(lines, 1);
	assert_string_equal(last,
	    "store-fault kind=io more=0 said=\"The database cannot be read or written. Check the "
	    "disk.\"");
	for (int i = 1; i < FAULT_INTERVAL; i++)
		fault_settle(&fault, ERR_STORE_IO, 1000 + i);
	assert_int_equal(lines, 1);
	fault_settle(&fault, ERR_STORE_UNSURE, 1000 + 5);
	assert_int_equal(lines, 2);
	assert_non_null(strstr(last, "kind=not-known-whether-saved"));
	fault_settle(&fault, ERR_STORE_IO, 1000 + FAULT_INTERVAL);
	assert_int_equal(lines, 3);
	assert_non_null(strstr(last, "more=59"));
}

/* Mistakes and refusals are nobody's business but whose they are. */
static void
a_mistake_is_no_fault(void **state)
{
	static const enum err mistakes[] = { ERR_OK, ERR_CREDENTIALS, ERR_PAUSED, ERR_CODE_WRONG,
		ERR_DENIED, ERR_BUSY, ERR_NAME_TAKEN, ERR_NOT_HOST, ERR_ENDED };
	struct fault fault = { .wrong = false };

	(void)state;
	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
		assert_false(fault_is(mistakes[i]));
		fault_settle(&fault, mistakes[i], 5);
	}
	assert_int_equal(lines, 0);
	assert_true(fault_is(ERR_STORE_FULL) && fault_is(ERR_STORE_SUSPECT));
}

/* Once, and only when a whole turn has gone well. */
static void
that_it_works_again_is_told(void **state)
{
	struct fault fault = { .wrong = false };

	(void)state;
	fault_note(&fault, ERR_STORE_IO, 1);
	fault_settle(&fault, ERR_OK, 1);
	assert_int_equal(lines, 1);
	fault_settle(&fault, ERR_OK, 2);
	assert_int_equal(lines, 2);
	assert_string_equal(last, "store-works");
	fault_settle(&fault, ERR_OK, 3);
	assert_int_equal(lines, 2);
}

/* A name is looked for once a minute, and damage that was found stays damage. */
static void
a_second_look_is_not_taken_too_often(void **state)
{
	struct fault fault = { .look = ERR_OK };

	(void)state;
	assert_int_equal(fault_name(&fault, -1, ERR_STORE_IO, 5), ERR_STORE_IO);
	assert_int_equal(fault.looked, 0);
	assert_int_not_equal(fault_name(&fault, -1, ERR_STORE_SUSPECT, 5), ERR_OK);
	assert_int_equal(fault.looked, 5);
	fault.look = ERR_STORE_IO;
	assert_int_equal(fault_name(&fault, -1, ERR_STORE_SUSPECT, 64), ERR_STORE_IO);
	assert_int_equal(fault.looked, 5);
	(void)fault_name(&fault, -1, ERR_STORE_SUSPECT, 65);
	assert_int_equal(fault.looked, 65);
	fault.look = ERR_STORE_CORRUPT;
	assert_int_equal(fault_name(&fault, -1, ERR_STORE_SUSPECT, 99999), ERR_STORE_CORRUPT);
	assert_int_equal(fault.looked, 65);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_kind_is_told_once_a_minute, set_up),
		cmocka_unit_test_setup(a_mistake_is_no_fault, set_up),
		cmocka_unit_test_setup(that_it_works_again_is_told, set_up),
		cmocka_unit_test_setup(a_second_look_is_not_taken_too_often, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
