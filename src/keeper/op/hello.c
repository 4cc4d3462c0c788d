/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/source.h"
#include "core/text.h"
#include "keeper/away.h"
#include "keeper/op/ops.h"
#include "keeper/ticket.h"
#include "store/store_device.h"
#include "store/store_user.h"

enum { PENDING_TOUCH = 60 }; /* seconds between two writes that a screen is still open */

/* As the trail shows it, as counts are kept, and as lines are counted. */
static void
set_source(struct session_state *state, const struct source *source)
{
	source_show(source, state->source);
	source_key(source, state->source_key);
	state->group = source_group_with(source, state->ssh_key);
}

/*
 * Where the person is. What a client claims is not a fact: only the console's own account, the
 * state's owner and root are believed about addresses; anybody else is their UNIX user (DESIGN 4).
 */
static void
keep_source(const struct request *request, const struct wire_hello_request *hello)
{
	const struct keeper *keeper = request->keeper;
	struct session_state *state = request->state;
	uid_t peer = request->session->peer;
	bool believed = peer == 0 || peer == keeper->owner || peer == keeper->console;
	struct source source = source_of_uid(peer);

	if (believed)
		source_parse(hello->source, &source);
	set_source(state, &source);
	text_show(hello->terminal, strlen(hello->terminal), state->terminal,
	    sizeof state->terminal);
}

static bool
is_host(const struct request *request)
{
	return request->session->peer == 0 || request->session->peer == request->keeper->owner;
}

/* Which kinds of line are served, and to whom. Host authority is the peer's uid, as the kernel
 * tells it (SO_PEERCRED), never what the client says. */
static enum err
may_be(const struct request *request, enum wire_kind kind)
{
	uid_t peer = request->session->peer;

	switch (kind) {
	case WIRE_PERSON:
		return ERR_OK;
	case WIRE_HOST:
		return is_host(request) ? ERR_OK : ERR_NOT_HOST;
	case WIRE_KEYS:
		return is_host(request) || peer == request->keeper->keys ? ERR_OK : ERR_KIND;
	case WIRE_RUNNER:
		return is_host(request) ? ERR_OK : ERR_KIND;
	case WIRE_PAM:
		return peer == 0 ? ERR_OK : ERR_KIND;
	}
	return ERR_KIND;
}

/* --- tickets ------------------------------------------------------------------------- */

/* What root vouches for stands instead of what the console claims. */
static void
take_facts(struct session_state *state, const struct ticket_facts *facts)
{
	struct source source;

	source_parse(facts->source, &source);
	wire_put(state->ssh_key, sizeof state->ssh_key, facts->key);
	set_source(state, &source);
	state->vouched = true;
}

/* A ticket that is none ends the line, and is in the trail: it was altered, forged, or taken along.
 * One that is there is used up where the setting does not ask for it, too. */
static enum err
use_ticket(struct request *request, const struct wire_hello_request *hello)
{
	struct ticket_facts facts;
	unsigned char bytes[TICKET_BYTES];
	enum err err = ERR_TICKET_UNKNOWN;

	if (hello->ticket[0] == '\0')
		return request->policy.require_ticket ? ERR_TICKET_MISSING : ERR_OK;
	request->row.verb = AUDIT_TICKET;
	if (ticket_read(hello->ticket, bytes))
		err = ticket_use(request->keeper->tickets, bytes, request->session->peer,
		    request->session->number, request->boot, &facts);
	secret_wipe(bytes, sizeof bytes);
	if (err == ERR_OK)
		take_facts(request->state, &facts);
	return err;
}

enum err
op_hello(struct request *request)
{
	const struct wire_hello_request *hello = &request->message->u.hello;
	const struct keeper *keeper = request->keeper;
	struct wire_hello_reply *reply = &request->reply->u.hello;
	struct store_counts counts;
	enum err err = may_be(request, (enum wire_kind)hello->kind);

	keep_source(request, hello);
	if (err == ERR_OK && hello->kind == WIRE_PERSON)
		err = use_ticket(request, hello);
	if (err != ERR_OK) {
		request->outcome->closing = true;
		return err;
	}
	err = store_counts(keeper->store, request->now, &counts);
	if (err != ERR_OK)
		return err;
	request->state->greeted = true;
	request->state->kind = (enum wire_kind)hello->kind;
	request->state->host = hello->kind == WIRE_HOST;
	request->state->vouched = request->state->vouched || hello->kind == WIRE_PAM;
	err = op_name_of_key(request, reply->name);
	if (err != ERR_OK)
		return err;
	reply->set_up = counts.supers > 0;
	reply->may_init = is_host(request);
	reply->idle_lock = request->policy.idle_lock;
	wire_put(reply->console_name, sizeof reply->console_name, request->policy.console_name);
	wire_put(reply->applications, sizeof reply->applications, request->policy.applications);
	wire_put(reply->welcome, sizeof reply->welcome, request->policy.welcome);
	wire_put(reply->program, sizeof reply->program, PACKAGE_VERSION);
	return ERR_OK;
}

/* Whether the console was set up is not known: what it asks next will tell. */
enum err
op_hello_away(struct request *request)
{
	const struct wire_hello_request *hello = &request->message->u.hello;
	struct wire_hello_reply *reply = &request->reply->u.hello;

	if (request->state->greeted || hello->kind != WIRE_HOST || !is_host(request))
		return ERR_STORE_AWAY;
	keep_source(request, hello);
	request->state->greeted = true;
	request->state->kind = WIRE_HOST;
	request->state->host = true;
	reply->set_up = true;
	reply->may_init = true;
	wire_put(reply->program, sizeof reply->program, PACKAGE_VERSION);
	return ERR_OK;
}

/* A key was pressed. A pending key on the screen lives on. */
enum err
op_alive(struct request *request)
{
	struct session_state *state = request->state;
	enum err err;

	if (state->pending == 0 || state->user == 0 ||
	    request->now - state->seen_pending < PENDING_TOUCH)
		return ERR_OK;
	state->seen_pending = request->now;
	err = store_pending_touch(request->keeper->store, state->user, state->pending,
	    request->now);
	return err == ERR_STORE_NONE ? ERR_OK : err; /* replaced: its code will say so */
}
