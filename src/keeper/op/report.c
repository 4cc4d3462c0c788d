/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the runner tells of runs: rows of the trail, in the person's name. It is root's, or the
 * state's owner's, and so is believed; it may come late, after the keeper was away. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "keeper/op/ops_run.h"
#include "keeper/trail.h"
#include "store/store_audit.h"
#include "store/store_run.h"
#include "store/store_user.h"
#include "wire/run.h"

/* What each event is in the trail. */
static const enum audit_verb verbs[RUN_EVENT_COUNT] = {
	[RUN_EVENT_REFUSED] = AUDIT_COMMAND_RUN,
	[RUN_EVENT_RECORDING] = AUDIT_RECORDING,
	[RUN_EVENT_STEP] = AUDIT_RECORDING_STEP,
	[RUN_EVENT_RECORDED] = AUDIT_RECORDING_END,
	[RUN_EVENT_ENDED] = AUDIT_COMMAND_END,
};

/* How a run ended, in a word or two of the trail, which is never translated. */
static const char *const ends[] = {
	[RUN_EXITED] = "status",
	[RUN_SIGNALLED] = "signal",
	[RUN_ENDED] = "ended by the keeper",
	[RUN_STOPPED] = "stopped by signal",
	[RUN_FULL] = "its recording could not go on",
	[RUN_REFUSED] = "never ran",
	[RUN_PLAYED] = "played",
};

enum {
	HOWS = sizeof ends / sizeof *ends,
	CHUNK = 16, /* rows at a time */
	LOOK = 256 /* of the person's newest rows: one comes twice within a minute, or with the next
		    * run's */
};

static void
describe(const struct wire_run_report_request *told, char *detail, size_t size)
{
	char how[128] = "";

	if (told->event == RUN_EVENT_REFUSED)
		(void)snprintf(how, sizeof how, "refused by the runner");
	else if (told->event != RUN_EVENT_ENDED)
		(void)snprintf(how, sizeof how, "%" PRId64 " bytes, sha256 %.64s", told->bytes,
		    told->hash);
	else if (told->how == RUN_EXITED || told->how == RUN_SIGNALLED || told->how == RUN_STOPPED)
		(void)snprintf(how, sizeof how, "%s %u", ends[told->how], told->value);
	else if (told->how < HOWS && ends[told->how] != NULL)
		(void)snprintf(how, sizeof how, "%s", ends[told->how]);
	if (told->event == RUN_EVENT_ENDED)
		(void)snprintf(detail, size, "%s, run %s, %s, %" PRId64 " ms, %" PRId64 " bytes",
		    told->name, told->id, how, told->milliseconds, told->bytes);
	else
		(void)snprintf(detail, size, "%s, run %s, %s", told->name, told->id, how);
}

/* Whose a recording is: nobody's, where that name is nobody's any more. */
static enum err
note_recording(struct request *request, const struct wire_run_report_request *told)
{
	struct account account = { .id = 0 };
	char fold[TEXT_FOLD_SIZE];
	enum err err = ERR_STORE_NONE;

	if (text_name_or_bytes(told->person, strlen(told->person), fold))
		err = store_user_by_name(request->keeper->store, fold, &account, NULL);
	if (err != ERR_OK && err != ERR_STORE_NONE)
		return err;
	return store_recording_add(request->keeper->store, told->id, account.id, request->now);
}

/* A runner whose answer was lost tells again, perhaps another keeper than before: what the trail
 * has already it does not get twice. */
static enum err
look_for(const struct request *request, const struct trail_other *row, bool *ret_there)
{
	struct store_audit_range range = { .key = STORE_AUDIT_PERSON,
		.text = row->who,
		.first = 1,
		.last = INT64_MAX,
		.newest_first = true };
	struct store_audit rows[CHUNK];
	size_t count = CHUNK;
	enum err err = ERR_OK;

	*ret_there = false;
	for (size_t seen = 0; err == ERR_OK && count == CHUNK && seen < LOOK; seen += count) {
		err = store_audit_find(request->keeper->store, &range, rows, &count);
		for (size_t i = 0; err == ERR_OK && i < count; i++)
			if (strcmp(rows[i].action, audit_name(row->verb)) == 0 &&
			    strcmp(rows[i].who, row->who) == 0 &&
			    strcmp(rows[i].detail, row->detail) == 0)
				*ret_there = true;
		if (err != ERR_OK || *ret_there)
			break;
		if (count > 0)
			range.last = rows[count - 1].id - 1;
	}
	return err;
}

enum err
op_run_report(struct request *request)
{
	const struct wire_run_report_request *told = &request->message->u.run_report;
	struct trail_other row = { .verb = verbs[told->event],
		.who = told->person,
		.source = told->source,
		.result = told->event == RUN_EVENT_REFUSED ? "refused" : "ok" };
	enum err err = ERR_OK;
	bool there = false;

	request->row.verb = AUDIT_NONE; /* it is the person's, and not the runner's */
	if (row.verb == AUDIT_NONE)
		return ERR_OK;
	if (told->event == RUN_EVENT_RECORDING)
		err = note_recording(request, told);
	describe(told, row.detail, sizeof row.detail);
	if (err == ERR_OK)
		err = look_for(request, &row, &there);
	return err == ERR_OK && !there ? trail_other(request->keeper, &row, request->now) : err;
}
