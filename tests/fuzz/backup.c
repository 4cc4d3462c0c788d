/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a backup, and its records as they are read once a chunk was opened. */
#include "fuzz.h"

#include <string.h>

#include "auth/auth.h"
#include "auth/vault.h"
#include "keeper/backup_record.h"

struct bytes {
	const uint8_t *at;
	size_t left;
};

static enum err
get(void *context, void *bytes, size_t length)
{
	struct bytes *from = context;

	if (length > from->left)
		return ERR_BACKUP_DAMAGED;
	memcpy(bytes, from->at, length);
	from->at += length;
	from->left -= length;
	return ERR_OK;
}

static void
check_row(const struct record *record)
{
	for (size_t i = 0; i < record->table.columns; i++) {
		const struct store_value *value = &record->values[i];
		const unsigned char *bytes = value->bytes;

		MUST(value->kind < STORE_KINDS && value->length <= STORE_VALUE_MAX);
		MUST(value->kind < STORE_TEXT ||
		    (bytes >= record->room && bytes + value->length <= record->room + RECORD_ROOM));
	}
}

static void
check_table(const struct store_table *table)
{
	MUST(table->columns <= STORE_COLUMNS_MAX);
	MUST(memchr(table->name, 0, sizeof table->name) != NULL);
	for (size_t i = 0; i < table->columns; i++)
		MUST(memchr(table->column[i], 0, sizeof table->column[i]) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size };
	const struct record_stream stream = { .get = get, .context = &bytes };
	struct record *record = calloc(1, sizeof *record);
	struct vault_cost cost;

	if (size >= VAULT_HEADER_SIZE && vault_look(data, &cost) == ERR_OK)
		MUST(cost.memory <= VAULT_MEMORY_MAX && cost.passes <= 16 && cost.lanes <= 4);
	MUST(record != NULL && record_open(record) == ERR_OK);
	while (record_get(&stream, record) == ERR_OK) {
		if (record->kind == RECORD_ROW)
			check_row(record);
		if (record->kind == RECORD_TABLE)
			check_table(&record->table);
	}
	record_close(record);
	free(record);
	return 0;
}
