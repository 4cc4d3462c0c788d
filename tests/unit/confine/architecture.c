/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Behind the walls the calls of another architecture end the program: they have other numbers. */
#include "hostile.h"

#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "confine/confine.h"

#ifdef __x86_64__
static bool
walls(const struct scene *scene)
{
	struct confine_report report;

	(void)scene;
	confine_probe(&report);
	return report.missing == 0 && confine_console() == ERR_OK;
}

static void
call_x32(void)
{
	(void)syscall(0x40000000L + SYS_getpid);
}

/* i386's getpid(). Where the kernel has no such calls at all, the instruction itself is the fault.
 */
static void
call_i386(void)
{
	long result = 20;

	__asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
}

static void
test_other_architectures_end_it(void **state)
{
	int x32 = scene_signal(*state, walls, call_x32);
	int i386 = scene_signal(*state, walls, call_i386);

	assert_int_equal(x32, SIGSYS);
	assert_true(i386 == SIGSYS || i386 == SIGSEGV);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_other_architectures_end_it) };

	if (!hostile_can_be_tried())
		return 0;
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
#else
int
main(void)
{
	(void)puts("1..0 # SKIP only x86-64 has calls of other architectures");
	return 0;
}
#endif
