/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setup's steps: the keeper's directories, its service, and the runner's. */
#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/words.h"
#include "setup/manifest.h"
#include "setup/program.h"
#include "setup/setup.h"

/* Where systemd runs the host its units make them. */
static const struct {
	const char *path, *owner;
	mode_t mode;
} places[] = { { setup_state, "provconsole", 0700 }, { setup_runtime, "root", 0755 } };

enum { PLACES = sizeof places / sizeof places[0] };

enum err
step_places_look(struct setup *setup, bool *ret_needed)
{
	struct stat st;

	*ret_needed = false;
	for (size_t i = 0; i < PLACES; i++) {
		if (lstat(places[i].path, &st) != 0)
			*ret_needed = true;
		else if (!S_ISDIR(st.st_mode))
			return setup_fail(setup,
			    _("%s is there and is no directory. Remove it, then run this again."),
			    places[i].path);
	}
	return ERR_OK;
}

static enum err
places_make(struct setup *setup, size_t i)
{
	const struct passwd *owner;
	enum err err = manifest_add(setup, MANIFEST_DIRECTORY, places[i].path, NULL);

	if (err != ERR_OK)
		return err;
	owner = getpwnam(places[i].owner);
	if (owner != NULL && mkdir(places[i].path, 0700) == 0 &&
	    chown(places[i].path, owner->pw_uid, owner->pw_gid) == 0 &&
	    chmod(places[i].path, places[i].mode) == 0)
		return ERR_OK;
	return setup_fail(setup, _("The directory %s cannot be made (%s)."), places[i].path,
	    strerror(errno));
}

enum err
step_places_act(struct setup *setup)
{
	struct stat st;
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < PLACES; i++)
		if (lstat(places[i].path, &st) != 0)
			err = places_make(setup, i);
	return err;
}

/* --- the services --------------------------------------------------------------------------- */

/* Its files may have come after systemd last looked. */
static enum err
unit_look(struct setup *setup, const char *unit, bool *ret_needed)
{
	const char *const argv[] = { "systemctl", "cat", unit, NULL };
	const char *const reload[] = { "systemctl", "daemon-reload", NULL };
	char said[4096];

	*ret_needed = false;
	if (!setup->systemd)
		return ERR_OK;
	if (program_run(reload, said, sizeof said) != 0 ||
	    program_run(argv, said, sizeof said) != 0)
		return setup_fail(setup, _("systemd does not know the unit %s: %s"), unit,
		    program_last_line(said));
	*ret_needed = !program_unit_is(unit, "is-enabled", "enabled") ||
	    !program_unit_is(unit, "is-active", "active");
	return ERR_OK;
}

static enum err
unit_act(struct setup *setup, const char *unit)
{
	const char *const argv[] = { "systemctl", "enable", "--now", unit, NULL };
	char said[1024];
	enum err err = manifest_add(setup, MANIFEST_UNIT, unit, NULL);

	if (err == ERR_OK && program_run(argv, said, sizeof said) != 0)
		err = setup_fail(setup, _("The unit %s cannot be started: %s"), unit,
		    program_last_line(said));
	return err;
}

enum err
step_units_look(struct setup *setup, bool *ret_needed)
{
	return unit_look(setup, setup_unit, ret_needed);
}

enum err
step_units_act(struct setup *setup)
{
	return unit_act(setup, setup_unit);
}

/* A host without commands needs none. */
enum err
step_runner_look(struct setup *setup, bool *ret_needed)
{
	*ret_needed = false;
	return setup_has_runner() ? unit_look(setup, setup_runner_unit, ret_needed) : ERR_OK;
}

enum err
step_runner_act(struct setup *setup)
{
	return unit_act(setup, setup_runner_unit);
}
