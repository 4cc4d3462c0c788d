/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal says of its colours, and what the QR code is drawn with then. */
#include "ui/terminal/palette.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/terminal/decoder.h"

enum { DARK = 16, LIGHT = 231 };

/* What a terminal sends, through the decoder; nothing of it is a key. */
static void
sends(struct palette *palette, const char *bytes)
{
	struct decoder decoder = { .escape = DECODER_ESCAPE_MS };
	struct event events[DECODER_EVENTS];

	for (; *bytes != '\0'; bytes++) {
		assert_int_equal(decoder_feed(&decoder, (unsigned char)*bytes, 1, events), 0);
		if (decoder.reported)
			palette_report(palette, &decoder.report);
	}
}

static struct palette
asked(int dark, int light)
{
	struct palette palette;
	char buf[PALETTE_QUESTIONS_SIZE];

	size_t length = palette_ask(&palette, dark, light, buf);

	assert_int_equal(length, strlen(buf));
	return palette;
}

/* A palette of that: #RRGGBB each, or NULL where no answer comes. */
static struct palette
of(int number, const char *dark, const char *light, const char *ink, const char *paper)
{
	const char *const colours[] = { dark, light, ink, paper };
	int other = number == PALETTE_NONE ? PALETTE_NONE : number + 1;
	struct palette palette = asked(number, other);
	char bytes[64];
	const char *c;

	for (int i = 0; i < PALETTE_COLOURS; i++) {
		if ((c = colours[i]) == NULL)
			continue;
		if (i < PALETTE_INK)
			snprintf(bytes, sizeof bytes, "\033]4;%d;rgb:%.2s/%.2s/%.2s\007",
			    number + i, c + 1, c + 3, c + 5);
		else
			snprintf(bytes, sizeof bytes, "\033]1%d;rgb:%.2s/%.2s/%.2s\033\\",
			    i - PALETTE_INK, c + 1, c + 3, c + 5);
		sends(&palette, bytes);
		assert_true(palette.known[i]);
	}
	return palette;
}

static enum palette_choice
chosen(int number, const char *dark, const char *light, const char *ink, const char *paper)
{
	struct palette palette = of(number, dark, light, ink, paper);

	return palette_choice(&palette);
}

static void
the_questions(void **state)
{
	struct palette palette;
	char buf[PALETTE_QUESTIONS_SIZE];

	(void)state;
	assert_int_equal(palette_ask(&palette, DARK, LIGHT, buf), 33);
	assert_string_equal(buf, "\033]4;16;?\007\033]4;231;?\007\033]10;?\007\033]11;?\007");
	assert_true(palette_ask(&palette, 998, 999, buf) < PALETTE_QUESTIONS_SIZE);
	palette_ask(&palette, PALETTE_NONE, PALETTE_NONE, buf);
	assert_string_equal(buf, "\033]10;?\007\033]11;?\007");
}

static double
exact(double part)
{
	return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

/* So says an answer of the paper's colour. */
static void
is_luminous(const char *bytes, double want)
{
	struct palette palette = asked(DARK, LIGHT);

	sends(&palette, bytes);
	assert_true(palette.known[PALETTE_PAPER]);
	assert_true(fabs(palette.luminance[PALETTE_PAPER] - want) < 1e-9);
}

/* Relative luminance as WCAG 2 defines it, of each grey and of each part. */
static void
luminance(void **state)
{
	char bytes[64];

	(void)state;
	for (unsigned value = 0; value < 256; value++) {
		double part = exact(value / 255.0);

		snprintf(bytes, sizeof bytes, "\033]11;rgb:%02x/0/0\007", value);
		is_luminous(bytes, part * 0.2126);
		snprintf(bytes, sizeof bytes, "\033]11;rgb:0/%02X/0\007", value);
		is_luminous(bytes, part * 0.7152);
		snprintf(bytes, sizeof bytes, "\033]11;rgb:00/0000/%02x\033\\", value);
		is_luminous(bytes, part * 0.0722);
		snprintf(bytes, sizeof bytes, "\033]11;rgb:%02x/%02x/%02x\007", value, value,
		    value);
		is_luminous(bytes, part);
	}
}

static void
forms_of_an_answer(void **state)
{
	static const char *const white[] = { "\033]4;231;rgb:f/f/f\007",
		"\033]4;231;rgb:ff/ff/ff\033\\", "\033]4;231;rgb:fff/FFF/fff\007",
		"\033]4;231;rgb:ffff/FFFF/ffff\007", "\033]4;231;rgba:ffff/ffff/ffff/0000\007",
		"\033]4;0231;rgb:f/ff/fff\007" };

	(void)state;
	for (size_t i = 0; i < sizeof white / sizeof *white; i++) {
		struct palette palette = asked(DARK, LIGHT);

		sends(&palette, white[i]);
		assert_true(palette.known[PALETTE_LIGHT]);
		assert_true(fabs(palette.luminance[PALETTE_LIGHT] - 1) < 1e-9);
		assert_false(palette.known[PALETTE_DARK] || palette.known[PALETTE_INK]);
	}
}

/* No colour, no number of ours, no end, too much: no answer, and the right one still is. */
static void
no_answers(void **state)
{
	static const char *const bad[] = { "\033]4;17;rgb:ff/ff/ff\007", "\033]4;;rgb:ff/ff/ff\007",
		"\033]4;rgb:ff/ff/ff\007", "\033]4;231\007", "\033]4;231;\007", "\033]4;231;?\007",
		"\033]4;231;rgb:\007", "\033]4;231;rgb:ff/ff\007", "\033]4;231;rgb:ff/ff/\007",
		"\033]4;231;rgb:ff/ff/ff/ff\007", "\033]4;231;rgba:ff/ff/ff\007",
		"\033]4;231;rgb:fffff/ff/ff\007", "\033]4;231;rgb:gg/ff/ff\007",
		"\033]4;231;rgb:-1/ff/ff\007", "\033]4;231;rgb:ff/ff/ff \007",
		"\033]4;231;rgb:ff;ff;ff\007", "\033]4;231;#ffffff\007",
		"\033]4;-231;rgb:f/f/f\007", "\033]4;231;white\007", "\033]5;231;rgb:ff/ff/ff\007",
		"\033]99999;231;rgb:f/f/f\007", "\033]4;4294967527;rgb:f/f/f\007",
		"\033]4;231;rgb:ff/ff/ff\030", "\033]\007", "\033P4;231;rgb:ff/ff/ff\033\\",
		"\033_4;231;rgb:ff/ff/ff\033\\", "\033[4;231c", "\033]4;231;rgb:f/f/\tf\007",
		"\033]4;231;rgb:ff/ff/ff;16;rgb:00/00/00\007",
		"\033]4;231;rgba:ffff/ffff/ffff/fffffffffffffffffffffffffffff\007" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct palette palette = asked(DARK, LIGHT);

		sends(&palette, bad[i]);
		for (int colour = 0; colour < PALETTE_COLOURS; colour++)
			assert_false(palette.known[colour]);
		sends(&palette, "\033]4;231;rgb:ff/ff/ff\007");
		assert_true(palette.known[PALETTE_LIGHT]);
	}
}

static void
huge_answers(void **state)
{
	static char bytes[1 << 20];
	struct palette palette = asked(DARK, LIGHT);
	static const char begins[] = "\033]4;231;rgb:ff/ff/ff";

	(void)state;
	memset(bytes, 'f', sizeof bytes - 1);
	memcpy(bytes, begins, sizeof begins - 1);
	sends(&palette, bytes); /* never ended */
	bytes[sizeof bytes - 2] = '\007';
	sends(&palette, bytes);
	assert_false(palette.known[PALETTE_LIGHT]);
	/* The longest that is kept, and one more byte. */
	for (size_t length = SEQUENCE_TEXT - 2; length <= SEQUENCE_TEXT + 2; length++) {
		struct sequence report = { .kind = SEQUENCE_STRING, .mark = ']' };

		memset(report.text, '0', SEQUENCE_TEXT);
		report.text_length = length;
		palette_report(&palette, &report);
		assert_false(palette.known[PALETTE_LIGHT]);
	}
}

/* The first answer holds; and what nobody asked for is none. */
static void
only_what_is_owed(void **state)
{
	struct palette palette = { { 0 }, { 0 }, { 0 }, { 0 } };
	struct palette own = asked(PALETTE_NONE, PALETTE_NONE);

	(void)state;
	sends(&palette, "\033]4;0;rgb:ff/ff/ff\007\033]10;rgb:0/0/0\007");
	assert_false(palette.known[PALETTE_DARK] || palette.known[PALETTE_INK]);
	sends(&own, "\033]4;0;rgb:ff/ff/ff\007\033]4;16;rgb:f/f/f\007");
	assert_false(own.known[PALETTE_DARK] || own.known[PALETTE_LIGHT]);
	palette = asked(DARK, LIGHT);
	sends(&palette, "\033]10;rgb:0/0/0\007\033]10;rgb:f/f/f\007");
	assert_true(palette.known[PALETTE_INK] && palette.luminance[PALETTE_INK] < 0.001);
}

static void
split_anywhere(void **state)
{
	static const char answer[] = "\033]4;231;rgb:ffff/ffff/ffff\033\\";
	struct event events[DECODER_EVENTS];

	(void)state;
	for (size_t cut = 2; cut < sizeof answer - 2; cut++) {
		struct palette palette = asked(DARK, LIGHT);
		struct decoder decoder = { .escape = DECODER_ESCAPE_MS };

		for (size_t i = 0; i < sizeof answer - 1; i++) {
			unsigned char byte = (unsigned char)answer[i];

			assert_int_equal(decoder_feed(&decoder, byte, i < cut ? 0 : 2900, events),
			    0);
		}
		assert_true(decoder.reported);
		palette_report(&palette, &decoder.report);
		assert_true(palette.known[PALETTE_LIGHT]);
	}
}

/* What is missing changes nothing, whatever the rest is. */
static void
a_missing_answer(void **state)
{
	const struct palette nothing = { { 0 }, { 0 }, { 0 }, { 0 } };
	static const char *const ground[] = { NULL, "#ffffff", "#000000" };

	(void)state;
	assert_int_equal(palette_choice(&nothing), PALETTE_USUAL);
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++) {
			const char *ink = ground[i], *paper = ground[j];

			assert_int_equal(chosen(DARK, NULL, NULL, ink, paper), PALETTE_USUAL);
			assert_int_equal(chosen(DARK, "#dc9656", NULL, ink, paper), PALETTE_USUAL);
			assert_int_equal(chosen(DARK, NULL, "#000000", ink, paper), PALETTE_USUAL);
		}
	assert_int_equal(chosen(PALETTE_NONE, NULL, NULL, NULL, "#ffffff"), PALETTE_USUAL);
	assert_int_equal(chosen(PALETTE_NONE, NULL, NULL, "#000000", NULL), PALETTE_USUAL);
	/* Without the terminal's own: turned, if that helps, and theirs only if nothing else does.
	 */
	assert_int_equal(chosen(0, "#f0f0e8", "#181820", NULL, NULL), PALETTE_TURNED);
	assert_int_equal(chosen(0, "#a0a0a0", "#404040", NULL, "#ffffff"), PALETTE_TURNED);
	assert_int_equal(chosen(0, "#404040", "#a0a0a0", NULL, NULL), PALETTE_USUAL);
	assert_int_equal(chosen(DARK, "#dc9656", "#dc9656", NULL, NULL), PALETTE_OWN);
}

static void
themes(void **state)
{
	static const struct {
		int number;
		const char *dark, *light, *ink, *paper;
		enum palette_choice choice;
	} rows[] = {
		{ DARK, "#000000", "#ffffff", "#000000", "#ffffff", PALETTE_USUAL },
		{ DARK, "#000000", "#ffffff", "#ffffff", "#000000", PALETTE_USUAL },
		{ DARK, "#ffffff", "#000000", "#ffffff", "#000000", PALETTE_TURNED },
		{ DARK, "#dc9656", "#dc9656", "#ffffff", "#000000", PALETTE_OWN },
		{ DARK, "#dc9656", "#dc9656", "#383838", "#f8f8f8", PALETTE_OWN_TURNED },
		/* solarized, dracula, gruvbox: 0 on 7 can be read */
		{ 0, "#073642", "#eee8d5", "#839496", "#002b36", PALETTE_USUAL },
		{ 0, "#21222c", "#f8f8f2", "#f8f8f2", "#282a36", PALETTE_USUAL },
		{ 0, "#282828", "#a89984", "#ebdbb2", "#282828", PALETTE_USUAL },
		/* base16 light; 0 and 7 swapped */
		{ 0, "#f8f8f8", "#383838", "#383838", "#f8f8f8", PALETTE_TURNED },
		{ 0, "#f0f0e8", "#181820", "#ffffff", "#000000", PALETTE_TURNED },
		/* little contrast: the better two, whichever these are */
		{ 0, "#303030", "#707070", "#c0c0c0", "#101010", PALETTE_OWN },
		{ 0, "#303030", "#707070", "#505050", "#404040", PALETTE_USUAL },
		{ 0, "#707070", "#303030", "#505050", "#404040", PALETTE_TURNED },
		{ 0, "#808080", "#808080", "#808080", "#808080", PALETTE_USUAL },
		/* no colours: reverse video, as the paper is */
		{ PALETTE_NONE, NULL, NULL, "#ffffff", "#000000", PALETTE_USUAL },
		{ PALETTE_NONE, NULL, NULL, "#657b83", "#fdf6e3", PALETTE_TURNED },
		{ PALETTE_NONE, NULL, NULL, "#808080", "#808080", PALETTE_USUAL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(chosen(rows[i].number, rows[i].dark, rows[i].light, rows[i].ink,
				     rows[i].paper),
		    rows[i].choice);
}

/*
 * Whatever a terminal told, `v` comes past each of: the usual two, one way, and the other way or
 * the terminal's own; and dark and light are never the same.
 */
static void
the_styles(void **state)
{
	(void)state;
	for (int i = 0; i < PALETTE_CHOICES; i++) {
		enum palette_choice choice = (enum palette_choice)i;
		enum style light = palette_style(choice, STYLE_QR_LIGHT);
		enum style dark = palette_style(choice, STYLE_QR_DARK);
		enum style other = palette_style(choice, STYLE_QR_OWN_LIGHT);
		bool own = choice == PALETTE_OWN || choice == PALETTE_OWN_TURNED;

		assert_int_equal(light == STYLE_QR_OWN_LIGHT || light == STYLE_QR_OWN_DARK, own);
		assert_int_equal(dark == STYLE_QR_OWN_LIGHT || dark == STYLE_QR_OWN_DARK, own);
		assert_true(light != dark);
		assert_int_equal(other, own ? STYLE_QR_LIGHT : STYLE_QR_OWN_LIGHT);
		assert_int_equal(palette_style(choice, STYLE_QR_OWN_DARK),
		    own ? STYLE_QR_DARK : STYLE_QR_OWN_DARK);
		for (int style = STYLE_PLAIN; style < STYLE_QR_LIGHT; style++)
			assert_int_equal(palette_style(choice, (enum style)style), style);
	}
	assert_int_equal(palette_style(PALETTE_USUAL, STYLE_QR_LIGHT), STYLE_QR_LIGHT);
	assert_int_equal(palette_style(PALETTE_TURNED, STYLE_QR_LIGHT), STYLE_QR_DARK);
	assert_int_equal(palette_style(PALETTE_OWN, STYLE_QR_LIGHT), STYLE_QR_OWN_LIGHT);
	assert_int_equal(palette_style(PALETTE_OWN_TURNED, STYLE_QR_LIGHT), STYLE_QR_OWN_DARK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_questions),
		cmocka_unit_test(luminance), cmocka_unit_test(forms_of_an_answer),
		cmocka_unit_test(no_answers), cmocka_unit_test(huge_answers),
		cmocka_unit_test(only_what_is_owed), cmocka_unit_test(split_anywhere),
		cmocka_unit_test(a_missing_answer), cmocka_unit_test(themes),
		cmocka_unit_test(the_styles) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
