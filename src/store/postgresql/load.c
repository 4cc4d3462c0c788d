/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database made of rows, for a restore: all in one transaction, which nobody sees before its end.
 */
#include "store/postgresql/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whose rows come. */
enum part { NOBODYS, A_TABLES, THE_NUMBERS };

struct pg_load {
	struct store_load load; /* first */
	struct pg *pg;
	enum part part;
	char shaped[STORE_WORD_SIZE]; /* the table at hand, if its rows go into another; else "" */
	struct batch batch;	      /* of the table at hand */
	struct table_names names;     /* of the schema */
	bool came[STORE_TABLES_MAX], numbers_came;
	int64_t number[TABLE_NUMBERS];
	/* a row for each reference between tables: the statement that drops it, and the one that
	 * makes it anew */
	PGresult *references;
};

/* What a row says that the schema refuses is the backup's fault, not the database's. */
static enum err
blame(enum err err)
{
	return err == ERR_STORE_EXISTS || err == ERR_STORE_NONE || err == ERR_FAILED
	    ? ERR_BACKUP_DAMAGED
	    : err;
}

/* --- the beginning ---------------------------------------------------------------------------- */

static enum err
run_references(struct pg_load *load, int column)
{
	enum err err = ERR_OK;

	for (int i = 0; err == ERR_OK && i < PQntuples(load->references); i++)
		err = pg_do(load->pg, PQgetvalue(load->references, i, column), NO_VALUES);
	return err;
}

/* Tables may come in any order, and to check a reference for all rows at once is much faster than
 * for each: so there are none until the end. */
static enum err
drop_references(struct pg_load *load)
{
	enum err err = pg_ask(load->pg,
	    "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),"
	    " format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,"
	    " pg_get_constraintdef(oid)) FROM pg_catalog.pg_constraint"
	    " WHERE contype = 'f' AND connamespace = 'provconsole'::regnamespace ORDER BY oid",
	    NO_VALUES, &load->references);

	return err == ERR_OK ? run_references(load, 0) : err;
}

static enum err
begin(struct pg_load *load, int version)
{
	struct pg *pg = load->pg;
	enum err err = store_begin(&pg->store);

	if (err == ERR_OK)
		err = pg_take_time(pg);
	if (err == ERR_OK)
		err = pg_schema_make(pg, version);
	if (err == ERR_OK)
		err = table_names(pg, &load->names);
	return err == ERR_OK ? drop_references(load) : err;
}

static struct pg_load *
load_of(struct store_load *load)
{
	return (struct pg_load *)(void *)load;
}

/* --- tables -------------------------------------------------------------------------------------
 */

static bool
is_same(const struct store_table *a, const struct store_table *b)
{
	bool same = a->columns == b->columns;

	for (size_t i = 0; same && i < a->columns; i++)
		same = strcmp(a->column[i], b->column[i]) == 0;
	return same;
}

/* Within a transaction that was given up a row would stand alone. */
static enum err
put_rows(struct pg_load *load)
{
	if (!store_in_turn(&load->pg->store))
		return ERR_FAILED;
	return blame(batch_put(&load->batch, load->pg));
}

/* The last rows of the table at hand. */
static enum err
end_rows(struct pg_load *load)
{
	enum err err = put_rows(load);

	load->part = NOBODYS;
	if (err == ERR_OK && load->shaped[0] != '\0')
		err = blame(table_put_load(load->pg, load->shaped));
	load->shaped[0] = '\0';
	return err;
}

static enum err
begin_numbers(struct pg_load *load, const struct store_table *table)
{
	if (load->numbers_came || !is_same(table, &table_numbers))
		return ERR_BACKUP_DAMAGED;
	load->numbers_came = true;
	load->part = THE_NUMBERS;
	return ERR_OK;
}

/* The schema may have put rows into it. */
static enum err
clear_table(struct pg *pg, const char *name)
{
	char sql[STORE_WORD_SIZE + 32];

	(void)snprintf(sql, sizeof sql, "DELETE FROM \"%s\"", name);
	return pg_do(pg, sql, NO_VALUES);
}

static enum err
begin_rows(struct pg_load *load, const struct store_table *table)
{
	struct table *ours = malloc(sizeof *ours);
	enum err err = ours == NULL ? ERR_MEMORY : table_describe(load->pg, table->name, ours);

	if (err == ERR_OK && !is_same(table, &ours->store))
		err = ERR_BACKUP_DAMAGED;
	if (err == ERR_OK)
		err = clear_table(load->pg, table->name);
	if (err == ERR_OK && table_is_shaped(table->name)) {
		err = table_make_load(load->pg, table->name);
		memcpy(load->shaped, table->name, sizeof load->shaped);
		(void)snprintf(ours->store.name, sizeof ours->store.name, "load");
	}
	if (err == ERR_OK)
		err = batch_begin(&load->batch, ours);
	if (err == ERR_OK)
		load->part = A_TABLES;
	free(ours);
	return err;
}

static enum err
load_table(struct store_load *any, const struct store_table *table)
{
	struct pg_load *load = load_of(any);
	enum err err = end_rows(load);

	if (err != ERR_OK)
		return err;
	if (strcmp(table->name, table_numbers.name) == 0)
		return begin_numbers(load, table);
	for (size_t i = 0; i < load->names.count; i++)
		if (strcmp(load->names.name[i], table->name) == 0 && !load->came[i]) {
			load->came[i] = true;
			return begin_rows(load, table);
		}
	return ERR_BACKUP_DAMAGED;
}

/* --- rows ---------------------------------------------------------------------------------------
 */

static enum err
take_number(struct pg_load *load, const struct store_value *values, size_t count)
{
	if (count != 2 || values[0].kind != STORE_TEXT || values[1].kind != STORE_NUMBER ||
	    values[1].number < 0)
		return ERR_BACKUP_DAMAGED;
	for (size_t i = 0; i < TABLE_NUMBERS; i++)
		if (strlen(table_numbered[i]) == values[0].length &&
		    memcmp(table_numbered[i], values[0].bytes, values[0].length) == 0) {
			load->number[i] = values[1].number;
			return ERR_OK;
		}
	return ERR_BACKUP_DAMAGED;
}

static enum err
load_row(struct store_load *any, const struct store_value *values, size_t count)
{
	struct pg_load *load = load_of(any);
	enum err err = ERR_BACKUP_DAMAGED;

	switch (load->part) {
	case A_TABLES:
		err = batch_add(&load->batch, values, count);
		if (err == ERR_OK && batch_is_full(&load->batch))
			err = put_rows(load);
		break;
	case THE_NUMBERS:
		err = take_number(load, values, count);
		break;
	case NOBODYS:
		break;
	}
	return err;
}

/* --- the end
 * -------------------------------------------------------------------------------------- */

static enum err
check_whole(struct pg_load *load)
{
	int64_t state = 0;
	enum err err;

	for (size_t i = 0; i < load->names.count; i++)
		if (!load->came[i])
			return ERR_BACKUP_DAMAGED;
	if (!load->numbers_came)
		return ERR_BACKUP_DAMAGED;
	err = pg_number(load->pg, "SELECT count(*) FROM state", NO_VALUES, &state);
	return err == ERR_OK && state != 1 ? ERR_BACKUP_DAMAGED : err;
}

static enum err
set_numbers(struct pg_load *load)
{
	enum err err = table_set_sequences(load->pg);

	for (size_t i = 0; err == ERR_OK && i < TABLE_NUMBERS; i++)
		err = table_set_number(load->pg, i, load->number[i]);
	return err;
}

/* PostgreSQL chooses its ways by what it knows of tables, which is nothing yet. */
static enum err
analyze(struct pg_load *load)
{
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < load->names.count; i++) {
		char sql[STORE_WORD_SIZE + 32];

		(void)snprintf(sql, sizeof sql, "ANALYZE \"%s\"", load->names.name[i]);
		err = pg_do(load->pg, sql, NO_VALUES);
	}
	return err;
}

static enum err
load_end(struct store_load *any)
{
	struct pg_load *load = load_of(any);
	enum err err = end_rows(load);

	if (err == ERR_OK)
		err = check_whole(load);
	if (err == ERR_OK)
		err = blame(run_references(load, 1));
	if (err == ERR_OK)
		err = set_numbers(load);
	if (err == ERR_OK)
		err = analyze(load);
	return err == ERR_OK ? store_commit(&load->pg->store) : err;
}

static void
load_free(struct store_load *any)
{
	struct pg_load *load = load_of(any);

	batch_end(&load->batch);
	PQclear(load->references);
	if (load->pg != NULL) {
		store_rollback(&load->pg->store);
		store_close(&load->pg->store);
	}
	free(load);
}

static const struct store_loader loader = { load_table, load_row, load_end, load_free };

enum err
pg_load_new(const struct store_at *at, int version, struct store_load **ret_load)
{
	struct pg_load *load = calloc(1, sizeof *load);
	enum err err = load == NULL ? ERR_MEMORY : pg_connect(at, true, &load->pg);

	if (load == NULL)
		return err;
	load->load.loader = &loader;
	if (err == ERR_OK)
		err = begin(load, version);
	if (err == ERR_OK)
		*ret_load = &load->load;
	else
		load_free(&load->load);
	return err;
}
