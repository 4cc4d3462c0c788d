/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of OSC 52, as they were measured to work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/terminal/clipboard.h"

#define PLAIN "\033]52;c;Zm9vYmE=\a"
#define TMUX "\033Ptmux;\033\033]52;c;Zm9vYmE=\a\033\\"
#define SCREEN "\033P\033]52;c;Zm9vYmE=\a\033\\"

static void
where(void **state)
{
	static const struct {
		const char *tmux, *sty, *term, *want;
	} row[] = {
		{ NULL, NULL, NULL, PLAIN },
		{ NULL, NULL, "xterm-256color", PLAIN },
		{ "", "", "", PLAIN },
		{ "/tmp/tmux-0/default,1,0", NULL, "tmux-256color", PLAIN TMUX },
		{ "/tmp/tmux-0/default,1,0", NULL, "screen-256color", PLAIN TMUX },
		{ NULL, NULL, "tmux-256color", PLAIN TMUX },
		{ NULL, "1.pts-0.host", "screen", SCREEN },
		{ NULL, "1.pts-0.host", "xterm", SCREEN },
		{ NULL, NULL, "screen.xterm-256color", PLAIN SCREEN },
		{ "x", "1.pts-0.host", "screen", PLAIN TMUX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char buf[CLIPBOARD_MAX];
		size_t length = 0;
		assert_int_equal(clipboard_bytes("fooba", row[i].tmux, row[i].sty, row[i].term, buf,
				     sizeof buf, &length),
		    ERR_OK);
		assert_int_equal(length, strlen(row[i].want));
		assert_memory_equal(buf, row[i].want, length);
	}
}

/* RFC 4648 10, and bytes above ASCII. */
static void
base64(void **state)
{
	static const struct {
		const char *text, *want;
	} row[] = {
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
		{ " ", "IA==" },
		{ "\xff\xfe\xfb", "//77" },
		{ "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
		    "SkJTV1kzRFBFSFBLM1BYUEpCU1dZM0RQRUhQSzNQWFA=" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char buf[CLIPBOARD_MAX];
		size_t length = 0;
		assert_int_equal(clipboard_bytes(row[i].text, NULL, NULL, "xterm", buf, sizeof buf,
				     &length),
		    ERR_OK);
		assert_int_equal(length, strlen(row[i].want) + 8);
		assert_memory_equal(buf + 7, row[i].want, length - 8);
	}
}

static void
limits(void **state)
{
	char text[258] = "";
	char buf[CLIPBOARD_MAX];
	size_t length = 77;

	(void)state;
	assert_int_equal(clipboard_bytes("", NULL, NULL, NULL, buf, sizeof buf, &length),
	    ERR_FIELD_EMPTY);
	memset(text, 'x', 257);
	assert_int_equal(clipboard_bytes(text, NULL, NULL, NULL, buf, sizeof buf, &length),
	    ERR_FIELD_LONG);
	assert_int_equal(length, 77);
	text[256] = '\0';
	assert_int_equal(clipboard_bytes(text, "tmux", NULL, NULL, buf, sizeof buf, &length),
	    ERR_OK);
	assert_true(length < CLIPBOARD_MAX);
	/* a buffer that is too small holds nothing afterwards */
	memset(buf, 1, sizeof buf);
	length = 77;
	assert_int_equal(clipboard_bytes("foobar", NULL, NULL, NULL, buf, 15, &length),
	    ERR_FIELD_LONG);
	assert_int_equal(length, 77);
	for (size_t i = 0; i < 15; i++)
		assert_int_equal(buf[i], 0);
	assert_int_equal(buf[15], 1);
	assert_int_equal(clipboard_bytes("foobar", NULL, NULL, NULL, buf, 17, &length), ERR_OK);
	assert_int_equal(length, 16);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where),
		cmocka_unit_test(base64),
		cmocka_unit_test(limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
