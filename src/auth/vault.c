/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/vault.h"

#include <gcrypt.h>
#include <stdlib.h>
#include <string.h>

#include "auth/aead.h"
#include "auth/auth.h"
#include "auth/bytes.h"
#include "auth/error.h"
#include "auth/mac.h"

/* Where in the header: all numbers are of four bytes, the high one first. */
enum {
	AT_FORMAT = 8,
	AT_MEMORY = 12,
	AT_PASSES = 16,
	AT_LANES = 20,
	AT_SALT = 24,
	AT_ZERO = 40,
	AT_MAC = 48
};

enum { FORMAT = 1, SALT_SIZE = 16, ZERO_SIZE = 8, KEYS_SIZE = 64, KEY = 32, PASSPHRASE_MAX = 1024 };

_Static_assert((int)AT_MAC + (int)MAC_SIZE == (int)VAULT_HEADER_SIZE, "the MAC ends the header");
_Static_assert((int)VAULT_EXTRA == (int)AEAD_EXTRA, "one size of nonce and tag");

static const unsigned char magic[AT_FORMAT] = "PVBACKUP";
static const char domain[] = "provconsole backup";

struct vault {
	struct aead *chunks;
};

struct vault_cost
vault_cost_default(void)
{
	return (struct vault_cost){ .memory = 65536, .passes = 3, .lanes = 1 };
}

static void
put(unsigned char *at, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(number >> (24 - 8 * i));
}

static uint32_t
get(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool
cost_good(const struct vault_cost *cost)
{
	return cost->memory >= 8192 && cost->memory <= VAULT_MEMORY_MAX && cost->passes >= 1 &&
	    cost->passes <= 16 && cost->lanes >= 1 && cost->lanes <= 4;
}

enum err
vault_look(const unsigned char header[VAULT_HEADER_SIZE], struct vault_cost *ret_cost)
{
	static const unsigned char zero[ZERO_SIZE];
	struct vault_cost cost = { .memory = get(header + AT_MEMORY),
		.passes = get(header + AT_PASSES),
		.lanes = get(header + AT_LANES) };
	uint32_t format = get(header + AT_FORMAT);

	if (memcmp(header, magic, sizeof magic) != 0 || format == 0)
		return ERR_BACKUP_FORMAT;
	if (format > FORMAT)
		return ERR_BACKUP_NEWER;
	if (!cost_good(&cost) || memcmp(header + AT_ZERO, zero, sizeof zero) != 0)
		return ERR_BACKUP_FORMAT;
	*ret_cost = cost;
	return ERR_OK;
}

/* Argon2id (RFC 9106) of the passphrase, without a secret value: 32 bytes that seal the header,
 * then 32 that seal the chunks. */
static enum err
derive(const struct secret *passphrase, const struct vault_cost *cost, const unsigned char *salt,
    struct secret *keys)
{
	const unsigned long parameters[4] = { KEYS_SIZE, cost->passes, cost->memory, cost->lanes };
	gcry_kdf_hd_t kdf = NULL;
	enum err err;

	if (passphrase->length < 1 || passphrase->length > PASSPHRASE_MAX)
		return ERR_PASSPHRASE;
	err = error_from_gcrypt(gcry_kdf_open(&kdf, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters,
	    4, passphrase->bytes, passphrase->length, salt, SALT_SIZE, NULL, 0, domain,
	    sizeof domain));
	if (err != ERR_OK)
		return err;
	err = error_from_gcrypt(gcry_kdf_compute(kdf, NULL));
	if (err == ERR_OK)
		err = error_from_gcrypt(gcry_kdf_final(kdf, KEYS_SIZE, keys->bytes));
	gcry_kdf_close(kdf);
	if (err == ERR_OK)
		keys->length = KEYS_SIZE;
	return err;
}

static enum err
header_mac(const struct secret *keys, const unsigned char *header, unsigned char mac[MAC_SIZE])
{
	struct secret *key = NULL;
	gcry_md_hd_t handle = NULL;
	enum err err = secret_from(keys->bytes, KEY, &key);

	if (err == ERR_OK)
		err = mac_start(key, "backup header", &handle);
	if (err == ERR_OK) {
		mac_bytes(handle, header, AT_MAC);
		mac_end(handle, mac);
	}
	secret_free(key);
	return err;
}

static enum err
vault_of(const struct secret *keys, struct vault **ret_vault)
{
	struct vault *vault = calloc(1, sizeof *vault);
	struct secret *key = NULL;
	enum err err = vault == NULL ? ERR_MEMORY : secret_from(keys->bytes + KEY, KEY, &key);

	if (err == ERR_OK)
		err = aead_new(key, &vault->chunks);
	secret_free(key);
	if (err == ERR_OK)
		*ret_vault = vault;
	else
		free(vault);
	return err;
}

enum err
vault_new(const struct secret *passphrase, const struct vault_cost *cost,
    unsigned char ret_header[VAULT_HEADER_SIZE], struct vault **ret_vault)
{
	struct secret *keys = NULL;
	enum err err = cost_good(cost) ? secret_new(KEYS_SIZE, &keys) : ERR_BACKUP_FORMAT;

	if (err != ERR_OK)
		return err;
	memset(ret_header, 0, VAULT_HEADER_SIZE);
	memcpy(ret_header, magic, sizeof magic);
	put(ret_header + AT_FORMAT, FORMAT);
	put(ret_header + AT_MEMORY, cost->memory);
	put(ret_header + AT_PASSES, cost->passes);
	put(ret_header + AT_LANES, cost->lanes);
	auth_nonce(ret_header + AT_SALT, SALT_SIZE);
	err = derive(passphrase, cost, ret_header + AT_SALT, keys);
	if (err == ERR_OK)
		err = header_mac(keys, ret_header, ret_header + AT_MAC);
	if (err == ERR_OK)
		err = vault_of(keys, ret_vault);
	secret_free(keys);
	return err;
}

enum err
vault_open(const struct secret *passphrase, const unsigned char header[VAULT_HEADER_SIZE],
    struct vault **ret_vault)
{
	unsigned char mac[MAC_SIZE];
	struct vault_cost cost;
	struct secret *keys = NULL;
	enum err err = vault_look(header, &cost);

	if (err == ERR_OK)
		err = secret_new(KEYS_SIZE, &keys);
	if (err == ERR_OK)
		err = derive(passphrase, &cost, header + AT_SALT, keys);
	if (err == ERR_OK)
		err = header_mac(keys, header, mac);
	if (err == ERR_OK && !secret_equal(mac, header + AT_MAC, sizeof mac))
		err = ERR_PASSPHRASE;
	if (err == ERR_OK)
		err = vault_of(keys, ret_vault);
	secret_free(keys);
	return err;
}

void
vault_free(struct vault *vault)
{
	if (vault == NULL)
		return;
	aead_free(vault->chunks);
	free(vault);
}

enum { DATA_SIZE = sizeof domain + 9 };

static void
chunk_data(uint64_t number, bool last, unsigned char data[DATA_SIZE])
{
	memcpy(data, domain, sizeof domain);
	bytes_be64((int64_t)number, data + sizeof domain);
	data[sizeof domain + 8] = last;
}

enum err
vault_seal(struct vault *vault, uint64_t number, bool last, const unsigned char *text,
    size_t length, unsigned char *sealed)
{
	unsigned char data[DATA_SIZE];

	if (length < 1 || length > VAULT_CHUNK_SIZE)
		return ERR_CRYPTO;
	chunk_data(number, last, data);
	return aead_close(vault->chunks, data, sizeof data, text, length, sealed);
}

enum err
vault_unseal(struct vault *vault, uint64_t number, bool last, const unsigned char *sealed,
    size_t length, unsigned char *text)
{
	unsigned char data[DATA_SIZE];
	enum err err;

	if (length < 1 || length > VAULT_CHUNK_SIZE)
		return ERR_BACKUP_DAMAGED;
	chunk_data(number, last, data);
	err = aead_open(vault->chunks, data, sizeof data, sealed, text, length);
	return err == ERR_CRYPTO ? ERR_BACKUP_DAMAGED : err;
}
