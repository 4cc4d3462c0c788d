/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/phc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/secret.h"

/*
 * 0 passes "succeed" in libgcrypt, and 4 GiB overflowed its 32 bits before 1.11.1; the memory is
 * taken before anything else is looked at, so what a damaged row asks for is refused here.
 */
bool
phc_cost_good(const struct password_cost *cost)
{
	return cost->passes >= 1 && cost->passes <= 16 && cost->memory >= 7168 &&
	    cost->memory <= 1048576 && cost->lanes >= 1 && cost->lanes <= 4;
}

/* RFC 4648 4, without padding (3.2). */
static char *
phc_base64(const unsigned char *bytes, size_t length, char *text)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t buffer = 0;
	unsigned bits = 0;

	for (size_t i = 0; i < length; i++) {
		buffer = (buffer << 8 | bytes[i]) & 0x3fff;
		for (bits += 8; bits >= 6; bits -= 6)
			*text++ = alphabet[buffer >> (bits - 6) & 63];
	}
	if (bits > 0)
		*text++ = alphabet[buffer << (6 - bits) & 63];
	*text = '\0';
	return text;
}

static int
phc_sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+')
		return 62;
	return c == '/' ? 63 : -1;
}

/* Reads exactly length bytes and moves *text behind them. Bits left over must be zero: one text a
 * value (RFC 4648 3.5). */
static bool
phc_bytes(const char **text, unsigned char *bytes, size_t length)
{
	uint32_t buffer = 0;
	unsigned bits = 0;

	for (size_t at = 0; at < length;) {
		int sextet = phc_sextet(**text);

		if (sextet < 0)
			return false;
		(*text)++;
		buffer = (buffer << 6 | (uint32_t)sextet) & 0x3fff;
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		bytes[at++] = (unsigned char)(buffer >> bits & 0xff);
	}
	return (buffer & ((1U << bits) - 1)) == 0;
}

static bool
phc_word(const char **text, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(*text, word, length) != 0)
		return false;
	*text += length;
	return true;
}

/* A decimal number from 1 to max: no sign, blank or leading zero. */
static bool
phc_number(const char **text, int64_t max, int64_t *ret_number)
{
	int64_t number = 0;

	if (**text < '1' || **text > '9')
		return false;
	for (; **text >= '0' && **text <= '9'; (*text)++) {
		int digit = **text - '0';

		if (number > (max - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	*ret_number = number;
	return true;
}

enum err
phc_read(const char *text, struct phc *ret_phc)
{
	struct phc phc = { .key = 0 };
	int64_t memory = 0, passes = 0, lanes = 0;
	enum err err = ERR_STORE_CORRUPT;

	if (!phc_word(&text, "$argon2id$v=19$m=") || !phc_number(&text, UINT32_MAX, &memory) ||
	    !phc_word(&text, ",t=") || !phc_number(&text, UINT32_MAX, &passes) ||
	    !phc_word(&text, ",p=") || !phc_number(&text, UINT32_MAX, &lanes) ||
	    !phc_word(&text, ",keyid=") || !phc_number(&text, INT64_MAX, &phc.key))
		goto out;
	phc.cost = (struct password_cost){ (uint32_t)memory, (uint32_t)passes, (uint32_t)lanes };
	phc.bound = phc_word(&text, ",bind=1");
	if (!phc_cost_good(&phc.cost) || !phc_word(&text, "$") ||
	    !phc_bytes(&text, phc.salt, sizeof phc.salt) || !phc_word(&text, "$") ||
	    !phc_bytes(&text, phc.hash, sizeof phc.hash) || *text != '\0')
		goto out;
	*ret_phc = phc;
	err = ERR_OK;
out:
	secret_wipe(&phc, sizeof phc);
	return err;
}

void
phc_write(const struct phc *phc, char text[PASSWORD_PHC_SIZE])
{
	int length = snprintf(text, PASSWORD_PHC_SIZE,
	    "$argon2id$v=19$m=%" PRIu32 ",t=%" PRIu32 ",p=%" PRIu32 ",keyid=%" PRId64 "%s$",
	    phc->cost.memory, phc->cost.passes, phc->cost.lanes, phc->key,
	    phc->bound ? ",bind=1" : "");
	char *at = phc_base64(phc->salt, sizeof phc->salt, text + length);

	*at++ = '$';
	phc_base64(phc->hash, sizeof phc->hash, at);
}
