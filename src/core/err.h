/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every way to fail, in one list: a code, and (in err.c) the one sentence that says
 * what happened and what to do.
 *
 * Conventions of the whole tree: a function that can fail returns enum err and
 * must be checked; it starts as failed, has one forward label `out:`, and gives
 * results through a last argument `ret_...` that is untouched on failure.
 * Below keeper/, ui/ and cli/ nothing prints or logs.
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK __attribute__((warn_unused_result))

/* Marks a sentence for translation where gettext() cannot be called. */
#ifndef N_
#define N_(text) text
#endif

/*
 * The names, in the order that is part of the wire: append, never reorder (WIRE_VERSION). Each has
 * one sentence, which stands in err.c.
 */
#define ERR_LIST(X) \
	X(OK) \
	/* verdicts of the sign-in, DESIGN 5.3 */ \
	X(CREDENTIALS) \
	X(PAUSED) \
	X(CODE_WRONG) \
	X(CODE_USED) \
	X(CODE_LOCKED) \
	X(CODE_FORMAT) \
	X(RECOVERY_WRONG) \
	X(RECOVERY_FORMAT) \
	X(RESYNC_WRONG) \
	X(BUSY) \
	/* what a person typed */ \
	X(FIELD_EMPTY) \
	X(FIELD_LONG) \
	X(FIELD_CONTROL) \
	X(FIELD_UTF8) \
	X(FIELD_DIGITS) \
	X(NAME_EMPTY) \
	X(NAME_LONG) \
	X(NAME_CHARACTERS) \
	X(NAME_TAKEN) \
	X(NAME_UNKNOWN) \
	X(PASSWORD_SHORT) \
	X(PASSWORD_LONG) \
	X(PASSWORD_CONTROL) \
	X(PASSWORD_COMMON) \
	X(PASSWORD_IS_NAME) \
	X(PASSWORD_SAME) \
	X(PASSWORD_DIFFERS) \
	X(SETTING_UNKNOWN) \
	X(SETTING_VALUE) \
	X(REASON_MISSING) \
	X(ROLE_UNKNOWN) \
	/* what may not be done */ \
	X(DENIED) \
	X(STATE) \
	X(LAST_SUPER) \
	X(MANDATORY) \
	X(CONFIGURED) \
	X(NOT_CONFIGURED) \
	X(DEVICES_FULL) \
	X(PENDING_GONE) \
	X(STALE) \
	X(NOT_SET_UP) \
	X(SET_UP) \
	X(NOT_HOST) \
	/* how a session ends */ \
	X(IDLE) \
	X(ENDED) \
	X(KEEPER_GONE) \
	X(KEEPER_START) \
	X(KEEPER_ABSENT) \
	X(KEEPER_STRANGER) \
	X(PROTOCOL) \
	/* the state and the system */ \
	X(STATE_PATH) \
	X(STATE_SYMLINK) \
	X(STATE_OWNER) \
	X(STATE_MODE) \
	X(STATE_LINKS) \
	X(KEY_MISSING) \
	X(KEY_WRONG) \
	X(STORE_NEWER) \
	X(STORE_CORRUPT) \
	X(STORE_BUSY) \
	X(STORE_FULL) \
	X(STORE_READONLY) \
	X(STORE_IO) \
	X(STORE_NONE) \
	X(STORE_EXISTS) \
	X(AUDIT_BROKEN) \
	X(CRYPTO) \
	X(MEMORY) \
	X(FILES) \
	X(SYSTEM) \
	X(TERMINAL) \
	X(FAILED) \
	X(PASSWORD_WRONG) \
	X(LOCKED) \
	X(LONGEST) \
	X(STORE_UNSURE) \
	X(KEY_ELSEWHERE) \
	X(CLOCK_BACK) \
	X(PROOF_NEEDED) \
	X(CROWDED) \
	X(NO_STATE) \
	X(FIPS) \
	X(NAME_SCRIPTS) \
	X(ISSUER_COLON) \
	X(KIND) \
	X(TERMINAL_CURSOR) \
	X(STORE_SUSPECT) \
	X(STORE_MISSING) \
	X(LOOK_LONG) \
	X(VERSION) \
	X(LANGUAGE) \
	X(PASSWORD_LEAST) \
	X(MANDATORY_ROLE) \
	X(TIME_FORMAT) \
	X(ACTION_UNKNOWN) \
	X(DEVICE_TAKEN) \
	/* the proof of the trail */ \
	X(CHECKPOINT) \
	X(ANCHOR_FORMAT) \
	X(ANCHOR_SHORT) \
	X(ANCHOR_DIFFERS) \
	X(ANCHOR_PRUNED) \
	X(EXPORT_OTHER) \
	X(EXPORT_BUSY) \
	X(EXPORT_PRUNED) \
	X(EXPORT_LINK) \
	X(EXPORT_FILE) \
	X(DATE_FUTURE) \
	X(WAITS) \
	X(WAITS_ALREADY) \
	X(WAITS_FULL) \
	X(WAITING_GONE) \
	X(WAITING_OWN) \
	X(ALONE_ADD) \
	X(ALONE_PASSWORD) \
	X(ALONE_RESET) \
	X(ALONE_ROLE) \
	X(ALONE_SETTING) \
	X(IMPORT_KEY) \
	X(BACKUP_FORMAT) \
	X(BACKUP_NEWER) \
	X(BACKUP_DAMAGED) \
	X(PASSPHRASE) \
	X(RESTORE_FULL) \
	X(RESTORE_KEEPER) \
	X(RESTORED) \
	/* how a session ends that was signed in: what was done to its person */ \
	X(ENDED_DISABLED) \
	X(ENDED_REMOVED) \
	X(ENDED_PASSWORD) \
	X(ENDED_CHANGED) \
	X(ENDED_RESET) \
	X(ENDED_FACTORS) \
	X(ENDED_BY) \
	X(NAME_DIFFERS) \
	X(SETTING_ALONE) \
	X(SETTING_TWICE) \
	/* SSH keys of people */ \
	X(SSH_KEY_FORMAT) \
	X(SSH_KEY_PRIVATE) \
	X(SSH_KEY_LINES) \
	X(SSH_KEY_TWO) \
	X(SSH_KEY_OPTIONS) \
	X(SSH_KEY_CERTIFICATE) \
	X(SSH_KEY_DSA) \
	X(SSH_KEY_TYPE) \
	X(SSH_KEY_WEAK) \
	X(SSH_KEY_LONG) \
	X(SSH_KEY_DAMAGED) \
	X(SSH_KEY_DIFFERS) \
	X(SSH_KEY_MORE) \
	X(SSH_KEY_TAKEN) \
	X(SSH_KEYS_FULL) \
	X(SSH_KEY_UNKNOWN) \
	X(SSH_PRINT) \
	X(NAME_FIXED) \
	X(TICKET_UNKNOWN) \
	X(TICKET_USER) \
	X(TICKET_HELD) \
	X(TICKET_MISSING) \
	X(TICKET_ACCOUNT) \
	X(TICKET_SETTING) \
	X(LINK_NONE) \
	X(LINK_TAKEN) \
	X(LINK_ROOT) \
	X(LINK_NAME) \
	X(PAM_NO_2FA) \
	X(PAM_DISABLED) \
	X(PAM_EXPIRED) \
	X(RUNNER_AWAY) \
	X(COMMAND_NONE) \
	X(COMMAND_FILE) \
	X(COMMAND_CONFIRM) \
	X(COMMAND_PROGRAM) \
	X(COMMAND_USER) \
	X(RUN_ALREADY) \
	X(RUN_MANY) \
	X(RECORDING_NONE) \
	X(RECORDING_ROOM) \
	X(RECORDING_USER) \
	X(RECORDING_DAMAGED) \
	X(RECORDING_WHICH) \
	X(PLAY_TERMINAL) \
	X(HERE_NONE) \
	X(HERE_OWN) \
	X(HERE_NUMBER) \
	X(SAY_LONG) \
	X(HERE_ENDED) \
	X(CONFIG) \
	X(STORE_ELSEWHERE) \
	X(STORE_AWAY) \
	X(STORE_OLD_SERVER) \
	X(NODE_NAME) \
	X(NODE_UNKNOWN) \
	X(NODE_NONE) \
	X(NODE_TWICE) \
	X(NODE_TAKEN) \
	X(NODE_OWN) \
	X(NODE_SECRET) \
	X(NODE_ALONE) \
	X(NODE_KEYS) \
	X(NODE_CLOCK) \
	X(BACKUP_OLDER) \
	X(STORE_FOREIGN)

enum err {
#define ERR_ENUM(name) ERR_##name,
	ERR_LIST(ERR_ENUM)
#undef ERR_ENUM
	    ERR_COUNT
};

/*
 * The sentence of an error, in English, as gettext's message id. Static; never
 * NULL, also for a number that is no error. May hold one "%lld".
 */
const char *
err_sentence(enum err err);

/*
 * Writes the (translated) sentence to buf, of size bytes, with its "%lld", if
 * it has one, replaced by seconds. Always terminates; cuts on a UTF-8 boundary.
 */
void
err_fill(const char *sentence, int64_t seconds, char *buf, size_t size);

/* The same for a sentence that holds one "%s", which text stands for. */
void
err_fill_text(const char *sentence, const char *text, char *buf, size_t size);

/* What errno says, as one of ours: ENOMEM, ENOSPC, EROFS, EMFILE ...; never OK. */
enum err
err_from_errno(int number);

#endif
