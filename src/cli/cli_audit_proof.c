/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The proof of the trail: verify and export. The keeper's program reads it in a process of its own
 * (client/examination.h), as the state's owner: a trail is long, and the keeper's one thread serves
 * people.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "client/examination.h"

struct proof {
	struct examine_finding findings[EXAMINE_COUNT];
	bool seen[EXAMINE_COUNT];
	struct progress progress;
	char keeper[PATH_MAX];
};

/* The finding, as far as it was told. */
static const struct examine_finding *
found(const struct proof *proof, enum examine_check check)
{
	static const struct examine_finding none = { .err = ERR_OK };

	return proof->seen[check] ? &proof->findings[check] : &none;
}

/* What kept it from reading at all. Where there is no database there is no console. */
static enum err
why_not(const struct proof *proof, const char *state)
{
	static const enum examine_check before[] = { EXAMINE_STATE, EXAMINE_DATABASE,
		EXAMINE_SCHEMA, EXAMINE_KEY };
	struct stat st;

	if (found(proof, EXAMINE_DATABASE)->err == ERR_STORE_NONE ||
	    (lstat(state, &st) != 0 && errno == ENOENT))
		return ERR_NO_STATE;
	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
		if (found(proof, before[i])->err != ERR_OK)
			return found(proof, before[i])->err;
	return ERR_OK;
}

/* Runs it on the state of the command, with a bar. */
static enum err
prove(struct cli *cli, const char *title, struct examination *what, struct proof *proof)
{
	struct place place;
	enum err err = place_find(cli->way->socket, cli->way->state, &place);

	memset(proof, 0, sizeof *proof);
	if (err != ERR_OK)
		return err;
	progress_begin(&proof->progress, title);
	what->directory = command_state(cli->way, &place);
	what->tell = progress_tell;
	what->context = &proof->progress;
	what->keeper = proof->keeper;
	if (what->directory == NULL)
		err = ERR_STATE_PATH;
	if (err == ERR_OK)
		err = place_keeper(cli->way->libexec, proof->keeper, sizeof proof->keeper);
	if (err == ERR_OK)
		err = examination_do(what, proof->findings, proof->seen);
	progress_end(&proof->progress);
	if (err == ERR_OK)
		err = why_not(proof, what->directory);
	place_free(&place);
	return err;
}

/* --- verify ------------------------------------------------------------------------ */

static void
verify_json(const struct proof *proof, enum err err)
{
	const struct examine_finding *rows = found(proof, EXAMINE_AUDIT);
	struct json json;

	json_start(&json, stdout);
	json_open(&json, '{');
	json_key(&json, "ok");
	json_bool(&json, err == ERR_OK);
	json_key(&json, "pruned");
	json_number(&json, found(proof, EXAMINE_PRUNED)->number);
	json_key(&json, "intact");
	json_number(&json, rows->number);
	json_key(&json, "broken");
	if (rows->err == ERR_AUDIT_BROKEN)
		json_number(&json, rows->number + 1);
	else
		json_null(&json);
	json_key(&json, "anchor");
	json_string(&json, found(proof, EXAMINE_ANCHOR)->detail);
	json_key(&json, "nodes");
	json_number(&json,
	    found(proof, EXAMINE_NODES)->err == ERR_OK ? found(proof, EXAMINE_NODES)->number : 0);
	json_key(&json, "detail");
	json_string(&json, err == ERR_OK ? "" : _(err_sentence(err)));
	json_close(&json, '}');
}

/* Rows are told with their numbers: what is before the first was pruned. */
static void
verify_text(const struct proof *proof)
{
	const struct examine_finding *rows = found(proof, EXAMINE_AUDIT);
	const struct examine_finding *others = found(proof, EXAMINE_NODES);
	int64_t pruned = found(proof, EXAMINE_PRUNED)->number;

	if (rows->err == ERR_OK && rows->number <= pruned)
		(void)printf(_("This host has no rows in the audit trail.\n"));
	else if (rows->err == ERR_OK)
		(void)printf(_("Rows %lld to %lld of the audit trail are intact.\n"),
		    (long long)pruned + 1, (long long)rows->number);
	else if (rows->err == ERR_AUDIT_BROKEN)
		(void)printf(_("Row %lld of the audit trail was altered or is missing.\n"),
		    (long long)rows->number + 1);
	if (pruned > 0 && rows->err != ERR_CHECKPOINT)
		(void)printf(_("Rows 1 to %lld were pruned; the checkpoint in their place is "
			       "intact.\n"),
		    (long long)pruned);
	if (proof->seen[EXAMINE_NODES] && others->err == ERR_OK)
		(void)printf(_("Other nodes' chains that are intact: %lld.\n"),
		    (long long)others->number);
	else if (others->err == ERR_AUDIT_BROKEN)
		(void)printf(_("Row %lld of the chain of %s was altered or is missing.\n"),
		    (long long)others->number + 1, others->detail);
	if (rows->err == ERR_OK && *found(proof, EXAMINE_ANCHOR)->detail != '\0')
		(void)printf(_("Anchor: %s\n"), found(proof, EXAMINE_ANCHOR)->detail);
}

enum err
audit_verify_run(struct cli *cli)
{
	struct examination what = { .action = "--verify", .anchor = cli->anchor, .in = -1 };
	struct proof proof;
	enum err err = prove(cli, N_("Verifying"), &what, &proof);

	if (err != ERR_OK)
		return err;
	if (!proof.seen[EXAMINE_AUDIT]) /* it could not be read: the anchor is none */
		return found(&proof, EXAMINE_ANCHOR)->err == ERR_OK
		    ? ERR_FAILED
		    : found(&proof, EXAMINE_ANCHOR)->err;
	err = found(&proof, EXAMINE_AUDIT)->err;
	if (err == ERR_OK)
		err = found(&proof, EXAMINE_ANCHOR)->err;
	if (err == ERR_OK)
		err = found(&proof, EXAMINE_NODES)->err;
	if ((cli->options & OPTION_JSON) != 0)
		verify_json(&proof, err);
	else
		verify_text(&proof);
	return err;
}

/* --- export ------------------------------------------------------------------------ */

/* A file of our own that is no link to somebody else's; what is there is kept, and gone on with. */
static enum err
open_file(const char *path, int *ret_file)
{
	int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, 0600);

	if (file < 0)
		return errno == ELOOP					   ? ERR_EXPORT_LINK
		    : errno == ENOSPC || errno == EDQUOT || errno == EROFS ? err_from_errno(errno)
									   : ERR_EXPORT_FILE;
	*ret_file = file;
	return ERR_OK;
}

enum err
audit_export_run(struct cli *cli)
{
	struct examination what = { .action = "--export", .in = STDOUT_FILENO };
	bool to_file = strcmp(cli->operand[0], "-") != 0;
	struct proof proof;
	enum err err = to_file ? open_file(cli->operand[0], &what.in) : ERR_OK;

	if (err != ERR_OK)
		return err;
	err = prove(cli, N_("Exporting"), &what, &proof);
	if (to_file)
		close(what.in);
	if (err != ERR_OK)
		return err;
	if (!proof.seen[EXAMINE_EXPORT])
		return ERR_FAILED;
	err = found(&proof, EXAMINE_EXPORT)->err;
	if (to_file && err == ERR_OK)
		(void)printf(_("%lld rows were exported, the last is number %s.\n"),
		    (long long)found(&proof, EXAMINE_EXPORT)->number,
		    found(&proof, EXAMINE_EXPORT)->detail);
	return err;
}
