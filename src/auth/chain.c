/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/chain.h"
#include "auth/mac.h"

static void
chain_field(gcry_md_hd_t mac, const struct chain_field *field)
{
	if (!field->bytes) {
		mac_bytes(mac, "i", 1);
		mac_number(mac, field->number);
		return;
	}
	mac_bytes(mac, "s", 1);
	mac_number(mac, (int64_t)field->length);
	mac_bytes(mac, field->bytes, field->length);
}

enum err
chain_row(const struct keyring *ring, int64_t key_id, const unsigned char previous[CHAIN_MAC_SIZE],
    const struct chain_field *fields, size_t count, unsigned char ret_mac[CHAIN_MAC_SIZE])
{
	const struct secret *key = keyring_get(ring, KEY_AUDIT, key_id);
	gcry_md_hd_t mac = NULL;
	enum err err;

	if (!key)
		return ERR_CRYPTO;
	err = mac_start(key, "audit row", &mac);
	if (err != ERR_OK)
		return err;
	mac_bytes(mac, previous, CHAIN_MAC_SIZE);
	for (size_t i = 0; i < count; i++)
		chain_field(mac, &fields[i]);
	mac_end(mac, ret_mac);
	return ERR_OK;
}

enum err
chain_head(const struct keyring *ring, int64_t key_id, int64_t count,
    const unsigned char last[CHAIN_MAC_SIZE], unsigned char ret_mac[CHAIN_MAC_SIZE])
{
	const struct secret *key = keyring_get(ring, KEY_AUDIT, key_id);
	gcry_md_hd_t mac = NULL;
	enum err err;

	if (!key)
		return ERR_CRYPTO;
	err = mac_start(key, "audit head", &mac);
	if (err != ERR_OK)
		return err;
	mac_number(mac, count);
	mac_bytes(mac, last, CHAIN_MAC_SIZE);
	mac_end(mac, ret_mac);
	return ERR_OK;
}
