/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth_ring.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include <gcrypt.h>

#include "auth/password.h"
#include "auth/phc.h"

#define SALT "AAECAwQFBgcICQoLDA0ODw"			   /* bytes 0 to 15 */
#define HASH "//////////////////////////////////////////8" /* 32 bytes 0xff */
#define GOOD "$argon2id$v=19$m=19456,t=2,p=1,keyid=2,bind=1$" SALT "$" HASH
#define UNBOUND "$argon2id$v=19$m=19456,t=2,p=1,keyid=2$" SALT "$" HASH

static const struct password_cost quick = { .memory = 7168, .passes = 1, .lanes = 1 };

static void
argon2id(const struct password_cost *cost, const char *password, const unsigned char *salt,
    const struct secret *pepper, unsigned char hash[PHC_HASH_SIZE])
{
	const unsigned long parameters[4] = { PHC_HASH_SIZE, cost->passes, cost->memory,
		cost->lanes };
	gcry_kdf_hd_t kdf = NULL;

	assert_int_equal(gcry_kdf_open(&kdf, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters, 4,
			     password, strlen(password), salt, PHC_SALT_SIZE, pepper->bytes,
			     pepper->length, NULL, 0),
	    0);
	assert_int_equal(gcry_kdf_compute(kdf, NULL), 0);
	assert_int_equal(gcry_kdf_final(kdf, PHC_HASH_SIZE, hash), 0);
	gcry_kdf_close(kdf);
}

/* RFC 9106 5.3: that the library's Argon2id is Argon2id. */
static void
rfc9106_5_3(void **state)
{
	static const unsigned char tag[32] = { 0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c, 0x08,
		0xc0, 0x37, 0xa3, 0x4a, 0x8b, 0x53, 0xc9, 0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6,
		0x5e, 0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01, 0xe6, 0x59 };
	const unsigned long parameters[4] = { 32, 3, 32, 4 };
	unsigned char password[32], salt[16], secret[8], data[12], got[32];
	gcry_kdf_hd_t kdf = NULL;

	(void)state;
	memset(password, 1, sizeof password);
	memset(salt, 2, sizeof salt);
	memset(secret, 3, sizeof secret);
	memset(data, 4, sizeof data);
	assert_int_equal(gcry_kdf_open(&kdf, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters, 4,
			     password, sizeof password, salt, sizeof salt, secret, sizeof secret,
			     data, sizeof data),
	    0);
	assert_int_equal(gcry_kdf_compute(kdf, NULL), 0);
	assert_int_equal(gcry_kdf_final(kdf, sizeof got, got), 0);
	gcry_kdf_close(kdf);
	assert_memory_equal(got, tag, sizeof tag);
}

static bool
fits(const struct keyring *ring, const char *phc, const char *password, size_t length)
{
	bool result = true;

	assert_int_equal(password_verify(ring, 0, phc, password, length, &result), ERR_OK);
	return result;
}

static void
hashes_and_fits(void **state)
{
	static const char password[] = "correct horse battery staple";
	const size_t length = strlen(password);
	char one[PASSWORD_PHC_SIZE], two[PASSWORD_PHC_SIZE];
	struct password_cost cost;
	int64_t key;

	assert_int_equal(password_hash(*state, &quick, 0, password, length, one), ERR_OK);
	assert_int_equal(password_hash(*state, &quick, 0, password, length, two), ERR_OK);
	assert_string_not_equal(one, two); /* a salt each */
	assert_int_equal(strncmp(one, "$argon2id$v=19$m=7168,t=1,p=1,keyid=2$", 38), 0);
	assert_int_equal(password_parse(one, &cost, &key), ERR_OK);
	assert_int_equal(cost.memory, 7168);
	assert_int_equal(cost.passes, 1);
	assert_int_equal(cost.lanes, 1);
	assert_int_equal(key, KEY_PEPPER);
	assert_true(fits(*state, one, password, length));
	assert_true(fits(*state, two, password, length));
	assert_false(fits(*state, one, password, length - 1));
	assert_false(fits(*state, one, password, length + 1)); /* with the NUL */
	assert_false(fits(*state, one, "Correct horse battery staple", length));
	assert_false(fits(*state, one, "", 0));
}

/* All 1,024 bytes count, and lanes and passes are what the string says. */
static void
long_passwords_are_not_cut(void **state)
{
	const struct password_cost wide = { .memory = 7168, .passes = 2, .lanes = 4 };
	char password[1025], phc[PASSWORD_PHC_SIZE] = "unmoved";

	memset(password, 'x', sizeof password);
	assert_int_equal(password_hash(*state, &wide, 0, password, 1025, phc), ERR_PASSWORD_LONG);
	assert_string_equal(phc, "unmoved");
	assert_int_equal(password_hash(*state, &wide, 0, password, 1024, phc), ERR_OK);
	assert_true(fits(*state, phc, password, 1024));
	assert_false(fits(*state, phc, password, 1025));
	password[1023] = 'y';
	assert_false(fits(*state, phc, password, 1024));
}

/* A string made without this module, from Argon2id, the pepper and a known salt. */
static void
fits_an_independent_hash(void **state)
{
	const struct secret *pepper = keyring_get(*state, KEY_PEPPER, KEY_PEPPER);
	struct phc phc = { .cost = quick, .key = KEY_PEPPER };
	char text[PASSWORD_PHC_SIZE];

	for (unsigned char i = 0; i < PHC_SALT_SIZE; i++)
		phc.salt[i] = i;
	argon2id(&quick, "plover", phc.salt, pepper, phc.hash);
	phc_write(&phc, text);
	assert_non_null(strstr(text, "$m=7168,t=1,p=1,keyid=2$" SALT "$"));
	assert_true(fits(*state, text, "plover", 6));
	assert_false(fits(*state, text, "plovers", 7));
}

/* An empty password is hashed like any other, and fits nothing: not even what it was hashed to. */
static void
empty_passwords_never_fit(void **state)
{
	static const char nothing[PHC_HASH_SIZE];
	char phc[PASSWORD_PHC_SIZE];

	assert_int_equal(password_hash(*state, &quick, 0, "", 0, phc), ERR_OK);
	assert_false(fits(*state, phc, "", 0));
	for (size_t length = 1; length <= sizeof nothing; length++)
		assert_false(fits(*state, phc, nothing, length));
	assert_false(fits(*state, phc, "\0", 1));
	assert_int_equal(password_hash(*state, &quick, 0, NULL, 0, phc), ERR_OK);
	assert_false(fits(*state, phc, NULL, 0));
	assert_false(fits(*state, NULL, "", 0));
	assert_false(fits(*state, NULL, "plover", 6));
}

static double
seconds_of(const struct keyring *ring, const char *phc, const char *password)
{
	struct timespec from, to;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	assert_false(fits(ring, phc, password, strlen(password)));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* A wrong password, an unknown name, an empty password, both: the least processor time of some
 * rounds each. */
static bool
cost_about_the_same(const struct keyring *ring, const char *phc)
{
	double least[4] = { 1000, 1000, 1000, 1000 };
	bool same = true;

	for (int i = 0; i < 5; i++) {
		const double took[4] = { seconds_of(ring, phc, "wrong"),
			seconds_of(ring, NULL, "wrong"), seconds_of(ring, phc, ""),
			seconds_of(ring, NULL, "") };

		for (int k = 0; k < 4; k++)
			least[k] = took[k] < least[k] ? took[k] : least[k];
	}
	for (int k = 1; k < 4; k++)
		same = same && least[k] > least[0] * 0.7 && least[k] < least[0] * 1.4;
	return same;
}

/* ASVS 6.3.8. Bounds that tell work from no work; up to three times, for other programs disturb the
 * clock. */
static void
no_password_and_no_name_cost_the_same(void **state)
{
	const struct password_cost cost = password_cost_default();
	char phc[PASSWORD_PHC_SIZE];

	assert_int_equal(password_hash(*state, &cost, 0, "plover", 6, phc), ERR_OK);
	assert_true(cost_about_the_same(*state, phc) || cost_about_the_same(*state, phc) ||
	    cost_about_the_same(*state, phc));
}

static void
stale_when_weaker_or_peppered_with_an_older_key(void **state)
{
	const struct password_cost cost = { .memory = 19456, .passes = 2, .lanes = 1 };
	const struct password_cost more_memory = { .memory = 19457, .passes = 2, .lanes = 1 };
	const struct password_cost more_passes = { .memory = 19456, .passes = 3, .lanes = 1 };
	const struct password_cost less = { .memory = 7168, .passes = 1, .lanes = 1 };
	struct keyring_row row;

	assert_true(password_stale(*state, &cost, UNBOUND));
	assert_false(password_stale(*state, &cost, GOOD));
	assert_false(password_stale(*state, &less, GOOD));
	assert_true(password_stale(*state, &more_memory, GOOD));
	assert_true(password_stale(*state, &more_passes, GOOD));
	assert_int_equal(keyring_make(*state, 9, KEY_PEPPER, 0, &row), ERR_OK);
	assert_true(password_stale(*state, &cost, GOOD));
}

/* The older pepper's hashes still fit after a new one came; under another ring or id they do not.
 */
static void
pepper_counts(void **state)
{
	struct keyring *other = auth_ring(2);
	char old[PASSWORD_PHC_SIZE], new[PASSWORD_PHC_SIZE];
	struct keyring_row row;
	bool result = true;

	assert_int_equal(password_hash(*state, &quick, 0, "plover", 6, old), ERR_OK);
	assert_false(fits(other, old, "plover", 6));
	assert_int_equal(keyring_make(*state, 9, KEY_PEPPER, 0, &row), ERR_OK);
	assert_int_equal(password_hash(*state, &quick, 0, "plover", 6, new), ERR_OK);
	assert_non_null(strstr(new, ",keyid=9$"));
	assert_true(fits(*state, old, "plover", 6));
	assert_true(fits(*state, new, "plover", 6));
	assert_int_equal(password_verify(other, 0, new, "plover", 6, &result), ERR_CRYPTO);
	assert_false(result);
	keyring_free(other);
}

static void
invitations_differ(void **state)
{
	char one[20], two[20];

	(void)state;
	password_invitation(one);
	password_invitation(two);
	assert_int_equal(strlen(one), 19);
	assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567-"), 19);
	assert_true(one[4] == '-' && one[9] == '-' && one[14] == '-');
	assert_string_not_equal(one, two);
}

/* A row's hash that is copied to another person's row fits nobody there (RFC 9106 3.1, X). */
static void
a_hash_belongs_to_one_account(void **state)
{
	char mine[PASSWORD_PHC_SIZE];
	bool fits = false;

	assert_int_equal(password_hash(*state, &quick, 7, "plover", 6, mine), ERR_OK);
	assert_non_null(strstr(mine, ",bind=1$"));
	assert_int_equal(password_verify(*state, 7, mine, "plover", 6, &fits), ERR_OK);
	assert_true(fits);
	assert_int_equal(password_verify(*state, 8, mine, "plover", 6, &fits), ERR_OK);
	assert_false(fits);
	assert_int_equal(password_verify(*state, 7 + (INT64_C(1) << 40), mine, "plover", 6, &fits),
	    ERR_OK);
	assert_false(fits);
}

/* Nor does it where the mark is taken out of it. What is from before fits once more, and is stale.
 */
static void
the_mark_of_a_bound_hash_is_no_switch(void **state)
{
	char phc[PASSWORD_PHC_SIZE], other[PASSWORD_PHC_SIZE];
	char *mark;
	bool fits = false;

	assert_int_equal(password_hash(*state, &quick, 7, "plover", 6, phc), ERR_OK);
	mark = strstr(phc, ",bind=1");
	assert_non_null(mark);
	(void)snprintf(other, sizeof other, "%.*s%s", (int)(mark - phc), phc, mark + 7);
	assert_int_equal(password_verify(*state, 7, other, "plover", 6, &fits), ERR_OK);
	assert_false(fits);
	assert_int_equal(password_hash(*state, &quick, 0, "plover", 6, phc), ERR_OK);
	assert_int_equal(password_verify(*state, 7, phc, "plover", 6, &fits), ERR_OK);
	assert_true(fits);
	assert_true(password_stale(*state, &quick, phc));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RING(rfc9106_5_3),
		ON_RING(hashes_and_fits),
		ON_RING(long_passwords_are_not_cut),
		ON_RING(fits_an_independent_hash),
		ON_RING(empty_passwords_never_fit),
		ON_RING(no_password_and_no_name_cost_the_same),
		ON_RING(a_hash_belongs_to_one_account),
		ON_RING(the_mark_of_a_bound_hash_is_no_switch),
		ON_RING(stale_when_weaker_or_peppered_with_an_older_key),
		ON_RING(pepper_counts),
		ON_RING(invitations_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
