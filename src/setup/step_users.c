/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setup's step: the UNIX accounts. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <shadow.h>
#include <string.h>

#include "core/words.h"
#include "setup/manifest.h"
#include "setup/program.h"
#include "setup/setup.h"

enum { USERS_PEOPLE = 1000 }; /* the first number that a person may have: login.defs(5) */

/* As data/sysusers.d makes them where that has been. */
static const struct {
	const char *name, *comment, *home, *shell, *group;
	bool runner; /* only where commands can run */
} users[] = {
	{ "provconsole", "provconsole keeper", setup_state, "/usr/sbin/nologin", NULL, false },
	{ "console", "provconsole over SSH", "/", BINDIR "/provconsole", NULL, false },
	/* It reaches the socket by that group, and may ask one question there. */
	{ "provconsole-keys", "provconsole SSH key lookup", "/", "/usr/sbin/nologin", "console",
	    false },
	{ "provconsole-record", "provconsole recordings", "/", "/usr/sbin/nologin", NULL, true },
};

enum { USERS = sizeof users / sizeof users[0] };

static bool
is_wanted(size_t i)
{
	return !users[i].runner || setup_has_runner();
}

/* Whether its password is a locked one that sshd without PAM would take for a locked account: '!'
 * before it (shadow(5)); '*' is as impossible to enter. */
static bool
is_locked(const char *name)
{
	const struct spwd *entry = getspnam(name);

	return entry != NULL && entry->sp_pwdp != NULL && *entry->sp_pwdp == '!';
}

/* Whether it is in the group that it should be in, beside its own. */
static bool
is_member(size_t i)
{
	const struct group *entry = users[i].group != NULL ? getgrnam(users[i].group) : NULL;

	if (users[i].group == NULL)
		return true;
	for (char **name = entry != NULL ? entry->gr_mem : NULL; name != NULL && *name != NULL;
	     name++)
		if (strcmp(*name, users[i].name) == 0)
			return true;
	return false;
}

enum err
step_users_look(struct setup *setup, bool *ret_needed)
{
	*ret_needed = false;
	for (size_t i = 0; i < USERS; i++) {
		const struct passwd *entry = getpwnam(users[i].name);

		if (!is_wanted(i))
			continue;
		if (entry == NULL) {
			*ret_needed = true;
			continue;
		}
		if (entry->pw_uid == 0 || entry->pw_uid >= USERS_PEOPLE)
			return setup_fail(setup,
			    _("This host has an account %s already, which is somebody's (its "
			      "number is %lu). Rename it, then run this again."),
			    users[i].name, (unsigned long)entry->pw_uid);
		if (strcmp(entry->pw_shell, users[i].shell) != 0 || is_locked(users[i].name) ||
		    !is_member(i))
			*ret_needed = true;
	}
	return ERR_OK;
}

static enum err
users_run(struct setup *setup, const char *const *argv, const char *name)
{
	char said[1024];

	if (program_run(argv, said, sizeof said) == 0)
		return ERR_OK;
	return setup_fail(setup, _("The UNIX account %s cannot be made so: %s"), name,
	    program_last_line(said));
}

static enum err
users_make(struct setup *setup, size_t i)
{
	const char *group = getgrnam(users[i].name) != NULL ? "--gid" : "--user-group";
	const char *argv[] = { "useradd", "--system", "--no-create-home", "--home-dir",
		users[i].home, "--shell", users[i].shell, "--comment", users[i].comment,
		"--password", "*", group, users[i].name, users[i].name, NULL };
	enum err err = manifest_add(setup, MANIFEST_USER, users[i].name, NULL);

	if (strcmp(group, "--user-group") == 0)
		argv[sizeof argv / sizeof argv[0] - 2] = NULL;
	return err == ERR_OK ? users_run(setup, argv, users[i].name) : err;
}

static enum err
users_mend(struct setup *setup, const struct passwd *entry, size_t i)
{
	const char *const shell[] = { "usermod", "--shell", users[i].shell, users[i].name, NULL };
	const char *const unlock[] = { "usermod", "--password", "*", users[i].name, NULL };
	enum err err = ERR_OK;

	if (strcmp(entry->pw_shell, users[i].shell) != 0) {
		err = manifest_add(setup, MANIFEST_SHELL, users[i].name, entry->pw_shell);
		if (err == ERR_OK)
			err = users_run(setup, shell, users[i].name);
	}
	if (err == ERR_OK && is_locked(users[i].name))
		err = users_run(setup, unlock, users[i].name);
	return err;
}

static enum err
users_join(struct setup *setup, size_t i)
{
	const char *const argv[] = { "usermod", "--append", "--groups", users[i].group,
		users[i].name, NULL };

	return is_member(i) ? ERR_OK : users_run(setup, argv, users[i].name);
}

enum err
step_users_act(struct setup *setup)
{
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < USERS; i++) {
		const struct passwd *entry = getpwnam(users[i].name);

		if (!is_wanted(i))
			continue;
		err = entry == NULL ? users_make(setup, i) : users_mend(setup, entry, i);
		if (err == ERR_OK)
			err = users_join(setup, i);
	}
	return err;
}
