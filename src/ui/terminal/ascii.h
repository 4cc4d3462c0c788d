/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ASCII has for a character of ours, for terminals without UTF-8. Pure. */
#ifndef UI_TERMINAL_ASCII_H
#define UI_TERMINAL_ASCII_H

#include <stddef.h>

/* One character of UTF-8; NULL if there is nothing like it. Marks, and letters with an accent: so
 * that "Activé" stays a word. */
const char *
ascii_for(const char *text, size_t length);

#endif
