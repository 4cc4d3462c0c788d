/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/mac.h"

#include <string.h>

#include "auth/bytes.h"
#include "auth/error.h"

enum err
mac_open(int algorithm, const struct secret *key, gcry_md_hd_t *ret_mac)
{
	gcry_md_hd_t mac = NULL;
	enum err err = error_from_gcrypt(
	    gcry_md_open(&mac, algorithm, GCRY_MD_FLAG_HMAC | GCRY_MD_FLAG_SECURE));

	if (err != ERR_OK)
		return err;
	err = error_from_gcrypt(gcry_md_setkey(mac, key->bytes, key->length));
	if (err != ERR_OK) {
		gcry_md_close(mac);
		return err;
	}
	*ret_mac = mac;
	return ERR_OK;
}

enum err
mac_start(const struct secret *key, const char *domain, gcry_md_hd_t *ret_mac)
{
	enum err err = mac_open(GCRY_MD_SHA256, key, ret_mac);

	if (err == ERR_OK)
		gcry_md_write(*ret_mac, domain, strlen(domain) + 1);
	return err;
}

void
mac_bytes(gcry_md_hd_t mac, const void *bytes, size_t length)
{
	gcry_md_write(mac, bytes, length);
}

void
mac_number(gcry_md_hd_t mac, int64_t number)
{
	unsigned char bytes[8];

	bytes_be64(number, bytes);
	gcry_md_write(mac, bytes, sizeof bytes);
}

void
mac_end(gcry_md_hd_t mac, unsigned char ret_bytes[MAC_SIZE])
{
	memcpy(ret_bytes, gcry_md_read(mac, GCRY_MD_SHA256), MAC_SIZE);
	gcry_md_close(mac);
}
