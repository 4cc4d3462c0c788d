/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of a dialog: a question in a frame over the screen below, and a form under it. */
#ifndef UI_SCREEN_DIALOG_H
#define UI_SCREEN_DIALOG_H

#include "ui/stack/ui.h"

struct dialog {
	const char *question; /* translated, fit to be shown; never half of it is */
	const char *brief;    /* stands for it where it has no room; NULL or "": none */
	const struct form *form;
	const char *beside; /* right of the field for a code; or NULL */
};

/* A screen's draw: whether it has drawn the message. */
bool
dialog_draw(const struct ui *ui, const struct dialog *dialog, struct rect area);

#endif
