/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * throng STATE PASSWORD-FILE PEOPLE EACH ROUNDS
 *
 * p1, p2, ... PEOPLE of them, each at home on EACH lines, run "waits" on all of them at once, and
 * stay; p1 then asks 300 times for one more. Beside them somebody honest, p0, runs "quick" ROUNDS
 * times while they begin, and again while they are there, and types as many keys at "echoes". A
 * line for each of these: "begin N MEDIAN P99" and so on, in microseconds; "runs N"; "refused N".
 * Then it waits for standard input to end, and all lines drop.
 */
#include "at_home.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "wire/line.h"
#include "wire/run.h"

enum { LINES_MOST = 512, ROUNDS_MOST = 1000, PATIENCE = 60000 /* ms */, GREEDY = 300 };

static struct wire_reply reply;

static int64_t
microseconds(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000000) + ts.tv_nsec / 1000;
}

/* --- runs ---------------------------------------------------------------------------------- */

static int
come_home(const char *state, unsigned number, const char *password)
{
	char name[16];
	int line = client_open(state, WIRE_PERSON);

	(void)snprintf(name, sizeof name, "p%u", number);
	if (at_home_password(line, name, password, &reply) != ERR_OK)
		client_die("Somebody does not come home.");
	return line;
}

static void
ask(int line, const char *name)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_COMMAND_RUN);
	wire_put(request.u.run.name, sizeof request.u.run.name, name);
	wire_put(request.u.run.term, sizeof request.u.run.term, "xterm");
	wire_put(request.u.run.language, sizeof request.u.run.language, "C.UTF-8");
	if (line_send_request(line, &request) != ERR_OK)
		client_die("A line is down.");
}

static enum err
granted(int line, int *ret_pump)
{
	enum err err;

	*ret_pump = -1;
	do
		err = line_receive_reply_with(line, &reply, ret_pump);
	while (err == ERR_OK && reply.op != WIRE_COMMAND_RUN && reply.op != WIRE_NO_OP);
	return err == ERR_OK ? (enum err)reply.err : err;
}

/* The next message of that kind. */
static void
expect(int pump, enum run_pump wanted)
{
	static char bytes[RUN_PUMP_MAX];
	struct pollfd line = { .fd = pump, .events = POLLIN };
	char kind = 0;
	size_t size;

	while (kind != (char)wanted)
		if (poll(&line, 1, PATIENCE) != 1 ||
		    run_receive(pump, &kind, bytes, &size) != ERR_OK ||
		    (kind == RUN_OVER && wanted != RUN_OVER))
			client_die("A run does not go on.");
}

/* --- somebody honest ----------------------------------------------------------------------- */

static int
compare(const void *one, const void *other)
{
	const int64_t *a = one, *b = other;

	return *a < *b ? -1 : *a > *b;
}

static void
tell(const char *what, int64_t *times, size_t count)
{
	qsort(times, count, sizeof *times, compare);
	(void)printf("%s %zu %" PRId64 " %" PRId64 "\n", what, count, times[count / 2],
	    times[(count * 99 + 99) / 100 - 1]);
	(void)fflush(stdout);
}

/* The run before counts until the keeper has heard of its end. */
static int
begin(int line, const char *name, int64_t *ret_asked)
{
	enum err err;
	int pump;

	do {
		*ret_asked = microseconds();
		ask(line, name);
		err = granted(line, &pump);
	} while (err == ERR_RUN_ALREADY && poll(NULL, 0, 1) == 0);
	if (err != ERR_OK)
		client_die(err_sentence(err));
	return pump;
}

static void
run_quick(int line, const char *what, size_t rounds)
{
	static int64_t times[ROUNDS_MOST];

	for (size_t i = 0; i < rounds; i++) {
		int64_t asked;
		int pump = begin(line, "quick", &asked);

		expect(pump, RUN_OUTPUT);
		times[i] = microseconds() - asked;
		expect(pump, RUN_OVER);
		close(pump);
	}
	tell(what, times, rounds);
}

static void
type_keys(int line, size_t rounds)
{
	static int64_t times[ROUNDS_MOST];
	int64_t asked;
	int pump = begin(line, "echoes", &asked);

	expect(pump, RUN_OUTPUT);
	for (size_t i = 0; i < rounds; i++) {
		asked = microseconds();
		if (run_send(pump, RUN_INPUT, "x", 1) != ERR_OK)
			client_die("A key is not taken.");
		expect(pump, RUN_OUTPUT);
		times[i] = microseconds() - asked;
	}
	tell("keys", times, rounds);
	close(pump);
}

/* --- the others ---------------------------------------------------------------------------- */

static void
throng(const int *lines, size_t count, int *pumps)
{
	for (size_t i = 0; i < count; i++)
		ask(lines[i], "waits");
	for (size_t i = 0; i < count; i++) {
		enum err err = granted(lines[i], &pumps[i]);

		if (err != ERR_OK)
			client_die(err_sentence(err));
	}
	for (size_t i = 0; i < count; i++)
		expect(pumps[i], RUN_OUTPUT);
	(void)printf("runs %zu\n", count);
	(void)fflush(stdout);
}

static void
be_greedy(int line)
{
	unsigned refused = 0;
	int pump;

	for (int i = 0; i < GREEDY; i++) {
		ask(line, "waits");
		refused += granted(line, &pump) == ERR_RUN_MANY;
	}
	(void)printf("refused %u\n", refused);
	(void)fflush(stdout);
}

int
main(int argc, char **argv)
{
	static int lines[LINES_MOST], pumps[LINES_MOST];
	char password[TEXT_PASSWORD_SIZE], byte;
	size_t people, each, rounds;
	int honest, greedy, status;
	pid_t child;

	if (argc != 6)
		client_die("usage: throng STATE PASSWORD-FILE PEOPLE EACH ROUNDS");
	client_line(argv[2], password, sizeof password);
	people = strtoul(argv[3], NULL, 10);
	each = strtoul(argv[4], NULL, 10);
	rounds = strtoul(argv[5], NULL, 10);
	if (people * each < 1 || people * each > LINES_MOST || rounds < 1 || rounds > ROUNDS_MOST)
		client_die("So many there are not.");
	honest = come_home(argv[1], 0, password);
	greedy = come_home(argv[1], 1, password);
	for (size_t i = 0; i < people * each; i++)
		lines[i] = come_home(argv[1], (unsigned)(1 + i / each), password);
	child = fork();
	if (child == 0) {
		run_quick(honest, "begin", rounds);
		_exit(0);
	}
	throng(lines, people * each, pumps);
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		client_die("The honest one did not come through.");
	run_quick(honest, "beside", rounds);
	type_keys(honest, rounds);
	be_greedy(greedy);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		continue;
	return 0;
}
