/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing of a run outlives it: whoever left its session and its group is found, too. */
#ifndef RUNNER_REAP_H
#define RUNNER_REAP_H

#include <stdbool.h>
#include <sys/types.h>

/* Orphans of the run become this process's children (PR_SET_CHILD_SUBREAPER). */
bool
reap_begin(void);

/* A cgroup for the run below this process's own, where one can be made (Delegate=yes of its unit):
 * its directory, or -1. The caller gives it to reap_all(). */
int
reap_cgroup(const char *id);

/* In the child, before it becomes another user: it joins the cgroup. -1: nothing to do. */
bool
reap_join(int cgroup);

/* Hang-up to the leader's session and group, as from a line that dropped, and what was stopped goes
 * on to take it. */
void
reap_hang_up(pid_t leader);

/* Kills all that is left, and waits for it: within a second where the kernel lets it die. Removes
 * the cgroup and closes it. Whether nothing is left. */
bool
reap_all(int cgroup, const char *id);

#endif
