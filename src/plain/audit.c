/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log, a row a line: pages of it, newest first, and what they are filtered by. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conv/deed.h"
#include "conv/moment.h"
#include "conv/when.h"
#include "core/audit.h"
#include "core/text.h"
#include "core/words.h"
#include "plain/inside.h"

enum { ROWS = 10, SLICES = 200 /* requests for one page, before the person is asked */ };

struct log {
	struct wire_audit_page_request asked;
	struct wire_audit_row row[ROWS]; /* of the page that was told */
	size_t count;
	int64_t from; /* where the next page begins; 0: at the newest row */
	bool more, back;
};

/* --- a page --------------------------------------------------------------------------- */

/* What has come of a page goes behind what was there. ERR_DENIED and its like are told, and left.
 */
static enum err
read_on(struct plain *plain, struct log *log)
{
	struct wire_request request;
	struct wire_reply reply;
	const struct wire_audit_page_reply *page = &reply.u.audit_page;
	enum err err;

	wire_request_init(&request, WIRE_AUDIT_LIST);
	request.u.audit_page = log->asked;
	request.u.audit_page.from = log->from;
	request.u.audit_page.most = (uint8_t)(ROWS - log->count);
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err != ERR_OK)
		return err;
	log->more = reply.err == ERR_OK && page->more;
	log->back = reply.err != ERR_OK;
	if (reply.err != ERR_OK)
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
	for (uint32_t i = 0; reply.err == ERR_OK && i < page->count && log->count < ROWS; i++)
		log->row[log->count++] = page->row[i];
	if (reply.err == ERR_OK && page->from > 0)
		log->from = page->from;
	return ERR_OK;
}

static void
tell_row(struct plain *plain, const struct log *log, size_t i)
{
	const struct wire_audit_row *row = &log->row[i];
	char says[DEED_SIZE], when[64], source[WIRE_SOURCE_SIZE * 4];

	deed_of_row(row, says, sizeof says);
	when_put(row->time, (int64_t)time(NULL), when, sizeof when);
	deed_source(row->source, source, sizeof source);
	conv_tellf(&plain->conv, CONV_TEXT, "%zu %s: %s (%s)", i + 1, when, says, source);
}

static void
tell_filter(struct plain *plain, const struct log *log)
{
	char words[CONV_TEXT_SIZE / 2];

	deed_filter(&log->asked, words, sizeof words);
	if (words[0] != '\0')
		conv_tellf(&plain->conv, CONV_TEXT, _("Only %s"), words);
}

/* Rows that fit may be few and far between: then it is said how far was read. */
static enum err
tell_page(struct plain *plain, struct log *log)
{
	enum err err = ERR_OK;
	int slices = 0;

	log->count = 0;
	do
		err = read_on(plain, log);
	while (err == ERR_OK && log->more && log->count < ROWS && ++slices < SLICES);
	if (err != ERR_OK || log->back)
		return err;
	tell_filter(plain, log);
	for (size_t i = 0; i < log->count; i++)
		tell_row(plain, log, i);
	if (log->more && log->count < ROWS)
		conv_tellf(&plain->conv, CONV_TEXT, _("Read down to row %lld; n reads on."),
		    (long long)log->from);
	else if (log->count == 0)
		conv_tell(&plain->conv, CONV_TEXT, _("No row fits."));
	return ERR_OK;
}

static void
tell_facts(struct plain *plain, const struct wire_audit_row *row)
{
	char text[DEED_SIZE];

	for (size_t i = 0; i < DEED_FACTS; i++) {
		const char *label = deed_fact(row, i, text, sizeof text);

		if (text[0] != '\0')
			conv_tellf(&plain->conv, CONV_TEXT, _("%s: %s"), label, text);
	}
}

/* --- filters ---------------------------------------------------------------------------- */

/* Each says what is wrong with an answer, or ERR_OK. An empty one takes the filter away. */
static enum err
take_person(struct log *log, const char *answer)
{
	if (strlen(answer) >= sizeof log->asked.person)
		return ERR_NAME_LONG;
	wire_put(log->asked.person, sizeof log->asked.person, answer);
	return ERR_OK;
}

static enum err
take_action(struct log *log, const char *answer)
{
	if (answer[0] != '\0' && audit_find(answer) == AUDIT_NONE)
		return ERR_ACTION_UNKNOWN;
	wire_put(log->asked.action, sizeof log->asked.action, answer);
	return ERR_OK;
}

static enum err
take_day(struct log *log, const char *answer)
{
	struct moment moment = { 0, 0 };
	enum err err = answer[0] == '\0' ? ERR_OK
					 : moment_parse(answer, (int64_t)time(NULL), &moment);

	if (err == ERR_OK && answer[0] != '\0')
		moment = moment_day(moment.first);
	if (err == ERR_OK) {
		log->asked.since = moment.first;
		log->asked.until = moment.end;
	}
	return err;
}

static enum err
take_word(struct log *log, const char *answer)
{
	if (strlen(answer) >= sizeof log->asked.word)
		return ERR_FIELD_LONG;
	wire_put(log->asked.word, sizeof log->asked.word, answer);
	return ERR_OK;
}

static const struct filter {
	char letter;
	const char *prompt, *help; /* message ids */
	enum err (*take)(struct log *log, const char *answer);
} filters[] = {
	{ 'p', N_("Person"), N_("Only what that person did, or what was done to them."),
	    take_person },
	{ 'v', N_("Action"),
	    N_("Only that action, by its name: sign-in, reset-2fa, user-add and so on."),
	    take_action },
	{ 'd', N_("Day"),
	    N_("Only that day: 2026-11-27, today, yesterday, or 3d for three days ago."),
	    take_day },
	{ '/', N_("Any word"), N_("Only rows that hold the word, anywhere."), take_word },
};

/* Asks until it is one; what stands is shown from the newest row on. */
static enum err
ask_filter(struct plain *plain, struct log *log, const struct filter *filter)
{
	char answer[CONV_ANSWER_SIZE], help[CONV_TEXT_SIZE];
	const struct conv_question question = { .prompt = _(filter->prompt), .help = help };
	enum err err, wrong = ERR_FAILED;

	(void)snprintf(help, sizeof help, "%s\n%s", _(filter->help),
	    _("Enter alone takes this filter away."));
	do {
		err = conv_question(&plain->conv, &question, answer);
		if (err != ERR_OK)
			break;
		wrong = filter->take(log, answer);
		if (wrong != ERR_OK)
			conv_tell_err(&plain->conv, wrong, 0);
	} while (wrong != ERR_OK);
	secret_wipe(answer, sizeof answer); /* whatever was typed there by mistake */
	log->from = 0;
	return err == ERR_OK ? tell_page(plain, log) : err;
}

/* --- the talk ------------------------------------------------------------------------------ */

static void
tell_wrong(struct plain *plain)
{
	conv_tell(&plain->conv, CONV_WRONG,
	    _("Type a number of a row above, n, p, v, d, /, x or b; or ? for help."));
}

static enum err
letter(struct plain *plain, struct log *log, char c)
{
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		if (filters[i].letter == c)
			return ask_filter(plain, log, &filters[i]);
	if (c == 'b') {
		log->back = true;
	} else if (c == 'n' && log->more) {
		return tell_page(plain, log);
	} else if (c == 'n') {
		conv_tell(&plain->conv, CONV_TEXT, _("There is no older row."));
	} else if (c == 'x') {
		memset(&log->asked, 0, sizeof log->asked);
		log->from = 0;
		return tell_page(plain, log);
	} else {
		tell_wrong(plain);
	}
	return ERR_OK;
}

static enum err
obey(struct plain *plain, struct log *log, const char *answer)
{
	char *end;
	long number = strtol(answer, &end, 10);

	if (answer[0] >= '1' && answer[0] <= '9' && *end == '\0' && number >= 1 &&
	    (size_t)number <= log->count) {
		tell_facts(plain, &log->row[number - 1]);
		return ERR_OK;
	}
	if (answer[0] != '\0' && answer[1] == '\0')
		return letter(plain, log, answer[0]);
	tell_wrong(plain);
	return ERR_OK;
}

enum err
audit_ask(struct plain *plain)
{
	struct log log = { .back = false };
	char answer[CONV_ANSWER_SIZE];
	const struct conv_question question = { .prompt = _("Row, or letter"),
		.help = _(
		    "A number opens that row. n: older rows; p: by person; v: by action; d: by "
		    "day; /: by any word; x: all rows; b: back.") };
	enum err err;

	conv_tell(&plain->conv, CONV_TITLE, _("Audit log"));
	err = tell_page(plain, &log);
	while (err == ERR_OK && !log.back) {
		err = conv_question(&plain->conv, &question, answer);
		if (err == ERR_OK)
			err = obey(plain, &log, answer);
		secret_wipe(answer, sizeof answer);
	}
	return err;
}
