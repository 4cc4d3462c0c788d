/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements about the console's keys, and what is sealed with them. */
#ifndef STORE_SQL_TEXT_KEY_H
#define STORE_SQL_TEXT_KEY_H

/* clang-format off */
#define KEY_STATEMENTS \
	[SQL_CONSOLE_KEY] = "SELECT console_key FROM state", \
	[SQL_SET_CONSOLE_KEY] = "UPDATE state SET console_key = ?1", \
	[SQL_KEYS] = "SELECT id, purpose, created, wrapped FROM keyring" \
		" WHERE wrapped IS NOT NULL ORDER BY id", \
	[SQL_KEY_ADD] = \
		"INSERT INTO keyring (id, purpose, created, wrapped) VALUES (?1, ?2, ?3, ?4)", \
	[SQL_KEY_NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM keyring", \
	[SQL_KEY_WRAP] = "UPDATE keyring SET wrapped = ?2 WHERE id = ?1 AND wrapped IS NOT NULL", \
	[SQL_KEY_DROP] = "UPDATE keyring SET wrapped = NULL WHERE id = ?1", \
	[SQL_DEVICES_AT_REST] = \
		"SELECT id, user, 0, key_id, sealed FROM device WHERE key_id < ?1", \
	[SQL_PENDING_AT_REST] = \
		"SELECT id, user, 1, key_id, sealed FROM pending WHERE key_id < ?1", \
	[SQL_AT_REST_COUNT] = "SELECT (SELECT count(*) FROM device WHERE key_id < ?1) +" \
		" (SELECT count(*) FROM pending WHERE key_id < ?1)", \
	[SQL_DEVICE_SEAL] = "UPDATE device SET key_id = ?2, sealed = ?3 WHERE id = ?1", \
	[SQL_PENDING_SEAL] = "UPDATE pending SET key_id = ?2, sealed = ?3 WHERE id = ?1"
/* clang-format on */

#endif
