/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every field of every message, as message.def has them: what it may hold is taken, what lies just
 * outside is refused, and no byte of a message belongs to no field. The members are found by their
 * names, not by their place in the list. What a kind of field must refuse is said here once more;
 * wire.c has examples of it that were written by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/err.h"
#include "core/signin.h"
#include "wire/wire.h"

enum kind { STRING_KIND, U8_KIND, U32_KIND, NATURAL_KIND, NUMBER_KIND, ZERO_KIND, SHAPE_KIND };

struct shape {
	void (*walk)(void *here);
};

struct field {
	enum kind kind;
	const char *name;
	unsigned char *at;
	size_t bytes; /* of the member, as the compiler has it */
	size_t count, size;
	uint32_t least, most;
	const struct shape *shape;
};

static struct wire_request request;
static struct wire_reply reply;

/* The message that is tried, and which of its bytes belong to a field. */
static struct {
	unsigned char *bytes;
	size_t size;
	unsigned char covered[sizeof(struct wire_reply)];
	unsigned fields;
} tried;

static bool
valid(void)
{
	return tried.bytes == (unsigned char *)&request ? wire_request_valid(&request, tried.size)
							: wire_reply_valid(&reply, tried.size);
}

static void
expect(const struct field *field, bool wanted, const char *with)
{
	if (valid() == wanted)
		return;
	fail_msg("%s %s: %s %s is %s", tried.bytes == (unsigned char *)&request ? "ask" : "answer",
	    wire_op_name(tried.bytes == (unsigned char *)&request ? request.op : reply.op),
	    field->name, with, wanted ? "refused" : "taken");
}

/* --- one element of each kind ------------------------------------------------------- */

static void
try_string(const struct field *field, unsigned char *at)
{
	memset(at, 'x', field->size - 1);
	expect(field, true, "as long as it can be");
	at[field->size - 1] = 'x';
	expect(field, false, "without an end");
	memset(at, 0, field->size - 1);
	expect(field, false, "with a byte behind its end");
	at[field->size - 1] = 0;
}

static void
try_u8(const struct field *field, unsigned char *at)
{
	unsigned char before = *at;

	*at = (unsigned char)field->least;
	expect(field, true, "at its least");
	*at = (unsigned char)field->most;
	expect(field, true, "at its most");
	*at = (unsigned char)(field->least - 1);
	if (field->least > 0)
		expect(field, false, "below its least");
	*at = (unsigned char)(field->most + 1);
	expect(field, false, "above its most");
	*at = before;
}

static void
try_number(const struct field *field, unsigned char *at, uint32_t number, bool wanted)
{
	memcpy(at, &number, sizeof number);
	expect(field, wanted, "at an end of its range, or one beyond");
}

static void
try_u32(const struct field *field, unsigned char *at)
{
	bool is_op = at == tried.bytes + offsetof(struct wire_request, op);
	unsigned char before[sizeof(uint32_t)];

	memcpy(before, at, sizeof before);
	if (!is_op) {
		/* Another op is another message. */
		try_number(field, at, field->least, true);
		try_number(field, at, field->most, true);
	}
	if (field->least > 0)
		try_number(field, at, field->least - 1, false);
	if (field->most < UINT32_MAX)
		try_number(field, at, field->most + 1, false);
	memcpy(at, before, sizeof before);
}

static void
try_int64(const struct field *field, unsigned char *at)
{
	static const int64_t numbers[] = { 0, 1, INT64_MAX, -1, INT64_MIN };
	static const int64_t zero;

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		memcpy(at, &numbers[i], sizeof numbers[i]);
		expect(field, field->kind == NUMBER_KIND || numbers[i] >= 0, "of some sign");
	}
	memcpy(at, &zero, sizeof zero);
}

static void
try_zero(const struct field *field, unsigned char *at)
{
	for (size_t i = 0; i < field->size; i++) {
		at[i] = 1;
		expect(field, false, "that is not zero");
		at[i] = 0;
	}
}

/* --- a field ------------------------------------------------------------------------ */

static void
cover(const struct field *field)
{
	size_t begin = (size_t)(field->at - tried.bytes);

	for (size_t i = begin; i < begin + field->bytes; i++) {
		assert_int_equal(tried.covered[i], 0);
		tried.covered[i] = 1;
	}
	tried.fields++;
}

static void
try_element(const struct field *field, unsigned char *at)
{
	switch (field->kind) {
	case STRING_KIND:
		try_string(field, at);
		break;
	case U8_KIND:
		try_u8(field, at);
		break;
	case U32_KIND:
		try_u32(field, at);
		break;
	case NATURAL_KIND:
	case NUMBER_KIND:
		try_int64(field, at);
		break;
	case ZERO_KIND:
		try_zero(field, at);
		break;
	case SHAPE_KIND:
		field->shape->walk(at);
		break;
	}
}

static void
try_field(struct field field)
{
	assert_int_equal(field.bytes, field.count * field.size);
	if (field.kind != SHAPE_KIND)
		cover(&field);
	for (size_t i = 0; i < field.count; i++)
		try_element(&field, field.at + i * field.size);
}

#define FIELD(kind, type, name, array, count, size, least, most, shape) \
	try_field((struct field){ kind##_KIND, #name, (unsigned char *)&it->name, sizeof it->name, \
	    count, size, least, most, shape });
#define STRUCT(tag, ...) \
	static void walk_##tag(void *here) \
	{ \
		struct wire_##tag *it = here; \
		__VA_ARGS__ \
	} \
	static const struct shape shape_##tag = { walk_##tag };
#define REQUEST_HEADER(...) \
	static void walk_request(struct wire_request *it) \
	{ \
		__VA_ARGS__ \
	}
#define REPLY_HEADER(...) \
	static void walk_reply(struct wire_reply *it) \
	{ \
		__VA_ARGS__ \
	}
#include "wire/message.def"

static const struct op {
	const struct shape *request, *reply;
} ops[WIRE_OP_COUNT] = {
	[WIRE_NO_OP] = { NULL, &shape_none_reply },
#define OP(name, ask, answer) [WIRE_##name] = { &shape_##ask##_request, &shape_##answer##_reply },
#include "wire/message.def"
};

/* --- a message ---------------------------------------------------------------------- */

static void
begin(void *bytes, size_t size)
{
	memset(&tried, 0, sizeof tried);
	tried.bytes = bytes;
	tried.size = size;
	assert_true(valid());
}

/* All is as it was, and every byte was looked at. */
static void
end(void)
{
	assert_true(valid());
	assert_true(tried.fields > 0);
	for (size_t i = 0; i < tried.size; i++)
		if (!tried.covered[i])
			fail_msg("byte %zu of %s belongs to no field", i,
			    wire_op_name(
				tried.bytes == (unsigned char *)&request ? request.op : reply.op));
}

static void
every_field_of_every_request(void **state)
{
	(void)state;
	for (uint32_t op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++) {
		wire_request_init(&request, (enum wire_op)op);
		if (op == WIRE_HELLO)
			request.u.hello.kind = WIRE_PERSON;
		begin(&request, wire_request_size(op));
		walk_request(&request);
		ops[op].request->walk(&request.u);
		end();
	}
}

static void
every_field_of_every_reply(void **state)
{
	(void)state;
	for (uint32_t op = WIRE_NO_OP; op < WIRE_OP_COUNT; op++) {
		wire_reply_init(&reply, (enum wire_op)op);
		begin(&reply, wire_reply_size(op));
		walk_reply(&reply);
		ops[op].reply->walk(&reply.u);
		end();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_of_every_request),
		cmocka_unit_test(every_field_of_every_reply),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
