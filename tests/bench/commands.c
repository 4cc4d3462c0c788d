/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * commands STATE KEEPER-PID FILE RUNS ROUNDS
 *
 * What running a command costs, at a live keeper of a state that seed.c made and that has the
 * commands `first`, `keys`, `cat` and `tape`, which is `cat` recorded (commands.bash); FILE is what
 * they show. Each figure beside
 * what others take for the same, in turn: from Enter to the first byte, a key there and back, a
 * long file; then RUNS people with a command each.
 */
#include "commands.h"
#include "bench.h"
#include "person.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../client/client.h"
#include "wire/line.h"
#include "wire/run.h"

enum { RUNS_MOST = 500, ROUNDS_MOST = 1000, CATS = 5, KEYS_ROUND = 20, PATIENCE = 60000 };

struct bench {
	const char *state;
	pid_t keeper;
	const char *file;
	size_t runs, rounds;
	int line; /* of somebody at home */
};

/* --- a run --------------------------------------------------------------------------------- */

static enum err
ask(int line, const char *name, int *ret_pump)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_COMMAND_RUN);
	request.u.run.rows = 24;
	request.u.run.columns = 80;
	wire_put(request.u.run.name, sizeof request.u.run.name, name);
	wire_put(request.u.run.term, sizeof request.u.run.term, "xterm-256color");
	wire_put(request.u.run.language, sizeof request.u.run.language, "C.UTF-8");
	bench_ok(line_send_request(line, &request), "the request of a run");
	do
		err = line_receive_reply_with(line, &reply, ret_pump);
	while (err == ERR_OK && reply.op != WIRE_COMMAND_RUN && reply.op != WIRE_NO_OP);
	return err == ERR_OK ? (enum err)reply.err : err;
}

/* Until the keeper has heard that the run before is over there can be no other. Returns when the
 * one that was granted was asked for. */
static int64_t
begin(int line, const char *name, int *ret_pump)
{
	const struct timespec moment = { .tv_nsec = 1000000 };
	int64_t asked = bench_now();
	enum err err;

	while ((err = ask(line, name, ret_pump)) == ERR_RUN_ALREADY) {
		(void)nanosleep(&moment, NULL);
		asked = bench_now();
	}
	bench_ok(err, name);
	return asked;
}

/* The bytes of one message of output; 0: it is over. */
static size_t
hear(int pump)
{
	static char bytes[RUN_PUMP_MAX];
	struct pollfd line = { .fd = pump, .events = POLLIN };
	char kind = RUN_STARTED;
	size_t size = 0;

	while (kind == RUN_STARTED) {
		if (poll(&line, 1, PATIENCE) != 1)
			bench_die("A command is silent.");
		bench_ok(run_receive(pump, &kind, bytes, &size), "the pump");
	}
	if (kind == RUN_OUTPUT)
		return size;
	if (size != sizeof(struct run_over) || run_status((const void *)bytes) != 0)
		bench_die("A command fails.");
	return 0;
}

/* To its end. Returns the bytes. */
static size_t
hear_all(int pump)
{
	size_t size, all = 0;

	while ((size = hear(pump)) > 0)
		all += size;
	close(pump);
	return all;
}

/* The key comes back. */
static int64_t
press(int pump)
{
	int64_t start = bench_now();

	bench_ok(run_send(pump, RUN_INPUT, "k", 1), "a key");
	if (hear(pump) != 1)
		bench_die("A key does not come back alone.");
	return bench_now() - start;
}

/* --- the figures ---------------------------------------------------------------------------- */

static void
first_byte(const struct bench *bench)
{
	static int64_t ours[ROUNDS_MOST], sudo[ROUNDS_MOST];

	for (size_t i = 0; i < bench->rounds; i++) {
		int pump = -1;
		int64_t asked = begin(bench->line, "first", &pump);

		if (hear(pump) == 0)
			bench_die("A command says nothing.");
		ours[i] = bench_now() - asked;
		(void)hear_all(pump);
		sudo[i] = peer_first_byte();
	}
	bench_say_times("commands.first", ours, bench->rounds);
	bench_say_times("commands.sudo", sudo, bench->rounds);
}

static void
keys(const struct bench *bench)
{
	static int64_t ours[ROUNDS_MOST * KEYS_ROUND], bare[ROUNDS_MOST * KEYS_ROUND];
	size_t count = 0;
	struct peer peer;
	int pump = -1;

	(void)begin(bench->line, "keys", &pump);
	(void)hear(pump);
	peer_keys(&peer);
	for (size_t i = 0; i < bench->rounds; i++)
		for (size_t key = 0; key < KEYS_ROUND; key++, count++) {
			ours[count] = press(pump);
			bare[count] = peer_press(&peer);
		}
	close(pump);
	peer_end(&peer);
	bench_say_times("commands.key", ours, count);
	bench_say_times("commands.bare", bare, count);
}

/* "NAME MEGABYTES" a second, of the median. */
static void
say_rate(const char *name, int64_t *took, size_t bytes)
{
	bench_say(name, (double)bytes * 1e3 / (double)bench_median(took, CATS));
}

static int64_t
show(int line, const char *name, size_t *ret_bytes)
{
	int pump = -1;
	int64_t asked = begin(line, name, &pump);

	*ret_bytes = hear_all(pump);
	return bench_now() - asked;
}

static void
long_file(const struct bench *bench)
{
	int64_t ours[CATS], tape[CATS], script[CATS], tmux[CATS];
	size_t bytes = 0;

	for (size_t i = 0; i < CATS; i++) {
		ours[i] = show(bench->line, "cat", &bytes);
		tape[i] = show(bench->line, "tape", &bytes);
		script[i] = peer_script(bench->file, bytes);
		tmux[i] = peer_tmux(bench->file);
	}
	say_rate("commands.cat", ours, bytes);
	say_rate("commands.tape", tape, bytes);
	say_rate("commands.script", script, bytes);
	say_rate("commands.tmux", tmux, bytes);
}

/* Nobody of them waits for the others. */
static void
many(const struct bench *bench, const struct secret *key)
{
	static int lines[RUNS_MOST], pumps[RUNS_MOST];
	static int64_t took[RUNS_MOST];

	for (size_t i = 0; i < bench->runs; i++) {
		bench_ok(person_sign_in(bench->state, i + 2, key, &lines[i]), "a sign-in");
		(void)begin(lines[i], "keys", &pumps[i]);
		(void)hear(pumps[i]);
	}
	bench_say("commands.runs.pss", (double)runners_memory(bench->keeper, bench->runs));
	for (size_t i = 0; i < bench->runs; i++)
		took[i] = press(pumps[i]);
	bench_say("commands.runs.slowest", (double)bench_quantile(took, bench->runs, 1) / 1e6);
	for (size_t i = 0; i < bench->runs; i++) {
		close(pumps[i]);
		close(lines[i]);
	}
}

int
main(int argc, char **argv)
{
	struct secret *key = bench_key();
	struct bench bench = { .line = -1 };

	if (argc == 6) {
		bench.state = argv[1];
		bench.keeper = (pid_t)strtol(argv[2], NULL, 10);
		bench.file = argv[3];
		bench.runs = strtoul(argv[4], NULL, 10);
		bench.rounds = strtoul(argv[5], NULL, 10);
	}
	if (bench.rounds == 0 || bench.rounds > ROUNDS_MOST || bench.runs == 0 ||
	    bench.runs > RUNS_MOST)
		bench_die("Usage: commands STATE KEEPER-PID FILE RUNS ROUNDS");
	bench_ok(person_sign_in(bench.state, 1, key, &bench.line), "a sign-in");
	first_byte(&bench);
	keys(&bench);
	long_file(&bench);
	many(&bench, key);
	close(bench.line);
	secret_free(key);
	return EXIT_SUCCESS;
}
