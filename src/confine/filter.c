/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confine/filter.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BINARY_TREE = 2 }; /* of SCMP_FLTATR_CTL_OPTIMIZE: some six comparisons a call, not sixty */

bool
filter_possible(void)
{
	const uint32_t action = SECCOMP_RET_ERRNO;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0UL, &action) == 0;
}

static int
add_call(scmp_filter_ctx filter, const struct filter_call *call)
{
	uint32_t action = call->error != 0 ? SCMP_ACT_ERRNO((uint32_t)call->error) : SCMP_ACT_ALLOW;

	if (call->own)
		return seccomp_rule_add(filter, action, call->call, 1,
		    SCMP_A0(SCMP_CMP_MASKED_EQ, UINT32_MAX, (uint32_t)getpid()));
	if (call->test.mask == 0)
		return seccomp_rule_add(filter, action, call->call, 0);
	return seccomp_rule_add(filter, action, call->call, 1,
	    SCMP_CMP64(call->test.argument, SCMP_CMP_MASKED_EQ, call->test.mask, call->test.value));
}

static int
add_table(scmp_filter_ctx filter, const struct filter_table *table)
{
	int code = 0;

	for (size_t i = 0; i < table->count && code == 0; i++)
		code = add_call(filter, &table->calls[i]);
	return code;
}

static int
add_tables(scmp_filter_ctx filter, const struct filter_way *way)
{
	const struct filter_table *tables[4] = { &filter_both };
	size_t count = 1;
	int code = 0;

	switch (way->program) {
	case FILTER_CONSOLE:
		tables[count++] = &filter_console;
		tables[count++] = way->opens ? &filter_console_opens : &filter_console_shut;
		break;
	case FILTER_KEEPER:
		tables[count++] = &filter_keeper;
		break;
	}
	if (way->preloaded)
		tables[count++] = &filter_preloaded;
	for (size_t i = 0; i < count && code == 0; i++)
		code = add_table(filter, tables[i]);
	return code;
}

/*
 * Neither program runs code of others or tells strangers how long its memory took, so that kernels
 * before 5.16 need not slow down every filtered process (SECCOMP_FILTER_FLAG_SPEC_ALLOW). An older
 * libseccomp lacks what is left unchecked here.
 */
static int
set_up(scmp_filter_ctx filter)
{
	int code = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

	(void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	(void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, BINARY_TREE);
	return code == 0 ? seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) : code;
}

enum err
filter_install(const struct filter_way *way)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	int code;

	if (filter == NULL)
		return ERR_MEMORY;
	code = set_up(filter);
	if (code == 0)
		code = add_tables(filter, way);
	if (code == 0)
		code = seccomp_load(filter);
	seccomp_release(filter);
	if (code == 0)
		return ERR_OK;
	return code == -ENOMEM ? ERR_MEMORY : ERR_SYSTEM;
}
