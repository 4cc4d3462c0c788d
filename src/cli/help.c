/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/wrap.h"
#include "core/audit.h"
#include "core/policy.h"
#include "core/text.h"

/* Where the second column begins; below HELP_WIDE columns of the terminal, near the left. */
enum { HELP_COLUMN = 24, HELP_NARROW = 8, HELP_WIDE = 64 };

/* The options of the program itself; main.c reads them. */
static const struct {
	const char *name, *help;
} program_options[] = {
	{ N_("--state DIR"), N_("use the state in this directory") },
	{ N_("--socket PATH"), N_("use the keeper that listens on this socket; never start one") },
	{ "--plain", N_("ask line by line, without screens: for screen readers and scripts") },
	{ "--help", N_("show this help") },
	{ "--version", N_("show the version") },
};

/* " --role ROLE", in brackets where it may be left out. */
static void
help_option(FILE *out, const struct cli_command *command, const struct command_option *option)
{
	bool required = (command->required & (unsigned)option->option) != 0;

	if ((command->options & (unsigned)option->option) == 0)
		return;
	(void)fprintf(out, " %s--%s%s%s%s", required ? "" : "[", option->name,
	    option->value != NULL ? " " : "", option->value != NULL ? _(option->value) : "",
	    required ? "" : "]");
}

char *
command_usage(const struct cli_command *command)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL)
		return NULL;
	(void)fputs(command->words, out);
	if (*command->operand != '\0')
		(void)fprintf(out, " %s%s", _(command->operand),
		    command->more ? _(" [ARGUMENT ...]") : "");
	for (size_t i = 0; i < COMMAND_OPTIONS; i++)
		help_option(out, command, &command_options[i]);
	if (fclose(out) != 0) {
		free(text);
		return NULL;
	}
	return text;
}

/* Two columns: the second begins in the next line where the first is too long. */
static void
help_line(const char *left, const char *right)
{
	size_t columns = wrap_prose(stdout), at = 2 + text_columns(left, strlen(left)),
	       indent = columns < HELP_WIDE ? HELP_NARROW : HELP_COLUMN;

	(void)fputs("  ", stdout);
	if (at + 2 > indent) {
		wrap_put(stdout, left, HELP_NARROW, columns);
		at = 0;
	} else {
		(void)fputs(left, stdout);
	}
	(void)printf("%*s", (int)(indent - at), "");
	wrap_put(stdout, _(right), indent, columns);
}

static void
help_paragraph(const char *text)
{
	wrap_put(stdout, text, 0, wrap_prose(stdout));
}

static void
help_options(const struct cli_command *command)
{
	char left[64];

	for (size_t i = 0; i < COMMAND_OPTIONS; i++) {
		const struct command_option *option = &command_options[i];

		if (((command->options | OPTION_HELP) & (unsigned)option->option) == 0)
			continue;
		(void)snprintf(left, sizeof left, "--%s%s%s", option->name,
		    option->value != NULL ? " " : "",
		    option->value != NULL ? _(option->value) : "");
		help_line(left, option->help);
	}
}

static void
help_settings(void)
{
	(void)printf("\n%s\n", _("Settings:"));
	for (unsigned id = 0; id < SETTING_COUNT; id++) {
		const char *writing = policy_writing((enum setting_id)id);

		help_line(policy_setting((enum setting_id)id)->key,
		    policy_setting((enum setting_id)id)->help);
		if (writing != NULL)
			help_line("", writing);
	}
}

/* What stands in the column ACTION, and in JSON. */
static void
help_verbs(void)
{
	(void)printf("\n%s\n", _("Actions:"));
	for (int verb = AUDIT_NONE + 1; verb < AUDIT_VERB_COUNT; verb++)
		help_line(audit_name((enum audit_verb)verb), audit_says((enum audit_verb)verb));
}

/* "Usage: provconsole user add NAME ..." */
static void
help_usage(const char *usage)
{
	char *line = NULL;

	if (asprintf(&line, "%s provconsole %s", _("Usage:"), usage) < 0) {
		say_error(ERR_MEMORY, 0);
		return;
	}
	wrap_put(stdout, line, HELP_NARROW, wrap_prose(stdout));
	free(line);
}

void
command_help(const struct cli_command *command)
{
	char *usage = command_usage(command);

	help_usage(usage != NULL ? usage : command->words);
	help_paragraph(_(command->help));
	(void)fputc('\n', stdout);
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
	help_usage(_("[--state DIR | --socket PATH] [--plain] [COMMAND ...]"));
	help_paragraph(_("Without a command, opens the console in this terminal. Commands act as "
			 "the host: root or the state's owner."));
	(void)fputc('\n', stdout);
	for (size_t i = 0; i < sizeof program_options / sizeof program_options[0]; i++)
		help_line(_(program_options[i].name), program_options[i].help);
	(void)printf("\n%s\n", _("Commands:"));
	for (const struct cli_command *command = commands; command->words != NULL; command++) {
		char *usage = command_usage(command);

		help_line(usage != NULL ? usage : command->words, command->help);
		free(usage);
	}
	(void)fputc('\n', stdout);
	help_paragraph(_("Each command has its own --help. Exit status: 0 done, 1 refused or "
			 "failed, 2 wrong usage."));
	return say_flush(ERR_OK) == ERR_OK ? SAY_DONE : SAY_FAILED;
}
