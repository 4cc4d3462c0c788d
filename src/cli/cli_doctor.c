/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/doctor.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"

/* The state of the host's service, as its unit in data/systemd has it. */
static const char service_state[] = "/var/lib/provconsole";

/* A socket alone does not tell the state directory; only the service's are both known. */
const char *
command_state(const struct hello_way *way, const struct place *place)
{
	if (way->state != NULL)
		return way->state;
	if (place->may_start)
		return place->directory;
	return place_is_service(place) ? service_state : NULL;
}

static enum err
doctor_find(struct doctor *doctor, const struct hello_way *way)
{
	enum err err = place_find(way->socket, way->state, &doctor->place);

	if (err != ERR_OK)
		return err;
	doctor->system = place_is_service(&doctor->place);
	doctor->state = command_state(way, &doctor->place);
	return ERR_OK;
}

/* --- telling ------------------------------------------------------------------------------- */

static const char *
result_word(enum doctor_result result)
{
	switch (result) {
	case DOCTOR_OK:
		return "ok";
	case DOCTOR_NOTE:
		return "note";
	case DOCTOR_WRONG:
		return "wrong";
	}
	return "wrong";
}

static void
print_json(const struct doctor *doctor)
{
	struct json json;

	json_start(&json, stdout);
	json_open(&json, '[');
	for (size_t i = 0; i < doctor->count; i++) {
		const struct doctor_finding *finding = &doctor->finding[i];

		json_open(&json, '{');
		json_key(&json, "check");
		json_string(&json, finding->check);
		json_key(&json, "ok");
		json_bool(&json, finding->result != DOCTOR_WRONG);
		json_key(&json, "result");
		json_string(&json, result_word(finding->result));
		json_key(&json, "detail");
		json_string(&json, finding->detail);
		json_key(&json, "advice");
		json_string(&json, finding->advice);
		json_close(&json, '}');
	}
	json_close(&json, ']');
}

/* One line per finding: result, check, detail and advice. */
static enum err
print_table(const struct doctor *doctor)
{
	char text[DOCTOR_DETAIL_SIZE + DOCTOR_ADVICE_SIZE];
	struct table table;
	enum err err;

	table_open(&table, stdout, 3);
	for (size_t i = 0; i < doctor->count; i++) {
		const struct doctor_finding *finding = &doctor->finding[i];

		(void)snprintf(text, sizeof text, "%s%s%s", finding->detail,
		    *finding->advice != '\0' ? " " : "", finding->advice);
		table_put(&table, result_word(finding->result));
		table_put(&table, finding->check);
		table_put(&table, text);
	}
	err = table_flush(&table);
	table_close(&table);
	return err;
}

/* The findings were printed; only the exit status remains. */
enum err
doctor_run(struct cli *cli)
{
	struct doctor *doctor = calloc(1, sizeof *doctor);
	enum err err = ERR_MEMORY;

	if (doctor != NULL)
		err = doctor_find(doctor, cli->way);
	if (err != ERR_OK)
		goto out;
	doctor_look_at_files(doctor);
	if (doctor->there || !doctor->place.may_start)
		doctor_look_for_keeper(doctor);
	doctor_look_at_installation(doctor);
	doctor_look_at_commands(doctor, cli->way);
	doctor_look_at_host(doctor, doctor_examine(doctor, cli->way->libexec));
	doctor_look_at_confinement(doctor);
	if ((cli->options & OPTION_JSON) != 0)
		print_json(doctor);
	else
		err = print_table(doctor);
	for (size_t i = 0; err == ERR_OK && i < doctor->count; i++)
		if (doctor->finding[i].result == DOCTOR_WRONG) {
			cli->said = true;
			err = ERR_FAILED;
		}
	place_free(&doctor->place);
out:
	free(doctor);
	return err;
}
