/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/away.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "core/text.h"
#include "keeper/session.h"
#include "store/store_server.h"

enum { REASONS_MOST = 4 }; /* that are told after the first one, each time that it is away */

/* The words are the server's: they end neither the line nor the quotes. */
static void
say_away(const char *what, const char *said)
{
	char shown[STORE_SAID_SIZE];

	text_show(said, strlen(said), shown, sizeof shown);
	for (char *at = shown; *at != '\0'; at++)
		if (*at == '"')
			*at = '\'';
	syslog(LOG_DAEMON | LOG_ERR, "%s said=\"%s\"", what, shown);
}

/* Why a line ended is seldom why there is no other one. Reasons that come by turns, of several
 * servers, do not fill the log. */
static void
say_why(struct keeper *keeper, const char *said)
{
	if (keeper->away_reasons > REASONS_MOST ||
	    (keeper->away_reasons > 0 && strcmp(said, keeper->away_said) == 0))
		return;
	say_away(keeper->away_reasons == 0 ? "database-away" : "database-still-away", said);
	keeper->away_reasons++;
	(void)snprintf(keeper->away_said, sizeof keeper->away_said, "%s", said);
}

void
away_follow(struct keeper *keeper, int64_t boot)
{
	char said[STORE_SAID_SIZE] = "";
	bool away = store_is_away(keeper->store, said);

	if (away && !keeper->away)
		keeper->away_reasons = 0;
	if (away)
		say_why(keeper, said);
	if (away == keeper->away)
		return;
	if (!away)
		syslog(LOG_DAEMON | LOG_NOTICE, "database-back seconds=%" PRId64,
		    boot - keeper->away_since);
	keeper->away = away;
	keeper->away_since = boot;
	keeper->life_at = 0; /* tries at once, and then each second */
}

/* --- what goes on --------------------------------------------------------------------------- */

static const struct {
	enum wire_op op;
	request_handler handle;
} handlers[] = {
	{ WIRE_HELLO, op_hello_away },
	{ WIRE_METRICS, op_metrics_away },
};

static request_handler
handler_of(const struct session *session)
{
	for (size_t i = 0; session->request != NULL && i < sizeof handlers / sizeof *handlers; i++)
		if (session->request->op == (uint32_t)handlers[i].op)
			return handlers[i].handle;
	return NULL;
}

bool
away_answer(struct keeper *keeper, struct session *session, int64_t now)
{
	request_handler handle = session->life == LIFE_LOCKING ? NULL : handler_of(session);
	struct request request = { .keeper = keeper,
		.session = session,
		.message = session->request,
		.now = now,
		.boot = session_clock(),
		.outcome = &session->outcome,
		.state = &session->outcome.after };

	if (handle == NULL || (request.reply = calloc(1, sizeof *request.reply)) == NULL)
		return false;
	outcome_clear(&session->outcome);
	session->outcome = (struct outcome){ .kind = OUTCOME_ANSWER,
		.after = session->state,
		.reply = request.reply };
	wire_reply_init(request.reply, (enum wire_op)session->request->op);
	request.reply->now = now;
	if (handle(&request) != ERR_OK) {
		outcome_clear(&session->outcome);
		return false;
	}
	session_apply(keeper, session);
	return true;
}
