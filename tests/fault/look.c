/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/secret.h"
#include "keeper/devices.h"
#include "keeper/keys.h"
#include "keeper/trail_verify.h"
#include "store/inspect.h"
#include "store/store_key.h"
#include "store/store_user.h"

enum { SECRETS = 64 };

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

/* --- opening: one step after the other ------------------------------------------------ */

static enum err
open_state(struct look *look, const char *state)
{
	int dirfd = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err err;

	if (dirfd < 0)
		return ERR_STATE_PATH;
	err = keys_open(dirfd, &look->keeper.store, &look->keeper.ring);
	close(dirfd);
	return err;
}

/* A key of each purpose: they are made in one turn. */
static enum err
read_ring(struct look *look, const char *state)
{
	int64_t id;

	(void)state;
	for (int purpose = KEY_SEAL; purpose < KEY_PURPOSE_END; purpose++)
		if (keyring_newest(look->keeper.ring, (enum key_purpose)purpose, &id) == NULL)
			return ERR_KEY_MISSING;
	return ERR_OK;
}

/* What is sealed opens, by whichever key it was sealed. */
static enum err
read_secrets(struct look *look, const char *state)
{
	struct store_at_rest values[SECRETS];
	size_t count = SECRETS;
	struct secret *key = NULL;
	enum err err = secret_new(DEVICES_KEY_MAX, &key);

	(void)state;
	if (err == ERR_OK)
		err = store_at_rest(look->keeper.store, INT64_MAX, values, &count);
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		err = devices_open_at_rest(look->keeper.ring, &values[i], key);
	secret_free(key);
	return err;
}

static enum err
read_trail(struct look *look, const char *state)
{
	const struct trail_reading reading = { .store = look->keeper.store,
		.ring = look->keeper.ring };
	struct trail_verdict verdict;

	(void)state;
	return trail_verify(&reading, &verdict);
}

static enum err
read_pages(struct look *look, const char *state)
{
	char damage[256];

	(void)state;
	return store_integrity(look->keeper.store, damage, sizeof damage);
}

static enum err
read_rows(struct look *look, const char *state)
{
	struct store_counts counts;
	enum err err = store_counts(look->keeper.store, 0, &counts);

	if (err != ERR_OK)
		return err;
	look->set_up = counts.people > 0;
	return !look->set_up || take_digest(state, &look->digest) ? ERR_OK : ERR_STORE_IO;
}

static enum err
try_change(struct look *look, const char *state)
{
	int64_t id;
	enum err err = store_begin(look->keeper.store);

	(void)state;
	if (err == ERR_OK)
		err = store_user_reserve(look->keeper.store, &id);
	store_rollback(look->keeper.store);
	return err;
}

static const struct {
	const char *otherwise;
	enum err (*take)(struct look *look, const char *state);
} steps[] = {
	{ "it does not open", open_state },
	{ "keys are missing", read_ring },
	{ "a secret does not open", read_secrets },
	{ "the trail is broken", read_trail },
	{ "its pages do not fit", read_pages },
	{ "its rows cannot be read", read_rows },
	{ "it cannot be changed", try_change },
};

bool
look_open(const char *state, struct look *ret_look, char why[LOOK_WHY])
{
	*ret_look = (struct look){ .keeper = { .directory = -1 } };
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		enum err err = steps[i].take(ret_look, state);

		if (err == ERR_OK)
			continue;
		(void)snprintf(why, LOOK_WHY, "%s: %s", steps[i].otherwise, err_sentence(err));
		look_close(ret_look);
		return false;
	}
	return true;
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
