/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/totp.h"

#include <string.h>

#include "auth/auth.h"
#include "auth/bytes.h"
#include "auth/mac.h"

enum { TOTP_KEY_MAX = 64, TOTP_DIGITS_MAX = 8, TOTP_CODES = 1000000 };

static const uint32_t TOTP_NONE = UINT32_MAX;

enum err
totp_key_new(struct secret **ret_key)
{
	struct secret *key = NULL;
	enum err err = secret_new(TOTP_KEY_SIZE, &key);

	if (err != ERR_OK)
		return err;
	auth_key(key->bytes, TOTP_KEY_SIZE);
	key->length = TOTP_KEY_SIZE;
	*ret_key = key;
	return ERR_OK;
}

int64_t
totp_step(int64_t now)
{
	int64_t step = now / TOTP_PERIOD;

	/* C rounds towards zero; steps before 1970 need rounding down. */
	return now % TOTP_PERIOD < 0 ? step - 1 : step;
}

int64_t
totp_left(int64_t now)
{
	int64_t past = now % TOTP_PERIOD;

	return TOTP_PERIOD - (past < 0 ? past + TOTP_PERIOD : past);
}

bool
totp_code_shaped(const char *code)
{
	for (size_t i = 0; i < TOTP_DIGITS; i++)
		if (code[i] < '0' || code[i] > '9')
			return false;
	return code[TOTP_DIGITS] == '\0';
}

/* A keyed HMAC handle, reused for all codes of one comparison. */
static enum err
totp_open(const struct secret *key, gcry_md_hd_t *ret_mac)
{
	if (key->length < 1 || key->length > TOTP_KEY_MAX)
		return ERR_CRYPTO;
	return mac_open(GCRY_MD_SHA1, key, ret_mac);
}

/* RFC 4226 5.3: dynamic truncation, to 31 bits of which a code is the last digits. No branch
 * depends on the MAC. */
static uint32_t
totp_number(gcry_md_hd_t mac, int64_t step)
{
	unsigned char counter[8];
	const unsigned char *hash, *part;

	bytes_be64(step, counter);
	gcry_md_reset(mac);
	gcry_md_write(mac, counter, sizeof counter);
	hash = gcry_md_read(mac, GCRY_MD_SHA1);
	part = hash + (hash[19] & 0x0f);
	return (uint32_t)(part[0] & 0x7f) << 24 | (uint32_t)part[1] << 16 | (uint32_t)part[2] << 8 |
	    part[3];
}

enum err
totp_code(const struct secret *key, int64_t step, unsigned digits, char ret_code[9])
{
	gcry_md_hd_t mac = NULL;
	uint32_t number;
	enum err err;

	if (digits < TOTP_DIGITS || digits > TOTP_DIGITS_MAX)
		return ERR_CRYPTO;
	err = totp_open(key, &mac);
	if (err != ERR_OK)
		return err;
	number = totp_number(mac, step);
	gcry_md_close(mac);
	for (unsigned i = digits; i-- > 0; number /= 10)
		ret_code[i] = (char)('0' + number % 10);
	ret_code[digits] = '\0';
	return ERR_OK;
}

/* What was typed, as a number, in the same time whatever digits it has; TOTP_NONE, which no code
 * is, if it is not six digits. */
static uint32_t
totp_typed(const char *code)
{
	uint32_t number = 0, bad = 0;

	if (strnlen(code, TOTP_DIGITS + 1) != TOTP_DIGITS)
		return TOTP_NONE;
	for (size_t i = 0; i < TOTP_DIGITS; i++) {
		uint32_t digit = (uint32_t)(unsigned char)code[i] - '0';

		bad |= (digit | (9 - digit)) >> 31; /* 1 below '0' and above '9' */
		number = number * 10 + digit;
	}
	return number | (0 - bad);
}

/* Whether typed is the code of a step: all ones, else 0, to select with and not branch on. */
static uint64_t
totp_fits(gcry_md_hd_t mac, int64_t step, uint32_t typed)
{
	uint32_t difference = totp_number(mac, step) % TOTP_CODES ^ typed;

	return 0 - (((uint64_t)difference - 1) >> 63);
}

enum err
totp_match(const struct secret *key, int64_t step, int64_t offset, const char *code,
    bool *ret_matched, int64_t *ret_step)
{
	gcry_md_hd_t mac = NULL;
	uint32_t typed;
	uint64_t any = 0, found = 0;
	enum err err;

	/* An offset beyond what resynchronisation gives would open another step (RFC 6238 6). */
	if (offset < -TOTP_RESYNC_STEPS || offset > TOTP_RESYNC_STEPS)
		return ERR_STORE_CORRUPT;
	err = totp_open(key, &mac);
	if (err != ERR_OK)
		return err;
	typed = totp_typed(code);
	for (int64_t i = -TOTP_WINDOW; i <= TOTP_WINDOW; i++) {
		uint64_t here = (uint64_t)step + (uint64_t)offset + (uint64_t)i;
		uint64_t fits = totp_fits(mac, (int64_t)here, typed);

		found = (found & ~fits) | (here & fits);
		any |= fits;
	}
	gcry_md_close(mac);
	secret_wipe(&typed, sizeof typed);
	/* The verdict is no secret from here on: branches are allowed. */
	*ret_matched = any != 0;
	if (any)
		*ret_step = (int64_t)found;
	return ERR_OK;
}

enum err
totp_resync(const struct secret *key, int64_t step, int64_t last_step, const char *first,
    const char *next, bool *ret_matched, int64_t *ret_step)
{
	uint32_t typed[2];
	gcry_md_hd_t mac = NULL;
	uint64_t any = 0, found = 0, before = 0;
	enum err err = totp_open(key, &mac);

	if (err != ERR_OK)
		return err;
	typed[0] = totp_typed(first);
	typed[1] = totp_typed(next);
	for (int64_t i = -TOTP_RESYNC_STEPS; i <= TOTP_RESYNC_STEPS; i++) {
		uint64_t here = (uint64_t)step + (uint64_t)i;
		uint64_t fits = before & totp_fits(mac, (int64_t)here, typed[1]);

		found = (found & ~fits) | (here & fits);
		any |= fits;
		/* Whether the first code fits here, for the next round; a step that may be spent
		 * does not count. */
		before = totp_fits(mac, (int64_t)here, typed[0]) &
		    (0 - (uint64_t)((int64_t)here > last_step));
	}
	gcry_md_close(mac);
	secret_wipe(typed, sizeof typed);
	*ret_matched = any != 0;
	if (any)
		*ret_step = (int64_t)found;
	return ERR_OK;
}

void
totp_base32(const unsigned char *bytes, size_t length, char *text)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint32_t buffer = 0;
	unsigned bits = 0;

	for (size_t i = 0; i < length; i++) {
		buffer = (buffer << 8 | bytes[i]) & 0xfff;
		for (bits += 8; bits >= 5; bits -= 5)
			*text++ = alphabet[buffer >> (bits - 5) & 31];
	}
	if (bits > 0)
		*text++ = alphabet[buffer << (5 - bits) & 31];
	*text = '\0';
}
