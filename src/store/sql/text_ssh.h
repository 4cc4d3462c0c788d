/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements about people's sign-ins and SSH keys, and the schema of these keys. */
#ifndef STORE_SQL_TEXT_SSH_H
#define STORE_SQL_TEXT_SSH_H

/* The greatest id that a row of such a table has had. */
#define LAST_ID(table) "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '" table "'), 0)"

/* clang-format off */
#define SIGN_IN_STATEMENTS \
	[SQL_SIGN_IN_ADD] = "INSERT INTO sign_in (user, row, device, ssh_key) SELECT ?1, ?2, " \
			    LAST_ID("device") ", " LAST_ID("ssh_key"), \
	/* What was pruned from the trail, some at a time. */ \
	[SQL_SIGN_IN_FORGET] = "DELETE FROM sign_in WHERE user = ?1 AND row IN (SELECT row" \
			       " FROM sign_in WHERE user = ?1 AND row <= (SELECT number FROM" \
			       " checkpoint) ORDER BY row LIMIT 16)", \
	[SQL_SIGN_IN] = "SELECT device FROM sign_in WHERE user = ?1 AND row = ?2", \
	[SQL_SIGN_IN_BEFORE] = "SELECT device FROM sign_in WHERE user = ?1 AND row < ?2" \
			       " ORDER BY row DESC LIMIT 1", \
	[SQL_SIGN_INS] = "SELECT row, audit.time, source, detail FROM sign_in" \
			 " JOIN audit ON audit.id = row WHERE user = ?1 AND row < ?2" \
			 " ORDER BY row DESC"

/* read_key() in ssh_key.c. */
#define SSH_KEY \
	"SELECT ssh_key.id, user, type, blob, fingerprint, ssh_key.name, added, last_used," \
	" known_since, doubted FROM ssh_key "

#define SSH_KEY_STATEMENTS \
	[SQL_SSH_KEYS] = SSH_KEY "WHERE user = ?1 ORDER BY id", \
	[SQL_SSH_KEY_ADD] = "INSERT INTO ssh_key (user, type, blob, fingerprint, name, added)" \
			    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)", \
	[SQL_SSH_KEY_RENAME] = "UPDATE ssh_key SET name = ?3 WHERE user = ?1 AND id = ?2", \
	[SQL_SSH_KEY_REMOVE] = "DELETE FROM ssh_key WHERE user = ?1 AND id = ?2", \
	[SQL_SSH_KEY_KEEP] = "UPDATE ssh_key SET doubted = 0" \
			     " WHERE user = ?1 AND id = ?2 AND doubted = 1", \
	[SQL_SSH_KEYS_DOUBT] = "UPDATE ssh_key SET doubted = 1 WHERE user = ?1 AND id >" \
			       " coalesce((SELECT ssh_key FROM sign_in WHERE sign_in.user = ?1" \
			       " AND row <= ?2 ORDER BY row DESC LIMIT 1), 0)", \
	/* A clock before 1970 must not make it one that only knocks. */ \
	[SQL_SSH_KEY_USED] = "UPDATE ssh_key SET last_used = ?3, known_since =" \
			     " CASE WHEN known_since <> 0 THEN known_since WHEN ?3 > 1" \
			     " THEN ?3 ELSE 1 END" \
			     " WHERE user = ?1 AND fingerprint = ?2", \
	[SQL_SSH_KEY_OPEN] = SSH_KEY "JOIN account ON account.id = user" \
			     " WHERE fingerprint = ?1 AND enabled = 1 LIMIT 1", \
	[SQL_SSH_KEY_OWNER] = "SELECT user FROM ssh_key JOIN account ON account.id = user" \
			      " WHERE fingerprint = ?1 AND known_since <> 0 AND doubted = 0" \
			      " AND enabled = 1 AND NOT EXISTS (SELECT 1 FROM ssh_key AS other" \
			      " WHERE other.fingerprint = ?1 AND other.user <> ssh_key.user)"

/* A part of version 6. ssh_key of a sign-in: the greatest id that one had by then. */
#define SSH_KEY_SCHEMA \
	"CREATE TABLE ssh_key (" \
	" id INTEGER PRIMARY KEY AUTOINCREMENT," \
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE," \
	" type TEXT NOT NULL," \
	" blob BLOB NOT NULL CHECK (length(blob) BETWEEN 1 AND 3000)," \
	" fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32)," \
	" name TEXT NOT NULL," \
	" added INTEGER NOT NULL," \
	" last_used INTEGER NOT NULL DEFAULT 0," \
	" known_since INTEGER NOT NULL DEFAULT 0," \
	" doubted INTEGER NOT NULL DEFAULT 0 CHECK (doubted IN (0, 1))," \
	" UNIQUE (user, fingerprint)) STRICT", \
	"CREATE INDEX ssh_key_fingerprint ON ssh_key (fingerprint)", \
	"CREATE INDEX ssh_key_doubted ON ssh_key (user) WHERE doubted = 1", \
	"ALTER TABLE sign_in ADD COLUMN ssh_key INTEGER NOT NULL DEFAULT 0"
/* clang-format on */

#endif
