/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many lines to the keepers of several hosts that share one database, in turn, and what all of them
 * ask at once: each request is on its way before any is answered.
 *
 * nodes race NAME PASSWORD-FILE N STATE...
 *	N lines pass the password. For each code on standard input all of them send it, and a line
 *	says how often there was which verdict: "CODE_USED 3 OK 1 PAUSED 196". Who is in leaves, and
 *	another takes the place.
 * nodes fail N PEOPLE SOURCES EACH STATE...
 *	N wrong passwords for person-0, person-1 ..., in waves of 80, from so many addresses at
 *once; after so many from each come others. Prints the verdicts of all. Who is told that the
 *	console is busy tries again. nodes stay NAME
 *PASSWORD-FILE STATE Signs in by the password, prints the door behind it, and waits until the line
 *is ended: prints by what verdict, and when (milliseconds since 1970).
 */
#include "stranger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1000, WAVE = 80, PATIENCE = 30000 /* milliseconds */ };

static struct {
	char **states;
	size_t count;
} nodes;

static const char *
node(size_t number)
{
	return nodes.states[number % nodes.count];
}

static void
print_verdicts(const unsigned counts[ERR_COUNT])
{
	const char *before = "";

	for (int i = 0; i < ERR_COUNT; i++)
		if (counts[i] > 0) {
			(void)printf("%s%s %u", before, client_err_name((enum err)i), counts[i]);
			before = " ";
		}
	(void)printf("\n");
	(void)fflush(stdout);
}

/* --- one code ------------------------------------------------------------------------------ */

struct race {
	const char *name;
	char password[TEXT_PASSWORD_SIZE];
	int line[MOST];
	size_t count;
};

/* Each from an address of its own: what one address may is another test's. */
static void
come(struct race *race, size_t number)
{
	char source[32];

	(void)snprintf(source, sizeof source, "10.2.%zu.%zu", number / 250, number % 250);
	race->line[number] = stranger_enter(node(number), source);
	stranger_say_password(race->line[number], race->name, race->password);
}

static void
pass(struct race *race, size_t number)
{
	static struct wire_reply reply;
	enum err err = stranger_hear(race->line[number], PATIENCE, &reply);

	if (err != ERR_OK || reply.door != DOOR_CODE)
		client_die(err == ERR_OK ? "There is no second door." : client_err_name(err));
}

static void
run_round(struct race *race, const char *code)
{
	static struct wire_reply reply;
	struct wire_request request;
	unsigned counts[ERR_COUNT] = { 0 };
	bool in[MOST] = { false };

	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, code);
	for (size_t i = 0; i < race->count; i++)
		stranger_say(race->line[i], &request);
	for (size_t i = 0; i < race->count; i++) {
		enum err err = stranger_hear(race->line[i], PATIENCE, &reply);

		counts[err]++;
		in[i] = reply.door != DOOR_CODE;
	}
	print_verdicts(counts);
	for (size_t i = 0; i < race->count; i++)
		if (in[i]) {
			close(race->line[i]);
			come(race, i);
			pass(race, i);
		}
}

static void
play_race(const char *name, const char *file, size_t count)
{
	static struct race race;
	char code[64];

	race.name = name;
	race.count = count;
	client_line(file, race.password, sizeof race.password);
	for (size_t i = 0; i < count; i++)
		come(&race, i);
	for (size_t i = 0; i < count; i++)
		pass(&race, i);
	(void)printf("ready\n");
	(void)fflush(stdout);
	while (fgets(code, sizeof code, stdin) != NULL) {
		code[strcspn(code, "\n")] = '\0';
		run_round(&race, code);
	}
}

/* --- failures ------------------------------------------------------------------------------ */

struct failures {
	size_t count, people, sources, each;
	unsigned verdicts[ERR_COUNT];
};

/* Which address the attempt comes from; each is tried on one node after the other. */
static size_t
source_of(const struct failures *all, size_t attempt)
{
	return attempt % all->sources + attempt / (all->sources * all->each) * all->sources;
}

static void
say(const struct failures *all, int line, size_t attempt)
{
	char name[32];

	(void)snprintf(name, sizeof name, "person-%zu", source_of(all, attempt) % all->people);
	stranger_say_password(line, name, "this is not the password");
}

/* Whether that was a verdict: whoever is told that it is busy tries again. */
static bool
is_told(struct failures *all, int line, struct wire_reply *reply)
{
	enum err err = stranger_hear(line, PATIENCE, reply);

	all->verdicts[err]++;
	return err != ERR_BUSY;
}

static void
play_wave(struct failures *all, size_t from, size_t to)
{
	static struct wire_reply reply;
	char text[32];
	int line[WAVE];

	for (size_t i = from; i < to; i++) {
		size_t source = source_of(all, i);

		(void)snprintf(text, sizeof text, "10.3.%zu.%zu", source / 250, source % 250);
		line[i - from] = stranger_enter(node(i / all->sources), text);
	}
	for (size_t i = from; i < to; i++)
		say(all, line[i - from], i);
	for (size_t i = from; i < to; i++) {
		while (!is_told(all, line[i - from], &reply))
			say(all, line[i - from], i);
		close(line[i - from]);
	}
}

static void
play_failures(char **words)
{
	struct failures all = { .count = strtoul(words[0], NULL, 10),
		.people = strtoul(words[1], NULL, 10),
		.sources = strtoul(words[2], NULL, 10),
		.each = strtoul(words[3], NULL, 10) };

	if (all.people == 0 || all.sources == 0 || all.each == 0)
		client_die("Nobody fails.");
	for (size_t from = 0; from < all.count; from += WAVE)
		play_wave(&all, from, from + WAVE < all.count ? from + WAVE : all.count);
	print_verdicts(all.verdicts);
}

/* --- one who stays ------------------------------------------------------------------------- */

static void
play_stay(const char *name, const char *file)
{
	static struct wire_reply reply;
	static const char *const doors[] = { [DOOR_HOME] = "HOME",
		[DOOR_CODE] = "CODE",
		[DOOR_CONFIGURE] = "CONFIGURE",
		[DOOR_PASSWORD] = "PASSWORD" };
	char password[TEXT_PASSWORD_SIZE];
	struct timespec now;
	int line = stranger_enter(node(0), "10.4.0.1");
	enum err err;

	client_line(file, password, sizeof password);
	stranger_say_password(line, name, password);
	err = stranger_hear(line, PATIENCE, &reply);
	if (err != ERR_OK)
		client_die(client_err_name(err));
	(void)printf("%s\n",
	    reply.door < sizeof doors / sizeof *doors && doors[reply.door] != NULL
		? doors[reply.door]
		: "?");
	(void)fflush(stdout);
	err = stranger_hear(line, PATIENCE, &reply);
	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		client_die("There is no clock.");
	(void)printf("%s %lld\n",
	    client_err_name(err == ERR_KEEPER_GONE && reply.err != 0 ? (enum err)reply.err : err),
	    (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static const char usage[] = "Usage: nodes race|fail|stay ... STATE...";

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int first = strcmp(what, "fail") == 0 ? 6 : strcmp(what, "race") == 0 ? 5 : 4;
	size_t count;

	if (argc <= first)
		client_die(usage);
	nodes.states = argv + first;
	nodes.count = (size_t)(argc - first);
	stranger_many();
	count = strtoul(argv[4], NULL, 10);
	if (strcmp(what, "race") == 0 && count > 0 && count <= MOST)
		play_race(argv[2], argv[3], count);
	else if (strcmp(what, "fail") == 0)
		play_failures(argv + 2);
	else if (strcmp(what, "stay") == 0)
		play_stay(argv[2], argv[3]);
	else
		client_die(usage);
	return EXIT_SUCCESS;
}
