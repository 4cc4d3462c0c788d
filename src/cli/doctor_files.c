/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: ownership and modes of the state. */
#include "cli/doctor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/say.h"

/* Files of a state, their type, and the modes that their owner needs. */
static const struct {
	const char *name;
	mode_t kind, needed;
} known[] = {
	{ ".", S_IFDIR, 0700 },
	{ "console.db", S_IFREG, 0600 },
	{ "keeper.conf", S_IFREG, 0400 },
	{ "console.db-wal", S_IFREG, 0600 },
	{ "console.db-shm", S_IFREG, 0600 },
	{ "console.db-journal", S_IFREG, 0600 },
	{ "console.key", S_IFREG, 0400 },
	{ "console.key.new", S_IFREG,
	    0400 }, /* from a key rotation; the next keeper adopts or removes it */
	{ "console.set-up", S_IFREG, 0400 },
	{ "commands.d", S_IFDIR, 0700 },
	{ "recordings", S_IFDIR, 0700 },
	{ "spool", S_IFDIR, 0700 },
	{ "lock", S_IFREG, 0600 },
	{ "reserve", S_IFREG, 0600 },
	{ "socket", S_IFSOCK, 0600 },
};

/* The service's may stand here as well. */
static const char service_conf[] = "/etc/provconsole/keeper.conf";

/* A list of names for each kind of wrong. */
struct names {
	char text[DOCTOR_DETAIL_SIZE / 2];
};

struct census {
	struct names foreign, open, shut, symlink, links, kind, unknown;
	bool database, key;
	bool shared; /* keeper.conf is there: the people may be in PostgreSQL */
};

/* What others may do with it: a password in keeper.conf is for the keeper's program to find. */
static mode_t
shown_of(const char *name)
{
	return strcmp(name, "keeper.conf") == 0 ? 0044 : 0;
}

unsigned
doctor_entry(const char *name, const struct stat *st, uid_t owner)
{
	mode_t shown = shown_of(name);
	unsigned wrong = st->st_uid != owner ? DOCTOR_FOREIGN : 0;

	/* What others may read root may have written. */
	if (shown != 0 && st->st_uid == 0)
		wrong = 0;
	if (S_ISLNK(st->st_mode))
		return wrong | DOCTOR_SYMLINK; /* its mode says nothing */
	if ((st->st_mode & 077 & ~shown) != 0)
		wrong |= DOCTOR_OPEN;
	if (S_ISREG(st->st_mode) && st->st_nlink != 1)
		wrong |= DOCTOR_LINKS;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strcmp(name, known[i].name) != 0)
			continue;
		if ((st->st_mode & S_IFMT) != known[i].kind)
			wrong |= DOCTOR_KIND;
		if ((st->st_mode & known[i].needed) != known[i].needed)
			wrong |= DOCTOR_SHUT;
		return wrong;
	}
	return wrong | DOCTOR_UNKNOWN;
}

/* Appends ", name (0644)". Names that do not fit are left out; one always fits. */
static void
names_add(struct names *names, const char *name, const struct stat *st, bool mode)
{
	size_t used = strlen(names->text);

	(void)snprintf(names->text + used, sizeof names->text - used, "%s%s", used > 0 ? ", " : "",
	    name);
	used = strlen(names->text);
	if (mode)
		(void)snprintf(names->text + used, sizeof names->text - used, " (%04o)",
		    (unsigned)(st->st_mode & 07777));
}

static void
census_add(struct census *census, const char *name, const struct stat *st, uid_t owner)
{
	unsigned wrong = doctor_entry(name, st, owner);
	const struct {
		unsigned bit;
		struct names *names;
		bool mode;
	} lists[] = {
		{ DOCTOR_FOREIGN, &census->foreign, false },
		{ DOCTOR_OPEN, &census->open, true },
		{ DOCTOR_SHUT, &census->shut, true },
		{ DOCTOR_SYMLINK, &census->symlink, false },
		{ DOCTOR_LINKS, &census->links, false },
		{ DOCTOR_KIND, &census->kind, false },
		{ DOCTOR_UNKNOWN, &census->unknown, false },
	};

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if ((wrong & lists[i].bit) != 0)
			names_add(lists[i].names, name, st, lists[i].mode);
	census->database |= strcmp(name, "console.db") == 0;
	census->shared |= strcmp(name, "keeper.conf") == 0;
	census->key |= strcmp(name, "console.key") == 0;
}

static enum err
census_take(int directory, uid_t owner, struct census *census)
{
	int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry;
	struct stat st;

	if (dir == NULL) {
		if (copy >= 0)
			close(copy);
		return err_from_errno(errno);
	}
	memset(census, 0, sizeof *census);
	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, "..") != 0 &&
		    fstatat(directory, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			census_add(census, entry->d_name, &st, owner);
	closedir(dir);
	return ERR_OK;
}

/* --- what is told of it ---------------------------------------------------------------- */

static void
user_name(uid_t uid, char *buf, size_t size)
{
	const struct passwd *entry = getpwuid(uid);

	if (entry != NULL)
		(void)snprintf(buf, size, "%s", entry->pw_name);
	else
		(void)snprintf(buf, size, "%lu", (unsigned long)uid);
}

/* The service runs as its own user (data/sysusers.d) and cannot use another user's state. */
static void
tell_owner(struct doctor *doctor, uid_t owner, const struct census *census)
{
	const struct passwd *service = doctor->system ? getpwnam("provconsole") : NULL;
	bool stranger = service != NULL && service->pw_uid != owner;
	char name[64];

	user_name(owner, name, sizeof name);
	if (census->foreign.text[0] != '\0')
		doctor_tell(doctor, "owner", DOCTOR_WRONG,
		    N_("Give all of it to the keeper's user: chown -R USER DIR"),
		    _("Not owned by the directory's owner (%s): %s."), name, census->foreign.text);
	else if (stranger)
		doctor_tell(doctor, "owner", DOCTOR_WRONG,
		    N_("Give all of it to the keeper's user: chown -R USER DIR"),
		    _("It belongs to %s, and the service runs as provconsole."), name);
	else
		doctor_tell(doctor, "owner", DOCTOR_OK, "", _("All of it belongs to %s."), name);
}

static void
tell_mode(struct doctor *doctor, const struct census *census)
{
	static const char advice[] = N_("Use mode 0700 for the directory and 0600 for its files.");

	if (census->open.text[0] != '\0')
		doctor_tell(doctor, "mode", DOCTOR_WRONG,
		    N_("Ask who may have read it. Use mode 0700 for the directory and 0600 for its "
		       "files."),
		    _("Accessible to others: %s."), census->open.text);
	else if (census->shut.text[0] != '\0')
		doctor_tell(doctor, "mode", DOCTOR_WRONG, advice,
		    _("Not accessible to its owner: %s."), census->shut.text);
	else
		doctor_tell(doctor, "mode", DOCTOR_OK, "", "%s",
		    _("None of it is accessible to others."));
}

static void
tell_files(struct doctor *doctor, const struct census *census)
{
	if (census->symlink.text[0] != '\0')
		doctor_tell(doctor, "files", DOCTOR_WRONG, N_("Put the real file in its place."),
		    _("A symbolic link: %s."), census->symlink.text);
	else if (census->links.text[0] != '\0')
		doctor_tell(doctor, "files", DOCTOR_WRONG,
		    N_("Find the other name, and remove it."), _("With a second hard link: %s."),
		    census->links.text);
	else if (census->kind.text[0] != '\0')
		doctor_tell(doctor, "files", DOCTOR_WRONG,
		    N_("Move it elsewhere, and put the real file in its place."),
		    _("Not a plain file: %s."), census->kind.text);
	else if (!census->key && census->shared)
		doctor_tell(doctor, "files", DOCTOR_WRONG,
		    N_("Make the first host: provconsole init --user NAME. Let any other one join: "
		       "provconsole node enter"),
		    "%s", _("This host has no key of the database yet."));
	else if (!census->key)
		doctor_tell(doctor, "files", DOCTOR_WRONG,
		    N_("Put back the one that belongs to this database."), _("%s is missing."),
		    "console.key");
	else if (!census->database && !census->shared)
		doctor_tell(doctor, "files", DOCTOR_WRONG, N_("Put it back, or restore a backup."),
		    _("%s is missing."), "console.db");
	else if (census->unknown.text[0] != '\0')
		doctor_tell(doctor, "files", DOCTOR_NOTE, N_("Move them elsewhere."),
		    _("Not files of the keeper: %s."), census->unknown.text);
	else
		doctor_tell(doctor, "files", DOCTOR_OK, "", "%s",
		    _("Everything is there, and nothing is a link."));
}

static void
tell_unopened(struct doctor *doctor, int number)
{
	struct stat st;

	if (number == ENOENT)
		doctor_tell(doctor, "state", DOCTOR_WRONG,
		    N_("Make it: provconsole init --user NAME"), _("There is no state in %s."),
		    doctor->state);
	else if (lstat(doctor->state, &st) == 0 && S_ISLNK(st.st_mode))
		doctor_tell(doctor, "state", DOCTOR_WRONG, N_("Give the real path."),
		    _("%s is a symbolic link."), doctor->state);
	else
		doctor_tell(doctor, "state", DOCTOR_WRONG,
		    N_("Check the path. Be root, or the state's owner."),
		    _("%s cannot be opened: %s."), doctor->state, strerror(number));
}

void
doctor_look_at_files(struct doctor *doctor)
{
	struct census census = { 0 };
	struct stat st;
	int fd;

	if (doctor->state == NULL) {
		doctor_tell(doctor, "state", DOCTOR_WRONG,
		    N_("Give both: provconsole --state DIR --socket PATH doctor"), "%s",
		    _("It is not known which state the keeper on this socket uses."));
		return;
	}
	fd = open(doctor->state, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		tell_unopened(doctor, errno);
		return;
	}
	if (fstat(fd, &st) != 0 || census_take(fd, st.st_uid, &census) != ERR_OK) {
		tell_unopened(doctor, errno);
		close(fd);
		return;
	}
	close(fd);
	census.shared = census.shared || (doctor->system && access(service_conf, F_OK) == 0);
	if (!census.database && !census.shared && !census.key) {
		tell_unopened(doctor, ENOENT);
		return;
	}
	doctor->there = true;
	doctor_tell(doctor, "state", DOCTOR_OK, "", _("The state is in %s."), doctor->state);
	tell_owner(doctor, st.st_uid, &census);
	tell_mode(doctor, &census);
	tell_files(doctor, &census);
}
