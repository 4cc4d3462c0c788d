/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The host's own programs: useradd, sshd, systemctl. */
#ifndef SETUP_PROGRAM_H
#define SETUP_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

enum { PROGRAM_SAID_SIZE = 32 * 1024 };

/*
 * Runs argv[0], looked for where root's programs are and nowhere else, without a shell, with a
 * short environment and nothing on standard input; said, of size bytes, is what it wrote on
 * standard output and error. Returns its exit status, or -1: it cannot be run, or a signal ended
 * it.
 */
int
program_run(const char *const *argv, char *said, size_t size);

/* Whether it is installed; its path in buf. */
bool
program_find(const char *name, char *buf, size_t size);

/* Whether systemctl answers a question ("is-active") about a unit so. */
bool
program_unit_is(const char *unit, const char *question, const char *answer);

/* The first line of what was said, cut out of it: sshd says the cause first. */
const char *
program_first_line(char *said);

/* The last line of what was said, cut out of it: where programs say what is wrong. */
const char *
program_last_line(char *said);

#endif
