/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setup's step, on request: one service of PAM asks for the second factor too. One file is changed,
 * by lines with our mark (mark.h); what all services share (common-auth) is left alone. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/words.h"
#include "setup/file.h"
#include "setup/manifest.h"
#include "setup/mark.h"
#include "setup/setup.h"

enum { PAM_PATH_SIZE = 64 };

/* sshd's session line is what hands out tickets. */
static const struct {
	const char *name, *types[4];
} services[] = {
	{ "sshd", { "auth", "account", "session", NULL } },
	{ "sudo", { "auth", "account", NULL } },
	{ "login", { "auth", "account", NULL } },
};

enum { SERVICES = sizeof services / sizeof services[0] };

static size_t
pam_row(const char *name)
{
	for (size_t i = 0; i < SERVICES; i++)
		if (strcmp(services[i].name, name) == 0)
			return i;
	return SERVICES;
}

/* Debian's place, and those of other systems. */
static bool
pam_is_installed(void)
{
	static const char *const places[] = { "/lib/*/security/pam_provconsole.so",
		"/usr/lib/*/security/pam_provconsole.so", "/lib/security/pam_provconsole.so",
		"/usr/lib/security/pam_provconsole.so", "/lib64/security/pam_provconsole.so" };
	bool there = false;
	glob_t found;

	for (size_t i = 0; !there && i < sizeof places / sizeof places[0]; i++) {
		there = glob(places[i], 0, NULL, &found) == 0;
		if (there)
			globfree(&found);
	}
	return there;
}

static void
pam_path(const struct setup *setup, char path[PAM_PATH_SIZE])
{
	(void)snprintf(path, PAM_PATH_SIZE, "/etc/pam.d/%s", setup->pam);
}

enum err
step_pam_look(struct setup *setup, bool *ret_needed)
{
	char path[PAM_PATH_SIZE], *text;
	struct stat st;

	*ret_needed = false;
	if (setup->pam == NULL)
		return ERR_OK;
	if (pam_row(setup->pam) == SERVICES)
		return setup_fail(setup, "%s", _("--pam takes sshd, sudo or login."));
	if (!pam_is_installed())
		return setup_fail(setup, "%s",
		    _("pam_provconsole.so is not installed. Install it: apt-get install "
		      "libpam-provconsole"));
	pam_path(setup, path);
	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode) || (text = file_read(path)) == NULL)
		return setup_fail(setup, _("%s is no file that can be changed."), path);
	*ret_needed = !mark_has_module(text);
	free(text);
	return ERR_OK;
}

enum err
step_pam_act(struct setup *setup)
{
	char path[PAM_PATH_SIZE], *text, *made = NULL;
	enum err err;

	pam_path(setup, path);
	text = file_read(path);
	if (text != NULL)
		made = mark_insert(text, services[pam_row(setup->pam)].types);
	if (made == NULL || strcmp(made, text) == 0)
		err = setup_fail(setup, _("%s is no file that can be changed."), path);
	else
		err = manifest_add(setup, MANIFEST_LINES, path, NULL);
	if (err == ERR_OK && !file_put(path, made, 0644))
		err = setup_fail(setup, _("%s cannot be written (%s)."), path, strerror(errno));
	free(made);
	free(text);
	return err;
}
