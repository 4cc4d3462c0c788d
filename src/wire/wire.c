/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/wire.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

enum field_kind {
	FIELD_STRING,  /* terminated, zero behind its end */
	FIELD_U8,      /* min to max */
	FIELD_U32,     /* min to max */
	FIELD_NATURAL, /* int64_t, not negative */
	FIELD_ZERO,    /* unused */
	FIELD_SHAPE    /* a struct with fields of its own */
};

/* One checked field of a struct: count of them stand side by side, size bytes each. */
struct field {
	enum field_kind kind;
	size_t offset, size, count;
	uint32_t min, max;
	const struct shape *shape;
};

/* A struct: how large it is, and what in it is checked. Numbers of which any value will do are not
 * listed. */
struct shape {
	size_t size;
	const struct field *field;
	size_t fields;
};

#define MEMBER_SIZE(type, member) sizeof(((struct type *)0)->member)
#define STRING(type, member) \
	{ \
		FIELD_STRING, offsetof(struct type, member), MEMBER_SIZE(type, member), 1, 0, 0, \
		    NULL \
	}
#define STRINGS(type, member) \
	{ \
		FIELD_STRING, offsetof(struct type, member), MEMBER_SIZE(type, member[0]), \
		    MEMBER_SIZE(type, member) / MEMBER_SIZE(type, member[0]), 0, 0, NULL \
	}
#define ZERO(type, member) \
	{ \
		FIELD_ZERO, offsetof(struct type, member), MEMBER_SIZE(type, member), 1, 0, 0, \
		    NULL \
	}
#define U8(type, member, most) \
	{ \
		FIELD_U8, offsetof(struct type, member), 1, 1, 0, (most), NULL \
	}
#define U32(type, member, least, most) \
	{ \
		FIELD_U32, offsetof(struct type, member), 4, 1, (least), (most), NULL \
	}
#define NATURAL(type, member) \
	{ \
		FIELD_NATURAL, offsetof(struct type, member), 8, 1, 0, 0, NULL \
	}
#define SHAPES(type, member, number, of) \
	{ \
		FIELD_SHAPE, offsetof(struct type, member), MEMBER_SIZE(type, member) / (number), \
		    (number), 0, 0, &(of) \
	}
#define SHAPE(name, type, ...) \
	static const struct field name##_fields[] = { __VA_ARGS__ }; \
	static const struct shape name = { sizeof(struct type), name##_fields, \
		sizeof name##_fields / sizeof name##_fields[0] };

/* --- what stands in more than one message ----------------------------------- */

SHAPE(shape_user, wire_user, STRING(wire_user, name), U8(wire_user, role, ROLE_COUNT - 1),
    U8(wire_user, has_2fa, 1), U8(wire_user, enabled, 1), U8(wire_user, password_due, 1),
    U32(wire_user, devices, 0, ACCOUNT_DEVICES_MAX),
    U32(wire_user, recovery_left, 0, ACCOUNT_RECOVERY_CODES), STRING(wire_user, last_source))

SHAPE(shape_audit_row, wire_audit_row, NATURAL(wire_audit_row, id), STRING(wire_audit_row, who),
    STRING(wire_audit_row, source), STRING(wire_audit_row, terminal),
    STRING(wire_audit_row, action), STRING(wire_audit_row, target), STRING(wire_audit_row, result),
    STRING(wire_audit_row, detail))

SHAPE(shape_proof, wire_proof, STRING(wire_proof, code), STRING(wire_proof, recovery),
    STRING(wire_proof, password))

SHAPE(shape_seen, wire_seen, STRING(wire_seen, value))

SHAPE(shape_device, wire_device, STRING(wire_device, name), ZERO(wire_device, unused))

/* --- requests ----------------------------------------------------------------- */

SHAPE(request_none, wire_none, ZERO(wire_none, unused))
SHAPE(request_hello, wire_hello_request, U32(wire_hello_request, authority, WIRE_PERSON, WIRE_HOST),
    STRING(wire_hello_request, source), STRING(wire_hello_request, terminal))
SHAPE(request_first_run, wire_first_run_request, STRING(wire_first_run_request, name),
    STRING(wire_first_run_request, password))
SHAPE(request_init, wire_init_request, STRING(wire_init_request, name),
    STRING(wire_init_request, password))
SHAPE(request_password, wire_password_request, STRING(wire_password_request, name),
    STRING(wire_password_request, password))
SHAPE(request_code, wire_code_request, STRING(wire_code_request, code))
SHAPE(request_recovery, wire_recovery_request, STRING(wire_recovery_request, code))
SHAPE(request_resync, wire_resync_request, STRING(wire_resync_request, first),
    STRING(wire_resync_request, next))
SHAPE(request_new_password, wire_new_password_request, STRING(wire_new_password_request, password))
SHAPE(request_enrol, wire_enrol_request, U8(wire_enrol_request, fresh, 1))
SHAPE(request_activate, wire_activate_request, STRING(wire_activate_request, code))
SHAPE(request_user_add, wire_user_add_request, STRING(wire_user_add_request, name),
    U8(wire_user_add_request, role, ROLE_COUNT - 1), U8(wire_user_add_request, invite, 1),
    STRING(wire_user_add_request, password))
SHAPE(request_user_name, wire_user_name_request, STRING(wire_user_name_request, name))
SHAPE(request_user_enable, wire_user_enable_request, STRING(wire_user_enable_request, name),
    U8(wire_user_enable_request, enabled, 1))
SHAPE(request_user_page, wire_user_page_request, STRING(wire_user_page_request, after))
SHAPE(request_setting_set, wire_setting_set_request,
    U32(wire_setting_set_request, id, 0, SETTING_COUNT - 1),
    STRING(wire_setting_set_request, value))
SHAPE(request_proof, wire_proof_request, SHAPES(wire_proof_request, proof, 1, shape_proof))
SHAPE(request_change_password, wire_change_password_request,
    SHAPES(wire_change_password_request, proof, 1, shape_proof),
    STRING(wire_change_password_request, old), STRING(wire_change_password_request, fresh))
SHAPE(request_setting_change, wire_setting_change_request,
    U32(wire_setting_change_request, id, 0, SETTING_COUNT - 1),
    STRING(wire_setting_change_request, value),
    SHAPES(wire_setting_change_request, seen, 1, shape_seen),
    SHAPES(wire_setting_change_request, proof, 1, shape_proof))
SHAPE(request_user_reset, wire_user_reset_request, STRING(wire_user_reset_request, name),
    STRING(wire_user_reset_request, reason))
SHAPE(request_user_role, wire_user_role_request, STRING(wire_user_role_request, name),
    U8(wire_user_role_request, role, ROLE_COUNT - 1))
SHAPE(request_audit_page, wire_audit_page_request, NATURAL(wire_audit_page_request, after))

/* --- replies ------------------------------------------------------------------ */

SHAPE(reply_none, wire_none, ZERO(wire_none, unused))
SHAPE(reply_hello, wire_hello_reply, U8(wire_hello_reply, set_up, 1),
    U8(wire_hello_reply, may_init, 1), ZERO(wire_hello_reply, unused),
    NATURAL(wire_hello_reply, idle_lock), STRING(wire_hello_reply, console_name),
    STRING(wire_hello_reply, applications))
SHAPE(reply_signin, wire_signin_reply, STRING(wire_signin_reply, name),
    ZERO(wire_signin_reply, unused),
    U32(wire_signin_reply, recovery_left, 0, ACCOUNT_RECOVERY_CODES),
    U32(wire_signin_reply, used_recovery, 0, 1))
SHAPE(reply_enrol, wire_enrol_reply, STRING(wire_enrol_reply, key),
    STRING(wire_enrol_reply, issuer), STRING(wire_enrol_reply, account),
    STRING(wire_enrol_reply, uri), STRING(wire_enrol_reply, uri_short),
    U8(wire_enrol_reply, resumed, 1))
SHAPE(reply_codes, wire_codes_reply, STRINGS(wire_codes_reply, code))
SHAPE(reply_home, wire_home_reply, SHAPES(wire_home_reply, user, 1, shape_user),
    U8(wire_home_reply, mandatory, 1), ZERO(wire_home_reply, unused),
    STRINGS(wire_home_reply, notice), STRINGS(wire_home_reply, notice_action))
SHAPE(reply_user_add, wire_user_add_reply, STRING(wire_user_add_reply, invitation))
SHAPE(reply_user_page, wire_user_page_reply, U32(wire_user_page_reply, count, 0, WIRE_USERS_PAGE),
    U32(wire_user_page_reply, more, 0, 1),
    SHAPES(wire_user_page_reply, user, WIRE_USERS_PAGE, shape_user))
SHAPE(reply_user, wire_user_reply, SHAPES(wire_user_reply, user, 1, shape_user))
SHAPE(reply_setting_list, wire_setting_list_reply, STRINGS(wire_setting_list_reply, value))
SHAPE(reply_setting_set, wire_setting_set_reply, STRING(wire_setting_set_reply, value))
SHAPE(reply_audit_page, wire_audit_page_reply,
    U32(wire_audit_page_reply, count, 0, WIRE_AUDIT_PAGE), U32(wire_audit_page_reply, more, 0, 1),
    SHAPES(wire_audit_page_reply, row, WIRE_AUDIT_PAGE, shape_audit_row))

SHAPE(reply_account, wire_account_reply, SHAPES(wire_account_reply, user, 1, shape_user),
    U8(wire_account_reply, mandatory, 1), ZERO(wire_account_reply, unused),
    U32(wire_account_reply, device_count, 0, ACCOUNT_DEVICES_MAX),
    NATURAL(wire_account_reply, next_code),
    SHAPES(wire_account_reply, device, ACCOUNT_DEVICES_MAX, shape_device))
SHAPE(reply_settings_view, wire_settings_view_reply, U8(wire_settings_view_reply, mine, 1),
    ZERO(wire_settings_view_reply, unused), NATURAL(wire_settings_view_reply, next_code),
    STRINGS(wire_settings_view_reply, value))

/* --- the one table -------------------------------------------------------------- */

static const struct op {
	const char *name;
	const struct shape *request, *reply; /* request NULL: it is never asked */
} ops[WIRE_OP_COUNT] = { [WIRE_NO_OP] = { "NO_OP", NULL, &reply_none },
#define OP_ROW(op, ask, answer) [WIRE_##op] = { #op, &request_##ask, &reply_##answer },
	WIRE_OPS(OP_ROW)
#undef OP_ROW
};

size_t
wire_request_size(uint32_t op)
{
	const struct shape *shape = op < WIRE_OP_COUNT ? ops[op].request : NULL;

	return shape != NULL ? offsetof(struct wire_request, u) + shape->size : 0;
}

size_t
wire_reply_size(uint32_t op)
{
	return op < WIRE_OP_COUNT ? offsetof(struct wire_reply, u) + ops[op].reply->size : 0;
}

const char *
wire_op_name(uint32_t op)
{
	return op < WIRE_OP_COUNT ? ops[op].name : "?";
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

/* Numbers are copied out: a field of a packed neighbour need not be aligned for the reader. */
static bool
field_valid(const struct field *field, const unsigned char *bytes)
{
	uint32_t number;
	int64_t natural;

	switch (field->kind) {
	case FIELD_STRING:
		return string_valid(bytes, field->size);
	case FIELD_U8:
		return *bytes >= field->min && *bytes <= field->max;
	case FIELD_U32:
		memcpy(&number, bytes, sizeof number);
		return number >= field->min && number <= field->max;
	case FIELD_NATURAL:
		memcpy(&natural, bytes, sizeof natural);
		return natural >= 0;
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
	for (size_t i = 0; i < shape->fields; i++) {
		const struct field *field = &shape->field[i];

		for (size_t n = 0; n < field->count; n++)
			if (!field_valid(field, bytes + field->offset + n * field->size))
				return false;
	}
	return true;
}

bool
wire_request_valid(const struct wire_request *request, size_t size)
{
	if (size < offsetof(struct wire_request, u) || request->version != WIRE_VERSION)
		return false;
	if (wire_request_size(request->op) != size)
		return false;
	return shape_valid(ops[request->op].request, (const unsigned char *)&request->u);
}

bool
wire_reply_valid(const struct wire_reply *reply, size_t size)
{
	const unsigned char *member = (const unsigned char *)&reply->u;

	if (size < offsetof(struct wire_reply, u) || reply->version != WIRE_VERSION)
		return false;
	if (wire_reply_size(reply->op) != size)
		return false;
	if (reply->err >= ERR_COUNT || reply->door >= DOOR_COUNT || reply->wait < 0)
		return false;
	if (reply->err != ERR_OK)
		return all_zero(member, ops[reply->op].reply->size);
	return shape_valid(ops[reply->op].reply, member);
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
}

void
wire_reply_init(struct wire_reply *reply, enum wire_op op)
{
	memset(reply, 0, sizeof *reply);
	reply->version = WIRE_VERSION;
	reply->op = op;
}
