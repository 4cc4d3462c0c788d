/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The QR code: encoded once, planned for a space, read cell by cell. Pure but for libqrencode. ISO/IEC 18004; level L;
 * quiet zone 4, else 2, else 1; else the shorter URI; never cropped (DESIGN 5.5, terminal-facts 1).
 */
#ifndef UI_QR_H
#define UI_QR_H

#include <stdbool.h>

#include "core/err.h"

enum qr_drawing { QR_HALF, QR_WIDE, QR_INVERTED, QR_DRAWINGS };	/* half blocks; two blanks a module; half blocks inverted */

struct qr;

/* Modules of both URIs; short_uri may be NULL. The URIs are read, not kept. Owned by the caller. ERR_MEMORY, ERR_FIELD_LONG. */
MUST_CHECK enum err
qr_new(const char *uri, const char *short_uri, struct qr **ret_qr);

/* Wipes the modules: they are the key. */
void
qr_free(struct qr *qr);

struct qr_plan {
	bool fits;
	bool is_short;			/* the short URI's code */
	enum qr_drawing drawing;
	int modules, quiet;
	int columns, rows;		/* of the whole drawing, quiet zone included */
	int need_columns, need_rows;	/* where it does not fit: the least that would */
};

/*
 * The best plan for a space. QR_WIDE is planned only if asked for and it fits, else half blocks;
 * with utf8 false only QR_WIDE can be drawn (and QR_INVERTED is wide and inverted).
 */
struct qr_plan
qr_plan(const struct qr *qr, int columns, int rows, enum qr_drawing drawing, bool utf8);

/* Which drawings fit there, in the order v goes round; returns how many (0 to 3) into list. */
int
qr_drawings(const struct qr *qr, int columns, int rows, bool utf8, enum qr_drawing list[QR_DRAWINGS]);

/* A cell of the planned drawing: what to paint. */
struct qr_cell { bool dark; /* the blank, or the upper half */ bool half; /* lower half is the other colour */ };

struct qr_cell
qr_cell(const struct qr *qr, const struct qr_plan *plan, int y, int x);

#endif
