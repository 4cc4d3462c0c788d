/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/user.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
take_entry(const struct passwd *entry, struct user *user)
{
	user->uid = entry->pw_uid;
	user->gid = entry->pw_gid;
	(void)snprintf(user->name, sizeof user->name, "%s", entry->pw_name);
	(void)snprintf(user->home, sizeof user->home, "%s", entry->pw_dir);
	(void)snprintf(user->shell, sizeof user->shell, "%s",
	    entry->pw_shell[0] == '\0' ? "/bin/sh" : entry->pw_shell);
}

enum err
user_named(const char *name, struct user *ret_user)
{
	const struct passwd *entry = getpwnam(name);

	if (entry == NULL)
		return ERR_COMMAND_USER;
	*ret_user = (struct user){ .lock = -1 };
	take_entry(entry, ret_user);
	return ERR_OK;
}

/* A number that is nobody's lock now. The file stays: whoever removed it would let two hold it. */
static int
try_lock(int directory, unsigned slot)
{
	char name[32];
	int fd;

	(void)snprintf(name, sizeof name, "uid.%u", slot);
	fd = openat(directory, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* From a number by chance on: those who begin together do not try the same ones. */
enum err
user_own(const char *directory, struct user *ret_user)
{
	unsigned from = 0;
	int at;

	(void)mkdir(directory, 0700);
	at = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (at < 0)
		return err_from_errno(errno);
	if (getrandom(&from, sizeof from, 0) != (ssize_t)sizeof from)
		from = (unsigned)getpid();
	for (unsigned i = 0; i < USER_COUNT; i++) {
		unsigned slot = (from + i) % USER_COUNT;
		int lock = try_lock(at, slot);

		if (lock < 0)
			continue;
		close(at);
		*ret_user = (struct user){ .uid = USER_FIRST + slot,
			.gid = USER_FIRST + slot,
			.home = "/",
			.shell = "/bin/sh",
			.lock = lock };
		return ERR_OK;
	}
	close(at);
	return ERR_RUN_MANY;
}

void
user_same(struct user *ret_user)
{
	const struct passwd *entry = getpwuid(getuid());

	*ret_user = (struct user){ .same = true,
		.uid = getuid(),
		.gid = getgid(),
		.home = "/",
		.shell = "/bin/sh",
		.lock = -1 };
	if (entry != NULL)
		take_entry(entry, ret_user);
}

static bool
set_groups(const struct user *user)
{
	if (user->name[0] == '\0')
		return setgroups(0, NULL) == 0;
	return initgroups(user->name, user->gid) == 0;
}

bool
user_become(const struct user *user)
{
	if (user->same)
		return true;
	if (!set_groups(user) || setresgid(user->gid, user->gid, user->gid) != 0 ||
	    setresuid(user->uid, user->uid, user->uid) != 0)
		return false;
	return user->uid == 0 || setuid(0) != 0;
}

/* As that user, whom nobody else is: kill(-1) reaches all of its processes at once, and so those
 * that fork faster than anybody who looks for them (kill(2)). */
static void
end_all(const struct user *user)
{
	pid_t child = fork();

	if (child == 0) {
		if (user_become(user))
			(void)kill(-1, SIGKILL);
		_exit(0);
	}
	if (child > 0)
		(void)waitpid(child, NULL, 0);
}

void
user_release(struct user *user)
{
	if (user->lock < 0)
		return;
	end_all(user);
	close(user->lock);
	user->lock = -1;
}
