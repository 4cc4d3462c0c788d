/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keyboards send, and what it means: whole, and in two pieces at every byte. */
#include "decoded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct row {
	const char *bytes, *want;
};

/* Pauses of a line that is slow, in ms. */
static const int pauses[] = { 0, 20, 99, 500, 990 };

enum { PAUSES = sizeof pauses / sizeof pauses[0] };

/* An ESC alone is a key after 100 ms, and after 20 if another follows: there the pause is shorter.
 */
static int
bearable(const struct decoded *line, int pause, char next)
{
	int most = next == '\033' ? 20 : 99;

	return pause > most && decoded_hurried(line) ? most : pause;
}

/* The same in two pieces. */
static void
in_two_pieces(const struct row *row, size_t at, int pause)
{
	struct decoded line;

	decoded_open(&line);
	decoded_send(&line, row->bytes, at);
	decoded_wait(&line, bearable(&line, pause, row->bytes[at]));
	decoded_send(&line, row->bytes + at, strlen(row->bytes) - at);
	decoded_wait(&line, 5000);
	if (strcmp(line.text, row->want) != 0)
		print_message("in two pieces at %zu, after %d ms:\n", at, pause);
	assert_string_equal(line.text, row->want);
}

static void
mean(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(decoded(rows[i].bytes), rows[i].want);
		for (size_t at = 1; at < strlen(rows[i].bytes); at++)
			for (size_t j = 0; j < PAUSES; j++)
				in_two_pieces(&rows[i], at, pauses[j]);
	}
}

#define MEAN(rows) mean(rows, sizeof rows / sizeof *rows)

static void
plain_keys(void **state)
{
	static const struct row rows[] = { { "aB3", "aB3" }, { "\r", "<Enter>" },
		{ "\n", "<Enter>" }, { "\t", "<Tab>" }, { "\x7f", "<Backspace>" },
		{ "\b", "<Backspace>" }, { "\x01\x05", "<Home><End>" },
		{ "\x03\x04\x0c", "<^C><^D><^L>" }, { "\x0b\x15\x17", "<^K><^U><^W>" },
		{ "\x1a\x1c", "" }, { "\x1b", "<Esc>" }, { "\x1b\x1b", "<Esc><Esc>" },
		{ "\x1b\x1b\x1b", "<Esc><Esc><Esc>" } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(decoded(rows[i].bytes), rows[i].want);
}

static void
cursor_keys(void **state)
{
	static const struct row rows[] = { { "\033[A\033[B\033[C\033[D",
					       "<Up><Down><Right><Left>" },
		{ "\033OA\033OB\033OC\033OD", "<Up><Down><Right><Left>" },
		{ "\033[H\033OH\033[1~\033[7~", "<Home><Home><Home><Home>" },
		{ "\033[F\033OF\033[4~\033[8~", "<End><End><End><End>" },
		{ "\033[3~\033[5~\033[6~", "<Delete><PageUp><PageDown>" },
		{ "\033[Z", "<Backtab>" }, { "\033[2~\033[E\033OE", "" } };

	(void)state;
	MEAN(rows);
}

static void
function_keys(void **state)
{
	static const struct row rows[] = { { "\033OP", "<F1>" }, { "\033[11~", "<F1>" },
		{ "\033[[A", "<F1>" }, { "\033[P", "<F1>" }, { "\033[1;2P", "<F1>" },
		{ "\033OQ\033OR\033OS", "" }, { "\033[12~\033[24~\033[34~", "" },
		{ "a\033[[B\033[[C\033[[D\033[[Eb", "ab" }, { "\033[1;2Q\033[1;5S", "" },
		{ "\033[23$\033[24^\033[24@", "" } };

	(void)state;
	MEAN(rows);
}

/* xterm's, rxvt's, and those that leave the first number out. */
static void
held_modifiers(void **state)
{
	static const struct row rows[] = { { "\033[1;5D\033[1;5C", "<Alt-b><Alt-f>" },
		{ "\033[1;3D\033[1;3C", "<Alt-b><Alt-f>" },
		{ "\033[1;2D\033[1;2C", "<Left><Right>" }, { "\033[1;5A\033[1;2B", "<Up><Down>" },
		{ "\033[5D\033O5C", "<Alt-b><Alt-f>" }, { "\033O1;5D", "<Alt-b>" },
		{ "\033Od\033Oc\033Oa", "<Alt-b><Alt-f><Up>" },
		{ "\033[d\033[c\033[a", "<Left><Right><Up>" },
		{ "\033\033[D\033\033OC", "<Alt-b><Alt-f>" }, { "\033[3;5~", "<Alt-d>" },
		{ "\033[3^\033[3$", "<Alt-d><Delete>" }, { "\033[1;5H\033[5;2~", "<Home><PageUp>" },
		{ "\033[1;129A", "<Up>" } };

	(void)state;
	MEAN(rows);
}

/* In application mode (DEC's VT100 User Guide, table 3-8): PuTTY's, rxvt's, xterm's. */
static void
number_pad(void **state)
{
	static const struct row rows[] = { { "\033Op\033Oq\033Or\033Os\033Ot", "01234" },
		{ "\033Ou\033Ov\033Ow\033Ox\033Oy", "56789" }, { "\033OM", "<Enter>" },
		{ "\033Ok\033Om\033Oj\033Oo\033OX", "+-*/=" }, { "\033On\033Ol", ".," },
		{ "\033OI\033O ", "<Tab> " } };

	(void)state;
	MEAN(rows);
}

static void
alt(void **state)
{
	static const struct row rows[] = { { "\033b\033f\033d", "<Alt-b><Alt-f><Alt-d>" },
		{ "\033\x7f", "<^W>" }, { "\033\b", "<^W>" }, { "\033\t", "<Backtab>" },
		{ "\033\x03", "<^C>" }, { "a\033xb", "ab" }, { "\033Q\0331\033q", "" },
		{ "\033\r", "" }, { "\033\xc3\xa9", "" }, { "\033\xe6\x97\xa5x", "x" },
		{ "\033\xf0\x9f\x98\x80", "" }, { "\033\xff", "" }, { "\033\033x", "<Esc>" },
		{ "\033\033b", "<Esc><Alt-b>" }, { "\033\033[11~", "<F1>" },
		{ "\033\033[15~\033\033OQ", "" } };

	(void)state;
	MEAN(rows);
	/* Brackets and the like begin more; alone they are Alt and a key. */
	assert_string_equal(decoded("\033["), "");
	assert_string_equal(decoded("\033]"), "");
	assert_string_equal(decoded("\033O"), "");
	assert_string_equal(decoded("\033."), "");
}

/* As quick as a hand can be. */
static void
esc_and_then_another(void **state)
{
	struct decoded line;

	(void)state;
	decoded_open(&line);
	decoded_send(&line, "\033", 1);
	decoded_wait(&line, 30);
	decoded_send(&line, "\033[B", 3);
	assert_string_equal(decoded_take(&line), "<Esc><Down>");
}

/* CSI u (fixterms), as xterm with formatOtherKeys, and programs left on, send it. */
static void
csi_u(void **state)
{
	static const struct row rows[] = { { "\033[99;5u", "<^C>" }, { "\033[67;6u", "<^C>" },
		{ "\033[27u\033[27;1u", "<Esc><Esc>" }, { "\033[117;5u\033[119;5u", "<^U><^W>" },
		{ "\033[100;5u\033[108;5u\033[107;5u", "<^D><^L><^K>" },
		{ "\033[9u\033[9;2u\033[13u", "<Tab><Backtab><Enter>" },
		{ "\033[13;2u\033[127u\033[127;5u", "<Enter><Backspace><^W>" },
		{ "\033[97u\033[65u\033[97;2u", "aAA" },
		{ "\033[49u\033[233u\033[32u", "1\xc3\xa9 " },
		{ "\033[98;3u\033[102;3u\033[100;3u", "<Alt-b><Alt-f><Alt-d>" },
		{ "\033[127;3u", "<^W>" }, { "\033[120;3u", "" }, { "\033[118;9u", "" },
		{ "\033[13;3u\033[27;3u", "" }, { "\033[105;5u\033[109;5u", "<Tab><Enter>" },
		{ "\033[122;5u", "" }, { "\033[u\033[0u", "" }, { "\033[155u", "" },
		{ "\033[55296u\033[1114112u\033[99999999999u", "" } };

	(void)state;
	MEAN(rows);
}

/* The kitty keyboard protocol: lock keys, releases, other keyboards, text, the number pad. */
static void
kitty(void **state)
{
	static const struct row rows[] = { { "\033[97;1:1u\033[97;1:3u", "a" },
		{ "\033[97;1:2u", "a" }, { "\033[27;1:3u\033[99;5:3u", "" }, { "\033[1;1:3A", "" },
		{ "\033[1;1:1A\033[3;1:3~", "<Up>" }, { "\033[97;65u\033[97;66u", "Aa" },
		{ "\033[97;129u", "a" }, { "\033[49:33;2u", "!" }, { "\033[97:65;2;65u", "A" },
		{ "\033[113::97;1;97u", "a" }, { "\033[1089::99;5u", "<^C>" },
		{ "\033[57399u\033[57408;129u", "09" },
		{ "\033[57414u\033[57426u", "<Enter><Delete>" },
		{ "\033[57417u\033[57424u", "<Left><End>" }, { "\033[57358u\033[57441;2u", "" },
		{ "\033[13;5u", "<Enter>" } };

	(void)state;
	MEAN(rows);
}

/* xterm's modifyOtherKeys. */
static void
other_keys(void **state)
{
	static const struct row rows[] = { { "\033[27;5;99~", "<^C>" },
		{ "\033[27;5;117~", "<^U>" }, { "\033[27;2;13~", "<Enter>" },
		{ "\033[27;2;9~", "<Backtab>" }, { "\033[27;5;9~", "<Tab>" },
		{ "\033[27;1;27~", "<Esc>" }, { "\033[27;2;65~\033[27;2;33~", "A!" },
		{ "\033[27;3;98~", "<Alt-b>" }, { "\033[27;3;127~", "<^W>" },
		{ "\033[27;3;120~\033[27;5;49~", "" }, { "\033[27;6;68~", "<^D>" } };

	(void)state;
	MEAN(rows);
}

/* SCO's F1, VT52's arrows. */
static void
keys_that_terminfo_knows(void **state)
{
	static const struct decoder_key keys[] = { { "\033[M", 3, KEY_HELP_ },
		{ "\033A", 2, KEY_UP_ } };
	struct decoded line;

	(void)state;
	decoded_open(&line);
	line.decoder.keys = keys;
	line.decoder.key_count = 2;
	line.decoder.sequence.no_mouse = true;
	decoded_send(&line, "\033[Mabc\033Ax\033Q\033[M", 14);
	assert_string_equal(decoded_take(&line), "<F1>abc<Up>x<F1>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(plain_keys),
		cmocka_unit_test(cursor_keys), cmocka_unit_test(function_keys),
		cmocka_unit_test(held_modifiers), cmocka_unit_test(number_pad),
		cmocka_unit_test(alt), cmocka_unit_test(esc_and_then_another),
		cmocka_unit_test(csi_u), cmocka_unit_test(kitty), cmocka_unit_test(other_keys),
		cmocka_unit_test(keys_that_terminfo_knows) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
