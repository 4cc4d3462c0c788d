/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/table.h"
#include "core/audit.h"
#include "core/policy.h"

/* The options of the program itself; main.c reads them. */
static const struct {
	const char *name, *help;
} program_options[] = {
	{ "--state DIR", N_("use the state in this directory") },
	{ "--socket PATH", N_("use the keeper that listens on this socket; never start one") },
	{ "--help", N_("show this help") },
	{ "--version", N_("show the version") },
};

/* " --role ROLE", in brackets where it may be left out. */
static void
help_option(FILE *out, const struct command *command, const struct command_option *option)
{
	bool required = (command->required & (unsigned)option->option) != 0;

	if ((command->options & (unsigned)option->option) == 0)
		return;
	(void)fprintf(out, " %s--%s%s%s%s", required ? "" : "[", option->name,
	    option->value != NULL ? " " : "", option->value != NULL ? option->value : "",
	    required ? "" : "]");
}

char *
command_usage(const struct command *command)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL)
		return NULL;
	(void)fprintf(out, "%s%s%s", command->words, *command->operand != '\0' ? " " : "",
	    command->operand);
	for (size_t i = 0; i < COMMAND_OPTIONS; i++)
		help_option(out, command, &command_options[i]);
	if (fclose(out) != 0) {
		free(text);
		return NULL;
	}
	return text;
}

/* One indented line of two columns. */
static void
help_line(struct table *table, const char *left, const char *right)
{
	char *indented = NULL;

	if (asprintf(&indented, "  %s", left) < 0)
		indented = NULL;
	table_put(table, indented != NULL ? indented : left);
	table_put(table, _(right));
	free(indented);
}

static void
help_end(struct table *table)
{
	if (table_flush(table) != ERR_OK)
		say_error(ERR_MEMORY, 0);
	table_close(table);
}

static void
help_options(const struct command *command)
{
	struct table table;
	char left[64];

	table_open(&table, stdout, 2);
	for (size_t i = 0; i < COMMAND_OPTIONS; i++) {
		const struct command_option *option = &command_options[i];

		if (((command->options | OPTION_HELP) & (unsigned)option->option) == 0)
			continue;
		(void)snprintf(left, sizeof left, "--%s%s%s", option->name,
		    option->value != NULL ? " " : "", option->value != NULL ? option->value : "");
		help_line(&table, left, option->help);
	}
	help_end(&table);
}

static void
help_settings(void)
{
	struct table table;

	(void)printf("\n%s\n", _("Settings:"));
	table_open(&table, stdout, 2);
	for (unsigned id = 0; id < SETTING_COUNT; id++)
		help_line(&table, policy_setting((enum setting_id)id)->key,
		    policy_setting((enum setting_id)id)->help);
	help_end(&table);
}

/* What stands in the column ACTION, and in JSON. */
static void
help_verbs(void)
{
	struct table table;

	(void)printf("\n%s\n", _("Actions:"));
	table_open(&table, stdout, 2);
	for (int verb = AUDIT_NONE + 1; verb < AUDIT_VERB_COUNT; verb++)
		help_line(&table, audit_name((enum audit_verb)verb),
		    audit_says((enum audit_verb)verb));
	help_end(&table);
}

void
command_help(const struct command *command)
{
	char *usage = command_usage(command);

	(void)printf("%s provconsole %s\n%s\n\n", _("Usage:"),
	    usage != NULL ? usage : command->words, _(command->help));
	free(usage);
	help_options(command);
	switch (command->list) {
	case LIST_NOTHING:
		break;
	case LIST_SETTINGS:
		help_settings();
		break;
	case LIST_VERBS:
		help_verbs();
		break;
	}
}

int
cli_help(void)
{
	struct table table;

	(void)printf("%s provconsole [--state DIR | --socket PATH] [COMMAND ...]\n", _("Usage:"));
	(void)printf("%s\n\n",
	    _("Without a command, opens the console in this terminal. Commands act as the host: "
	      "root or the state's owner."));
	table_open(&table, stdout, 2);
	for (size_t i = 0; i < sizeof program_options / sizeof program_options[0]; i++)
		help_line(&table, program_options[i].name, program_options[i].help);
	help_end(&table);
	(void)printf("\n%s\n", _("Commands:"));
	table_open(&table, stdout, 2);
	for (const struct command *command = commands; command->words != NULL; command++) {
		char *usage = command_usage(command);

		help_line(&table, usage != NULL ? usage : command->words, command->help);
		free(usage);
	}
	help_end(&table);
	(void)printf("\n%s\n",
	    _("Each command has its own --help. Exit status: 0 done, 1 refused or failed, 2 wrong "
	      "usage."));
	return say_flush(ERR_OK) == ERR_OK ? SAY_DONE : SAY_FAILED;
}
