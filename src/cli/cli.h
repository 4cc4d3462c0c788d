/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: what root's scripts use. Every command is one row of the table in
 * commands.c. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

struct hello_way;

/*
 * Runs the command whose words begin at argv[0], on the state that `way` leads to, and returns the
 * exit status: 0 done, 1 refused or failed, 2 wrong usage. What went wrong, and what to do, is said
 * on standard error.
 */
int
cli_run(const struct hello_way *way, int argc, char **argv);

/* The help of the whole program on standard output: its options, its commands. Returns the exit
 * status. */
int
cli_help(void);

/* What completes its command line in bash or zsh, made from the table of commands, on standard
 * output. Returns the exit status. */
int
cli_complete(const char *shell);

#endif
