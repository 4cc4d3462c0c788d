/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People who are taken over from a file, many turns long, and yet all or none (store.h says what
 * holds for every question). Whom an import has added, and which authenticators, is written down
 * beside it until the import is finished; what one that was not finished has added can so be taken
 * back, a few at a time, also by the next process.
 */
#ifndef STORE_STORE_IMPORT_H
#define STORE_STORE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"
#include "store/store.h"

struct store_import {
	int64_t id;
	bool done;		  /* finished: what it has added stays */
	char who[TEXT_NAME_SIZE]; /* as the trail names them */
	char phc[STORE_PHC_SIZE]; /* a hash that nobody's password fits, for the people it adds */
};

/* What an import has added; device 0: the person as a whole. */
struct store_imported {
	int64_t user;
	int64_t device;
	char name[TEXT_NAME_SIZE];
};

/* Opens an import: who, phc. Ids are never reused. */
MUST_CHECK enum err
store_import_open(struct store *store, const struct store_import *import, int64_t *ret_id);

/* ERR_STORE_NONE. */
MUST_CHECK enum err
store_import(struct store *store, int64_t id, struct store_import *ret_import);

/* Up to *io_count imports of which something is left, the oldest first. */
MUST_CHECK enum err
store_imports(struct store *store, struct store_import *imports, size_t *io_count);

/* Writes down that the import has added this; the person is there. */
MUST_CHECK enum err
store_import_note(struct store *store, int64_t id, int64_t user, int64_t device);

/* Whether it has added that person, or an authenticator of theirs. */
MUST_CHECK enum err
store_import_has(struct store *store, int64_t id, int64_t user, bool *ret_has);

/* What it has added stays: one change, however many there are. ERR_STORE_NONE. */
MUST_CHECK enum err
store_import_finish(struct store *store, int64_t id);

/* Up to *io_count of what it has added and is still written down, by person. */
MUST_CHECK enum err
store_import_rows(struct store *store, int64_t id, struct store_imported *rows, size_t *io_count);

/*
 * Takes back one of these rows: the person with all that is theirs, unless they have signed in
 * meanwhile; or the authenticator. *ret_gone: whether there was something to take away. The row is
 * forgotten in each case.
 */
MUST_CHECK enum err
store_import_undo(struct store *store, int64_t id, const struct store_imported *row,
    bool *ret_gone);

/* Forgets up to `most` rows of a finished import; *ret_left: whether there may be more. The import
 * itself goes with its last row. */
MUST_CHECK enum err
store_import_forget(struct store *store, int64_t id, int64_t most, bool *ret_left);

#endif
