/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <time.h>

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/say.h"

enum {
	PAUSE_MS = 200,
	PATIENCE = 150 /* steps in a row that did nothing: half a minute */
};

struct rotation {
	struct progress progress;
	int64_t done, total;
	int idle; /* steps in a row that did nothing */
	bool began, finished;
};

static void
pause_a_moment(void)
{
	const struct timespec moment = { .tv_nsec = PAUSE_MS * 1000000L };

	(void)nanosleep(&moment, NULL);
}

/* The keeper is behind an earlier step for a moment: that is no failure. */
static enum err
rotate_step(struct cli *cli, struct rotation *rotation, bool first)
{
	const struct wire_key_rotate_reply *reply = &cli->reply.u.key_rotate;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_KEY_ROTATE);
	request.u.key_rotate.begin = first;
	request.u.key_rotate.count = rotation->total == 0;
	err = command_ask(cli, &request);
	if (err == ERR_BUSY && rotation->idle++ < PATIENCE) {
		pause_a_moment();
		return ERR_OK;
	}
	if (err != ERR_OK)
		return err;
	if (rotation->total == 0)
		rotation->total = reply->left;
	rotation->done += reply->done;
	rotation->began = rotation->began || reply->began != 0;
	rotation->finished = reply->finished != 0;
	if (reply->done != 0 || reply->began != 0 || reply->renewed != 0) {
		rotation->idle = 0;
	} else if (!rotation->finished) {
		pause_a_moment();
		rotation->idle++;
	}
	progress_tell(&rotation->progress, rotation->done, rotation->total);
	return ERR_OK;
}

/* A rotation that was cut off is gone on with; the keeper knows where it stands. */
enum err
key_rotate_run(struct cli *cli)
{
	struct rotation rotation = { 0 };
	enum err err;

	progress_begin(&rotation.progress, N_("Sealing anew"));
	err = rotate_step(cli, &rotation, true);
	while (err == ERR_OK && !rotation.finished && rotation.idle < PATIENCE)
		err = rotate_step(cli, &rotation, false);
	progress_end(&rotation.progress);
	if (err != ERR_OK)
		return err;
	if (!rotation.finished) {
		say_sentence(N_("All secrets are sealed anew, but somebody reads the database, a "
				"backup or a doctor: until they end, the old key may be found in "
				"its log. Then run: provconsole key rotate"));
		cli->said = true;
		return ERR_STORE_BUSY;
	}
	if (!rotation.began)
		say_sentence(N_("A rotation that was cut off is finished now."));
	say_sentence(N_("Secrets are sealed under a new key, and console.key is a new one. Copies "
			"from before open with the old one: make a new backup, and destroy them."));
	return ERR_OK;
}
