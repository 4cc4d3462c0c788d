/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/err.h"

#include <stdio.h>
#include <string.h>

/* A sentence may hold one "%lld": seconds to wait, or a count. A name without a sentence fails the
 * unit test.
 */
static const char *const sentences[ERR_COUNT] = {
	[ERR_OK] = N_("Done."),
	/* verdicts of the sign-in, DESIGN 5.3 */
	[ERR_CREDENTIALS] = N_("User name or password is wrong."),
	[ERR_PAUSED] = N_("Too many attempts. Try again in %lld s."),
	[ERR_CODE_WRONG] = N_("That code is wrong. New code in %lld s."),
	[ERR_CODE_USED] = N_("That code is already used. Next code in %lld s."),
	[ERR_CODE_LOCKED] = N_("Too many wrong codes. Ask an administrator to unlock you."),
	[ERR_CODE_FORMAT] = N_("A code has 6 digits."),
	[ERR_RECOVERY_WRONG] = N_("That recovery code is wrong. Check it, or use another one."),
	[ERR_RECOVERY_FORMAT] = N_("A recovery code has 16 letters and digits, A to Z and 2 to 7."),
	[ERR_RESYNC_WRONG] = N_("These are not two codes in a row. Wait for a new code and enter "
				"that and the one after it."),
	[ERR_BUSY] = N_("The console is busy. Try again."),
	/* what a person typed */
	[ERR_FIELD_EMPTY] = N_("This field is empty. Fill it in."),
	[ERR_FIELD_LONG] = N_("That is too long for this field."),
	[ERR_FIELD_CONTROL] = N_("Control and invisible characters are not allowed here."),
	[ERR_FIELD_UTF8] = N_("That is not valid UTF-8 text. Type it again."),
	[ERR_FIELD_DIGITS] = N_("Only digits are allowed here."),
	[ERR_NAME_EMPTY] = N_("A user name is missing. Type one."),
	[ERR_NAME_LONG] = N_("A user name has at most 64 characters."),
	[ERR_NAME_CHARACTERS] = N_("A user name has letters, digits and . _ - @ only."),
	[ERR_NAME_TAKEN] = N_("That user name is taken. Choose another."),
	[ERR_NAME_UNKNOWN] = N_("There is no user of that name."),
	[ERR_PASSWORD_SHORT] = N_(
	    "A password has at least 12 characters. A short sentence is a good one."),
	[ERR_PASSWORD_LONG] = N_("A password has at most 256 characters."),
	[ERR_PASSWORD_CONTROL] = N_("A password has no control characters."),
	[ERR_PASSWORD_COMMON] = N_("That password is one of the commonest. Choose another."),
	[ERR_PASSWORD_IS_NAME] = N_("The password is the user name. Choose another."),
	[ERR_PASSWORD_SAME] = N_("That is the password in use. Choose another."),
	[ERR_PASSWORD_DIFFERS] = N_("The two passwords differ. Type the second again."),
	[ERR_SETTING_UNKNOWN] = N_(
	    "There is no setting of that name. See: provconsole settings list"),
	[ERR_SETTING_VALUE] = N_(
	    "That value is not allowed for this setting. See: provconsole settings list"),
	[ERR_REASON_MISSING] = N_("A reason is missing. Say why, for the audit log."),
	[ERR_ROLE_UNKNOWN] = N_(
	    "There is no role of that name. Roles: super-administrator, administrator, operator."),
	/* what may not be done */
	[ERR_DENIED] = N_("Your role does not allow that."),
	[ERR_STATE] = N_("That is not possible now. Go back and try again."),
	[ERR_LAST_SUPER] = N_(
	    "This is the last enabled Super Administrator. Make another one first."),
	[ERR_MANDATORY] = N_("Required for all users: it cannot be deactivated."),
	[ERR_CONFIGURED] = N_("Two-factor authentication is already configured."),
	[ERR_NOT_CONFIGURED] = N_(
	    "Two-factor authentication is not configured. Configure it first."),
	[ERR_DEVICES_FULL] = N_("At most five authenticators. Remove one first."),
	[ERR_PENDING_GONE] = N_(
	    "This key has expired. A new one is shown: scan it and enter its code."),
	[ERR_STALE] = N_("This has changed in the meantime. Check it, then decide again."),
	[ERR_NOT_SET_UP] = N_(
	    "This console is not set up. On the host run: provconsole init --user NAME"),
	[ERR_SET_UP] = N_("This console has a Super Administrator already. Sign in."),
	[ERR_NOT_HOST] = N_("Only root or the owner of the state directory can do that."),
	/* how a session ends */
	[ERR_IDLE] = N_("Closed after a period of inactivity. Start again."),
	[ERR_ENDED] = N_("This session was ended by a change to the account. Sign in again."),
	[ERR_KEEPER_GONE] = N_("The keeper has stopped, so this console ends. Start it again."),
	[ERR_KEEPER_START] = N_(
	    "The keeper does not start. See: provconsole-keeper --help, and the system's log."),
	[ERR_KEEPER_ABSENT] = N_(
	    "No keeper answers on the socket. Start its service, or give another socket."),
	[ERR_KEEPER_STRANGER] = N_("The keeper on this socket runs as a user who is neither root "
				   "nor the directory's owner."),
	[ERR_PROTOCOL] = N_("The console and the keeper do not understand each other. Install one "
			    "version of both."),
	/* the state and the system */
	[ERR_STATE_PATH] = N_("The state directory or a file in it cannot be opened. Check its "
			      "path, its owner and its mode."),
	[ERR_STATE_SYMLINK] = N_(
	    "The state directory or a file in it is a symbolic link. Use the real path."),
	[ERR_STATE_OWNER] = N_(
	    "The state directory or a file in it belongs to someone else. Give it to its user."),
	[ERR_STATE_MODE] = N_("The state directory or a file in it is accessible to others. Use "
			      "mode 0700 for it, 0600 for files."),
	[ERR_STATE_LINKS] = N_(
	    "A file of the state has a second hard link. Remove the other name."),
	[ERR_KEY_MISSING] = N_(
	    "The file console.key is missing. Put back the one that belongs to this database."),
	[ERR_KEY_WRONG] = N_(
	    "The file console.key does not belong to this database. Put back the right one."),
	[ERR_STORE_NEWER] = N_("The database was made by a newer version. Install that version."),
	[ERR_STORE_CORRUPT] = N_("The database is damaged. Restore a backup."),
	[ERR_STORE_BUSY] = N_("Another program has locked the database. Stop it, then try again."),
	[ERR_STORE_FULL] = N_("The disk is full. Make room, then try again."),
	[ERR_STORE_READONLY] = N_("The database cannot be written; provconsole doctor says why."),
	[ERR_STORE_IO] = N_("The database cannot be read or written. Check the disk."),
	[ERR_STORE_NONE] = N_("There is no such row."),
	[ERR_STORE_EXISTS] = N_("There is such a row already."),
	[ERR_AUDIT_BROKEN] = N_(
	    "The audit trail was altered. Restore a backup, and find out who changed it."),
	[ERR_CRYPTO] = N_("A cryptographic operation failed. Nothing was changed."),
	[ERR_MEMORY] = N_("There is not enough memory. Try again."),
	[ERR_FILES] = N_("Too many files are open. Try again."),
	[ERR_SYSTEM] = N_("The system refused an operation. See the system's log."),
	[ERR_TERMINAL] = N_("There is no terminal here. Sign in from one: ssh -t HOST"),
	[ERR_FAILED] = N_("That failed, and nothing was changed. Try again."),
	[ERR_PASSWORD_WRONG] = N_("That password is wrong."),
	[ERR_LOCKED] = N_("This session is locked. Enter a code, or your password, to open it."),
	[ERR_LONGEST] = N_("This session has lasted as long as one may. Sign in again."),
	[ERR_STORE_UNSURE] = N_("It is not known whether that was saved. Check the disk and the "
				"result before you try again."),
	[ERR_KEY_ELSEWHERE] = N_("This key was shown on another connection and no longer works "
				 "here. Sign in again to get a new one."),
	[ERR_CLOCK_BACK] = N_("This console's clock was set back. Codes work again later. Use a "
			      "recovery code, or ask an administrator."),
	[ERR_PROOF_NEEDED] = N_("This needs a fresh code. Enter the 6-digit code."),
	[ERR_CROWDED] = N_("Too many people were waiting, so this place was given to someone else. "
			   "Sign in again."),
	[ERR_NO_STATE] = N_("There is no console in that directory. Check the path, or run: "
			    "provconsole init --user NAME"),
	[ERR_FIPS] = N_("libgcrypt is in FIPS mode and refuses HMAC-SHA-1 or Argon2id, which this "
			"console needs."),
	[ERR_NAME_SCRIPTS] = N_("A user name mixes letters of different scripts. Use one script."),
	[ERR_ISSUER_COLON] = N_(
	    "A console name cannot have a colon. Authenticator applications cut the name there."),
	[ERR_KIND] = N_("This kind of connection is not served here."),
	[ERR_TERMINAL_CURSOR] = N_(
	    "This terminal cannot move its cursor. Use another one, or set TERM to its type."),
	[ERR_STORE_SUSPECT] = N_("The database could not be read. On the host run: provconsole "
				 "doctor"),
	[ERR_STORE_MISSING] = N_("The database is missing or empty, though this console was set "
				 "up. Put console.db back, or restore a backup."),
	[ERR_LOOK_LONG] = N_("The examination of the database was stopped after two minutes, "
			     "because its log grows meanwhile. Try again."),
	[ERR_VERSION] = N_("The console and the keeper are of different versions. Install one "
			   "version of both, and restart the keeper."),
	[ERR_LANGUAGE] = N_("That is not the tag of a language. Write it like fr or pt_BR."),
	[ERR_PASSWORD_LEAST] = N_("A password has at least %lld characters on this console. A "
				  "short sentence is a good one."),
	[ERR_MANDATORY_ROLE] = N_("Required for your role: it cannot be deactivated."),
	[ERR_TIME_FORMAT] = N_("That is not a time. Write a day, like 2026-11-27 or today; a "
			       "minute, like 2026-11-27T10:00; or how long ago, like 90m, 2h, 3d "
			       "or 1w."),
	[ERR_ACTION_UNKNOWN] = N_("There is no such action. See: provconsole audit list --help"),
	[ERR_DEVICE_TAKEN] = N_("You have an authenticator of that name. Choose another name."),
	/* the proof of the trail */
	[ERR_CHECKPOINT] = N_("The checkpoint up to which the audit trail was pruned was altered. "
			      "Restore a backup, and find out who changed it."),
	[ERR_ANCHOR_FORMAT] = N_("An anchor is a row's number, a colon and its seal of 64 "
				 "hexadecimal digits, as the system's log has it."),
	[ERR_ANCHOR_SHORT] = N_("The audit trail ends before the anchor's row: this is an older "
				"copy, or its end was cut off. Find out who did it."),
	[ERR_ANCHOR_DIFFERS] = N_("The anchor's row has another seal: this is the trail of another "
				  "console, or it was made anew. Find out who did it."),
	[ERR_ANCHOR_PRUNED] = N_("The rows up to that anchor were pruned, so that it proves "
				 "nothing any more. Give a later one."),
	[ERR_EXPORT_OTHER] = N_("The file does not end with a row of this console's audit trail. "
				"Give another file."),
	[ERR_EXPORT_BUSY] = N_("Another export is writing to that file. Wait for its end, or give "
			       "another file."),
	[ERR_EXPORT_PRUNED] = N_("Rows after the last one in the file were pruned before they "
				 "were exported. Begin a new file."),
	[ERR_EXPORT_LINK] = N_("The file is a symbolic link. Give the real path."),
	[ERR_EXPORT_FILE] = N_(
	    "The file cannot be opened. Check its path, its owner and its mode."),
	[ERR_DATE_FUTURE] = N_("That time is still to come. Give one that is over."),
	/* four eyes (DESIGN 8): only the host can where nobody else could confirm */
	[ERR_WAITS] = N_("This waits until a second Super Administrator confirms it, for 24 hours "
			 "at most."),
	[ERR_WAITS_ALREADY] = N_("You have asked for that already. It waits for a second Super "
				 "Administrator."),
	[ERR_WAITS_FULL] = N_("Much that you asked for is waiting already. Withdraw some of it "
			      "first."),
	[ERR_WAITING_GONE] = N_("That no longer waits. Ask for it again if it is still wanted."),
	[ERR_WAITING_OWN] = N_("You asked for this, or it is about you: somebody else confirms or "
			       "refuses it."),
	[ERR_ALONE_ADD] = N_("No second Super Administrator could confirm this. On the host run: "
			     "provconsole user add NAME --role super-administrator"),
	[ERR_ALONE_PASSWORD] = N_("No second Super Administrator could confirm this. On the host "
				  "run: provconsole user set-password NAME"),
	[ERR_ALONE_RESET] = N_("No second Super Administrator could confirm this. On the host run: "
			       "provconsole user reset-2fa NAME --reason TEXT"),
	[ERR_ALONE_ROLE] = N_("No second Super Administrator could confirm this. On the host run: "
			      "provconsole user set-role NAME super-administrator"),
	[ERR_ALONE_SETTING] = N_("No second Super Administrator could confirm this. On the host "
				 "run: provconsole settings set KEY no"),
	[ERR_IMPORT_KEY] = N_("A key has 10 to 64 bytes, its clock is right to ten minutes, and "
			      "no code that is still to come was used."),
	[ERR_BACKUP_FORMAT] = N_("That file is no backup of this console, or its beginning is "
				 "damaged. Use another copy."),
	[ERR_BACKUP_NEWER] = N_("That backup was made by a newer version. Install that version."),
	[ERR_BACKUP_OLDER] = N_("That backup was made before there was PostgreSQL. Restore it into "
				"a directory, back that up, and restore that backup."),
	[ERR_BACKUP_DAMAGED] = N_("That backup is damaged or was cut off, and nothing was "
				  "restored. Use another copy."),
	[ERR_PASSPHRASE] = N_("The passphrase is not the one of this backup, or the backup's "
			      "beginning is damaged. Try again, or use another copy."),
	[ERR_RESTORE_FULL] = N_("There is a console in this directory already. Restore into an "
				"empty one, by --state."),
	[ERR_RESTORE_KEEPER] = N_("A keeper runs in this directory. Stop it, then try again."),
	[ERR_RESTORED] = N_("This console was restored from a backup. Codes work again in "
			    "%lld s."),
	[ERR_ENDED_DISABLED] = N_("Your account was disabled, so this session has ended. Ask an "
				  "administrator."),
	[ERR_ENDED_REMOVED] = N_("Your account was removed, so this session has ended. Ask an "
				 "administrator."),
	[ERR_ENDED_PASSWORD] = N_("You were given a new password, so this session has ended. Sign "
				  "in with the new one."),
	[ERR_ENDED_CHANGED] = N_("Your password was changed in another session, so this one has "
				 "ended. Sign in again; if that was not you, tell an "
				 "administrator."),
	[ERR_ENDED_RESET] = N_("Your two-factor authentication was reset, so this session has "
			       "ended. Sign in again."),
	[ERR_ENDED_FACTORS] = N_("Your two-factor authentication was changed in another session, "
				 "so this one has ended. Sign in again; if that was not you, tell "
				 "an administrator."),
	[ERR_ENDED_BY] = N_("An administrator has ended your sessions. Sign in again."),
	[ERR_NAME_DIFFERS] = N_("That is not the name of this person. Type it as it stands above."),
	[ERR_SETTING_ALONE] = N_("That setting is changed on its own, not along with others."),
	[ERR_SETTING_TWICE] = N_("One setting was changed twice at once."),
	/* SSH keys of people */
	[ERR_SSH_KEY_FORMAT] = N_(
	    "That is not an SSH public key. Give the whole line of a file like id_ed25519.pub."),
	[ERR_SSH_KEY_PRIVATE] = N_("That is a file of keys, perhaps a private one. Give the line "
				   "of the file that ends with .pub."),
	[ERR_SSH_KEY_LINES] = N_("That is more than one line. Give one key at a time."),
	[ERR_SSH_KEY_TWO] = N_("These are two keys. Give one at a time."),
	[ERR_SSH_KEY_OPTIONS] = N_(
	    "There are options before the key. Give it without them, from its type on."),
	[ERR_SSH_KEY_CERTIFICATE] = N_(
	    "That is a certificate. Give the public key that it was made for."),
	[ERR_SSH_KEY_DSA] = N_("DSA keys are too weak. Make another key: ssh-keygen -t ed25519"),
	[ERR_SSH_KEY_TYPE] = N_(
	    "Keys of this type are not taken. Make another key: ssh-keygen -t ed25519"),
	[ERR_SSH_KEY_WEAK] = N_(
	    "An RSA key needs 2048 bits or more. Make another key: ssh-keygen -t ed25519"),
	[ERR_SSH_KEY_LONG] = N_(
	    "That is longer than any SSH public key. Give the one line of the key alone."),
	[ERR_SSH_KEY_DAMAGED] = N_("That key is damaged or cut off. Copy its whole line again."),
	[ERR_SSH_KEY_DIFFERS] = N_(
	    "The key is of another type than the word before it says. Copy its whole line again."),
	[ERR_SSH_KEY_MORE] = N_(
	    "Something more follows inside the key. Copy its whole line again."),
	[ERR_SSH_KEY_TAKEN] = N_("This person has that SSH key already."),
	[ERR_SSH_KEYS_FULL] = N_("A person has at most 10 SSH keys. Remove one first."),
	[ERR_SSH_KEY_UNKNOWN] = N_("This person has no SSH key of that fingerprint."),
	[ERR_SSH_PRINT] = N_("That is not a fingerprint. It is SHA256: and 43 characters, as "
			     "ssh-keygen -l shows it."),
	[ERR_NAME_FIXED] = N_("This SSH key is another person's. To sign in as somebody else, "
			      "connect with another key."),
	/* tickets, and the PAM module (DESIGN 9) */
	[ERR_TICKET_UNKNOWN] = N_(
	    "The SSH connection that vouched for this console has ended, or the "
	    "keeper was restarted. Connect again."),
	[ERR_TICKET_USER] = N_("The ticket of an SSH connection was used by another UNIX user. "
			       "Connect again."),
	[ERR_TICKET_HELD] = N_(
	    "This SSH connection has a console open already. Close it, or connect "
	    "anew."),
	[ERR_TICKET_MISSING] = N_("This console is open to SSH connections alone that this host "
				  "vouches for. Connect with ssh."),
	[ERR_TICKET_ACCOUNT] = N_("Only the console's own account gets tickets."),
	[ERR_TICKET_SETTING] = N_("Whoever requires tickets must have come with one. On the host "
				  "run: provconsole settings set require-ticket yes"),
	[ERR_LINK_NONE] = N_("That UNIX account is linked to nobody. On the host run: provconsole "
			     "user link NAME UNIX"),
	[ERR_LINK_TAKEN] = N_(
	    "That UNIX account is linked to somebody else. Remove that link first: "
	    "provconsole user unlink UNIX"),
	[ERR_LINK_ROOT] = N_(
	    "root is linked to nobody: whoever may become root does so by an account "
	    "of their own."),
	[ERR_LINK_NAME] = N_("That is no name of a UNIX account."),
	[ERR_PAM_NO_2FA] = N_(
	    "This account's person has no two-factor authentication yet. Configure "
	    "it in the console first."),
	[ERR_PAM_DISABLED] = N_("This account is closed. Ask an administrator."),
	[ERR_PAM_EXPIRED] = N_("Your invitation has expired. Ask an administrator for a new one."),
	[ERR_RUNNER_AWAY] = N_("Commands cannot be run now: the runner does not answer. Tell root, "
			       "who looks with: provconsole doctor"),
	[ERR_COMMAND_NONE] = N_("You have no command of that name."),
	[ERR_COMMAND_FILE] = N_("This command's file is not in order. Tell root, who looks with: "
				"provconsole command list"),
	[ERR_COMMAND_CONFIRM] = N_(
	    "This command asks whether you are sure. Run it from Commands, and answer yes."),
	[ERR_COMMAND_PROGRAM] = N_("This command's program cannot be run: it is not there, or it "
				   "is no program. Tell root."),
	[ERR_COMMAND_USER] = N_(
	    "The UNIX user that this command runs as does not exist. Tell root."),
	[ERR_RUN_ALREADY] = N_("A command is running on this line already."),
	[ERR_RUN_MANY] = N_("Too many commands are running on this host. Try again in a moment."),
	[ERR_RECORDING_NONE] = N_("There is no such recording."),
	[ERR_RECORDING_ROOM] = N_(
	    "There is no room for a recording, and this command runs only with one. Tell root."),
	[ERR_RECORDING_USER] = N_("This command is recorded, and the UNIX user who records, "
				  "provconsole-record, is not on this host. Tell root."),
	[ERR_RECORDING_DAMAGED] = N_("The recording is damaged, or was changed."),
	[ERR_RECORDING_WHICH] = N_(
	    "More than one recording begins so. Type more of its run's name."),
	[ERR_PLAY_TERMINAL] = N_(
	    "A recording is played in a terminal, and standard input and output "
	    "are none."),
	[ERR_HERE_NONE] = N_("That session has ended already."),
	[ERR_HERE_ENDED] = N_("An administrator ended this session."),
	[ERR_HERE_NUMBER] = N_("That is no number of a session. They are listed by: provconsole "
			       "session list"),
	[ERR_SAY_LONG] = N_("That is too long to be said at once. Say it in parts."),
	[ERR_HERE_OWN] = N_("That is your own session. Leave it with Sign out."),
	[ERR_CONFIG] = N_("keeper.conf cannot be understood, or others may write it. Mend it, then "
			  "start the keeper again."),
	[ERR_STORE_ELSEWHERE] = N_("keeper.conf names a PostgreSQL database. Install the package "
				   "provconsole-postgresql to reach it."),
	[ERR_STORE_AWAY] = N_(
	    "The database cannot be reached. Look whether it runs, then try again."),
	[ERR_STORE_OLD_SERVER] = N_("The database is older than PostgreSQL 15. Upgrade it, then "
				    "start the keeper again."),
	[ERR_NODE_NAME] = N_("That is no name of a node. Use 1 to 32 letters, digits, '.', '_' and "
			     "'-'."),
	[ERR_NODE_UNKNOWN] = N_("This host has not joined the others. On one of them run: "
				"provconsole node join NAME"),
	[ERR_NODE_NONE] = N_("There is no node of that name. They are listed by: provconsole node "
			     "list"),
	[ERR_NODE_TWICE] = N_("A keeper of this node's name is running on another host. Give each "
			      "host a name of its own in keeper.conf."),
	[ERR_NODE_TAKEN] = N_("There is a node of that name already. They are listed by: "
			      "provconsole node list"),
	[ERR_NODE_OWN] = N_("This keeper runs as that node. Remove it from another one."),
	[ERR_NODE_SECRET] = N_(
	    "That is not the secret of this node's invitation, or it is too old. "
	    "Invite it again."),
	[ERR_NODE_ALONE] = N_("This console keeps its people on this host alone. There are no "
			      "nodes."),
	[ERR_NODE_KEYS] = N_("Keys are renewed while there is one node. Remove the others, then "
			     "let them join again."),
	[ERR_STORE_FOREIGN] = N_("What that database has in its schema provconsole is not a "
				 "console's. Name another database in keeper.conf."),
	[ERR_NODE_CLOCK] = N_("This host's clock differs from the database's. Mend the clock, then "
			      "try again."),
};

const char *
err_sentence(enum err err)
{
	if ((unsigned)err >= ERR_COUNT)
		return sentences[ERR_FAILED];
	return sentences[err];
}
