/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is here: the list, one line ended, a message. An administrator sees operators and themselves
 * (DESIGN 8, 10). */
#include <stdlib.h>
#include <string.h>

#include "keeper/op/ops_run.h"
#include "keeper/notices.h"
#include "keeper/runner.h"
#include "keeper/trail.h"
#include "store/store_user.h"

/* Signed in, on a line that is up. */
static bool
is_here(const struct session *session)
{
	return session->fd >= 0 && session->life != LIFE_ENDING && !session->state.host &&
	    session->state.signin.signed_in && session->state.user != 0;
}

/* Their account; false where the asker may not see it. An error is the turn's. */
static enum err
look(const struct request *request, const struct session *session, struct account *ret_account,
    bool *ret_sees)
{
	enum err err = store_user_by_id(request->keeper->store, session->state.user, ret_account,
	    NULL);

	*ret_sees = err == ERR_OK &&
	    ((permission_sees(&request->actor) & 1u << ret_account->role) != 0 ||
		session == request->session);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

static void
fill(const struct request *request, const struct session *session, const struct account *account,
    struct wire_here *here)
{
	int64_t alone = request->boot - session->answered;

	*here = (struct wire_here){ .number = (int64_t)session->number,
		.since = request->now - (request->boot - session->began),
		.idle = alone > 0 ? alone : 0,
		.role = (uint8_t)account->role,
		.locked = session->state.signin.door == DOOR_LOCKED,
		.vouched = session->state.vouched,
		.own = session == request->session };
	wire_put(here->name, sizeof here->name, account->name);
	wire_put(here->source, sizeof here->source, session->state.source);
	wire_put(here->terminal, sizeof here->terminal, session->state.terminal);
	if (session->run != NULL)
		wire_put(here->command, sizeof here->command, session->run->name);
}

/* Newest first, as the keeper has them. */
enum err
op_here_list(struct request *request)
{
	struct wire_here_page_reply *reply = &request->reply->u.here_page;
	int64_t after = request->message->u.here_page.after;
	enum err err = ERR_OK;

	for (const struct session *s = request->keeper->sessions; err == ERR_OK && s != NULL;
	     s = s->next) {
		struct account account;
		bool sees = false;

		if (!is_here(s) || (after != 0 && (int64_t)s->number >= after))
			continue;
		err = look(request, s, &account, &sees);
		if (err != ERR_OK || !sees)
			continue;
		reply->more = reply->count == WIRE_HERE_PAGE;
		if (reply->more)
			return ERR_OK;
		fill(request, s, &account, &reply->here[reply->count++]);
	}
	return err;
}

/* --- ending one ---------------------------------------------------------------------- */

static const struct session *
find(const struct request *request, int64_t number)
{
	for (const struct session *s = request->keeper->sessions; s != NULL; s = s->next)
		if ((int64_t)s->number == number)
			return is_here(s) ? s : NULL;
	return NULL;
}

enum err
op_here_end_check(struct request *request)
{
	const struct wire_here_end_request *asked = &request->message->u.here_end;
	const struct session *session = find(request, asked->number);
	struct account account;
	enum err err = ERR_HERE_NONE;

	if (session == request->session)
		return ERR_HERE_OWN;
	if (session != NULL)
		err = store_user_by_id(request->keeper->store, session->state.user, &account, NULL);
	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_HERE_NONE : err;
	op_row(request, account.name, session->state.source);
	return op_find_target(request, account.name, PERMISSION_USER_END);
}

/* What somebody says is text, not control characters. */
static struct outcome_say *
say(const struct request *request, const char *text, size_t room)
{
	struct outcome_say *say = calloc(1, sizeof *say + room * sizeof *say->number);

	if (say == NULL)
		return NULL;
	trail_asker(request, say->said.who);
	text_show(text, strlen(text), say->said.text, sizeof say->said.text);
	return say;
}

enum err
op_here_end(struct request *request)
{
	const struct wire_here_end_request *asked = &request->message->u.here_end;
	const struct session *session = find(request, asked->number);

	if (session == NULL)
		return ERR_HERE_NONE;
	if (asked->text[0] != '\0') {
		request->outcome->say = say(request, asked->text, 1);
		if (request->outcome->say == NULL)
			return ERR_MEMORY;
		request->outcome->say->number[0] = session->number;
		request->outcome->say->count = 1;
	}
	outcome_end(request->outcome,
	    &(struct outcome_ends){ .user = session->state.user,
		.number = session->number,
		.why = ERR_HERE_ENDED });
	request->outcome->news = true;
	return notice_target(request, AUDIT_SESSION_END, session->state.source);
}

/* --- saying something ------------------------------------------------------------------ */

/* To all: whom the asker manages, and may see. */
static enum err
collect(struct request *request, struct outcome_say *say)
{
	enum err err = ERR_OK;

	for (const struct session *s = request->keeper->sessions; err == ERR_OK && s != NULL;
	     s = s->next) {
		struct account account;
		bool sees = false;

		if (!is_here(s) || s == request->session)
			continue;
		err = look(request, s, &account, &sees);
		if (err == ERR_OK && sees)
			say->number[say->count++] = s->number;
	}
	return err;
}

/* To one line. */
static enum err
address(struct request *request, int64_t number, struct outcome_say *say)
{
	const struct session *session = find(request, number);
	struct account account;
	bool sees = false;
	enum err err = ERR_HERE_NONE;

	if (session == request->session)
		return ERR_HERE_OWN;
	if (session != NULL)
		err = look(request, session, &account, &sees);
	if (err != ERR_OK || !sees)
		return err == ERR_OK ? ERR_HERE_NONE : err;
	op_row(request, account.name, say->said.text);
	say->number[say->count++] = session->number;
	return ERR_OK;
}

enum err
op_here_say(struct request *request)
{
	const struct wire_here_say_request *asked = &request->message->u.here_say;
	struct outcome_say *words = say(request, asked->text, request->keeper->session_count);
	enum err err = ERR_FIELD_EMPTY;

	if (words == NULL)
		return ERR_MEMORY;
	op_row(request, NULL, words->said.text);
	if (words->said.text[0] != '\0')
		err = asked->number == 0 ? collect(request, words)
					 : address(request, asked->number, words);
	if (err == ERR_OK) {
		request->reply->u.here_say.count = (uint32_t)words->count;
		request->outcome->say = words;
	} else {
		free(words);
	}
	return err;
}
