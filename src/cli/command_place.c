/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command_place.h"

#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "core/words.h"
#include "setup/setup.h"

/* The host's service has its commands where root's files are, and not in the keeper's state. */
static enum err
of_state(const char *state, bool service, struct command_place *place)
{
	struct stat st;

	place->host = service;
	if (service) {
		(void)snprintf(place->path, sizeof place->path, "%s", COMMAND_DIR_HOST);
		return ERR_OK;
	}
	if (state == NULL)
		return ERR_STATE_PATH;
	if (stat(state, &st) != 0 || !S_ISDIR(st.st_mode))
		return ERR_NO_STATE;
	place->owner = st.st_uid;
	return command_dir_of_state(state, place->path, sizeof place->path);
}

enum err
command_place_find(const struct hello_way *way, struct command_place *ret_place)
{
	struct place place;
	enum err err = place_find(way->socket, way->state, &place);
	const char *state;

	if (err != ERR_OK)
		return err;
	memset(ret_place, 0, sizeof *ret_place);
	state = place.may_start ? place.directory : command_state(way, &place);
	err = of_state(state,
	    place_is_service(&place) || (state != NULL && strcmp(state, setup_state) == 0),
	    ret_place);
	place_free(&place);
	return err;
}

const char *
command_place_wrong(const char *name, const struct command_wrong *wrong, char *text, size_t size)
{
	bool believed = wrong->trust == COMMAND_TRUSTED;
	const char *says = _(
	    believed ? command_fault_says(wrong->fault) : command_trust_says(wrong->trust));
	char shown[COMMAND_WHERE_SIZE];

	if (wrong->where[0] != '\0')
		name = wrong->where;
	(void)text_show(name, strlen(name), shown, sizeof shown);
	if (wrong->line > 0)
		(void)snprintf(text, size, _("%s, line %zu: %s"), shown, wrong->line, says);
	else if (*shown != '\0')
		(void)snprintf(text, size, "%s: %s", shown, says);
	else
		(void)snprintf(text, size, "%s", says);
	return text;
}
