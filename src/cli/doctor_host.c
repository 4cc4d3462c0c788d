/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: clock, disk space and terminal descriptions of the host. */
#include "cli/doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/timex.h>
#include <unistd.h>

#include "cli/say.h"

/*
 * The write-ahead log may reach 4 MiB, and the database grows page by page. Below SPACE_LEAST that
 * fails; SPACE_SOON is soon filled by the audit trail.
 */
enum { SPACE_LEAST = 16, SPACE_SOON = 128 }; /* MiB */

static const char clock_advice[] = N_(
    "Codes need the right time: set up a time service, for example systemd-timesyncd.");
static const char terminal_name[] = "xterm-256color";

void
doctor_clock(struct doctor *doctor, int state, int status, int64_t ahead)
{
	if (ahead > 0)
		doctor_tell(doctor, "clock", DOCTOR_WRONG, clock_advice,
		    _("The clock is %lld s behind the newest row of the audit trail."),
		    (long long)ahead);
	else if (state < 0 || state == TIME_ERROR || (status & STA_UNSYNC) != 0)
		doctor_tell(doctor, "clock", DOCTOR_NOTE, clock_advice, "%s",
		    _("The clock is not known to be synchronised."));
	else
		doctor_tell(doctor, "clock", DOCTOR_OK, "", "%s", _("The clock is synchronised."));
}

void
doctor_space(struct doctor *doctor, const struct statvfs *fs)
{
	uint64_t free_bytes = (uint64_t)fs->f_bavail * fs->f_frsize, mib = free_bytes >> 20;
	enum doctor_result result = mib < SPACE_LEAST ? DOCTOR_WRONG
	    : mib < SPACE_SOON			      ? DOCTOR_NOTE
						      : DOCTOR_OK;

	if ((fs->f_flag & ST_RDONLY) != 0)
		doctor_tell(doctor, "space", DOCTOR_WRONG,
		    N_("Find out why in the system's log, then remount it read-write."), "%s",
		    _("The file system is mounted read-only."));
	else if (fs->f_files > 0 && fs->f_favail == 0)
		doctor_tell(doctor, "space", DOCTOR_WRONG,
		    N_("Remove files that nobody needs from the state's file system."), "%s",
		    _("The file system takes no more files."));
	else
		doctor_tell(doctor, "space", result,
		    result == DOCTOR_OK ? "" : N_("Make room on the state's file system."),
		    _("%llu MiB are free."), (unsigned long long)mib);
}

/* terminfo(5): below the letter, or below its code where names differ in case only. */
static bool
describes(const char *directory, const char *name)
{
	char *path = NULL;
	bool found = false;

	if (asprintf(&path, "%s/%c/%s", directory, *name, name) >= 0) {
		found = access(path, R_OK) == 0;
		free(path);
	}
	if (!found && asprintf(&path, "%s/%x/%s", directory, (unsigned)*name, name) >= 0) {
		found = access(path, R_OK) == 0;
		free(path);
	}
	return found;
}

void
doctor_terminal(struct doctor *doctor, const char *const *directories)
{
	for (; *directories != NULL; directories++)
		if (**directories != '\0' && describes(*directories, terminal_name)) {
			doctor_tell(doctor, "terminal", DOCTOR_OK, "", _("%s is described in %s."),
			    terminal_name, *directories);
			return;
		}
	doctor_tell(doctor, "terminal", DOCTOR_WRONG,
	    N_("Install the terminal descriptions: apt-get install ncurses-base"),
	    _("%s has no description here, so terminals unknown to the host have no colours."),
	    terminal_name);
}

void
doctor_look_at_host(struct doctor *doctor, int64_t ahead)
{
	const char *own = getenv("TERMINFO");
	const char *const directories[] = { own != NULL ? own : "", "/etc/terminfo",
		"/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo",
		"/usr/local/share/terminfo", NULL };
	struct timex clock = { .modes = 0 };
	struct statvfs fs;
	int state = adjtimex(&clock);

	doctor_clock(doctor, state, clock.status, ahead);
	if (doctor->there && statvfs(doctor->state, &fs) == 0)
		doctor_space(doctor, &fs);
	doctor_terminal(doctor, directories);
}
