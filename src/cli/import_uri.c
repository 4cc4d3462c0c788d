/* SPDX-License-Identifier: GPL-3.0-or-later */
/* otpauth://totp/LABEL?secret=...&... (Key-Uri-Format). */
#include <string.h>
#include <strings.h>

#include "cli/import.h"
#include "core/secret.h"

enum { VALUE_SIZE = 512 };

/* What a parameter must be, and the reason where it is not. Others change no code: issuer, image.
 */
static const struct {
	const char *name, *value;
	enum import_why why;
} must_be[] = {
	{ "algorithm", "SHA1", IMPORT_ALGORITHM },
	{ "digits", "6", IMPORT_DIGITS },
	{ "period", "30", IMPORT_PERIOD },
	{ "encoder", "", IMPORT_TYPE },
};

/* Percent-encoding (RFC 3986 2.1) undone; false: it is none, or too long, or holds a NUL. */
static bool
decode(const char *text, size_t length, char buf[VALUE_SIZE])
{
	size_t put = 0;

	for (size_t i = 0; i < length; i++) {
		int c = (unsigned char)text[i];

		if (c == '%') {
			int high = i + 2 < length ? import_digit(text[i + 1]) : -1;
			int low = i + 2 < length ? import_digit(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = high << 4 | low;
			i += 2;
		}
		if (c == '\0' || put == VALUE_SIZE - 1)
			return false;
		buf[put++] = (char)c;
	}
	buf[put] = '\0';
	return true;
}

/* name=value; the key may stand there once. */
static enum import_why
take(const char *name, const char *value, struct import_row *row)
{
	if (strcasecmp(name, "secret") == 0)
		return row->key_length > 0 ? IMPORT_URI
					   : import_base32(value, strlen(value), false, row);
	for (size_t i = 0; i < sizeof must_be / sizeof must_be[0]; i++)
		if (strcasecmp(name, must_be[i].name) == 0)
			return strcasecmp(value, must_be[i].value) == 0 ? IMPORT_ROW
									: must_be[i].why;
	return IMPORT_ROW;
}

static enum import_why
take_parameter(const char *text, size_t length, struct import_row *row)
{
	const char *equals = memchr(text, '=', length);
	size_t name_length = equals != NULL ? (size_t)(equals - text) : length;
	char name[VALUE_SIZE], value[VALUE_SIZE];
	enum import_why why = IMPORT_URI;

	if (length == 0)
		return IMPORT_ROW;
	if (equals != NULL && decode(text, name_length, name) &&
	    decode(equals + 1, length - name_length - 1, value))
		why = take(name, value, row);
	secret_wipe(value, sizeof value);
	return why;
}

/* Which codes it is for; *ret_at: behind it. */
static enum import_why
take_type(const char *uri, size_t length, const char **ret_at)
{
	static const char totp[] = "otpauth://totp/", hotp[] = "otpauth://hotp/";

	if (length >= sizeof hotp - 1 && strncasecmp(uri, hotp, sizeof hotp - 1) == 0)
		return IMPORT_COUNTER;
	if (length < sizeof totp - 1 || strncasecmp(uri, totp, sizeof totp - 1) != 0)
		return IMPORT_URI;
	*ret_at = uri + sizeof totp - 1;
	return IMPORT_ROW;
}

enum import_why
import_uri(const char *uri, size_t length, struct import_row *row)
{
	const char *end = uri + length, *at = uri;
	enum import_why why = take_type(uri, length, &at);

	if (why != IMPORT_ROW)
		return why;
	at = memchr(at, '?', (size_t)(end - at));
	if (at == NULL)
		return IMPORT_URI;
	for (at++; why == IMPORT_ROW && at < end;) {
		const char *stop = memchr(at, '&', (size_t)(end - at));

		if (stop == NULL)
			stop = end;
		why = take_parameter(at, (size_t)(stop - at), row);
		at = stop < end ? stop + 1 : end;
	}
	return why == IMPORT_ROW && row->key_length == 0 ? IMPORT_URI : why;
}
