/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statements that PostgreSQL says in other words than sql/text.c: for each node has a chain of
 * its own, and the keys wrapped for it alone. Which node asks is a setting of the session.
 */
#include "store/postgresql/pg.h"

/* clang-format off */
#define NODE "current_setting('provconsole.node')"
#define CHAIN_COLUMNS \
	"number, time, who, source, terminal, action, target, result, detail, peer_uid, key_id," \
	" mac, version, node, vouched"

static const struct {
	enum sql sql;
	const char *text;
} others[] = {
	{ SQL_BEGIN, "BEGIN" },

	/* REPLACE gives a row a new id. */
	{ SQL_PENDING_PUT,
	  "INSERT INTO pending (user, source, began, seen, key_id, sealed, purpose, device, name)"
	  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (user) DO UPDATE SET id ="
	  " nextval('pending_id_seq'), source = ?2, began = ?3, seen = ?4, key_id = ?5,"
	  " sealed = ?6, purpose = ?7, device = ?8, name = ?9" },

	/* --- refusals: of each node, which has counted on in memory since it wrote the row --- */
	{ SQL_REFUSAL_ADD,
	  "INSERT INTO refusal (node, name, source, action, who, result, began, latest, number)"
	  " VALUES (" NODE ", ?1, ?2, ?3, ?4, ?5, ?6, ?6, 1)"
	  " ON CONFLICT (node, name, source, action)"
	  " DO UPDATE SET number = refusal.number + 1, latest = ?6" },
	{ SQL_REFUSAL_COUNT,
	  "SELECT number FROM refusal WHERE node = " NODE " AND name = ?1 AND source = ?2"
	  " AND action = ?3" },
	{ SQL_REFUSALS,
	  "SELECT id, name, source, action, who, result, began, latest, number FROM refusal"
	  " WHERE node = " NODE " AND began < ?1 ORDER BY id" },
	{ SQL_REFUSALS_NUMBER, "SELECT count(*) FROM refusal WHERE node = " NODE },

	/* A turn that another node has not ended yet may have a lower number for what it tells:
	 * the mark is not moved up to what is younger than any turn, and what was read has rows. */
	{ SQL_NOTICES_TOLD,
	  "UPDATE account SET told = greatest(told, least(?2, coalesce((SELECT notice.id"
	  " FROM notice WHERE time < extract(epoch FROM clock_timestamp())::bigint - 60"
	  " ORDER BY notice.id DESC LIMIT 1), 0))) WHERE id = ?1" },

	{ SQL_CHANGES, "SELECT changes FROM state" },
	{ SQL_CHANGES_MORE, "UPDATE state SET changes = changes + 1" },

	/* --- nodes --- */
	{ SQL_NODES,
	  "SELECT name, removed, invited_until, seen, audit_count FROM node WHERE name > ?1"
	  " ORDER BY name" },
	{ SQL_NODE,
	  "SELECT name, removed, invited_until, seen, audit_count FROM node WHERE name = ?1" },
	{ SQL_NODE_INVITE,
	  "INSERT INTO node (name, console_key, invited_until) VALUES (?1, ?2, ?3)"
	  " ON CONFLICT (name) DO UPDATE SET console_key = ?2, invited_until = ?3, removed = 0" },
	{ SQL_NODE_KEY, "INSERT INTO node_key (node, key, wrapped) VALUES (?1, ?2, ?3)" },
	{ SQL_NODE_KEYS_DROP, "DELETE FROM node_key WHERE node = ?1" },
	{ SQL_NODE_REMOVE,
	  "UPDATE node SET removed = 1, console_key = NULL, invited_until = 0"
	  " WHERE name = ?1 AND removed = 0" },
	{ SQL_NODE_SEEN, "UPDATE node SET seen = ?1 WHERE name = " NODE " AND removed = 0" },
	{ SQL_NODE_LOOK, "SELECT set_config('provconsole.node', ?1, false)" },

	/* --- keys: their rows are everybody's, and wrapped for each node --- */
	{ SQL_CONSOLE_KEY,
	  "SELECT (SELECT console_key FROM node WHERE name = " NODE " AND removed = 0)" },
	{ SQL_SET_CONSOLE_KEY,
	  "INSERT INTO node (name, console_key) VALUES (" NODE ", ?1)"
	  " ON CONFLICT (name) DO UPDATE SET console_key = ?1, invited_until = 0" },
	{ SQL_KEYS,
	  "SELECT id, purpose, created, wrapped FROM keyring JOIN node_key ON key = id"
	  " WHERE node = " NODE " ORDER BY id" },
	{ SQL_KEY_ADD,
	  "WITH made AS (INSERT INTO keyring (id, purpose, created) VALUES (?1, ?2, ?3) RETURNING"
	  " id) INSERT INTO node_key (node, key, wrapped) SELECT " NODE ", id, ?4 FROM made" },
	{ SQL_KEY_WRAP, "UPDATE node_key SET wrapped = ?2 WHERE key = ?1 AND node = " NODE },
	{ SQL_KEY_DROP,
	  "WITH gone AS (DELETE FROM node_key WHERE key = ?1)"
	  " UPDATE keyring SET created = created WHERE id = ?1" },

	/* --- the trail: a chain a node. In lists a row goes by its place (id), in its chain by its
	 * number --- */
	{ SQL_HEAD,
	  "SELECT audit_count, audit_key, audit_last, audit_mac FROM node WHERE name = " NODE },
	{ SQL_HEAD_SET,
	  "UPDATE node SET audit_count = ?1, audit_key = ?2, audit_last = ?3, audit_mac = ?4"
	  " WHERE name = " NODE " AND removed = 0" },
	{ SQL_AUDIT_ADD,
	  "INSERT INTO audit (chain, number, time, who, source, terminal, action, target, result,"
	  " detail, peer_uid, key_id, mac, version, node, vouched) VALUES (" NODE ", ?1, ?2, ?3,"
	  " ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)" },
	/* A place that is not known yet is that of the row that went in before. */
	{ SQL_AUDIT_HOUR_ADD,
	  "INSERT INTO audit_hour (first, hour) SELECT CASE WHEN ?1 = 0 THEN"
	  " currval('audit_id_seq') ELSE ?1 END, ?2"
	  " WHERE NOT EXISTS (SELECT 1 FROM (SELECT hour FROM audit_hour ORDER BY first DESC"
	  " LIMIT 1) AS newest WHERE newest.hour = ?2)" },
	{ SQL_AUDIT_PAGE,
	  "SELECT " CHAIN_COLUMNS " FROM audit WHERE chain = " NODE " AND number > ?1"
	  " ORDER BY number" },
	{ SQL_AUDIT_OLDEST,
	  "SELECT number, time, mac FROM audit WHERE chain = " NODE " AND number > ?1"
	  " ORDER BY number" },
	{ SQL_AUDIT_CUT, "DELETE FROM audit WHERE chain = " NODE " AND number <= ?1" },
	{ SQL_AUDIT_HOURS_CUT,
	  "DELETE FROM audit_hour WHERE ?1 >= 0 AND first < (SELECT max(first) FROM audit_hour"
	  " WHERE first <= (SELECT min(id) FROM audit))" },
	{ SQL_CHECKPOINT,
	  "SELECT number, newest, pruned, until, key_id, last, mac FROM checkpoint"
	  " WHERE node = " NODE },
	{ SQL_CHECKPOINT_PUT,
	  "INSERT INTO checkpoint (node, number, newest, pruned, until, key_id, last, mac)"
	  " VALUES (" NODE ", ?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (node) DO UPDATE SET"
	  " number = ?1, newest = ?2, pruned = ?3, until = ?4, key_id = ?5, last = ?6, mac = ?7" },
	{ SQL_SIGN_IN_FORGET,
	  "DELETE FROM sign_in WHERE user = ?1 AND row IN (SELECT row FROM sign_in AS old"
	  " WHERE old.user = ?1 AND NOT EXISTS (SELECT 1 FROM audit WHERE id = old.row)"
	  " ORDER BY row LIMIT 16)" },
};
/* clang-format on */

const char *
pg_text(enum sql sql)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (others[i].sql == sql)
			return others[i].text;
	return sql_text(sql);
}
