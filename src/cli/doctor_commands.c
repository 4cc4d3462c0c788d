/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: the commands' files, what they name on this host, and the runner that runs them. */
#include "cli/doctor.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command_place.h"
#include "cli/say.h"
#include "command/command_file.h"
#include "command/command_program.h"
#include "setup/program.h"
#include "setup/setup.h"

enum { TOLD_MOST = 8, TOLD_SIZE = 4096 }; /* findings are few: the others are counted */

static const char check[] = "commands", runner[] = "runner";

/* How many were in order, and how many were not. */
struct count {
	size_t good, bad;
};

static void
tell_bad(struct doctor *doctor, struct count *count, const char *text)
{
	if (++count->bad <= TOLD_MOST)
		doctor_tell(doctor, check, DOCTOR_WRONG,
		    N_("Mend the file, or write it anew: provconsole command add --replace"), "%s",
		    text);
}

static void
look_at_names(struct doctor *doctor, const struct command_dir *dir, const struct command *command,
    struct count *count)
{
	enum command_program found = command_program_look(command, dir->owner);
	char text[TOLD_SIZE];

	if (found == COMMAND_PROGRAM_FINE) {
		count->good++;
		return;
	}
	(void)snprintf(text, sizeof text, "%s: %s %s", command->name,
	    found == COMMAND_PROGRAM_USER ? command->as : command->program,
	    _(command_program_says(found)));
	tell_bad(doctor, count, text);
}

static void
look_at_file(struct doctor *doctor, const struct command_dir *dir, const char *name,
    struct count *count)
{
	struct command command;
	struct command_wrong wrong;
	char text[TOLD_SIZE];
	enum err err = command_file_read(dir, name, &command, &wrong);

	if (err == ERR_OK)
		look_at_names(doctor, dir, &command, count);
	else if (err == ERR_COMMAND_FILE || wrong.trust != COMMAND_TRUSTED)
		tell_bad(doctor, count, command_place_wrong(name, &wrong, text, sizeof text));
	else if (err != ERR_COMMAND_NONE) /* that was removed meanwhile */
		doctor_tell_err(doctor, check, err);
}

static void
look_at_all(struct doctor *doctor, const struct command_dir *dir, struct count *count)
{
	struct command_names names;
	struct command_wrong wrong;
	char text[TOLD_SIZE];
	enum err err = command_file_names(dir, &names, &wrong);

	if (err == ERR_COMMAND_FILE)
		tell_bad(doctor, count,
		    command_place_wrong("commands.d", &wrong, text, sizeof text));
	else if (err != ERR_OK)
		doctor_tell_err(doctor, check, err);
	for (size_t i = 0; err == ERR_OK && i < names.count; i++)
		look_at_file(doctor, dir, names.name[i], count);
	command_names_free(&names);
	if (count->bad > TOLD_MOST)
		doctor_tell(doctor, check, DOCTOR_WRONG,
		    N_("See all of them: provconsole command list"),
		    ngettext("%zu more file is not in order.", "%zu more files are not in order.",
			count->bad - TOLD_MOST),
		    count->bad - TOLD_MOST);
}

static void
tell_good(struct doctor *doctor, const struct count *count)
{
	if (count->good == 0)
		doctor_tell(doctor, check, DOCTOR_OK, "", "%s", _("There are no commands."));
	else
		doctor_tell(doctor, check, DOCTOR_OK, "",
		    ngettext("%zu command is in order.", "%zu commands are in order.", count->good),
		    count->good);
}

static void
look_at_files(struct doctor *doctor, const struct command_place *place, struct count *count)
{
	struct command_dir dir;
	struct command_wrong wrong;
	char text[TOLD_SIZE];
	enum err err = command_dir_open(place->path, place->owner, 0, &dir, &wrong);

	if (err == ERR_OK) {
		look_at_all(doctor, &dir, count);
		command_dir_close(&dir);
	} else if (err == ERR_COMMAND_FILE) {
		count->bad++;
		doctor_tell(doctor, check, DOCTOR_WRONG,
		    N_("No command runs until that is mended."), "%s",
		    command_place_wrong("", &wrong, text, sizeof text));
	} else if (err != ERR_COMMAND_NONE) {
		count->bad++;
		doctor_tell_err(doctor, check, err);
	}
	if (count->bad == 0)
		tell_good(doctor, count);
}

/* --- the runner ---------------------------------------------------------------------------- */

void
doctor_runner(struct doctor *doctor, const struct stat *st, uid_t keeper, bool waits)
{
	if (st == NULL || !waits)
		doctor_tell(doctor, runner, DOCTOR_WRONG,
		    N_("Install provconsole-runner, then run: provconsole setup. Without systemd, "
		       "start it as provconsole-runner(8) says."),
		    "%s", _("There are commands, and no runner that runs them."));
	else if (!S_ISSOCK(st->st_mode) || st->st_uid != keeper || (st->st_mode & 07777) != 0600)
		doctor_tell(doctor, runner, DOCTOR_WRONG,
		    N_("Start it anew: systemctl restart provconsole-runner.socket"),
		    _("/run/provconsole-runner/socket is not the keeper's alone, with mode 0600 "
		      "(it has %04o)."),
		    (unsigned)(st->st_mode & 07777));
	else
		doctor_tell(doctor, runner, DOCTOR_OK, "", "%s",
		    _("The runner waits, for the keeper alone."));
}

/* Where root started it without systemd, its socket is all that there is to see. */
static void
look_at_runner(struct doctor *doctor)
{
	const struct passwd *keeper = getpwnam("provconsole");
	bool systemd = access("/run/systemd/system", F_OK) == 0;
	struct stat st;
	bool there = stat(setup_runner_socket, &st) == 0;

	if (geteuid() != 0 && !there)
		return; /* its directory may be root's alone */
	doctor_runner(doctor, there ? &st : NULL, keeper != NULL ? keeper->pw_uid : 0,
	    !systemd || program_unit_is(setup_runner_unit, "is-active", "active"));
}

void
doctor_look_at_commands(struct doctor *doctor, const struct hello_way *way)
{
	struct command_place place;
	struct count count = { 0, 0 };

	if (command_place_find(way, &place) != ERR_OK || (!place.host && !doctor->there))
		return; /* other checks say that there is no state, or that it may not be opened */
	look_at_files(doctor, &place, &count);
	if (place.host && count.good + count.bad > 0)
		look_at_runner(doctor);
}
