/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statements of sql/text.c in PostgreSQL's words. What differs:
 *   ?1                     $1
 *   INDEXED BY name        nothing: PostgreSQL chooses
 *   user, row              "user", "row": reserved
 *   +column                column: SQLite's way to leave an index aside
 *   (SELECT seq FROM sqlite_sequence WHERE name = 'x')   of the sequence x_id_seq
 */
#ifndef STORE_POSTGRESQL_DIALECT_H
#define STORE_POSTGRESQL_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

enum { DIALECT_SIZE = 8192 }; /* bytes of the longest statement, with NUL */

/* False: it does not fit into size bytes. */
bool
dialect(const char *sql, char *buf, size_t size);

/* Whether a statement ends in a LIMIT of its own. */
bool
dialect_is_limited(const char *sql);

#endif
