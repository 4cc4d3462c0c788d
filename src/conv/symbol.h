/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The modules of a QR code, which ISO/IEC 18004 calls a symbol: encoded once, read one by one,
 * wiped. How they are drawn is for the screens and plain mode to say.
 */
#ifndef CONV_SYMBOL_H
#define CONV_SYMBOL_H

#include <stdbool.h>

#include "core/err.h"

struct symbol;

/*
 * Level L: there is no dirt on a screen. The text is read, not kept, and libqrencode's copies of it
 * are wiped. The caller gives it to symbol_free(). ERR_MEMORY; ERR_FIELD_LONG: no version holds it.
 */
MUST_CHECK enum err
symbol_new(const char *text, struct symbol **ret_symbol);

/* Wipes the modules: they are the text. NULL is ignored. */
void
symbol_free(struct symbol *symbol);

/* Modules of a side, 21 to 177. */
int
symbol_side(const struct symbol *symbol);

/* Whether a module is dark; outside of the symbol all is light. */
bool
symbol_dark(const struct symbol *symbol, int y, int x);

#endif
