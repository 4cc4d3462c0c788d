/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/journal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/audit.h"
#include "core/text.h"
#include "keeper/keeper.h"
#include "keeper/trail.h"

enum {
	PAGE = 256,		     /* rows at a time */
	QUOTED = TEXT_LABEL_SIZE + 4 /* bytes of a text; text_json() wants some to spare */
};

_Static_assert((int)JOURNAL_LINE_SIZE > 2 * TEXT_JSON_MOST((int)QUOTED) + 2 * (int)TEXT_LABEL_SIZE,
    "a line has room for all that a row brings");

struct line {
	char *buf;
	size_t used;
};

__attribute__((format(printf, 2, 3))) static void
put(struct line *line, const char *format, ...)
{
	va_list list;
	int length;

	va_start(list, format);
	length = vsnprintf(line->buf + line->used, JOURNAL_LINE_SIZE - line->used, format, list);
	va_end(list);
	if (length > 0)
		line->used += (size_t)length;
	if (line->used >= JOURNAL_LINE_SIZE)
		line->used = JOURNAL_LINE_SIZE - 1;
}

static void
put_quoted(struct line *line, const char *key, const char *text)
{
	char json[TEXT_JSON_MOST(QUOTED) + 1];
	size_t taken, used = text_json(text, strlen(text), QUOTED, json, &taken);

	json[used] = '\0';
	put(line, " %s=\"%s\"", key, json);
}

/* An address, "local" or "uid:1000": it stands first and unquoted, so it is nothing else. */
static void
put_source(struct line *line, const struct store_audit *row)
{
	static const char fit[] = "0123456789abcdefABCDEF.:/localuid";
	bool good = row->source[0] != '\0' && row->source[strspn(row->source, fit)] == '\0';

	put(line, " src=%s vouched=%s", good ? row->source : "unknown",
	    row->vouched && good ? "yes" : "no");
}

/* A name that nobody has is a number that the keeper made (trail_unknown_name()). */
static void
put_name(struct line *line, const char *who)
{
	static const char unknown[] = "unknown name #";
	const char *hash = who + strlen(unknown) - 1;

	if (strncmp(who, unknown, strlen(unknown)) == 0 && strlen(hash) == 9 &&
	    strspn(hash + 1, "0123456789abcdef") == 8)
		put(line, " name=%s", hash);
	else
		put_quoted(line, "name", who);
}

/* How many it stands for beside itself. What a person may have typed is no sum: the keeper writes
 * sums without a line of anybody's. */
static int64_t
more_of(const struct store_audit *row)
{
	return row->terminal[0] == '\0' && row->peer_uid == 0 ? audit_more(row->detail) : 0;
}

/* Who, and the UNIX account that it was about. */
static void
put_person(struct line *line, const struct store_audit *row, const struct incident *incident)
{
	put_name(line, row->who);
	if (incident->step == INCIDENT_PAM)
		put_quoted(line, "unix", row->target);
}

static void
put_refusal(struct line *line, const struct store_audit *row, const struct incident *incident)
{
	int64_t more = more_of(row);

	put(line, " step=%s reason=%s", incident_step(incident->step),
	    incident_reason(incident->reason));
	if (more > 0)
		put(line, " more=%" PRId64, more);
	put_person(line, row, incident);
}

/* The words of the trail's row: keeper/code.c, op/code.c, op/enrol.c; of op/pam.c with a service
 * before them, "sshd, with Phone". */
static void
put_sign_in(struct line *line, const struct store_audit *row, const struct incident *incident)
{
	static const char with[] = "with ";
	const char *by = row->detail, *comma = strstr(by, ", ");
	bool device;

	if (incident->step == INCIDENT_PAM && comma != NULL)
		by = comma + 2;
	device = strncmp(by, with, strlen(with)) == 0;
	put(line, " step=%s factor=%s", incident_step(incident->step),
	    device	      ? "authenticator"
		: *by != '\0' ? "recovery-code"
			      : "none");
	put_person(line, row, incident);
	if (device)
		put_quoted(line, "with", by + strlen(with));
}

void
journal_line(const struct store_audit *row, char buf[JOURNAL_LINE_SIZE])
{
	struct incident incident = incident_of(row->action, row->result);
	struct line line = { .buf = buf };

	buf[0] = '\0';
	if (incident.kind == INCIDENT_NONE)
		return;
	put(&line, "%s", incident_kind(incident.kind));
	put_source(&line, row);
	if (incident.kind == INCIDENT_ACCEPTED)
		put_sign_in(&line, row, &incident);
	else if (incident.kind == INCIDENT_ALARM)
		put_name(&line, row->who);
	else
		put_refusal(&line, row, &incident);
}

static void
count(struct journal *journal, const struct store_audit *row)
{
	struct incident incident = incident_of(row->action, row->result);
	int64_t more = more_of(row);

	switch (incident.kind) {
	case INCIDENT_NONE:
	case INCIDENT_KINDS:
		break;
	case INCIDENT_REFUSED:
	case INCIDENT_PAUSED:
		journal->refusals[incident.step][incident.reason] += more > 0 ? more : 1;
		break;
	case INCIDENT_ACCEPTED:
		journal->sign_ins += incident.step != INCIDENT_PAM;
		journal->pam += incident.step == INCIDENT_PAM;
		break;
	case INCIDENT_ALARM:
		journal->alarms++;
		break;
	}
}

static enum err
visit(void *context, const struct store_audit *row)
{
	struct journal *journal = context;
	char line[JOURNAL_LINE_SIZE];

	journal_line(row, line);
	if (line[0] != '\0')
		host_log_tell(&journal->log, line);
	count(journal, row);
	journal->told = row->id;
	return ERR_OK;
}

void
journal_say(struct keeper *keeper, const char *what)
{
	char line[128];

	(void)snprintf(line, sizeof line, "%s version=%s wire=%d", what, PACKAGE_VERSION,
	    (int)WIRE_VERSION);
	host_log_tell(&keeper->journal.log, line);
}

enum err
journal_begin(struct keeper *keeper)
{
	struct store_head head;
	enum err err = store_head(keeper->store, &head);

	if (err == ERR_OK)
		keeper->journal.told = head.count;
	return err;
}

void
journal_tell(struct keeper *keeper)
{
	struct journal *journal = &keeper->journal;
	size_t rows = PAGE;
	enum err err = ERR_OK;

	while (err == ERR_OK && rows == PAGE && journal->told < keeper->trail_newest)
		err = store_audit_walk(keeper->store, journal->told, visit, journal, &rows);
}
