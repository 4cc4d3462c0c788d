/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The system calls that are left, as tables (seccomp(2)). What no table names gets
 * ENOSYS, as in a kernel that never had it: that is what the C library falls back from. What is
 * another architecture's (i386 and x32 on x86_64) ends the process.
 */
#ifndef CONFINE_FILTER_H
#define CONFINE_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum filter_program { FILTER_CONSOLE, FILTER_KEEPER };

struct filter_way {
	enum filter_program program;
	bool opens;	/* the console may still open files for reading */
	bool network;	/* the keeper may reach a database on other hosts */
	bool preloaded; /* a library of the person's own may remove its files at the end */
};

enum { FILTER_LENGTH_MAX = 2048 };

/* A program for the kernel (seccomp(2)). */
struct filter_code {
	struct sock_filter code[FILTER_LENGTH_MAX];
	unsigned short length;
};

/* The program that filter_install() gives the kernel. false: the tables are too long for it. */
bool
filter_make(const struct filter_way *way, struct filter_code *ret_code);

/* Whether the kernel filters system calls. */
bool
filter_possible(void);

/* For all threads, for good. Needs no_new_privs. ERR_MEMORY, ERR_SYSTEM. */
MUST_CHECK enum err
filter_install(const struct filter_way *way);

/* --- the tables (filter_calls.c) -------------------------------------------- */

/* An argument whose bits under the mask are `value`; mask 0: any will do. Where the kernel takes 32
 * bits the mask has no more, for the others may be anything. */
struct filter_test {
	unsigned argument;
	uint64_t mask, value;
};

struct filter_call {
	int call; /* SCMP_SYS(); one that an architecture lacks is left out */
	struct filter_test test;
	bool own;  /* the first argument is this process */
	int error; /* refused with this errno instead of ENOSYS; 0: allowed */
};

struct filter_table {
	const struct filter_call *calls;
	size_t count;
};

extern const struct filter_table filter_both, filter_console, filter_console_opens,
    filter_console_shut, filter_keeper, filter_network, filter_preloaded;

#endif
