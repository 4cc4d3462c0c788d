/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people read is translated when it is told: N_() marks it in tables, _() looks it up. */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include <libintl.h>

#include "core/err.h" /* N_ */

#define _(text) gettext(text)

#endif
