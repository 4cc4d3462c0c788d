/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every way to fail, in one list: a code, and the one sentence that says what
 * happened and what to do.
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
 * X(name, sentence). A sentence may hold one "%lld": seconds to wait.
 * The order is part of the wire: append, never reorder (WIRE_VERSION).
 */
#define ERR_LIST(X) \
	X(OK, N_("Done.")) \
	/* verdicts of the sign-in, DESIGN 5.3 */ \
	X(CREDENTIALS, N_("User name or password is wrong.")) \
	X(PAUSED, N_("Too many attempts. Try again in %lld s.")) \
	X(CODE_WRONG, N_("That code is wrong. New code in %lld s.")) \
	X(CODE_USED, N_("That code is already used. Next code in %lld s.")) \
	X(CODE_LOCKED, N_("Too many wrong codes. Ask an administrator to unlock you.")) \
	X(CODE_FORMAT, N_("A code has 6 digits.")) \
	X(RECOVERY_WRONG, N_("That recovery code is wrong. Check it, or use another one.")) \
	X(RECOVERY_FORMAT, N_("A recovery code has 16 letters and digits, A to Z and 2 to 7.")) \
	X(RESYNC_WRONG, \
	    N_("These are not two codes in a row. Wait for a new code and enter that and the one " \
	       "after it.")) \
	X(BUSY, N_("The console is busy. Try again.")) \
	/* what a person typed */ \
	X(FIELD_EMPTY, N_("This field is empty. Fill it in.")) \
	X(FIELD_LONG, N_("That is too long for this field.")) \
	X(FIELD_CONTROL, N_("Control and invisible characters are not allowed here.")) \
	X(FIELD_UTF8, N_("That is not valid UTF-8 text. Type it again.")) \
	X(FIELD_DIGITS, N_("Only digits are allowed here.")) \
	X(NAME_EMPTY, N_("A user name is missing. Type one.")) \
	X(NAME_LONG, N_("A user name has at most 64 characters.")) \
	X(NAME_CHARACTERS, N_("A user name has letters, digits and . _ - @ only.")) \
	X(NAME_TAKEN, N_("That user name is taken. Choose another.")) \
	X(NAME_UNKNOWN, N_("There is no user of that name.")) \
	X(PASSWORD_SHORT, \
	    N_("A password has at least 12 characters. A short sentence is a good one.")) \
	X(PASSWORD_LONG, N_("A password has at most 256 characters.")) \
	X(PASSWORD_CONTROL, N_("A password has no control characters.")) \
	X(PASSWORD_COMMON, N_("That password is one of the commonest. Choose another.")) \
	X(PASSWORD_IS_NAME, N_("The password is the user name. Choose another.")) \
	X(PASSWORD_SAME, N_("That is the password in use. Choose another.")) \
	X(PASSWORD_DIFFERS, N_("The two passwords differ. Type the second again.")) \
	X(SETTING_UNKNOWN, N_("There is no setting of that name. See: provconsole settings list")) \
	X(SETTING_VALUE, \
	    N_("That value is not allowed for this setting. See: provconsole settings list")) \
	X(REASON_MISSING, N_("A reason is missing. Say why, for the audit log.")) \
	X(ROLE_UNKNOWN, \
	    N_("There is no role of that name. Roles: super-administrator, administrator, " \
	       "operator.")) \
	/* what may not be done */ \
	X(DENIED, N_("Your role does not allow that.")) \
	X(STATE, N_("That is not possible now. Go back and try again.")) \
	X(LAST_SUPER, N_("This is the last enabled Super Administrator. Make another one first.")) \
	X(MANDATORY, N_("Required for all users: it cannot be deactivated.")) \
	X(CONFIGURED, N_("Two-factor authentication is already configured.")) \
	X(NOT_CONFIGURED, N_("Two-factor authentication is not configured. Configure it first.")) \
	X(DEVICES_FULL, N_("Five authenticators are the most. Remove one first.")) \
	X(PENDING_GONE, \
	    N_("This key has expired. A new one is shown: scan it and enter its code.")) \
	X(STALE, N_("Things have changed meanwhile. Look again and decide anew.")) \
	X(NOT_SET_UP, \
	    N_("This console is not set up. On the host run: provconsole init --user NAME")) \
	X(SET_UP, N_("This console has a Super Administrator already. Sign in.")) \
	X(NOT_HOST, N_("Only root or the owner of the state directory can do that.")) \
	/* how a session ends */ \
	X(IDLE, N_("Closed after a time without a key. Start again.")) \
	X(ENDED, N_("This session was ended by a change to the account. Sign in again.")) \
	X(KEEPER_GONE, N_("The keeper has stopped, so this console ends. Start it again.")) \
	X(KEEPER_START, \
	    N_("The keeper does not start. See: provconsole-keeper --help, and the system's " \
	       "log.")) \
	X(KEEPER_ABSENT, \
	    N_("No keeper answers on the socket. Start its service, or name another socket.")) \
	X(KEEPER_STRANGER, \
	    N_("The keeper on this socket runs as another user than root or the directory's " \
	       "owner.")) \
	X(PROTOCOL, \
	    N_("The console and the keeper do not understand each other. Install one version of " \
	       "both.")) \
	/* the state and the system */ \
	X(STATE_PATH, \
	    N_("The state directory or a file in it cannot be opened. Check its path, its owner " \
	       "and its mode.")) \
	X(STATE_SYMLINK, \
	    N_("The state directory or a file in it is a symbolic link. Use the real place.")) \
	X(STATE_OWNER, \
	    N_("The state directory or a file in it belongs to someone else. Give it to its " \
	       "user.")) \
	X(STATE_MODE, \
	    N_("The state directory or a file in it is open to others. Use mode 0700 for it, " \
	       "0600 for files.")) \
	X(STATE_LINKS, N_("A file of the state has a second hard link. Remove the other name.")) \
	X(KEY_MISSING, \
	    N_("The file console.key is missing. Put back the one that belongs to this " \
	       "database.")) \
	X(KEY_WRONG, \
	    N_("The file console.key does not belong to this database. Put back the right one.")) \
	X(STORE_NEWER, N_("The database was made by a newer version. Install that version.")) \
	X(STORE_CORRUPT, N_("The database is damaged. Restore a backup.")) \
	X(STORE_BUSY, N_("Another program holds the database. End it, then try again.")) \
	X(STORE_FULL, N_("The disk is full. Make room, then try again.")) \
	X(STORE_READONLY, N_("The database cannot be written. Check the file system.")) \
	X(STORE_IO, N_("The database cannot be read or written. Check the disk.")) \
	X(STORE_NONE, N_("There is no such row.")) \
	X(STORE_EXISTS, N_("There is such a row already.")) \
	X(AUDIT_BROKEN, \
	    N_("The audit trail does not fit its seal. Restore a backup, and ask who changed " \
	       "it.")) \
	X(CRYPTO, N_("A cryptographic operation failed. Nothing was changed.")) \
	X(MEMORY, N_("There is not enough memory. Try again.")) \
	X(FILES, N_("Too many files are open. Try again.")) \
	X(SYSTEM, N_("The system refused an operation. See the system's log.")) \
	X(TERMINAL, N_("There is no terminal here. Sign in from one: ssh -t HOST")) \
	X(FAILED, N_("That failed, and nothing was changed. Try again.")) \
	X(PASSWORD_WRONG, N_("That password is wrong.")) \
	X(LOCKED, N_("This session is locked. Enter a code, or your password, to open it.")) \
	X(LONGEST, N_("A session lasts 12 hours at most. Sign in again.")) \
	X(STORE_UNSURE, \
	    N_("It is not known whether that was saved. Check the disk, then look before you try " \
	       "again."))

enum err {
#define ERR_ENUM(name, sentence) ERR_##name,
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

/* What errno says, as one of ours: ENOMEM, ENOSPC, EROFS, EMFILE ...; never OK. */
enum err
err_from_errno(int number);

#endif
