/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables as a program for the kernel (struct sock_filter). libseccomp gives the numbers; its
 * own making of programs allocates at hundreds of places and does not survive want of memory: it
 * crashes, or makes a program that kills. This one allocates nothing.
 */
#include "confine/filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "confine/filter_parts.h"

bool
filter_possible(void)
{
	const uint32_t action = SECCOMP_RET_ERRNO;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0UL, &action) == 0;
}

/* Past the end nothing is written, but counted, so that the whole is refused. */
static void
put(struct filter_code *program, unsigned short code, uint32_t k, unsigned char yes,
    unsigned char no)
{
	if (program->length < FILTER_LENGTH_MAX)
		program->code[program->length] =
		    (struct sock_filter){ .code = code, .jt = yes, .jf = no, .k = k };
	program->length++;
}

static void
load(struct filter_code *program, size_t offset)
{
	put(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* On: nothing is skipped. Else: so many. */
static void
unless_equal(struct filter_code *program, uint32_t value, unsigned char skipped)
{
	put(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped);
}

static void
answer(struct filter_code *program, uint32_t verdict)
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
put_call(struct filter_code *program, const struct filter_call *call)
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

static bool
is_tested(const struct filter_call *call, const struct filter_part *parts, size_t count)
{
	size_t at = count - 1;

	if (call->call < 0)
		return false;
	while (at > 0 && parts[at].from > (uint32_t)call->call)
		at--;
	return parts[at].kind == FILTER_TESTED;
}

/* The rows of those numbers that the search leads here for; the others it has answered. */
static void
put_table(struct filter_code *program, const struct filter_table *table,
    const struct filter_part *parts, size_t count)
{
	for (size_t i = 0; i < table->count; i++)
		if (is_tested(&table->calls[i], parts, count))
			put_call(program, &table->calls[i]);
}

/* --- the search ------------------------------------------------------------------- */

static void
skip(struct filter_code *program, size_t skipped)
{
	put(program, BPF_JMP | BPF_JA, (uint32_t)skipped, 0, 0);
}

/* Of what halves, before so many rows of the lower half: as far as one byte says, by itself. */
static size_t
halving_length(size_t lower)
{
	return lower <= UINT8_MAX ? 1 : 2;
}

static size_t
search_length(size_t parts)
{
	size_t lower = parts > 1 ? search_length(parts / 2) : 0;

	return parts > 1 ? halving_length(lower) + lower + search_length(parts - parts / 2) : 1;
}

static void
halve(struct filter_code *program, uint32_t from, size_t lower)
{
	if (halving_length(lower) == 1) {
		put(program, BPF_JMP | BPF_JGE | BPF_K, from, (unsigned char)lower, 0);
		return;
	}
	put(program, BPF_JMP | BPF_JGE | BPF_K, from, 0, 1);
	skip(program, lower);
}

/* Ends with a verdict, or behind the search, where the tested rows begin. */
static void
put_end(struct filter_code *program, enum filter_kind kind, size_t end)
{
	switch (kind) {
	case FILTER_UNNAMED:
		answer(program, SECCOMP_RET_ERRNO | ENOSYS);
		break;
	case FILTER_ALLOWED:
		answer(program, SECCOMP_RET_ALLOW);
		break;
	case FILTER_TESTED:
		skip(program, end - program->length - 1);
		break;
	}
}

/* The loaded number is in one of these parts: halves them until it is known which. */
static void
put_search(struct filter_code *program, const struct filter_part *parts, size_t count, size_t end)
{
	size_t half = count / 2;

	if (count == 1) {
		put_end(program, parts->kind, end);
		return;
	}
	halve(program, parts[half].from, search_length(half));
	put_search(program, parts, half, end);
	put_search(program, parts + half, count - half, end);
}

/*
 * The architecture that this was compiled for, as the kernel calls it. Known here, libseccomp need
 * not be loaded to be asked, which takes a tenth of a millisecond of each start; elsewhere it is.
 */
static uint32_t
architecture(void)
{
#if defined __x86_64__
	return AUDIT_ARCH_X86_64;
#elif defined __aarch64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return AUDIT_ARCH_AARCH64;
#else
	return seccomp_arch_native();
#endif
}

/* i386 has an architecture of its own; x32 has x86_64's, and a bit in the number of the call. */
static void
put_architecture(struct filter_code *program)
{
	load(program, offsetof(struct seccomp_data, arch));
	put(program, BPF_JMP | BPF_JEQ | BPF_K, architecture(), 1, 0);
	answer(program, SECCOMP_RET_KILL_PROCESS);
	load(program, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
	put(program, BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1);
	answer(program, SECCOMP_RET_KILL_PROCESS);
#endif
}

enum { TABLES_MAX = 4 };

/* Those of a program; returns how many. */
static size_t
tables_of(const struct filter_way *way, const struct filter_table *tables[TABLES_MAX])
{
	size_t count = 0;

	switch (way->program) {
	case FILTER_CONSOLE:
		tables[count++] = &filter_console;
		tables[count++] = way->opens ? &filter_console_opens : &filter_console_shut;
		break;
	case FILTER_KEEPER:
		tables[count++] = &filter_keeper;
		if (way->network)
			tables[count++] = &filter_network;
		break;
	}
	tables[count++] = &filter_both;
	if (way->preloaded)
		tables[count++] = &filter_preloaded;
	return count;
}

/*
 * What has no arguments to look at is answered by the search, and by the kernel from a bitmap
 * (since 5.11), so that no program runs for it; the others go through the rows that look at theirs.
 */
bool
filter_make(const struct filter_way *way, struct filter_code *ret_code)
{
	const struct filter_table *tables[TABLES_MAX];
	struct filter_part parts[FILTER_PARTS_MAX];
	size_t count = tables_of(way, tables), part_count = filter_parts(tables, count, parts);

	if (part_count == 0)
		return false;
	ret_code->length = 0;
	put_architecture(ret_code);
	put_search(ret_code, parts, part_count, ret_code->length + search_length(part_count));
	for (size_t i = 0; i < count; i++)
		put_table(ret_code, tables[i], parts, part_count);
	answer(ret_code, SECCOMP_RET_ERRNO | ENOSYS);
	return ret_code->length <= FILTER_LENGTH_MAX;
}

/*
 * Neither program runs code of others that could measure its neighbours, so that kernels before
 * 5.16 need not slow down every filtered process (SPEC_ALLOW, which those before 4.17 do not know).
 */
enum err
filter_install(const struct filter_way *way)
{
	struct filter_code program;
	struct sock_fprog given = { .filter = program.code };
	long code;

	if (!filter_make(way, &program))
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
