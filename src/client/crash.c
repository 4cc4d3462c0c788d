/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * With async-signal-safe calls alone (signal-safety(7)). What the handler needs lies at the foot of
 * its own stack (sigaltstack(2)), so that there is no global.
 */
#include "client/crash.h"

#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK_SIZE = 64 * 1024 };

static const int fatal[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

enum { FATALS = sizeof fatal / sizeof fatal[0] };

struct crash {
	struct crash_way way;
	struct sigaction old[FATALS];
	stack_t old_stack;
};

static void
handle(int number, siginfo_t *info, void *context)
{
	const ucontext_t *where = context;
	const struct crash *crash = where->uc_stack.ss_sp;

	(void)info;
	if (crash != NULL) {
		ssize_t written = write(crash->way.out, crash->way.bytes, crash->way.length);

		(void)written;
		(void)tcsetattr(crash->way.in, TCSAFLUSH, &crash->way.modes);
	}
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

struct crash *
crash_arm(const struct crash_way *way)
{
	struct sigaction action = { .sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t stack = { .ss_size = STACK_SIZE };
	struct crash *crash;

	stack.ss_sp = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
	    -1, 0);
	if (stack.ss_sp == MAP_FAILED)
		return NULL;
	crash = stack.ss_sp;
	crash->way = *way;
	if (sigaltstack(&stack, &crash->old_stack) != 0) {
		(void)munmap(stack.ss_sp, STACK_SIZE);
		return NULL;
	}
	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < FATALS; i++)
		(void)sigaction(fatal[i], &action, &crash->old[i]);
	return crash;
}

void
crash_disarm(struct crash *crash)
{
	if (crash == NULL)
		return;
	for (size_t i = 0; i < FATALS; i++)
		(void)sigaction(fatal[i], &crash->old[i], NULL);
	(void)sigaltstack(&crash->old_stack, NULL);
	(void)munmap(crash, STACK_SIZE);
}
