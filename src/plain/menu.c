/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain/menu.h"

#include <stdio.h>
#include <string.h>

#include "core/words.h"

static void
tell_rows(struct plain *plain, const struct menu_row *rows, int count)
{
	for (int i = 0; i < count; i++)
		if (rows[i].text[0] != '\0')
			conv_tellf(&plain->conv, CONV_TEXT, _("%d %s: %s"), i + 1, rows[i].label,
			    rows[i].text);
		else
			conv_tellf(&plain->conv, CONV_TEXT, "%d %s", i + 1, rows[i].label);
}

/* The row of a number; count: none. */
static int
row_of_number(const char *answer, int count)
{
	int number = 0;

	for (size_t i = 0; answer[i] != '\0'; i++) {
		if (answer[i] < '0' || answer[i] > '9' || number > count)
			return count;
		number = 10 * number + (answer[i] - '0');
	}
	return number >= 1 && number <= count ? number - 1 : count;
}

static void
put_help(const char *back, char *buf, size_t size)
{
	char line[256] = "";

	if (back != NULL)
		(void)snprintf(line, sizeof line, _("%c: %s"), 'b', _(back));
	(void)snprintf(buf, size, "%s%s%s",
	    _("The number of one of the lines above: it is opened, or done."),
	    back != NULL ? "\n" : "", line);
}

enum err
menu_ask(struct plain *plain, const struct menu_row *rows, int count, const char *back,
    int *ret_choice)
{
	char answer[CONV_ANSWER_SIZE], help[CONV_TEXT_SIZE];
	struct conv_question question = { .prompt = _("Number"), .help = help };
	enum err err;
	int choice;

	put_help(back, help, sizeof help);
	tell_rows(plain, rows, count);
	for (;;) {
		err = conv_question(&plain->conv, &question, answer);
		if (err != ERR_OK)
			break;
		choice = row_of_number(answer, count);
		if (back != NULL && (strcmp(answer, "b") == 0 || strcmp(answer, "B") == 0))
			choice = MENU_BACK;
		if (choice < count) {
			*ret_choice = choice;
			break;
		}
		conv_tell(&plain->conv, CONV_WRONG,
		    _("There is no such number. Type one of those above, or ? for help."));
	}
	secret_wipe(answer, sizeof answer);
	return err;
}
