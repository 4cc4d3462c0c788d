/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planning and drawing the QR code: at every size, for every drawing, nothing is ever cropped or
 * changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <qrencode.h>

#include "ui/widget/qr.h"

#define KEY "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

static const char uri[] = "otpauth://totp/ProVconnect:alice?secret=" KEY "&issuer=ProVconnect";
static const char uri_short[] = "otpauth://totp/alice?secret=" KEY "&issuer=ProVconnect";

/* With an account of that many letters the whole URI is of one version more than the short one. */
static const char uri_long[] =
    "otpauth://totp/The%20Operators%20Console:claire.of.the.second.line@example.org?secret=" KEY
    "&issuer=The%20Operators%20Console";
static const char uri_long_short[] =
    "otpauth://totp/claire.of.the.second.line@example.org?secret=" KEY
    "&issuer=The%20Operators%20Console";

static struct qr *
make(const char *whole, const char *brief)
{
	struct qr *qr = NULL;

	assert_int_equal(qr_new(whole, brief, &qr), ERR_OK);
	assert_non_null(qr);
	return qr;
}

/* The size of DESIGN 5.4: version 5, quiet zone 2, 41 columns and 21 rows, in what 80x24 leaves. */
static void
size_at_80x24(void **state)
{
	(void)state;
	struct qr *qr = make(uri, uri_short);
	struct qr_plan plan = qr_plan(qr, 43, 22, QR_HALF, true);

	assert_true(plan.fits);
	assert_false(plan.is_short);
	assert_int_equal(plan.modules, 37);
	assert_int_equal(plan.quiet, 2);
	assert_int_equal(plan.columns, 41);
	assert_int_equal(plan.rows, 21);
	qr_free(qr);
}

static void
size_at_60x20(void **state)
{
	(void)state;
	struct qr *qr = make(uri, uri_short);
	struct qr_plan plan = qr_plan(qr, 39, 20, QR_HALF, true);

	assert_true(plan.fits);
	assert_int_equal(plan.quiet, 1);
	assert_int_equal(plan.columns, 39);
	assert_int_equal(plan.rows, 20);
	qr_free(qr);
}

/* Quiet zone 4, 2, 1, then the short URI, then none; each as soon as, and no sooner than, it fits.
 */
static void
ladder(void **state)
{
	static const struct {
		int columns, rows, quiet;
		bool is_short;
	} rung[] = {
		{ 49, 25, 4, false },
		{ 49, 24, 2, false },
		{ 48, 25, 2, false },
		{ 45, 23, 2, false },
		{ 45, 22, 1, false },
		{ 43, 22, 1, false },
		{ 43, 21, 4, true },
		{ 42, 22, 4, true },
		{ 41, 21, 4, true },
		{ 41, 20, 2, true },
		{ 40, 22, 2, true },
		{ 37, 19, 2, true },
		{ 36, 19, 1, true },
		{ 35, 18, 1, true },
	};
	(void)state;
	struct qr *qr = make("otpauth://totp/ProVconnect:alice.of.the.line@example.org?secret=" KEY
			     "&issuer=ProVconnect",
	    uri_short);

	for (size_t i = 0; i < sizeof rung / sizeof *rung; i++) {
		struct qr_plan plan = qr_plan(qr, rung[i].columns, rung[i].rows, QR_HALF, true);
		assert_true(plan.fits);
		assert_int_equal(plan.quiet, rung[i].quiet);
		assert_int_equal(plan.is_short, rung[i].is_short);
	}
	for (int i = 0; i < 2; i++) {
		struct qr_plan plan = qr_plan(qr, 35 - i, 17 + i, QR_HALF, true);
		assert_false(plan.fits);
		assert_int_equal(plan.need_columns, 35);
		assert_int_equal(plan.need_rows, 18);
	}
	qr_free(qr);
}

static void
no_short_uri(void **state)
{
	(void)state;
	struct qr *qr = make(uri, NULL);

	assert_true(qr_plan(qr, 39, 20, QR_HALF, true).fits);
	assert_false(qr_plan(qr, 38, 20, QR_HALF, true).fits);
	qr_free(qr);
}

/* What was planned fits, at every size; more room never makes it worse; and what does not fit is
 * smaller than the need. */
static void
never_cropped(void **state)
{
	(void)state;
	struct qr *qr = make(uri_long, uri_long_short);

	for (int utf8 = 0; utf8 < 2; utf8++)
		for (int drawing = QR_HALF; drawing < QR_DRAWINGS; drawing++)
			for (int rows = 0; rows < 70; rows++) {
				bool fitted = false;
				for (int columns = 0; columns < 140; columns++) {
					struct qr_plan plan = qr_plan(qr, columns, rows,
					    (enum qr_drawing)drawing, utf8);
					assert_true(plan.fits || !fitted);
					fitted = plan.fits;
					if (plan.fits)
						assert_true(plan.columns <= columns &&
						    plan.rows <= rows && plan.quiet > 0);
					else
						assert_true(plan.need_columns > columns ||
						    plan.need_rows > rows);
					assert_true(utf8 || plan.wide);
				}
			}
	qr_free(qr);
}

/* Two blanks a module only where it fits; else half blocks, and what it would need. */
static void
wide_where_it_fits(void **state)
{
	(void)state;
	struct qr *qr = make(uri, NULL);
	struct qr_plan plan = qr_plan(qr, 78, 39, QR_WIDE, true);

	assert_true(plan.fits && plan.wide && plan.drawing == QR_WIDE);
	assert_int_equal(plan.columns, 78);
	assert_int_equal(plan.rows, 39);
	plan = qr_plan(qr, 77, 39, QR_WIDE, true);
	assert_true(plan.fits && !plan.wide);
	assert_int_equal(plan.drawing, QR_HALF);
	assert_int_equal(plan.need_columns, 78);
	assert_int_equal(plan.need_rows, 39);
	plan = qr_plan(qr, 77, 39, QR_HALF, false);
	assert_false(plan.fits);
	assert_int_equal(plan.need_columns, 78);
	qr_free(qr);
}

static void
drawings_of_v(void **state)
{
	enum qr_drawing list[QR_DRAWINGS];

	(void)state;
	assert_int_equal(qr_drawings(true, true, list), 4);
	assert_true(list[0] == QR_HALF && list[1] == QR_WIDE && list[2] == QR_INVERTED &&
	    list[3] == QR_OWN);
	assert_int_equal(qr_drawings(true, false, list), 3);
	assert_true(list[0] == QR_HALF && list[1] == QR_WIDE && list[2] == QR_INVERTED);
	assert_int_equal(qr_drawings(false, true, list), 3);
	assert_true(list[0] == QR_WIDE && list[1] == QR_INVERTED && list[2] == QR_OWN);
	assert_int_equal(qr_drawings(false, false, list), 2);
	assert_true(list[0] == QR_WIDE && list[1] == QR_INVERTED);
}

/* Reads all cells back into modules and compares them with what the library says, quiet zone
 * included. */
static void
read_back(const char *text, int columns, int rows, enum qr_drawing drawing, bool utf8)
{
	struct qr *qr = make(text, NULL);
	struct qr_plan plan = qr_plan(qr, columns, rows, drawing, utf8);
	QRcode *truth = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
	int side = plan.modules + 2 * plan.quiet;
	bool inverted = plan.drawing == QR_INVERTED;

	assert_non_null(truth);
	assert_true(plan.fits);
	assert_int_equal(plan.modules, truth->width);
	assert_int_equal(plan.columns, plan.wide ? 2 * side : side);
	assert_int_equal(plan.rows, plan.wide ? side : (side + 1) / 2);
	for (int y = 0; y < plan.rows; y++)
		for (int x = 0; x < plan.columns; x++) {
			struct qr_cell cell = qr_cell(qr, &plan, y, x);
			assert_false(plan.wide && cell.half);
			for (int lower = 0; lower < (plan.wide ? 1 : 2); lower++) {
				int odd = plan.quiet % 2; /* begins a half row lower */
				int my = (plan.wide ? y : 2 * y + lower - odd) - plan.quiet;
				int mx = (plan.wide ? x / 2 : x) - plan.quiet;
				bool inside = my >= 0 && mx >= 0 && my < truth->width &&
				    mx < truth->width;
				bool want = inside && (truth->data[my * truth->width + mx] & 1);
				assert_int_equal(lower && cell.half ? !cell.dark : cell.dark,
				    want != inverted);
			}
		}
	QRcode_free(truth);
	qr_free(qr);
}

static void
cells_are_the_modules(void **state)
{
	(void)state;
	for (int drawing = QR_HALF; drawing < QR_DRAWINGS; drawing++)
		for (int utf8 = 0; utf8 < 2; utf8++) {
			read_back(uri, 200, 200, (enum qr_drawing)drawing, utf8);
			read_back(uri_long, 200, 200, (enum qr_drawing)drawing, utf8);
		}
	read_back(uri, 41, 21, QR_HALF, true); /* quiet zone 2 */
	read_back(uri, 39, 20, QR_HALF, true); /* quiet zone 1 */
	read_back(uri, 39, 20, QR_INVERTED, true);
}

/* Whether half a row of the first column of the code is dark; halves count from the top. */
static bool
half_is_dark(const struct qr *qr, const struct qr_plan *plan, int half)
{
	struct qr_cell cell = qr_cell(qr, plan, half / 2, plan->quiet);

	return half % 2 == 1 && cell.half ? !cell.dark : cell.dark;
}

/*
 * In that column stand two finder patterns, seven dark modules each, the first and the last of the
 * code. Both begin with a cell; above, below and beside the code there is no less light than the
 * quiet zone.
 */
static void
begins_with_a_cell(const struct qr *qr, const struct qr_plan *plan)
{
	int halves = 2 * plan->rows;
	int first = 0, last = halves - 1;

	while (first < halves && !half_is_dark(qr, plan, first))
		first++;
	while (last >= 0 && !half_is_dark(qr, plan, last))
		last--;
	assert_int_equal(first % 2, 0);
	assert_int_equal((last - 6) % 2, 0);
	for (int i = 0; i < 7; i++)
		assert_true(half_is_dark(qr, plan, first + i) && half_is_dark(qr, plan, last - i));
	assert_int_equal(last - first + 1, plan->modules);
	assert_true(first >= plan->quiet && halves - 1 - last >= plan->quiet);
	assert_int_equal(first + (halves - 1 - last), 2 * plan->quiet + 1);
}

/* Every version from the least on that a name of any length makes, with every quiet zone. */
static void
finders_begin_with_a_cell(void **state)
{
	static const int quiet[] = { 4, 2, 1 };
	char text[512] = "otpauth://totp/";
	size_t length = strlen(text);
	int modules = 0, versions = 0;

	(void)state;
	for (size_t name = 0; name <= 200; name++) {
		text[length + name] = 'n';
		snprintf(text + length + name + 1, sizeof text - length - name - 1, "?secret=%s",
		    KEY);
		struct qr *qr = make(text, NULL);
		int now = qr_plan(qr, 200, 200, QR_HALF, true).modules;
		for (size_t q = 0; now > modules && q < sizeof quiet / sizeof *quiet; q++) {
			int side = now + 2 * quiet[q];
			struct qr_plan plan = qr_plan(qr, side, (side + 1) / 2, QR_HALF, true);
			assert_true(plan.fits);
			assert_int_equal(plan.quiet, quiet[q]);
			begins_with_a_cell(qr, &plan);
		}
		versions += now > modules;
		modules = now;
		qr_free(qr);
	}
	assert_true(versions >= 7);
}

static void
too_long(void **state)
{
	static char text[8000];
	struct qr *qr = NULL;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	assert_int_equal(qr_new(text, NULL, &qr), ERR_FIELD_LONG);
	assert_int_equal(qr_new(uri, text, &qr), ERR_FIELD_LONG);
	assert_null(qr);
	qr_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(size_at_80x24),
		cmocka_unit_test(size_at_60x20),
		cmocka_unit_test(ladder),
		cmocka_unit_test(no_short_uri),
		cmocka_unit_test(never_cropped),
		cmocka_unit_test(wide_where_it_fits),
		cmocka_unit_test(drawings_of_v),
		cmocka_unit_test(cells_are_the_modules),
		cmocka_unit_test(finders_begin_with_a_cell),
		cmocka_unit_test(too_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
