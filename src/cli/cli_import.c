/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People from another tool's file: first everything is looked at, and told line by line; only a
 * file without a refused line is taken over. The file is read twice, so that memory does not grow
 * with it; if it has changed meanwhile, the keeper takes back what was added.
 */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/import.h"
#include "cli/import_file.h"
#include "cli/import_report.h"
#include "cli/import_run.h"
#include "cli/import_seen.h"
#include "cli/say.h"
#include "core/hex.h"
#include "core/secret.h"

/* --- the arguments ----------------------------------------------------------------- */

int
import_together(const struct cli *cli, const char *words)
{
	enum import_format format;

	if (import_format(cli->format, &format) != ERR_OK)
		return say_usage(N_("There is no such format"), cli->format, words);
	if (format == IMPORT_GOOGLE && cli->user == NULL)
		return say_usage(N_("The file does not say whose it is. Missing option"), "--user",
		    words);
	if (format != IMPORT_GOOGLE && cli->user != NULL)
		return say_usage(N_("The file names the people itself. Leave out"), "--user",
		    words);
	if (format == IMPORT_CSV && cli->role != NULL)
		return say_usage(N_("The file names the roles itself. Leave out"), "--role", words);
	return SAY_DONE;
}

/* --- reading ------------------------------------------------------------------------ */

static enum import_why
google(struct import_run *run, struct import_row *ret_row, size_t *ret_line)
{
	const char *text;
	size_t length;
	enum import_why why;

	if (import_file_whole(&run->file, &text, &length) != ERR_OK)
		return IMPORT_CUT;
	why = import_google(text, length, ret_row, ret_line);
	wire_put(ret_row->name, sizeof ret_row->name, run->cli->user);
	return why;
}

static enum import_why
line(struct import_run *run, struct import_row *ret_row)
{
	char text[IMPORT_LINE_SIZE];
	size_t length = 0;
	enum import_why why = import_file_line(&run->file, text, &length);

	memset(ret_row, 0, sizeof *ret_row);
	if (why == IMPORT_ROW)
		why = run->format == IMPORT_OATH ? import_oath(text, length, ret_row)
						 : import_csv(text, length, ret_row);
	secret_wipe(text, sizeof text);
	return why;
}

/* The next row, whole or refused; IMPORT_END behind the last. */
static enum import_why
next(struct import_run *run, struct import_row *ret_row, size_t *ret_line)
{
	enum import_why why;

	if (run->format != IMPORT_GOOGLE) {
		do
			why = line(run, ret_row);
		while (why == IMPORT_NOTHING);
		*ret_line = run->file.line;
	} else if (run->rows > 0) {
		why = IMPORT_END;
	} else {
		why = google(run, ret_row, ret_line);
	}
	if (why == IMPORT_ROW && run->format != IMPORT_CSV)
		ret_row->role = run->role;
	return why;
}

/* Of several rows of one person: further authenticators, where the format has a line for each. */
static enum err
compare(struct import_run *run, const struct import_row *row, struct import_item *item)
{
	const struct import_seen_name *name;
	bool same = true;
	enum err err = import_seen_add(&run->seen, row->name, item->line, &name, &same);

	if (err != ERR_OK || name->count == 1)
		return err;
	item->other = name->line;
	item->again = true;
	if (!same)
		item->why = IMPORT_SPELLING;
	else if (run->format != IMPORT_OATH)
		item->why = IMPORT_TWICE;
	else if (name->count > ACCOUNT_DEVICES_MAX)
		item->why = IMPORT_DEVICES;
	return ERR_OK;
}

/* --- asking ------------------------------------------------------------------------- */

static void
put_row(struct import_run *run, const struct import_row *row, bool again)
{
	struct wire_import_request *import = &run->request.u.import;
	struct wire_import_row *out = &import->row[import->count++];

	wire_put(out->name, sizeof out->name, row->name);
	wire_put(out->code, sizeof out->code, row->code);
	hex_write(row->key, row->key_length, out->key);
	out->role = (uint8_t)row->role;
	out->again = again;
	out->last_step = row->last_step;
	out->offset = row->offset;
}

static void
judge(const struct import_run *run, const struct wire_import_verdict *verdict,
    struct import_item *item)
{
	item->err = (enum err)verdict->err;
	item->here = verdict->here != 0;
	if (item->here)
		item->notes |= IMPORT_NOTE_HERE;
	if (item->here && run->format == IMPORT_CSV && verdict->role != (uint8_t)item->role)
		item->why = IMPORT_OTHER_ROLE;
}

/* Asks about the rows at hand, and tells of all items. */
static enum err
ask(struct import_run *run)
{
	const struct wire_import_reply *reply = &run->cli->reply.u.import;
	enum wire_op op = (enum wire_op)run->request.op;
	enum err err = ERR_OK;
	size_t at = 0;

	if (run->request.u.import.count > 0)
		err = command_ask(run->cli, &run->request);
	for (size_t i = 0; err == ERR_OK && i < run->count; i++) {
		struct import_item *item = &run->items[i];

		if (item->why == IMPORT_ROW)
			judge(run, &reply->verdict[at++], item);
		if (import_is_refused(item))
			run->refused++;
		if (op == WIRE_IMPORT_CHECK)
			import_report_row(&run->report, item);
	}
	if (err == ERR_OK && op == WIRE_IMPORT_CHECK)
		err = import_report_flush(&run->report);
	run->count = 0;
	wire_request_init(&run->request, op);
	return err;
}

static enum err
take(struct import_run *run, enum import_why why, const struct import_row *row, size_t line)
{
	struct import_item *item = &run->items[run->count++];
	enum err err = ERR_OK;

	*item = (struct import_item){ .line = line,
		.why = why,
		.role = row->role,
		.key = row->key_length > 0,
		.offset = row->offset,
		.notes = row->notes };
	wire_put(item->name, sizeof item->name, row->name);
	if (why == IMPORT_ROW)
		err = compare(run, row, item);
	if (err == ERR_OK && item->why == IMPORT_ROW)
		put_row(run, row, item->again);
	return err == ERR_OK && run->count == WIRE_IMPORT_ROWS ? ask(run) : err;
}

/* Once through the file, asking `op` about its rows. */
static enum err
go(struct import_run *run, enum wire_op op)
{
	struct import_row row;
	enum import_why why = IMPORT_ROW;
	size_t line = 0;
	enum err err = import_file_rewind(&run->file);

	run->rows = run->refused = 0;
	import_seen_open(&run->seen);
	wire_request_init(&run->request, op);
	while (err == ERR_OK && import_goes_on(why) &&
	    (op == WIRE_IMPORT_CHECK || run->refused == 0)) {
		why = next(run, &row, &line);
		if (why == IMPORT_ROW && run->rows == IMPORT_PEOPLE)
			why = IMPORT_MANY;
		if (why != IMPORT_END) {
			run->rows++;
			err = take(run, why, &row, line);
		}
		secret_wipe(&row, sizeof row);
	}
	if (err == ERR_OK)
		err = ask(run);
	secret_wipe(&run->request, sizeof run->request);
	import_seen_close(&run->seen);
	return err;
}

/* --- looking, and doing --------------------------------------------------------------- */

static void
say_number(const char *sentence, size_t number)
{
	char text[512];

	err_fill(_(sentence), (int64_t)number, text, sizeof text);
	say_text(text);
}

/* ERR_FAILED, and why was said, where the file is not to be taken over. */
static enum err
look(struct import_run *run)
{
	enum err err = go(run, WIRE_IMPORT_CHECK);

	if (err != ERR_OK)
		return err;
	err = import_report_end(&run->report);
	if (err != ERR_OK || (run->refused == 0 && run->rows > 0))
		return err;
	if (run->rows == 0)
		say_sentence(N_("The file names nobody. Nothing was changed."));
	else
		say_number(N_("Nothing was changed. Lines that are refused: %lld."), run->refused);
	run->cli->said = true;
	return ERR_FAILED;
}

static enum err
take_over(struct import_run *run)
{
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_IMPORT_BEGIN);
	err = command_ask(run->cli, &request);
	if (err == ERR_OK)
		err = go(run, WIRE_IMPORT_ADD);
	if (err == ERR_OK && run->refused > 0) {
		say_sentence(N_("The file or the console has changed meanwhile. Nothing was "
				"taken over. Try again."));
		run->cli->said = true;
		return ERR_FAILED;
	}
	if (err != ERR_OK)
		return err;
	wire_request_init(&request, WIRE_IMPORT_END);
	wire_put(request.u.import_end.format, sizeof request.u.import_end.format,
	    import_format_word(run->format));
	return command_ask(run->cli, &request);
}

static enum err
look_and_do(struct import_run *run)
{
	unsigned options = run->cli->options;
	bool dry = (options & OPTION_DRY_RUN) != 0, invite = (options & OPTION_INVITE) != 0;
	enum err err = look(run);

	if (err != ERR_OK)
		return err;
	if (dry) {
		say_number(N_("Nothing was changed. Lines that would be taken over: %lld."),
		    run->rows);
		return ERR_OK;
	}
	err = take_over(run);
	if (err != ERR_OK)
		return err;
	say_number(N_("Lines taken over: %lld."), run->rows);
	if (invite)
		return import_invite(run);
	say_sentence(N_("Who has no password yet signs in with an invitation: provconsole user "
			"set-password NAME --invite"));
	return ERR_OK;
}

enum err
import_next_name(struct import_run *run, char name[TEXT_NAME_SIZE], bool *ret_end)
{
	struct import_row row;
	size_t line = 0;
	enum import_why why = next(run, &row, &line);

	run->rows++;
	*ret_end = why == IMPORT_END;
	if (why == IMPORT_ROW)
		wire_put(name, TEXT_NAME_SIZE, row.name);
	secret_wipe(&row, sizeof row);
	return why == IMPORT_ROW || why == IMPORT_END ? ERR_OK : ERR_STALE;
}

enum err
import_run(struct cli *cli)
{
	const unsigned quiet = OPTION_INVITE | OPTION_DRY_RUN;
	struct import_run run = { .cli = cli };
	const char *sentence = NULL;
	FILE *out = (cli->options & quiet) == OPTION_INVITE ? stderr : stdout;
	enum err err = import_format(cli->format, &run.format);

	if (err == ERR_OK && cli->role != NULL)
		err = role_from_word(cli->role, &run.role);
	if (err != ERR_OK)
		return err;
	err = import_file_open(&run.file, cli->operand[0], &sentence);
	if (err != ERR_OK) {
		say_sentence(sentence);
		cli->said = true;
	} else {
		if (run.file.shared)
			say_sentence(N_("Others may read this file, and the keys in it. Remove it "
					"once you are done (shred -u FILE)."));
		import_report_open(&run.report, out, (cli->options & OPTION_JSON) != 0);
		err = look_and_do(&run);
		import_report_close(&run.report);
	}
	import_file_close(&run.file);
	return err;
}
