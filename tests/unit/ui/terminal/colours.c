/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is painted can be read: contrasts, computed from the palettes (WCAG 2, 1.4.3). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/terminal/colours.h"

static const enum style roles[] = { STYLE_BAR, STYLE_FOCUS, STYLE_ERROR, STYLE_DIM };

enum { ROLES = sizeof roles / sizeof *roles };

/* Black, white, and both solarized grounds. */
static const int grounds[] = { 0x000000, 0xffffff, 0x002b36, 0xfdf6e3 };

/* xterm's first sixteen colours (XTerm-col.ad), and the Linux console's. */
static const int palette[2][16] = {
	{ 0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
	    0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff },
	{ 0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa, 0x555555,
	    0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff },
};

/* The value of a number: by value, of xterm's cube and greys, or of one of the two palettes. */
static int
value(enum colours colours, int number, int of)
{
	static const int level[] = { 0, 95, 135, 175, 215, 255 };

	if (colours == COLOURS_DIRECT) {
		assert_in_range(number, 256, 0xffffff); /* below are palettes */
		return number;
	}
	if (colours != COLOURS_256) {
		assert_in_range(number, 0, colours == COLOURS_16 ? 15 : 7);
		return palette[of][number];
	}
	assert_in_range(number, 16, 255); /* below, themes redefine them */
	if (number >= 232)
		return (8 + 10 * (number - 232)) * 0x010101;
	number -= 16;
	return level[number / 36] << 16 | level[number / 6 % 6] << 8 | level[number % 6];
}

static double
linear(int part)
{
	double c = part / 255.0;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(int rgb)
{
	return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) +
	    0.0722 * linear(rgb & 0xff);
}

static double
contrast(int a, int b)
{
	double one = luminance(a) + 0.05, other = luminance(b) + 0.05;

	return one > other ? one / other : other / one;
}

static void
contrast_is_that_of_wcag(void **state)
{
	(void)state;
	assert_true(fabs(contrast(0x000000, 0xffffff) - 21) < 0.001);
	assert_true(fabs(contrast(0x767676, 0xffffff) - 4.54) < 0.01);
	assert_true(fabs(contrast(0xffffff, 0xff0000) - 4.00) < 0.01);
}

/* A role that has a colour has both: then what is behind it does not matter to its text, and it
 * stands off from each ground. What has none is in the terminal's own colours. */
static void
every_role_can_be_read(void **state)
{
	(void)state;
	for (int colours = COLOURS_NONE; colours < COLOURS_COUNT; colours++)
		for (int i = 0; i < ROLES; i++)
			for (int of = 0; of < 2; of++) {
				enum colours now = (enum colours)colours;
				struct colours_look look = colours_look(now, roles[i], false);
				if (!look.coloured)
					continue;
				int ink = value(now, look.ink, of);
				int ground = value(now, look.ground, of);
				assert_true(contrast(ink, ground) >= 4.5);
				assert_false(look.effects & COLOURS_REVERSE);
				for (size_t g = 0; g < sizeof grounds / sizeof *grounds; g++)
					assert_true(contrast(ground, grounds[g]) >= 2.5);
			}
}

/* No single ink would do: why the accent brings its ground, and what is dim has no colour. */
static void
no_ink_does_on_all_grounds(void **state)
{
	(void)state;
	for (int grey = 0; grey < 256; grey++) {
		double least = 21;
		for (size_t g = 0; g < sizeof grounds / sizeof *grounds; g++)
			least = fmin(least, contrast(grey * 0x010101, grounds[g]));
		assert_true(least < 4.5);
	}
}

/* Bar, accent and wrong look unlike each other and unlike plain text, and with few colours too. */
static void
roles_are_told_apart(void **state)
{
	(void)state;
	for (int colours = COLOURS_NONE; colours < COLOURS_COUNT; colours++)
		for (int i = 0; i < ROLES; i++)
			for (int j = 0; j < i; j++) {
				struct colours_look a = colours_look((enum colours)colours,
				    roles[i], false);
				struct colours_look b = colours_look((enum colours)colours,
				    roles[j], false);
				assert_true(a.effects != b.effects || a.coloured != b.coloured ||
				    a.ground != b.ground);
			}
}

static void
few_colours_are_as_themes_want_them(void **state)
{
	(void)state;
	for (int colours = COLOURS_NONE; colours <= COLOURS_16; colours++)
		for (int i = 0; i < ROLES; i++)
			assert_false(colours_look((enum colours)colours, roles[i], false).coloured);
}

/* The QR code alone has colours then: black and white, and of these the same two both ways. */
static void
no_color(void **state)
{
	(void)state;
	for (int colours = COLOURS_NONE; colours < COLOURS_COUNT; colours++)
		for (int style = STYLE_PLAIN; style < STYLE_COUNT; style++) {
			bool qr = style == STYLE_QR_LIGHT || style == STYLE_QR_DARK;
			struct colours_look look = colours_look((enum colours)colours,
			    (enum style)style, true);
			assert_int_equal(look.coloured, qr && colours != COLOURS_NONE);
		}
}

static void
the_qr_code_is_black_on_white(void **state)
{
	(void)state;
	for (int colours = COLOURS_8; colours < COLOURS_COUNT; colours++)
		for (int of = 0; of < 2; of++) {
			enum colours now = (enum colours)colours;
			struct colours_look light = colours_look(now, STYLE_QR_LIGHT, false);
			struct colours_look dark = colours_look(now, STYLE_QR_DARK, false);
			int black = value(now, dark.ground, of);
			int white = value(now, light.ground, of);
			assert_true(light.ink == dark.ground && dark.ink == light.ground);
			assert_true(light.effects == 0 && dark.effects == 0);
			assert_true(black <= 0x010101);
			assert_true(contrast(black, white) >= (colours == COLOURS_8 ? 9 : 20));
		}
}

static void
its_own_colours_are_no_colours(void **state)
{
	(void)state;
	for (int colours = COLOURS_NONE; colours < COLOURS_COUNT; colours++) {
		enum colours now = (enum colours)colours;
		struct colours_look light = colours_look(now, STYLE_QR_OWN_LIGHT, false);
		struct colours_look dark = colours_look(now, STYLE_QR_OWN_DARK, false);
		assert_true(!light.coloured && light.effects == COLOURS_REVERSE);
		assert_true(!dark.coloured && dark.effects == 0);
	}
}

static void
how_many(void **state)
{
	(void)state;
	assert_int_equal(colours_of(0, false), COLOURS_NONE);
	assert_int_equal(colours_of(-1, true), COLOURS_NONE);
	assert_int_equal(colours_of(8, false), COLOURS_8);
	assert_int_equal(colours_of(16, false), COLOURS_16);
	assert_int_equal(colours_of(88, false), COLOURS_16);
	assert_int_equal(colours_of(256, false), COLOURS_256);
	assert_int_equal(colours_of(256, true), COLOURS_256);
	assert_int_equal(colours_of(1 << 24, true), COLOURS_DIRECT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contrast_is_that_of_wcag),
		cmocka_unit_test(every_role_can_be_read),
		cmocka_unit_test(no_ink_does_on_all_grounds),
		cmocka_unit_test(roles_are_told_apart),
		cmocka_unit_test(few_colours_are_as_themes_want_them),
		cmocka_unit_test(no_color),
		cmocka_unit_test(the_qr_code_is_black_on_white),
		cmocka_unit_test(its_own_colours_are_no_colours),
		cmocka_unit_test(how_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
