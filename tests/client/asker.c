/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * asker STATE NAME PASSWORD-FILE
 *
 * A Super Administrator without screens, who sees no news: signs in with the password, and then
 * does what it reads, a request a line, and prints each verdict by its name. code CODE the second
 * door view                                        also prints how many people, how many with 2FA,
 * and the box change KEY VALUE PEOPLE WITH BEFORE CODE    a setting, resting on what was seen; "-"
 * is an empty word
 */
#include "at_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 8, LINE_SIZE = 4096 };

static int line;
static struct wire_request request;
static struct wire_reply reply;

static const char *
text(const char *word)
{
	return strcmp(word, "-") == 0 ? "" : word;
}

static void
do_code(char **word)
{
	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, word[1]);
	(void)printf("%s\n", client_err_name(at_home_ask(line, &request, &reply)));
}

static void
do_view(char **word)
{
	const struct wire_settings_view_reply *view = &reply.u.settings_view;
	enum err err;

	(void)word;
	wire_request_init(&request, WIRE_SETTINGS_VIEW);
	err = at_home_ask(line, &request, &reply);
	(void)printf("%s %u %u %s\n", client_err_name(err), view->people, view->with_2fa,
	    view->value[SETTING_REQUIRE_2FA]);
}

static void
do_change(char **word)
{
	struct wire_setting_change_request *change = &request.u.setting_change;
	struct wire_edit *edit = &change->edit[0];
	enum setting_id id;

	if (policy_find(word[1], &id) != ERR_OK)
		client_die("There is no such setting.");
	wire_request_init(&request, WIRE_SETTING_CHANGE);
	change->count = 1;
	edit->id = (uint32_t)id;
	wire_put(edit->value, sizeof edit->value, text(word[2]));
	change->people = (uint32_t)strtoul(word[3], NULL, 10);
	change->with_2fa = (uint32_t)strtoul(word[4], NULL, 10);
	wire_put(edit->seen, sizeof edit->seen, text(word[5]));
	wire_put(change->proof.code, sizeof change->proof.code, text(word[6]));
	(void)printf("%s\n", client_err_name(at_home_ask(line, &request, &reply)));
}

static const struct {
	const char *word;
	int count;
	void (*run)(char **word);
} commands[] = {
	{ "code", 2, do_code },
	{ "view", 1, do_view },
	{ "change", 7, do_change },
};

static void
obey(char *typed)
{
	char *word[WORDS] = { NULL };
	int count = 0;

	typed[strcspn(typed, "\n")] = '\0';
	while (count < WORDS && (word[count] = strsep(&typed, " ")) != NULL)
		count++;
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].word, word[0]) == 0 && commands[i].count == count) {
			commands[i].run(word);
			return;
		}
	client_die("That is no command.");
}

int
main(int argc, char **argv)
{
	char password[TEXT_PASSWORD_SIZE], typed[LINE_SIZE];

	if (argc != 4)
		client_die("Usage: asker STATE NAME PASSWORD-FILE");
	client_line(argv[3], password, sizeof password);
	line = client_open(argv[1], WIRE_PERSON);
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	(void)printf("%s\n", client_err_name(at_home_password(line, argv[2], password, &reply)));
	while (fgets(typed, sizeof typed, stdin) != NULL)
		obey(typed);
	return EXIT_SUCCESS;
}
