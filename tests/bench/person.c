/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person.h"
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "auth/totp.h"
#include "../client/client.h"

enum {
	TRIES = 10,
	WAIT_MOST = 5
}; /* as in src/ui/stack/ask.c: each a second later than the one before, up to five */

static void
wait_seconds(int seconds)
{
	const struct timespec wait = { .tv_sec = seconds };

	(void)nanosleep(&wait, NULL);
}

void
person_from(size_t number)
{
	char from[64];

	(void)snprintf(from, sizeof from, "2001:db8:0:%zx::7 5022 2001:db8:ffff::1 22",
	    number & 0xffff);
	(void)setenv("SSH_CONNECTION", from, 1);
}

enum err
person_password(const char *state, size_t number, int *ret_line)
{
	static struct wire_reply reply;
	char name[32];
	int line = client_open(state, WIRE_PERSON);
	enum err err = ERR_BUSY;

	(void)snprintf(name, sizeof name, "u%zu", number + 1);
	for (int tries = 0; err == ERR_BUSY && tries <= TRIES; tries++) {
		wait_seconds(tries < WAIT_MOST ? tries : WAIT_MOST);
		err = client_password(line, name, BENCH_PASSWORD, &reply);
	}
	if (err == ERR_OK && reply.door != DOOR_CODE)
		bench_die("Behind the first door is no second.");
	*ret_line = line;
	return err;
}

static enum err
ask_code(int line, const char *code, uint32_t *ret_door)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, code);
	err = client_ask(line, &request, &reply);
	*ret_door = reply.door;
	return err;
}

enum err
person_code(int line, const struct secret *key)
{
	uint32_t door = DOOR_CLOSED;
	char code[9];
	enum err err = totp_code(key, totp_step((int64_t)time(NULL)), TOTP_DIGITS, code);

	if (err == ERR_OK)
		err = ask_code(line, code, &door);
	if (err == ERR_OK && door != DOOR_HOME)
		bench_die("Behind the second door is no home.");
	return err;
}

enum err
person_sign_in(const char *state, size_t number, const struct secret *key, int *ret_line)
{
	enum err err;

	person_from(number);
	err = person_password(state, number, ret_line);
	return err == ERR_OK ? person_code(*ret_line, key) : err;
}

enum err
person_wrong_code(int line)
{
	uint32_t door;

	return ask_code(line, "000000", &door);
}
