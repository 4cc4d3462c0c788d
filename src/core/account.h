/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account as plain data, and the roles. Times are Unix seconds; 0 means never. */
#ifndef CORE_ACCOUNT_H
#define CORE_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/text.h"

/* The numbers are stored and sent: append, never reorder. */
enum role { ROLE_OPERATOR, ROLE_ADMINISTRATOR, ROLE_SUPER_ADMINISTRATOR, ROLE_COUNT };

enum {
	ACCOUNT_DEVICES_MAX = 5,
	ACCOUNT_RECOVERY_CODES = 10,
	ACCOUNT_LANGUAGE_SIZE = 8,
	ACCOUNT_DEVICE_POINTS = 40 /* code points of an authenticator's name, at most */
};

/* The name of an authenticator that nobody named: a word, which screens translate. */
#define ACCOUNT_DEVICE_NAME "Authenticator"

struct account {
	int64_t id;
	char name[TEXT_NAME_SIZE];
	enum role role;
	bool enabled;
	bool password_due;	 /* a new password is due at the next sign-in */
	bool recovery_saved;	 /* the set of recovery codes was confirmed */
	uint32_t devices;	 /* active authenticators: 2FA is configured if > 0 */
	uint32_t recovery_left;	 /* unused recovery codes */
	uint32_t code_failures;	 /* in a row, over all sessions */
	uint32_t failures_since; /* refused attempts since the last sign-in */
	int64_t code_paused_until;
	int64_t password_expires; /* an invitation's end; 0: none */
	int64_t enrol_until; /* deadline to configure 2FA after a reset or invitation; 0: none */
	int64_t created;
	int64_t last_sign_in;
	char last_source[TEXT_LABEL_SIZE];
	int64_t generation;		      /* raised by whatever ends this person's sessions */
	char language[ACCOUNT_LANGUAGE_SIZE]; /* "fr", "pt_BR"; "": as the terminal says */
	bool alarmed;			      /* said "it was not me": more is due */
	uint32_t doubted;		      /* of the devices: neither kept nor removed since */
	uint32_t keys_doubted;		      /* likewise of the SSH keys */
	bool plain;			      /* is asked line by line, wherever they sign in */
};

/* "operator", "administrator", "super-administrator": for commands, JSON, the store. */
const char *
role_word(enum role role);

/* The role as a person reads it, a message id for gettext: "Super Administrator". */
const char *
role_title(enum role role);

MUST_CHECK enum err
role_from_word(const char *word, enum role *ret_role);

/*
 * A person's language, as gettext names its catalogues: two or three small letters, and a country
 * where the language has more than one ("fr", "pt_BR", also typed as "pt-BR"); "" for the
 * terminal's own. ERR_LANGUAGE. Whether there is such a language is the console's business.
 */
MUST_CHECK enum err
account_language(const char *typed, char ret_tag[ACCOUNT_LANGUAGE_SIZE]);

#endif
