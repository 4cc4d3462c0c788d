/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema, as an array of migrations. */
#include "store/sqlite/sqlite.h"
#include "store/sql/text_run.h"
#include "store/sql/text_ssh.h"

/*
 * Version 1. What a sign-in writes is one page each of account, device, source, audit and state;
 * none of their indexes holds a column that it changes. Ids that must never come back are
 * AUTOINCREMENT, which writes one more page, and stand only in tables that no sign-in adds to.
 * `user` is always account.id.
 */
static const char *const version_1[] = { "PRAGMA application_id = 1347838835",

	/* One row. console_key: which console.key belongs to this database. people and with_2fa are
	 * counted here, since counting a million rows takes longer than a turn may. audit_...: the
	 * head of the chain. */
	"CREATE TABLE state ("
	" id INTEGER PRIMARY KEY CHECK (id = 1),"
	" console_key BLOB CHECK (length(console_key) = 16),"
	" people INTEGER NOT NULL CHECK (people >= 0),"
	" with_2fa INTEGER NOT NULL CHECK (with_2fa BETWEEN 0 AND people),"
	" audit_count INTEGER NOT NULL,"
	" audit_key INTEGER NOT NULL,"
	" audit_last BLOB NOT NULL CHECK (length(audit_last) = 32),"
	" audit_mac BLOB NOT NULL CHECK (length(audit_mac) = 32)) STRICT",
	"INSERT INTO state VALUES (1, NULL, 0, 0, 0, 0, zeroblob(32), zeroblob(32))",

	/* A key that is dropped keeps its row, without the key, so that its id stays used. */
	"CREATE TABLE keyring ("
	" id INTEGER PRIMARY KEY,"
	" purpose INTEGER NOT NULL,"
	" created INTEGER NOT NULL,"
	" wrapped BLOB CHECK (length(wrapped) = 60)) STRICT",

	/* told: the newest notice this person has seen. */
	"CREATE TABLE account ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" name TEXT NOT NULL,"
	" fold TEXT NOT NULL UNIQUE,"
	" role INTEGER NOT NULL,"
	" enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),"
	" password_due INTEGER NOT NULL CHECK (password_due IN (0, 1)),"
	" recovery_saved INTEGER NOT NULL DEFAULT 0 CHECK (recovery_saved IN (0, 1)),"
	" code_failures INTEGER NOT NULL DEFAULT 0,"
	" failures_since INTEGER NOT NULL DEFAULT 0,"
	" code_paused_until INTEGER NOT NULL DEFAULT 0,"
	" password_expires INTEGER NOT NULL,"
	" enrol_until INTEGER NOT NULL,"
	" created INTEGER NOT NULL,"
	" last_sign_in INTEGER NOT NULL DEFAULT 0,"
	" last_source TEXT NOT NULL DEFAULT '',"
	" told INTEGER NOT NULL,"
	" phc TEXT NOT NULL CHECK (length(CAST(phc AS BLOB)) < 160)) STRICT",
	"CREATE INDEX account_super ON account (role) WHERE role = 2 AND enabled = 1",
	"CREATE INDEX account_paused ON account (code_paused_until) WHERE code_paused_until > 0",

	/* skew: steps by which this authenticator's clock is off. */
	"CREATE TABLE device ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,"
	" name TEXT NOT NULL,"
	" created INTEGER NOT NULL,"
	" last_step INTEGER NOT NULL,"
	" skew INTEGER NOT NULL,"
	" key_id INTEGER NOT NULL,"
	" sealed BLOB NOT NULL CHECK (length(sealed) BETWEEN 1 AND 92)) STRICT",
	"CREATE INDEX device_user ON device (user)",

	"CREATE TABLE pending ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" user INTEGER NOT NULL UNIQUE REFERENCES account ON DELETE CASCADE,"
	" source TEXT NOT NULL,"
	" began INTEGER NOT NULL,"
	" seen INTEGER NOT NULL,"
	" key_id INTEGER NOT NULL,"
	" sealed BLOB NOT NULL CHECK (length(sealed) BETWEEN 1 AND 92)) STRICT",

	/* used: when; NULL while it still works. */
	"CREATE TABLE recovery ("
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,"
	" hash BLOB NOT NULL CHECK (length(hash) = 32),"
	" key_id INTEGER NOT NULL,"
	" used INTEGER,"
	" PRIMARY KEY (user, hash)) STRICT, WITHOUT ROWID",

	/* Where a person fully signed in. */
	"CREATE TABLE source ("
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,"
	" source TEXT NOT NULL,"
	" last INTEGER NOT NULL,"
	" PRIMARY KEY (user, source)) STRICT, WITHOUT ROWID",

	/* name: a keyed hash. The id grows with each new row, so that the oldest of the unknown
	   names is the lowest. */
	"CREATE TABLE throttle ("
	" id INTEGER PRIMARY KEY,"
	" name BLOB NOT NULL CHECK (length(name) = 32),"
	" source TEXT NOT NULL,"
	" known INTEGER NOT NULL CHECK (known IN (0, 1)),"
	" failures INTEGER NOT NULL,"
	" paused_until INTEGER NOT NULL,"
	" changed INTEGER NOT NULL,"
	" UNIQUE (name, source)) STRICT",
	"CREATE INDEX throttle_unknown ON throttle (known) WHERE known = 0",

	/* A name's sliding hour. counts: 60 numbers of two bytes, the high one first. */
	"CREATE TABLE throttle_hour ("
	" id INTEGER PRIMARY KEY,"
	" name BLOB NOT NULL UNIQUE CHECK (length(name) = 32),"
	" known INTEGER NOT NULL CHECK (known IN (0, 1)),"
	" minute INTEGER NOT NULL,"
	" counts BLOB NOT NULL CHECK (length(counts) = 120)) STRICT",
	"CREATE INDEX throttle_hour_unknown ON throttle_hour (known) WHERE known = 0",

	"CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",

	"CREATE TABLE audit ("
	" id INTEGER PRIMARY KEY,"
	" time INTEGER NOT NULL,"
	" who TEXT NOT NULL,"
	" source TEXT NOT NULL,"
	" terminal TEXT NOT NULL,"
	" action TEXT NOT NULL,"
	" target TEXT NOT NULL,"
	" result TEXT NOT NULL,"
	" detail TEXT NOT NULL,"
	" peer_uid INTEGER NOT NULL,"
	" key_id INTEGER NOT NULL,"
	" mac BLOB NOT NULL CHECK (length(mac) = 32)) STRICT",

	"CREATE TABLE notice ("
	" id INTEGER PRIMARY KEY,"
	" time INTEGER NOT NULL,"
	" action TEXT NOT NULL,"
	" detail TEXT NOT NULL,"
	" role INTEGER NOT NULL) STRICT",

	NULL };

/*
 * Version 2. generation: raised by whatever ends a person's sessions. users: the greatest account
 * id that was given or reserved. audit.version: of the encoding that its seal is over. refusal:
 * what is counted beside the chain.
 */
static const char *const version_2[] = {
	"ALTER TABLE account ADD COLUMN generation INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE state ADD COLUMN users INTEGER NOT NULL DEFAULT 0",
	"UPDATE state SET users ="
	" coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'account'), 0)",
	"ALTER TABLE audit ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
	"ALTER TABLE audit ADD COLUMN node TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE audit ADD COLUMN vouched INTEGER NOT NULL DEFAULT 0 CHECK (vouched IN (0, 1))",
	"CREATE INDEX source_source ON source (source)",
	"CREATE TABLE refusal ("
	" id INTEGER PRIMARY KEY,"
	" name BLOB NOT NULL CHECK (length(name) = 32),"
	" source TEXT NOT NULL,"
	" action TEXT NOT NULL,"
	" who TEXT NOT NULL,"
	" result TEXT NOT NULL,"
	" began INTEGER NOT NULL,"
	" latest INTEGER NOT NULL,"
	" number INTEGER NOT NULL,"
	" UNIQUE (name, source, action)) STRICT",

	NULL
};

/* Version 3. language: what a person chose to read, "" for what the terminal says. */
static const char *const version_3[] = {
	"ALTER TABLE account ADD COLUMN language TEXT NOT NULL DEFAULT ''"
	" CHECK (length(CAST(language AS BLOB)) < 8)",

	NULL
};

/* Version 4. plain: whether a person chose to be asked line by line. */
static const char *const version_4[] = {
	"ALTER TABLE account ADD COLUMN plain INTEGER NOT NULL DEFAULT 0 CHECK (plain IN (0, 1))",

	NULL
};

/*
 * Version 5: people and their history. device.last_used: Unix seconds of the last code that was
 * accepted from it, 0 for never.
 */
static const char *const version_5[] = {
	/* --- people: pages of them in each order --- */
	"CREATE INDEX account_role ON account (role, fold)",
	/* has_2fa: whether there is an authenticator. operators: people of that role, counted as
	 * `people` are. A sign-in changes account_sign_in, a page of it: without that index, one
	 * page of the list by last sign-in would read everybody. */
	"ALTER TABLE account ADD COLUMN has_2fa INTEGER NOT NULL DEFAULT 0"
	" CHECK (has_2fa IN (0, 1))",
	"UPDATE account SET has_2fa = 1 WHERE id IN (SELECT user FROM device)",
	"CREATE INDEX account_bare ON account (role, fold) WHERE has_2fa = 0",
	"CREATE INDEX account_sign_in ON account (role, last_sign_in DESC, fold)",
	"CREATE INDEX account_bare_sign_in ON account (role, last_sign_in DESC, fold)"
	" WHERE has_2fa = 0",
	"CREATE INDEX account_standing ON account (role,"
	" (CASE WHEN enabled = 0 THEN 1 WHEN password_due = 1 THEN 2 ELSE 3 END), fold)",
	"CREATE INDEX account_bare_standing ON account (role,"
	" (CASE WHEN enabled = 0 THEN 1 WHEN password_due = 1 THEN 2 ELSE 3 END), fold)"
	" WHERE has_2fa = 0",
	"CREATE INDEX account_locked ON account (id) WHERE code_failures >= 100",
	"ALTER TABLE state ADD COLUMN operators INTEGER NOT NULL DEFAULT 0"
	" CHECK (operators BETWEEN 0 AND people)",
	"ALTER TABLE state ADD COLUMN operators_with_2fa INTEGER NOT NULL DEFAULT 0"
	" CHECK (operators_with_2fa BETWEEN 0 AND operators)",
	"UPDATE state SET operators = (SELECT count(*) FROM account WHERE role = 0),"
	" operators_with_2fa = (SELECT count(*) FROM account WHERE role = 0 AND has_2fa = 1)",

	/* --- devices: what a pending key is for (enum store_purpose), the authenticator that it is
	 * to replace, the name of the new one --- */
	"ALTER TABLE device ADD COLUMN last_used INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE pending ADD COLUMN purpose INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE pending ADD COLUMN device INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE pending ADD COLUMN name TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE account ADD COLUMN alarmed INTEGER NOT NULL DEFAULT 0"
	" CHECK (alarmed IN (0, 1))",
	/* doubted: its codes count for nothing until its owner has kept it. */
	"ALTER TABLE device ADD COLUMN doubted INTEGER NOT NULL DEFAULT 0"
	" CHECK (doubted IN (0, 1))",
	"CREATE INDEX device_doubted ON device (user) WHERE doubted = 1",
	/* A person's sign-ins: rows of the trail. device: the greatest id that an authenticator had
	 * by then, whatever the clock said. Of those before now it is told by the clock. */
	"CREATE TABLE sign_in ("
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,"
	" row INTEGER NOT NULL,"
	" device INTEGER NOT NULL,"
	" PRIMARY KEY (user, row)) STRICT, WITHOUT ROWID",
	"INSERT INTO sign_in SELECT account.id, audit.id, coalesce((SELECT max(device.id)"
	" FROM device WHERE user = account.id AND device.created < audit.time), 0)"
	" FROM audit JOIN account ON account.name = who"
	" WHERE action = 'sign-in' AND result = 'ok' AND time >= account.created",

	/* --- notices: one row for a person (user) or for everyone of at least a role, since that
	 * person has it (account.notices_ROLE: the newest before). What was told by then stays
	 * told. about: whom it was done to; session: which did it, 0 for the host. --- */
	"ALTER TABLE account ADD COLUMN notices_0 INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE account ADD COLUMN notices_1 INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE account ADD COLUMN notices_2 INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE notice RENAME TO notice_4",
	"CREATE TABLE notice ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" time INTEGER NOT NULL,"
	" user INTEGER REFERENCES account ON DELETE CASCADE,"
	" role INTEGER NOT NULL,"
	" about INTEGER NOT NULL,"
	" session INTEGER NOT NULL,"
	" who TEXT NOT NULL,"
	" source TEXT NOT NULL,"
	" action TEXT NOT NULL,"
	" target TEXT NOT NULL,"
	" detail TEXT NOT NULL) STRICT",
	"CREATE INDEX notice_user ON notice (user) WHERE user IS NOT NULL",
	"CREATE INDEX notice_role ON notice (role) WHERE user IS NULL",
	/* read: above account.told. */
	"CREATE TABLE notice_read ("
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,"
	" notice INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE,"
	" PRIMARY KEY (user, notice)) STRICT, WITHOUT ROWID",
	"CREATE INDEX notice_read_notice ON notice_read (notice)",
	/* Of a reset it was "NAME: REASON"; all others were settings, changed by the host. */
	"INSERT INTO notice SELECT id, time, NULL, role, 0, 0, '', 'local', action,"
	" substr(detail, 1, instr(detail, ': ') - 1), substr(detail, instr(detail, ': ') + 2)"
	" FROM notice_4 WHERE action = 'reset-2fa' AND instr(detail, ': ') > 0",
	"INSERT INTO notice SELECT id, time, NULL, role, 0, 0, 'host:', 'local', 'setting', action,"
	" detail FROM notice_4 WHERE action <> 'reset-2fa'",
	"DROP TABLE notice_4",

	/* --- settings: who put each, as in the trail; '' where that is not known --- */
	"ALTER TABLE setting ADD COLUMN who TEXT NOT NULL DEFAULT ''",

	/* --- four eyes: what waits for a second Super Administrator ---
	 * action: the verb of the request, which is its name in the trail. generation: the asker's.
	 * person: whom it is done to, or an id that was reserved for somebody new; 0: nobody. */
	"CREATE TABLE waiting ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" action TEXT NOT NULL,"
	" asker INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,"
	" generation INTEGER NOT NULL,"
	" person INTEGER NOT NULL,"
	" name TEXT NOT NULL,"
	" role INTEGER NOT NULL CHECK (role IN (0, 1, 2)),"
	" invite INTEGER NOT NULL CHECK (invite IN (0, 1)),"
	" detail TEXT NOT NULL,"
	" value TEXT NOT NULL,"
	" phc TEXT NOT NULL,"
	" asked INTEGER NOT NULL,"
	" until INTEGER NOT NULL,"
	" UNIQUE (asker, action, name, role, invite, detail, value)) STRICT",

	/* --- audit --- */

	/* What a page of the trail is read by, each in the order of the rows. What a sign-in does
	 * each day (audit_is_daily()) is in no index of verbs: it is found on nearly every page. */
	"CREATE INDEX audit_who ON audit (who)",
	"CREATE INDEX audit_target ON audit (target) WHERE target <> ''",
	"CREATE INDEX audit_action ON audit (action)"
	" WHERE action NOT IN ('password', 'code', 'sign-in', 'sign-out')",
	/* Where an hour (since 1970) begins among the rows, as often as it does: a clock that went
	 * back begins one again. An index of times would be one more page a sign-in, and could not
	 * be used along with another. */
	"CREATE TABLE audit_hour ("
	" first INTEGER PRIMARY KEY,"
	" hour INTEGER NOT NULL CHECK (hour >= 0)) STRICT",
	"CREATE INDEX audit_hour_hour ON audit_hour (hour)",
	"INSERT INTO audit_hour SELECT id, hour FROM (SELECT id, max(time, 0) / 3600 AS hour,"
	" lag(max(time, 0) / 3600) OVER (ORDER BY id) AS before FROM audit)"
	" WHERE before IS NULL OR before <> hour",

	/* --- pruning: up to where the trail was pruned, and until when it is to be (Unix seconds);
	 * no row before the first order --- */
	"CREATE TABLE checkpoint ("
	" id INTEGER PRIMARY KEY CHECK (id = 1),"
	" number INTEGER NOT NULL CHECK (number >= 0),"
	" newest INTEGER NOT NULL,"
	" pruned INTEGER NOT NULL,"
	" until INTEGER NOT NULL,"
	" key_id INTEGER NOT NULL,"
	" last BLOB NOT NULL CHECK (length(last) = 32),"
	" mac BLOB NOT NULL CHECK (length(mac) = 32)) STRICT",
	/* ... and the time by which things are forgotten: core/clock.h --- */
	"CREATE TABLE trust (id INTEGER PRIMARY KEY CHECK (id = 1), seen INTEGER NOT NULL,"
	" trusted INTEGER NOT NULL) STRICT",

	/* --- keys: what is still sealed under an old one; the greatest step that counts as spent
	 * whatever a device says, less its offset (set by a restore); the last backup --- */
	"ALTER TABLE state ADD COLUMN floor INTEGER NOT NULL DEFAULT -9223372036854775808",
	"ALTER TABLE state ADD COLUMN backed_up INTEGER NOT NULL DEFAULT 0",
	"CREATE INDEX device_key ON device (key_id)",
	"CREATE INDEX pending_key ON pending (key_id)",

	/* --- moving in: imports that are under way, and what each has added. device 0: the
	   person as a whole --- */
	"CREATE TABLE import ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),"
	" who TEXT NOT NULL,"
	" phc TEXT NOT NULL CHECK (length(CAST(phc AS BLOB)) < 160)) STRICT",
	"CREATE TABLE imported ("
	" import INTEGER NOT NULL REFERENCES import,"
	" user INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,"
	" device INTEGER NOT NULL,"
	" PRIMARY KEY (import, user, device)) STRICT, WITHOUT ROWID",
	"CREATE INDEX imported_user ON imported (user)",

	NULL
};

/*
 * Version 6. devices, codes_left: how many authenticators a person has, and recovery codes that
 * still work. Whoever reads an account wants to know: counted each time, they were two pages more
 * to read for each person of a list.
 */
static const char *const version_6[] = {
	"ALTER TABLE account ADD COLUMN devices INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE account ADD COLUMN codes_left INTEGER NOT NULL DEFAULT 0",
	"UPDATE account SET"
	" devices = (SELECT count(*) FROM device WHERE device.user = account.id),"
	" codes_left = (SELECT count(*) FROM recovery WHERE recovery.user = account.id"
	" AND used IS NULL)",
	SSH_KEY_SCHEMA, LINK_SCHEMA, NULL
};

/* Version 7: commands (sqlite_sql_run.h). */
static const char *const version_7[] = { RUN_SCHEMA, NULL };

/* migrations[n] makes version n + 1 of version n. Append, never change: databases of each version
 * are out there. */
static const char *const *const migrations[] = { version_1, version_2, version_3, version_4,
	version_5, version_6, version_7 };

enum { SCHEMA_NEWEST = sizeof migrations / sizeof *migrations };

int
sqlite_schema_newest(void)
{
	return SCHEMA_NEWEST;
}

const char *const *
sqlite_schema_step(int version)
{
	return migrations[version];
}
