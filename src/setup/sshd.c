/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup/sshd.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/words.h"
#include "setup/file.h"
#include "setup/program.h"

/* What must be so, in force for the account console, whatever else the host's files say: a value,
 * or two. Without X11Forwarding and the like by name: an older sshd's DisableForwarding forgets
 * them. */
static const struct {
	const char *option, *value, *other;
} wanted[] = {
	/* For the whole host: a key's environment= could set LD_PRELOAD. */
	{ "permituserenvironment", "no", NULL },
	{ "forcecommand", "exec " BINDIR "/provconsole --socket /run/provconsole/socket", NULL },
	{ "disableforwarding", "yes", NULL },
	{ "allowagentforwarding", "no", NULL },
	{ "allowstreamlocalforwarding", "no", NULL },
	{ "allowtcpforwarding", "no", NULL },
	{ "gatewayports", "no", NULL },
	{ "permitlisten", "none", NULL },
	{ "permitopen", "none", NULL },
	{ "permittunnel", "no", NULL },
	{ "permituserrc", "no", NULL },
	{ "x11forwarding", "no", NULL },
	{ "permitemptypasswords", "no", NULL },
	{ "authorizedkeysfile", "/etc/provconsole/authorized_keys", NULL },
	{ "authorizedkeyscommand", "none", LIBEXEC "/provconsole-keys %u %t %k %f" },
	{ "trustedusercakeys", "none", NULL },
};

static const char sshd_directory[] = "/run/sshd";

/* The line of that option, or NULL. */
static const char *
sshd_line(const char *said, const char *option)
{
	size_t length = strlen(option);

	for (const char *at = said; at != NULL && *at != '\0';) {
		if (strncasecmp(at, option, length) == 0 && at[length] == ' ')
			return at;
		at = strchr(at, '\n');
		at = at != NULL ? at + 1 : NULL;
	}
	return NULL;
}

bool
sshd_value(const char *said, const char *option, char *buf, size_t size)
{
	const char *line = sshd_line(said, option);

	if (line == NULL)
		return false;
	line += strlen(option) + 1;
	(void)snprintf(buf, size, "%.*s", (int)strcspn(line, "\n"), line);
	return true;
}

bool
sshd_wrong(const char *said, char buf[SSHD_LINE_SIZE])
{
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		char value[SSHD_LINE_SIZE] = "";
		bool there = sshd_value(said, wanted[i].option, value, sizeof value);

		if (there &&
		    (strcmp(value, wanted[i].value) == 0 ||
			(wanted[i].other != NULL && strcmp(value, wanted[i].other) == 0)))
			continue;
		(void)snprintf(buf, SSHD_LINE_SIZE, "%s%s%.160s", wanted[i].option,
		    there ? " " : "", value);
		return true;
	}
	return false;
}

/* Lists stand apart by blanks, their methods by commas. */
bool
sshd_asks_pam(const char *said)
{
	char value[SSHD_LINE_SIZE], *rest = NULL;

	if (!sshd_value(said, "usepam", value, sizeof value) || strcmp(value, "yes") != 0 ||
	    !sshd_value(said, "authenticationmethods", value, sizeof value))
		return false;
	for (char *list = strtok_r(value, " ", &rest); list != NULL;
	     list = strtok_r(NULL, " ", &rest))
		if (strstr(list, "keyboard-interactive") == NULL)
			return false;
	return true;
}

/* Our umask leaves it to us alone, and sshd wants others to find no way in, no less. */
static int
sshd_run(const char *const *words, char *said, size_t size)
{
	bool made = mkdir(sshd_directory, 0755) == 0;
	int status = program_run(words, said, size);

	if (made)
		(void)rmdir(sshd_directory);
	return status;
}

bool
sshd_host_asks_pam(bool unknown)
{
	const char *words[] = { "sshd", "-T", NULL };
	char *said = malloc(PROGRAM_SAID_SIZE);
	bool asked = said != NULL && sshd_run(words, said, PROGRAM_SAID_SIZE) == 0;
	bool asks = asked ? sshd_asks_pam(said) : unknown;

	free(said);
	return asks;
}

int
sshd_ask(const char *config, char *said, size_t size)
{
	const char *host[] = { "sshd", "-T", "-C", "user=console,host=h,addr=192.0.2.1", NULL };
	const char *other[] = { "sshd", "-T", "-f", config, "-C",
		"user=console,host=h,addr=192.0.2.1", NULL };

	return sshd_run(config != NULL ? other : host, said, size);
}

/* Beside the program in a build tree, else where it was installed. */
char *
sshd_lines(void)
{
	return file_read(PKGDATADIR "/sshd-provconsole.conf");
}

/* --- a running one ------------------------------------------------------------------------ */

/* The process that its pid file names, if that is an sshd; 0: none. */
static pid_t
sshd_running(void)
{
	char path[64], name[32] = "", *text = file_read("/run/sshd.pid");
	long pid = text != NULL ? strtol(text, NULL, 10) : 0;
	FILE *in;

	free(text);
	if (pid <= 1)
		return 0;
	(void)snprintf(path, sizeof path, "/proc/%ld/comm", pid);
	in = fopen(path, "re");
	if (in == NULL)
		return 0;
	if (fgets(name, sizeof name, in) == NULL)
		name[0] = '\0';
	(void)fclose(in);
	return strcmp(name, "sshd\n") == 0 ? (pid_t)pid : 0;
}

/* Debian's unit is ssh, others' is sshd. What is not active has nothing to reload. */
static bool
sshd_reload_unit(char *said, size_t size)
{
	const char *const units[] = { "ssh.service", "sshd.service" };

	for (size_t i = 0; i < 2; i++) {
		const char *const ask[] = { "systemctl", "is-active", "--quiet", units[i], NULL };
		const char *const reload[] = { "systemctl", "reload", units[i], NULL };

		if (program_run(ask, said, size) == 0)
			return program_run(reload, said, size) == 0;
	}
	return true;
}

enum err
sshd_reload(struct setup *setup)
{
	char said[512];
	pid_t pid;

	setup->reload = false;
	if (setup->systemd)
		return sshd_reload_unit(said, sizeof said)
		    ? ERR_OK
		    : setup_fail(setup, _("sshd does not read its files again: %s"),
			  program_last_line(said));
	pid = sshd_running();
	if (pid == 0 || kill(pid, SIGHUP) == 0)
		return ERR_OK;
	return setup_fail(setup, _("sshd does not read its files again: %s"), strerror(errno));
}
