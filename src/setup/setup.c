/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup/setup.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "core/words.h"
#include "setup/manifest.h"
#include "setup/sshd.h"

const char setup_directory[] = "/etc/provconsole",
	   setup_keys[] = "/etc/provconsole/authorized_keys",
	   setup_drop_in[] = "/etc/ssh/sshd_config.d/provconsole.conf",
	   setup_state[] = "/var/lib/provconsole", setup_runtime[] = "/run/provconsole",
	   setup_socket[] = "/run/provconsole/socket", setup_unit[] = "provconsole-keeper.socket",
	   setup_runner[] = LIBEXEC "/provconsole-runner",
	   setup_recordings[] = "/var/lib/provconsole-runner/recordings",
	   setup_runner_socket[] = "/run/provconsole-runner/socket",
	   setup_runner_unit[] = "provconsole-runner.socket";

const struct setup_step setup_steps[SETUP_STEPS] = {
	{ N_("The UNIX accounts: provconsole for the keeper, provconsole-keys for sshd's question "
	     "whose key knocks, console for all people, with the console for its shell; and, where "
	     "commands can run, provconsole-record for their recordings."),
	    step_users_look, step_users_act },
	{ N_("The keys that may knock first, in /etc/provconsole/authorized_keys."), step_keys_look,
	    step_keys_act },
	{ N_("The keeper's directories, /var/lib/provconsole and /run/provconsole."),
	    step_places_look, step_places_act },
	{ N_("The keeper's service, started by the first console."), step_units_look,
	    step_units_act },
	{ N_("The runner's service, started by the keeper for each command that somebody runs."),
	    step_runner_look, step_runner_act },
	{ N_("A second factor in /etc/pam.d for the service that --pam names: people whom "
	     "`provconsole user link` links are asked for a code."),
	    step_pam_look, step_pam_act },
	{ N_("sshd's lines for the account console, in "
	     "/etc/ssh/sshd_config.d/provconsole.conf: the console and nothing else."),
	    step_sshd_look, step_sshd_act },
};

bool
setup_has_runner(void)
{
	return access(setup_runner, X_OK) == 0;
}

enum err
setup_fail(struct setup *setup, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	(void)vsnprintf(setup->why, sizeof setup->why, format, list);
	va_end(list);
	return ERR_FAILED;
}

enum err
setup_look(struct setup *setup)
{
	enum err err = ERR_OK;

	setup->systemd = access("/run/systemd/system", F_OK) == 0;
	for (size_t i = 0; err == ERR_OK && i < SETUP_STEPS; i++)
		err = setup_steps[i].look(setup, &setup->needed[i]);
	return err;
}

static void
setup_close(struct setup *setup)
{
	if (setup->manifest != NULL)
		(void)fclose(setup->manifest);
	setup->manifest = NULL;
}

enum err
setup_act(struct setup *setup)
{
	enum err err = manifest_open(setup);

	for (size_t i = 0; err == ERR_OK && i < SETUP_STEPS; i++)
		if (setup->needed[i])
			err = setup_steps[i].act(setup);
	if (err != ERR_OK)
		setup_drop(setup);
	return err;
}

enum err
setup_keep(struct setup *setup)
{
	enum err err = setup->reload ? sshd_reload(setup) : ERR_OK;

	if (err != ERR_OK)
		setup_drop(setup);
	else
		setup_close(setup);
	return err;
}

/* The first reason is the one that is told. */
void
setup_drop(struct setup *setup)
{
	char first[SETUP_WHY_SIZE];

	if (setup->manifest == NULL)
		return;
	memcpy(first, setup->why, sizeof first);
	if (manifest_take_back(setup, setup->before) == ERR_OK)
		memcpy(setup->why, first, sizeof first);
	setup_close(setup);
}

bool
setup_tell_undo(void (*tell)(const char *line))
{
	FILE *manifest = manifest_read();

	if (manifest == NULL)
		return false;
	manifest_tell(manifest, tell);
	(void)fclose(manifest);
	return true;
}

enum err
setup_undo(struct setup *setup)
{
	enum err err = manifest_open(setup);

	setup->systemd = access("/run/systemd/system", F_OK) == 0;
	if (err == ERR_OK)
		err = manifest_take_back(setup, 0);
	/* Also where something was left: what is gone already is in force no more. */
	if (setup->reload && sshd_reload(setup) != ERR_OK)
		err = ERR_FAILED;
	setup_close(setup);
	return err;
}
