/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: the first byte tells request or reply, the rest is the message. What is taken is a
 * string wherever one is promised. */
#include "fuzz.h"

#include <string.h>

#include "core/signin.h"
#include "wire/greeting.h"

/* Of whatever version it may be: its words can be shown, and it is not ours. */
static void
fuzz_greeting(const uint8_t *data, size_t size, enum wire_op op)
{
	struct greeting other;

	if (!greeting_other(data, size, op, &other))
		return;
	MUST(other.version != WIRE_VERSION && other.version != 0);
	MUST(memchr(other.program, 0, sizeof other.program) != NULL);
	for (const char *at = other.program; *at != '\0'; at++)
		MUST(*at > ' ' && *at < 0x7f && *at != '%');
}

static void
fuzz_request(const uint8_t *data, size_t size)
{
	struct wire_request *request = calloc(1, sizeof *request);

	MUST(request != NULL);
	memcpy(request, data, size < sizeof *request ? size : sizeof *request);
	if (wire_request_valid(request, size)) {
		MUST(size == wire_request_size(request->op) && size <= sizeof *request);
		MUST(request->version == WIRE_VERSION && request->op != WIRE_NO_OP &&
		    request->op < WIRE_OP_COUNT);
		if (request->op == WIRE_PASSWORD)
			MUST(memchr(request->u.password.name, 0, sizeof request->u.password.name) !=
				NULL &&
			    memchr(request->u.password.password, 0,
				sizeof request->u.password.password) != NULL);
		if (request->op == WIRE_USER_ADD)
			MUST(request->u.user_add.role < ROLE_COUNT &&
			    request->u.user_add.invite <= 1);
		if (request->op == WIRE_SETTING_SET)
			MUST(request->u.setting_set.id < SETTING_COUNT);
	}
	free(request);
}

static void
fuzz_reply(const uint8_t *data, size_t size)
{
	struct wire_reply *reply = calloc(1, sizeof *reply);

	MUST(reply != NULL);
	memcpy(reply, data, size < sizeof *reply ? size : sizeof *reply);
	if (wire_reply_valid(reply, size)) {
		MUST(size == wire_reply_size(reply->op) && size <= sizeof *reply);
		MUST(reply->err < ERR_COUNT && reply->door < DOOR_COUNT && reply->wait >= 0);
		if (reply->op == WIRE_AUDIT_LIST && reply->err == ERR_OK)
			MUST(reply->u.audit_page.count <= WIRE_AUDIT_PAGE);
		if (reply->op == WIRE_USER_LIST && reply->err == ERR_OK)
			MUST(reply->u.user_page.count <= WIRE_USERS_PAGE);
	}
	free(reply);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	if ((data[0] & 1) == 0) {
		fuzz_request(data + 1, size - 1);
		fuzz_greeting(data + 1, size - 1, WIRE_HELLO);
	} else {
		fuzz_reply(data + 1, size - 1);
		fuzz_greeting(data + 1, size - 1, WIRE_NO_OP);
	}
	return 0;
}
