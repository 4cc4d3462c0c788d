/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/seal.h"

#include <string.h>

#include "auth/aead.h"
#include "auth/bytes.h"

enum { SEAL_WORD_MAX = 32, SEAL_DATA_MAX = 2 * (SEAL_WORD_MAX + 1) + 16 };

/* The associated data: table and column, each with its NUL, user, key id. No two places are the
 * same bytes. */
static enum err
seal_data(const struct seal_place *place, int64_t key, unsigned char data[SEAL_DATA_MAX],
    size_t *ret_length)
{
	const char *words[2] = { place->table, place->column };
	size_t at = 0;

	for (size_t i = 0; i < 2; i++) {
		size_t length = strlen(words[i]);

		if (length > SEAL_WORD_MAX)
			return ERR_CRYPTO;
		memcpy(data + at, words[i], length + 1);
		at += length + 1;
	}
	bytes_be64(place->user, data + at);
	bytes_be64(key, data + at + 8);
	*ret_length = at + 16;
	return ERR_OK;
}

enum err
seal_close(const struct keyring *ring, const struct seal_place *place, const struct secret *text,
    struct sealed *ret_sealed)
{
	struct sealed sealed = { .length = text->length + AEAD_EXTRA };
	unsigned char data[SEAL_DATA_MAX];
	size_t length;
	enum err err;

	if (text->length < 1 || text->length > SEAL_TEXT_MAX ||
	    !keyring_newest(ring, KEY_SEAL, &sealed.key))
		return ERR_CRYPTO;
	err = seal_data(place, sealed.key, data, &length);
	if (err != ERR_OK)
		return err;
	err = aead_close(keyring_aead(ring, sealed.key), data, length, text->bytes, text->length,
	    sealed.bytes);
	if (err != ERR_OK)
		return err;
	*ret_sealed = sealed;
	return ERR_OK;
}

enum err
seal_open(const struct keyring *ring, const struct seal_place *place, const struct sealed *sealed,
    struct secret *text)
{
	struct aead *aead = keyring_aead(ring, sealed->key);
	unsigned char data[SEAL_DATA_MAX];
	size_t length;
	enum err err;

	secret_clear(text);
	if (!aead || sealed->length <= AEAD_EXTRA || sealed->length > SEAL_SIZE_MAX ||
	    sealed->length - AEAD_EXTRA > text->capacity)
		return ERR_CRYPTO;
	err = seal_data(place, sealed->key, data, &length);
	if (err == ERR_OK)
		err = aead_open(aead, data, length, sealed->bytes, text->bytes,
		    sealed->length - AEAD_EXTRA);
	if (err == ERR_OK)
		text->length = sealed->length - AEAD_EXTRA;
	return err;
}
