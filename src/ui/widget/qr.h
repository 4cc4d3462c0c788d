/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The QR code: encoded once, planned for a space, read cell by cell. Pure but for libqrencode.
 * ISO/IEC 18004; level L; quiet zone 4, else 2, else 1; else the shorter URI; never cropped
 * (DESIGN 5.5).
 */
#ifndef UI_WIDGET_QR_H
#define UI_WIDGET_QR_H

#include <stdbool.h>

#include "core/err.h"

/*
 * In the order that `v` goes round: half blocks; two blanks a module; half blocks inverted; half
 * blocks in the terminal's own two colours, for palettes whose black and white are neither; or in
 * the palette's, where the first are in its own already (terminal_qr_own()).
 */
enum qr_drawing { QR_HALF, QR_WIDE, QR_INVERTED, QR_OWN, QR_DRAWINGS };

struct qr;

/* Modules of both URIs; short_uri may be NULL. The URIs are read, not kept. Owned by the caller.
 * ERR_MEMORY, ERR_FIELD_LONG. */
MUST_CHECK enum err
qr_new(const char *uri, const char *short_uri, struct qr **ret_qr);

/* Wipes the modules: they are the key. NULL is ignored. */
void
qr_free(struct qr *qr);

struct qr_plan {
	bool fits;
	bool is_short;		 /* the short URI's code */
	bool wide;		 /* two blanks a module; else half blocks */
	enum qr_drawing drawing; /* what is drawn, which can be other than what was asked for */
	int modules, quiet;
	int columns, rows;	     /* of the whole drawing, quiet zone included */
	int need_columns, need_rows; /* the least in which the drawing that was asked for fits */
};

/*
 * The best plan for a space: the drawing asked for if it fits, else half blocks. Without UTF-8
 * there are no half blocks: QR_HALF becomes QR_WIDE, and the others are wide.
 */
struct qr_plan
qr_plan(const struct qr *qr, int columns, int rows, enum qr_drawing drawing, bool utf8);

/*
 * Which drawings the terminal can show, in the order v goes round; returns how many (2 to 4).
 * coloured: it has colours of its own to draw with; else all drawings are in its two already.
 */
int
qr_drawings(bool utf8, bool coloured, enum qr_drawing list[QR_DRAWINGS]);

/* A cell of the planned drawing: what to paint. */
struct qr_cell {
	bool dark; /* the blank, or the upper half */
	bool half; /* lower half is the other colour */
};

/* y, x within plan->rows, plan->columns; a plan that fits. */
struct qr_cell
qr_cell(const struct qr *qr, const struct qr_plan *plan, int y, int x);

#endif
