/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "keeper/keys.h"
#include "keeper/trail.h"
#include "store/inspect.h"

/* --- all that is in it ---------------------------------------------------------------- */

/* FNV-1a (RFC 9923): it tells apart what differs by accident. */
static uint64_t
mix(uint64_t digest, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < length; i++)
		digest = (digest ^ at[i]) * 0x100000001b3;
	return digest;
}

static uint64_t
mix_row(uint64_t digest, sqlite3_stmt *statement)
{
	for (int i = 0; i < sqlite3_column_count(statement); i++) {
		int type = sqlite3_column_type(statement, i);
		const void *bytes = sqlite3_column_blob(statement, i);
		int length = sqlite3_column_bytes(statement, i);

		digest = mix(digest, &type, sizeof type);
		digest = mix(digest, &length, sizeof length);
		if (length > 0)
			digest = mix(digest, bytes, (size_t)length);
	}
	return digest;
}

static bool
mix_table(sqlite3 *db, const char *table, uint64_t *io_digest)
{
	char sql[128];
	sqlite3_stmt *statement = NULL;
	int code;

	(void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
	*io_digest = mix(*io_digest, table, strlen(table));
	code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		*io_digest = mix_row(*io_digest, statement);
		code = SQLITE_OK;
	}
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

static bool
mix_all(sqlite3 *db, uint64_t *io_digest)
{
	static const char tables[] =
	    "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, tables, -1, &statement, NULL);

	while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
		code = mix_table(db, (const char *)sqlite3_column_text(statement, 0), io_digest)
		    ? SQLITE_OK
		    : SQLITE_ERROR;
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

/* By a connection of its own, beside the store's. */
static bool
take_digest(const char *state, uint64_t *ret_digest)
{
	char path[PATH_MAX];
	sqlite3 *db = NULL;
	bool done;

	*ret_digest = 0xcbf29ce484222325;
	(void)snprintf(path, sizeof path, "%s/console.db", state);
	done = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
	    mix_all(db, ret_digest);
	sqlite3_close(db);
	return done;
}

/* --- opening --------------------------------------------------------------------------- */

/* Whether there is a key of each purpose: they are made in one turn. */
static bool
ring_is_whole(const struct keyring *ring)
{
	int64_t id;

	for (int purpose = KEY_SEAL; purpose < KEY_PURPOSE_END; purpose++)
		if (keyring_newest(ring, (enum key_purpose)purpose, &id) == NULL)
			return false;
	return true;
}

static enum err
try_change(struct store *store)
{
	int64_t id;
	enum err err = store_begin(store);

	if (err == ERR_OK)
		err = store_user_reserve(store, &id);
	store_rollback(store);
	return err;
}

static enum err
open_state(const char *state, struct keeper *keeper)
{
	int dirfd = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err err = ERR_STATE_PATH;

	*keeper = (struct keeper){ .directory = -1 };
	if (dirfd >= 0) {
		err = keys_open(dirfd, &keeper->store, &keeper->ring);
		close(dirfd);
	}
	return err;
}

bool
look_open(const char *state, struct look *ret_look, char why[LOOK_WHY])
{
	struct store_counts counts = { 0 };
	struct trail_verdict verdict;
	char damage[256] = "";
	struct keeper *keeper = &ret_look->keeper;
	const char *step = "it does not open";
	enum err err = open_state(state, keeper);

	if (err == ERR_OK) {
		step = "keys are missing";
		err = ring_is_whole(keeper->ring) ? ERR_OK : ERR_KEY_MISSING;
	}
	if (err == ERR_OK) {
		step = "the trail is broken";
		err = trail_verify(keeper->store, keeper->ring, &verdict);
	}
	if (err == ERR_OK) {
		step = "the database is damaged";
		err = store_integrity(keeper->store, damage, sizeof damage);
	}
	if (err == ERR_OK) {
		step = "it cannot be read";
		err = store_counts(keeper->store, 0, &counts);
		ret_look->digest = 0;
		ret_look->set_up = counts.people > 0;
		if (err == ERR_OK && ret_look->set_up && !take_digest(state, &ret_look->digest))
			err = ERR_STORE_IO;
	}
	if (err == ERR_OK) {
		step = "it cannot be changed";
		err = try_change(keeper->store);
	}
	if (err == ERR_OK)
		return true;
	(void)snprintf(why, LOOK_WHY, "%s: %s %s", step, err_sentence(err), damage);
	look_close(ret_look);
	return false;
}

void
look_close(struct look *look)
{
	if (look->keeper.store != NULL)
		store_close(look->keeper.store);
	keyring_free(look->keeper.ring);
	look->keeper.store = NULL;
	look->keeper.ring = NULL;
}
