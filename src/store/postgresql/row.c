/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of an answer, in the binary format. */
#include "store/postgresql/pg.h"

/* Big-endian, of 1 (boolean), 2, 4 or 8 bytes. */
int64_t
pg_value_number(const PGresult *answer, int row, int column)
{
	const unsigned char *bytes = (const void *)PQgetvalue(answer, row, column);
	int length = PQgetlength(answer, row, column);
	uint64_t number = length > 1 && (bytes[0] & 0x80) != 0 ? UINT64_MAX : 0;

	if (PQgetisnull(answer, row, column) || length > 8)
		return 0;
	for (int i = 0; i < length; i++)
		number = number << 8 | bytes[i];
	return (int64_t)number;
}

int64_t
pg_column_number(const struct columns *columns, int column)
{
	return pg_value_number(columns->answer, columns->row, column);
}

enum err
pg_column_bytes(const struct columns *columns, int column, const void **ret_bytes,
    size_t *ret_length)
{
	const PGresult *answer = columns->answer;

	*ret_bytes = NULL;
	*ret_length = 0;
	if (PQgetisnull(answer, columns->row, column))
		return ERR_OK;
	*ret_bytes = PQgetvalue(answer, columns->row, column);
	*ret_length = (size_t)PQgetlength(answer, columns->row, column);
	return ERR_OK;
}
