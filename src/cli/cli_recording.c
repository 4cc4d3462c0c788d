/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recordings of commands, for root or the state's owner: which there are, one played, old ones
 * removed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/player_here.h"
#include "cli/recording_place.h"
#include "cli/say.h"
#include "cli/table.h"
#include "conv/moment.h"

enum { LIST_COLUMNS = 6 };

/* --- list ---------------------------------------------------------------------------------- */

static void
put_json(struct json *json, const struct recording *recording)
{
	const struct cast_about *about = &recording->about;
	const struct {
		const char *key, *text;
	} texts[] = { { "person", about->person }, { "role", about->role },
		{ "source", about->source }, { "command", about->command },
		{ "title", about->title } };

	json_open(json, '{');
	json_key(json, "run");
	json_string(json, recording->run);
	json_key(json, "began");
	json_time(json, about->began);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_key(json, texts[i].key);
		json_string(json, texts[i].text);
	}
	json_key(json, "bytes");
	json_number(json, recording->bytes);
	json_close(json, '}');
}

static void
list_json(const struct recordings *recordings)
{
	struct json json;

	json_start(&json, stdout);
	json_open(&json, '[');
	for (size_t i = 0; i < recordings->count; i++)
		put_json(&json, &recordings->each[i]);
	json_close(&json, ']');
}

static enum err
list_table(const struct recordings *recordings)
{
	static const char *const titles[LIST_COLUMNS] = { N_("RUN"), N_("BEGAN"), N_("WHO"),
		N_("SOURCE"), N_("COMMAND"), N_("BYTES") };
	struct table table;
	enum err err;

	table_open(&table, stdout, LIST_COLUMNS);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		table_put(&table, _(titles[i]));
	for (size_t i = 0; i < recordings->count; i++) {
		const struct recording *one = &recordings->each[i];

		table_put(&table, one->run);
		table_put_time(&table, one->about.began, "?");
		table_put(&table, one->about.person);
		table_put(&table, one->about.source);
		table_put(&table, one->about.command);
		table_put_number(&table, one->bytes);
	}
	err = table_flush(&table);
	table_close(&table);
	return err;
}

enum err
recording_list_run(struct cli *cli)
{
	struct recordings recordings;
	enum err err = recordings_open(cli, &recordings);

	if (err == ERR_OK && (cli->options & OPTION_JSON) != 0)
		list_json(&recordings);
	else if (err == ERR_OK)
		err = list_table(&recordings);
	recordings_free(&recordings);
	return err;
}

/* --- play ---------------------------------------------------------------------------------- */

/* root need not type 32 digits: the beginning of one run's name is enough. */
static enum err
choose(const struct recordings *recordings, const char *typed, const char **ret_run)
{
	size_t size = strlen(typed), found = 0;

	for (size_t i = 0; i < recordings->count; i++)
		if (size > 0 && strncmp(recordings->each[i].run, typed, size) == 0) {
			*ret_run = recordings->each[i].run;
			found++;
		}
	return found == 1 ? ERR_OK : found == 0 ? ERR_RECORDING_NONE : ERR_RECORDING_WHICH;
}

enum err
recording_play_run(struct cli *cli)
{
	struct recordings recordings;
	const char *run = NULL;
	int file = -1;
	enum err err = recordings_open(cli, &recordings);

	if (err == ERR_OK)
		err = choose(&recordings, cli->operand[0], &run);
	if (err == ERR_OK && (file = recordings_file(&recordings, run)) < 0)
		err = ERR_RECORDING_NONE;
	recordings_free(&recordings);
	if (err == ERR_OK)
		err = player_here(file);
	if (file >= 0)
		close(file);
	return err;
}

/* --- prune --------------------------------------------------------------------------------- */

/* One whose first line cannot be read is as old as its last change. */
static int64_t
age_of(const struct recordings *recordings, const struct recording *one, const char *name)
{
	struct stat st;

	if (one->legible)
		return one->about.began;
	return fstatat(recordings->directory, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_mtime
										   : INT64_MAX;
}

static enum err
remove_old(const struct recordings *recordings, int64_t before, uint32_t *ret_count)
{
	char name[RECORDING_NAME_SIZE];

	*ret_count = 0;
	for (size_t i = 0; i < recordings->count; i++) {
		recordings_name(recordings->each[i].run, name);
		if (age_of(recordings, &recordings->each[i], name) >= before)
			continue;
		if (unlinkat(recordings->directory, name, 0) != 0 && errno != ENOENT)
			return err_from_errno(errno);
		++*ret_count;
	}
	return ERR_OK;
}

/* The trail hears of what went, also where not all of it could. */
enum err
recording_prune_run(struct cli *cli)
{
	struct recordings recordings;
	struct wire_request request;
	struct moment before = { 0, 0 };
	uint32_t count = 0;
	enum err err = moment_parse(cli->before, (int64_t)time(NULL), &before), told;

	wire_request_init(&request, WIRE_RECORDING_PRUNE);
	if (err != ERR_OK)
		return err;
	err = recordings_open(cli, &recordings);
	if (err == ERR_OK) {
		request.u.recording_prune.before = before.first;
		err = remove_old(&recordings, before.first, &count);
		request.u.recording_prune.count = count;
		told = command_ask(cli, &request);
		if (err == ERR_OK)
			err = told;
	}
	recordings_free(&recordings);
	if (err == ERR_OK)
		(void)printf(ngettext("%u recording was removed.\n",
				 "%u recordings were removed.\n", count),
		    count);
	return err;
}
