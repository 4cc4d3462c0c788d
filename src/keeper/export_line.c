/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/export_line.h"

#include <string.h>

static const char beginning[] = "{\"id\": ", before_seal[] = ", \"seal\": \"", ending[] = "\"}\n",
		  digits[] = "0123456789abcdef";

enum {
	BEGINNING = sizeof beginning - 1,
	ENDING = sizeof before_seal - 1 + 2 * STORE_MAC_SIZE + sizeof ending - 1,
	NUMBER_DIGITS = 19 /* of INT64_MAX */
};

/* --- writing ---------------------------------------------------------------------- */

static char *
put_bytes(char *at, const char *bytes, size_t length)
{
	memcpy(at, bytes, length);
	return at + length;
}

static char *
put_string(char *at, const char *string)
{
	return put_bytes(at, string, strlen(string));
}

static char *
put_number(char *at, int64_t number)
{
	char text[NUMBER_DIGITS + 1];
	size_t first = sizeof text;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do
		text[--first] = digits[rest % 10];
	while ((rest /= 10) > 0);
	if (number < 0)
		*at++ = '-';
	return put_bytes(at, text + first, sizeof text - first);
}

static char *
put_text(char *at, const char *key, const char *text)
{
	size_t used;

	at = put_string(at, key);
	at += text_json(text, strlen(text), sizeof(struct store_audit), at, &used);
	*at++ = '"';
	return at;
}

static char *
put_seal(char *at, const unsigned char mac[STORE_MAC_SIZE])
{
	at = put_bytes(at, before_seal, sizeof before_seal - 1);
	for (size_t i = 0; i < STORE_MAC_SIZE; i++) {
		*at++ = digits[mac[i] >> 4];
		*at++ = digits[mac[i] & 15];
	}
	return put_bytes(at, ending, sizeof ending - 1);
}

size_t
export_line(const struct store_audit *row, char line[EXPORT_LINE_SIZE])
{
	char *at = put_bytes(line, beginning, BEGINNING);

	at = put_number(at, row->id);
	at = put_number(put_string(at, ", \"time\": "), row->time);
	at = put_text(at, ", \"who\": \"", row->who);
	at = put_text(at, ", \"source\": \"", row->source);
	at = put_text(at, ", \"terminal\": \"", row->terminal);
	at = put_text(at, ", \"action\": \"", row->action);
	at = put_text(at, ", \"target\": \"", row->target);
	at = put_text(at, ", \"result\": \"", row->result);
	at = put_text(at, ", \"detail\": \"", row->detail);
	at = put_number(put_string(at, ", \"peer_uid\": "), row->peer_uid);
	at = put_text(at, ", \"node\": \"", row->node);
	at = put_string(at, row->vouched ? ", \"vouched\": true" : ", \"vouched\": false");
	at = put_number(put_string(at, ", \"version\": "), row->version);
	at = put_number(put_string(at, ", \"key\": "), row->key);
	return (size_t)(put_seal(at, row->mac) - line);
}

/* --- reading ---------------------------------------------------------------------- */

/* Digits at `at` that end before `end` with a comma. */
static bool
read_number(const char *at, const char *end, int64_t *ret_number)
{
	int64_t number = 0;
	const char *from = at;

	for (; at < end && *at >= '0' && *at <= '9' && at - from < NUMBER_DIGITS - 1; at++)
		number = 10 * number + (*at - '0');
	if (at == from || at == end || *at != ',' || number < 1)
		return false;
	*ret_number = number;
	return true;
}

static bool
read_seal(const char *at, unsigned char mac[STORE_MAC_SIZE])
{
	for (size_t i = 0; i < STORE_MAC_SIZE; i++) {
		const char *high = memchr(digits, at[2 * i], 16);
		const char *low = memchr(digits, at[2 * i + 1], 16);

		if (high == NULL || low == NULL)
			return false;
		mac[i] = (unsigned char)((high - digits) << 4 | (low - digits));
	}
	return true;
}

bool
export_line_read(const char *line, size_t length, int64_t *ret_id,
    unsigned char ret_mac[STORE_MAC_SIZE])
{
	unsigned char mac[STORE_MAC_SIZE];
	const char *seal = line + length - ENDING;

	if (length < BEGINNING + ENDING || memcmp(line, beginning, BEGINNING) != 0 ||
	    memcmp(seal, before_seal, sizeof before_seal - 1) != 0 ||
	    memcmp(line + length - (sizeof ending - 1), ending, sizeof ending - 1) != 0 ||
	    !read_seal(seal + sizeof before_seal - 1, mac) ||
	    !read_number(line + BEGINNING, seal, ret_id))
		return false;
	memcpy(ret_mac, mac, sizeof mac);
	return true;
}

bool
export_line_torn(const char *bytes, size_t length)
{
	return memcmp(bytes, beginning, length < BEGINNING ? length : BEGINNING) == 0;
}
