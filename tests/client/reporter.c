/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reporter STATE RUN NAME PERSON HOW TIMES
 *
 * A runner that tells the keeper more than once how a run ended: HOW 1 is a status, 2 a signal.
 * Prints the keeper's answers.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct wire_request request;
static struct wire_reply reply;

/* Each on a line of its own, as a runner does whose answer was lost. */
static void
tell(char **argv)
{
	int line = client_open(argv[1], WIRE_RUNNER);

	wire_request_init(&request, WIRE_RUN_REPORT);
	request.u.run_report.event = RUN_EVENT_ENDED;
	request.u.run_report.how = (uint32_t)strtoul(argv[5], NULL, 10);
	request.u.run_report.milliseconds = 17;
	wire_put(request.u.run_report.id, sizeof request.u.run_report.id, argv[2]);
	wire_put(request.u.run_report.name, sizeof request.u.run_report.name, argv[3]);
	wire_put(request.u.run_report.person, sizeof request.u.run_report.person, argv[4]);
	wire_put(request.u.run_report.source, sizeof request.u.run_report.source, "192.0.2.1");
	(void)puts(client_err_name(client_ask(line, &request, &reply)));
	close(line);
}

int
main(int argc, char **argv)
{
	if (argc != 7)
		client_die("usage: reporter STATE RUN NAME PERSON HOW TIMES");
	for (long times = strtol(argv[6], NULL, 10); times > 0; times--)
		tell(argv);
	return 0;
}
