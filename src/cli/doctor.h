/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checks of `provconsole doctor`: what is right and wrong with a state and its host. Files,
 * clock, space and terminal are looked at here, so that it works where no keeper can start; what
 * needs the store or the keys is the part of the keeper's program (wire/examine.h). cli_doctor.c
 * runs the checks; each tells its findings by doctor_tell.h.
 */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "cli/doctor_tell.h"
#include "client/hello.h"
#include "confine/confine.h"
#include "wire/examine.h"

/* state, owner, mode, files: by stat alone, nothing is opened but the directory. */
void
doctor_look_at_files(struct doctor *doctor);

/* keeper: whether one answers; none is started. */
void
doctor_look_for_keeper(struct doctor *doctor);

/* database, schema, key, audit, memory: runs the keeper's program. Returns the seconds by which the
 * newest audit row is ahead of the clock. */
int64_t
doctor_examine(struct doctor *doctor, const char *libexec);

/* clock, space, terminal. */
void
doctor_look_at_host(struct doctor *doctor, int64_t ahead);

/* confinement: what the running kernel could do for console and keeper. */
void
doctor_look_at_confinement(struct doctor *doctor);

/* commands, and of the host's service runner: files, what they name, who runs them. */
void
doctor_look_at_commands(struct doctor *doctor, const struct hello_way *way);

/* service, socket, account, sshd, pam, package: of the host's service alone. */
void
doctor_look_at_installation(struct doctor *doctor);

/* KiB that the running keeper of this state has locked; -1 if none runs or it is unknown. */
long
doctor_keeper_locked(const char *state);

/* Whether this is a container, whose limits are set on its host. */
bool
doctor_in_container(void);

/* --- the decisions of the above, without looking ------------------------------------- */

/* What is wrong with one entry of the state directory. */
enum doctor_wrong {
	DOCTOR_FOREIGN = 1 << 0, /* of another owner than the directory */
	DOCTOR_OPEN = 1 << 1,	 /* others may do something with it */
	DOCTOR_SHUT = 1 << 2,	 /* its owner cannot use it */
	DOCTOR_SYMLINK = 1 << 3,
	DOCTOR_LINKS = 1 << 4,	/* has a second name */
	DOCTOR_KIND = 1 << 5,	/* not a regular file (or, for the socket, not a socket) */
	DOCTOR_UNKNOWN = 1 << 6 /* nothing of the keeper's has that name */
};

/* Which of enum doctor_wrong an entry is; "." is the directory itself. */
unsigned
doctor_entry(const char *name, const struct stat *st, uid_t owner);

/* state and status: of adjtimex(2); ahead: seconds by which the newest audit row is ahead of the
 * clock. */
void
doctor_clock(struct doctor *doctor, int state, int status, int64_t ahead);

void
doctor_space(struct doctor *doctor, const struct statvfs *fs);

/* Looks for the terminal's description below each of these directories (NULL ends the list; an
 * empty name is left out). */
void
doctor_terminal(struct doctor *doctor, const char *const *directories);

void
doctor_confinement(struct doctor *doctor, const struct confine_report *report);

/* st: of the service's socket, or NULL; group: of the account console. */
void
doctor_socket(struct doctor *doctor, const struct stat *st, gid_t group);

/* st: of the runner's socket, or NULL; keeper: the user that may order runs; waits: its unit, or
 * without systemd anything, is active. */
void
doctor_runner(struct doctor *doctor, const struct stat *st, uid_t keeper, bool waits);

/* The entry of the account console, or NULL. */
void
doctor_account(struct doctor *doctor, const struct passwd *entry);

/* What `sshd -T` said of the account console, and its status (-1: no sshd). */
void
doctor_sshd(struct doctor *doctor, int status, char *said);

/* The text of a service's file in /etc/pam.d. */
void
doctor_pam(struct doctor *doctor, const char *service, const char *text);

/* Whether sshd asks PAM of everybody (sshd_asks_pam()). */
void
doctor_sshd_pam(struct doctor *doctor, bool asks);

/* From /proc/locks: the process that holds the whole file of that inode by flock(2), or 0. */
long
doctor_lock_holder(FILE *locks, ino_t inode);

/*
 * What the program found about memory (EXAMINE_MEMORY), seen from outside it. locked: of
 * doctor_keeper_locked(); container, and limit: the hard limit of RLIMIT_MEMLOCK in KiB, -1 without
 * one. ERR_STATE: the keeper that runs locked less than it needs; ERR_NOT_HOST: the container's
 * limit cannot be raised from inside.
 */
void
doctor_memory(struct examine_finding *finding, long locked, bool container, long limit);

/* From /proc/PID/status: how many KiB are locked, or -1. */
long
doctor_locked(FILE *status);

/* What a finding of the program's is told as. %1 in the sentence is its number, %2 its detail. */
struct doctor_saying {
	enum examine_check check;
	enum err err;
	enum doctor_result result;
	const char *detail, *advice; /* English, marked */
};

/* Tells the finding by the first saying of that check and error; false: there is none. */
bool
doctor_say(struct doctor *doctor, const struct doctor_saying *sayings, size_t count,
    const char *check, const struct examine_finding *finding);

/* False, and nothing is told: the finding is not about a database that several hosts share. */
bool
doctor_server_finding(struct doctor *doctor, const struct examine_finding *finding);

/* One of the program's findings, as ours. EXAMINE_TIME, EXAMINE_END and those of verify
 * and export tell nothing. */
void
doctor_finding(struct doctor *doctor, const struct examine_finding *finding);

#endif
