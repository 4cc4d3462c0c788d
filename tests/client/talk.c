/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * talk STATE
 *
 * Speaks the wire as it is told, on several lines, which have names; a command a line:
 *
 *   LINE open SOURCE                    a new line, with a person's hello
 *   LINE vouched SOURCE                 the same with a ticket of root's, which says that source
 *   LINE pam SOURCE                     a new line, with the hello of the PAM module
 *   LINE answer ACCOUNT CODE            on such a line: for a UNIX account
 *   LINE close                          hung up
 *   LINE password NAME PASSWORD         (PASSWORD to the end)
 *   LINE send NAME PASSWORD             the same, and the answer is left for `hear`
 *   LINE hear MILLISECONDS              what comes within that
 *   LINE news MILLISECONDS              the same, of what is told unasked
 *   LINE code|recovery|activate CODE    LINE resync CODE CODE
 *   LINE new PASSWORD                   where one is due
 *   LINE enrol
 *   LINE prove CODE|PASSWORD|-          from now on its requests bring that along (talk_home.c)
 *   LINE add|role NAME ROLE             LINE give|reset|enable|disable|unlock|expel|remove NAME
 *   LINE setting KEY VALUE              LINE change|disown OLD-PASSWORD (to another)
 *   LINE another NAME                   LINE exchange|drop ID (authenticators; 1 is the first)
 *   LINE invite NAME                    LINE confirm|end ID (WAITING_LIST tells ids)
 *   LINE happened BEFORE [ROW]          LINE read OLDEST NEWEST (HAPPENED tells ids)
 *   LINE not-me ROW OLD-PASSWORD        LINE judge ID keep|remove (DOUBTED tells ids)
 *   LINE only VERB ...                  one of these seven rows, and the answer is left for `hear`
 *   LINE OP                             anything else: HOME, BACK, ALIVE, LOCK, RENEW_CODES ...
 *
 * Prints for each: its verdict, the door, seconds to wait, milliseconds it took, and what else
 * there is ("administering" and for how many seconds; of an enrolment: key, "replaced"
 * or "new"; of news: the role, if it is told, and "optional"). SILENT: nothing came. ENDED, and
 * why: the keeper ended the line.
 */
#include "talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES_MOST = 64, WORDS = 4, PATIENCE = 60000, TYPED = 4096 };

struct line {
	char name[32];
	int fd;
};

static struct line lines[LINES_MOST];
static const char *state;
static struct wire_request request;
static struct wire_reply reply;

/* --- answers --------------------------------------------------------------------------------- */

static const char *const doors[DOOR_COUNT] = {
	[DOOR_NAME] = "name",
	[DOOR_CODE] = "code",
	[DOOR_PASSWORD] = "password",
	[DOOR_CONFIGURE] = "configure",
	[DOOR_RECOVERY] = "recovery",
	[DOOR_HOME] = "home",
	[DOOR_CLOSED] = "closed",
	[DOOR_LOCKED] = "locked",
	[DOOR_DOUBT] = "doubt",
};

static void
more(void)
{
	if (reply.administering > 0)
		(void)printf(" administering %lld", (long long)(reply.administering - reply.now));
	if (reply.err != ERR_OK)
		return;
	if (reply.op == WIRE_NEWS)
		(void)printf(" %s%s", reply.role > 0 ? role_word((enum role)(reply.role - 1)) : "-",
		    reply.u.news.optional ? " optional" : "");
	if (reply.op == WIRE_SETTINGS_VIEW)
		talk_see(&reply.u.settings_view);
	if (reply.op == WIRE_WAITING_LIST)
		for (uint32_t i = 0; i < reply.u.waiting_page.count; i++)
			(void)printf(" %lld:%s:%s:%s:%s", (long long)reply.u.waiting_page.row[i].id,
			    wire_op_name(reply.u.waiting_page.row[i].what),
			    reply.u.waiting_page.row[i].asker, reply.u.waiting_page.row[i].name,
			    reply.u.waiting_page.row[i].second ? "second" : "not");
	if (reply.op == WIRE_WAITING_CONFIRM && reply.u.user_add.invitation[0] != '\0')
		(void)printf(" invitation %s", reply.u.user_add.invitation);
	if (reply.op == WIRE_HAPPENED)
		talk_happened(&reply.u.notices);
	if (reply.op == WIRE_DOUBTED)
		for (uint32_t i = 0; i < reply.u.devices.count; i++)
			(void)printf(" %lld:%s", (long long)reply.u.devices.device[i].id,
			    reply.u.devices.device[i].name);
	if (reply.op == WIRE_ENROL || reply.op == WIRE_DEVICE_ADD)
		(void)printf(" %s %s", reply.u.enrol.key,
		    reply.u.enrol.replaced ? "replaced" : "new");
}

static void
tell(enum err err, int64_t began)
{
	if (err == ERR_KEEPER_ABSENT)
		(void)printf("SILENT");
	else if (err == ERR_KEEPER_GONE)
		(void)printf("ENDED:%s",
		    reply.err != ERR_OK ? client_err_name((enum err)reply.err) : "-");
	else
		(void)printf("%s", client_err_name(err));
	(void)printf(" %s %lld %lld", reply.door < DOOR_COUNT ? doors[reply.door] : "?",
	    (long long)reply.wait, (long long)(stranger_clock() - began));
	more();
	(void)printf("\n");
}

static void
answer(const struct line *line, int64_t within)
{
	int64_t began = stranger_clock();

	tell(stranger_hear(line->fd, within, &reply), began);
}

static void
ask(const struct line *line)
{
	stranger_say(line->fd, &request);
	answer(line, PATIENCE);
}

/* --- commands --------------------------------------------------------------------------------- */

static void
hang_up(struct line *line)
{
	if (line->fd >= 0)
		close(line->fd);
	line->fd = -1;
}

static void
do_open(struct line *line, char **word)
{
	hang_up(line);
	line->fd = stranger_come(state, word[0], WIRE_PERSON);
	answer(line, PATIENCE);
}

static void
do_vouched(struct line *line, char **word)
{
	hang_up(line);
	line->fd = talk_vouched(state, word[0]);
	answer(line, PATIENCE);
}

static void
do_pam(struct line *line, char **word)
{
	hang_up(line);
	line->fd = stranger_come(state, word[0], WIRE_PAM);
	answer(line, PATIENCE);
}

static void
do_answer(struct line *line, char **word)
{
	talk_answer(word[0], word[1], &request);
	ask(line);
}

static void
do_close(struct line *line, char **word)
{
	(void)word;
	hang_up(line);
	(void)printf("OK closed 0 0\n");
}

static void
do_password(struct line *line, char **word)
{
	stranger_say_password(line->fd, word[0], word[1]);
	answer(line, PATIENCE);
}

static void
do_send(struct line *line, char **word)
{
	stranger_say_password(line->fd, word[0], word[1]);
	(void)printf("OK sent 0 0\n");
}

static void
do_hear(struct line *line, char **word)
{
	answer(line, strtol(word[0], NULL, 10));
}

static void
do_news(struct line *line, char **word)
{
	int64_t began = stranger_clock();

	tell(stranger_news(line->fd, strtol(word[0], NULL, 10), &reply), began);
}

static void
do_code(struct line *line, char **word)
{
	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, word[0]);
	ask(line);
}

static void
do_activate(struct line *line, char **word)
{
	wire_request_init(&request, WIRE_ACTIVATE);
	wire_put(request.u.activate.code, sizeof request.u.activate.code, word[0]);
	ask(line);
}

static void
do_recovery(struct line *line, char **word)
{
	wire_request_init(&request, WIRE_RECOVERY);
	wire_put(request.u.recovery.code, sizeof request.u.recovery.code, word[0]);
	ask(line);
}

static void
do_resync(struct line *line, char **word)
{
	wire_request_init(&request, WIRE_RESYNC);
	wire_put(request.u.resync.first, sizeof request.u.resync.first, word[0]);
	wire_put(request.u.resync.next, sizeof request.u.resync.next, word[1]);
	ask(line);
}

static void
do_new(struct line *line, char **word)
{
	wire_request_init(&request, WIRE_NEW_PASSWORD);
	wire_put(request.u.new_password.password, sizeof request.u.new_password.password,
	    talk_whole(word));
	ask(line);
}

static void
do_enrol(struct line *line, char **word)
{
	(void)word;
	wire_request_init(&request, WIRE_ENROL);
	talk_prove(&request);
	ask(line);
}

static void
do_prove(struct line *line, char **word)
{
	(void)line;
	talk_proof(talk_whole(word));
	(void)printf("OK proof 0 0\n");
}

static const struct {
	const char *verb;
	int least; /* words behind it */
	void (*run)(struct line *line, char **word);
} commands[] = {
	{ "open", 1, do_open },
	{ "vouched", 1, do_vouched },
	{ "pam", 1, do_pam },
	{ "answer", 2, do_answer },
	{ "close", 0, do_close },
	{ "password", 2, do_password },
	{ "send", 2, do_send },
	{ "hear", 1, do_hear },
	{ "news", 1, do_news },
	{ "code", 1, do_code },
	{ "activate", 1, do_activate },
	{ "recovery", 1, do_recovery },
	{ "resync", 2, do_resync },
	{ "new", 1, do_new },
	{ "enrol", 0, do_enrol },
	{ "prove", 1, do_prove },
};

static void
do_op(const struct line *line, const char *name)
{
	for (enum wire_op op = WIRE_HELLO; op < WIRE_OP_COUNT; op++)
		if (strcmp(wire_op_name(op), name) == 0) {
			wire_request_init(&request, op);
			talk_prove(&request);
			ask(line);
			return;
		}
	client_die("There is no such request.");
}

static struct line *
find(const char *name)
{
	size_t i = 0;

	while (i < LINES_MOST && lines[i].name[0] != '\0' && strcmp(lines[i].name, name) != 0)
		i++;
	if (i == LINES_MOST)
		client_die("So many lines are too many.");
	if (lines[i].name[0] == '\0') {
		wire_put(lines[i].name, sizeof lines[i].name, name);
		lines[i].fd = -1;
	}
	return &lines[i];
}

/* The last of the words goes to the end of what was typed. */
static void
obey(char *typed)
{
	char *word[WORDS + 1] = { NULL };
	int count = 0;

	typed[strcspn(typed, "\n")] = '\0';
	while (count < WORDS - 1 && (word[count] = strsep(&typed, " ")) != NULL)
		count++;
	if (count == WORDS - 1 && typed != NULL)
		word[count++] = typed;
	if (count < 2)
		client_die("Usage: LINE VERB ARGUMENT...");
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].verb, word[1]) == 0 && count - 2 >= commands[i].least) {
			commands[i].run(find(word[0]), word + 2);
			return;
		}
	if (strcmp(word[1], "only") == 0 && count > 2 && talk_home(word + 2, &request)) {
		stranger_say(find(word[0])->fd, &request);
		(void)printf("OK sent 0 0\n");
	} else if (talk_home(word + 1, &request))
		ask(find(word[0]));
	else
		do_op(find(word[0]), word[1]);
}

int
main(int argc, char **argv)
{
	char typed[TYPED];

	if (argc != 2)
		client_die("Usage: talk STATE");
	state = argv[1];
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(typed, sizeof typed, stdin) != NULL)
		obey(typed);
	return EXIT_SUCCESS;
}
