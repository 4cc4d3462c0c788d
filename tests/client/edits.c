/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edits STATE PASSWORD-FILE ROUNDS
 *
 * Two Super Administrators, one and two, save settings at one moment: both requests are sent before
 * either is answered. In turn: different settings; two each, of which one is the same; a switch
 * that is changed on its own. 2FA is optional, and neither has any. Prints for each round its kind,
 * what both were told, sorted, and "whole" or "torn": whether all of each request was done, or
 * nothing.
 */
#include "at_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/secret.h"
#include "wire/line.h"

enum { ASKERS = 2, EDITS = 2 };

struct edit {
	enum setting_id id;
	const char *value;
};

/* id SETTING_COUNT: none. */
static const struct round {
	const char *kind;
	struct edit edit[ASKERS][EDITS];
} rounds[] = {
	{ "different",
	    { { { SETTING_IDLE_LOCK, "20m" }, { SETTING_WELCOME, "One was here" } },
		{ { SETTING_PAUSE_AFTER, "6" }, { SETTING_PASSWORD_LENGTH, "14" } } } },
	{ "same",
	    { { { SETTING_IDLE_LOCK, "20m" }, { SETTING_CONSOLE_NAME, "One" } },
		{ { SETTING_PAUSE_AFTER, "6" }, { SETTING_CONSOLE_NAME, "Two" } } } },
	{ "switch",
	    { { { SETTING_FOUR_EYES, "yes" }, { SETTING_COUNT, "" } },
		{ { SETTING_FOUR_EYES, "yes" }, { SETTING_COUNT, "" } } } },
};

static const char *const names[ASKERS] = { "one", "two" };
static const char *state;
static char password[TEXT_PASSWORD_SIZE];
static int host;

/* By the host: as it is from the start. */
static void
restore(void)
{
	static const enum setting_id changed[] = { SETTING_IDLE_LOCK, SETTING_WELCOME,
		SETTING_PAUSE_AFTER, SETTING_PASSWORD_LENGTH, SETTING_CONSOLE_NAME,
		SETTING_FOUR_EYES };
	struct wire_request request;
	struct wire_reply reply;

	for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
		wire_request_init(&request, WIRE_SETTING_SET);
		request.u.setting_set.id = changed[i];
		wire_put(request.u.setting_set.value, sizeof request.u.setting_set.value,
		    policy_setting(changed[i])->value);
		if (at_home_ask(host, &request, &reply) != ERR_OK)
			client_die("The host cannot change a setting.");
	}
}

static void
fill(struct wire_request *request, const struct edit edit[EDITS])
{
	struct wire_setting_change_request *change = &request->u.setting_change;

	wire_request_init(request, WIRE_SETTING_CHANGE);
	for (int i = 0; i < EDITS && edit[i].id < SETTING_COUNT; i++) {
		struct wire_edit *one = &change->edit[change->count++];

		one->id = edit[i].id;
		wire_put(one->seen, sizeof one->seen, policy_setting(edit[i].id)->value);
		wire_put(one->value, sizeof one->value, edit[i].value);
	}
	wire_put(change->proof.password, sizeof change->proof.password, password);
}

/* Whether all of a request that was accepted is stored, and nothing of another but what both
 * wanted. */
static bool
is_whole(const struct round *round, const enum err told[ASKERS])
{
	struct wire_request request;
	struct wire_reply reply;
	bool whole = true;

	wire_request_init(&request, WIRE_SETTING_LIST);
	if (at_home_ask(host, &request, &reply) != ERR_OK)
		client_die("The host cannot read the settings.");
	for (int who = 0; who < ASKERS; who++)
		for (int i = 0; i < EDITS; i++) {
			const struct edit *edit = &round->edit[who][i];
			bool stored = edit->id < SETTING_COUNT &&
			    strcmp(reply.u.setting_list.value[edit->id], edit->value) == 0;

			if (edit->id < SETTING_COUNT && edit->id != SETTING_FOUR_EYES)
				whole = whole && stored == (told[who] == ERR_OK);
			if (edit->id == SETTING_FOUR_EYES)
				whole = whole && stored;
		}
	return whole;
}

static void
play(const struct round *round)
{
	struct wire_request request;
	struct wire_reply reply;
	enum err told[ASKERS];
	int line[ASKERS];

	for (int i = 0; i < ASKERS; i++) {
		line[i] = client_open(state, WIRE_PERSON);
		if (at_home_password(line[i], names[i], password, &reply) != ERR_OK)
			client_die("A password is wrong.");
	}
	for (int i = 0; i < ASKERS; i++) {
		fill(&request, round->edit[i]);
		if (line_send_request(line[i], &request) != ERR_OK)
			client_die("The line is gone.");
		secret_wipe(&request, sizeof request);
	}
	for (int i = 0; i < ASKERS; i++)
		told[i] = at_home_verdict(line[i]);
	(void)printf("%s %s %s %s\n", round->kind, client_err_name(told[told[0] == ERR_OK ? 0 : 1]),
	    client_err_name(told[told[0] == ERR_OK ? 1 : 0]),
	    is_whole(round, told) ? "whole" : "torn");
	for (int i = 0; i < ASKERS; i++)
		close(line[i]);
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		client_die("usage: edits STATE PASSWORD-FILE ROUNDS");
	state = argv[1];
	client_line(argv[2], password, sizeof password);
	host = client_open(state, WIRE_HOST);
	for (int round = 0; round < atoi(argv[3]); round++) {
		restore();
		play(&rounds[(size_t)round % (sizeof rounds / sizeof *rounds)]);
	}
	close(host);
	return 0;
}
