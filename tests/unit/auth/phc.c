/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a hash is stored: what is read and written, and what is refused. */
#include "auth_ring.h"

#include <stdbool.h>
#include <sys/resource.h>
#include <time.h>

#include "auth/password.h"
#include "auth/phc.h"

#define SALT "AAECAwQFBgcICQoLDA0ODw"			   /* bytes 0 to 15 */
#define HASH "//////////////////////////////////////////8" /* 32 bytes 0xff */
#define GOOD "$argon2id$v=19$m=19456,t=2,p=1,keyid=2,bind=1$" SALT "$" HASH

static const struct password_cost quick = { .memory = 7168, .passes = 1, .lanes = 1 };

static void
parses_what_it_writes(void **state)
{
	static const struct {
		const char *text;
		struct password_cost cost;
		int64_t key;
	} rows[] = { { GOOD, { 19456, 2, 1 }, 2 },
		{ "$argon2id$v=19$m=7168,t=1,p=1,keyid=1$" SALT "$" HASH, { 7168, 1, 1 }, 1 },
		{ "$argon2id$v=19$m=1048576,t=16,p=4,keyid=9223372036854775807$" SALT "$" HASH,
		    { 1048576, 16, 4 }, INT64_MAX } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[PASSWORD_PHC_SIZE];
		struct password_cost cost;
		struct phc phc;
		int64_t key;

		assert_int_equal(password_parse(rows[i].text, &cost, &key), ERR_OK);
		assert_memory_equal(&cost, &rows[i].cost, sizeof cost);
		assert_int_equal(key, rows[i].key);
		assert_int_equal(phc_read(rows[i].text, &phc), ERR_OK);
		for (unsigned char k = 0; k < PHC_SALT_SIZE; k++)
			assert_int_equal(phc.salt[k], k);
		for (size_t k = 0; k < PHC_HASH_SIZE; k++)
			assert_int_equal(phc.hash[k], 0xff);
		phc_write(&phc, text);
		assert_string_equal(text, rows[i].text);
	}
}

static const char *const garbage[] = { "", "$", "$argon2id", "plain", "*", "!", "$argon2id$v=19$",
	"$1$abc$def", "$2b$12$abcdefghijklmnopqrstuv",
	"$argon2i$v=19$m=19456,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=16$m=19456,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$m=19456,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=1$" SALT "$" HASH,
	"$argon2id$v=19$t=2,m=19456,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=0,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=17,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=4294967295,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=4294967298,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=0,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=7167,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=1048577,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=4194304,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=4294986752,t=2,p=1,keyid=2$" SALT "$" HASH, /* 2^32 + 19456 */
	"$argon2id$v=19$m=99999999999999999999999999,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=-19456,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=+19456,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m= 19456,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=019456,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=0x4c00,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=,t=2,p=1,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=0,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=5,keyid=2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=0$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=-2$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=9223372036854775808$" SALT "$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$$" HASH,
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$AAECAwQFBgcICQoLDA0OD$" HASH,  /* 21 characters */
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$AAECAwQFBgcICQoLDA0ODx$" HASH, /* bits left over */
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$AAECAwQFBgcICQoLDA0ODw==$" HASH, /* padded */
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$AAECAwQFBgcICQoLDA0ODxA$" HASH,	 /* 17 bytes */
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$AAECAwQFBgcICQoL-A0ODw$" HASH,	 /* another alphabet
										  */
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$" SALT,
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$" SALT "$",
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$" SALT
	"$//////////////////////////////////////////",
	"$argon2id$v=19$m=19456,t=2,p=1,keyid=2$" SALT
	"$//////////////////////////////////////////9",
	GOOD "8", GOOD "=", GOOD " ", GOOD "\n", GOOD "$", " " GOOD,
	GOOD HASH HASH HASH HASH HASH HASH HASH HASH };

enum { GARBAGE = sizeof garbage / sizeof *garbage };

/* This process's, in nanoseconds. */
static int64_t
cpu_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Refused before anything is allocated or computed: all of them together in less time than one hash
 * takes. */
static void
refuses_garbage_at_once(void **state)
{
	struct rusage before, after;
	int64_t from = cpu_time(), hashed, told;
	char one[PASSWORD_PHC_SIZE];
	struct password_cost cost = { .memory = 4711 };
	int64_t key = 4711;

	assert_int_equal(password_hash(*state, &quick, 0, "plover", 6, one), ERR_OK);
	getrusage(RUSAGE_SELF, &before);
	hashed = cpu_time();
	for (size_t i = 0; i < GARBAGE; i++) {
		bool result = true;

		if (password_parse(garbage[i], &cost, &key) != ERR_STORE_CORRUPT)
			fail_msg("not refused: %s", garbage[i]);
		assert_int_equal(password_verify(*state, 0, garbage[i], "plover", 6, &result),
		    ERR_STORE_CORRUPT);
		assert_false(result);
		assert_true(password_stale(*state, &quick, garbage[i]));
	}
	told = cpu_time();
	getrusage(RUSAGE_SELF, &after);
	assert_int_equal(cost.memory, 4711);
	assert_int_equal(key, 4711);
	assert_true(after.ru_maxrss - before.ru_maxrss < 1024);
	assert_true(told - hashed < hashed - from);
}

static void
refuses_costs_out_of_bounds(void **state)
{
	static const struct password_cost bad[] = { { 7168, 0, 1 }, { 7168, 17, 1 }, { 7167, 1, 1 },
		{ 1048577, 1, 1 }, { 7168, 1, 0 }, { 7168, 1, 5 }, { 0, 0, 0 } };
	char phc[PASSWORD_PHC_SIZE] = "unmoved";

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(password_hash(*state, &bad[i], 0, "plover", 6, phc), ERR_CRYPTO);
	assert_string_equal(phc, "unmoved");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RING(refuses_garbage_at_once),
		ON_RING(parses_what_it_writes),
		ON_RING(refuses_costs_out_of_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
