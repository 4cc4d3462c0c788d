/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/auth.h"

#include <gcrypt.h>

#include "auth/selftest.h"

/* Argon2 came with 1.10. */
#define AUTH_GCRYPT_MIN "1.10.0"

void
auth_when_fatal(void (*end)(void *opaque, int code, const char *text), void *opaque)
{
	gcry_set_fatalerror_handler(end, opaque);
}

enum err
auth_start(void)
{
	/* The system's generator: no pool of our own to seed at start or to share after a fork. It
	 * must be chosen first. */
	if (!gcry_control(GCRYCTL_ANY_INITIALIZATION_P))
		gcry_control(GCRYCTL_SET_PREFERRED_RNG_TYPE, GCRY_RNG_TYPE_SYSTEM);
	if (!gcry_check_version(AUTH_GCRYPT_MIN))
		return ERR_CRYPTO;
	if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P))
		return ERR_OK;
	/* It would refuse Argon2id, short HMAC-SHA-1 keys and our own nonces for GCM, each in its
	 * own words, and end the process where memory cannot be locked. */
	if (gcry_fips_mode_active())
		return ERR_FIPS;
	/* Where memory cannot be locked, it is used all the same, as struct secret does; nothing
	 * here prints. */
	gcry_control(GCRYCTL_DISABLE_SECMEM_WARN);
	gcry_control(GCRYCTL_INIT_SECMEM, AUTH_SECMEM, 0);
	gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	return selftest_run();
}

/*
 * Not GCRY_VERY_STRONG_RANDOM: with the system's generator, half of what that gives is the output
 * of a CPU jitter collector as it is, not mixed with the kernel's, and each call takes 3 ms.
 */
void
auth_nonce(void *bytes, size_t length)
{
	gcry_randomize(bytes, length, GCRY_STRONG_RANDOM);
}

void
auth_key(void *bytes, size_t length)
{
	gcry_randomize(bytes, length, GCRY_STRONG_RANDOM);
}
