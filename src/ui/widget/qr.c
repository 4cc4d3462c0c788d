/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/qr.h"

#include <stdlib.h>

#include "conv/symbol.h"

enum { CODES = 2 }; /* of the whole URI and of the short one */

struct qr {
	struct symbol *code[CODES]; /* the second may be NULL */
};

enum err
qr_new(const char *uri, const char *short_uri, struct qr **ret_qr)
{
	enum err err = ERR_MEMORY;
	struct qr *qr = calloc(1, sizeof *qr);

	if (qr == NULL)
		goto out;
	err = symbol_new(uri, &qr->code[0]);
	if (err == ERR_OK && short_uri != NULL)
		err = symbol_new(short_uri, &qr->code[1]);
	if (err != ERR_OK)
		goto out;
	*ret_qr = qr;
	qr = NULL;
out:
	qr_free(qr);
	return err;
}

void
qr_free(struct qr *qr)
{
	if (qr == NULL)
		return;
	for (int i = 0; i < CODES; i++)
		symbol_free(qr->code[i]);
	free(qr);
}

/* The size of one code with one quiet zone. A code's side is odd (ISO/IEC 18004: 17 + 4 * version),
 * and so is it with its quiet zone: one half row stays over, and qr_cell() makes it light. */
static struct qr_plan
measure(const struct symbol *code, int quiet, bool wide)
{
	int side = symbol_side(code) + 2 * quiet;
	struct qr_plan plan = {
		.wide = wide,
		.modules = symbol_side(code),
		.quiet = quiet,
		.columns = wide ? 2 * side : side,
		.rows = wide ? side : (side + 1) / 2,
	};
	return plan;
}

/* The first plan that fits, best first; if none fits, the smallest with fits false. */
static struct qr_plan
search(const struct qr *qr, int columns, int rows, bool wide)
{
	static const int quiet[] = { 4, 2, 1 };
	struct qr_plan plan = { .fits = false };
	struct qr_plan least = { .fits = false };

	for (int i = 0; i < CODES && qr->code[i] != NULL; i++) {
		for (size_t q = 0; q < sizeof quiet / sizeof *quiet; q++) {
			struct qr_plan next = measure(qr->code[i], quiet[q], wide);
			next.is_short = i == 1;
			if (!plan.fits && next.columns <= columns && next.rows <= rows) {
				plan = next;
				plan.fits = true;
			}
			if (least.rows == 0 || next.rows < least.rows)
				least = next;
		}
	}
	if (!plan.fits)
		plan = least;
	plan.need_columns = least.columns;
	plan.need_rows = least.rows;
	return plan;
}

struct qr_plan
qr_plan(const struct qr *qr, int columns, int rows, enum qr_drawing drawing, bool utf8)
{
	if (!utf8 && drawing == QR_HALF)
		drawing = QR_WIDE;
	struct qr_plan plan = search(qr, columns, rows, !utf8 || drawing == QR_WIDE);
	plan.drawing = drawing;
	if (plan.fits || !utf8 || drawing != QR_WIDE)
		return plan;
	struct qr_plan half = search(qr, columns, rows, false);
	if (!half.fits) /* then the least that helps is what to ask for */
		return half;
	half.need_columns = plan.need_columns;
	half.need_rows = plan.need_rows;
	return half;
}

int
qr_drawings(bool utf8, bool coloured, enum qr_drawing list[QR_DRAWINGS])
{
	int count = 0;

	for (int drawing = utf8 ? QR_HALF : QR_WIDE; drawing < QR_DRAWINGS; drawing++)
		if (drawing != QR_OWN || coloured)
			list[count++] = (enum qr_drawing)drawing;
	return count;
}

/* Whether a module is to be drawn dark; y and x count from the quiet zone's corner. */
static bool
dark(const struct symbol *code, const struct qr_plan *plan, int y, int x)
{
	return symbol_dark(code, y - plan->quiet, x - plan->quiet) !=
	    (plan->drawing == QR_INVERTED);
}

struct qr_cell
qr_cell(const struct qr *qr, const struct qr_plan *plan, int y, int x)
{
	const struct symbol *code = qr->code[plan->is_short];
	struct qr_cell cell = { .dark = false };
	/*
	 * The half row that stays over is above an odd quiet zone and below an even one: so the
	 * code begins with a cell, and the upper edges of all three finder patterns are edges of
	 * cells. Where a font's U+2584 leaves a seam, one that begins half-way is cut.
	 */
	int upper = 2 * y - plan->quiet % 2;

	if (plan->wide) {
		cell.dark = dark(code, plan, y, x / 2);
		return cell;
	}
	cell.dark = dark(code, plan, upper, x);
	cell.half = dark(code, plan, upper + 1, x) != cell.dark;
	return cell;
}
