/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements that are only asked where keepers share a store: postgresql/text.c has them. */
#ifndef STORE_SQL_TEXT_NODE_H
#define STORE_SQL_TEXT_NODE_H

#define ELSEWHERE(sql) [sql] = "SELECT 0"

/* clang-format off */
#define NODE_STATEMENTS \
	ELSEWHERE(SQL_CHANGES), \
	ELSEWHERE(SQL_CHANGES_MORE), \
	ELSEWHERE(SQL_NODES), \
	ELSEWHERE(SQL_NODE), \
	ELSEWHERE(SQL_NODE_INVITE), \
	ELSEWHERE(SQL_NODE_KEY), \
	ELSEWHERE(SQL_NODE_KEYS_DROP), \
	ELSEWHERE(SQL_NODE_REMOVE), \
	ELSEWHERE(SQL_NODE_SEEN), \
	ELSEWHERE(SQL_NODE_LOOK)
/* clang-format on */

#endif
