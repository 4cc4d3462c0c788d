/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing: failures of names and sources, and where people fully signed in. */
#include "store/engine.h"
#include "store/sql/sql.h"
#include "store/store_guess.h"

/* DESIGN 3: rows of unknown names. */
enum { UNKNOWN_MAX = 1000000, PRUNED = 8, COUNTS_SIZE = 2 * THROTTLE_MINUTES };

static enum err
read_throttle(const struct columns *columns, void *row)
{
	struct throttle *throttle = row;
	int64_t failures = 0;
	enum err err = column_upto(columns, 0, UINT32_MAX, &failures);

	throttle->failures = (uint32_t)failures;
	throttle->paused_until = column_number(columns, 1);
	return err;
}

enum err
store_throttle(struct store *store, const unsigned char name[STORE_HASH_SIZE], const char *source,
    struct throttle *ret_throttle)
{
	struct throttle throttle = { 0 };
	enum err err = sql_row(store, SQL_THROTTLE,
	    VALUES(BYTES(name, STORE_HASH_SIZE), TEXT(source)), read_throttle, &throttle);

	if (err == ERR_STORE_NONE)
		err = ERR_OK;
	if (err == ERR_OK)
		*ret_throttle = throttle;
	return err;
}

/* Lets the oldest rows of unknown names go: each time as many as have come since. */
static enum err
prune(struct store *store, enum sql sql, bool known)
{
	unsigned *puts = &store->puts[sql == SQL_HOUR_PRUNE ? 1 : 0];

	if (known || (*puts)++ % PRUNED != 0)
		return ERR_OK;
	return sql_whole(store, sql_change(store, sql, VALUES(NUMBER(UNKNOWN_MAX)), NULL));
}

enum err
store_throttle_put(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    const char *source, bool known, int64_t now, const struct throttle *throttle)
{
	enum err err = sql_one_later(store, SQL_THROTTLE_PUT,
	    VALUES(BYTES(name, STORE_HASH_SIZE), TEXT(source), NUMBER(known),
		NUMBER(throttle->failures), NUMBER(throttle->paused_until), NUMBER(now)));

	return err == ERR_OK ? prune(store, SQL_THROTTLE_PRUNE, known) : err;
}

enum err
store_throttle_clear(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    const char *source)
{
	return sql_change(store, SQL_THROTTLE_CLEAR,
	    VALUES(BYTES(name, STORE_HASH_SIZE), TEXT(source)), NULL);
}

enum err
store_throttle_clear_all(struct store *store, const unsigned char name[STORE_HASH_SIZE])
{
	enum err err = sql_change(store, SQL_THROTTLE_CLEAR_ALL,
	    VALUES(BYTES(name, STORE_HASH_SIZE)), NULL);

	if (err != ERR_OK)
		return err;
	return sql_whole(store,
	    sql_change(store, SQL_HOUR_CLEAR, VALUES(BYTES(name, STORE_HASH_SIZE)), NULL));
}

static enum err
read_window(const struct columns *columns, void *row)
{
	struct throttle_window *window = row;
	unsigned char counts[COUNTS_SIZE];
	enum err err = column_bytes(columns, 1, counts, sizeof counts);

	window->minute = column_number(columns, 0);
	for (size_t i = 0; err == ERR_OK && i < THROTTLE_MINUTES; i++)
		window->count[i] = (uint16_t)(counts[2 * i] << 8 | counts[2 * i + 1]);
	return err;
}

enum err
store_window(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    struct throttle_window *ret_window)
{
	struct throttle_window window = { 0 };
	enum err err = sql_row(store, SQL_HOUR, VALUES(BYTES(name, STORE_HASH_SIZE)), read_window,
	    &window);

	if (err == ERR_STORE_NONE)
		err = ERR_OK;
	if (err == ERR_OK)
		*ret_window = window;
	return err;
}

enum err
store_window_put(struct store *store, const unsigned char name[STORE_HASH_SIZE], bool known,
    const struct throttle_window *window)
{
	unsigned char counts[COUNTS_SIZE];
	enum err err;

	for (size_t i = 0; i < THROTTLE_MINUTES; i++) {
		counts[2 * i] = (unsigned char)(window->count[i] >> 8);
		counts[2 * i + 1] = (unsigned char)(window->count[i] & 0xff);
	}
	err = sql_one_later(store, SQL_HOUR_PUT,
	    VALUES(BYTES(name, STORE_HASH_SIZE), NUMBER(known), NUMBER(window->minute),
		BYTES(counts, sizeof counts)));
	return err == ERR_OK ? prune(store, SQL_HOUR_PRUNE, known) : err;
}

enum err
store_throttle_longest(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    int64_t *ret_until)
{
	return sql_row(store, SQL_THROTTLE_LONGEST, VALUES(BYTES(name, STORE_HASH_SIZE)),
	    sql_number, ret_until);
}

enum err
store_source_put(struct store *store, int64_t user, const char *source, int64_t now)
{
	enum err err = sql_change_one(store, SQL_SOURCE_PUT,
	    VALUES(NUMBER(user), TEXT(source), NUMBER(now)));

	if (err != ERR_OK)
		return err;
	return sql_whole(store,
	    sql_change(store, SQL_SOURCE_PRUNE, VALUES(NUMBER(user), NUMBER(now - THROTTLE_TRUST)),
		NULL));
}

enum err
store_source_trusted(struct store *store, const char *source, int64_t since, int64_t now,
    bool *ret_trusted)
{
	int64_t count = 0;
	enum err err = sql_row(store, SQL_SOURCE_TRUSTED,
	    VALUES(TEXT(source), NUMBER(since), NUMBER(now)), sql_number, &count);

	if (err == ERR_OK)
		*ret_trusted = count > 0;
	return err;
}
