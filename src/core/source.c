/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/source.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/sum.h"

_Static_assert((int)SOURCE_TEXT_SIZE >= INET6_ADDRSTRLEN, "an address fits");

enum { KEY_BYTES = 8, GROUP_BYTES_IPV4 = 3, GROUP_BYTES_IPV6 = 6 };

/* ::ffff:0:0/96 */
static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

void
source_parse(const char *text, struct source *ret_source)
{
	struct source source = { .kind = SOURCE_LOCAL };
	unsigned char bytes[16];

	if (text == NULL) {
		*ret_source = source;
		return;
	}
	if (inet_pton(AF_INET, text, bytes) == 1) {
		source.kind = SOURCE_IPV4;
		memcpy(source.bytes, bytes, 4);
	} else if (inet_pton(AF_INET6, text, bytes) == 1) {
		if (memcmp(bytes, mapped, sizeof mapped) == 0) {
			source.kind = SOURCE_IPV4;
			memcpy(source.bytes, bytes + sizeof mapped, 4);
		} else {
			source.kind = SOURCE_IPV6;
			memcpy(source.bytes, bytes, sizeof bytes);
		}
	}
	*ret_source = source;
}

struct source
source_of_uid(uint32_t uid)
{
	return (struct source){ .kind = SOURCE_UID, .uid = uid };
}

/* inet_ntop() fails only for want of room, and there is room. */
static void
show_address(int family, const unsigned char *bytes, char ret_text[SOURCE_TEXT_SIZE])
{
	if (inet_ntop(family, bytes, ret_text, SOURCE_TEXT_SIZE) == NULL)
		ret_text[0] = '\0';
}

void
source_show(const struct source *source, char ret_text[SOURCE_TEXT_SIZE])
{
	switch (source->kind) {
	case SOURCE_IPV4:
		show_address(AF_INET, source->bytes, ret_text);
		return;
	case SOURCE_IPV6:
		show_address(AF_INET6, source->bytes, ret_text);
		return;
	case SOURCE_UID:
		(void)snprintf(ret_text, SOURCE_TEXT_SIZE, "uid:%" PRIu32, source->uid);
		return;
	case SOURCE_LOCAL:
		break;
	}
	(void)snprintf(ret_text, SOURCE_TEXT_SIZE, SOURCE_LOCAL_TEXT);
}

void
source_key(const struct source *source, char ret_text[SOURCE_TEXT_SIZE])
{
	unsigned char prefix[16] = { 0 };
	size_t length;

	if (source->kind != SOURCE_IPV6) {
		source_show(source, ret_text);
		return;
	}
	memcpy(prefix, source->bytes, KEY_BYTES);
	show_address(AF_INET6, prefix, ret_text);
	length = strlen(ret_text);
	(void)snprintf(ret_text + length, SOURCE_TEXT_SIZE - length, "/64");
}

/* The first count (at most 6) bytes as a number. */
static uint64_t
number(const unsigned char *bytes, size_t count)
{
	uint64_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value << 8 | bytes[i];
	return value;
}

/* The kind stands above the 48 bits of the longest prefix. */
uint64_t
source_group(const struct source *source)
{
	uint64_t kind = (uint64_t)source->kind << 48;

	switch (source->kind) {
	case SOURCE_IPV4:
		return kind | number(source->bytes, GROUP_BYTES_IPV4);
	case SOURCE_IPV6:
		return kind | number(source->bytes, GROUP_BYTES_IPV6);
	case SOURCE_UID:
		return kind | source->uid;
	case SOURCE_LOCAL:
		break;
	}
	return kind;
}

uint64_t
source_group_with(const struct source *source, const char *key)
{
	return *key == '\0' ? source_group(source) : source_group(source) ^ sum_text(key);
}
