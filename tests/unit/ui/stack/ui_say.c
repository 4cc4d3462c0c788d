/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of the clipboard and of the type of terminal: what is known, and no more. */
#include "ui_stage.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/terminal/terminal_inside.h"

static void
copying(void **state)
{
	struct ui *ui = *state;

	ui_copy(ui, "KEY");
	assert_non_null(strstr(ui->message, "Sent to your terminal. If nothing pastes"));
	ui->terminal->osc52 = true;
	ui_copy(ui, "KEY");
	assert_string_equal(ui->message, "Copied.");
}

static void
clearing(void **state)
{
	struct ui *ui = *state;

	ui_copy_blank(ui);
	assert_string_equal(ui->message,
	    "A blank was sent. If what you copied still pastes, copy something else.");
	ui->terminal->osc52 = true;
	ui_copy_blank(ui);
	assert_string_equal(ui->message, "The clipboard was overwritten with one blank.");
	/* Whatever the terminal around it takes, tmux has buffers of its own. */
	ui->terminal->tmux = true;
	ui_copy_blank(ui);
	assert_non_null(strstr(ui->message, "tmux delete-buffer"));
}

static void
types(void **state)
{
	static const struct {
		const char *term, *treated_as, *want;
	} row[] = { { "xterm", NULL, "" },
		{ "xterm-foo", "xterm-256color",
		    "This host does not know the terminal type xterm-foo; it is treated as "
		    "xterm-256color." },
		{ "", "vt100", "TERM is empty, so your terminal is treated as vt100." },
		{ NULL, "vt100", "TERM is empty, so your terminal is treated as vt100." },
		{ "a\033]b\xff", "vt100",
		    "This host does not know the terminal type a?]b?; it is treated as vt100." } };
	char longest[1000];
	struct ui *ui = *state;

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		unsetenv("TERM");
		if (row[i].term != NULL)
			assert_int_equal(setenv("TERM", row[i].term, 1), 0);
		ui->terminal->treated_as = row[i].treated_as;
		ui_say_text(ui, STYLE_PLAIN, "");
		ui_say_type(ui);
		assert_string_equal(ui->message, row[i].want);
	}
	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	assert_int_equal(setenv("TERM", longest, 1), 0);
	ui_say_type(ui);
	assert_non_null(strstr(ui->message, "...; it is treated as vt100."));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { WITH_UI(copying), WITH_UI(clearing), WITH_UI(types) };

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	unsetenv("TMUX");
	unsetenv("STY");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
