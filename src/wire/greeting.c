/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/greeting.h"

#include <string.h>

#include "core/err.h"

enum { OP_AT = 4, ERR_AT = 8, MAGIC_AT = 12, PROGRAM_AT = 20, FIRST_VERSION = 3 };

static const char magic[WIRE_MAGIC_SIZE] = "provcon";

/* What programs of all versions rely on: change none of these, ever. */
_Static_assert(offsetof(struct wire_request, version) == 0 &&
	offsetof(struct wire_request, op) == OP_AT &&
	offsetof(struct wire_request, u.hello.unused) == ERR_AT &&
	offsetof(struct wire_request, u.hello.magic) == MAGIC_AT &&
	offsetof(struct wire_request, u.hello.program) == PROGRAM_AT &&
	PROGRAM_AT + WIRE_PROGRAM_SIZE == GREETING_SIZE,
    "a hello begins as it always did");
_Static_assert(WIRE_NO_OP == 0 && WIRE_HELLO == 1 && sizeof magic == 8,
    "and so does the answer to one");

static uint32_t
number_at(const unsigned char *bytes)
{
	uint32_t number;

	memcpy(&number, bytes, sizeof number);
	return number;
}

static void
put_number(unsigned char *bytes, uint32_t number)
{
	memcpy(bytes, &number, sizeof number);
}

void
greeting_ours(struct greeting *ret_ours)
{
	ret_ours->version = WIRE_VERSION;
	wire_put(ret_ours->program, sizeof ret_ours->program, PACKAGE_VERSION);
}

void
greeting_fill(struct wire_hello_request *ret_hello)
{
	memcpy(ret_hello->magic, magic, sizeof magic);
	wire_put(ret_hello->program, sizeof ret_hello->program, PACKAGE_VERSION);
}

void
greeting_answer(unsigned char bytes[GREETING_SIZE])
{
	put_number(bytes, WIRE_VERSION);
	put_number(bytes + OP_AT, WIRE_NO_OP);
	put_number(bytes + ERR_AT, ERR_VERSION);
	memcpy(bytes + MAGIC_AT, magic, sizeof magic);
	wire_put((char *)bytes + PROGRAM_AT, WIRE_PROGRAM_SIZE, PACKAGE_VERSION);
}

/* The versions before the first one that greets said no more than their number. */
bool
greeting_other(const void *message, size_t size, enum wire_op op, struct greeting *ret_other)
{
	const unsigned char *bytes = message;
	struct greeting other = { 0 };

	if (size < ERR_AT || number_at(bytes + OP_AT) != (uint32_t)op)
		return false;
	other.version = number_at(bytes);
	if (other.version == WIRE_VERSION || other.version == 0)
		return false;
	if (other.version >= FIRST_VERSION) {
		if (size < GREETING_SIZE || memcmp(bytes + MAGIC_AT, magic, sizeof magic) != 0)
			return false;
		greeting_show((const char *)bytes + PROGRAM_AT, other.program);
	}
	*ret_other = other;
	return true;
}

static bool
is_shown(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    (c != '\0' && strchr(".+~_-", c) != NULL);
}

void
greeting_show(const char program[WIRE_PROGRAM_SIZE], char ret_shown[WIRE_PROGRAM_SIZE])
{
	size_t length = strnlen(program, WIRE_PROGRAM_SIZE - 1);

	for (size_t i = 0; i < length; i++)
		ret_shown[i] = (char)(is_shown(program[i]) ? program[i] : '?');
	memset(ret_shown + length, 0, WIRE_PROGRAM_SIZE - length);
}

int
greeting_compare(const struct greeting *a, const struct greeting *b)
{
	int order = 0;

	if (*a->program != '\0' && *b->program != '\0')
		order = strverscmp(a->program, b->program);
	if (order != 0)
		return order;
	return (a->version > b->version) - (a->version < b->version);
}
