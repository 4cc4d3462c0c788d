/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confine/places.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "confine/landlock.h"

/*
 * How a row names its places: as they are; or by a variable of the environment, as a path, a list
 * of paths with colons, or the path of a file of which the directory is meant, for such a file is
 * replaced while we run.
 */
enum kind { PATH, VARIABLE, LIST, BESIDE };

struct place_row {
	const char *name;
	enum kind kind;
	const char *below; /* appended to the variable's value, or NULL */
	enum landlock_use use;
};

/*
 * Read by the console: libraries and what they read (locale(7), iconv(1), terminfo(5), tzset(3)).
 * What it needs it has loaded by now; these are for what a C library might look up later.
 */
static const struct place_row console_places[] = {
	{ "/usr", PATH, NULL, LANDLOCK_READ },
	{ "/lib", PATH, NULL, LANDLOCK_READ },
	{ "/lib64", PATH, NULL, LANDLOCK_READ },
	{ "/etc/terminfo", PATH, NULL, LANDLOCK_READ },
	{ "/etc/localtime", PATH, NULL, LANDLOCK_READ },
	{ "HOME", VARIABLE, "/.terminfo", LANDLOCK_READ },
	{ "TERMINFO", VARIABLE, NULL, LANDLOCK_READ },
	{ "TERMINFO_DIRS", LIST, NULL, LANDLOCK_READ },
	{ "LOCPATH", LIST, NULL, LANDLOCK_READ },
	{ "GCONV_PATH", LIST, NULL, LANDLOCK_READ },
	{ "TZDIR", VARIABLE, NULL, LANDLOCK_READ },
};

/*
 * Read by the keeper, beside its state. /etc as a whole, since passwd(5) is replaced by a new file
 * with each new user; the processor's files for SQLite, libgcrypt and malloc(); those in /run and
 * /var for the modules of nsswitch.conf(5).
 */
static const struct place_row keeper_places[] = {
	{ "/usr", PATH, NULL, LANDLOCK_READ },
	{ "/lib", PATH, NULL, LANDLOCK_READ },
	{ "/lib64", PATH, NULL, LANDLOCK_READ },
	{ "/etc", PATH, NULL, LANDLOCK_READ },
	{ "/proc/self", PATH, NULL, LANDLOCK_READ },
	{ "/proc/sys/crypto", PATH, NULL, LANDLOCK_READ },
	{ "/proc/meminfo", PATH, NULL, LANDLOCK_READ },
	{ "/sys/devices/system/cpu", PATH, NULL, LANDLOCK_READ },
	{ "/dev/urandom", PATH, NULL, LANDLOCK_READ },
	{ "/dev/random", PATH, NULL, LANDLOCK_READ },
	{ "/dev/null", PATH, NULL, LANDLOCK_WRITE },
	{ "/run/systemd/userdb", PATH, NULL, LANDLOCK_READ },
	{ "/var/lib/sss/mc", PATH, NULL, LANDLOCK_READ },
	{ "/var/cache/nscd", PATH, NULL, LANDLOCK_READ },
	{ "TZDIR", VARIABLE, NULL, LANDLOCK_READ },
};

/*
 * Of either, where a library was preloaded: libfaketime reads its clock anew each time, and at the
 * end removes what it shared. Who chose the library already runs what they like as this user.
 */
static const struct place_row preload_places[] = {
	{ "FAKETIME_TIMESTAMP_FILE", BESIDE, NULL, LANDLOCK_READ },
	{ "/dev/shm", PATH, NULL, LANDLOCK_REMOVE },
};

struct wall {
	int version, ruleset;
};

/* A place that is not there, or cannot be allowed, stays shut. */
static void
allow_path(struct wall *wall, const char *path, enum landlock_use use)
{
	int fd = *path == '/' ? open(path, O_PATH | O_CLOEXEC) : -1;
	enum err err;

	if (fd < 0)
		return;
	err = landlock_allow(wall->version, wall->ruleset, fd, use);
	(void)err;
	close(fd);
}

static void
allow_directory_of(struct wall *wall, const char *path, enum landlock_use use)
{
	char directory[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t length = slash != NULL ? (size_t)(slash - path) : 0;

	if (length == 0 || length >= sizeof directory)
		return;
	memcpy(directory, path, length);
	directory[length] = '\0';
	allow_path(wall, directory, use);
}

static void
allow_list(struct wall *wall, const char *list, enum landlock_use use)
{
	char path[PATH_MAX];
	size_t length;

	for (; *list != '\0'; list += list[length] == ':' ? length + 1 : length) {
		length = strcspn(list, ":");
		if (length >= sizeof path)
			continue;
		memcpy(path, list, length);
		path[length] = '\0';
		allow_path(wall, path, use);
	}
}

static void
allow_row(struct wall *wall, const struct place_row *row)
{
	const char *value = row->kind == PATH ? row->name : secure_getenv(row->name);
	char path[PATH_MAX];
	int length;

	if (value == NULL)
		return;
	switch (row->kind) {
	case PATH:
	case VARIABLE:
		length = snprintf(path, sizeof path, "%s%s", value,
		    row->below != NULL ? row->below : "");
		if (length > 0 && (size_t)length < sizeof path)
			allow_path(wall, path, row->use);
		break;
	case LIST:
		allow_list(wall, value, row->use);
		break;
	case BESIDE:
		allow_directory_of(wall, value, row->use);
		break;
	}
}

static void
allow_rows(struct wall *wall, const struct place_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		allow_row(wall, &rows[i]);
}

/* The catalogues are in a build tree or below a prefix. */
static void
allow_catalogues(struct wall *wall)
{
	const char *catalogues = bindtextdomain(PACKAGE_TARNAME, NULL);

	if (catalogues != NULL)
		allow_path(wall, catalogues, LANDLOCK_READ);
}

bool
places_preloaded(void)
{
	const char *libraries = secure_getenv("LD_PRELOAD");

	return libraries != NULL && *libraries != '\0';
}

/* Allows what both programs read, and closes. */
static enum err
shut(struct wall *wall)
{
	enum err err;

	allow_catalogues(wall);
	if (places_preloaded())
		allow_rows(wall, preload_places, sizeof preload_places / sizeof preload_places[0]);
	err = landlock_enforce(wall->ruleset);
	close(wall->ruleset);
	return err;
}

enum err
places_confine_console(int version)
{
	struct wall wall = { .version = version };
	enum err err = landlock_forbid(version, false, false, &wall.ruleset);

	if (err != ERR_OK)
		return err;
	allow_rows(&wall, console_places, sizeof console_places / sizeof console_places[0]);
	return shut(&wall);
}

/* A service manager may listen on an abstract socket (sd_notify(3)). */
enum err
places_confine_keeper(int version, int directory, bool network)
{
	struct wall wall = { .version = version };
	enum err err = landlock_forbid(version, true, network, &wall.ruleset);

	if (err != ERR_OK)
		return err;
	err = landlock_allow(version, wall.ruleset, directory, LANDLOCK_KEEP);
	if (err != ERR_OK) {
		close(wall.ruleset);
		return err;
	}
	allow_rows(&wall, keeper_places, sizeof keeper_places / sizeof keeper_places[0]);
	return shut(&wall);
}
