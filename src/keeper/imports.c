/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/imports.h"

#include <string.h>

#include "core/audit.h"
#include "keeper/session.h"
#include "keeper/trail.h"
#include "store/store_import.h"

/* Rows of a slice: of people, who cost some 0.2 ms each, and of rows that are only forgotten. */
enum { PEOPLE = 32, ROWS = 512, IMPORTS = 16, LATER = 10 /* seconds */ };

enum err
imports_start(struct keeper *keeper)
{
	struct store_import import;
	size_t count = 1;
	enum err err = store_imports(keeper->store, &import, &count);

	if (err == ERR_OK && count > 0)
		imports_wake(keeper);
	return err;
}

void
imports_wake(struct keeper *keeper)
{
	keeper->imports_at = session_clock();
}

bool
imports_due(const struct keeper *keeper, int64_t boot)
{
	return keeper->imports_at != 0 && keeper->imports_at <= boot;
}

/* --- taking back ----------------------------------------------------------- */

static enum err
record(struct keeper *keeper, const struct store_import *import, enum audit_verb verb,
    const char *target, int64_t now)
{
	struct store_audit row = { .time = now };

	wire_put(row.who, sizeof row.who, import->who);
	wire_put(row.source, sizeof row.source, "local");
	wire_put(row.action, sizeof row.action, audit_name(verb));
	wire_put(row.target, sizeof row.target, target);
	wire_put(row.result, sizeof row.result, "undone");
	return trail_append(keeper, &row);
}

/* The import goes with its last person. */
static enum err
take_back(struct keeper *keeper, const struct store_import *import, int64_t now)
{
	struct store_imported rows[PEOPLE];
	size_t count = PEOPLE;
	enum err err = store_import_rows(keeper->store, import->id, rows, &count);
	bool gone = false, left = false;

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		err = store_import_undo(keeper->store, import->id, &rows[i], &gone);
		if (err == ERR_OK && gone)
			err = record(keeper, import, AUDIT_IMPORT, rows[i].name, now);
	}
	if (err != ERR_OK || count == PEOPLE)
		return err;
	err = store_import_forget(keeper->store, import->id, ROWS, &left);
	return err == ERR_OK ? record(keeper, import, AUDIT_IMPORT_FILE, "", now) : err;
}

/* --- which ----------------------------------------------------------------- */

static bool
is_under_way(const struct keeper *keeper, int64_t import)
{
	for (const struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (s->state.import == import && s->life != LIFE_ENDING)
			return true;
	return false;
}

static enum err
work(struct keeper *keeper, int64_t now, bool *ret_more)
{
	struct store_import imports[IMPORTS];
	size_t count = IMPORTS;
	bool left = false;
	enum err err = store_imports(keeper->store, imports, &count);

	*ret_more = false;
	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		if (!imports[i].done && is_under_way(keeper, imports[i].id))
			continue;
		*ret_more = true; /* and look again */
		return imports[i].done
		    ? store_import_forget(keeper->store, imports[i].id, ROWS, &left)
		    : take_back(keeper, &imports[i], now);
	}
	return err;
}

enum err
imports_slice(struct keeper *keeper, int64_t now)
{
	struct store *store = keeper->store;
	bool more = false;
	enum err err, done;

	keeper->imports_at = session_clock() + LATER;
	if (keeper->room.level != ROOM_FOR_ALL)
		return ERR_OK;
	err = store_mark(store);
	if (err != ERR_OK)
		return err;
	done = work(keeper, now, &more);
	if (!store_in_turn(store))
		return fault_is(done) ? done : ERR_FAILED;
	err = done == ERR_OK ? store_keep(store) : store_undo(store);
	if (done == ERR_OK)
		keeper->imports_at = more ? session_clock() : 0;
	return err;
}
