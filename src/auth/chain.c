/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/chain.h"

#include <stdlib.h>
#include <string.h>

#include "auth/bytes.h"
#include "auth/error.h"
#include "auth/mac.h"

static const char row_domain[] = "audit row";

/* --- the encoding of a row ------------------------------------------------------------- */

enum { ENCODED_SIZE = 512 }; /* bytes that are handed on at once */

/* Bytes on their way to a MAC: most rows go there in one piece. */
struct encoded {
	gcry_md_hd_t mac;
	size_t length;
	unsigned char bytes[ENCODED_SIZE];
};

static void
hand_on(struct encoded *encoded)
{
	mac_bytes(encoded->mac, encoded->bytes, encoded->length);
	encoded->length = 0;
}

static void
put_bytes(struct encoded *encoded, const void *bytes, size_t length)
{
	if (length > sizeof encoded->bytes - encoded->length)
		hand_on(encoded);
	if (length > sizeof encoded->bytes) {
		mac_bytes(encoded->mac, bytes, length);
		return;
	}
	memcpy(encoded->bytes + encoded->length, bytes, length);
	encoded->length += length;
}

/* A tag and eight bytes. */
static void
put_number(struct encoded *encoded, char tag, int64_t number)
{
	unsigned char bytes[9] = { (unsigned char)tag };

	bytes_be64(number, bytes + 1);
	put_bytes(encoded, bytes, sizeof bytes);
}

static void
put_field(struct encoded *encoded, const struct chain_field *field)
{
	if (!field->bytes) {
		put_number(encoded, 'i', field->number);
		return;
	}
	put_number(encoded, 's', (int64_t)field->length);
	put_bytes(encoded, field->bytes, field->length);
}

/* What stands behind the domain's word. */
static void
put_row(gcry_md_hd_t mac, const unsigned char previous[CHAIN_MAC_SIZE],
    const struct chain_field *fields, size_t count)
{
	struct encoded encoded = { .mac = mac };

	put_bytes(&encoded, previous, CHAIN_MAC_SIZE);
	for (size_t i = 0; i < count; i++)
		put_field(&encoded, &fields[i]);
	hand_on(&encoded);
}

/* --- one seal ------------------------------------------------------------------------- */

/* A key that the ring has not: ERR_CRYPTO. */
static enum err
start(const struct keyring *ring, int64_t key_id, const char *domain, gcry_md_hd_t *ret_mac)
{
	const struct secret *key = keyring_get(ring, KEY_AUDIT, key_id);

	return key ? mac_start(key, domain, ret_mac) : ERR_CRYPTO;
}

enum err
chain_row(const struct keyring *ring, int64_t key_id, const unsigned char previous[CHAIN_MAC_SIZE],
    const struct chain_field *fields, size_t count, unsigned char ret_mac[CHAIN_MAC_SIZE])
{
	gcry_md_hd_t mac = NULL;
	enum err err = start(ring, key_id, row_domain, &mac);

	if (err != ERR_OK)
		return err;
	put_row(mac, previous, fields, count);
	mac_end(mac, ret_mac);
	return ERR_OK;
}

enum err
chain_head(const struct keyring *ring, int64_t key_id, int64_t count,
    const unsigned char last[CHAIN_MAC_SIZE], unsigned char ret_mac[CHAIN_MAC_SIZE])
{
	gcry_md_hd_t mac = NULL;
	enum err err = start(ring, key_id, "audit head", &mac);

	if (err != ERR_OK)
		return err;
	mac_number(mac, count);
	mac_bytes(mac, last, CHAIN_MAC_SIZE);
	mac_end(mac, ret_mac);
	return ERR_OK;
}

enum err
chain_checkpoint(const struct keyring *ring, int64_t key_id,
    const unsigned char last[CHAIN_MAC_SIZE], const struct chain_field *fields, size_t count,
    unsigned char ret_mac[CHAIN_MAC_SIZE])
{
	gcry_md_hd_t mac = NULL;
	enum err err = start(ring, key_id, "audit checkpoint", &mac);

	if (err != ERR_OK)
		return err;
	put_row(mac, last, fields, count);
	mac_end(mac, ret_mac);
	return ERR_OK;
}

/* --- many rows ------------------------------------------------------------------------- */

struct chain {
	const struct keyring *ring;
	int64_t key_id; /* of the handle */
	gcry_md_hd_t mac;
};

enum err
chain_open(const struct keyring *ring, struct chain **ret_chain)
{
	struct chain *chain = calloc(1, sizeof *chain);

	if (!chain)
		return ERR_MEMORY;
	chain->ring = ring;
	*ret_chain = chain;
	return ERR_OK;
}

void
chain_close(struct chain *chain)
{
	if (chain)
		gcry_md_close(chain->mac);
	free(chain);
}

/* Keys change once in a trail, if at all. */
static enum err
take_key(struct chain *chain, int64_t key_id)
{
	const struct secret *key;

	if (chain->mac && chain->key_id == key_id) {
		gcry_md_reset(chain->mac);
		return ERR_OK;
	}
	gcry_md_close(chain->mac);
	chain->mac = NULL;
	chain->key_id = key_id;
	key = keyring_get(chain->ring, KEY_AUDIT, key_id);
	return key ? mac_open(GCRY_MD_SHA256, key, &chain->mac) : ERR_CRYPTO;
}

enum err
chain_next(struct chain *chain, int64_t key_id, const unsigned char previous[CHAIN_MAC_SIZE],
    const struct chain_field *fields, size_t count, unsigned char ret_mac[CHAIN_MAC_SIZE])
{
	enum err err = take_key(chain, key_id);

	if (err != ERR_OK)
		return err;
	mac_bytes(chain->mac, row_domain, sizeof row_domain);
	put_row(chain->mac, previous, fields, count);
	memcpy(ret_mac, gcry_md_read(chain->mac, GCRY_MD_SHA256), CHAIN_MAC_SIZE);
	return ERR_OK;
}
