/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the console and the keeper say to each other, over a SOCK_SEQPACKET UNIX
 * socket: one request, then one reply, in turn. Every message is one fixed-size
 * struct without pointers: a header, and the member of the union that its op names,
 * no byte more. All of them stand in message.def. Strings are NUL-terminated UTF-8 inside their
 * array, and the bytes behind the NUL are zero. The keeper speaks in codes and data; words are the
 * console's.
 *
 * Malformed message (size, version, op or content): disconnect. Programs of two
 * versions tell each other so first: wire/greeting.h.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For sizes of fields alone. */
#include "core/account.h"
#include "core/incident.h"
#include "core/people.h"
#include "core/policy.h"
#include "core/ssh_key.h"
#include "core/text.h"

enum {
	WIRE_VERSION = 10,
	WIRE_CODE_SIZE = 8,	 /* 6 digits, NUL, and one to spare */
	WIRE_RECOVERY_SIZE = 32, /* XXXX-XXXX-XXXX-XXXX is 19 */
	WIRE_KEY_SIZE = 40,	 /* Base32 of 20 bytes is 32 */
	WIRE_URI_SIZE = 2048,
	WIRE_ISSUER_SIZE = 200,	 /* the console's name, and the host's in brackets */
	WIRE_SOURCE_SIZE = 64,	 /* an address of SSH_CONNECTION, or "local" */
	WIRE_TERMINAL_SIZE = 64, /* "/dev/pts/3", "xterm-256color" */
	WIRE_MAGIC_SIZE = 8,	 /* of the greeting; it and the next never change */
	WIRE_PROGRAM_SIZE = 44,	 /* "0.10.0" */
	WIRE_ACTION_SIZE = 32,
	WIRE_HASH_NAME_SIZE = 32,
	WIRE_IMPORT_ROWS = 32,
	WIRE_IMPORT_KEY_SIZE = 129, /* 64 bytes in hexadecimal, and NUL */
	WIRE_NOTICES = 3,	    /* at home */
	WIRE_NOTICES_COUNTED = 500,
	WIRE_NOTICES_PAGE = 8,
	WIRE_USERS_PAGE = 48,
	WIRE_AUDIT_PAGE = 32,
	WIRE_CHART_SLOTS = 25,	  /* hours of a day on which a clock is set back */
	WIRE_CHART_SOURCES = 128, /* of one answer */
	WIRE_SEAL_SIZE = 65,	  /* of 32 bytes */
	WIRE_WORD_SIZE = 128,
	WIRE_WITHOUT = 3, /* names in the question of the switch */
	WIRE_WAITING_PAGE = 8,
	WIRE_TICKET_SIZE = 68,	/* 64 hexadecimal digits, NUL, and 3 to spare */
	WIRE_SERVICE_SIZE = 64, /* PAM's: "sshd", "sudo" */
	WIRE_LINKS_PAGE = 32,
	WIRE_NODES_PAGE = 16,
	WIRE_SECRET_SIZE = 72,	     /* 64 hexadecimal digits in groups of 8, and NUL */
	WIRE_SHARES = 8,	     /* of lines: keeper/admission.h */
	WIRE_RUN_SIZE = 36,	     /* 32 hexadecimal digits, NUL, and 3 to spare */
	WIRE_RUN_LANGUAGE_SIZE = 64, /* of LANG */
	WIRE_RUN_LINES_MOST = 4096,
	WIRE_COMMAND_SIZE = 65, /* core/command.h has the same */
	WIRE_TITLE_SIZE = 129,
	WIRE_COMMANDS_PAGE = 32,
	WIRE_HERE_PAGE = 16,
	WIRE_SAY_SIZE = 256, /* what one says to another */
	WIRE_SHARE_SIZE = 16,
	WIRE_REFUSALS = INCIDENT_STEPS * INCIDENT_REASONS
};

/* Who speaks on a line (DESIGN 4, 9): a person at the doors; the host's root or the state's owner;
 * the PAM module; sshd, which asks for a person's SSH keys; the runner, which tells what became of
 * a command. */
enum wire_kind { WIRE_PERSON = 1, WIRE_HOST, WIRE_PAM, WIRE_KEYS, WIRE_RUNNER };

/* What the runner tells of a run. The numbers are sent: append, never reorder. */
enum run_event {
	RUN_EVENT_STARTED = 1,
	RUN_EVENT_REFUSED,   /* value: enum err */
	RUN_EVENT_RECORDING, /* begins: bytes and hash of its first line */
	RUN_EVENT_STEP,	     /* bytes and hash so far */
	RUN_EVENT_RECORDED,  /* likewise, of the whole */
	RUN_EVENT_ENDED,     /* how, value, milliseconds, bytes */
	RUN_EVENT_COUNT
};

/* What a request changes of a person's own. The numbers are sent: append, never reorder. */
enum wire_preference { WIRE_PREFERS_LANGUAGE, WIRE_PREFERS_PLAIN, WIRE_PREFERENCE_COUNT };

enum wire_op {
	WIRE_NO_OP,
#define OP(name, request, reply) WIRE_##name,
#include "wire/message.def"
	WIRE_OP_COUNT
};

/* struct wire_user, struct wire_password_request ...: read them in message.def. */
#define FIELD(kind, type, name, array, ...) type name array;
#define STRUCT(tag, ...) \
	struct wire_##tag { \
		__VA_ARGS__ \
	};
#include "wire/message.def"

/* version, op; then the op's member. */
struct wire_request {
#define FIELD(kind, type, name, array, ...) type name array;
#define REQUEST_HEADER(...) __VA_ARGS__
#include "wire/message.def"
	union {
#define REQUEST(tag, ...) struct wire_##tag##_request tag;
#include "wire/message.def"
	} u;
};

/* version, op, err, door, wait, now, administering, role; then the op's member. */
struct wire_reply {
#define FIELD(kind, type, name, array, ...) type name array;
#define REPLY_HEADER(...) __VA_ARGS__
#include "wire/message.def"
	union {
#define REPLY(tag, ...) struct wire_##tag##_reply tag;
#include "wire/message.def"
	} u;
};

/* Bytes of a whole message of that op; 0 for an op that does not exist. */
size_t
wire_request_size(uint32_t op);

size_t
wire_reply_size(uint32_t op);

/* Whose name a request says: its field of that name; NULL if it has none. Borrowed. */
const char *
wire_request_name(const struct wire_request *request);

/* "PASSWORD" ...; for tests and messages to developers. Never NULL. */
const char *
wire_op_name(uint32_t op);

/*
 * Whether a received message of size bytes is well formed: version, op, exact size,
 * every string terminated and zero behind its end, every enum and bool in range.
 * Strings' content (UTF-8, rules) is checked by who uses them.
 */
bool
wire_request_valid(const struct wire_request *request, size_t size);

bool
wire_reply_valid(const struct wire_reply *reply, size_t size);

/* Where a request has its proof; NULL for an op that has no place for one. */
struct wire_proof *
wire_request_proof(struct wire_request *request);

/* Puts a string into a wire array: cut on a character's boundary, zero behind. */
void
wire_put(char *array, size_t size, const char *text);

/* All zero but version and op, and a hello's greeting. */
void
wire_request_init(struct wire_request *request, enum wire_op op);

void
wire_reply_init(struct wire_reply *reply, enum wire_op op);

#endif
