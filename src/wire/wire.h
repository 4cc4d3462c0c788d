/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the console and the keeper say to each other, over a SOCK_SEQPACKET UNIX
 * socket: one request, then one reply, in turn. Every message is one fixed-size
 * struct without pointers: a header, and the member of the union that its op names,
 * no byte more. Strings are NUL-terminated UTF-8 inside their array, and the bytes
 * behind the NUL are zero. The keeper speaks in codes and data; words are the console's.
 *
 * Whoever gets a message of the wrong size, version, op or content closes the line.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/err.h"
#include "core/policy.h"
#include "core/signin.h"
#include "core/text.h"

enum {
	WIRE_VERSION = 1,
	WIRE_CODE_SIZE = 8,	 /* 6 digits, NUL, and one to spare */
	WIRE_RECOVERY_SIZE = 32, /* XXXX-XXXX-XXXX-XXXX is 19 */
	WIRE_KEY_SIZE = 40,	 /* Base32 of 20 bytes is 32 */
	WIRE_URI_SIZE = 2048,
	WIRE_SOURCE_SIZE = 64,	 /* an address of SSH_CONNECTION, or "local" */
	WIRE_TERMINAL_SIZE = 64, /* "/dev/pts/3", "xterm-256color" */
	WIRE_ACTION_SIZE = 32,
	WIRE_HASH_NAME_SIZE = 32,
	WIRE_USERS_PAGE = 8,
	WIRE_AUDIT_PAGE = 16
};

/* X(name, request member, reply member); `none` is an empty member. Append only. */
#define WIRE_OPS(X) \
	X(HELLO, hello, hello) \
	X(ALIVE, none, none) /* a key was pressed: the door is not idle */ \
	X(FIRST_RUN, first_run, \
	    signin) /* host: the first Super Administrator, who goes on to sign in */ \
	X(PASSWORD, password, signin) \
	X(CODE, code, signin) \
	X(RECOVERY, recovery, signin) \
	X(RESYNC, resync, signin) \
	X(NEW_PASSWORD, new_password, signin) \
	X(ENROL, enrol, enrol)	      /* show the pending key, or make one */ \
	X(ACTIVATE, activate, signin) /* a code for the pending key */ \
	X(CODES, none, codes)	      /* the recovery codes to show, new ones each time */ \
	X(CODES_SAVED, none, signin) \
	X(BACK, none, signin) \
	X(HOME, none, home) \
	X(USER_ADD, user_add, user_add) \
	X(USER_LIST, user_page, user_page) \
	X(USER_SHOW, user_name, user) \
	X(USER_ENABLE, user_enable, none) \
	X(USER_UNLOCK, user_name, none) \
	X(SETTING_LIST, none, setting_list) \
	X(SETTING_SET, setting_set, setting_set) \
	X(AUDIT_LIST, audit_page, audit_page) \
	X(INIT, init, none)	  /* host: as FIRST_RUN, from the command line */ \
	X(ACCOUNT, none, account) /* one's own */ \
	X(LOCK, none, none)	  /* the idle lock closes */ \
	X(UNLOCK, proof, none) \
	X(DEACTIVATE, proof, none) \
	X(RENEW_CODES, proof, signin) /* leads to the recovery codes, and home again */ \
	X(CHANGE_PASSWORD, change_password, none) \
	X(SETTINGS_VIEW, none, settings_view) \
	X(SETTING_CHANGE, setting_change, settings_view) \
	X(USER_PASSWORD, user_add, \
	    user_add) /* a new password or invitation; the role is not looked at */ \
	X(USER_RESET, user_reset, \
	    none) /* 2FA off, to be configured anew within the invitation's lifetime */ \
	X(USER_ROLE, user_role, none) \
	X(USER_REMOVE, user_name, none) \
	X(NEWS, none, none) /* never asked: what a screen at home shows may be old; or, by its \
			       door, the lock has closed */

enum wire_op {
	WIRE_NO_OP,
#define WIRE_ENUM(name, request, reply) WIRE_##name,
	WIRE_OPS(WIRE_ENUM)
#undef WIRE_ENUM
	    WIRE_OP_COUNT
};

enum wire_authority { WIRE_PERSON = 1, WIRE_HOST = 2 };

struct wire_none {
	uint8_t unused;
};

struct wire_hello_request {
	uint32_t authority;	       /* enum wire_authority */
	char source[WIRE_SOURCE_SIZE]; /* where the person is: see WIRE_SOURCE_SIZE */
	char terminal[WIRE_TERMINAL_SIZE];
};

struct wire_hello_reply {
	uint8_t set_up;	  /* there is a Super Administrator */
	uint8_t may_init; /* this peer has host authority */
	uint8_t unused[6];
	int64_t idle_lock;
	char console_name[POLICY_NAME_SIZE];
	char applications[POLICY_VALUE_SIZE];
};

struct wire_first_run_request {
	char name[TEXT_NAME_SIZE];
	char password[TEXT_PASSWORD_SIZE];
};
struct wire_init_request {
	char name[TEXT_NAME_SIZE];
	char password[TEXT_PASSWORD_SIZE];
};
struct wire_password_request {
	char name[TEXT_NAME_SIZE];
	char password[TEXT_PASSWORD_SIZE];
};
struct wire_code_request {
	char code[WIRE_CODE_SIZE];
};
struct wire_recovery_request {
	char code[WIRE_RECOVERY_SIZE];
};
struct wire_resync_request {
	char first[WIRE_CODE_SIZE];
	char next[WIRE_CODE_SIZE];
};
struct wire_new_password_request {
	char password[TEXT_PASSWORD_SIZE];
};
struct wire_activate_request {
	char code[WIRE_CODE_SIZE];
};

/* The answer of every step of the sign-in; the header has the door that is next. */
struct wire_signin_reply {
	char name[TEXT_NAME_SIZE]; /* as stored, once the password is passed */
	uint8_t unused[7];
	int64_t skew;		/* seconds the phone is off, after a resynchronisation */
	uint32_t recovery_left; /* after a recovery code was used */
	uint32_t used_recovery; /* bool */
};

struct wire_enrol_request {
	uint8_t fresh;
}; /* bool: drop the pending key, make a new one */

struct wire_enrol_reply {
	char key[WIRE_KEY_SIZE]; /* Base32, upper case, unpadded */
	char issuer[POLICY_NAME_SIZE];
	char account[TEXT_NAME_SIZE];
	char uri[WIRE_URI_SIZE];       /* whole key URI */
	char uri_short[WIRE_URI_SIZE]; /* without the label's issuer prefix */
	uint8_t resumed;	       /* bool: shown again, begun earlier */
	int64_t began;
	int64_t expires;
};

struct wire_codes_reply {
	char code[ACCOUNT_RECOVERY_CODES][WIRE_RECOVERY_SIZE];
};

struct wire_user {
	char name[TEXT_NAME_SIZE];
	uint8_t role;	 /* enum role */
	uint8_t has_2fa; /* bools */
	uint8_t enabled;
	uint8_t password_due;
	uint32_t devices;
	uint32_t recovery_left;
	uint32_t failures_since;
	int64_t paused_until; /* 0: not paused; INT64_MAX: until unlocked */
	int64_t last_sign_in; /* 0: never */
	int64_t created;
	int64_t password_expires;
	int64_t enrol_until;
	char last_source[WIRE_SOURCE_SIZE];
};

struct wire_home_reply {
	struct wire_user user; /* last sign-in: the one before this session's */
	uint8_t mandatory;     /* bool: the policy now */
	uint8_t unused[3];
	uint32_t notices; /* changes by the host not yet told to this person */
	char notice[4]
		   [POLICY_VALUE_SIZE]; /* data of each: "reset-2fa NAME REASON" ... newest first */
	int64_t notice_time[4];
	char notice_action[4][WIRE_ACTION_SIZE];
};

struct wire_user_add_request {
	char name[TEXT_NAME_SIZE];
	uint8_t role;
	uint8_t invite; /* bool: make an invitation; password is then empty */
	char password[TEXT_PASSWORD_SIZE];
};

struct wire_user_add_reply {
	char invitation[WIRE_RECOVERY_SIZE];
	int64_t expires;
};
struct wire_user_name_request {
	char name[TEXT_NAME_SIZE];
};
struct wire_user_enable_request {
	char name[TEXT_NAME_SIZE];
	uint8_t enabled;
};
struct wire_user_page_request {
	char after[TEXT_NAME_SIZE];
}; /* "" for the first page */
struct wire_user_page_reply {
	uint32_t count;
	uint32_t more;
	struct wire_user user[WIRE_USERS_PAGE];
};
struct wire_user_reply {
	struct wire_user user;
};

/* Re-authentication, a field of the very request it authorises: exactly one is not empty (DESIGN
 * 3). */
struct wire_proof {
	char code[WIRE_CODE_SIZE];
	char recovery[WIRE_RECOVERY_SIZE];
	char password[TEXT_PASSWORD_SIZE]; /* of a person without 2FA */
};

struct wire_proof_request {
	struct wire_proof proof;
};
struct wire_change_password_request {
	struct wire_proof proof;
	char old[TEXT_PASSWORD_SIZE];
	char fresh[TEXT_PASSWORD_SIZE];
};
struct wire_user_reset_request {
	char name[TEXT_NAME_SIZE];
	char reason[TEXT_REASON_SIZE];
};
struct wire_user_role_request {
	char name[TEXT_NAME_SIZE];
	uint8_t role;
};

struct wire_device {
	char name[TEXT_LABEL_SIZE];
	uint8_t unused[7];
	int64_t created;
};

struct wire_account_reply {
	struct wire_user user;
	uint8_t mandatory; /* bool: the policy now */
	uint8_t unused[3];
	uint32_t device_count;
	int64_t next_code; /* Unix seconds of the first code that is not spent; 0: the present one
			      is not */
	struct wire_device device[ACCOUNT_DEVICES_MAX];
};

/* What the decision about a setting rests on: sent back with the change, and compared with what is
 * true then. */
struct wire_seen {
	uint32_t people;
	uint32_t with_2fa;
	char value[POLICY_VALUE_SIZE];
};

struct wire_settings_view_reply {
	uint32_t people; /* all of this console */
	uint32_t with_2fa;
	uint8_t mine; /* bool: the asker has 2FA */
	uint8_t unused[7];
	int64_t next_code; /* as in wire_account_reply */
	char value[SETTING_COUNT][POLICY_VALUE_SIZE];
};

struct wire_setting_change_request {
	uint32_t id; /* enum setting_id */
	char value[POLICY_VALUE_SIZE];
	struct wire_seen seen;
	struct wire_proof proof;
};

struct wire_setting_list_reply {
	char value[SETTING_COUNT][POLICY_VALUE_SIZE];
};
struct wire_setting_set_request {
	uint32_t id;
	char value[POLICY_VALUE_SIZE];
};
struct wire_setting_set_reply {
	char value[POLICY_VALUE_SIZE];
};

struct wire_audit_row {
	int64_t id;
	int64_t time;
	char who[TEXT_NAME_SIZE]; /* name, "host:NAME", "unknown name #1a2b3c4d" */
	char source[WIRE_SOURCE_SIZE];
	char terminal[WIRE_TERMINAL_SIZE];
	char action[WIRE_ACTION_SIZE]; /* "sign-in", "password", "code", "user-add" ... */
	char target[TEXT_NAME_SIZE];
	char result[WIRE_ACTION_SIZE]; /* "ok", "wrong", "paused", "replay", "denied" ... */
	char detail[TEXT_REASON_SIZE];
	uint32_t peer_uid;
};

struct wire_audit_page_request {
	int64_t after;
}; /* rows with a greater id; 0: from the first */
struct wire_audit_page_reply {
	uint32_t count;
	uint32_t more;
	struct wire_audit_row row[WIRE_AUDIT_PAGE];
};

struct wire_request {
	uint32_t version; /* WIRE_VERSION */
	uint32_t op;	  /* enum wire_op */
	union {
		struct wire_none none;
		struct wire_hello_request hello;
		struct wire_first_run_request first_run;
		struct wire_init_request init;
		struct wire_password_request password;
		struct wire_code_request code;
		struct wire_recovery_request recovery;
		struct wire_resync_request resync;
		struct wire_new_password_request new_password;
		struct wire_enrol_request enrol;
		struct wire_activate_request activate;
		struct wire_user_add_request user_add;
		struct wire_user_name_request user_name;
		struct wire_user_enable_request user_enable;
		struct wire_user_page_request user_page;
		struct wire_setting_set_request setting_set;
		struct wire_audit_page_request audit_page;
		struct wire_proof_request proof;
		struct wire_change_password_request change_password;
		struct wire_setting_change_request setting_change;
		struct wire_user_reset_request user_reset;
		struct wire_user_role_request user_role;
	} u;
};

struct wire_reply {
	uint32_t version;
	uint32_t op;   /* of the request; WIRE_NO_OP: the keeper ends the session, why is in err */
	uint32_t err;  /* enum err; on failure the member is all zero */
	uint32_t door; /* enum signin_door of the session now */
	int64_t wait;  /* seconds, for the sentence's %lld */
	int64_t now;   /* the keeper's clock, Unix seconds */
	union {
		struct wire_none none;
		struct wire_hello_reply hello;
		struct wire_signin_reply signin;
		struct wire_enrol_reply enrol;
		struct wire_codes_reply codes;
		struct wire_home_reply home;
		struct wire_user_add_reply user_add;
		struct wire_user_page_reply user_page;
		struct wire_user_reply user;
		struct wire_setting_list_reply setting_list;
		struct wire_setting_set_reply setting_set;
		struct wire_audit_page_reply audit_page;
		struct wire_account_reply account;
		struct wire_settings_view_reply settings_view;
	} u;
};

/* Bytes of a whole message of that op; 0 for an op that does not exist. */
size_t
wire_request_size(uint32_t op);

size_t
wire_reply_size(uint32_t op);

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

/* Puts a string into a wire array: cut on a character's boundary, zero behind. */
void
wire_put(char *array, size_t size, const char *text);

/* All zero but version and op. */
void
wire_request_init(struct wire_request *request, enum wire_op op);

void
wire_reply_init(struct wire_reply *reply, enum wire_op op);

#endif
