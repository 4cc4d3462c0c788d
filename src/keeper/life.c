/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/life.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <stdlib.h>
#include <stdio.h>
#include <time.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/auth.h"
#include "confine/confine.h"
#include "keeper/ticket.h"
#include "keeper/trail.h"
#include "keeper/backup.h"
#include "keeper/devices.h"
#include "keeper/imports.h"
#include "keeper/keys.h"
#include "keeper/runner.h"
#include "keeper/session.h"
#include "keeper/where.h"
#include "store/store_lock.h"
#include "wire/line.h"

static const char socket_name[] = "socket";

/* An empty directory of ours is not yet a state: it is closed to others instead of refused. */
static bool
is_empty(int directory)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	size_t entries = 0;

	if (dir == NULL) {
		if (copy >= 0)
			close(copy);
		return false;
	}
	while (readdir(dir) != NULL)
		entries++;
	closedir(dir);
	return entries <= 2;
}

/* Started by root on another user's state: that user for good, groups too. */
static enum err
become_owner(uid_t owner)
{
	struct passwd *entry;
	gid_t group = (gid_t)owner;

	if (geteuid() != 0 || owner == 0)
		return ERR_OK;
	entry = getpwuid(owner);
	if (entry != NULL)
		group = entry->pw_gid;
	if (setgroups(0, NULL) != 0 || setresgid(group, group, group) != 0 ||
	    setresuid(owner, owner, owner) != 0)
		return ERR_SYSTEM;
	return setuid(0) == 0 ? ERR_SYSTEM : ERR_OK;
}

enum err
life_open_directory(const char *state, int *ret_directory)
{
	struct stat st;
	enum err err = ERR_OK;
	int fd = open(state, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return lstat(state, &st) == 0 && S_ISLNK(st.st_mode) ? ERR_STATE_SYMLINK
								     : ERR_STATE_PATH;
	if (fstat(fd, &st) != 0)
		err = err_from_errno(errno);
	if (err == ERR_OK)
		err = become_owner(st.st_uid);
	if (err == ERR_OK && st.st_uid != geteuid())
		err = ERR_STATE_OWNER;
	if (err == ERR_OK)
		*ret_directory = fd;
	else
		close(fd);
	return err;
}

enum err
life_check_mode(int directory)
{
	struct stat st;

	if (fstat(directory, &st) != 0)
		return err_from_errno(errno);
	if ((st.st_mode & 077) == 0 || (is_empty(directory) && fchmod(directory, 0700) == 0))
		return ERR_OK;
	return ERR_STATE_MODE;
}

static enum err
take_lock(struct keeper *keeper, bool *ret_lost)
{
	keeper->lock = openat(keeper->directory, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	if (keeper->lock < 0)
		return errno == ELOOP ? ERR_STATE_SYMLINK : err_from_errno(errno);
	if (flock(keeper->lock, LOCK_EX | LOCK_NB) == 0)
		return ERR_OK;
	*ret_lost = errno == EWOULDBLOCK;
	return ERR_FAILED;
}

static enum err
take_signals(struct keeper *keeper)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return ERR_SYSTEM;
	keeper->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return keeper->signals < 0 ? err_from_errno(errno) : ERR_OK;
}

enum err
life_sum_up(struct keeper *keeper)
{
	enum err err = store_begin(keeper->store);

	if (err != ERR_OK)
		return err;
	do
		err = budget_sum(keeper, (int64_t)time(NULL), true);
	while (err == ERR_OK && keeper->budget.sum_at != 0);
	if (err == ERR_OK)
		return store_commit(keeper->store);
	store_rollback(keeper->store);
	return err;
}

/*
 * A UNIX account of the host's, by name or number: the one in which sshd runs consoles, whose word
 * on addresses is taken, or the one as which it asks about SSH keys. The owner's where there is
 * none. Only the host's own file is asked: glibc's way to directory services
 * does not survive want of memory.
 */
static uid_t
account_of(const char *name, uid_t owner)
{
	FILE *file = fopen("/etc/passwd", "re");
	struct passwd entry, *found = NULL;
	char buf[4096], *end;
	unsigned long number = strtoul(name, &end, 10);
	uid_t account = *name != '\0' && *end == '\0' ? (uid_t)number : owner;

	while (file != NULL && fgetpwent_r(file, &entry, buf, sizeof buf, &found) == 0)
		if (strcmp(entry.pw_name, name) == 0)
			account = entry.pw_uid;
	if (file != NULL)
		fclose(file);
	return account;
}

/* What its rows in the trail say; "" where it is the only one. */
static enum err
name_node(struct keeper *keeper)
{
	struct where where;
	enum err err = where_of(keeper->directory, &where);

	wire_put(keeper->node, sizeof keeper->node, where.node);
	return err;
}

static enum err
try_store(struct keeper *keeper)
{
	enum err err = ERR_OK;

	if (keeper->store == NULL)
		err = keys_open(keeper->directory, &keeper->store, &keeper->ring);
	if (err == ERR_OK)
		err = name_node(keeper);
	if (err == ERR_OK)
		err = trail_check_head(keeper);
	if (err == ERR_OK)
		err = journal_begin(keeper);
	if (err == ERR_OK)
		err = imports_start(keeper);
	return err == ERR_OK ? life_sum_up(keeper) : err;
}

/* On a full disk a keeper starts with what the reserve gives. */
static enum err
open_store(struct keeper *keeper)
{
	enum err err = try_store(keeper);

	if (err == ERR_STORE_FULL && room_make(&keeper->room, keeper->store, true))
		err = try_store(keeper);
	return fault_name(&keeper->fault, keeper->directory, err, session_clock());
}

/* Its first part, which is what people call it. */
static void
name_host(struct keeper *keeper)
{
	char host[KEEPER_HOST_SIZE];

	if (gethostname(host, sizeof host) != 0)
		host[0] = '\0';
	host[sizeof host - 1] = '\0';
	host[strcspn(host, ".")] = '\0';
	text_show(host, strlen(host), keeper->host, sizeof keeper->host);
}

enum err
life_open(struct keeper *keeper, const struct life_plan *plan, bool *ret_lost)
{
	enum err err;

	*keeper = (struct keeper){ .directory = -1,
		.lock = -1,
		.listener = -1,
		.signals = -1,
		.runner_channel = -1,
		.runner = plan->runner,
		.stays = plan->runner != NULL,
		.room.fd = -1 };
	*ret_lost = false;
	/* First of all: a keeper may be told to end as soon as it was started. */
	err = take_signals(keeper);
	if (err == ERR_OK)
		err = life_open_directory(plan->state, &keeper->directory);
	name_host(keeper);
	keeper->owner = geteuid();
	keeper->console = account_of(plan->console, keeper->owner);
	keeper->keys = account_of(plan->keys, keeper->owner);
	wire_put(keeper->console_name, sizeof keeper->console_name, plan->console);
	if (err == ERR_OK)
		err = life_check_mode(keeper->directory);
	if (err == ERR_OK)
		err = take_lock(keeper, ret_lost);
	if (err == ERR_OK)
		backup_forget(keeper->directory);
	if (err == ERR_OK)
		err = auth_start();
	if (err == ERR_OK)
		err = secret_new(DEVICES_KEY_MAX, &keeper->open);
	if (err == ERR_OK)
		err = room_open(&keeper->room, keeper->directory);
	if (err == ERR_OK)
		err = open_store(keeper);
	if (err == ERR_OK && !keeper->stays)
		runner_embed(keeper, plan->state);
	/* All is open but the socket, and there is no thread yet. */
	if (err == ERR_OK)
		err = confine_keeper(keeper->directory, store_is_shared(keeper->store));
	if (err == ERR_OK)
		err = store_renew(keeper->store);
	if (err == ERR_OK)
		err = hash_start(keeper->ring, &keeper->pool);
	if (err == ERR_OK && (keeper->admission = admission_new()) == NULL)
		err = ERR_MEMORY;
	if (err == ERR_OK && (keeper->tickets = tickets_new()) == NULL)
		err = ERR_MEMORY;
	return err;
}

void
life_adopt(struct keeper *keeper, int listener)
{
	keeper->listener = listener;
	keeper->passed = true;
}

enum err
life_listen(struct keeper *keeper)
{
	enum err err;
	int flags;

	if (keeper->passed)
		return ERR_OK;
	err = line_listen(keeper->directory, socket_name, &keeper->listener);
	if (err != ERR_OK)
		return err;
	flags = fcntl(keeper->listener, F_GETFL);
	if (flags < 0 || fcntl(keeper->listener, F_SETFL, flags | O_NONBLOCK) != 0)
		return err_from_errno(errno);
	return ERR_OK;
}

void
life_unlink(struct keeper *keeper)
{
	if (keeper->listener >= 0 && !keeper->passed)
		unlinkat(keeper->directory, socket_name, 0);
}

enum err
life_listen_again(struct keeper *keeper)
{
	close(keeper->listener);
	keeper->listener = -1;
	return life_listen(keeper);
}

static void
close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void
life_close(struct keeper *keeper)
{
	life_unlink(keeper);
	close_one(&keeper->listener);
	close_one(&keeper->runner_channel);
	hash_stop(keeper->pool);
	admission_free(keeper->admission);
	tickets_free(keeper->tickets);
	keyring_free(keeper->ring);
	secret_free(keeper->open);
	if (keeper->store != NULL)
		store_close(keeper->store);
	room_close(&keeper->room);
	host_log_close(&keeper->journal.log);
	close_one(&keeper->signals);
	close_one(&keeper->lock);
	close_one(&keeper->directory);
}
