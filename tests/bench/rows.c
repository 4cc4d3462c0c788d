/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rows STATE ROWS [BEGIN [PEOPLE]]
 *
 * Appends so many rows to the audit trail of STATE, as a keeper would have: one sign-in of the
 * PEOPLE (1,000) people u1, u2, ... of seed after the other, three rows each, ten seconds apart,
 * from BEGIN on (Unix seconds; 0, or else: so that the last is of now). No keeper may run
 * meanwhile.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/chain.h"
#include "core/audit.h"
#include "keeper/keys.h"
#include "keeper/trail.h"
#include "store/store_audit.h"

enum { SLICE = 20000, PEOPLE = 1000, APART = 10 };

static const enum audit_verb verbs[] = { AUDIT_PASSWORD, AUDIT_CODE, AUDIT_SIGN_IN };

static void
fill(struct store_audit *row, int64_t number, int64_t people)
{
	*row = (struct store_audit){ .peer_uid = 990, .version = TRAIL_VERSION };
	(void)snprintf(row->who, sizeof row->who, "u%d", (int)(number / 3 % people) + 1);
	(void)snprintf(row->source, sizeof row->source, "192.0.2.%d", (int)(number / 3 % 250));
	(void)snprintf(row->terminal, sizeof row->terminal, "xterm-256color");
	(void)snprintf(row->action, sizeof row->action, "%s", audit_name(verbs[number % 3]));
	(void)snprintf(row->result, sizeof row->result, number % 50 == 0 ? "wrong" : "ok");
}

/* As trail_append() does it, without asking for the head each time. */
static void
append(struct store *store, const struct keyring *ring, const struct store_audit *filled,
    struct store_head *head)
{
	struct store_audit row = *filled;

	row.id = head->count + 1;
	if (keyring_newest(ring, KEY_AUDIT, &row.key) == NULL)
		bench_die("The ring has no audit key.");
	bench_ok(trail_seal(ring, &row, head->last, row.mac), "trail_seal");
	memcpy(head->last, row.mac, sizeof head->last);
	head->count = row.id;
	head->key = row.key;
	bench_ok(chain_head(ring, head->key, head->count, head->last, head->mac), "chain_head");
	bench_ok(store_audit_append(store, &row, head, &(int64_t){ 0 }), "store_audit_append");
}

int
main(int argc, char **argv)
{
	int64_t rows = argc >= 3 ? strtoll(argv[2], NULL, 10) : 0;
	int64_t begin = argc >= 4 ? strtoll(argv[3], NULL, 10) : 0;
	int64_t people = argc >= 5 ? strtoll(argv[4], NULL, 10) : PEOPLE;
	struct store *store = NULL;
	struct keyring *ring = NULL;
	struct store_head head;
	struct store_audit row;
	int directory;

	if (rows < 1 || people < 1 || argc > 5 ||
	    (directory = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		bench_die("Usage: rows STATE ROWS [BEGIN [PEOPLE]]");
	if (begin == 0)
		begin = (int64_t)time(NULL) - rows * APART / 3;
	bench_ok(auth_start(), "auth_start");
	bench_ok(keys_open(directory, &store, &ring), "keys_open");
	bench_ok(store_head(store, &head), "store_head");
	bench_ok(store_begin(store), "store_begin");
	for (int64_t number = 0; number < rows; number++) {
		fill(&row, number, people);
		row.time = begin + number * APART / 3;
		append(store, ring, &row, &head);
		if (number % SLICE != SLICE - 1)
			continue;
		bench_ok(store_commit(store), "store_commit");
		bench_ok(store_begin(store), "store_begin");
	}
	bench_ok(store_commit(store), "store_commit");
	store_close(store);
	keyring_free(ring);
	close(directory);
	return EXIT_SUCCESS;
}
