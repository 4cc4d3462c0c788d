/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Completion for bash and zsh. What is asked for comes from the table of commands, so that it
 * cannot lie; how a shell asks for it is the fixed text around that. A row of what is printed is
 * the words of a command, a bar, and what may follow: its options, and for a command whose operand
 * is a file the word FILE.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/say.h"
#include "core/policy.h"

/* What is the same for all commands: the rows are read from their table by the longest words that
 * the line begins with. */
static const char bash_begins[] =
    "# Completion of provconsole(1), made from its table of commands.\n"
    "_provconsole_rows() {\n"
    "\tcat <<'END'\n";
static const char bash_ends[] =
    "END\n"
    "}\n"
    "\n"
    "_provconsole() {\n"
    "\tlocal current=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD-1]}\n"
    "\tlocal words= word row options found= skip=\n"
    "\tlocal -a next=()\n"
    "\n"
    "\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
    "\t\tcase $skip$word in\n"
    "\t\t--state | --socket) skip=value: ;;\n"
    "\t\tvalue:* | -*) skip= ;;\n"
    "\t\t*) words+=\"$word \" ;;\n"
    "\t\tesac\n"
    "\tdone\n"
    "\tcase $last in\n"
    "\t--as) COMPREPLY=($(compgen -u -- \"$current\")); return ;;\n"
    "\t--state | --socket | --passphrase-file | --authorized-keys)\n"
    "\t\tCOMPREPLY=($(compgen -f -- \"$current\")); return ;;\n"
    "\tesac\n"
    "\twhile IFS='|' read -r row options; do\n"
    "\t\tcase $row in\n"
    "\t\t=\"$last\") next+=($options); found=values; break ;;\n"
    "\t\t=*) continue ;;\n"
    "\t\tesac\n"
    "\t\tcase \"$row \" in\n"
    "\t\t\"$words\"*) [ \"$row \" = \"$words\" ] ||\n"
    "\t\t\t{ word=${row#\"$words\"}; next+=(\"${word%% *}\"); } ;;\n"
    "\t\tesac\n"
    "\t\tcase \"$words\" in \"$row \"*) found=$options ;; esac\n"
    "\tdone < <(_provconsole_rows)\n"
    "\tif [ -n \"$found\" ] && [ \"$found\" != values ]; then\n"
    "\t\tcase $found in *' FILE'*) [ \"${current#-}\" = \"$current\" ] &&\n"
    "\t\t\tnext+=($(compgen -f -- \"$current\")) ;; esac\n"
    "\t\tnext+=(${found/ FILE/})\n"
    "\telif [ -z \"$words\" ]; then\n"
    "\t\tnext+=(--state --socket --plain --help --version)\n"
    "\tfi\n"
    "\tCOMPREPLY=($(compgen -W \"${next[*]}\" -- \"$current\"))\n"
    "}\n"
    "complete -o filenames -F _provconsole provconsole\n";

static const char zsh_begins[] =
    "#compdef provconsole\n"
    "# Completion of provconsole(1), made from its table of commands.\n"
    "local row words_so_far=\n"
    "local -a rows next found\n"
    "rows=(${(f)\"$(cat <<'END'\n";
static const char zsh_ends[] =
    "END\n"
    ")\"})\n"
    "for row in ${words[2,CURRENT-1]}; do\n"
    "\t[[ $row == -* ]] || words_so_far+=\"$row \"\n"
    "done\n"
    "case ${words[CURRENT-1]} in\n"
    "--as) _users; return ;;\n"
    "--state | --socket | --passphrase-file | --authorized-keys) _files; return ;;\n"
    "esac\n"
    "for row in $rows; do\n"
    "\tif [[ $row == =* ]]; then\n"
    "\t\t[[ ${row%%|*} == \"=${words[CURRENT-1]}\" ]] && { compadd - ${=row#*|}; return }\n"
    "\t\tcontinue\n"
    "\tfi\n"
    "\t[[ \"${row%%|*} \" == \"$words_so_far\"?* ]] &&\n"
    "\t\tnext+=(${${${row%%|*}#$words_so_far}%% *})\n"
    "\t[[ \"$words_so_far\" == \"${row%%|*} \"* ]] && found=(${=row#*|})\n"
    "done\n"
    "if (( $#found )); then\n"
    "\t(( ${found[(I)FILE]} )) && _files\n"
    "\tnext+=(${found:#FILE})\n"
    "elif [[ -z $words_so_far ]]; then\n"
    "\tnext+=(--state --socket --plain --help --version)\n"
    "fi\n"
    "compadd - ${(u)next}\n";

static const struct {
	const char *name, *begins, *ends;
} shells[] = { { "bash", bash_begins, bash_ends }, { "zsh", zsh_begins, zsh_ends } };

/* "user add|--role --password-stdin --help" */
static void
complete_command(const struct cli_command *command)
{
	(void)printf("%s|", command->words);
	for (size_t i = 0; i < COMMAND_OPTIONS; i++)
		if (((command->options | OPTION_HELP) & (unsigned)command_options[i].option) != 0)
			(void)printf("--%s ", command_options[i].name);
	if (strcmp(command->operand, "FILE") == 0)
		(void)fputs(" FILE", stdout);
	(void)fputc('\n', stdout);
}

/* "=--role|operator administrator": what may stand behind a word. */
static void
complete_values(void)
{
	(void)fputs("=--role|super-administrator administrator operator\n"
		    "=--format|google-authenticator oath csv\n"
		    "=--pam|sshd sudo login\n",
	    stdout);
	for (int pass = 0; pass < 2; pass++) {
		(void)printf("=%s|", pass == 0 ? "get" : "set");
		for (unsigned id = 0; id < SETTING_COUNT; id++)
			(void)printf("%s ", policy_setting((enum setting_id)id)->key);
		(void)fputc('\n', stdout);
	}
}

int
cli_complete(const char *shell)
{
	for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
		if (strcmp(shells[i].name, shell) != 0)
			continue;
		(void)fputs(shells[i].begins, stdout);
		complete_values();
		for (const struct cli_command *command = commands; command->words != NULL;
		     command++)
			complete_command(command);
		(void)fputs(shells[i].ends, stdout);
		return say_flush(ERR_OK) == ERR_OK ? SAY_DONE : SAY_FAILED;
	}
	return say_usage(N_("Completion is made for bash and zsh alone"), shell, "");
}
