/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: the PostgreSQL that several hosts share, as the keeper's program saw it. */
#include "cli/doctor.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/say.h"

/* The sentence with its number and detail in their places. */
static void
fill(const char *sentence, const struct examine_finding *finding, char buf[DOCTOR_DETAIL_SIZE])
{
	size_t used = 0;

	*buf = '\0';
	for (const char *at = sentence; *at != '\0' && used + 1 < DOCTOR_DETAIL_SIZE; at++) {
		if (strncmp(at, "%1", 2) == 0 || strncmp(at, "%2", 2) == 0) {
			at++;
			if (*at == '1')
				(void)snprintf(buf + used, DOCTOR_DETAIL_SIZE - used, "%" PRId64,
				    finding->number);
			else
				(void)snprintf(buf + used, DOCTOR_DETAIL_SIZE - used, "%s",
				    finding->detail);
			used += strlen(buf + used);
		} else {
			buf[used++] = *at;
			buf[used] = '\0';
		}
	}
}

bool
doctor_say(struct doctor *doctor, const struct doctor_saying *sayings, size_t count,
    const char *check, const struct examine_finding *finding)
{
	char sentence[DOCTOR_DETAIL_SIZE];

	for (size_t i = 0; i < count; i++)
		if (sayings[i].check == finding->check && sayings[i].err == finding->err) {
			fill(_(sayings[i].detail), finding, sentence);
			doctor_tell(doctor, check, sayings[i].result, sayings[i].advice, "%s",
			    sentence);
			return true;
		}
	return false;
}

/* Findings with their own sentences; others use the error's. */
static const struct doctor_saying sayings[] = {
	{ EXAMINE_CONFIG, ERR_OK, DOCTOR_OK,
	    N_("People are in PostgreSQL, for several hosts: this one is node %2."), "" },
	{ EXAMINE_CONFIG, ERR_CONFIG, DOCTOR_WRONG,
	    N_("Nobody understands line %1 of keeper.conf, or others may write it."),
	    N_("See its manual: man provconsole-keeper") },
	{ EXAMINE_CONFIG, ERR_DENIED, DOCTOR_WRONG,
	    N_("keeper.conf holds a password, and others may read it. This host is node %2."),
	    N_("Change the password, and put the new one into a file that only the keeper may "
	       "read: passfile=FILE instead of password=.") },
	{ EXAMINE_SERVER, ERR_STORE_AWAY, DOCTOR_WRONG, N_("PostgreSQL does not answer: %2."),
	    N_("Until it does, nobody can sign in. Look whether it runs, and whether it lets this "
	       "host in.") },
	{ EXAMINE_SERVER, ERR_CRYPTO, DOCTOR_WRONG, N_("PostgreSQL does not answer: %2."),
	    N_("Its certificate has expired, is not valid yet, or is signed by nobody whom "
	       "sslrootcert= knows. Look at it on the server: openssl x509 -noout -dates -issuer "
	       "-in FILE") },
	{ EXAMINE_SERVER, ERR_STORE_OLD_SERVER, DOCTOR_WRONG,
	    N_("PostgreSQL is too old: version 15 or later is needed."),
	    N_("Upgrade the server.") },
	{ EXAMINE_PRIMARY, ERR_OK, DOCTOR_OK, N_("It takes changes."), "" },
	{ EXAMINE_PRIMARY, ERR_STORE_READONLY, DOCTOR_WRONG,
	    N_("It is a standby, which takes no changes."),
	    N_("Name all servers in keeper.conf, with target_session_attrs=primary; or promote "
	       "this one.") },
	{ EXAMINE_PRIMARY, ERR_STATE, DOCTOR_WRONG,
	    N_("It is set to take no changes (default_transaction_read_only)."),
	    N_("Until it takes them again, nobody can sign in. Whoever looks after the server "
	       "knows why it does not.") },
	{ EXAMINE_RIGHTS, ERR_OK, DOCTOR_OK, N_("The role %2 may do what the keeper needs."), "" },
	{ EXAMINE_RIGHTS, ERR_STATE, DOCTOR_NOTE,
	    N_("The role %2 is a superuser, which the keeper does not need."),
	    N_("Name a role of its own in keeper.conf.") },
	{ EXAMINE_RIGHTS, ERR_DENIED, DOCTOR_WRONG, N_("The keeper's role lacks: %2."),
	    N_("Grant it that, or make it the owner of the schema provconsole and its tables.") },
	{ EXAMINE_CLOCKS, ERR_OK, DOCTOR_OK,
	    N_("Seconds by which its clock is ahead of this host's: %1."), "" },
	{ EXAMINE_CLOCKS, ERR_NODE_CLOCK, DOCTOR_WRONG,
	    N_("Seconds by which its clock is ahead of this host's: %1. Codes are refused here."),
	    N_("Set both by NTP.") },
	{ EXAMINE_REPLICATION, ERR_STORE_NONE, DOCTOR_NOTE,
	    N_("No standby follows it: what is lost with this server is lost."),
	    N_("Make a standby, and name it in synchronous_standby_names.") },
	{ EXAMINE_REPLICATION, ERR_STATE, DOCTOR_NOTE,
	    N_("A commit waits for none of its standbys (%2): a failover may lose the last "
	       "seconds, and with them that a code was used."),
	    N_("Set synchronous_standby_names on the server, and synchronous_commit to on.") },
	{ EXAMINE_REPLICATION, ERR_STORE_BUSY, DOCTOR_WRONG,
	    N_("A commit waits for a standby, and none is there: nobody can sign in."),
	    N_("Start a standby, or take it out of synchronous_standby_names.") },
	{ EXAMINE_HISTORY, ERR_OK, DOCTOR_OK, N_("It is on timeline %1."), "" },
	{ EXAMINE_HISTORY, ERR_STATE, DOCTOR_NOTE,
	    N_("It took over from another server, on timeline %1: the next request makes codes up "
	       "to now count as used."),
	    "" },
	{ EXAMINE_TABLES, ERR_OK, DOCTOR_OK, N_("All its tables could be read: %2 bytes."), "" },
	{ EXAMINE_TABLES, ERR_STORE_CORRUPT, DOCTOR_WRONG, N_("The database is damaged: %2."),
	    N_("Stop the keeper, keep a copy, restore a backup.") },
	{ EXAMINE_NODES, ERR_OK, DOCTOR_OK, N_("The chains of %1 other nodes are intact."), "" },
	{ EXAMINE_NODES, ERR_AUDIT_BROKEN, DOCTOR_WRONG,
	    N_("The chain of node %2 is intact up to row %1: the next one was altered or is "
	       "missing."),
	    N_("Restore a backup, and find out who changed it.") },
};

static const char *const checks[EXAMINE_COUNT] = {
	[EXAMINE_CONFIG] = "config",
	[EXAMINE_SERVER] = "server",
	[EXAMINE_LINE] = "line",
	[EXAMINE_PRIMARY] = "primary",
	[EXAMINE_RIGHTS] = "rights",
	[EXAMINE_CLOCKS] = "clocks",
	[EXAMINE_REPLICATION] = "replication",
	[EXAMINE_HISTORY] = "history",
	[EXAMINE_TABLES] = "database",
	[EXAMINE_NODES] = "nodes",
};

/* Who can read what goes over the line, by EXAMINE_LINE's number. */
static const struct {
	enum doctor_result result;
	const char *detail, *advice;
} lines[] = {
	[EXAMINE_LINE_HERE] = { DOCTOR_OK, N_("The line to it does not leave this host."), "" },
	[EXAMINE_LINE_PROVED] = { DOCTOR_OK,
	    N_("The line to it is encrypted (%2), and the server has proved its name."), "" },
	[EXAMINE_LINE_ENCRYPTED] = { DOCTOR_WRONG,
	    N_("The line to it is encrypted (%2), but nothing proves who is at its other end."),
	    N_("Say so in keeper.conf: sslmode=verify-full sslrootcert=FILE") },
	[EXAMINE_LINE_OPEN] = { DOCTOR_WRONG,
	    N_("The line to it is not encrypted: whoever is between can read and change it."),
	    N_("Set ssl on the server, and say in keeper.conf: sslmode=verify-full "
	       "sslrootcert=FILE") },
};

enum { LINES = sizeof lines / sizeof *lines };

static void
tell_line(struct doctor *doctor, const struct examine_finding *finding)
{
	char sentence[DOCTOR_DETAIL_SIZE];
	size_t line = finding->number >= 0 && finding->number < LINES ? (size_t)finding->number
								      : EXAMINE_LINE_OPEN;

	fill(_(lines[line].detail), finding, sentence);
	doctor_tell(doctor, "line", lines[line].result, lines[line].advice, "%s", sentence);
}

/* 150013 is 15.13. */
static void
tell_version(struct doctor *doctor, const struct examine_finding *finding)
{
	int64_t major = finding->number / 10000, minor = finding->number % 10000;

	if (*finding->detail == '\0')
		doctor_tell(doctor, "server", DOCTOR_OK, "",
		    _("PostgreSQL %" PRId64 ".%" PRId64 " answers."), major, minor);
	else
		doctor_tell(doctor, "server", DOCTOR_OK, "",
		    _("PostgreSQL %" PRId64 ".%" PRId64 " answers on %s."), major, minor,
		    finding->detail);
}

/* How far its standbys are is not shown to every role. */
static void
tell_standbys(struct doctor *doctor, const struct examine_finding *finding)
{
	if (finding->number < 0)
		doctor_tell(doctor, "replication", DOCTOR_OK, "",
		    _("A commit waits for a standby; standbys that follow it: %s."),
		    finding->detail);
	else
		doctor_tell(doctor, "replication", DOCTOR_OK, "",
		    _("A commit waits for a standby; standbys that follow it: %s, the last of them "
		      "%" PRId64 " bytes behind."),
		    finding->detail, finding->number);
}

/* Findings whose sentence the number decides; only where nothing is wrong. */
static const struct {
	enum examine_check check;
	void (*tell)(struct doctor *doctor, const struct examine_finding *finding);
} tellers[] = {
	{ EXAMINE_SERVER, tell_version },
	{ EXAMINE_LINE, tell_line },
	{ EXAMINE_REPLICATION, tell_standbys },
};

bool
doctor_server_finding(struct doctor *doctor, const struct examine_finding *finding)
{
	const char *check = checks[finding->check];

	if (check == NULL)
		return false;
	for (size_t i = 0; i < sizeof tellers / sizeof *tellers && finding->err == ERR_OK; i++)
		if (tellers[i].check == finding->check) {
			tellers[i].tell(doctor, finding);
			return true;
		}
	if (!doctor_say(doctor, sayings, sizeof sayings / sizeof *sayings, check, finding))
		doctor_tell_err(doctor, check, finding->err);
	return true;
}
