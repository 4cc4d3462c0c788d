/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands are measured beside: the same, by sudo, a bare terminal, script(1) and tmux. */
#ifndef TESTS_BENCH_COMMANDS_H
#define TESTS_BENCH_COMMANDS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A program in a terminal of its own. */
struct peer {
	pid_t pid;
	int master;
};

/* From fork to the first byte of `sudo -n -u nobody /bin/echo first` in a terminal, in ns; its end
 * is waited for, too. */
int64_t
peer_first_byte(void);

/* The program of the command `keys` in a bare terminal: every byte comes back. */
void
peer_keys(struct peer *ret_peer);

/* One key, there and back, in ns. */
int64_t
peer_press(const struct peer *peer);

void
peer_end(const struct peer *peer);

/* `cat` of the file under script(1) into a pipe that is read; to the end, in ns. `bytes` must come,
 * or the bench ends. */
int64_t
peer_script(const char *file, size_t bytes);

/* `cat` of the file in a tmux of its own, with a terminal attached that reads all it is drawn; to
 * the end of its session, in ns. */
int64_t
peer_tmux(const char *file);

/* KiB of proportional memory of the processes that hold one run each, on average: the children of
 * the keeper's helper. The bench ends unless there are `runs` of them. */
int64_t
runners_memory(pid_t keeper, size_t runs);

#endif
