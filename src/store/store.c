/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same for every engine: opening, turns and marks. */
#include "store/store.h"

#include "store/engine.h"
#include "store/store_lock.h"
#include "store/store_server.h"

static const struct store_backend *
backend_of(const struct store_at *at)
{
	return at->backend != NULL ? at->backend : &sqlite_backend;
}

enum err
store_open(const struct store_at *at, struct store **ret_store)
{
	return backend_of(at)->open(at, ret_store);
}

void
store_close(struct store *store)
{
	if (store != NULL)
		store->engine->close(store);
}

enum err
store_renew(struct store *store)
{
	return store->engine->renew == NULL ? ERR_OK : store->engine->renew(store);
}

/* --- turns -------------------------------------------------------------------------- */

enum err
store_begin(struct store *store)
{
	if (store_in_turn(store))
		return ERR_FAILED;
	store->marked = false;
	store->trail = (struct store_trail){ 0 };
	return store->engine->begin(store);
}

enum err
store_commit(struct store *store)
{
	enum err err = sql_trail_end(store);

	return err == ERR_OK ? store->engine->commit(store) : err;
}

void
store_rollback(struct store *store)
{
	store->marked = false;
	if (store_in_turn(store))
		store->engine->rollback(store);
}

bool
store_in_turn(const struct store *store)
{
	return store->engine->in_turn(store);
}

bool
store_is_shared(const struct store *store)
{
	return store->engine->shared;
}

enum err
store_lock(struct store *store, const struct store_locks *locks)
{
	if (!store_in_turn(store))
		return ERR_FAILED;
	return sql_whole(store, store->engine->lock(store, locks));
}

int64_t
store_now(const struct store *store, int64_t host)
{
	return store->engine->ahead == NULL ? host : host + store->engine->ahead(store);
}

bool
store_clock_differs(const struct store *store)
{
	int64_t ahead = store->engine->ahead == NULL ? 0 : store->engine->ahead(store);

	return ahead > STORE_CLOCK_MOST || ahead < -STORE_CLOCK_MOST;
}

/* Outside a turn SAVEPOINT would begin a transaction of its own. */
enum err
store_mark(struct store *store)
{
	enum err err;

	if (!store_in_turn(store) || store->marked)
		return ERR_FAILED;
	err = store->engine->run(store, SQL_MARK, NO_VALUES, NULL);
	store->marked = err == ERR_OK;
	store->marked_trail = store->trail;
	return err;
}

enum err
store_keep(struct store *store)
{
	if (!store_in_turn(store) || !store->marked)
		return ERR_FAILED;
	store->marked = false;
	return sql_whole(store, store->engine->run(store, SQL_KEEP, NO_VALUES, NULL));
}

enum err
store_undo(struct store *store)
{
	enum err err;

	if (!store_in_turn(store) || !store->marked)
		return ERR_FAILED;
	store->marked = false;
	store->trail = store->marked_trail;
	err = store->engine->run(store, SQL_UNDO, NO_VALUES, NULL);
	if (err == ERR_OK)
		err = store->engine->run(store, SQL_KEEP, NO_VALUES, NULL);
	return sql_whole(store, err);
}

/* --- the disk ------------------------------------------------------------------------ */

static enum err
copy_back(struct store *store, enum store_copy copy)
{
	return store_in_turn(store) ? ERR_FAILED : store->engine->copy_back(store, copy);
}

enum err
store_checkpoint(struct store *store)
{
	return copy_back(store, STORE_COPY_CUT);
}

enum err
store_checkpoint_now(struct store *store)
{
	return copy_back(store, STORE_COPY_NOW);
}

enum err
store_recycle(struct store *store)
{
	return copy_back(store, STORE_COPY_KEEP);
}

int64_t
store_log_size(const struct store *store)
{
	return store->engine->log_size(store);
}

void
store_claim(struct store *store, int64_t bytes)
{
	if (!store_in_turn(store))
		store->engine->claim(store, bytes);
}

/* --- looking at it ------------------------------------------------------------------- */

enum err
store_inspect(const struct store_at *at, struct store **ret_store, struct store_schema *ret_schema)
{
	return backend_of(at)->inspect(at, ret_store, ret_schema);
}

enum err
store_examine(const struct store_at *at, struct store_server *ret_server)
{
	const struct store_backend *backend = backend_of(at);

	return backend->examine == NULL ? ERR_STORE_NONE : backend->examine(at, ret_server);
}

bool
store_is_away(struct store *store, char ret_said[STORE_SAID_SIZE])
{
	return store->engine->away != NULL && store->engine->away(store, ret_said);
}

enum err
store_look_on(struct store *store)
{
	return store->engine->look_on(store, true);
}

enum err
store_look_away(struct store *store)
{
	return store->engine->look_on(store, false);
}

enum err
store_integrity(struct store *store, char *buf, size_t size)
{
	if (size > 0)
		*buf = '\0';
	return store->engine->integrity(store, buf, size);
}

enum err
store_dump(struct store *store, const struct store_reader *reader)
{
	return store->engine->dump(store, reader);
}

enum err
store_dump_count(struct store *store, int64_t *ret_rows)
{
	return store->engine->dump_count(store, ret_rows);
}

/* --- rows into it -------------------------------------------------------------------- */

enum err
store_load_new(const struct store_at *at, int version, struct store_load **ret_load)
{
	return backend_of(at)->load_new(at, version, ret_load);
}

enum err
store_load_table(struct store_load *load, const struct store_table *table)
{
	return load->loader->table(load, table);
}

enum err
store_load_row(struct store_load *load, const struct store_value *values, size_t count)
{
	return load->loader->row(load, values, count);
}

enum err
store_load_end(struct store_load *load)
{
	return load->loader->end(load);
}

void
store_load_free(struct store_load *load)
{
	if (load != NULL)
		load->loader->free(load);
}
