/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setup's step: the public keys that may knock before anybody has entered one in the console. The
 * file goes on working while the keeper is away. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/words.h"
#include "setup/file.h"
#include "setup/manifest.h"
#include "setup/program.h"
#include "setup/setup.h"

/* What ssh-keygen takes for a file of public keys. */
static enum err
keys_check(struct setup *setup)
{
	const char *const argv[] = { "ssh-keygen", "-l", "-f", setup->keys, NULL };
	char said[4096], *text = file_read(setup->keys);

	if (text == NULL)
		return setup_fail(setup, _("%s cannot be read (%s)."), setup->keys,
		    strerror(errno));
	free(text);
	if (program_run(argv, said, sizeof said) == 0)
		return ERR_OK;
	return setup_fail(setup, _("There is no public SSH key in %s."), setup->keys);
}

/* Whether the host's file has all lines of theirs. */
static bool
keys_are_in(const char *have, const char *wanted)
{
	for (const char *at = wanted; *at != '\0';) {
		size_t length = strcspn(at, "\n");

		if (length > 0 && *at != '#' && !file_has_line(have, at, length))
			return false;
		at += length;
		at += *at == '\n';
	}
	return true;
}

enum err
step_keys_look(struct setup *setup, bool *ret_needed)
{
	char *have = file_read(setup_keys), *wanted;
	enum err err = ERR_OK;

	*ret_needed = have == NULL;
	if (have == NULL && errno != ENOENT)
		return setup_fail(setup, _("%s cannot be read (%s)."), setup_keys, strerror(errno));
	if (have == NULL && setup->keys == NULL)
		return setup_fail(setup, "%s",
		    _("Nobody could knock yet. Name a file with public SSH keys: "
		      "--authorized-keys FILE"));
	if (setup->keys != NULL)
		err = keys_check(setup);
	wanted = err == ERR_OK && have != NULL && setup->keys != NULL ? file_read(setup->keys)
								      : NULL;
	if (wanted != NULL && !keys_are_in(have, wanted))
		err = setup_fail(setup,
		    _("%s is there already, and lacks keys of %s. Add them to it, then run this "
		      "again."),
		    setup_keys, setup->keys);
	free(have);
	free(wanted);
	return err;
}

enum err
step_keys_act(struct setup *setup)
{
	char *text = file_read(setup->keys);
	enum err err;

	if (text == NULL)
		return setup_fail(setup, _("%s cannot be read (%s)."), setup->keys,
		    strerror(errno));
	/* sshd reads it as the account itself: no secret, and nobody's but root's to change. */
	err = manifest_put_file(setup, MANIFEST_KEPT, setup_keys, text);
	free(text);
	return err;
}
