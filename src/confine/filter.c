/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables as a program for the kernel (struct sock_filter), row after row. libseccomp gives
 * numbers and architecture; its own making of programs allocates at hundreds of places and does not
 * survive want of memory: it crashes, or makes a program that kills. This one allocates nothing.
 */
#include "confine/filter.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LENGTH_MAX = 2048 };

struct program {
	struct sock_filter code[LENGTH_MAX];
	unsigned short length;
};

bool
filter_possible(void)
{
	const uint32_t action = SECCOMP_RET_ERRNO;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0UL, &action) == 0;
}

/* Past the end nothing is written, but counted, so that the whole is refused. */
static void
put(struct program *program, unsigned short code, uint32_t k, unsigned char yes, unsigned char no)
{
	if (program->length < LENGTH_MAX)
		program->code[program->length] =
		    (struct sock_filter){ .code = code, .jt = yes, .jf = no, .k = k };
	program->length++;
}

static void
load(struct program *program, size_t offset)
{
	put(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* On: nothing is skipped. Else: so many. */
static void
unless_equal(struct program *program, uint32_t value, unsigned char skipped)
{
	put(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped);
}

static void
answer(struct program *program, uint32_t verdict)
{
	put(program, BPF_RET | BPF_K, verdict, 0, 0);
}

/* Of an argument's 64 bits. */
static size_t
low_half(unsigned argument)
{
	return offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t) +
	    (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0);
}

static size_t
high_half(unsigned argument)
{
	return low_half(argument) ^ 4;
}

static uint32_t
verdict_of(const struct filter_call *call)
{
	return call->error == 0 ? SECCOMP_RET_ALLOW
				: SECCOMP_RET_ERRNO | ((uint32_t)call->error & SECCOMP_RET_DATA);
}

/* The number of the call is loaded before and after each row. A row's length is what its first
 * comparison skips. */
static void
put_call(struct program *program, const struct filter_call *call)
{
	const struct filter_test *test = &call->test;

	if (call->call < 0)
		return;
	if (call->own || test->mask != 0) {
		bool whole = test->mask > UINT32_MAX;

		unless_equal(program, (uint32_t)call->call, whole ? 8 : 5);
		if (whole) {
			load(program, high_half(test->argument));
			put(program, BPF_ALU | BPF_AND | BPF_K, (uint32_t)(test->mask >> 32), 0, 0);
			unless_equal(program, (uint32_t)(test->value >> 32), 4);
		}
		load(program, low_half(test->argument));
		put(program, BPF_ALU | BPF_AND | BPF_K,
		    call->own ? UINT32_MAX : (uint32_t)test->mask, 0, 0);
		unless_equal(program, call->own ? (uint32_t)getpid() : (uint32_t)test->value, 1);
		answer(program, verdict_of(call));
		load(program, offsetof(struct seccomp_data, nr));
	} else {
		unless_equal(program, (uint32_t)call->call, 1);
		answer(program, verdict_of(call));
	}
}

static void
put_table(struct program *program, const struct filter_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		put_call(program, &table->calls[i]);
}

/* i386 has an architecture of its own; x32 has x86_64's, and a bit in the number of the call. */
static void
put_architecture(struct program *program)
{
	load(program, offsetof(struct seccomp_data, arch));
	put(program, BPF_JMP | BPF_JEQ | BPF_K, seccomp_arch_native(), 1, 0);
	answer(program, SECCOMP_RET_KILL_PROCESS);
	load(program, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
	put(program, BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1);
	answer(program, SECCOMP_RET_KILL_PROCESS);
#endif
}

/*
 * Rows with arguments come first: what has none the kernel answers from a bitmap (since 5.11), and
 * no program runs for it.
 */
static void
put_tables(struct program *program, const struct filter_way *way)
{
	put_architecture(program);
	switch (way->program) {
	case FILTER_CONSOLE:
		put_table(program, &filter_console);
		put_table(program, way->opens ? &filter_console_opens : &filter_console_shut);
		break;
	case FILTER_KEEPER:
		put_table(program, &filter_keeper);
		break;
	}
	put_table(program, &filter_both);
	if (way->preloaded)
		put_table(program, &filter_preloaded);
	answer(program, SECCOMP_RET_ERRNO | ENOSYS);
}

/*
 * Neither program runs code of others that could measure its neighbours, so that kernels before
 * 5.16 need not slow down every filtered process (SPEC_ALLOW, which those before 4.17 do not know).
 */
enum err
filter_install(const struct filter_way *way)
{
	struct program program = { .length = 0 };
	struct sock_fprog given = { .filter = program.code };
	long code;

	put_tables(&program, way);
	if (program.length > LENGTH_MAX)
		return ERR_SYSTEM;
	given.len = program.length;
	code = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
	    SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_SPEC_ALLOW, &given);
	if (code != 0 && errno == EINVAL)
		code = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC,
		    &given);
	if (code == 0)
		return ERR_OK;
	return code < 0 && errno == ENOMEM ? ERR_MEMORY : ERR_SYSTEM;
}
