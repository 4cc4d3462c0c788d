/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit prune: the keeper is given the order, and does it by slices between other people's
 * requests; the command waits, and shows how far it is. Who interrupts it interrupts the waiting
 * alone. */
#include <stdio.h>
#include <time.h>

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "conv/moment.h"

enum { LOOK_MS = 100 };

static enum err
ask_how_far(struct cli *cli)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_AUDIT_PRUNED);
	return command_ask(cli, &request);
}

enum err
audit_prune_run(struct cli *cli)
{
	const struct wire_audit_pruned_reply *state = &cli->reply.u.audit_pruned;
	const struct timespec pause = { .tv_nsec = LOOK_MS * 1000000L };
	struct wire_request request;
	struct progress progress;
	struct moment before = { 0, 0 };
	int64_t from, gone;
	enum err err;

	wire_request_init(&request, WIRE_AUDIT_PRUNE);
	err = moment_parse(cli->before, (int64_t)time(NULL), &before);
	request.u.audit_prune.until = before.first;
	if (err == ERR_OK)
		err = ask_how_far(cli);
	from = err == ERR_OK ? state->number : 0;
	if (err == ERR_OK)
		err = command_ask(cli, &request);
	progress_begin(&progress, N_("Removing"));
	while (err == ERR_OK && state->working) {
		progress_tell(&progress, state->number - from, state->target - from);
		(void)nanosleep(&pause, NULL);
		err = ask_how_far(cli);
	}
	progress_end(&progress);
	if (err != ERR_OK)
		return err;
	gone = state->number - from;
	(void)printf(_("%lld rows were removed; the audit trail begins with row %lld.\n"),
	    (long long)gone, (long long)state->number + 1);
	return ERR_OK;
}
