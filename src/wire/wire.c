/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/wire.h"

#include <stdint.h>
#include <string.h>

#include "core/err.h"
#include "core/signin.h"
#include "wire/greeting.h"

/* --- what message.def says ------------------------------------------------------- */

enum field_kind {
	FIELD_STRING,  /* terminated, zero behind its end */
	FIELD_U8,      /* least to most */
	FIELD_U32,     /* least to most */
	FIELD_NATURAL, /* int64_t, not negative */
	FIELD_NUMBER,  /* int64_t, any */
	FIELD_ZERO,    /* unused */
	FIELD_SHAPE    /* a struct with fields of its own */
};

/* A field begins where the one before it ends: count elements, size bytes each. */
struct field {
	enum field_kind kind;
	size_t count, size;
	uint32_t least, most;
	const struct shape *shape;
	const char *name;
};

/* A struct, with every byte of it in a field. */
struct shape {
	size_t size;
	const struct field *field;
	size_t fields;
};

/* Nothing stands between the fields, or behind them, that no check would see. */
#define FIELD(kind, type, name, array, count, size, ...) +(size_t)(count) * (size)
#define STRUCT(tag, ...) \
	_Static_assert(sizeof(struct wire_##tag) == 0 __VA_ARGS__, "the compiler pads wire_" #tag);
#define REQUEST_HEADER(...) \
	_Static_assert(offsetof(struct wire_request, u) == 0 __VA_ARGS__, "the header is padded");
#define REPLY_HEADER(...) \
	_Static_assert(offsetof(struct wire_reply, u) == 0 __VA_ARGS__, "the header is padded");
#include "wire/message.def"

#define FIELD(kind, type, name, array, count, size, least, most, shape) \
	{ FIELD_##kind, count, size, least, most, shape, #name },
#define FIELDS(tag, bytes, ...) \
	static const struct field fields_##tag[] = { __VA_ARGS__ }; \
	static const struct shape shape_##tag = { bytes, fields_##tag, \
		sizeof fields_##tag / sizeof fields_##tag[0] };
#define STRUCT(tag, ...) FIELDS(tag, sizeof(struct wire_##tag), __VA_ARGS__)
#define REQUEST_HEADER(...) FIELDS(request, offsetof(struct wire_request, u), __VA_ARGS__)
#define REPLY_HEADER(...) FIELDS(reply, offsetof(struct wire_reply, u), __VA_ARGS__)
#include "wire/message.def"

static const struct op {
	const char *name;
	const struct shape *request, *reply; /* request NULL: it is never asked */
} ops[WIRE_OP_COUNT] = {
	[WIRE_NO_OP] = { "NO_OP", NULL, &shape_none_reply },
#define OP(op, ask, answer) [WIRE_##op] = { #op, &shape_##ask##_request, &shape_##answer##_reply },
#include "wire/message.def"
};

size_t
wire_request_size(uint32_t op)
{
	const struct shape *shape = op < WIRE_OP_COUNT ? ops[op].request : NULL;

	return shape != NULL ? shape_request.size + shape->size : 0;
}

size_t
wire_reply_size(uint32_t op)
{
	return op < WIRE_OP_COUNT ? shape_reply.size + ops[op].reply->size : 0;
}

const char *
wire_op_name(uint32_t op)
{
	return op < WIRE_OP_COUNT ? ops[op].name : "?";
}

const char *
wire_request_name(const struct wire_request *request)
{
	const struct shape *shape = request->op < WIRE_OP_COUNT ? ops[request->op].request : NULL;
	const char *bytes = (const char *)&request->u;

	for (size_t i = 0; shape != NULL && i < shape->fields; i++) {
		const struct field *field = &shape->field[i];

		if (field->kind == FIELD_STRING && strcmp(field->name, "name") == 0)
			return bytes;
		bytes += field->count * field->size;
	}
	return NULL;
}

/* --- checks ------------------------------------------------------------------- */

static bool
all_zero(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

static bool
string_valid(const unsigned char *bytes, size_t size)
{
	const unsigned char *end = memchr(bytes, 0, size);

	return end != NULL && all_zero(end, size - (size_t)(end - bytes));
}

static bool
shape_valid(const struct shape *shape, const unsigned char *bytes);

static bool
field_valid(const struct field *field, const unsigned char *bytes)
{
	uint32_t number;
	int64_t natural;

	switch (field->kind) {
	case FIELD_STRING:
		return string_valid(bytes, field->size);
	case FIELD_U8:
		return *bytes >= field->least && *bytes <= field->most;
	case FIELD_U32:
		memcpy(&number, bytes, sizeof number);
		return number >= field->least && number <= field->most;
	case FIELD_NATURAL:
		memcpy(&natural, bytes, sizeof natural);
		return natural >= 0;
	case FIELD_NUMBER:
		return true;
	case FIELD_ZERO:
		return all_zero(bytes, field->size);
	case FIELD_SHAPE:
		return shape_valid(field->shape, bytes);
	}
	return false;
}

/* The shapes stand in a tree two levels deep, so this ends. */
static bool
shape_valid(const struct shape *shape, const unsigned char *bytes)
{
	for (size_t i = 0; i < shape->fields; i++)
		for (size_t n = 0; n < shape->field[i].count; n++) {
			if (!field_valid(&shape->field[i], bytes))
				return false;
			bytes += shape->field[i].size;
		}
	return true;
}

bool
wire_request_valid(const struct wire_request *request, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)request;

	if (size < shape_request.size || !shape_valid(&shape_request, bytes))
		return false;
	return wire_request_size(request->op) == size &&
	    shape_valid(ops[request->op].request, bytes + shape_request.size);
}

bool
wire_reply_valid(const struct wire_reply *reply, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)reply;

	if (size < shape_reply.size || !shape_valid(&shape_reply, bytes))
		return false;
	if (wire_reply_size(reply->op) != size)
		return false;
	if (reply->err != ERR_OK)
		return all_zero(bytes + shape_reply.size, size - shape_reply.size);
	return shape_valid(ops[reply->op].reply, bytes + shape_reply.size);
}

struct wire_proof *
wire_request_proof(struct wire_request *request)
{
	unsigned char *bytes = (unsigned char *)&request->u;
	const struct shape *shape = request->op < WIRE_OP_COUNT ? ops[request->op].request : NULL;

	for (size_t i = 0; shape != NULL && i < shape->fields; i++) {
		if (shape->field[i].shape == &shape_proof)
			return (struct wire_proof *)bytes;
		bytes += shape->field[i].count * shape->field[i].size;
	}
	return NULL;
}

/* --- making messages ------------------------------------------------------------ */

void
wire_put(char *array, size_t size, const char *text)
{
	size_t length = strnlen(text, size);

	if (length == size) {
		length = size - 1;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(array, text, length);
	memset(array + length, 0, size - length);
}

void
wire_request_init(struct wire_request *request, enum wire_op op)
{
	memset(request, 0, sizeof *request);
	request->version = WIRE_VERSION;
	request->op = op;
	if (op == WIRE_HELLO)
		greeting_fill(&request->u.hello);
}

void
wire_reply_init(struct wire_reply *reply, enum wire_op op)
{
	memset(reply, 0, sizeof *reply);
	reply->version = WIRE_VERSION;
	reply->op = op;
}
