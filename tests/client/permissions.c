/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * permissions STATE PASSWORD-FILE HOST
 *
 * Asks a keeper that runs for everything, as every role at home, as the host, and locked, straight
 * over the socket, and compares what it says with core/permission.c. (doors.c asks at the doors.)
 * What is denied must be in the trail. Prints TAP. People of the state, all with that password: an
 * operator, administrator and super-administrator of that name, who ask; other-operator ... whom it
 * is done to. 2FA is optional. HOST: as whom the host acts.
 */
#include "at_home.h"
#include "permissions_want.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *state;
static char password[TEXT_PASSWORD_SIZE];
static struct wire_request request;
static struct wire_reply reply;
static int host = -1, number, failures;
static uint32_t door; /* where the last one who was asked about stands */

static void
result(bool ok, const char *who, const char *what)
{
	(void)printf("%sok %d - %s: %s\n", ok ? "" : "not ", ++number, who, what);
	failures += !ok;
}

/* --- lines ------------------------------------------------------------------------------- */

/* A line of someone: at the door that the password leads to, or without a name at the first. */
static int
come(const char *name, const char *secret)
{
	int line = client_open(state, WIRE_PERSON);

	if (name != NULL && at_home_password(line, name, secret, &reply) != ERR_OK)
		client_die("A password is wrong.");
	return line;
}

static void
ask_host(enum wire_op op)
{
	enum err err = at_home_ask(host, &request, &reply);

	if (err != ERR_OK && err != ERR_NAME_TAKEN) {
		(void)fprintf(stderr, "%s: %s\n", wire_op_name(op), client_err_name(err));
		client_die("The host cannot prepare.");
	}
}

/* Everyone whom it was done to is as before. */
static void
restore(void)
{
	for (int role = 0; role < ROLE_COUNT; role++) {
		char name[64];

		(void)snprintf(name, sizeof name, "other-%s", role_word((enum role)role));
		wire_request_init(&request, WIRE_USER_ADD);
		wire_put(request.u.user_add.name, sizeof request.u.user_add.name, name);
		wire_put(request.u.user_add.password, sizeof request.u.user_add.password, password);
		request.u.user_add.role = (uint8_t)role;
		ask_host(WIRE_USER_ADD);
		wire_request_init(&request, WIRE_USER_ENABLE);
		wire_put(request.u.user_enable.name, sizeof request.u.user_enable.name, name);
		request.u.user_enable.enabled = 1;
		ask_host(WIRE_USER_ENABLE);
	}
}

/* --- the trail ------------------------------------------------------------------------------ */

static int64_t seen_to; /* id of the last row that was looked at */

/* Whether one row was added since the last look, of that person and result; every row is looked at.
 */
static bool
denied_row(const char *who, int *ret_others)
{
	bool found = false;
	uint32_t more = 1;

	*ret_others = 0;
	while (more) {
		const struct wire_audit_page_reply *page = &reply.u.audit_page;

		wire_request_init(&request, WIRE_AUDIT_LIST);
		request.u.audit_page.from = seen_to;
		request.u.audit_page.oldest_first = true;
		ask_host(WIRE_AUDIT_LIST);
		for (uint32_t i = 0; i < page->count; i++) {
			bool mine = strcmp(page->row[i].who, who) == 0 &&
			    strcmp(page->row[i].result, "denied") == 0;

			seen_to = page->row[i].id;
			found = found || (mine && page->row[i].action[0] != '\0');
			*ret_others += mine ? 0 : 1;
		}
		more = page->more;
	}
	return found;
}

/* --- requests ----------------------------------------------------------------------------------
 */

/* One of that op, done to that person; harmless where it is allowed, but for what restore() puts
 * right. */
static void
fill(enum wire_op op, const char *actor, const char *target, enum role role)
{
	wire_request_init(&request, op);
	if (op == WIRE_HELLO)
		request.u.hello.kind = WIRE_HOST;
	if (op == WIRE_USER_ADD || op == WIRE_USER_PASSWORD) {
		if (op == WIRE_USER_ADD)
			(void)snprintf(request.u.user_add.name, sizeof request.u.user_add.name,
			    "new-%s-%s", actor, role_word(role));
		else
			wire_put(request.u.user_add.name, sizeof request.u.user_add.name, target);
		wire_put(request.u.user_add.password, sizeof request.u.user_add.password, password);
		request.u.user_add.role = (uint8_t)role;
	} else if (op == WIRE_USER_ENABLE) {
		wire_put(request.u.user_enable.name, sizeof request.u.user_enable.name, target);
	} else if (op == WIRE_USER_RESET) {
		wire_put(request.u.user_reset.name, sizeof request.u.user_reset.name, target);
		wire_put(request.u.user_reset.reason, sizeof request.u.user_reset.reason,
		    "asked for");
	} else if (op == WIRE_USER_ROLE) {
		wire_put(request.u.user_role.name, sizeof request.u.user_role.name, target);
		request.u.user_role.role = (uint8_t)role;
	} else if (op == WIRE_USER_REMOVE) {
		wire_put(request.u.user_remove.name, sizeof request.u.user_remove.name, target);
	} else if (op == WIRE_USER_UNLOCK) {
		wire_put(request.u.user_unlock.name, sizeof request.u.user_unlock.name, target);
	} else if (op == WIRE_USER_END) {
		wire_put(request.u.user_end.name, sizeof request.u.user_end.name, target);
	} else if (op == WIRE_SSH_ADD || op == WIRE_USER_SSH_ADD) {
		wire_put(request.u.ssh_add.key, sizeof request.u.ssh_add.key,
		    "ssh-ed25519 "
		    "AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB");
		if (op == WIRE_USER_SSH_ADD)
			wire_put(request.u.ssh_add.user, sizeof request.u.ssh_add.user, target);
	} else if (op == WIRE_USER_SSH_REMOVE) {
		wire_put(request.u.ssh_key.user, sizeof request.u.ssh_key.user, target);
		wire_put(request.u.ssh_key.fingerprint, sizeof request.u.ssh_key.fingerprint,
		    "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
	} else if (op == WIRE_USER_SHOW || op == WIRE_DEVICE_LIST || op == WIRE_USER_SSH_LIST) {
		wire_put(request.u.user_name.name, sizeof request.u.user_name.name, target);
	} else if (op == WIRE_SETTING_CHANGE) {
		request.u.setting_change.count = 1;
		request.u.setting_change.edit[0].id = SETTING_CONSOLE_NAME;
		wire_put(request.u.setting_change.edit[0].value, POLICY_VALUE_SIZE, "Mine");
		wire_put(request.u.setting_change.edit[0].seen, POLICY_VALUE_SIZE, "ProVconnect");
	} else if (op == WIRE_CHANGE_PASSWORD || op == WIRE_NOT_ME) {
		wire_put(request.u.change_password.fresh, sizeof request.u.change_password.fresh,
		    "a password of my own choice");
	}
}

static enum want
verdict(enum err err)
{
	if (err == ERR_KEEPER_GONE)
		return CUT;
	if (err == ERR_LOCKED)
		return LOCKED;
	if (err == ERR_PROOF_NEEDED)
		return UNPROVED;
	return err == ERR_DENIED ? DENIED : ALLOWED;
}

/* --- one question
 * ---------------------------------------------------------------------------------- */

/* Asks once on the line, which is made anew if it is cut; *line: -1 for that. */
static bool
fits(int *line, const char *name, enum wire_op op, enum want want)
{
	enum err err = at_home_ask(*line, &request, &reply);
	bool ok = verdict(err) == want, row;
	int others;

	door = reply.door;
	if (verdict(err) == CUT) {
		close(*line);
		*line = -1;
	}
	row = denied_row(name, &others);
	/* A person's line that is cut, or who is denied, leaves a row that says so. */
	if (want == DENIED || (want == CUT && strncmp(name, "host:", 5) != 0 && name[0] != '\0'))
		ok = ok && row;
	else
		ok = ok && !row;
	if (!ok)
		(void)printf("# %s as %s: %s, row of it: %s\n", wire_op_name(op), name,
		    client_err_name(err), row ? "yes" : "no");
	return ok;
}

/* What is allowed to a proof is done with one. Five minutes of administering, which that may begin,
 * end here, so that the next is asked for one again. */
static bool
done_when_proved(int line, enum wire_op op)
{
	struct wire_proof *place = wire_request_proof(&request);
	enum err err;

	wire_put(place->password, sizeof place->password, password);
	err = at_home_ask(line, &request, &reply);
	wire_request_init(&request, WIRE_ADMINISTER_END);
	if (err == ERR_OK && at_home_ask(line, &request, &reply) == ERR_OK)
		return true;
	(void)printf("# %s, proved: %s\n", wire_op_name(op), client_err_name(err));
	return false;
}

/* One request of somebody, done to a person of that role, or to themself. */
static bool
asked_of(int *line, const char *name, const struct actor *actor, enum wire_op op, enum role role,
    bool self)
{
	enum want want = want_of(actor, op, self, role);
	char other[64];
	bool ok;
	int others;

	(void)snprintf(other, sizeof other, "other-%s", role_word(role));
	if (*line < 0)
		*line = actor->host ? client_open(state, WIRE_HOST) : come(name, password);
	fill(op, actor->host ? "host" : name, self ? name : other, role);
	ok = fits(line, name, op, want);
	fill(op, name, self ? name : other, role);
	if (want == UNPROVED && want_aim(op) != NOBODY)
		ok = done_when_proved(*line, op) && ok;
	if (want_aim(op) == PERSON)
		restore();
	(void)denied_row(name, &others);
	return ok;
}

static void
walk(const char *name, const struct actor *actor)
{
	int line = -1, others;

	(void)denied_row(name, &others);
	for (enum wire_op op = WIRE_HELLO; op < WIRE_OP_COUNT; op++) {
		bool ok = want_has_row(op);

		if (op == WIRE_LOCK)
			continue; /* it has a walk of its own */
		if (!ok)
			(void)printf("# It has no row in permissions_want.c.\n");
		if (want_aim(op) == NOBODY)
			ok = asked_of(&line, name, actor, op, actor->role, true) && ok;
		for (int i = 0; want_aim(op) != NOBODY && i < ROLE_COUNT; i++)
			ok = asked_of(&line, name, actor, op, (enum role)i, false) && ok;
		if (want_aim(op) == PERSON && !actor->host)
			ok = asked_of(&line, name, actor, op, actor->role, true) && ok;
		result(ok, name, wire_op_name(op));
	}
	if (line >= 0)
		close(line);
}

/* While the lock is closed nothing is given but to a proof. */
static void
walk_locked(const char *name)
{
	int line = -1, others;
	bool ok = true;

	for (enum wire_op op = WIRE_HELLO; op < WIRE_OP_COUNT; op++) {
		enum want want = want_is_home(op) ? LOCKED : CUT;

		if (line < 0) {
			line = come(name, password);
			wire_request_init(&request, WIRE_LOCK);
			ok = at_home_ask(line, &request, &reply) == ERR_OK &&
			    reply.door == DOOR_LOCKED && ok;
			(void)denied_row(name, &others);
		}
		fill(op, name, "other-operator", ROLE_OPERATOR);
		if (op == WIRE_ALIVE || op == WIRE_UNLOCK)
			want = op == WIRE_ALIVE ? ALLOWED : UNPROVED;
		ok = fits(&line, name, op, want) && ok;
		ok = (line < 0 || door == DOOR_LOCKED) && ok;
	}
	result(ok, name, "nothing while locked");
	close(line);
}

/* --- fields
 * ------------------------------------------------------------------------------------------------
 */

/* Names that no one can have, in every request that has one: refused, neither done nor a reason to
 * fall over. */
static void
bad_names(void)
{
	static const enum wire_op named[] = { WIRE_USER_ADD, WIRE_USER_SHOW, WIRE_USER_ENABLE,
		WIRE_USER_UNLOCK, WIRE_USER_END, WIRE_USER_PASSWORD, WIRE_USER_RESET,
		WIRE_USER_ROLE, WIRE_USER_REMOVE, WIRE_DEVICE_LIST, WIRE_USER_SSH_LIST };
	static const char *const names[] = { "", " ", "a b", "\xff\xfe", "a\x1b[31m",
		("a\xe2\x80\xae"
		 "b"),
		("a\xe2\x80\x8b"
		 "b"),
		"../../etc", "a\nb", "'; DROP TABLE user; --", "%n%s",
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" };
	int line = come("super-administrator", password);
	bool ok = true;

	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
			enum err err;

			fill(named[i], "x", names[n], ROLE_OPERATOR);
			if (named[i] == WIRE_USER_ADD)
				wire_put(request.u.user_add.name, sizeof request.u.user_add.name,
				    names[n]);
			err = at_home_ask(line, &request, &reply);
			if (err != ERR_NAME_UNKNOWN &&
			    (err < ERR_NAME_EMPTY || err > ERR_NAME_CHARACTERS) &&
			    err != ERR_FIELD_UTF8) {
				(void)printf("# %s of name %zu: %s\n", wire_op_name(named[i]), n,
				    client_err_name(err));
				ok = false;
			}
		}
	result(ok, "super-administrator", "a name that nobody can have is refused everywhere");
	close(line);
}

static void
bad_numbers(void)
{
	int line;
	bool ok = true;

	for (int i = 0; i < 4; i++) {
		line = come("super-administrator", password);
		fill(i < 2	 ? WIRE_USER_ROLE
			: i == 2 ? WIRE_USER_ENABLE
				 : WIRE_SETTING_CHANGE,
		    "x", "other-operator", ROLE_OPERATOR);
		if (i < 2)
			request.u.user_role.role = i == 0 ? ROLE_COUNT : 255;
		else if (i == 2)
			request.u.user_enable.enabled = 2;
		else
			request.u.setting_change.edit[0].id = SETTING_COUNT;
		ok = at_home_ask(line, &request, &reply) == ERR_KEEPER_GONE && ok;
		close(line);
	}
	result(ok, "super-administrator",
	    "a role, a setting, a yes or no that is none ends the line");
}

int
main(int argc, char **argv)
{
	char me[TEXT_NAME_SIZE];

	if (argc != 4)
		client_die("Usage: permissions STATE PASSWORD-FILE HOST");
	state = argv[1];
	client_line(argv[2], password, sizeof password);
	(void)snprintf(me, sizeof me, "host:%s", argv[3]);
	host = client_open(state, WIRE_HOST);
	restore();
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct actor actor = { .user = WANT_ME, .role = (enum role)role };

		walk(role_word((enum role)role), &actor);
		walk_locked(role_word((enum role)role));
	}
	walk(me, &(struct actor){ .host = true });
	bad_names();
	bad_numbers();
	(void)printf("1..%d\n", number);
	return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
