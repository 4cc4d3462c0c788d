/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * racer STATE NAME PASSWORD-FILE CODE N
 *
 * N processes pass the password, wait for each other, and then all send the same code at once.
 * Prints a line for each verdict and how many had it: "OK 1", "CODE_USED 199". A verdict on the
 * password, where that was not passed, reads "PASSWORD:PAUSED 3". "AMISS": a code was accepted, and
 * still the door is none behind it; or a client came to no verdict. One that fails ends it all.
 */
#include "client.h"
#include "crowd.h"

#include <stdio.h>
#include <stdlib.h>

enum { RACER_MOST = 1000 };

/* Zero, as memory comes, is no verdict: it is amiss. */
enum racer_stage { RACER_AMISS, RACER_PASSWORD, RACER_CODE, RACER_STAGES };

struct racer_verdict {
	enum racer_stage stage;
	enum err err;
};

struct race {
	const char *state, *name, *code;
	char password[TEXT_PASSWORD_SIZE];
	struct racer_verdict *verdicts; /* shared: one of each client */
};

static struct racer_verdict
racer_code(int line, const char *code)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, code);
	err = client_ask(line, &request, &reply);
	if (err == ERR_OK && reply.door != DOOR_HOME && reply.door != DOOR_RECOVERY &&
	    reply.door != DOOR_PASSWORD)
		return (struct racer_verdict){ .stage = RACER_AMISS };
	return (struct racer_verdict){ .stage = RACER_CODE, .err = err };
}

static void
racer_member(struct crowd *crowd, size_t number, void *context)
{
	static struct wire_reply reply;
	const struct race *race = context;
	int line = client_open(race->state, WIRE_PERSON);
	enum err err = client_password(line, race->name, race->password, &reply);
	struct racer_verdict verdict = { .stage = RACER_PASSWORD, .err = err };

	crowd_wait(crowd);
	if (err == ERR_OK)
		verdict = racer_code(line, race->code);
	race->verdicts[number] = verdict;
}

static void
racer_print(const struct racer_verdict *verdicts, size_t clients)
{
	unsigned counts[RACER_STAGES][ERR_COUNT] = { 0 };

	for (size_t i = 0; i < clients; i++)
		counts[verdicts[i].stage][verdicts[i].err]++;
	for (int i = 0; i < ERR_COUNT; i++)
		if (counts[RACER_CODE][i] > 0)
			(void)printf("%s %u\n", client_err_name((enum err)i),
			    counts[RACER_CODE][i]);
	for (int i = 0; i < ERR_COUNT; i++)
		if (counts[RACER_PASSWORD][i] > 0)
			(void)printf("PASSWORD:%s %u\n", client_err_name((enum err)i),
			    counts[RACER_PASSWORD][i]);
	if (counts[RACER_AMISS][ERR_OK] > 0)
		(void)printf("AMISS %u\n", counts[RACER_AMISS][ERR_OK]);
}

int
main(int argc, char **argv)
{
	static struct race race;
	long clients = argc == 6 ? strtol(argv[5], NULL, 10) : 0;

	if (clients < 1 || clients > RACER_MOST)
		client_die("Usage: racer STATE NAME PASSWORD-FILE CODE N");
	race.state = argv[1];
	race.name = argv[2];
	race.code = argv[4];
	client_line(argv[3], race.password, sizeof race.password);
	race.verdicts = crowd_share((size_t)clients * sizeof *race.verdicts);
	(void)crowd_run((size_t)clients, racer_member, &race);
	racer_print(race.verdicts, (size_t)clients);
	return EXIT_SUCCESS;
}
