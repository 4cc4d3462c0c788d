/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/text.h"
#include "keeper/op/ops.h"

enum { PENDING_TOUCH = 60 }; /* seconds between two writes that a screen is still open */

static void
keep_place(struct session_state *state, const struct wire_hello_request *hello)
{
	text_show(hello->source, strlen(hello->source), state->source, sizeof state->source);
	text_show(hello->terminal, strlen(hello->terminal), state->terminal,
	    sizeof state->terminal);
	if (state->source[0] == '\0')
		wire_put(state->source, sizeof state->source, "local");
}

/* Host authority is the peer's uid, as the kernel tells it (SO_PEERCRED), never what the client
 * says. */
enum err
op_hello(struct turn *turn)
{
	struct wire_hello_reply *reply = &turn->reply->u.hello;
	const struct keeper *keeper = turn->keeper;
	bool may = turn->session->peer == 0 || turn->session->peer == keeper->owner;
	struct store_counts counts;
	enum err err;

	keep_place(turn->state, &turn->request->u.hello);
	if (turn->request->u.hello.kind > WIRE_HOST) {
		turn->session->closing = true;
		return ERR_KIND;
	}
	if (turn->request->u.hello.kind == WIRE_HOST && !may) {
		op_row(turn, "host", NULL, NULL);
		turn->session->closing = true;
		return ERR_NOT_HOST;
	}
	err = store_counts(keeper->store, turn->now, &counts);
	if (err != ERR_OK)
		return err;
	turn->state->greeted = true;
	turn->state->host = turn->request->u.hello.kind == WIRE_HOST;
	reply->set_up = counts.supers > 0;
	reply->may_init = may;
	reply->idle_lock = turn->policy.idle_lock;
	wire_put(reply->console_name, sizeof reply->console_name, turn->policy.console_name);
	wire_put(reply->applications, sizeof reply->applications, turn->policy.applications);
	return ERR_OK;
}

/* The loop has noted the time; a pending key on the screen lives on. */
enum err
op_alive(struct turn *turn)
{
	enum err err;

	if (turn->state->pending == 0 || turn->now - turn->session->seen_pending < PENDING_TOUCH)
		return ERR_OK;
	turn->session->seen_pending = turn->now;
	err = store_pending_touch(turn->keeper->store, turn->state->user, turn->state->pending,
	    turn->now);
	return err == ERR_STORE_NONE ? ERR_OK : err; /* replaced: its code will say so */
}
