/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question: its text and its values. */
#include "store/postgresql/pg.h"

#include <endian.h>
#include <string.h>

#include "core/text.h"

/* PostgreSQL's types (catalog/pg_type.dat). */
enum { OID_BYTES = 17, OID_NUMBER = 20, OID_TEXT = 25 };

/* PostgreSQL refuses what is no UTF-8, and the turn with it: nobody has such a name, and U+FFFD
 * stands for it. */
static const char *
text_of(const struct value *value)
{
	return text_is_utf8(value->bytes, strlen(value->bytes)) ? value->bytes : "\xef\xbf\xbd";
}

static void
add_value(struct ask *ask, struct numbers *numbers, const struct value *value)
{
	int at = ask->count++;

	switch (value->type) {
	case VALUE_NUMBER:
		numbers->big_endian[at] = htobe64((uint64_t)value->number);
		ask->types[at] = OID_NUMBER;
		ask->values[at] = (const void *)&numbers->big_endian[at];
		ask->lengths[at] = sizeof numbers->big_endian[at];
		break;
	case VALUE_TEXT:
		ask->types[at] = OID_TEXT;
		ask->values[at] = text_of(value);
		ask->lengths[at] = (int)strlen(ask->values[at]);
		break;
	case VALUE_BYTES:
		ask->types[at] = OID_BYTES;
		ask->values[at] = value->bytes;
		ask->lengths[at] = (int)value->length;
		break;
	case VALUE_END:
		break;
	}
}

static void
add_values(struct ask *ask, struct numbers *numbers, const struct value *values)
{
	for (; values->type != VALUE_END && ask->count < ASK_PARAMS_MAX; values++)
		add_value(ask, numbers, values);
}

void
pg_write_ask(const struct pg *pg, enum sql sql, const char *text, const struct value *values,
    size_t limit, struct numbers *ret_numbers, struct ask *ret_ask)
{
	const struct value most = NUMBER(limit > INT64_MAX ? INT64_MAX : (int64_t)limit);

	ret_ask->sql = sql == SQL_COUNT ? text : pg->texts[sql];
	ret_ask->prepared = sql == SQL_COUNT ? ASK_NOT_PREPARED : (int)sql;
	ret_ask->count = 0;
	add_values(ret_ask, ret_numbers, values);
	if (sql != SQL_COUNT && pg_takes_limit(sql))
		add_value(ret_ask, ret_numbers, &most);
}
