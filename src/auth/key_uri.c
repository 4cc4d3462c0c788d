/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/key_uri.h"

#include "core/secret.h"

/* The room that is left, with one byte kept for the NUL. */
struct key_uri_room {
	char *next;
	char *last;
	bool full;
};

static void
key_uri_byte(struct key_uri_room *room, char byte)
{
	if (room->next == room->last)
		room->full = true;
	else
		*room->next++ = byte;
}

static void
key_uri_plain(struct key_uri_room *room, const char *text)
{
	while (*text)
		key_uri_byte(room, *text++);
}

/* RFC 3986 2.3; independent of the locale. */
static bool
key_uri_unreserved(unsigned char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
	    (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' ||
	    byte == '~';
}

static void
key_uri_escaped(struct key_uri_room *room, char letter)
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char byte = (unsigned char)letter;

	if (key_uri_unreserved(byte)) {
		key_uri_byte(room, letter);
		return;
	}
	key_uri_byte(room, '%');
	key_uri_byte(room, hex[byte >> 4]);
	key_uri_byte(room, hex[byte & 15]);
}

static void
key_uri_encoded(struct key_uri_room *room, const char *text)
{
	for (; *text; text++)
		key_uri_escaped(room, *text);
}

/* Applications split the label at its first colon: an issuer from before colons were refused loses
 * its own. */
static void
key_uri_issuer(struct key_uri_room *room, const char *issuer)
{
	for (; *issuer; issuer++)
		if (*issuer != ':')
			key_uri_escaped(room, *issuer);
}

enum err
key_uri(const char *issuer, const char *account, const char *key, bool prefix, char *buf,
    size_t size)
{
	struct key_uri_room room = { .next = buf };

	if (size == 0)
		return ERR_FIELD_LONG;
	room.last = buf + size - 1;
	key_uri_plain(&room, "otpauth://totp/");
	if (prefix) {
		key_uri_issuer(&room, issuer);
		key_uri_plain(&room, ":");
	}
	key_uri_encoded(&room, account);
	key_uri_plain(&room, "?secret=");
	key_uri_encoded(&room, key);
	key_uri_plain(&room, "&issuer=");
	key_uri_issuer(&room, issuer);
	if (room.full) {
		secret_wipe(buf, size);
		return ERR_FIELD_LONG;
	}
	*room.next = '\0';
	return ERR_OK;
}
