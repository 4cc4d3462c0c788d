/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: the host that the service is installed on. What setup/ makes, looked at from outside:
 * service, socket, account, sshd, PAM, packages. Nothing is changed. */
#include "cli/doctor.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/say.h"
#include "setup/mark.h"
#include "setup/file.h"
#include "setup/program.h"
#include "setup/setup.h"
#include "setup/sshd.h"

static const char again[] = N_("Put it right: provconsole setup");

/* --- service and socket -------------------------------------------------------------------- */

static void
look_at_service(struct doctor *doctor)
{
	if (access("/run/systemd/system", F_OK) != 0)
		doctor_tell(doctor, "service", DOCTOR_NOTE, "", "%s",
		    _("systemd does not run this host: the keeper is started by other means."));
	else if (!program_unit_is(setup_unit, "is-enabled", "enabled"))
		doctor_tell(doctor, "service", DOCTOR_WRONG, again,
		    _("The unit %s is not enabled: after the next start of the host no keeper "
		      "answers."),
		    setup_unit);
	else if (!program_unit_is(setup_unit, "is-active", "active"))
		doctor_tell(doctor, "service", DOCTOR_WRONG,
		    N_("See why: journalctl -u provconsole-keeper. Then: systemctl start "
		       "provconsole-keeper.socket"),
		    _("The unit %s is not active."), setup_unit);
	else
		doctor_tell(doctor, "service", DOCTOR_OK, "", "%s",
		    _("The keeper's service is enabled and active."));
}

void
doctor_socket(struct doctor *doctor, const struct stat *st, gid_t group)
{
	if (st == NULL)
		doctor_tell(doctor, "socket", DOCTOR_WRONG, N_("Start the keeper's service."), "%s",
		    _("/run/provconsole/socket is not there."));
	else if (!S_ISSOCK(st->st_mode) || st->st_uid != 0 || st->st_gid != group ||
	    (st->st_mode & 07777) != 0660)
		doctor_tell(doctor, "socket", DOCTOR_WRONG,
		    N_("Start the keeper's service anew: it makes the socket."),
		    _("/run/provconsole/socket is not root's, of the group console, with mode 0660 "
		      "(it has %04o)."),
		    (unsigned)(st->st_mode & 07777));
	else
		doctor_tell(doctor, "socket", DOCTOR_OK, "", "%s",
		    _("The socket is open to root and the account console alone."));
}

/* --- the account --------------------------------------------------------------------------- */

void
doctor_account(struct doctor *doctor, const struct passwd *entry)
{
	if (entry == NULL)
		doctor_tell(doctor, "account", DOCTOR_WRONG, again, "%s",
		    _("There is no account console: nobody can come over SSH."));
	else if (entry->pw_uid == 0)
		doctor_tell(doctor, "account", DOCTOR_WRONG, again, "%s",
		    _("The account console is root."));
	else if (strcmp(entry->pw_shell, BINDIR "/provconsole") != 0)
		doctor_tell(doctor, "account", DOCTOR_WRONG, again,
		    _("The shell of the account console is %s, not the console."), entry->pw_shell);
	else
		doctor_tell(doctor, "account", DOCTOR_OK, "", "%s",
		    _("The account console runs the console and nothing else."));
}

/* --- sshd ---------------------------------------------------------------------------------- */

void
doctor_sshd(struct doctor *doctor, int status, char *said)
{
	char wrong[SSHD_LINE_SIZE];

	if (status < 0)
		doctor_tell(doctor, "sshd", DOCTOR_NOTE, "", "%s",
		    _("sshd is not installed: nobody comes over SSH."));
	else if (status > 0)
		doctor_tell(doctor, "sshd", DOCTOR_WRONG,
		    N_("Mend it before sshd is started anew."),
		    _("sshd's configuration has an error: %s."), program_first_line(said));
	else if (sshd_wrong(said, wrong))
		doctor_tell(doctor, "sshd", DOCTOR_WRONG,
		    N_("Look at /etc/ssh/sshd_config and /etc/ssh/sshd_config.d, or run: "
		       "provconsole setup"),
		    _("For the account console sshd does otherwise than it must: %s."), wrong);
	else
		doctor_tell(doctor, "sshd", DOCTOR_OK, "", "%s",
		    _("sshd gives the account console its console and nothing else."));
}

static void
look_at_sshd(struct doctor *doctor)
{
	char *said = malloc(PROGRAM_SAID_SIZE);

	if (said != NULL)
		doctor_sshd(doctor, sshd_ask(NULL, said, PROGRAM_SAID_SIZE), said);
	free(said);
}

/* --- PAM ----------------------------------------------------------------------------------- */

void
doctor_pam(struct doctor *doctor, const char *service, const char *text)
{
	switch (mark_look(text)) {
	case MARK_NONE:
		break;
	case MARK_GOOD:
		doctor_tell(doctor, "pam", DOCTOR_OK, "", _("%s asks for a second factor."),
		    service);
		break;
	case MARK_WEAK:
		doctor_tell(doctor, "pam", DOCTOR_WRONG,
		    N_("Its control word must be required or requisite."),
		    _("In /etc/pam.d/%s the line of pam_provconsole.so lets people in whose code "
		      "was wrong."),
		    service);
		break;
	case MARK_EARLY:
		doctor_tell(doctor, "pam", DOCTOR_WRONG,
		    N_("Put it behind the lines that ask for the password."),
		    _("In /etc/pam.d/%s a line before that of pam_provconsole.so lets people in "
		      "without it (sufficient)."),
		    service);
		break;
	}
}

void
doctor_sshd_pam(struct doctor *doctor, bool asks)
{
	if (!asks)
		doctor_tell(doctor, "pam", DOCTOR_NOTE,
		    N_("To ask for it: AuthenticationMethods publickey,keyboard-interactive:pam, "
		       "and UsePAM yes (pam_provconsole(8))."),
		    "%s", _("sshd lets people in by a key alone, and then asks for no code."));
}

static void
look_at_pam(struct doctor *doctor)
{
	static const char *const services[] = { "sshd", "sudo", "login", "su" };
	char path[64];

	for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
		char *text;

		(void)snprintf(path, sizeof path, "/etc/pam.d/%s", services[i]);
		text = file_read(path);
		if (text != NULL)
			doctor_pam(doctor, services[i], text);
		if (text != NULL && strcmp(services[i], "sshd") == 0 &&
		    mark_look(text) != MARK_NONE)
			doctor_sshd_pam(doctor, sshd_host_asks_pam(true));
		free(text);
	}
}

/* --- packages ------------------------------------------------------------------------------ */

/* dpkg --verify says a line for each file that is not as it was installed; /etc is root's own. */
static void
look_at_packages(struct doctor *doctor)
{
	const char *const list[] = { "dpkg-query", "--show", "provconsole", NULL };
	const char *const verify[] = { "dpkg", "--verify", "provconsole", "provconsole-keeper",
		setup_has_runner() ? "provconsole-runner" : NULL, NULL };
	char said[4096], *at;

	if (program_run(list, said, sizeof said) != 0)
		return; /* make install */
	(void)program_run(verify, said, sizeof said);
	at = strstr(said, " /usr/");
	if (at == NULL)
		at = strstr(said, " /lib/");
	if (at == NULL)
		doctor_tell(doctor, "package", DOCTOR_OK, "", "%s",
		    _("The package's files are as they were installed."));
	else
		doctor_tell(doctor, "package", DOCTOR_WRONG,
		    N_("Install it anew: apt-get install --reinstall provconsole "
		       "provconsole-keeper"),
		    _("A file of the package was changed:%s."), program_first_line(at));
}

void
doctor_look_at_installation(struct doctor *doctor)
{
	const struct passwd *account;
	struct stat st;
	bool there = stat(setup_socket, &st) == 0;

	if (!doctor->system)
		return;
	account = getpwnam("console");
	look_at_service(doctor);
	doctor_socket(doctor, there ? &st : NULL, account != NULL ? account->pw_gid : 0);
	doctor_account(doctor, account);
	if (geteuid() != 0)
		return; /* the rest only root may read */
	look_at_sshd(doctor);
	look_at_pam(doctor);
	look_at_packages(doctor);
}
