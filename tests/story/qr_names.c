/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * qr_names NAME...: the QR code of each, as the configure screen plans and paints it, on the
 * terminal that it runs in. A key shows the next one; the last key ends it.
 */
#include <locale.h>
#include <poll.h>
#include <stdio.h>

#include "ui/widget/qr.h"
#include "ui/terminal/terminal.h"

enum { STEPS_COLUMNS = 37, STEPS_ROWS = 2 }; /* what the four steps take */

static enum err
make(const char *name, struct qr **ret_qr)
{
	static const char key[] = "?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=ProVconnect";
	char whole[512], brief[512];

	snprintf(whole, sizeof whole, "otpauth://totp/ProVconnect:%s%s", name, key);
	snprintf(brief, sizeof brief, "otpauth://totp/%s%s", name, key);
	return qr_new(whole, brief, ret_qr);
}

static void
paint(struct terminal *terminal, const struct qr *qr)
{
	int rows, columns;

	terminal_size(terminal, &rows, &columns);
	struct qr_plan plan = qr_plan(qr, columns - STEPS_COLUMNS, rows - STEPS_ROWS, QR_HALF,
	    terminal_utf8(terminal));
	terminal_erase(terminal);
	for (int y = 0; plan.fits && y < plan.rows; y++)
		for (int x = 0; x < plan.columns; x++) {
			struct qr_cell cell = qr_cell(qr, &plan, y, x);
			terminal_qr_cell(terminal, y, x, cell.dark ? STYLE_QR_DARK : STYLE_QR_LIGHT,
			    cell.half);
		}
	terminal_show(terminal, false);
}

/* The terminal's own answers are no keys. */
static enum err
await_key(struct terminal *terminal)
{
	struct pollfd line = { .fd = terminal_fd(terminal), .events = POLLIN };
	struct event event = { .type = EVENT_NONE };
	enum err err = ERR_OK;

	while (err == ERR_OK && event.type == EVENT_NONE) {
		poll(&line, 1, -1);
		err = terminal_read(terminal, &event);
	}
	return err;
}

int
main(int count, char **argument)
{
	struct terminal *terminal = NULL;
	enum err err;

	setlocale(LC_ALL, "");
	err = terminal_open(0, 1, &terminal);
	for (int i = 1; err == ERR_OK && i < count; i++) {
		struct qr *qr = NULL;

		err = make(argument[i], &qr);
		if (err == ERR_OK) {
			paint(terminal, qr);
			err = await_key(terminal);
		}
		qr_free(qr);
	}
	terminal_close(terminal);
	return err == ERR_OK ? 0 : 1;
}
