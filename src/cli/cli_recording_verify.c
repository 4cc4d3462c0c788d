/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recording verify: whether each recording is what the trail says, and which are missing. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/recording_known.h"
#include "cli/recording_place.h"
#include "cli/recording_sums.h"
#include "cli/say.h"

/* The trail's time is the keeper's, the file's the recorder's; a row may come late, after a keeper
 * was away. */
enum { LATE = 300 };

enum state { WHOLE, OPEN, CHANGED, SHORTER, LONGER, UNKNOWN, MISSING, STATES };

static const struct {
	const char *word; /* of JSON, never translated */
	const char *says;
	bool bad;
} states[STATES] = {
	[WHOLE] = { "whole", N_("whole"), false },
	[OPEN] = { "open",
	    N_("has no end, since it goes on or its host went down; as it was up to here"), false },
	[CHANGED] = { "changed", N_("was changed behind here"), true },
	[SHORTER] = { "shorter", N_("its end is missing; the trail knows more"), true },
	[LONGER] = { "longer", N_("something was added behind here"), true },
	[UNKNOWN] = { "unknown", N_("the trail has no row of it"), true },
	[MISSING] = { "missing", N_("the file is gone"), true },
};

struct verdict {
	enum state state;
	int64_t bytes;
};

/* --- one ----------------------------------------------------------------------------------- */

static struct verdict
judge(int64_t bytes, const struct known_point *points, size_t count, size_t good)
{
	const struct known_point *last = &points[count - 1];
	int64_t agreed = good == 0 ? 0 : points[good - 1].point.bytes;

	if (good < count && bytes < points[good].point.bytes)
		return (struct verdict){ SHORTER, last->point.bytes };
	if (good < count)
		return (struct verdict){ CHANGED, agreed };
	if (!last->ends)
		return (struct verdict){ OPEN, agreed };
	if (bytes > agreed)
		return (struct verdict){ LONGER, agreed };
	return (struct verdict){ WHOLE, agreed };
}

static enum err
verify_one(const struct cli *cli, const struct recordings *recordings, const struct known *known,
    const struct recording *recording, struct verdict *ret_verdict)
{
	size_t count = 0, good = 0;
	const struct known_point *points = known_find(known, recording->run, &count);
	struct stat st;
	int file;
	enum err err;

	*ret_verdict = (struct verdict){ UNKNOWN, recording->bytes };
	if (points == NULL)
		return ERR_OK;
	file = recordings_file(recordings, recording->run);
	if (file < 0)
		return ERR_RECORDING_NONE;
	err = recording_compare(cli->way->libexec, file, points, count, &good);
	if (err == ERR_OK && fstat(file, &st) != 0)
		err = err_from_errno(errno);
	close(file);
	if (err == ERR_OK)
		*ret_verdict = judge(st.st_size, points, count, good);
	return err;
}

/* --- telling ------------------------------------------------------------------------------- */

struct telling {
	bool as_json, bad;
	struct json json;
};

static void
tell(struct telling *telling, const char *run, const struct verdict *verdict)
{
	telling->bad = telling->bad || states[verdict->state].bad;
	if (!telling->as_json) {
		(void)printf(_("%s: %s (%lld bytes)\n"), run, _(states[verdict->state].says),
		    (long long)verdict->bytes);
		return;
	}
	json_open(&telling->json, '{');
	json_key(&telling->json, "run");
	json_string(&telling->json, run);
	json_key(&telling->json, "ok");
	json_bool(&telling->json, !states[verdict->state].bad);
	json_key(&telling->json, "state");
	json_string(&telling->json, states[verdict->state].word);
	json_key(&telling->json, "bytes");
	json_number(&telling->json, verdict->bytes);
	json_close(&telling->json, '}');
}

/* --- all ------------------------------------------------------------------------------------- */

/* Nothing typed is all; the beginning of a run's name is enough. */
static bool
is_asked(const struct cli *cli, const char *run)
{
	for (size_t i = 0; i < cli->more; i++)
		if (strncmp(run, cli->rest[i], strlen(cli->rest[i])) == 0)
			return true;
	return cli->more == 0;
}

static size_t
tell_missing(const struct cli *cli, const struct recordings *recordings, const struct known *known,
    struct telling *telling)
{
	size_t found = 0, count;

	for (size_t i = 0; i < known->count; i += count) {
		const struct known_point *points = known_find(known, known->each[i].point.run,
		    &count);
		struct verdict verdict = { MISSING, points[count - 1].point.bytes };
		bool removed = points->time < known->pruned + LATE;

		if (removed || !is_asked(cli, points->point.run) ||
		    recordings_find(recordings, points->point.run) != NULL)
			continue;
		tell(telling, points->point.run, &verdict);
		found++;
	}
	return found;
}

static enum err
verify_all(const struct cli *cli, const struct recordings *recordings, const struct known *known,
    struct telling *telling)
{
	struct verdict verdict;
	size_t found = 0;
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < recordings->count; i++) {
		if (!is_asked(cli, recordings->each[i].run))
			continue;
		err = verify_one(cli, recordings, known, &recordings->each[i], &verdict);
		if (err == ERR_OK)
			tell(telling, recordings->each[i].run, &verdict);
		found++;
	}
	if (err == ERR_OK)
		found += tell_missing(cli, recordings, known, telling);
	return err == ERR_OK && found == 0 && cli->more > 0 ? ERR_RECORDING_NONE : err;
}

/* The files first: what is recorded meanwhile is in the trail then, and no file of it is unknown.
 */
enum err
recording_verify_run(struct cli *cli)
{
	struct telling telling = { .as_json = (cli->options & OPTION_JSON) != 0 };
	struct recordings recordings;
	struct known known = { .count = 0 };
	enum err err = recordings_open(cli, &recordings);

	if (err == ERR_OK)
		err = known_read(cli, &known);
	if (err == ERR_OK && telling.as_json) {
		json_start(&telling.json, stdout);
		json_open(&telling.json, '[');
	}
	if (err == ERR_OK) {
		err = verify_all(cli, &recordings, &known, &telling);
		if (telling.as_json)
			json_close(&telling.json, ']');
	}
	known_free(&known);
	recordings_free(&recordings);
	if (err == ERR_OK && telling.bad) {
		cli->said = true;
		err = ERR_FAILED;
	}
	return err;
}
