/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people read is translated when it is told: N_() marks it in tables, _() looks it up. */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include <libintl.h>

#include "core/err.h" /* N_ */

#define _(text) gettext(text)

/*
 * From now on gettext() has the catalogues beside the program, where it runs in a build tree, else
 * those that were installed; it gives UTF-8 whatever the locale says. After setlocale().
 */
void
words_open(void);

#endif
