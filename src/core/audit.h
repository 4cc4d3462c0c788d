/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verbs of the audit trail, as one table: no other place names one. What is already in a trail
 * keeps its bytes, also where a verb was later given another name.
 */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/account.h"

enum { AUDIT_NAME_SIZE = 32 }; /* of a verb's name, with NUL */

/* The numbers are never stored (the name is). */
enum audit_verb {
	AUDIT_NONE, /* no row */
	/* the host, and setting up */
	AUDIT_INIT,
	AUDIT_HELLO,
	/* the doors */
	AUDIT_PASSWORD,
	AUDIT_CODE,
	AUDIT_RECOVERY_CODE,
	AUDIT_RESYNCHRONISE,
	AUDIT_NEW_PASSWORD,
	AUDIT_ENROL,
	AUDIT_ACTIVATE,
	AUDIT_CONFIGURE_LATER,
	AUDIT_RECOVERY_CODES,
	AUDIT_RECOVERY_CODES_SAVED,
	AUDIT_SIGN_IN,
	AUDIT_SIGN_OUT,
	AUDIT_LOCK,
	AUDIT_UNLOCK,
	AUDIT_MISPLACED,
	/* one's own account */
	AUDIT_DEVICE_ADD,
	AUDIT_DEVICE_REPLACE,
	AUDIT_DEVICE_RENAME,
	AUDIT_DEVICE_REMOVE,
	AUDIT_DEVICE_KEEP,
	AUDIT_DEVICE_LIST,
	AUDIT_DEACTIVATE,
	AUDIT_RENEW_CODES,
	AUDIT_SSH_ADD,
	AUDIT_SSH_RENAME,
	AUDIT_SSH_REMOVE,
	AUDIT_SSH_KEEP,
	AUDIT_SSH_LIST,
	AUDIT_CHANGE_PASSWORD,
	AUDIT_NOT_ME,
	AUDIT_PREFERENCES,
	/* other people */
	AUDIT_USER_LIST,
	AUDIT_USER_SHOW,
	AUDIT_USER_ADD,
	AUDIT_USER_ENABLE,
	AUDIT_USER_DISABLE,
	AUDIT_USER_ROLE,
	AUDIT_USER_REMOVE,
	AUDIT_USER_UNLOCK,
	AUDIT_USER_PASSWORD,
	AUDIT_RESET_2FA,
	AUDIT_USER_SSH_ADD,
	AUDIT_USER_SSH_REMOVE,
	AUDIT_USER_END,
	AUDIT_ADMINISTER,
	/* for everyone */
	AUDIT_LIST,
	AUDIT_SETTINGS_VIEW,
	AUDIT_SETTING,
	AUDIT_KEY_ROTATE,
	AUDIT_PRUNE,
	/* what waits for a second Super Administrator */
	AUDIT_WAIT,
	AUDIT_WAIT_CONFIRM,
	AUDIT_WAIT_REFUSE,
	AUDIT_WAIT_WITHDRAW,
	AUDIT_WAIT_EXPIRE,
	AUDIT_IMPORT,
	AUDIT_IMPORT_FILE,
	AUDIT_BACKUP,
	AUDIT_RESTORE,
	/* an SSH connection's ticket; UNIX accounts */
	AUDIT_TICKET,
	AUDIT_LINK,
	AUDIT_UNLINK,
	AUDIT_PAM_CODE,
	/* commands, their recordings, and who is here */
	AUDIT_COMMAND_RUN,
	AUDIT_COMMAND_END,
	AUDIT_RECORDING,
	AUDIT_RECORDING_STEP,
	AUDIT_RECORDING_END,
	AUDIT_RECORDING_PLAY,
	AUDIT_RECORDING_PRUNE,
	AUDIT_SESSION_LIST,
	AUDIT_SESSION_END,
	AUDIT_SAY,
	AUDIT_NODE_JOIN,
	AUDIT_NODE_REMOVE,
	AUDIT_NODE_HEAD,
	AUDIT_VERB_COUNT
};

/* "sign-in": what stands in the trail, in JSON and in filters; "" for AUDIT_NONE. Static. */
const char *
audit_name(enum audit_verb verb);

/* The same as a word or two of a table, whatever came of it, a message id: "sign in". Static. */
const char *
audit_brief(enum audit_verb verb);

/* What was done, a message id for gettext: "signed in". Static. */
const char *
audit_says(enum audit_verb verb);

/* The least role that reads such rows: an administrator reads what people do, and only a Super
 * Administrator what is done to the whole console (DESIGN 8). */
enum role
audit_reader(enum audit_verb verb);

/* Whether each sign-in, or each who leaves, makes such a row: nearly every page of the trail has
 * one. */
bool
audit_is_daily(enum audit_verb verb);

/* How many rows one stands for that sums refusals up: of "and 4812 more" 4812; 0: it is no such
 * detail. */
int64_t
audit_more(const char *detail);

/* Who somebody that a row names is to its reader. */
enum audit_person {
	AUDIT_NOBODY, /* nobody is named, or a name that no account has (any more) */
	AUDIT_SELF,
	AUDIT_OPERATOR,
	AUDIT_ABOVE /* another administrator, or a Super Administrator */
};

/*
 * Whether a role reads a row: a Super Administrator each; an administrator those of verbs that
 * audit_reader() gives them, by or about an operator or themselves (DESIGN 8); an operator none.
 */
bool
audit_may_read(enum role reader, enum audit_verb verb, enum audit_person who,
    enum audit_person target);

/* The verb of a name; AUDIT_NONE for a name that is in no table of this version. */
enum audit_verb
audit_find(const char *name);

#endif
