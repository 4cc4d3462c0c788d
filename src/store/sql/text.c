/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every statement. The columns stand in the order in which the readers take
 * them. */
#include "store/sql/text_import.h"
#include "store/sql/text_key.h"
#include "store/sql/text_node.h"
#include "store/sql/text_notice.h"
#include "store/sql/text_run.h"
#include "store/sql/text_ssh.h"
#include "store/sql/sql.h"

/* clang-format off */

/* sql_account() in user.c. The fold is what pages are sorted by. */
#define ACCOUNT \
	"SELECT id, name, role, enabled, password_due, recovery_saved, devices, codes_left," \
	" code_failures, failures_since, code_paused_until, password_expires, enrol_until," \
	" created, last_sign_in, last_source, phc, generation, language, plain, fold, alarmed," \
	" (SELECT count(*) FROM device INDEXED BY device_doubted" \
	" WHERE device.user = account.id AND doubted = 1)," \
	" (SELECT count(*) FROM ssh_key INDEXED BY ssh_key_doubted" \
	" WHERE ssh_key.user = account.id AND doubted = 1)" \
	" FROM account "

/* ?1: the roles that are looked for, a bit each. Each is read in the order of its index, and the
 * three are merged as they come: no page reads more rows than it has, but one of each role. */
#define OF_ROLE(index, role, bit, rest) \
	ACCOUNT "INDEXED BY " index " WHERE role = " role " AND (?1 & " bit ") <> 0 AND " rest
#define MERGED(index, rest, order) \
	OF_ROLE(index, "0", "1", rest) " UNION ALL " OF_ROLE(index, "1", "2", rest) \
	" UNION ALL " OF_ROLE(index, "2", "4", rest) " ORDER BY " order
#define BETWEEN_FOLDS "fold >= ?2 AND fold < ?3"
#define BARE " AND has_2fa = 0"
#define SAME_TIME BETWEEN_FOLDS " AND last_sign_in = ?4"

/* Those whose codes are paused stand first, on their own; there are few. */
#define STANDING \
	BETWEEN_FOLDS \
	" AND (CASE WHEN enabled = 0 THEN 1 WHEN password_due = 1 THEN 2 ELSE 3 END) = ?4" \
	" AND (enabled = 0 OR (code_failures < 100 AND code_paused_until <= ?5))"
#define PAUSED_IDS(now) \
	"SELECT id FROM account WHERE code_failures >= 100 UNION ALL" \
	" SELECT id FROM account WHERE code_paused_until > 0 AND code_paused_until > " now
#define PAUSED(also) \
	ACCOUNT "WHERE id IN (" PAUSED_IDS("?4") ") AND enabled = 1" also \
	" AND ((?1 >> CAST(role AS INTEGER)) & 1) = 1 AND +fold >= ?2 AND +fold < ?3 ORDER BY +fold"

/* Of those few it is asked whether they are operators (+role), not of all operators whether they
 * are paused. How many there are; one person's share of the numbers in state (?1: who). */
#define PAUSED_NUMBER(also) \
	"(SELECT count(*) FROM account WHERE id IN (" PAUSED_IDS("?1") ") AND enabled = 1" also ")"
#define COUNTS \
	"SELECT people, with_2fa, " PAUSED_NUMBER("") ", operators, operators_with_2fa, " \
	PAUSED_NUMBER(" AND +role = 0") \
	", (SELECT count(*) FROM account WHERE role = 2 AND enabled = 1) FROM state"
#define BECOMES_OPERATOR(role) "(CASE WHEN " role " = 0 THEN 1 ELSE 0 END)"
#define IS_OPERATOR BECOMES_OPERATOR("role")
#define MINE(what) "(SELECT " what " FROM account WHERE id = ?1)"
#define TALLY_REMOVE \
	"UPDATE state SET people = people - 1, with_2fa = with_2fa - " MINE("has_2fa") \
	", operators = operators - " MINE(IS_OPERATOR) \
	", operators_with_2fa = operators_with_2fa - " MINE(IS_OPERATOR " * has_2fa")
#define TALLY_ROLE \
	"UPDATE state SET operators = operators + " BECOMES_OPERATOR("?2") " - " MINE(IS_OPERATOR) \
	", operators_with_2fa = operators_with_2fa + " \
	MINE("has_2fa * (" BECOMES_OPERATOR("?2") " - " IS_OPERATOR ")")
#define TALLY_2FA \
	"UPDATE state SET with_2fa = with_2fa + ?2," \
	" operators_with_2fa = operators_with_2fa + ?2 * " MINE(IS_OPERATOR)

/* The last column: whether who asked is still enabled, and their account is as it was. */
#define WAITING \
	"SELECT waiting.id, action, asker, waiting.generation, person, waiting.name," \
	" waiting.role, invite, detail, value, waiting.phc, asked, until, account.name," \
	" account.enabled = 1 AND account.generation = waiting.generation" \
	" FROM waiting JOIN account ON account.id = asker "

/* clang-format on */

/* Each new row of an unknown name lets at least as many go, so that there are never more than ?1.
 */
#define ONE_MORE_FAILED \
	"failures_since = failures_since + CASE WHEN failures_since < 4294967295 THEN 1 ELSE 0 " \
	"END" \
	" WHERE id = ?1"

#define PRUNE(table) \
	"DELETE FROM " table " WHERE id IN (SELECT id FROM " table \
	" WHERE known = 0 AND id <= (SELECT max(id) FROM " table ") - ?1 LIMIT 8)"

#define AUDIT_COLUMNS \
	"id, time, who, source, terminal, action, target, result, detail, peer_uid, key_id, mac, " \
	"version, node, vouched"
#define AUDIT_ALL \
	"SELECT " AUDIT_COLUMNS " FROM audit WHERE id BETWEEN ?1 AND ?2 AND ?3 > 0 ORDER BY id"
#define AUDIT_VERB \
	"SELECT " AUDIT_COLUMNS " FROM audit INDEXED BY audit_action" \
	" WHERE action = ?4 AND action NOT IN ('password', 'code', 'sign-in', 'sign-out')" \
	" AND id BETWEEN ?1 AND ?2 AND ?3 > 0 ORDER BY id"
/* Who did it, and to whom: each is looked for by its own index, and no further than the page. */
#define AUDIT_PERSON(order) \
	"SELECT " AUDIT_COLUMNS " FROM audit WHERE id IN (" \
	"SELECT id FROM (SELECT id FROM audit INDEXED BY audit_who" \
	" WHERE who = ?4 AND id BETWEEN ?1 AND ?2 ORDER BY id" order " LIMIT ?3) AS w" \
	" UNION SELECT id FROM (SELECT id FROM audit INDEXED BY audit_target" \
	" WHERE target = ?4 AND target <> '' AND id BETWEEN ?1 AND ?2 ORDER BY id" order \
	" LIMIT ?3) AS t) ORDER BY id" order " LIMIT ?3"

/* The greatest number of the ?2 rows after ?1; 0: there is none. */
#define SLICE(table, column) \
	"SELECT coalesce(max(" column "), 0) FROM (SELECT " column " FROM " table " WHERE " column \
	" > ?1 ORDER BY " column " LIMIT ?2) AS slice"

static const char *const texts[SQL_COUNT] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_MARK] = "SAVEPOINT mark",
	[SQL_KEEP] = "RELEASE mark",
	[SQL_UNDO] = "ROLLBACK TO mark",

	KEY_STATEMENTS,

	[SQL_FLOOR] = "SELECT floor FROM state",
	[SQL_FLOOR_SET] = "UPDATE state SET floor = ?1",
	[SQL_FLOOR_LAST] = "UPDATE state SET floor = ?1 WHERE floor > ?1",
	[SQL_BACKUP_TIME] = "SELECT backed_up FROM state",
	[SQL_SET_BACKUP_TIME] = "UPDATE state SET backed_up = ?1",
	[SQL_RESTORED_PENDING] = "DELETE FROM pending",
	[SQL_RESTORED_ACCOUNTS] =
	    "UPDATE account SET generation = generation + 1, recovery_saved = 0",

	[SQL_USER_BY_NAME] = ACCOUNT "WHERE fold = ?1",
	[SQL_USER_BY_ID] = ACCOUNT "WHERE id = ?1",
	[SQL_PAGE_NAME] = MERGED("account_role", BETWEEN_FOLDS, "fold"),
	[SQL_PAGE_NAME_BACK] = MERGED("account_role", BETWEEN_FOLDS, "fold DESC"),
	[SQL_PAGE_PAUSED] = PAUSED(""),
	[SQL_PAGE_PAUSED_BACK] = PAUSED("") " DESC",
	[SQL_PAGE_STANDING] = MERGED("account_standing", STANDING, "fold"),
	[SQL_PAGE_STANDING_BACK] = MERGED("account_standing", STANDING, "fold DESC"),
	[SQL_PAGE_SAME] = MERGED("account_sign_in", SAME_TIME, "fold"),
	[SQL_PAGE_SAME_BACK] = MERGED("account_sign_in", SAME_TIME, "fold DESC"),
	[SQL_PAGE_EARLIER] = MERGED("account_sign_in", "last_sign_in < ?2",
	    "last_sign_in DESC, fold"),
	[SQL_PAGE_LATER] = MERGED("account_sign_in", "last_sign_in > ?2",
	    "last_sign_in, fold DESC"),
	[SQL_BARE_NAME] = MERGED("account_bare", BETWEEN_FOLDS BARE, "fold"),
	[SQL_BARE_NAME_BACK] = MERGED("account_bare", BETWEEN_FOLDS BARE, "fold DESC"),
	[SQL_BARE_PAUSED] = PAUSED(BARE),
	[SQL_BARE_PAUSED_BACK] = PAUSED(BARE) " DESC",
	[SQL_BARE_STANDING] = MERGED("account_bare_standing", STANDING BARE, "fold"),
	[SQL_BARE_STANDING_BACK] = MERGED("account_bare_standing", STANDING BARE, "fold DESC"),
	[SQL_BARE_SAME] = MERGED("account_bare_sign_in", SAME_TIME BARE, "fold"),
	[SQL_BARE_SAME_BACK] = MERGED("account_bare_sign_in", SAME_TIME BARE, "fold DESC"),
	[SQL_BARE_EARLIER] = MERGED("account_bare_sign_in", "last_sign_in < ?2" BARE,
	    "last_sign_in DESC, fold"),
	[SQL_BARE_LATER] = MERGED("account_bare_sign_in", "last_sign_in > ?2" BARE,
	    "last_sign_in, fold DESC"),
	[SQL_USER_RESERVE] = "UPDATE state SET users = users + 1",
	[SQL_USER_RESERVED] = "SELECT users FROM state",
	[SQL_USER_RAISE] = "UPDATE account SET generation = generation + 1 WHERE id = ?1",
	[SQL_USER_GENERATION] = "SELECT generation FROM account WHERE id = ?1",
	[SQL_USER_ADD] = "INSERT INTO account (id, name, fold, role, enabled, password_due,"
			 " password_expires, enrol_until, created, phc, told, notices_0,"
			 " notices_1, notices_2) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
			 " newest, newest, newest, newest FROM"
			 " (SELECT " NOTICE_LAST " AS newest) AS n",
	[SQL_USER_ENABLE] = "UPDATE account SET enabled = ?2 WHERE id = ?1",
	/* What was told to a role before somebody had it is not told to them. */
	[SQL_USER_SET_ROLE] = "UPDATE account SET role = ?2,"
			      " notices_1 = CASE WHEN role < 1 AND ?2 >= 1 THEN " NOTICE_LAST
			      " ELSE notices_1 END,"
			      " notices_2 = CASE WHEN role < 2 AND ?2 >= 2 THEN " NOTICE_LAST
			      " ELSE notices_2 END"
			      " WHERE id = ?1",
	[SQL_USER_REMOVE] = "DELETE FROM account WHERE id = ?1",
	[SQL_USER_SET_PASSWORD] =
	    "UPDATE account SET phc = ?2, password_due = ?3, password_expires = ?4 WHERE id = ?1",
	[SQL_USER_REHASH] = "UPDATE account SET phc = ?3 WHERE id = ?1 AND phc = ?2",
	[SQL_USER_SET_ENROL_UNTIL] = "UPDATE account SET enrol_until = ?2 WHERE id = ?1",
	[SQL_USER_SIGNED_IN] = "UPDATE account SET last_sign_in = ?2, last_source = ?3, "
			       "failures_since = 0 WHERE id = ?1",
	[SQL_USER_FAILURES_TOLD] = "UPDATE account SET failures_since = 0 WHERE id = ?1",
	[SQL_USER_FAILED] = "UPDATE account SET " ONE_MORE_FAILED,
	[SQL_USER_CODE_FAILED] =
	    "UPDATE account SET code_failures = ?2, code_paused_until = ?3, " ONE_MORE_FAILED,
	[SQL_USER_SET_CODE] =
	    "UPDATE account SET code_failures = ?2, code_paused_until = ?3 WHERE id = ?1",
	[SQL_USER_SET_LANGUAGE] = "UPDATE account SET language = ?2 WHERE id = ?1",
	[SQL_USER_SET_ALARMED] = "UPDATE account SET alarmed = ?2 WHERE id = ?1",
	[SQL_USER_SET_PLAIN] = "UPDATE account SET plain = ?2 WHERE id = ?1",
	[SQL_COUNTS] = COUNTS,
	[SQL_TALLY_ADD] =
	    "UPDATE state SET people = people + 1, operators = operators + " BECOMES_OPERATOR("?1"),
	[SQL_TALLY_REMOVE] = TALLY_REMOVE,
	[SQL_TALLY_ROLE] = TALLY_ROLE,
	[SQL_TALLY_2FA] = TALLY_2FA,
	[SQL_USER_SET_2FA] = "UPDATE account SET has_2fa = ?2 WHERE id = ?1 AND has_2fa <> ?2",
	[SQL_USER_DEVICES] = "UPDATE account SET devices = ?2 WHERE id = ?1",
	[SQL_USER_CODES_LEFT] = "UPDATE account SET codes_left = (SELECT count(*) FROM recovery"
				" WHERE user = ?1 AND used IS NULL) WHERE id = ?1",

	[SQL_DEVICES] = "SELECT id, user, name, created, last_step, skew, key_id, sealed, "
			"last_used, doubted FROM device WHERE user = ?1 ORDER BY id",
	[SQL_DEVICE_ADD] = "INSERT INTO device (user, name, created, last_step, skew, key_id, "
			   "sealed, last_used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[SQL_DEVICE_SPEND] = "UPDATE device SET last_step = ?2, skew = ?3, last_used = ?4"
			     " WHERE id = ?1 AND last_step < ?2"
			     " AND ?2 - ?3 > (SELECT floor FROM state)",
	[SQL_DEVICES_LAST_STEP] =
	    "UPDATE device SET last_step = ?2 + skew WHERE user = ?1 AND last_step - skew > ?2",
	[SQL_DEVICES_COUNT] = "SELECT count(*) FROM device WHERE user = ?1",
	[SQL_DEVICE_RENAME] = "UPDATE device SET name = ?3 WHERE user = ?1 AND id = ?2",
	[SQL_DEVICE_REMOVE] = "DELETE FROM device WHERE user = ?1 AND id = ?2",
	[SQL_DEVICES_DOUBT] =
	    "UPDATE device SET doubted = 1 WHERE user = ?1 AND id > ?2 AND id <> ?3",
	[SQL_DEVICE_KEEP] =
	    "UPDATE device SET doubted = 0 WHERE user = ?1 AND id = ?2 AND doubted = 1",
	SIGN_IN_STATEMENTS,
	SSH_KEY_STATEMENTS,
	LINK_STATEMENTS,
	RUN_STATEMENTS,
	[SQL_DEVICES_REMOVE] = "DELETE FROM device WHERE user = ?1",

	[SQL_PENDING] =
	    "SELECT id, user, source, began, seen, key_id, sealed, purpose, device, name"
	    " FROM pending WHERE user = ?1",
	[SQL_PENDING_PUT] = "INSERT OR REPLACE INTO pending (user, source, began, seen, key_id, "
			    "sealed, purpose, device, name)"
			    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
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
	    " ?3 LIMIT 1) AS trusted",

	[SQL_REFUSAL_ADD] =
	    "INSERT INTO refusal (name, source, action, who, result, began, latest, number)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1) ON CONFLICT (name, source, action)"
	    " DO UPDATE SET number = refusal.number + 1, latest = ?6",
	[SQL_REFUSAL_COUNT] =
	    "SELECT number FROM refusal WHERE name = ?1 AND source = ?2 AND action = ?3",
	[SQL_REFUSALS] = "SELECT id, name, source, action, who, result, began, latest, number"
			 " FROM refusal WHERE began < ?1 ORDER BY id",
	[SQL_REFUSALS_NUMBER] = "SELECT count(*) FROM refusal",
	[SQL_REFUSAL_REMOVE] = "DELETE FROM refusal WHERE id = ?1",

	/* What is old, of a slice. */
	[SQL_THROTTLE_SLICE] = SLICE("throttle", "id"),
	[SQL_THROTTLE_OLD] = "DELETE FROM throttle WHERE id > ?1 AND id <= ?2 AND changed < ?3"
			     " AND paused_until < ?3",
	[SQL_HOUR_SLICE] = SLICE("throttle_hour", "id"),
	[SQL_HOUR_OLD] =
	    "DELETE FROM throttle_hour WHERE id > ?1 AND id <= ?2 AND minute < ?3 / 60",
	[SQL_SOURCE_SLICE] = SLICE("source", "user"),
	[SQL_SOURCE_OLD] = "DELETE FROM source WHERE user > ?1 AND user <= ?2 AND last < ?3",
	[SQL_PENDING_SLICE] = SLICE("pending", "id"),
	[SQL_PENDING_OLD] = "DELETE FROM pending WHERE id > ?1 AND id <= ?2 AND seen < ?3",
	[SQL_NOTICE_SLICE] = SLICE("notice", "id"),
	[SQL_NOTICE_OLD] = "DELETE FROM notice WHERE id > ?1 AND id <= ?2 AND time < ?3"
			   " AND NOT (" NOTICE_WANTED ")",
	[SQL_TRUST] = "SELECT seen, trusted FROM trust",
	[SQL_TRUST_PUT] = "INSERT INTO trust (id, seen, trusted) VALUES (1, ?1, ?2)"
			  " ON CONFLICT (id) DO UPDATE SET seen = ?1, trusted = ?2",

	[SQL_SETTINGS] = "SELECT name, value FROM setting",
	[SQL_SETTING_PUT] = "INSERT INTO setting (name, value, who) VALUES (?1, ?2, ?3) "
			    "ON CONFLICT (name) DO UPDATE SET value = ?2, who = ?3",
	[SQL_SETTING_BY] = "SELECT name, who FROM setting",

	[SQL_HEAD] = "SELECT audit_count, audit_key, audit_last, audit_mac FROM state",
	[SQL_HEAD_SET] =
	    "UPDATE state SET audit_count = ?1, audit_key = ?2, audit_last = ?3, audit_mac = ?4",
	[SQL_AUDIT_ADD] =
	    "INSERT INTO audit (id, time, who, source, terminal, action, target, "
	    "result, detail, peer_uid, key_id, mac, version, node, vouched)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
	[SQL_AUDIT_PAGE] = "SELECT " AUDIT_COLUMNS " FROM audit WHERE id > ?1 ORDER BY id",
	[SQL_AUDIT_HOUR_ADD] =
	    "INSERT INTO audit_hour (first, hour) SELECT ?1, ?2"
	    " WHERE NOT EXISTS (SELECT 1 FROM (SELECT hour FROM audit_hour ORDER BY first DESC"
	    " LIMIT 1) AS newest WHERE newest.hour = ?2)",
	/* To where the next hour begins behind the last one of these. */
	[SQL_AUDIT_SPAN] =
	    "SELECT coalesce(min(first), 0), coalesce((SELECT first - 1 FROM audit_hour"
	    " WHERE first > (SELECT max(first) FROM audit_hour WHERE hour BETWEEN ?1 AND ?2)"
	    " ORDER BY first LIMIT 1), 9223372036854775807)"
	    " FROM audit_hour WHERE hour BETWEEN ?1 AND ?2",
	/* ?1 and ?2: the lowest and the highest row; ?3: how many; ?4: whose, or which verb */
	[SQL_AUDIT_ALL_UP] = AUDIT_ALL "",
	[SQL_AUDIT_ALL_DOWN] = AUDIT_ALL " DESC",
	[SQL_AUDIT_PERSON_UP] = AUDIT_PERSON(""),
	[SQL_AUDIT_PERSON_DOWN] = AUDIT_PERSON(" DESC"),
	[SQL_AUDIT_VERB_UP] = AUDIT_VERB "",
	[SQL_AUDIT_VERB_DOWN] = AUDIT_VERB " DESC",
	[SQL_AUDIT_CHARTED] = "SELECT " AUDIT_COLUMNS " FROM audit WHERE id BETWEEN ?1 AND ?2"
			      " AND (action = ?3 OR result <> 'ok') ORDER BY id DESC",
	[SQL_AUDIT_ENDS] = "SELECT (SELECT coalesce(min(id), 1) FROM audit),"
			   " (SELECT coalesce(max(id), 0) FROM audit)",
	[SQL_AUDIT_OLDEST] = "SELECT id, time, mac FROM audit WHERE id > ?1 ORDER BY id",
	[SQL_AUDIT_CUT] = "DELETE FROM audit WHERE id <= ?1",
	/* Those before the one that the first row which stays is in. */
	[SQL_AUDIT_HOURS_CUT] =
	    "DELETE FROM audit_hour WHERE first <"
	    " (SELECT first FROM audit_hour WHERE first <= ?1 + 1 ORDER BY first DESC LIMIT 1)",
	[SQL_CHECKPOINT] =
	    "SELECT number, newest, pruned, until, key_id, last, mac FROM checkpoint",
	[SQL_CHECKPOINT_PUT] = "INSERT INTO checkpoint (id, number, newest, pruned, "
			       "until, key_id, last, mac)"
			       " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE"
			       " SET number = ?1, newest = ?2, pruned = ?3, until = ?4,"
			       " key_id = ?5, last = ?6, mac = ?7",

	[SQL_NOTICE_ADD] =
	    "INSERT INTO notice (time, user, role, about, session, who, source, action, target,"
	    " detail) VALUES (?1, nullif(?2, 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	[SQL_NOTICES] = NOTICES(NOTICE, " AND notice.id < ?3") " ORDER BY id DESC",
	[SQL_NOTICES_UNREAD] = NOTICES(NOTICE, " AND " NOTICE_NEWS) " ORDER BY id DESC",
	[SQL_NOTICES_COUNT] = "SELECT count(*) FROM (" NOTICES("1",
	    " AND " NOTICE_NEWS) " LIMIT ?3) AS news",
	[SQL_NOTICES_READ] =
	    "INSERT INTO notice_read (user, notice) SELECT ?1, id FROM (" NOTICES("notice.id AS id",
		" AND notice.id BETWEEN ?3 AND ?4 AND " NOTICE_NEWS) ") AS news",
	[SQL_NOTICES_OLDEST] = NOTICES("notice.id AS id",
	    " AND " NOTICE_UNREAD) " ORDER BY id LIMIT 1",
	[SQL_NOTICES_NEXT] = "SELECT " NOTICE_LAST " + 1",
	[SQL_NOTICES_TOLD] = "UPDATE account SET told ="
			     " CASE WHEN told < ?2 THEN ?2 ELSE told END WHERE id = ?1",
	[SQL_NOTICES_FORGET] = "DELETE FROM notice_read WHERE user = ?1 AND notice <="
			       " (SELECT told FROM account WHERE account.id = ?1)",
	/* ?1: the newest step that may be spent; ?2, ?3, ?4: the latest end of a pause, of an
	 * invitation, and the latest moment of a screen. */
	[SQL_WAITING_ADD] = "INSERT INTO waiting (action, asker, generation, person, name, role, "
			    "invite, detail, value, phc, asked, until) "
			    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
	[SQL_WAITING] = WAITING
	"WHERE waiting.id > ?1 AND (?2 = 0 OR asker = ?2) ORDER BY waiting.id",
	[SQL_WAITING_ONE] = WAITING "WHERE waiting.id = ?1",
	[SQL_WAITING_REMOVE] = "DELETE FROM waiting WHERE id = ?1",
	[SQL_WAITING_COUNT] = "SELECT count(*) FROM waiting WHERE asker = ?1",
	[SQL_SECONDS] =
	    "SELECT count(*) FROM account WHERE role = 2 AND enabled = 1 "
	    "AND id NOT IN (?1, ?2) AND EXISTS (SELECT 1 FROM device WHERE user = account.id)",
	[SQL_TIMES_AHEAD] =
	    "WITH ahead (name) AS ("
	    " SELECT account.name FROM device JOIN account ON account.id = user"
	    " WHERE last_step - skew > ?1"
	    " UNION ALL SELECT name FROM account WHERE code_paused_until > ?2"
	    " UNION ALL SELECT name FROM account"
	    " WHERE password_expires > ?3 OR enrol_until > ?3"
	    " UNION ALL SELECT account.name FROM pending JOIN account ON account.id = user"
	    " WHERE seen > ?4"
	    " UNION ALL SELECT '' FROM throttle WHERE paused_until > ?2"
	    " UNION ALL SELECT '' FROM state WHERE floor > ?1)"
	    " SELECT count(*), coalesce(max(name), '') FROM ahead",
	IMPORT_STATEMENTS,
	NODE_STATEMENTS,
};

const char *
sql_text(enum sql sql)
{
	return texts[sql];
}
