/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings that decide, with type, limits, default, label and help, as one
 * table: the screen, the command line, the validation and the manual come from it.
 */
#ifndef CORE_POLICY_H
#define CORE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum setting_type { SETTING_BOOL, SETTING_TEXT, SETTING_LIST, SETTING_SECONDS };

/* The numbers are sent, never stored (the key is): append, never reorder. */
enum setting_id {
	SETTING_REQUIRE_2FA,
	SETTING_CONSOLE_NAME,
	SETTING_APPLICATIONS,
	SETTING_IDLE_LOCK,
	SETTING_INVITATION,
	SETTING_COUNT
};

enum {
	POLICY_VALUE_SIZE = 513, /* a setting's value as text, with NUL */
	POLICY_NAME_SIZE = 129,	 /* the console's name: 32 code points */
	POLICY_NAME_POINTS = 32
};

struct setting {
	const char *key; /* as on the command line: "require-2fa" */
	enum setting_type type;
	int64_t min, max;  /* seconds; code points for text; entries for a list */
	const char *value; /* default, as text */
	const char *label; /* message id */
	const char *help;  /* message id: one sentence */
};

struct policy {
	bool require_2fa;
	char console_name[POLICY_NAME_SIZE];  /* the issuer */
	char applications[POLICY_VALUE_SIZE]; /* suggested, separated by ", " */
	int64_t idle_lock;		      /* seconds */
	int64_t invitation;		      /* seconds */
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
 * Checks a value as typed and puts it into the policy, normalised: "yes|no" (also
 * on/off, true/false, 1/0); seconds, also with a unit (30m, 12h, 3d); a list separated by
 * commas. ERR_SETTING_VALUE, or a text error, leaves the policy as it was.
 */
MUST_CHECK enum err
policy_set(struct policy *policy, enum setting_id id, const char *value);

/* The value as text, as policy_set() takes it; always terminated. */
void
policy_get(const struct policy *policy, enum setting_id id, char value[POLICY_VALUE_SIZE]);

#endif
