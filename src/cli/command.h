/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command is, and what it works with. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "client/hello.h"
#include "client/place.h"
#include "wire/wire.h"

enum { COMMAND_OPERANDS_MAX = 2 };

enum command_bit {
	OPTION_USER = 1 << 0,
	OPTION_ROLE = 1 << 1,
	OPTION_STDIN = 1 << 2,
	OPTION_JSON = 1 << 3,
	OPTION_HELP = 1 << 4,
	OPTION_INVITE = 1 << 5,
	OPTION_REASON = 1 << 6,
	OPTION_WITHOUT_2FA = 1 << 7,
	OPTION_PERSON = 1 << 8,
	OPTION_ACTION = 1 << 9,
	OPTION_SINCE = 1 << 10,
	OPTION_UNTIL = 1 << 11,
	OPTION_FOLLOW = 1 << 12,
	OPTION_KEYS = 1 << 16,
	OPTION_PAM = 1 << 17,
	OPTION_YES = 1 << 18,
	OPTION_UNDO = 1 << 19,
	OPTION_ANCHOR = 1 << 20,
	OPTION_BEFORE = 1 << 21,
	OPTION_FORMAT = 1 << 26,
	OPTION_DRY_RUN = 1 << 27,
	OPTION_PASSPHRASE_FILE = 1 << 22,
	OPTION_PASSPHRASE_STDIN = 1 << 23,
	OPTION_TITLE = 1 << 13,
	OPTION_ROLES = 1 << 14, /* may stand more than once */
	OPTION_AS = 1 << 15,
	OPTION_CONFIRM = 1 << 24,
	OPTION_CODE = 1 << 25,
	OPTION_RECORD = 1 << 28,
	OPTION_REPLACE = 1 << 29,
	OPTION_MESSAGE = 1 << 30
};

/* What a command needs besides. */
enum command_need {
	NEEDS_KEEPER,
	NEEDS_OR_MAKES, /* a keeper, and it makes a state where there is none */
	NEEDS_NOTHING	/* no line to a keeper */
};

/* A running command: its arguments, its connection to the keeper, and the last reply (at first the
 * hello's). */
struct cli {
	/* option values, or NULL */
	const char *user, *role, *reason, *format, *person, *action, *since, *until, *anchor,
	    *before;
	const char *passphrase_file, *keys, *pam, *title, *as, *message;
	unsigned roles;		/* of OPTION_ROLES: OR of 1 << enum role */
	const char *wrong_role; /* one of them that is none, or NULL */
	unsigned options;	/* enum command_bit: which were given */
	const char *operand[COMMAND_OPERANDS_MAX];
	char *const *rest; /* the arguments behind them, where the command takes more */
	size_t more;	   /* how many those are */
	const struct hello_way *way;
	int line;
	struct wire_reply reply;
	bool said; /* the failure was already printed */
};

enum command_list { LIST_NOTHING, LIST_SETTINGS, LIST_VERBS };

/* A row of the table. The handler prints its result on standard output. */
struct cli_command {
	const char *words; /* "user add" */
	unsigned options;  /* which it takes; OPTION_HELP always */
	unsigned required;
	int operands;
	const char *operand;	/* message id, as in its usage: "NAME", "KEY VALUE"; or "" */
	enum command_list list; /* what its help lists besides */
	const char *help;	/* message id: one sentence */
	enum err (*run)(struct cli *cli);
	enum command_need needs;
	bool more; /* arguments may follow the operands */
};

/* An option, as getopt takes it and as the help shows it. */
struct command_option {
	enum command_bit option;
	const char *name;  /* without the dashes */
	const char *value; /* message id, as in the usage, or NULL */
	const char *help;  /* message id */
};

enum { COMMAND_OPTIONS = 31 };
extern const struct command_option command_options[COMMAND_OPTIONS];

/* The table, ended by a row without words. */
extern const struct cli_command commands[];

/* Asks the keeper and keeps the reply; wipes the request. */
MUST_CHECK enum err
command_ask(struct cli *cli, struct wire_request *request);

/* Help of one command on standard output. */
void
command_help(const struct cli_command *command);

/* "user add NAME [--role ROLE]", to be freed; NULL without memory. */
char *
command_usage(const struct cli_command *command);

/* The name that was given, checked early; a handler's first step. */
MUST_CHECK enum err
command_name(const char *typed, char array[TEXT_NAME_SIZE]);

/* The same for the first operand into a request's field, then command_ask(). */
MUST_CHECK enum err
command_ask_name(struct cli *cli, struct wire_request *request, char array[TEXT_NAME_SIZE]);

/* Reads a new password for `name`, from stdin or the terminal as the options say, into a request;
 * the caller wipes it. Prints why if there is no terminal. */
MUST_CHECK enum err
command_password(struct cli *cli, const char *name, char array[TEXT_PASSWORD_SIZE]);

/* Writes a line on standard output that has the reply's invitation in it, with write(), for stdio's
 * buffer is not wiped; then wipes both. Prints why if it cannot be written whole. */
MUST_CHECK enum err
command_put_invitation(struct cli *cli, char *line, size_t length);

/* The directory with the database of a place: borrowed from way or place; NULL: not known, since a
 * socket does not tell. */
const char *
command_state(const struct hello_way *way, const struct place *place);

enum err
init_run(struct cli *cli);
enum err
import_run(struct cli *cli);
enum err
user_add_run(struct cli *cli);
enum err
user_list_run(struct cli *cli);
enum err
user_show_run(struct cli *cli);
enum err
user_disable_run(struct cli *cli);
enum err
user_enable_run(struct cli *cli);
enum err
user_unlock_run(struct cli *cli);
enum err
user_set_role_run(struct cli *cli);
enum err
user_remove_run(struct cli *cli);
enum err
user_set_password_run(struct cli *cli);
enum err
user_reset_run(struct cli *cli);
enum err
user_device_list_run(struct cli *cli);
enum err
user_key_list_run(struct cli *cli);
enum err
user_key_add_run(struct cli *cli);
enum err
user_key_remove_run(struct cli *cli);
enum err
user_link_run(struct cli *cli);
enum err
user_unlink_run(struct cli *cli);
enum err
user_links_run(struct cli *cli);
enum err
settings_list_run(struct cli *cli);
enum err
settings_get_run(struct cli *cli);
enum err
settings_set_run(struct cli *cli);
enum err
audit_list_run(struct cli *cli);
enum err
audit_verify_run(struct cli *cli);
enum err
audit_export_run(struct cli *cli);
enum err
audit_prune_run(struct cli *cli);
enum err
command_add_run(struct cli *cli);
enum err
command_list_run(struct cli *cli);

MUST_CHECK enum err
node_list_run(struct cli *cli);
enum err
node_join_run(struct cli *cli);
enum err
node_enter_run(struct cli *cli);
enum err
node_remove_run(struct cli *cli);
enum err
session_list_run(struct cli *cli);

MUST_CHECK enum err
session_end_run(struct cli *cli);

MUST_CHECK enum err
session_message_run(struct cli *cli);

MUST_CHECK enum err
recording_list_run(struct cli *cli);

MUST_CHECK enum err
recording_play_run(struct cli *cli);

MUST_CHECK enum err
recording_verify_run(struct cli *cli);

MUST_CHECK enum err
recording_prune_run(struct cli *cli);
enum err
command_show_run(struct cli *cli);
enum err
command_remove_run(struct cli *cli);
enum err
key_rotate_run(struct cli *cli);
enum err
backup_run(struct cli *cli);
enum err
restore_run(struct cli *cli);
enum err
metrics_run(struct cli *cli);
enum err
doctor_run(struct cli *cli);
enum err
setup_run(struct cli *cli);

/* Whether the options of an import fit its format: SAY_DONE, or SAY_USAGE after saying why. */
int
import_together(const struct cli *cli, const char *words);

#endif
