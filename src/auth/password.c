/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/password.h"

#include "auth/auth.h"
#include "auth/bytes.h"
#include "auth/error.h"
#include "auth/phc.h"
#include "auth/recovery.h"

enum { PASSWORD_BYTES_MAX = 1024, PASSWORD_SUBSTITUTE = 32 };

struct password_cost
password_cost_default(void)
{
	return (struct password_cost){ .memory = 19456, .passes = 2, .lanes = 1 };
}

enum err
password_parse(const char *phc, struct password_cost *ret_cost, int64_t *ret_key)
{
	struct phc parsed;
	enum err err = phc_read(phc, &parsed);

	if (err != ERR_OK)
		return err;
	*ret_cost = parsed.cost;
	*ret_key = parsed.key;
	secret_wipe(&parsed, sizeof parsed);
	return ERR_OK;
}

/*
 * Argon2id of the phc's cost and salt (RFC 9106 3.1), the pepper as its secret value, the account's
 * id (8 bytes, the high one first) as its associated data where the hash is bound, into ret_hash.
 * libgcrypt keeps pointers to what it is given, and takes the memory in open.
 */
static enum err
password_argon2id(const struct phc *phc, const struct secret *pepper, int64_t account,
    const void *password, size_t length, unsigned char ret_hash[PHC_HASH_SIZE])
{
	unsigned char data[8];
	const unsigned long cost[4] = { PHC_HASH_SIZE, phc->cost.passes, phc->cost.memory,
		phc->cost.lanes };
	gcry_kdf_hd_t kdf = NULL;
	enum err err;

	bytes_be64(account, data);
	err = error_from_gcrypt(gcry_kdf_open(&kdf, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, cost, 4,
	    password, length, phc->salt, PHC_SALT_SIZE, pepper->bytes, pepper->length, data,
	    phc->bound ? sizeof data : 0));

	if (err != ERR_OK)
		return err;
	err = error_from_gcrypt(gcry_kdf_compute(kdf, NULL));
	if (err == ERR_OK)
		err = error_from_gcrypt(gcry_kdf_final(kdf, PHC_HASH_SIZE, ret_hash));
	gcry_kdf_close(kdf);
	return err;
}

/*
 * As above. An empty password, which libgcrypt 1.10 refuses, costs the same: fresh random bytes
 * stand in for it, so that what comes out fits nothing, now or later. So does one that is too long.
 */
static enum err
password_work(const struct phc *phc, const struct secret *pepper, int64_t account,
    const char *password, size_t length, unsigned char ret_hash[PHC_HASH_SIZE])
{
	unsigned char substitute[PASSWORD_SUBSTITUTE];

	if (length > 0 && length <= PASSWORD_BYTES_MAX)
		return password_argon2id(phc, pepper, account, password, length, ret_hash);
	auth_nonce(substitute, sizeof substitute);
	return password_argon2id(phc, pepper, account, substitute, sizeof substitute, ret_hash);
}

enum err
password_hash(const struct keyring *ring, const struct password_cost *cost, int64_t account,
    const char *password, size_t length, char ret_phc[PASSWORD_PHC_SIZE])
{
	struct phc phc = { .cost = *cost, .bound = account != 0 };
	const struct secret *pepper = keyring_newest(ring, KEY_PEPPER, &phc.key);
	enum err err;

	if (length > PASSWORD_BYTES_MAX)
		return ERR_PASSWORD_LONG;
	if (!pepper || !phc_cost_good(cost))
		return ERR_CRYPTO;
	auth_nonce(phc.salt, sizeof phc.salt);
	err = password_work(&phc, pepper, account, password, length, phc.hash);
	if (err == ERR_OK)
		phc_write(&phc, ret_phc);
	secret_wipe(&phc, sizeof phc);
	return err;
}

enum err
password_verify(const struct keyring *ring, int64_t account, const char *phc, const char *password,
    size_t length, bool *ret_fits)
{
	struct phc stored = { .cost = password_cost_default(), .bound = true };
	const struct secret *pepper;
	unsigned char hash[PHC_HASH_SIZE];
	bool equal;
	enum err err;

	*ret_fits = false;
	if (phc) {
		err = phc_read(phc, &stored);
		if (err != ERR_OK)
			return err;
		pepper = keyring_get(ring, KEY_PEPPER, stored.key);
	} else {
		pepper = keyring_newest(ring, KEY_PEPPER, &stored.key);
	}
	err = pepper ? password_work(&stored, pepper, account, password, length, hash) : ERR_CRYPTO;
	if (err == ERR_OK) {
		equal = secret_equal(hash, stored.hash, sizeof hash);
		*ret_fits = equal && phc && length > 0 && length <= PASSWORD_BYTES_MAX;
		secret_wipe(hash, sizeof hash);
	}
	secret_wipe(&stored, sizeof stored);
	return err;
}

bool
password_stale(const struct keyring *ring, const struct password_cost *cost, const char *phc)
{
	struct phc stored;
	int64_t newest;
	bool stale;

	if (phc_read(phc, &stored) != ERR_OK || !keyring_newest(ring, KEY_PEPPER, &newest))
		return true;
	stale = !stored.bound || stored.key != newest || stored.cost.memory < cost->memory ||
	    stored.cost.passes < cost->passes;
	secret_wipe(&stored, sizeof stored);
	return stale;
}

void
password_invitation(char ret_text[20])
{
	/* Same format as a recovery code: 80 bits, easy to read aloud and type. */
	recovery_new(ret_text);
}
