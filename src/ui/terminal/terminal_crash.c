/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is left to do when the program is broken: cooked mode, main screen, cursor; with
 * async-signal-safe calls alone (signal-safety(7)). What the handler needs lies at the foot of its
 * own stack (sigaltstack(2)), so that there is no global.
 */
#include "ui/terminal/terminal_inside.h"

#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK_SIZE = 64 * 1024, BYTES_SIZE = 256 };

static const int fatal[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

enum { FATALS = sizeof fatal / sizeof fatal[0] };

struct terminal_crash {
	int in, out;
	struct termios before;
	size_t length;
	char bytes[BYTES_SIZE]; /* what gives the screen back */
	struct sigaction old[FATALS];
	stack_t old_stack;
};

static void
handle(int number, siginfo_t *info, void *context)
{
	const ucontext_t *where = context;
	const struct terminal_crash *crash = where->uc_stack.ss_sp;
	ssize_t written;

	(void)info;
	if (crash != NULL) {
		written = write(crash->out, crash->bytes, crash->length);
		(void)written;
		tcsetattr(crash->in, TCSAFLUSH, &crash->before);
	}
	signal(number, SIG_DFL);
	raise(number);
}

/* Adds a capability, without the padding marks ($<5>) that only tputs() understands. */
static void
add(struct terminal_crash *crash, const char *capability)
{
	while (capability != NULL && *capability != '\0' && crash->length < BYTES_SIZE) {
		if (strncmp(capability, "$<", 2) == 0 && strchr(capability, '>') != NULL) {
			capability = strchr(capability, '>') + 1;
			continue;
		}
		crash->bytes[crash->length++] = *capability++;
	}
}

static void
collect(struct terminal_crash *crash, const struct terminal *terminal)
{
	crash->in = terminal->fd;
	crash->out = terminal->out_fd;
	crash->before = terminal->before;
	if (terminal->ansi)
		add(crash, "\033[?2004l");
	if (terminal->plain_keys)
		add(crash, terminal_keys_back);
	add(crash, exit_attribute_mode);
	add(crash, clear_screen);
	add(crash, exit_ca_mode);
	add(crash, keypad_local);
	add(crash, cursor_normal);
}

struct terminal_crash *
terminal_crash_arm(const struct terminal *terminal)
{
	struct sigaction action = { .sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	struct terminal_crash *crash;
	stack_t stack = { .ss_size = STACK_SIZE };

	stack.ss_sp = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
	    -1, 0);
	if (stack.ss_sp == MAP_FAILED)
		return NULL;
	crash = stack.ss_sp;
	collect(crash, terminal);
	if (sigaltstack(&stack, &crash->old_stack) != 0) {
		munmap(stack.ss_sp, STACK_SIZE);
		return NULL;
	}
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < FATALS; i++)
		sigaction(fatal[i], &action, &crash->old[i]);
	return crash;
}

void
terminal_crash_disarm(struct terminal_crash *crash)
{
	if (crash == NULL)
		return;
	for (size_t i = 0; i < FATALS; i++)
		sigaction(fatal[i], &crash->old[i], NULL);
	sigaltstack(&crash->old_stack, NULL);
	munmap(crash, STACK_SIZE);
}
