/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trail STATE ROWS
 *
 * Appends ROWS rows to the trail of a state that seed.c made, through the store and with good
 * seals: a year of a thousand people who sign in and out, one refusal in twenty, and one row in a
 * thousand of what administrators do. The clock goes back by an hour once. Prints how many rows a
 * second.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "core/audit.h"
#include "keeper/keys.h"
#include "keeper/trail.h"
#include "store/store_audit.h"

enum { SLICE = 20000, PEOPLE = 1000, YEAR = 31536000, RARE = 1000, REFUSED = 20, HOUR = 3600 };

static const enum audit_verb daily[] = { AUDIT_PASSWORD, AUDIT_CODE, AUDIT_SIGN_IN,
	AUDIT_SIGN_OUT };
static const enum audit_verb rare[] = { AUDIT_RESET_2FA, AUDIT_USER_UNLOCK, AUDIT_USER_ADD,
	AUDIT_USER_DISABLE, AUDIT_SETTING };

/* Numbers that look like chance, and are the same each time. */
static uint64_t
chance(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void
fill(struct store_audit *row, long i, long rows, int64_t end, uint64_t *state)
{
	long person = (long)(chance(state) % PEOPLE) + 1;
	bool administers = i % RARE == RARE - 1, refused = chance(state) % REFUSED == 0;
	enum audit_verb verb = administers ? rare[chance(state) % 5] : daily[i % 4];

	memset(row, 0, sizeof *row);
	row->time = end - YEAR + (int64_t)((double)i / (double)rows * YEAR);
	if (i > rows / 2)
		row->time -= HOUR;
	(void)snprintf(row->who, sizeof row->who, "u%ld", administers ? 1 : person);
	(void)snprintf(row->target, sizeof row->target, administers ? "u%ld" : "", person);
	(void)snprintf(row->source, sizeof row->source, "10.0.%ld.%ld", person / 250, person % 250);
	(void)snprintf(row->terminal, sizeof row->terminal, "xterm-256color");
	(void)snprintf(row->action, sizeof row->action, "%s", audit_name(verb));
	(void)snprintf(row->result, sizeof row->result, refused ? "wrong" : "ok");
	(void)snprintf(row->detail, sizeof row->detail, administers ? "asked for %ld" : "", i);
}

int
main(int argc, char **argv)
{
	long rows = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
	struct keeper keeper = { .directory = -1 };
	struct store_audit row;
	uint64_t state = 88172645463325252U;
	int64_t end = (int64_t)time(NULL), start;

	if (rows < 1 || (keeper.directory = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		bench_die("Usage: trail STATE ROWS");
	bench_ok(auth_start(), "auth_start");
	bench_ok(keys_open(keeper.directory, &keeper.store, &keeper.ring), "keys_open");
	start = bench_now();
	bench_ok(store_begin(keeper.store), "store_begin");
	for (long i = 0; i < rows; i++) {
		fill(&row, i, rows, end, &state);
		bench_ok(trail_append(&keeper, &row), "trail_append");
		if (i % SLICE != SLICE - 1)
			continue;
		bench_ok(store_commit(keeper.store), "store_commit");
		bench_ok(store_begin(keeper.store), "store_begin");
	}
	bench_ok(store_commit(keeper.store), "store_commit");
	bench_say("trail.rate", (double)rows * 1e9 / (double)(bench_now() - start));
	store_close(keeper.store);
	keyring_free(keeper.ring);
	return EXIT_SUCCESS;
}
