/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/selftest.h"

#include <string.h>

#include "auth/error.h"

/* RFC 2202 3 and RFC 4231 4.3, both test case 2. */
static const char hmac_key[] = "Jefe";
static const char hmac_text[] = "what do ya want for nothing?";
static const unsigned char hmac_sha1[20] = { 0xef, 0xfc, 0xdf, 0x6a, 0xe5, 0xeb, 0x2f, 0xa2, 0xd2,
	0x74, 0x16, 0xd5, 0xf1, 0x84, 0xdf, 0x9c, 0x25, 0x9a, 0x7c, 0x79 };
static const unsigned char hmac_sha256[32] = { 0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a,
	0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83,
	0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43 };

/* McGrew and Viega, The Galois/Counter Mode of Operation, test case 14: all zero; text, then tag.
 */
static const unsigned char gcm_answer[32] = { 0xce, 0xa7, 0x40, 0x3d, 0x4d, 0x60, 0x6b, 0x6e, 0x07,
	0x4e, 0xc5, 0xd3, 0xba, 0xf3, 0x9d, 0x18, 0xd0, 0xd1, 0xc8, 0xa7, 0x99, 0x99, 0x6b, 0xf0,
	0x26, 0x5b, 0x98, 0xb5, 0xd4, 0x8a, 0xb9, 0x19 };

/* RFC 9106 5.3. */
static const unsigned char argon2id_answer[32] = { 0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c,
	0x08, 0xc0, 0x37, 0xa3, 0x4a, 0x8b, 0x53, 0xc9, 0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6,
	0x5e, 0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01, 0xe6, 0x59 };

static enum err
selftest_hmac(int algorithm, const unsigned char *answer, size_t length)
{
	gcry_md_hd_t md = NULL;
	enum err err = error_from_gcrypt(gcry_md_open(&md, algorithm, GCRY_MD_FLAG_HMAC));
	const unsigned char *mac;

	if (err != ERR_OK)
		return err;
	err = error_from_gcrypt(gcry_md_setkey(md, hmac_key, strlen(hmac_key)));
	if (err != ERR_OK)
		goto out;
	gcry_md_write(md, hmac_text, strlen(hmac_text));
	mac = gcry_md_read(md, algorithm);
	if (!mac || memcmp(mac, answer, length) != 0)
		err = ERR_CRYPTO;
out:
	gcry_md_close(md);
	return err;
}

static enum err
selftest_gcm(void)
{
	static const unsigned char zero[32];
	unsigned char got[32] = { 0 };
	gcry_cipher_hd_t cipher = NULL;
	gcry_error_t error = gcry_cipher_open(&cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0);

	if (error == 0)
		error = gcry_cipher_setkey(cipher, zero, 32);
	if (error == 0)
		error = gcry_cipher_setiv(cipher, zero, 12);
	if (error == 0)
		error = gcry_cipher_encrypt(cipher, got, 16, NULL, 0);
	if (error == 0)
		error = gcry_cipher_gettag(cipher, got + 16, 16);
	gcry_cipher_close(cipher);
	if (error == 0 && memcmp(got, gcm_answer, sizeof got) != 0)
		return ERR_CRYPTO;
	return error_from_gcrypt(error);
}

static enum err
selftest_argon2id(void)
{
	const unsigned long cost[4] = { 32, 3, 32, 4 }; /* tag length, passes, KiB, lanes */
	unsigned char password[32], salt[16], secret[8], data[12], got[32] = { 0 };
	gcry_kdf_hd_t kdf = NULL;
	gcry_error_t error;

	memset(password, 1, sizeof password);
	memset(salt, 2, sizeof salt);
	memset(secret, 3, sizeof secret);
	memset(data, 4, sizeof data);
	error = gcry_kdf_open(&kdf, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, cost, 4, password,
	    sizeof password, salt, sizeof salt, secret, sizeof secret, data, sizeof data);
	if (error != 0)
		return error_from_gcrypt(error);
	error = gcry_kdf_compute(kdf, NULL);
	if (error == 0)
		error = gcry_kdf_final(kdf, sizeof got, got);
	gcry_kdf_close(kdf);
	if (error == 0 && memcmp(got, argon2id_answer, sizeof got) != 0)
		return ERR_CRYPTO;
	return error_from_gcrypt(error);
}

enum err
selftest_run(void)
{
	enum err err = selftest_hmac(GCRY_MD_SHA1, hmac_sha1, sizeof hmac_sha1);

	if (err == ERR_OK)
		err = selftest_hmac(GCRY_MD_SHA256, hmac_sha256, sizeof hmac_sha256);
	if (err == ERR_OK)
		err = selftest_gcm();
	if (err == ERR_OK)
		err = selftest_argon2id();
	return err;
}
