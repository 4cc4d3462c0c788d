/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements about imports. */
#ifndef STORE_SQL_TEXT_IMPORT_H
#define STORE_SQL_TEXT_IMPORT_H

/* clang-format off */
#define IMPORT_STATEMENTS \
	[SQL_IMPORT_OPEN] = "INSERT INTO import (who, phc) VALUES (?1, ?2)", \
	[SQL_IMPORT] = "SELECT id, done, who, phc FROM import WHERE id = ?1", \
	[SQL_IMPORTS] = "SELECT id, done, who, phc FROM import ORDER BY id", \
	[SQL_IMPORT_NOTE] = "INSERT INTO imported (import, user, device) VALUES (?1, ?2, ?3)", \
	[SQL_IMPORT_HAS] = "SELECT count(*) FROM imported WHERE import = ?1 AND user = ?2", \
	[SQL_IMPORT_FINISH] = "UPDATE import SET done = 1 WHERE id = ?1 AND done = 0", \
	[SQL_IMPORT_ROWS] = "SELECT user, device, name FROM imported JOIN account ON account.id =" \
			    " user WHERE import = ?1 ORDER BY user, device", \
	[SQL_IMPORT_UNDO_DEVICE] = "DELETE FROM device WHERE user = ?1 AND id = ?2", \
	[SQL_IMPORT_FORGET_ONE] = \
	    "DELETE FROM imported WHERE import = ?1 AND user = ?2 AND device = ?3", \
	[SQL_IMPORT_FORGET] = "DELETE FROM imported WHERE import = ?1 AND (user, device) IN" \
			      " (SELECT user, device FROM imported WHERE import = ?1 LIMIT ?2)", \
	[SQL_IMPORT_REMOVE] = "DELETE FROM import WHERE id = ?1"
/* clang-format on */

#endif
