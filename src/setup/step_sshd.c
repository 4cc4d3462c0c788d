/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setup's step: sshd's lines. They are tried before they stand where sshd finds them, looked at
 * again when they do, and sshd reads them at the very end, when all else is done. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/words.h"
#include "setup/file.h"
#include "setup/manifest.h"
#include "setup/program.h"
#include "setup/setup.h"
#include "setup/sshd.h"

static const char drop_ins[] = "/etc/ssh/sshd_config.d/*.conf",
		  installed[] = PKGDATADIR "/sshd-provconsole.conf";

static enum err
sshd_refuse(struct setup *setup, const char *wrong)
{
	if (strncmp(wrong, "permituserenvironment", strlen("permituserenvironment")) == 0)
		return setup_fail(setup, "%s",
		    _("sshd's PermitUserEnvironment must be no for the whole host, or a key's own "
		      "line could bring a program into the console. Change it, then run this "
		      "again."));
	return setup_fail(setup,
	    _("Another of sshd's files has its own lines for the account console, and they win "
	      "(%s). Look at /etc/ssh/sshd_config and /etc/ssh/sshd_config.d, then run this "
	      "again."),
	    wrong);
}

/* What the host's drop-ins and ours make together, in the order of their names, as sshd reads
 * them; the rest of the host's file comes after. To be freed. */
static char *
sshd_trial(void)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	bool ours = false;
	glob_t found;

	if (out == NULL)
		return NULL;
	if (glob(drop_ins, 0, NULL, &found) != 0)
		found.gl_pathc = 0;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		int order = strcmp(found.gl_pathv[i], setup_drop_in);

		if (order >= 0 && !ours)
			(void)fprintf(out, "Include %s\n", installed);
		ours |= order >= 0;
		if (order != 0)
			(void)fprintf(out, "Include %s\n", found.gl_pathv[i]);
	}
	if (!ours)
		(void)fprintf(out, "Include %s\n", installed);
	if (found.gl_pathc > 0)
		globfree(&found);
	if (fclose(out) == 0)
		return text;
	free(text);
	return NULL;
}

/* The trial in a file of its own, which nobody else reads. */
static int
sshd_try(char *said, size_t size)
{
	char path[] = "/tmp/provconsole-setup.XXXXXX", *text = sshd_trial();
	int fd = text != NULL ? mkostemp(path, O_CLOEXEC) : -1, status = -1;
	bool whole = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	free(text);
	if (fd < 0)
		return -1;
	close(fd);
	if (whole)
		status = sshd_ask(path, said, size);
	(void)unlink(path);
	return status;
}

/* Whether the file that is there is the one that was installed, in force. */
static bool
sshd_is_done(const char *lines, const char *said)
{
	char wrong[SSHD_LINE_SIZE], *have = file_read(setup_drop_in);
	bool done = have != NULL && strcmp(have, lines) == 0 && !sshd_wrong(said, wrong);

	free(have);
	return done;
}

static enum err
sshd_look_with(struct setup *setup, const char *lines, char *said, bool *ret_needed)
{
	char wrong[SSHD_LINE_SIZE], value[SSHD_LINE_SIZE];

	if (sshd_ask(NULL, said, PROGRAM_SAID_SIZE) != 0)
		return setup_fail(setup,
		    _("sshd's own configuration has an error: %s. Mend it, then run this again."),
		    program_first_line(said));
	if (!sshd_value(said, "permituserenvironment", value, sizeof value) ||
	    strcmp(value, "no") != 0)
		return sshd_refuse(setup, "permituserenvironment");
	*ret_needed = !sshd_is_done(lines, said);
	if (!*ret_needed)
		return ERR_OK;
	if (sshd_try(said, PROGRAM_SAID_SIZE) != 0)
		return setup_fail(setup, _("sshd does not take the console's lines: %s"),
		    program_first_line(said));
	return sshd_wrong(said, wrong) ? sshd_refuse(setup, wrong) : ERR_OK;
}

enum err
step_sshd_look(struct setup *setup, bool *ret_needed)
{
	char path[PATH_MAX], *lines, *said;
	enum err err = ERR_MEMORY;

	if (!program_find("sshd", path, sizeof path))
		return setup_fail(setup, "%s",
		    _("sshd is not installed. Install it: apt-get install openssh-server"));
	lines = sshd_lines();
	if (lines == NULL)
		return setup_fail(setup, _("%s cannot be read (%s)."), installed, strerror(errno));
	said = malloc(PROGRAM_SAID_SIZE);
	if (said != NULL)
		err = sshd_look_with(setup, lines, said, ret_needed);
	free(said);
	free(lines);
	return err;
}

/* What stood there goes aside, under a name that sshd does not read. */
static enum err
sshd_put_aside(struct setup *setup)
{
	char before[PATH_MAX];
	struct stat st;
	enum err err;

	if (lstat(setup_drop_in, &st) != 0)
		return ERR_OK;
	(void)snprintf(before, sizeof before, "%s.before-provconsole", setup_drop_in);
	err = manifest_add(setup, MANIFEST_REPLACED, setup_drop_in, NULL);
	if (err == ERR_OK && rename(setup_drop_in, before) != 0)
		err = setup_fail(setup, _("%s cannot be written (%s)."), setup_drop_in,
		    strerror(errno));
	return err;
}

/* What sshd makes of it now that it stands there. */
static enum err
sshd_check(struct setup *setup)
{
	char wrong[SSHD_LINE_SIZE], *said = malloc(PROGRAM_SAID_SIZE);
	enum err err = said != NULL ? ERR_OK : ERR_MEMORY;

	if (err == ERR_OK && sshd_ask(NULL, said, PROGRAM_SAID_SIZE) != 0)
		err = setup_fail(setup, _("sshd does not take the console's lines: %s"),
		    program_first_line(said));
	if (err == ERR_OK && sshd_wrong(said, wrong))
		err = strcmp(wrong, "forcecommand none") == 0
		    ? setup_fail(setup, "%s",
			  _("sshd does not read /etc/ssh/sshd_config.d. Put this line at the top "
			    "of /etc/ssh/sshd_config, then run this again: Include "
			    "/etc/ssh/sshd_config.d/*.conf"))
		    : sshd_refuse(setup, wrong);
	free(said);
	return err;
}

enum err
step_sshd_act(struct setup *setup)
{
	char *lines = sshd_lines();
	enum err err;

	if (lines == NULL)
		return setup_fail(setup, _("%s cannot be read (%s)."), installed, strerror(errno));
	err = sshd_put_aside(setup);
	if (err == ERR_OK)
		err = manifest_put_file(setup, MANIFEST_FILE, setup_drop_in, lines);
	if (err == ERR_OK)
		err = sshd_check(setup);
	free(lines);
	setup->reload = err == ERR_OK;
	return err;
}
