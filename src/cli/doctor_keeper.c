/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: the running keeper, and what the keeper's program reports about store and keys.
 */
#include "cli/doctor.h"

#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cli/say.h"
#include "client/examination.h"
#include "client/hello.h"
#include "core/secret.h"
#include "wire/line.h"

enum { OLD_DAYS = 30 }; /* a backup that is older is a note */

enum { PATIENCE_MS = 5000 }; /* for the keeper's first answer */

/* Sends it, wipes it, and waits 5 s for an answer, which is then there to be received. */
static enum err
ask(int line, struct wire_request *request)
{
	struct pollfd answer = { .fd = line, .events = POLLIN };
	enum err err = line_send_request(line, request);

	secret_wipe(request, sizeof *request);
	if (err != ERR_OK)
		return err;
	return poll(&answer, 1, PATIENCE_MS) == 1 ? ERR_OK : ERR_BUSY;
}

/* Says hello; ret_keeper is who answered. */
static enum err
greet(int line, struct greeting *ret_keeper)
{
	struct wire_request request;
	struct wire_reply reply;
	enum err err;

	hello_fill(&request, WIRE_HOST);
	err = ask(line, &request);
	if (err != ERR_OK)
		return err;
	err = line_receive_welcome(line, &reply, ret_keeper);
	if (err == ERR_OK && reply.err != ERR_OK)
		err = (enum err)reply.err;
	if (err == ERR_OK) {
		ret_keeper->version = reply.version;
		greeting_show(reply.u.hello.program, ret_keeper->program);
	}
	secret_wipe(&reply, sizeof reply);
	return err;
}

/* Since when the database that it shares with other hosts is away, in seconds; -1: it is not, or
 * the keeper does not say. */
static int64_t
ask_since(int line)
{
	struct wire_request request;
	struct wire_reply reply;
	int64_t seconds = -1;

	wire_request_init(&request, WIRE_METRICS);
	if (ask(line, &request) == ERR_OK && line_receive_reply(line, &reply) == ERR_OK &&
	    reply.err == ERR_OK && reply.u.metrics.away)
		seconds = reply.u.metrics.away_seconds;
	return seconds;
}

/* None is started by looking for one. */
static enum err
meet(const struct doctor *doctor, struct greeting *ret_keeper, int64_t *ret_away)
{
	struct place place = doctor->place;
	int line = -1;
	enum err err;

	place.may_start = false;
	err = place_connect(&place, "", &line);
	if (err != ERR_OK)
		return err;
	err = greet(line, ret_keeper);
	if (err == ERR_OK)
		*ret_away = ask_since(line);
	close(line);
	return err;
}

/* An embedded keeper is started by the first console. */
static void
tell_absent(struct doctor *doctor)
{
	if (doctor->place.may_start)
		doctor_tell(doctor, "keeper", DOCTOR_OK, "", "%s",
		    _("No keeper is running; the first console starts one."));
	else
		doctor_tell(doctor, "keeper", DOCTOR_WRONG,
		    N_("Start it: systemctl start provconsole-keeper.socket. Why it stopped: "
		       "journalctl -u provconsole-keeper"),
		    _("No keeper answers on %s/%s."), doctor->place.directory,
		    doctor->place.socket);
}

/* Two programs that understand each other may be of two versions all the same. */
static void
tell_answer(struct doctor *doctor, const struct versions *versions)
{
	if (greeting_compare(&versions->keeper, &versions->console) == 0)
		doctor_tell(doctor, "keeper", DOCTOR_OK, "", _("It answers on %s/%s."),
		    doctor->place.directory, doctor->place.socket);
	else
		doctor_tell(doctor, "keeper", DOCTOR_NOTE,
		    versions->embedded
			? N_("Sign out of all sessions of this console: the next keeper is the "
			     "one that is installed.")
			: N_("Restart it: systemctl restart provconsole-keeper"),
		    _("It answers on %s/%s, as version %s; this console is %s."),
		    doctor->place.directory, doctor->place.socket, versions->keeper.program,
		    versions->console.program);
}

void
doctor_look_for_keeper(struct doctor *doctor)
{
	char sentences[DOCTOR_DETAIL_SIZE];
	struct versions versions;
	int64_t away = -1;
	enum err err;

	versions_begin(doctor->place.may_start, &versions);
	err = meet(doctor, &versions.keeper, &away);
	if (err == ERR_KEEPER_GONE)
		err = meet(doctor, &versions.keeper, &away);
	if (err == ERR_KEEPER_ABSENT) {
		tell_absent(doctor);
	} else if (err == ERR_OK) {
		tell_answer(doctor, &versions);
		if (away >= 0)
			doctor_tell(doctor, "keeper", DOCTOR_WRONG, "",
			    _("Seconds since it has not reached the database any more: "
			      "%" PRId64 "."),
			    away);
	} else if (err == ERR_VERSION || err == ERR_KEEPER_GONE) {
		versions_sentence(&versions, sentences, sizeof sentences);
		doctor_tell_sentences(doctor, "keeper", sentences);
	} else {
		doctor_tell_err(doctor, "keeper", err);
	}
}

/* --- what its program says --------------------------------------------------------------- */

/* Findings with their own sentences; others use the error's. %1 is the number, %2 the detail.
 */
static const struct doctor_saying sayings[] = {
	{ EXAMINE_WRITING, ERR_OK, DOCTOR_OK, N_("Its files can be written."), "" },
	{ EXAMINE_RESERVE, ERR_OK, DOCTOR_OK, N_("%1 KiB are held back for a full disk."), "" },
	{ EXAMINE_RESERVE, ERR_STATE, DOCTOR_NOTE,
	    N_("%1 KiB are held back for a full disk; the rest is in use."),
	    N_("Make room on the state's file system. The keeper then takes it again.") },
	{ EXAMINE_RESERVE, ERR_STORE_FULL, DOCTOR_NOTE,
	    N_("Nothing is held back for a full disk: there was no room for it, or it is in use."),
	    N_("Make room on the state's file system. The keeper then takes it again.") },
	{ EXAMINE_DATABASE, ERR_OK, DOCTOR_OK, N_("All pages of the database are intact."), "" },
	{ EXAMINE_SCHEMA, ERR_OK, DOCTOR_OK, N_("The database has version %1."), "" },
	{ EXAMINE_KEY, ERR_OK, DOCTOR_OK, N_("console.key belongs to the database."), "" },
	{ EXAMINE_AUDIT, ERR_OK, DOCTOR_OK, N_("All %1 audit rows are intact."), "" },
	{ EXAMINE_AHEAD, ERR_OK, DOCTOR_OK, N_("No stored time lies in the future."), "" },
	{ EXAMINE_AHEAD, ERR_STATE, DOCTOR_WRONG,
	    N_("The clock was set back: %1 stored times lie in the future, of %2 among others."),
	    N_("Check the clock. Then, for each person who is shut out: provconsole user unlock "
	       "NAME") },
	{ EXAMINE_MEMORY, ERR_OK, DOCTOR_OK, N_("Memory can be locked."), "" },
	{ EXAMINE_PEOPLE, ERR_OK, DOCTOR_OK, N_("%1 people, and %2 rows in the audit trail."), "" },
	{ EXAMINE_SIZE, ERR_OK, DOCTOR_OK, N_("console.db has %1 KiB, and its log %2 KiB."), "" },
	{ EXAMINE_DATABASE, ERR_STORE_NONE, DOCTOR_NOTE, N_("There is none."), "" },
	{ EXAMINE_DATABASE, ERR_STORE_CORRUPT, DOCTOR_WRONG, N_("The database is damaged: %2."),
	    N_("Stop the keeper, keep a copy, restore a backup.") },
	{ EXAMINE_SCHEMA, ERR_STORE_NEWER, DOCTOR_WRONG,
	    N_("The database has version %1, and this program knows %2."),
	    N_("Install the newer version again.") },
	{ EXAMINE_SCHEMA, ERR_STATE, DOCTOR_NOTE,
	    N_("The database has version %1, which the next keeper brings up to %2."), "" },
	{ EXAMINE_KEY, ERR_KEY_MISSING, DOCTOR_WRONG, N_("console.key is missing."),
	    N_("Put back the one that belongs to this database.") },
	{ EXAMINE_KEY, ERR_KEY_WRONG, DOCTOR_WRONG,
	    N_("console.key does not belong to this database."), N_("Put back the right one.") },
	{ EXAMINE_KEY, ERR_FIPS, DOCTOR_WRONG,
	    N_("libgcrypt is in FIPS mode and refuses HMAC-SHA-1 or Argon2id, which this console "
	       "needs."),
	    N_("Take this host out of FIPS mode: the kernel's fips=1, or "
	       "/etc/gcrypt/fips_enabled.") },
	{ EXAMINE_KEY, ERR_NOT_SET_UP, DOCTOR_WRONG, N_("The database names no key yet."),
	    N_("Make it: provconsole init --user NAME") },
	{ EXAMINE_AUDIT, ERR_AUDIT_BROKEN, DOCTOR_WRONG,
	    N_("The audit trail is intact up to row %1: the next one was altered or is missing."),
	    N_("Restore a backup, and find out who changed it.") },
	{ EXAMINE_AUDIT, ERR_CHECKPOINT, DOCTOR_WRONG,
	    N_("The checkpoint up to which the audit trail was pruned was altered."),
	    N_("Restore a backup, and find out who changed it.") },
	{ EXAMINE_MEMORY, ERR_MEMORY, DOCTOR_WRONG,
	    N_("%1 of %2 blocks of memory could not be locked: keys may reach the swap space."),
	    N_("Raise the limit to 1 MiB: ulimit -l 1024, or LimitMEMLOCK= of the service.") },
	{ EXAMINE_MEMORY, ERR_STATE, DOCTOR_WRONG,
	    N_("The running keeper has locked %1 of %2 KiB of memory: keys may reach the swap "
	       "space."),
	    N_("Raise its limit (ulimit -l, or LimitMEMLOCK= of the service), then restart it.") },
	{ EXAMINE_MEMORY, ERR_NOT_HOST, DOCTOR_NOTE,
	    N_("This container's limit does not let %1 of %2 blocks of memory be locked: keys may "
	       "reach the host's swap space."),
	    N_("Only the container's host can change that: a higher memlock limit, or encrypted "
	       "swap.") },
	{ EXAMINE_MEMORY, ERR_DENIED, DOCTOR_NOTE,
	    N_("This system lets no program lock memory, as in some containers: keys may reach the "
	       "host's swap space."),
	    N_("Only the host can change that: let the container lock memory, or encrypt the "
	       "swap.") },
};

static const char *const checks[EXAMINE_COUNT] = {
	[EXAMINE_STATE] = "state",
	[EXAMINE_WRITING] = "writing",
	[EXAMINE_RESERVE] = "reserve",
	[EXAMINE_DATABASE] = "database",
	[EXAMINE_SCHEMA] = "schema",
	[EXAMINE_KEY] = "key",
	[EXAMINE_AUDIT] = "audit",
	[EXAMINE_AHEAD] = "times",
	[EXAMINE_MEMORY] = "memory",
	[EXAMINE_PEOPLE] = "people",
	[EXAMINE_SIZE] = "size",
	[EXAMINE_BACKUP] = "backup",
};

/* How long ago the last one was made. */
static void
tell_backup(struct doctor *doctor, int64_t last)
{
	int64_t days = ((int64_t)time(NULL) - last) / 86400;

	if (last == 0)
		doctor_tell(doctor, "backup", DOCTOR_NOTE, N_("Make one: provconsole backup FILE"),
		    "%s", _("No backup was ever made."));
	else if (days > 0)
		doctor_tell(doctor, "backup", days > OLD_DAYS ? DOCTOR_NOTE : DOCTOR_OK,
		    days > OLD_DAYS ? N_("Make one: provconsole backup FILE") : "",
		    ngettext("The last backup is %" PRId64 " day old.",
			"The last backup is %" PRId64 " days old.", (unsigned long)days),
		    days);
	else
		doctor_tell(doctor, "backup", DOCTOR_OK, "", "%s",
		    _("The last backup is less than a day old."));
}

void
doctor_finding(struct doctor *doctor, const struct examine_finding *finding)
{
	if (doctor_server_finding(doctor, finding) || checks[finding->check] == NULL ||
	    (finding->check == EXAMINE_STATE && finding->err == ERR_OK))
		return;
	if (finding->check == EXAMINE_BACKUP && finding->err == ERR_OK) {
		tell_backup(doctor, finding->number);
		return;
	}
	if (doctor_say(doctor, sayings, sizeof sayings / sizeof *sayings, checks[finding->check],
		finding))
		return;
	doctor_tell_err(doctor, checks[finding->check], finding->err);
}

/* A check that the program did not reach. Of a server's tables it tells instead of a file's. */
static void
tell_missing(struct doctor *doctor, enum examine_check check, bool server)
{
	bool file = check == EXAMINE_DATABASE || check == EXAMINE_SIZE;

	if (checks[check] != NULL && check != EXAMINE_STATE && !(file && server))
		doctor_tell(doctor, checks[check], DOCTOR_NOTE, "", "%s",
		    _("Not checked, because of the problem above."));
}

/* The hard limit of locked memory in KiB, which the program has too; -1: none. */
static long
memory_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_max == RLIM_INFINITY)
		return -1;
	return (long)(limit.rlim_max / 1024);
}

int64_t
doctor_examine(struct doctor *doctor, const char *libexec)
{
	struct examine_finding findings[EXAMINE_COUNT];
	bool seen[EXAMINE_COUNT] = { false };
	char keeper[PATH_MAX] = "";
	enum err err;

	if (!doctor->there)
		return 0;
	err = place_keeper(libexec, keeper, sizeof keeper);
	if (err == ERR_OK)
		err = examination_run(keeper, doctor->state, findings, seen);
	if (err == ERR_LOOK_LONG)
		doctor_tell_err(doctor, "program", err);
	else if (err != ERR_OK)
		doctor_tell(doctor, "program", DOCTOR_WRONG,
		    N_("Install the console and the keeper of one version."),
		    _("%s did not finish."), keeper);
	if (seen[EXAMINE_MEMORY])
		doctor_memory(&findings[EXAMINE_MEMORY], doctor_keeper_locked(doctor->state),
		    doctor_in_container(), memory_limit());
	for (int check = 0; check < EXAMINE_COUNT; check++)
		if (seen[check])
			doctor_finding(doctor, &findings[check]);
		else
			tell_missing(doctor, (enum examine_check)check, seen[EXAMINE_SERVER]);
	return seen[EXAMINE_TIME] ? findings[EXAMINE_TIME].number : 0;
}
