/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setup's steps: the keeper's directories and its service. */
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

/* --- its service --------------------------------------------------------------------------- */

enum err
step_units_look(struct setup *setup, bool *ret_needed)
{
	const char *const argv[] = { "systemctl", "cat", setup_unit, NULL };
	const char *const reload[] = { "systemctl", "daemon-reload", NULL };
	char said[4096];

	*ret_needed = false;
	if (!setup->systemd)
		return ERR_OK;
	/* Its files may have come after systemd last looked. */
	if (program_run(reload, said, sizeof said) != 0 ||
	    program_run(argv, said, sizeof said) != 0)
		return setup_fail(setup, _("systemd does not know the unit %s: %s"), setup_unit,
		    program_last_line(said));
	*ret_needed = !program_unit_is(setup_unit, "is-enabled", "enabled") ||
	    !program_unit_is(setup_unit, "is-active", "active");
	return ERR_OK;
}

enum err
step_units_act(struct setup *setup)
{
	const char *const argv[] = { "systemctl", "enable", "--now", setup_unit, NULL };
	char said[1024];
	enum err err = manifest_add(setup, MANIFEST_UNIT, setup_unit, NULL);

	if (err == ERR_OK && program_run(argv, said, sizeof said) != 0)
		err = setup_fail(setup, _("The keeper's service cannot be started: %s"),
		    program_last_line(said));
	return err;
}
