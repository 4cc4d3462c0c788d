/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/aead.h"

#include <pthread.h>
#include <stdlib.h>

#include "auth/auth.h"
#include "auth/error.h"

struct aead {
	gcry_cipher_hd_t cipher; /* the key schedule, in secure memory */
	pthread_mutex_t lock;	 /* a handle holds one message's state */
};

enum err
aead_new(const struct secret *key, struct aead **ret_aead)
{
	struct aead *aead = calloc(1, sizeof *aead);
	gcry_error_t error;

	if (!aead)
		return ERR_MEMORY;
	if (pthread_mutex_init(&aead->lock, NULL) != 0) {
		free(aead);
		return ERR_MEMORY;
	}
	error = gcry_cipher_open(&aead->cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM,
	    GCRY_CIPHER_SECURE);
	if (error == 0)
		error = gcry_cipher_setkey(aead->cipher, key->bytes, key->length);
	if (error != 0) {
		aead_free(aead);
		return error_from_gcrypt(error);
	}
	*ret_aead = aead;
	return ERR_OK;
}

void
aead_free(struct aead *aead)
{
	if (!aead)
		return;
	gcry_cipher_close(aead->cipher);
	pthread_mutex_destroy(&aead->lock);
	free(aead);
}

enum err
aead_close(struct aead *aead, const void *data, size_t data_length, const void *text, size_t length,
    unsigned char *sealed)
{
	unsigned char *bytes = sealed + AEAD_NONCE;
	gcry_error_t error;

	auth_nonce(sealed, AEAD_NONCE);
	pthread_mutex_lock(&aead->lock);
	error = gcry_cipher_setiv(aead->cipher, sealed, AEAD_NONCE);
	if (error == 0)
		error = gcry_cipher_authenticate(aead->cipher, data, data_length);
	if (error == 0)
		error = gcry_cipher_encrypt(aead->cipher, bytes, length, text, length);
	if (error == 0)
		error = gcry_cipher_gettag(aead->cipher, bytes + length, AEAD_TAG);
	pthread_mutex_unlock(&aead->lock);
	if (error != 0)
		secret_wipe(sealed, length + AEAD_EXTRA);
	return error_from_gcrypt(error);
}

enum err
aead_open(struct aead *aead, const void *data, size_t data_length, const unsigned char *sealed,
    void *text, size_t length)
{
	const unsigned char *bytes = sealed + AEAD_NONCE;
	gcry_error_t error;

	pthread_mutex_lock(&aead->lock);
	error = gcry_cipher_setiv(aead->cipher, sealed, AEAD_NONCE);
	if (error == 0)
		error = gcry_cipher_authenticate(aead->cipher, data, data_length);
	if (error == 0)
		error = gcry_cipher_decrypt(aead->cipher, text, length, bytes, length);
	if (error == 0)
		error = gcry_cipher_checktag(aead->cipher, bytes + length, AEAD_TAG);
	pthread_mutex_unlock(&aead->lock);
	if (error != 0)
		secret_wipe(text, length);
	return error_from_gcrypt(error);
}
