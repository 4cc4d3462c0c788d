/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/totp.h"
#include "wire/line.h"

_Noreturn void
strain_die(const struct strain *strain, const char *what, enum err err)
{
	(void)fprintf(stderr, "point %llu, %s, %s: %s: %s\n", (unsigned long long)strain->at,
	    strain->armed ? "while it fails" : "afterwards", strain->step, what,
	    client_err_name(err));
	exit(EXIT_FAILURE);
}

void
strain_drop(struct strain *strain)
{
	if (strain->line >= 0)
		close(strain->line);
	strain->line = -1;
}

enum err
strain_ask(struct strain *strain, const char *step, struct wire_request *request,
    struct wire_reply *reply)
{
	enum err err;

	strain->step = step;
	err = line_ask(strain->line, request, reply);
	if (err == ERR_KEEPER_GONE || reply->op == WIRE_NO_OP)
		strain_drop(strain);
	else
		strain->door = (enum signin_door)reply->door;
	return err;
}

/* What is wrong is refused, with the verdict or with an excuse. */
static void
try_wrong(struct strain *strain, const char *step, struct wire_request *request, enum err verdict)
{
	static struct wire_reply reply;
	enum signin_door before = strain->door;
	enum err err;

	if (!strain->armed || strain->line < 0)
		return;
	err = strain_ask(strain, step, request, &reply);
	if (err != verdict && !faulty_excuse(err))
		strain_die(strain, "it was to be refused", err);
	strain->wrong_passwords += err == ERR_CREDENTIALS;
	strain->wrong_codes += err == ERR_CODE_WRONG;
	if (strain->line >= 0 && strain->door != before)
		strain_die(strain, "another door is open", err);
}

static enum err
try_right(struct strain *strain, const char *step, struct wire_request *request,
    struct wire_reply *reply)
{
	enum err err = strain->line < 0 ? ERR_KEEPER_GONE
					: strain_ask(strain, step, request, reply);

	if (err != ERR_OK && (!strain->armed || !faulty_excuse(err)))
		strain_die(strain, "it was to be let in", err);
	return err;
}

/* --- what is said at the doors --------------------------------------------------- */

void
strain_fill_password(const struct strain *strain, bool right, struct wire_request *request)
{
	client_fill_password(request, strain->name,
	    right ? strain->password : "another horse battery");
}

/* The key from its Base32 (RFC 4648 6). */
static struct secret *
read_key(const struct strain *strain)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct secret *key = NULL;
	unsigned buffer = 0, bits = 0;

	if (secret_new(TOTP_KEY_SIZE, &key) != ERR_OK)
		client_die("There is no memory.");
	for (const char *c = strain->key; *c != '\0' && key->length < TOTP_KEY_SIZE; c++) {
		buffer = buffer << 5 | (unsigned)(strchr(alphabet, *c) - alphabet);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			key->bytes[key->length++] = (unsigned char)(buffer >> bits);
		}
	}
	return key;
}

/* A code from an hour ahead is wrong now, unless it happens to be one of those around now: then the
 * next one is taken. */
static void
make_code(const struct strain *strain, bool right, char code[9])
{
	struct secret *key = read_key(strain);
	int64_t step = totp_step(strain->page->clock), ahead = 120;
	char near[3][9];

	for (int i = 0; i < 3; i++)
		if (totp_code(key, step - 1 + i, TOTP_DIGITS, near[i]) != ERR_OK)
			client_die("There is no code.");
	memcpy(code, near[1], sizeof near[1]);
	while (!right &&
	    (strcmp(code, near[0]) == 0 || strcmp(code, near[1]) == 0 ||
		strcmp(code, near[2]) == 0))
		if (totp_code(key, step + ahead++, TOTP_DIGITS, code) != ERR_OK)
			client_die("There is no code.");
	secret_free(key);
}

void
strain_fill_code(const struct strain *strain, enum wire_op op, bool right,
    struct wire_request *request)
{
	char code[9];

	make_code(strain, right, code);
	wire_request_init(request, op);
	if (op == WIRE_ACTIVATE)
		wire_put(request->u.activate.code, sizeof request->u.activate.code, code);
	else
		wire_put(request->u.code.code, sizeof request->u.code.code, code);
}

/* --- the doors --------------------------------------------------------------------- */

enum err
strain_at_name(struct strain *strain)
{
	static struct wire_reply reply;
	struct wire_request request;

	strain_fill_password(strain, false, &request);
	if (!strain->configures)
		try_wrong(strain, "a wrong password", &request, ERR_CREDENTIALS);
	strain_fill_password(strain, true, &request);
	return try_right(strain, "the password", &request, &reply);
}

static enum err
at_code(struct strain *strain)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err;

	strain_fill_code(strain, WIRE_CODE, false, &request);
	try_wrong(strain, "a wrong code", &request, ERR_CODE_WRONG);
	strain_fill_code(strain, WIRE_CODE, true, &request);
	err = try_right(strain, "the code", &request, &reply);
	strain->opened += err == ERR_OK;
	return err;
}

/* A key is shown on one line only: whatever fails in between, the one of this line is the one. */
static enum err
at_configure(struct strain *strain)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_ENROL);
	err = try_right(strain, "the key", &request, &reply);
	if (err != ERR_OK)
		return err;
	wire_put(strain->key, sizeof strain->key, reply.u.enrol.key);
	strain_fill_code(strain, WIRE_ACTIVATE, false, &request);
	try_wrong(strain, "a wrong code to configure", &request, ERR_CODE_WRONG);
	strain_fill_code(strain, WIRE_ACTIVATE, true, &request);
	err = try_right(strain, "the code to configure", &request, &reply);
	strain->opened += err == ERR_OK;
	return err;
}

static enum err
at_recovery(struct strain *strain)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_CODES);
	err = try_right(strain, "the recovery codes", &request, &reply);
	wire_request_init(&request, WIRE_CODES_SAVED);
	return err == ERR_OK ? try_right(strain, "that they are saved", &request, &reply) : err;
}

enum err
strain_walk(struct strain *strain)
{
	static enum err (*const at[DOOR_COUNT])(struct strain * strain) = {
		[DOOR_NAME] = strain_at_name,
		[DOOR_CODE] = at_code,
		[DOOR_CONFIGURE] = at_configure,
		[DOOR_RECOVERY] = at_recovery,
	};
	enum err err = ERR_OK;

	while (err == ERR_OK && strain->door != DOOR_HOME) {
		if (at[strain->door] == NULL)
			strain_die(strain, "there is no way on from here", err);
		err = at[strain->door](strain);
	}
	return err;
}

enum err
strain_come(struct strain *strain)
{
	static struct wire_reply hello;
	enum err err;

	strain_drop(strain);
	if (strain->door == DOOR_RECOVERY)
		strain->page->clock += TOTP_PERIOD;
	strain->step = "hello";
	strain->door = DOOR_NAME;
	err = faulty_open(strain->state, WIRE_PERSON, &strain->line, &hello);
	if (err != ERR_OK && (!strain->armed || !faulty_excuse(err)))
		strain_die(strain, "no line", err);
	return err;
}
