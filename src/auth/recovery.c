/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/recovery.h"

#include <string.h>

#include "auth/auth.h"
#include "auth/mac.h"
#include "auth/totp.h"

enum { RECOVERY_BYTES = 10, RECOVERY_CHARACTERS = 16, RECOVERY_GROUP = 4 };

/* 16 characters in four groups. */
static void
recovery_groups(const char *characters, char text[RECOVERY_TEXT_SIZE])
{
	for (size_t i = 0; i < RECOVERY_CHARACTERS; i++) {
		if (i > 0 && i % RECOVERY_GROUP == 0)
			*text++ = '-';
		*text++ = characters[i];
	}
	*text = '\0';
}

void
recovery_new(char ret_text[RECOVERY_TEXT_SIZE])
{
	unsigned char bytes[RECOVERY_BYTES];
	char characters[RECOVERY_CHARACTERS + 1];

	auth_key(bytes, sizeof bytes);
	totp_base32(bytes, sizeof bytes, characters);
	secret_wipe(bytes, sizeof bytes);
	recovery_groups(characters, ret_text);
	secret_wipe(characters, sizeof characters);
}

/* Bytes of the blank or dash that text starts with, 0 if none: also those that documents and mail
 * put in their place. */
static size_t
recovery_ignored(const char *text)
{
	static const char *const ignored[] = {
		" ", "\t", "\r", "\n", "-", "\xc2\xa0", /* no-break space */
		"\xe2\x80\xaf",				/* narrow no-break space */
		"\xe2\x80\x90", "\xe2\x80\x91",
		"\xe2\x80\x92",			/* hyphen, non-breaking hyphen, figure dash */
		"\xe2\x80\x93", "\xe2\x80\x94", /* en dash, em dash */
		"\xe2\x88\x92"			/* minus sign */
	};

	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
		size_t length = strlen(ignored[i]);

		if (strncmp(text, ignored[i], length) == 0)
			return length;
	}
	return 0;
}

/* The Base32 character (RFC 4648 6) for a typed one; NUL if there is none. */
static char
recovery_character(char typed)
{
	if (typed >= 'a' && typed <= 'z')
		typed = (char)(typed - 'a' + 'A');
	/* The three digits that look like Base32 letters: 0, 1 and 8. */
	if (typed == '0')
		return 'O';
	if (typed == '1')
		return 'I';
	if (typed == '8')
		return 'B';
	return (typed >= 'A' && typed <= 'Z') || (typed >= '2' && typed <= '7') ? typed : '\0';
}

enum err
recovery_clean(const char *typed, char ret_text[RECOVERY_TEXT_SIZE])
{
	char characters[RECOVERY_CHARACTERS];
	size_t count = 0;
	enum err err = ERR_RECOVERY_FORMAT;

	while (*typed) {
		size_t skip = recovery_ignored(typed);
		char character;

		if (skip > 0) {
			typed += skip;
			continue;
		}
		character = recovery_character(*typed++);
		if (character == '\0' || count == RECOVERY_CHARACTERS)
			goto out;
		characters[count++] = character;
	}
	if (count < RECOVERY_CHARACTERS)
		goto out;
	recovery_groups(characters, ret_text);
	err = ERR_OK;
out:
	secret_wipe(characters, sizeof characters);
	return err;
}

enum err
recovery_hash(const struct keyring *ring, int64_t key_id, int64_t user, const char *text,
    unsigned char ret_hash[RECOVERY_HASH_SIZE])
{
	const struct secret *key = keyring_get(ring, KEY_RECOVERY, key_id);
	gcry_md_hd_t mac = NULL;
	enum err err;

	if (!key)
		return ERR_CRYPTO;
	err = mac_start(key, "recovery code", &mac);
	if (err != ERR_OK)
		return err;
	mac_number(mac, user);
	mac_bytes(mac, text, strlen(text));
	mac_end(mac, ret_hash);
	return ERR_OK;
}

enum err
recovery_name_hash(const struct keyring *ring, const char *fold,
    unsigned char ret_hash[RECOVERY_HASH_SIZE])
{
	int64_t id;
	const struct secret *key = keyring_newest(ring, KEY_RECOVERY, &id);
	gcry_md_hd_t mac = NULL;
	enum err err;

	if (!key)
		return ERR_CRYPTO;
	err = mac_start(key, "name", &mac);
	if (err != ERR_OK)
		return err;
	mac_bytes(mac, fold, strlen(fold));
	mac_end(mac, ret_hash);
	return ERR_OK;
}
