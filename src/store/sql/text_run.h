/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements and schema of UNIX accounts that are people's, of commands and of recordings. */
#ifndef STORE_SQL_TEXT_RUN_H
#define STORE_SQL_TEXT_RUN_H

/* clang-format off */

/* unix: the UNIX account that a person is (DESIGN 9). */
#define LINK_SCHEMA \
	"CREATE TABLE link (unix TEXT PRIMARY KEY," \
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE) STRICT, WITHOUT ROWID", \
	"CREATE INDEX link_user ON link (user)"

#define LINK_STATEMENTS \
	[SQL_LINK_ADD] = "INSERT INTO link (unix, user) VALUES (?1, ?2)", \
	[SQL_LINK_REMOVE] = "DELETE FROM link WHERE unix = ?1", \
	[SQL_LINK_USER] = "SELECT user FROM link WHERE unix = ?1", \
	[SQL_LINKS] = "SELECT unix, name FROM link JOIN account ON account.id = user" \
		      " WHERE unix > ?1 ORDER BY unix"

/* command_run: when a person ran a command last, for their own list of commands. recording: whose
 * the recording of a run is; 0 where nobody had that name when it began. */
#define RUN_SCHEMA \
	"CREATE TABLE command_run (" \
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE," \
	" command TEXT NOT NULL," \
	" last INTEGER NOT NULL," \
	" PRIMARY KEY (user, command)) STRICT, WITHOUT ROWID", \
	"CREATE TABLE recording (" \
	" id TEXT PRIMARY KEY," \
	" user INTEGER NOT NULL," \
	" began INTEGER NOT NULL) STRICT, WITHOUT ROWID", \
	"CREATE INDEX recording_began ON recording (began)"

#define RUN_STATEMENTS \
	[SQL_COMMAND_RAN] = "INSERT INTO command_run (user, command, last) VALUES (?1, ?2, ?3)" \
			    " ON CONFLICT (user, command) DO UPDATE SET last = ?3", \
	[SQL_COMMAND_LAST] = "SELECT last FROM command_run WHERE user = ?1 AND command = ?2", \
	[SQL_RECORDING_ADD] = "INSERT INTO recording (id, user, began) VALUES (?1, ?2, ?3)" \
			      " ON CONFLICT DO NOTHING", \
	[SQL_RECORDING_USER] = "SELECT user FROM recording WHERE id = ?1", \
	[SQL_RECORDING_PRUNE] = "DELETE FROM recording WHERE began < ?1"

/* clang-format on */

#endif
