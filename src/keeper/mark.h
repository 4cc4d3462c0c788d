/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mark that a console was set up: an empty file beside the database. A key without a database
 * is what a first start leaves that was cut short; with the mark it is a database that has gone.
 */
#ifndef KEEPER_MARK_H
#define KEEPER_MARK_H

#include <stdbool.h>

#include "core/err.h"

/* Whether it is there. here: the database is to be in the directory. ERR_STORE_MISSING: it is, and
 * there is no database, or an empty one; *ret_marked is untouched then. directory: of the state. */
MUST_CHECK enum err
mark_check(int directory, bool here, bool *ret_marked);

/* Once the database has named its key: makes it, synced, with its directory. */
MUST_CHECK enum err
mark_make(int directory);

#endif
