/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doors STATE PASSWORD-FILE
 *
 * Asks a keeper that runs for everything at every door before home, each as the first request of a
 * line that stands there, also what belongs to the door but comes before what has to come before
 * it; and then for everything after what leads back. Prints TAP. People of the state, who must have
 * two factors, all with that password: operator, who has not; coded, who has; and invited, by the
 * invitation that is the file's second line.
 */
#include "at_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TAKEN_MOST = 4 };

static const char *state;
static char password[TEXT_PASSWORD_SIZE], invitation[TEXT_PASSWORD_SIZE];
static char key[WIRE_KEY_SIZE]; /* that somebody was shown last */
static struct wire_request request;
static struct wire_reply reply;
static int host = -1, number, failures;

static void
result(bool ok, const char *who, const char *what)
{
	(void)printf("%sok %d - %s: %s\n", ok ? "" : "not ", ++number, who, what);
	failures += !ok;
}

/* --- asking -------------------------------------------------------------------------------- */

static enum err
ask(int line, enum wire_op op)
{
	wire_request_init(&request, op);
	if (op == WIRE_HELLO)
		request.u.hello.kind = WIRE_HOST;
	return at_home_ask(line, &request, &reply);
}

/* The verdict on that op is what is wanted, and the line is at that door then. */
static bool
gives(int line, enum wire_op op, enum err want, enum signin_door door)
{
	enum err err = ask(line, op);
	bool ok = err == want && (want == ERR_KEEPER_GONE || reply.door == (uint32_t)door);

	if (!ok)
		(void)printf("# %s: %s at door %u\n", wire_op_name(op), client_err_name(err),
		    reply.door);
	return ok;
}

static enum err
ask_code(int line, enum wire_op op, const char *when)
{
	char code[WIRE_CODE_SIZE];

	at_home_code(key, when, code);
	wire_request_init(&request, op);
	if (op == WIRE_CODE)
		wire_put(request.u.code.code, sizeof request.u.code.code, code);
	else
		wire_put(request.u.activate.code, sizeof request.u.activate.code, code);
	return at_home_ask(line, &request, &reply);
}

/* At home a password is asked for; at the door it is not looked at. */
static enum err
ask_key(int line)
{
	enum err err;

	wire_request_init(&request, WIRE_ENROL);
	wire_put(request.u.enrol.proof.password, sizeof request.u.enrol.proof.password, password);
	err = at_home_ask(line, &request, &reply);
	if (err == ERR_OK)
		wire_put(key, sizeof key, reply.u.enrol.key);
	return err;
}

/* --- at the doors -------------------------------------------------------------------------- */

static int
come(const char *name, const char *secret)
{
	int line = client_open(state, WIRE_PERSON);

	if (at_home_password(line, name, secret, &reply) != ERR_OK)
		client_die("A password is wrong.");
	return line;
}

static int
at_name(void)
{
	return client_open(state, WIRE_PERSON);
}

static int
at_code(void)
{
	return come("coded", password);
}

static int
at_password(void)
{
	return come("invited", invitation);
}

static int
at_configure(void)
{
	return come("operator", password);
}

/* The operator has no second factor, whatever was done so far. */
static void
reset(void)
{
	wire_request_init(&request, WIRE_USER_RESET);
	wire_put(request.u.user_reset.name, sizeof request.u.user_reset.name, "operator");
	wire_put(request.u.user_reset.reason, sizeof request.u.user_reset.reason, "asked for");
	if (at_home_ask(host, &request, &reply) != ERR_OK)
		client_die("The host cannot reset.");
}

static void
require_2fa(const char *value)
{
	wire_request_init(&request, WIRE_SETTING_SET);
	request.u.setting_set.id = SETTING_REQUIRE_2FA;
	wire_put(request.u.setting_set.value, sizeof request.u.setting_set.value, value);
	if (at_home_ask(host, &request, &reply) != ERR_OK)
		client_die("The host cannot set.");
}

/* The line has just activated a key. */
static int
at_recovery(void)
{
	int line;

	reset();
	line = at_configure();
	if (ask_key(line) != ERR_OK || ask_code(line, WIRE_ACTIVATE, "now") != ERR_OK)
		client_die("Nothing can be configured.");
	return line;
}

/* What a door takes, and what it says to it where nothing was asked before. */
static const struct door {
	const char *name;
	int (*come)(void);
	enum signin_door door;
	struct taken {
		enum wire_op op;
		enum err err;
		enum signin_door then;
	} taken[TAKEN_MOST];
} doors[] = {
	{ "nobody", at_name, DOOR_NAME,
	    { { WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME },
		{ WIRE_REMOTE_REFUSED, ERR_COMMAND_NONE, DOOR_NAME } } },
	{ "coded", at_code, DOOR_CODE,
	    { { WIRE_CODE, ERR_CODE_FORMAT, DOOR_CODE },
		{ WIRE_RECOVERY, ERR_RECOVERY_FORMAT, DOOR_CODE },
		{ WIRE_RESYNC, ERR_CODE_FORMAT, DOOR_CODE }, { WIRE_BACK, ERR_OK, DOOR_NAME } } },
	{ "invited", at_password, DOOR_PASSWORD,
	    { { WIRE_NEW_PASSWORD, ERR_PASSWORD_SHORT, DOOR_PASSWORD },
		{ WIRE_BACK, ERR_OK, DOOR_NAME } } },
	{ "operator", at_configure, DOOR_CONFIGURE,
	    { { WIRE_ENROL, ERR_OK, DOOR_CONFIGURE },
		{ WIRE_ACTIVATE, ERR_PENDING_GONE, DOOR_CONFIGURE },
		{ WIRE_CONFIGURE_LATER, ERR_STALE, DOOR_CONFIGURE },
		{ WIRE_BACK, ERR_OK, DOOR_NAME } } },
	{ "operator", at_recovery, DOOR_RECOVERY,
	    { { WIRE_CODES, ERR_OK, DOOR_RECOVERY },
		{ WIRE_CODES_SAVED, ERR_STATE, DOOR_RECOVERY } } },
};

static const struct taken *
taken(const struct door *door, enum wire_op op)
{
	static const struct taken cut = { .err = ERR_KEEPER_GONE }, alive = { .err = ERR_OK };

	for (size_t i = 0; i < TAKEN_MOST; i++)
		if (door->taken[i].op == op)
			return &door->taken[i];
	return op == WIRE_ALIVE ? &alive : &cut;
}

/* --- one at a time -----------------------------------------------------------------------------
 */

/* How often somebody was denied, as the trail has it. */
static int
denied(const char *who)
{
	int64_t after = 0;
	uint32_t more = 1;
	int count = 0;

	while (more) {
		const struct wire_audit_page_reply *page = &reply.u.audit_page;

		wire_request_init(&request, WIRE_AUDIT_LIST);
		request.u.audit_page.from = after;
		request.u.audit_page.oldest_first = true;
		if (at_home_ask(host, &request, &reply) != ERR_OK)
			client_die("The trail cannot be read.");
		for (uint32_t i = 0; i < page->count; i++) {
			after = page->row[i].id;
			count += strcmp(page->row[i].who, who) == 0 &&
			    strcmp(page->row[i].result, "denied") == 0;
		}
		more = page->more;
	}
	return count;
}

static void
walk(const struct door *door)
{
	int before = denied(door->name), cut = 0;
	bool ok = true;

	for (enum wire_op op = WIRE_HELLO; op < WIRE_OP_COUNT; op++) {
		const struct taken *want = taken(door, op);
		int line = door->come();

		ok = gives(line, op, want->err, op == WIRE_ALIVE ? door->door : want->then) && ok;
		cut += want->err == ERR_KEEPER_GONE;
		close(line);
	}
	result(ok, door->name, "at a door only what belongs to it, and only in its turn");
	if (door->door != DOOR_NAME)
		result(denied(door->name) == before + cut, door->name,
		    "each of the others is in the trail");
}

/* Whoever went back is nobody: what belonged to the door behind, or to home, is cut. */
static void
walk_back(const struct door *door, bool shown)
{
	bool ok = true;

	for (enum wire_op op = WIRE_HELLO; op < WIRE_OP_COUNT; op++) {
		const struct taken *want = taken(&doors[0], op);
		int line = door->come();

		ok = (!shown || ask_key(line) == ERR_OK) && ask(line, WIRE_BACK) == ERR_OK &&
		    gives(line, op, want->err, DOOR_NAME) && ok;
		close(line);
	}
	result(ok, door->name, "who went back from a door is nobody again");
}

/* --- in another's turn -------------------------------------------------------------------------
 */

/* A code of the key that another line was shown, on a line that was shown none. */
static void
another_lines_key(void)
{
	int shown, line;
	bool ok;

	reset();
	shown = at_configure();
	line = at_configure();
	ok = ask_key(shown) == ERR_OK && ask_code(line, WIRE_ACTIVATE, "now") == ERR_PENDING_GONE &&
	    reply.door == DOOR_CONFIGURE;
	result(ok, "operator", "a key is activated by no line but the one that was shown it");
	ok = ask_code(shown, WIRE_ACTIVATE, "now") == ERR_OK && reply.door == DOOR_RECOVERY;
	result(ok, "operator", "and by that one it is");
	ok = ask(line, WIRE_ENROL) == ERR_CONFIGURED &&
	    ask_code(line, WIRE_ACTIVATE, "30 seconds") == ERR_CONFIGURED;
	result(ok, "operator", "from then on the other line has nothing to configure");
	close(shown);
	close(line);
}

/* A request that is proved by one of the recovery codes that the line was shown last. */
static enum err
ask_proved(int line, enum wire_op op, const char *code)
{
	wire_request_init(&request, op);
	wire_put(request.u.proof.proof.recovery, sizeof request.u.proof.proof.recovery, code);
	return at_home_ask(line, &request, &reply);
}

/* Not yet shown, they are not saved; then they are. Leaves two of them. */
static bool
shown_first(int line, char codes[2][WIRE_RECOVERY_SIZE])
{
	bool ok = gives(line, WIRE_CODES_SAVED, ERR_STATE, DOOR_RECOVERY) &&
	    gives(line, WIRE_CODES, ERR_OK, DOOR_RECOVERY);

	for (int i = 0; i < 2; i++)
		wire_put(codes[i], WIRE_RECOVERY_SIZE, reply.u.codes.code[i]);
	return ok && gives(line, WIRE_CODES_SAVED, ERR_OK, DOOR_HOME);
}

/* Recovery codes are saved by the line that was shown them, each set anew. */
static void
another_lines_codes(void)
{
	static char codes[2][WIRE_RECOVERY_SIZE];
	int shown = at_recovery(), line;
	bool ok = gives(shown, WIRE_CODES, ERR_OK, DOOR_RECOVERY);

	line = at_configure(); /* by now it is the door of the code */
	ok = ok && ask_code(line, WIRE_CODE, "30 seconds") == ERR_OK && shown_first(line, codes);
	result(ok, "operator", "codes are saved by no line but one that was shown them");
	ok = ask_proved(line, WIRE_RENEW_CODES, codes[0]) == ERR_OK && shown_first(line, codes);
	result(ok, "operator", "so are the next ones");
	require_2fa("no");
	ok = ask_proved(line, WIRE_DEACTIVATE, codes[1]) == ERR_OK && ask_key(line) == ERR_OK &&
	    ask_code(line, WIRE_ACTIVATE, "now") == ERR_OK && shown_first(line, codes);
	result(ok, "operator", "and those of another key");
	ok = gives(line, WIRE_CODES_SAVED, ERR_KEEPER_GONE, DOOR_HOME);
	result(ok, "operator", "at home there are none to be saved");
	close(shown);
	close(line);
}

static void
read_secrets(const char *path)
{
	FILE *file;

	client_line(path, password, sizeof password);
	file = fopen(path, "r");
	if (file == NULL || fgets(invitation, sizeof invitation, file) == NULL ||
	    fgets(invitation, sizeof invitation, file) == NULL)
		client_die("The invitation cannot be read.");
	invitation[strcspn(invitation, "\n")] = '\0';
	(void)fclose(file);
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		client_die("Usage: doors STATE PASSWORD-FILE");
	state = argv[1];
	read_secrets(argv[2]);
	host = client_open(state, WIRE_HOST);
	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++)
		walk(&doors[i]);
	reset();
	walk_back(&doors[1], false);
	walk_back(&doors[3], true);
	another_lines_key();
	another_lines_codes();
	return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
