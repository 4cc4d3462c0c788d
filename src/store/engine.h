/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an engine does: it runs the statements of sql/text.c. The questions of store.h and its
 * neighbours are the same for all engines (sql/); store.c and inspect.c hand the rest over.
 */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "store/inspect.h"
#include "store/sql/sql.h"
#include "store/store.h"
#include "store/store_audit.h"
#include "store/store_dump.h"
#include "store/store_lock.h"
#include "store/store_server.h"

/* How a store is opened. */
struct store_backend {
	enum err (*open)(const struct store_at *at, struct store **ret_store);
	enum err (*inspect)(const struct store_at *at, struct store **ret_store,
	    struct store_schema *ret_schema);
	enum err (*load_new)(const struct store_at *at, int version, struct store_load **ret_load);
	/* As store_examine(); NULL: it is no server. */
	enum err (*examine)(const struct store_at *at, struct store_server *ret_server);
};

extern const struct store_backend sqlite_backend;

/* Only in a program that is linked with it (provconsole-keeper-postgresql): else at no address. */
extern const struct store_backend postgresql_backend __attribute__((weak));

/* As the functions of these names in store_dump.h. */
struct store_loader {
	enum err (*table)(struct store_load *load, const struct store_table *table);
	enum err (*row)(struct store_load *load, const struct store_value *values, size_t count);
	enum err (*end)(struct store_load *load);
	void (*free)(struct store_load *load);
};

/* What every engine's load begins with. */
struct store_load {
	const struct store_loader *loader;
};

/* What a change did; id: of the row that was put in last. */
struct changes {
	int64_t rows;
	int64_t id;
	bool later; /* given: one row is trusted in, and its id not asked for (sql_one_later()) */
};

struct store_engine {
	bool shared; /* other keepers change it too: store_is_shared() */
	/* As the functions of these names in store.h, inspect.h and store_dump.h; turns and marks
	 * are checked before. */
	enum err (*begin)(struct store *store);
	enum err (*commit)(struct store *store);
	void (*rollback)(struct store *store);
	bool (*in_turn)(const struct store *store);
	enum err (*lock)(struct store *store, const struct store_locks *locks);
	/* Seconds by which the database's clock is ahead of this host's; NULL: they are one. */
	int64_t (*ahead)(const struct store *store);
	bool (*away)(struct store *store, char *ret_said); /* NULL: it is no server */
	void (*close)(struct store *store);
	enum err (*renew)(struct store *store); /* NULL: nothing runs beside it */
	enum err (*copy_back)(struct store *store, enum store_copy copy);
	int64_t (*log_size)(const struct store *store);
	void (*claim)(struct store *store, int64_t bytes);
	enum err (*look_on)(struct store *store, bool anew);
	enum err (*integrity)(struct store *store, char *buf, size_t size);
	enum err (*dump)(struct store *store, const struct store_reader *reader);
	enum err (*dump_count)(struct store *store, int64_t *ret_rows);

	/* A statement that gives no rows. io_changes NULL: nobody asks how many it changed. */
	enum err (*run)(struct store *store, enum sql sql, const struct value *values,
	    struct changes *io_changes);

	/* As sql_rows(). */
	enum err (*rows)(struct store *store, enum sql sql, const struct value *values,
	    sql_reader *reader, void *rows, size_t size, size_t *io_count);

	/* A value of the row at hand; of no number 0. */
	int64_t (*number)(const struct columns *columns, int column);

	/* Borrowed until the row is left; *ret_bytes is NULL of no value at all. ERR_MEMORY. */
	enum err (*bytes)(const struct columns *columns, int column, const void **ret_bytes,
	    size_t *ret_length);
};

/* What a turn knows of its trail: the head is written when it is committed. */
struct store_trail {
	bool known, moved;
	struct store_head head;
	int64_t hour; /* of the row that was appended last; 0: there was none */
};

/* What every engine's store begins with. */
struct store {
	const struct store_engine *engine;
	bool marked;
	int64_t placed; /* as store_audit_placed() */
	struct store_trail trail, marked_trail;
	unsigned puts[2]; /* of what strangers leave, in each of two tables; see sql/guess.c */
};

/* The row that a reader is given. */
struct columns {
	const struct store_engine *engine;
	void *answer; /* the engine's */
	int row;
};

#endif
