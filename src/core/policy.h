/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings, with type, limits, default, label and help: one row each in core/policy.def. The
 * screen, the command line, the validation and the manual come from it. And the decisions that
 * depend on settings alone.
 */
#ifndef CORE_POLICY_H
#define CORE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/err.h"
#include "core/text.h"

/* KEEP: seconds, or 0 for ever. SPAN: seconds, or 0 for none. ROLES: a set of them, as a list of
 * their words. */
enum setting_type {
	SETTING_BOOL,
	SETTING_TEXT,
	SETTING_LIST,
	SETTING_SECONDS,
	SETTING_NUMBER,
	SETTING_KEEP,
	SETTING_SPAN,
	SETTING_ROLES
};

/* The numbers are sent, never stored (the key is). */
enum setting_id {
#define SETTING(id, ...) SETTING_##id,
#include "core/policy.def"
#undef SETTING
	SETTING_COUNT
};

enum {
	POLICY_VALUE_SIZE = 513, /* a setting's value as text, with NUL */
	POLICY_NAME_SIZE = 129,	 /* the console's name: 32 code points */
	POLICY_NAME_POINTS = 32,
	POLICY_WELCOME_POINTS = 120,
	POLICY_WELCOME_SIZE = 4 * POLICY_WELCOME_POINTS + 1,
	POLICY_LENGTH_MAX = 64,	     /* of "password-length" */
	POLICY_UNPROVED_LENGTH = 15, /* of a password that is the only factor (SP 800-63B-4) */
	POLICY_ENTRIES_MAX = 8,	     /* of a list */
	POLICY_ENTRY_POINTS = 40,    /* code points in one entry of a list */
	POLICY_REFUSAL_SIZE = 256    /* a sentence of policy_refusal_fill(), with NUL */
};

struct setting {
	const char *key; /* as on the command line: "require-2fa" */
	enum setting_type type;
	size_t offset, size; /* of its member in struct policy */
	int64_t min, max;    /* seconds; code points for text; entries for a list; the number */
	const char *value;   /* default, as text */
	const char *label;   /* message id */
	const char *help;    /* message id: one sentence */
};

/* The values: a bool, an int64_t, or text; of a list, its entries separated by ", "; of roles, an
 * OR of 1 << enum role. */
struct policy {
#define POLICY_BOOL(member, max) bool member
#define POLICY_SECONDS(member, max) int64_t member
#define POLICY_NUMBER(member, max) int64_t member
#define POLICY_KEEP(member, max) int64_t member
#define POLICY_SPAN(member, max) int64_t member
#define POLICY_ROLES(member, max) unsigned member
#define POLICY_TEXT(member, max) char member[4 * (max) + 1]
#define POLICY_LIST(member, max) char member[POLICY_VALUE_SIZE]
#define SETTING(id, type, member, key, min, max, ...) POLICY_##type(member, max);
#include "core/policy.def"
#undef SETTING
#undef POLICY_BOOL
#undef POLICY_SECONDS
#undef POLICY_NUMBER
#undef POLICY_KEEP
#undef POLICY_SPAN
#undef POLICY_ROLES
#undef POLICY_TEXT
#undef POLICY_LIST
};

/* The row of a setting; id below SETTING_COUNT. Static. */
const struct setting *
policy_setting(enum setting_id id);

/* ERR_SETTING_UNKNOWN if there is none of that key. */
MUST_CHECK enum err
policy_find(const char *key, enum setting_id *ret_id);

/* All defaults. */
void
policy_default(struct policy *policy);

/*
 * Checks a value as typed and puts it into the policy, normalised: "yes|no" (also on/off,
 * true/false, 1/0); seconds, also with a unit (30m, 12h, 3d); a list separated by commas; "none"
 * for no text and for no role.
 * ERR_SETTING_VALUE (then policy_refusal() says what is allowed), ERR_ISSUER_COLON or a text error
 * leaves the policy as it was.
 */
MUST_CHECK enum err
policy_set(struct policy *policy, enum setting_id id, const char *value);

/*
 * The same for a value that was stored once, by this version or an older one: what is refused only
 * since then (a colon in the console's name) is still read.
 */
MUST_CHECK enum err
policy_load(struct policy *policy, enum setting_id id, const char *value);

/* The value as text, as policy_set() takes it; always terminated. */
void
policy_get(const struct policy *policy, enum setting_id id, char value[POLICY_VALUE_SIZE]);

/* --- values as text ------------------------------------------------------------------ */

/* Whether a value of type SETTING_BOOL is yes; text that is neither yes nor no is not. */
bool
policy_is_yes(const char *value);

/* The value of type SETTING_BOOL as policy_get() writes it: "yes" or "no". Static. */
const char *
policy_yes_or_no(bool yes);

/* Reads a value of type SETTING_SECONDS, SETTING_KEEP or SETTING_SPAN: "90", "30m", "12h", "3d".
 * False for anything else. */
bool
policy_seconds(const char *value, int64_t *ret_seconds);

/*
 * The next entry of a value of type SETTING_LIST, without the blanks around it, and its bytes; it
 * may be empty. Begin with *io_rest at the value. NULL after the last entry.
 */
const char *
policy_entry(const char **io_rest, size_t *ret_length);

/* How a value is written where all of it stands in one line: one sentence, a message id. NULL: as
 * one would. */
const char *
policy_writing(enum setting_id id);

/*
 * What policy_set() takes, to be told for ERR_SETTING_VALUE: one sentence, a message id. It may
 * hold two "%s", the least and the most.
 */
const char *
policy_refusal(enum setting_id id);

/* Writes the (translated) sentence with the setting's limits in place of its "%s". */
void
policy_refusal_fill(const char *sentence, enum setting_id id, char buf[POLICY_REFUSAL_SIZE]);

/* --- decisions ------------------------------------------------------------------------ */

/* Whether people of that role must have two-factor authentication: the one place that says so. */
bool
policy_requires(const struct policy *policy, enum role role);

/* Whether it says so of every role. */
bool
policy_requires_all(const struct policy *policy);

/* Whether its change is decided and proved on its own, never along with others (DESIGN 3). */
bool
policy_alone(enum setting_id id);

/* Code points that a password must have at least which somebody of that role chooses: more where
 * it is all that guards the account (NIST SP 800-63B-4, 3.1.1.2). */
int64_t
policy_password_least(const struct policy *policy, enum role role, bool has_2fa);

#endif
