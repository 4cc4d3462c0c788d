/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A code at the second door, without the store: ours unseals the key and compares three codes,
 * whatever was typed; liboath's validate4 and libcotp have the bare key. In turn, ROUNDS batches of
 * each; medians in nanoseconds an operation.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBOATH
#include <liboath/oath.h>
#endif
#ifdef HAVE_LIBCOTP
#include <cotp.h>
#endif

#include "auth/seal.h"
#include "auth/totp.h"
#include "bench.h"

enum { ROUNDS = 301, BATCH = 200, NOW = 1767268803, NEXT = 30 };

struct verify {
	struct keyring *ring;
	struct secret *key, *room; /* room: where the key is unsealed, as the keeper has it */
	struct sealed sealed;
	char base32[TOTP_BASE32_SIZE];
	char code[5][9]; /* of the steps -1, 0 and +1; none; not six digits */
};

static const struct seal_place place = { .table = "device", .column = "secret", .user = 1 };

static int
ours(const struct verify *v, size_t which)
{
	bool matched = false;
	int64_t step = 0;

	bench_ok(seal_open(v->ring, &place, &v->sealed, v->room), "seal_open");
	bench_ok(totp_match(v->room, totp_step(NOW), 0, v->code[which], &matched, &step),
	    "totp_match");
	secret_clear(v->room);
	return matched;
}

#ifdef HAVE_LIBOATH
static int
liboath(const struct verify *v, size_t which)
{
	return oath_totp_validate4((const char *)v->key->bytes, v->key->length, NOW, TOTP_PERIOD, 0,
		   1, NULL, NULL, 0, v->code[which]) >= 0;
}
#endif

#ifdef HAVE_LIBCOTP
/* It has no window: three codes, as a caller would. */
static int
libcotp(const struct verify *v, size_t which)
{
	int matched = 0;

	for (long at = NOW - NEXT; at <= NOW + NEXT; at += NEXT) {
		cotp_error_t error;
		char *code = get_totp_at(v->base32, at, TOTP_DIGITS, TOTP_PERIOD, SHA1, &error);

		matched |= code != NULL && strcmp(code, v->code[which]) == 0;
		free(code);
	}
	return matched;
}
#endif

static const struct {
	const char *name;
	int (*run)(const struct verify *v, size_t which);
	size_t which;
	int expected;
} runs[] = {
	{ "verify.before", ours, 0, 1 },
	{ "verify.now", ours, 1, 1 },
	{ "verify.after", ours, 2, 1 },
	{ "verify.miss", ours, 3, 0 },
	{ "verify.malformed", ours, 4, 0 },
#ifdef HAVE_LIBOATH
	{ "verify.liboath.miss", liboath, 3, 0 },
	{ "verify.liboath.now", liboath, 1, 1 },
#endif
#ifdef HAVE_LIBCOTP
	{ "verify.libcotp", libcotp, 3, 0 },
#endif
};

enum { RUNS = sizeof runs / sizeof *runs };

static void
prepare(struct verify *v)
{
	v->ring = bench_ring();
	v->key = bench_key();
	bench_ok(secret_new(SEAL_TEXT_MAX, &v->room), "secret");
	bench_ok(seal_close(v->ring, &place, v->key, &v->sealed), "seal_close");
	totp_base32(v->key->bytes, v->key->length, v->base32);
	for (int i = 0; i < 3; i++)
		bench_ok(totp_code(v->key, totp_step(NOW) - 1 + i, TOTP_DIGITS, v->code[i]),
		    "totp_code");
	(void)snprintf(v->code[3], sizeof v->code[3], "%06ld",
	    (strtol(v->code[1], NULL, 10) + 1) % 1000000);
	(void)snprintf(v->code[4], sizeof v->code[4], "12345x");
}

static int64_t
batch(const struct verify *v, size_t run)
{
	int64_t start = bench_now();

	for (int i = 0; i < BATCH; i++)
		if (runs[run].run(v, runs[run].which) != runs[run].expected)
			bench_die(runs[run].name);
	return bench_now() - start;
}

int
main(void)
{
	static int64_t took[RUNS][ROUNDS];
	struct verify v;

	memset(&v, 0, sizeof v);
	prepare(&v);
	for (size_t round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < RUNS; i++) {
			size_t run = (round + i) % RUNS;

			took[run][round] = batch(&v, run);
		}
	for (size_t run = 0; run < RUNS; run++)
		bench_say(runs[run].name, (double)bench_median(took[run], ROUNDS) / BATCH);
	secret_free(v.room);
	secret_free(v.key);
	keyring_free(v.ring);
	return EXIT_SUCCESS;
}
