/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: what the kernel has to shut console and keeper in with. */
#include "cli/doctor.h"
#include "cli/say.h"

/* What the lack of one part, or of more, leaves. The first that fits is told. */
static const struct {
	unsigned missing;
	const char *detail, *advice;
} lacks[] = {
	{ CONFINE_NO_NEW_PRIVS,
	    N_("This kernel cannot keep programs from gaining rights: console and keeper run "
	       "unconfined."),
	    N_("Use a kernel of version 5.13 or later.") },
	{ CONFINE_LANDLOCK | CONFINE_FILTER,
	    N_("This kernel has neither Landlock nor a filter of system calls: console and keeper "
	       "run unconfined."),
	    N_("Use a kernel that has both, and a container that allows them.") },
	{ CONFINE_LANDLOCK,
	    N_("This kernel has no Landlock: console and keeper are confined by a filter of system "
	       "calls alone."),
	    N_("Use a kernel of version 5.13 or later, with landlock in its parameter lsm=.") },
	{ CONFINE_FILTER,
	    N_("This kernel does not filter system calls: console and keeper are confined by "
	       "Landlock alone."),
	    N_("Use a kernel with seccomp, and a container that allows it.") },
};

void
doctor_confinement(struct doctor *doctor, const struct confine_report *report)
{
	if (!report->built) {
		doctor_tell(doctor, "confinement", DOCTOR_NOTE,
		    N_("Configure it without --disable-confinement and --enable-sanitizers."), "%s",
		    _("This build confines neither console nor keeper."));
		return;
	}
	for (size_t i = 0; i < sizeof lacks / sizeof lacks[0]; i++)
		if ((report->missing & lacks[i].missing) == lacks[i].missing) {
			doctor_tell(doctor, "confinement", DOCTOR_NOTE, lacks[i].advice, "%s",
			    _(lacks[i].detail));
			return;
		}
	doctor_tell(doctor, "confinement", DOCTOR_OK, "",
	    _("The kernel confines console and keeper (Landlock %d, seccomp)."), report->landlock);
}

void
doctor_look_at_confinement(struct doctor *doctor)
{
	struct confine_report report;

	confine_probe(&report);
	doctor_confinement(doctor, &report);
}
