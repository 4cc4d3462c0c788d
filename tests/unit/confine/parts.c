/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search through the numbers of calls says of each what its rows say, and so does the program
 * that the kernel is given: it is run here, for each number and for arguments of each row. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "confine/filter_parts.h"

enum { NUMBERS = 2000, TABLES_MAX = 4 };

static const struct filter_table *const programs[][TABLES_MAX] = {
	{ &filter_console, &filter_console_opens, &filter_both },
	{ &filter_console, &filter_console_shut, &filter_both, &filter_preloaded },
	{ &filter_keeper, &filter_both },
};

static size_t
count_of(const struct filter_table *const tables[TABLES_MAX])
{
	size_t count = 0;

	while (count < TABLES_MAX && tables[count] != NULL)
		count++;
	return count;
}

/* By going through all rows. */
static enum filter_kind
rows_say(const struct filter_table *const *tables, size_t count, uint32_t number)
{
	enum filter_kind found = FILTER_UNNAMED;

	for (size_t i = 0; i < count; i++)
		for (size_t row = 0; row < tables[i]->count; row++) {
			const struct filter_call *call = &tables[i]->calls[row];

			if (call->call < 0 || (uint32_t)call->call != number)
				continue;
			if (call->own || call->test.mask != 0 || call->error != 0)
				return FILTER_TESTED;
			found = FILTER_ALLOWED;
		}
	return found;
}

static enum filter_kind
parts_say(const struct filter_part *parts, size_t count, uint32_t number)
{
	size_t at = count - 1;

	while (parts[at].from > number)
		at--;
	return parts[at].kind;
}

static void
each_number(void **state)
{
	static struct filter_part parts[FILTER_PARTS_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
		size_t count = count_of(programs[i]),
		       made = filter_parts(programs[i], count, parts);

		assert_in_range(made, 10, FILTER_PARTS_MAX);
		assert_int_equal(parts[0].from, 0);
		for (uint32_t number = 0; number < NUMBERS; number++)
			assert_int_equal(parts_say(parts, made, number),
			    rows_say(programs[i], count, number));
		assert_int_equal(parts_say(parts, made, UINT32_MAX), FILTER_UNNAMED);
		for (size_t at = 1; at < made; at++) {
			assert_true(parts[at - 1].from < parts[at].from);
			assert_int_not_equal(parts[at - 1].kind, parts[at].kind);
		}
	}
}

/* --- the program ------------------------------------------------------------------ */

/* The verdict of a program (linux/filter.h), by the few instructions that ours have. */
static uint32_t
run(const struct filter_code *code, const struct seccomp_data *data)
{
	uint32_t a = 0;

	for (size_t at = 0; at < code->length; at++) {
		const struct sock_filter *now = &code->code[at];

		switch (now->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			assert_in_range(now->k, 0, sizeof *data - sizeof a);
			memcpy(&a, (const char *)data + now->k, sizeof a);
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= now->k;
			break;
		case BPF_JMP | BPF_JA:
			at += now->k;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			at += a == now->k ? now->jt : now->jf;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			at += a >= now->k ? now->jt : now->jf;
			break;
		case BPF_RET | BPF_K:
			return now->k;
		default:
			fail_msg("instruction %u", now->code);
		}
	}
	fail_msg("no verdict");
	return 0;
}

static bool
applies(const struct filter_call *call, const struct seccomp_data *data)
{
	if (call->call < 0 || call->call != data->nr)
		return false;
	if (call->own)
		return (uint32_t)data->args[0] == (uint32_t)getpid();
	return (data->args[call->test.argument] & call->test.mask) == call->test.value;
}

/* By the rows, one after the other. */
static uint32_t
wanted(const struct filter_table *const *tables, size_t count, const struct seccomp_data *data)
{
	for (size_t i = 0; i < count; i++)
		for (size_t row = 0; row < tables[i]->count; row++) {
			const struct filter_call *call = &tables[i]->calls[row];

			if (applies(call, data))
				return call->error == 0 ? SECCOMP_RET_ALLOW
							: SECCOMP_RET_ERRNO | (uint32_t)call->error;
		}
	return SECCOMP_RET_ERRNO | ENOSYS;
}

/* Every number with one value in all of its arguments. */
static void
try_value(const struct filter_table *const *tables, size_t count, const struct filter_code *code,
    uint64_t value)
{
	struct seccomp_data data = { .arch = seccomp_arch_native() };

	for (size_t i = 0; i < sizeof data.args / sizeof data.args[0]; i++)
		data.args[i] = value;
	for (data.nr = 0; data.nr < NUMBERS; data.nr++)
		assert_int_equal(run(code, &data), wanted(tables, count, &data));
}

static void
the_program_is_the_tables(void **state)
{
	static const struct filter_way ways[] = { { .program = FILTER_CONSOLE, .opens = true },
		{ .program = FILTER_CONSOLE, .preloaded = true }, { .program = FILTER_KEEPER } };
	static struct filter_code code;

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		size_t count = count_of(programs[i]);

		assert_true(filter_make(&ways[i], &code));
		try_value(programs[i], count, &code, 0);
		try_value(programs[i], count, &code, UINT64_MAX);
		try_value(programs[i], count, &code, (uint64_t)getpid());
		try_value(programs[i], count, &code, (uint64_t)1 << 32);
		for (size_t table = 0; table < count; table++)
			for (size_t row = 0; row < programs[i][table]->count; row++)
				try_value(programs[i], count, &code,
				    programs[i][table]->calls[row].test.value);
	}
}

/* i386 and x32 (seccomp(2)), whatever is called. */
static void
other_architectures(void **state)
{
	static const struct filter_way way = { .program = FILTER_CONSOLE };
	static struct filter_code code;
	struct seccomp_data data = { .arch = AUDIT_ARCH_I386 };

	(void)state;
	assert_true(filter_make(&way, &code));
	for (data.nr = 0; data.nr < NUMBERS; data.nr++)
		assert_int_equal(run(&code, &data), SECCOMP_RET_KILL_PROCESS);
#ifdef __x86_64__
	data.arch = seccomp_arch_native();
	for (uint32_t number = 0; number < NUMBERS; number++) {
		data.nr = (int)(0x40000000U + number);
		assert_int_equal(run(&code, &data), SECCOMP_RET_KILL_PROCESS);
	}
#endif
}

/* --- the parts alone -------------------------------------------------------------- */

/* A row that looks closer holds for its number, before or behind one that allows all. */
static void
the_closer_look(void **state)
{
	static const struct filter_call calls[] = { { .call = 5 }, { .call = 7, .error = 13 },
		{ .call = 5, .test = { 0, 1, 0 } }, { .call = 7 }, { .call = 6 }, { .call = -1 } };
	static const struct filter_table table = { calls, sizeof calls / sizeof calls[0] };
	static const struct filter_part shape[] = { { 0, FILTER_UNNAMED }, { 5, FILTER_TESTED },
		{ 6, FILTER_ALLOWED }, { 7, FILTER_TESTED }, { 8, FILTER_UNNAMED } };
	static const struct filter_table *const tables[] = { &table };
	static struct filter_part parts[FILTER_PARTS_MAX];

	(void)state;
	assert_int_equal(filter_parts(tables, 1, parts), sizeof shape / sizeof shape[0]);
	for (size_t i = 0; i < sizeof shape / sizeof shape[0]; i++) {
		assert_int_equal(parts[i].from, shape[i].from);
		assert_int_equal(parts[i].kind, shape[i].kind);
	}
}

/* More than there is room for is said, and makes no filter with holes. */
static void
too_many(void **state)
{
	static struct filter_call calls[FILTER_PARTS_MAX];
	static struct filter_part parts[FILTER_PARTS_MAX];
	const struct filter_table table = { calls, FILTER_PARTS_MAX },
				  half = { calls, FILTER_PARTS_MAX / 2 - 1 };
	const struct filter_table *const all[] = { &table }, *const some[] = { &half };

	(void)state;
	for (size_t i = 0; i < FILTER_PARTS_MAX; i++)
		calls[i].call = (int)(2 * i + 1);
	assert_int_equal(filter_parts(all, 1, parts), 0);
	assert_int_equal(filter_parts(some, 1, parts), FILTER_PARTS_MAX - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(each_number),
		cmocka_unit_test(the_program_is_the_tables), cmocka_unit_test(other_architectures),
		cmocka_unit_test(the_closer_look), cmocka_unit_test(too_many) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
