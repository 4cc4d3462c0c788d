/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every statement of the SQLite backend. The columns stand in the order in which the readers take
 * them. */
#include "store/sqlite_private.h"

/* read_account() in sqlite_user.c. */
#define ACCOUNT \
	"SELECT id, name, role, enabled, password_due, recovery_saved," \
	" (SELECT count(*) FROM device WHERE device.user = account.id)," \
	" (SELECT count(*) FROM recovery WHERE recovery.user = account.id AND used IS NULL)," \
	" code_failures, failures_since, code_paused_until, password_expires, enrol_until, " \
	"created," \
	" last_sign_in, last_source, phc, generation, language, plain FROM account "

/* Each new row of an unknown name lets at least as many go, so that there are never more than ?1.
 */
#define PRUNE(table) \
	"DELETE FROM " table " WHERE id IN (SELECT id FROM " table \
	" WHERE known = 0 AND id <= (SELECT max(id) FROM " table ") - ?1 LIMIT 8)"

static const char *const texts[SQL_COUNT] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_MARK] = "SAVEPOINT mark",
	[SQL_KEEP] = "RELEASE mark",
	[SQL_UNDO] = "ROLLBACK TO mark",

	[SQL_CONSOLE_KEY] = "SELECT console_key FROM state",
	[SQL_SET_CONSOLE_KEY] = "UPDATE state SET console_key = ?1",
	[SQL_KEYS] = "SELECT id, purpose, created, wrapped FROM keyring WHERE wrapped IS NOT NULL "
		     "ORDER BY id",
	[SQL_KEY_ADD] =
	    "INSERT INTO keyring (id, purpose, created, wrapped) VALUES (?1, ?2, ?3, ?4)",

	[SQL_USER_BY_NAME] = ACCOUNT "WHERE fold = ?1",
	[SQL_USER_BY_ID] = ACCOUNT "WHERE id = ?1",
	[SQL_USER_PAGE] = ACCOUNT "WHERE fold > ?1 ORDER BY fold",
	[SQL_USER_RESERVE] = "UPDATE state SET users = users + 1",
	[SQL_USER_RESERVED] = "SELECT users FROM state",
	[SQL_USER_RAISE] = "UPDATE account SET generation = generation + 1 WHERE id = ?1",
	[SQL_USER_GENERATION] = "SELECT generation FROM account WHERE id = ?1",
	[SQL_USER_ADD] = "INSERT INTO account (id, name, fold, role, enabled, password_due,"
			 " password_expires, enrol_until, created, phc, told) VALUES (?1, ?2, ?3,"
			 " ?4, ?5, ?6, ?7, ?8, ?9, ?10, (SELECT coalesce(max(id), 0) FROM notice))",
	[SQL_USER_ENABLE] = "UPDATE account SET enabled = ?2 WHERE id = ?1",
	[SQL_USER_SET_ROLE] = "UPDATE account SET role = ?2 WHERE id = ?1",
	[SQL_USER_REMOVE] = "DELETE FROM account WHERE id = ?1",
	[SQL_USER_SET_PASSWORD] =
	    "UPDATE account SET phc = ?2, password_due = ?3, password_expires = ?4 WHERE id = ?1",
	[SQL_USER_REHASH] = "UPDATE account SET phc = ?3 WHERE id = ?1 AND phc = ?2",
	[SQL_USER_SET_ENROL_UNTIL] = "UPDATE account SET enrol_until = ?2 WHERE id = ?1",
	[SQL_USER_SIGNED_IN] = "UPDATE account SET last_sign_in = ?2, last_source = ?3, "
			       "failures_since = 0 WHERE id = ?1",
	[SQL_USER_FAILED] =
	    "UPDATE account SET failures_since = min(failures_since + 1, 4294967295) WHERE id = ?1",
	[SQL_USER_SET_CODE] =
	    "UPDATE account SET code_failures = ?2, code_paused_until = ?3 WHERE id = ?1",
	[SQL_USER_SET_LANGUAGE] = "UPDATE account SET language = ?2 WHERE id = ?1",
	[SQL_USER_SET_PLAIN] = "UPDATE account SET plain = ?2 WHERE id = ?1",
	[SQL_COUNTS] = "SELECT people, with_2fa, (SELECT count(*) FROM account WHERE role = 2 AND "
		       "enabled = 1),"
		       " (SELECT count(*) FROM account WHERE code_paused_until > 0 AND "
		       "code_paused_until > ?1) FROM state",
	[SQL_TALLY] = "UPDATE state SET people = people + ?1, with_2fa = with_2fa + ?2",

	[SQL_DEVICES] = "SELECT id, user, name, created, last_step, skew, key_id, sealed FROM "
			"device WHERE user = ?1 ORDER BY id",
	[SQL_DEVICE_ADD] = "INSERT INTO device (user, name, created, last_step, skew, key_id, "
			   "sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[SQL_DEVICE_SPEND] =
	    "UPDATE device SET last_step = ?2, skew = ?3 WHERE id = ?1 AND last_step < ?2",
	[SQL_DEVICES_LAST_STEP] =
	    "UPDATE device SET last_step = ?2 + skew WHERE user = ?1 AND last_step - skew > ?2",
	[SQL_DEVICES_COUNT] = "SELECT count(*) FROM device WHERE user = ?1",
	[SQL_DEVICES_REMOVE] = "DELETE FROM device WHERE user = ?1",

	[SQL_PENDING] =
	    "SELECT id, user, source, began, seen, key_id, sealed FROM pending WHERE user = ?1",
	[SQL_PENDING_PUT] = "INSERT OR REPLACE INTO pending (user, source, began, seen, key_id, "
			    "sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[SQL_PENDING_TOUCH] = "UPDATE pending SET seen = ?3 WHERE user = ?1 AND id = ?2",
	[SQL_PENDING_REMOVE] = "DELETE FROM pending WHERE user = ?1",

	[SQL_RECOVERY_REMOVE] = "DELETE FROM recovery WHERE user = ?1",
	[SQL_RECOVERY_ADD] = "INSERT INTO recovery (user, hash, key_id) VALUES (?1, ?2, ?3)",
	[SQL_RECOVERY_SAVED] = "UPDATE account SET recovery_saved = ?2 WHERE id = ?1",
	[SQL_RECOVERY_KEY] = "SELECT key_id FROM recovery WHERE user = ?1 AND used IS NULL LIMIT 1",
	[SQL_RECOVERY_USE] =
	    "UPDATE recovery SET used = ?3 WHERE user = ?1 AND hash = ?2 AND used IS NULL",

	[SQL_THROTTLE] =
	    "SELECT failures, paused_until FROM throttle WHERE name = ?1 AND source = ?2",
	[SQL_THROTTLE_PUT] = "INSERT INTO throttle (name, source, known, failures, paused_until, "
			     "changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
			     " ON CONFLICT (name, source) DO UPDATE SET known = ?3, failures = ?4, "
			     "paused_until = ?5, changed = ?6",
	[SQL_THROTTLE_PRUNE] = PRUNE("throttle"),
	[SQL_THROTTLE_CLEAR] = "DELETE FROM throttle WHERE name = ?1 AND source = ?2",
	[SQL_THROTTLE_CLEAR_ALL] = "DELETE FROM throttle WHERE name = ?1",
	[SQL_THROTTLE_LONGEST] =
	    "SELECT coalesce(max(paused_until), 0) FROM throttle WHERE name = ?1",
	[SQL_HOUR] = "SELECT minute, counts FROM throttle_hour WHERE name = ?1",
	[SQL_HOUR_PUT] =
	    "INSERT INTO throttle_hour (name, known, minute, counts) VALUES (?1, ?2, ?3, ?4)"
	    " ON CONFLICT (name) DO UPDATE SET known = ?2, minute = ?3, counts = ?4",
	[SQL_HOUR_PRUNE] = PRUNE("throttle_hour"),
	[SQL_HOUR_CLEAR] = "DELETE FROM throttle_hour WHERE name = ?1",
	[SQL_SOURCE_PUT] = "INSERT INTO source (user, source, last) VALUES (?1, ?2, ?3) ON "
			   "CONFLICT (user, source) DO UPDATE SET last = ?3",
	[SQL_SOURCE_PRUNE] = "DELETE FROM source WHERE user = ?1 AND last < ?2",
	[SQL_SOURCE_TRUSTED] =
	    "SELECT count(*) FROM (SELECT 1 FROM source WHERE source = ?1 AND last BETWEEN ?2 AND"
	    " ?3 LIMIT 1)",

	[SQL_REFUSAL_ADD] =
	    "INSERT INTO refusal (name, source, action, who, result, began, latest, number)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1) ON CONFLICT (name, source, action)"
	    " DO UPDATE SET number = number + 1, latest = ?6",
	[SQL_REFUSAL_COUNT] =
	    "SELECT number FROM refusal WHERE name = ?1 AND source = ?2 AND action = ?3",
	[SQL_REFUSALS] = "SELECT id, name, source, action, who, result, began, latest, number"
			 " FROM refusal WHERE began < ?1 ORDER BY id",
	[SQL_REFUSALS_NUMBER] = "SELECT count(*) FROM refusal",
	[SQL_REFUSAL_REMOVE] = "DELETE FROM refusal WHERE id = ?1",

	[SQL_SETTINGS] = "SELECT name, value FROM setting",
	[SQL_SETTING_PUT] = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) "
			    "DO UPDATE SET value = ?2",

	[SQL_HEAD] = "SELECT audit_count, audit_key, audit_last, audit_mac FROM state",
	[SQL_HEAD_SET] =
	    "UPDATE state SET audit_count = ?1, audit_key = ?2, audit_last = ?3, audit_mac = ?4",
	[SQL_AUDIT_ADD] =
	    "INSERT INTO audit (id, time, who, source, terminal, action, target, "
	    "result, detail, peer_uid, key_id, mac, version, node, vouched)"
	    " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15 FROM state "
	    "WHERE audit_count = ?1 - 1",
	[SQL_AUDIT_PAGE] = "SELECT id, time, who, source, terminal, action, target, result, "
			   "detail, peer_uid, key_id, mac, version, node, vouched FROM audit"
			   " WHERE id > ?1 ORDER BY id",

	[SQL_NOTICE_ADD] =
	    "INSERT INTO notice (time, action, detail, role) VALUES (?1, ?2, ?3, ?4)",
	[SQL_NOTICES] = "SELECT id, time, action, detail, role FROM notice"
			" WHERE id > (SELECT told FROM account WHERE account.id = ?1) AND role <= "
			"?2 ORDER BY id DESC",
	/* ?1: the newest step that may be spent; ?2, ?3, ?4: the latest end of a pause, of an
	 * invitation, and the latest moment of a screen. */
	[SQL_TIMES_AHEAD] =
	    "WITH ahead (name) AS ("
	    " SELECT account.name FROM device JOIN account ON account.id = user"
	    " WHERE last_step - skew > ?1"
	    " UNION ALL SELECT name FROM account WHERE code_paused_until > ?2"
	    " UNION ALL SELECT name FROM account WHERE max(password_expires, enrol_until) > ?3"
	    " UNION ALL SELECT account.name FROM pending JOIN account ON account.id = user"
	    " WHERE seen > ?4"
	    " UNION ALL SELECT '' FROM throttle WHERE paused_until > ?2)"
	    " SELECT count(*), coalesce(max(name), '') FROM ahead",
	[SQL_NOTICES_TOLD] = "UPDATE account SET told = max(told, ?2) WHERE id = ?1",
};

const char *
sqlite_sql(enum sql sql)
{
	return texts[sql];
}
