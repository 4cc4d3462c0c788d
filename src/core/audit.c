/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/audit.h"

#include <string.h>

enum { MORE_MOST = 1000000000 }; /* that a row stands for */

enum { ADMIN = ROLE_ADMINISTRATOR, SUPER = ROLE_SUPER_ADMINISTRATOR };

/* clang-format off */
static const struct {
	const char *name;
	const char *brief;
	const char *says;
	int reader; /* the least enum role that reads such rows */
} verbs[AUDIT_VERB_COUNT] = {
	[AUDIT_NONE] = { "", "", "", SUPER },
	[AUDIT_INIT] = { "init", N_("set up"),
		N_("set the console up"), SUPER },
	[AUDIT_HELLO] = { "hello", N_("ask for authority"),
		N_("asked for authority that it does not have"), SUPER },
	[AUDIT_PASSWORD] = { "password", N_("password"),
		N_("typed a password to sign in"), ADMIN },
	[AUDIT_CODE] = { "code", N_("code"),
		N_("typed a code to sign in"), ADMIN },
	[AUDIT_RECOVERY_CODE] = { "recovery-code", N_("recovery code"),
		N_("typed a recovery code to sign in"), ADMIN },
	[AUDIT_RESYNCHRONISE] = { "resynchronise", N_("resynchronise"),
		N_("typed two codes to set an authenticator's clock"), ADMIN },
	[AUDIT_NEW_PASSWORD] = { "new-password", N_("choose password"),
		N_("chose the password that was due"), ADMIN },
	[AUDIT_ENROL] = { "enrol", N_("show a new key"),
		N_("was shown the key of a new authenticator"), ADMIN },
	[AUDIT_ACTIVATE] = { "activate", N_("confirm a key"),
		N_("confirmed a new authenticator by its code"), ADMIN },
	[AUDIT_CONFIGURE_LATER] = { "configure-later", N_("go on without 2FA"),
		N_("went on without two-factor authentication"), ADMIN },
	[AUDIT_RECOVERY_CODES] = { "recovery-codes", N_("show recovery codes"),
		N_("was shown new recovery codes"), ADMIN },
	[AUDIT_RECOVERY_CODES_SAVED] = { "recovery-codes-saved", N_("codes saved"),
		N_("confirmed the recovery codes as saved"), ADMIN },
	[AUDIT_SIGN_IN] = { "sign-in", N_("sign in"),
		N_("signed in"), ADMIN },
	[AUDIT_SIGN_OUT] = { "sign-out", N_("sign out"),
		N_("signed out"), ADMIN },
	[AUDIT_LOCK] = { "lock", N_("lock"),
		N_("was locked out for inactivity"), ADMIN },
	[AUDIT_UNLOCK] = { "unlock", N_("unlock"),
		N_("unlocked the session"), ADMIN },
	[AUDIT_MISPLACED] = { "misplaced", N_("out of place"),
		N_("asked for what does not belong to its door"), ADMIN },
	[AUDIT_DEVICE_ADD] = { "device-add", N_("add authenticator"),
		N_("added an authenticator"), ADMIN },
	[AUDIT_DEVICE_REPLACE] = { "device-replace", N_("replace authenticator"),
		N_("replaced an authenticator"), ADMIN },
	[AUDIT_DEVICE_RENAME] = { "device-rename", N_("rename authenticator"),
		N_("renamed an authenticator"), ADMIN },
	[AUDIT_DEVICE_REMOVE] = { "device-remove", N_("remove authenticator"),
		N_("removed an authenticator"), ADMIN },
	[AUDIT_DEVICE_KEEP] = { "device-keep", N_("keep authenticator"),
		N_("said that an authenticator is theirs"), ADMIN },
	[AUDIT_DEVICE_LIST] = { "device-list", N_("list authenticators"),
		N_("listed a person's authenticators"), ADMIN },
	[AUDIT_DEACTIVATE] = { "deactivate", N_("deactivate 2FA"),
		N_("deactivated two-factor authentication"), ADMIN },
	[AUDIT_RENEW_CODES] = { "renew-codes", N_("new recovery codes"),
		N_("asked for new recovery codes"), ADMIN },
	[AUDIT_SSH_ADD] = { "ssh-key-add", N_("add SSH key"),
		N_("added an SSH key"), ADMIN },
	[AUDIT_SSH_RENAME] = { "ssh-key-rename", N_("rename SSH key"),
		N_("renamed an SSH key"), ADMIN },
	[AUDIT_SSH_REMOVE] = { "ssh-key-remove", N_("remove SSH key"),
		N_("removed an SSH key"), ADMIN },
	[AUDIT_SSH_KEEP] = { "ssh-key-keep", N_("keep SSH key"),
		N_("said that an SSH key is theirs"), ADMIN },
	[AUDIT_SSH_LIST] = { "ssh-key-list", N_("list SSH keys"),
		N_("listed a person's SSH keys"), ADMIN },
	[AUDIT_CHANGE_PASSWORD] = { "change-password", N_("change password"),
		N_("changed the password"), ADMIN },
	[AUDIT_NOT_ME] = { "not-me", N_("it was not me"),
		N_("said that a sign-in was not theirs"), ADMIN },
	[AUDIT_PREFERENCES] = { "preferences", N_("preferences"),
		N_("changed their own preferences"), ADMIN },
	[AUDIT_USER_LIST] = { "user-list", N_("list people"),
		N_("listed the people"), ADMIN },
	[AUDIT_USER_SHOW] = { "user-show", N_("show person"),
		N_("looked at a person"), ADMIN },
	[AUDIT_USER_ADD] = { "user-add", N_("add person"),
		N_("added a person"), ADMIN },
	[AUDIT_USER_ENABLE] = { "user-enable", N_("enable person"),
		N_("enabled a person"), ADMIN },
	[AUDIT_USER_DISABLE] = { "user-disable", N_("disable person"),
		N_("disabled a person"), ADMIN },
	[AUDIT_USER_ROLE] = { "user-role", N_("change role"),
		N_("changed a person's role"), ADMIN },
	[AUDIT_USER_REMOVE] = { "user-remove", N_("remove person"),
		N_("removed a person"), ADMIN },
	[AUDIT_USER_UNLOCK] = { "user-unlock", N_("unlock person"),
		N_("unlocked a person"), ADMIN },
	[AUDIT_USER_PASSWORD] = { "user-password", N_("give new password"),
		N_("gave a person a new password"), ADMIN },
	[AUDIT_RESET_2FA] = { "reset-2fa", N_("reset 2FA"),
		N_("reset a person's two-factor authentication"), ADMIN },
	[AUDIT_USER_SSH_ADD] = { "user-ssh-key-add", N_("give SSH key"),
		N_("gave a person an SSH key"), ADMIN },
	[AUDIT_USER_SSH_REMOVE] = { "user-ssh-key-remove", N_("take SSH key away"),
		N_("took an SSH key away from a person"), ADMIN },
	[AUDIT_USER_END] = { "user-end", N_("end sessions"),
		N_("ended a person's sessions"), ADMIN },
	[AUDIT_ADMINISTER] = { "administer", N_("stop administering"),
		N_("stopped administering"), ADMIN },
	[AUDIT_LIST] = { "audit-list", N_("read audit log"),
		N_("read the audit trail"), SUPER },
	[AUDIT_SETTINGS_VIEW] = { "settings-view", N_("show settings"),
		N_("looked at the settings"), SUPER },
	[AUDIT_SETTING] = { "setting", N_("setting"),
		N_("changed a setting"), SUPER },
	[AUDIT_BACKUP] = { "backup", N_("back up"),
		N_("made a backup"), SUPER },
	[AUDIT_RESTORE] = { "restore", N_("restore"),
		N_("restored the console from a backup"), SUPER },
	[AUDIT_KEY_ROTATE] = { "key-rotate", N_("replace keys"),
		N_("replaced the keys that seal secrets"), SUPER },
	[AUDIT_PRUNE] = { "audit-prune", N_("prune audit log"),
		N_("removed old rows of the audit trail"), SUPER },
	[AUDIT_WAIT] = { "four-eyes-ask", N_("ask for a second"),
		N_("asked for what a second Super Administrator has to confirm"), ADMIN },
	[AUDIT_WAIT_CONFIRM] = { "four-eyes-confirm", N_("confirm request"),
		N_("confirmed what somebody asked for"), ADMIN },
	[AUDIT_WAIT_REFUSE] = { "four-eyes-refuse", N_("refuse request"),
		N_("refused what somebody asked for"), ADMIN },
	[AUDIT_WAIT_WITHDRAW] = { "four-eyes-withdraw", N_("withdraw request"),
		N_("withdrew what they had asked for"), ADMIN },
	[AUDIT_WAIT_EXPIRE] = { "four-eyes-expire", N_("nobody confirmed"),
		N_("asked for what nobody confirmed in time"), ADMIN },
	[AUDIT_IMPORT] = { "import", N_("import person"),
		N_("took a person over from another tool"), ADMIN },
	[AUDIT_IMPORT_FILE] = { "import-file", N_("import file"),
		N_("took people over from another tool's file"), SUPER },
	[AUDIT_TICKET] = { "ticket", N_("ticket"),
		N_("came with the ticket of an SSH connection"), SUPER },
	[AUDIT_LINK] = { "user-link", N_("link UNIX account"),
		N_("linked a person to a UNIX account"), ADMIN },
	[AUDIT_UNLINK] = { "user-unlink", N_("unlink UNIX account"),
		N_("removed a person's link to a UNIX account"), ADMIN },
	[AUDIT_PAM_CODE] = { "pam-code", N_("code for UNIX account"),
		N_("typed a code to use a UNIX account"), ADMIN },
	[AUDIT_COMMAND_RUN] = { "command-run", N_("run command"),
		N_("ran a command"), ADMIN },
	[AUDIT_COMMAND_END] = { "command-end", N_("command over"),
		N_("had a command that ended"), ADMIN },
	[AUDIT_RECORDING] = { "recording", N_("recording"),
		N_("had a command whose recording began"), ADMIN },
	[AUDIT_RECORDING_STEP] = { "recording-step", N_("recording goes on"),
		N_("had a command whose recording was sealed so far"), ADMIN },
	[AUDIT_RECORDING_END] = { "recording-end", N_("recording over"),
		N_("had a command whose recording ended"), ADMIN },
	[AUDIT_RECORDING_PLAY] = { "recording-play", N_("play recording"),
		N_("played a recording"), ADMIN },
	[AUDIT_RECORDING_PRUNE] = { "recording-prune", N_("prune recordings"),
		N_("removed old recordings"), SUPER },
	[AUDIT_SESSION_LIST] = { "session-list", N_("list sessions"),
		N_("asked who is signed in"), ADMIN },
	[AUDIT_SESSION_END] = { "session-end", N_("end session"),
		N_("ended a person's session"), ADMIN },
	[AUDIT_SAY] = { "session-message", N_("message"),
		N_("sent a message to a session"), ADMIN },
	[AUDIT_NODE_JOIN] = { "node-join", N_("invite node"),
		N_("invited another host to share these people"), SUPER },
	[AUDIT_NODE_REMOVE] = { "node-remove", N_("remove node"),
		N_("removed a host that shared these people"), SUPER },
	[AUDIT_NODE_HEAD] = { "node-head", N_("head of a node"),
		N_("witnessed the head of another host's trail"), SUPER },
};
/* clang-format on */

const char *
audit_name(enum audit_verb verb)
{
	return verbs[verb].name;
}

const char *
audit_brief(enum audit_verb verb)
{
	return verbs[verb].brief;
}

const char *
audit_says(enum audit_verb verb)
{
	return verbs[verb].says;
}

enum role
audit_reader(enum audit_verb verb)
{
	return (enum role)verbs[verb].reader;
}

bool
audit_is_daily(enum audit_verb verb)
{
	return verb == AUDIT_PASSWORD || verb == AUDIT_CODE || verb == AUDIT_SIGN_IN ||
	    verb == AUDIT_SIGN_OUT;
}

int64_t
audit_more(const char *detail)
{
	int64_t more = 0;
	size_t i = strlen("and ");

	if (strncmp(detail, "and ", i) != 0)
		return 0;
	for (; detail[i] >= '0' && detail[i] <= '9' && more <= MORE_MOST; i++)
		more = more * 10 + (detail[i] - '0');
	return more <= MORE_MOST && strcmp(detail + i, " more") == 0 ? more : 0;
}

/* Of whom an administrator reads the rows. */
static const bool theirs[] = {
	[AUDIT_NOBODY] = false,
	[AUDIT_SELF] = true,
	[AUDIT_OPERATOR] = true,
	[AUDIT_ABOVE] = false,
};

bool
audit_may_read(enum role reader, enum audit_verb verb, enum audit_person who,
    enum audit_person target)
{
	switch (reader) {
	case ROLE_SUPER_ADMINISTRATOR:
		return true;
	case ROLE_ADMINISTRATOR:
		return audit_reader(verb) <= ROLE_ADMINISTRATOR && (theirs[who] || theirs[target]);
	case ROLE_OPERATOR:
	case ROLE_COUNT:
		break;
	}
	return false;
}

enum audit_verb
audit_find(const char *name)
{
	for (int verb = AUDIT_NONE + 1; verb < AUDIT_VERB_COUNT; verb++)
		if (strcmp(verbs[verb].name, name) == 0)
			return (enum audit_verb)verb;
	return AUDIT_NONE;
}
