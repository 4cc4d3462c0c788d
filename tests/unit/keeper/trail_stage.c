/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trail_stage.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/chain.h"
#include "keeper/keys.h"

static void
append(struct trail *trail, int64_t id, struct store_head *head)
{
	struct store_audit row = { .version = id <= ROWS / 2
		    ? 1
		    : 2, /* a trail from before, and its end */
		.id = id,
		.time = 1000 + id,
		.source = "local",
		.action = "sign-in",
		.result = "ok",
		.peer_uid = 1 };

	(void)snprintf(row.who, sizeof row.who, "person %d", (int)id);
	assert_non_null(keyring_newest(trail->ring, KEY_AUDIT, &row.key));
	assert_int_equal(trail_seal(trail->ring, &row, head->last, row.mac), ERR_OK);
	memcpy(head->last, row.mac, sizeof head->last);
	head->count = id;
	head->key = row.key;
	assert_int_equal(chain_head(trail->ring, head->key, head->count, head->last, head->mac),
	    ERR_OK);
	assert_int_equal(store_audit_append(trail->store, &row, head, &(int64_t){ 0 }), ERR_OK);
}

int
trail_set_up_rows(void **state, int rows)
{
	struct trail *trail = calloc(1, sizeof *trail);
	struct store_head head;
	char path[64];

	assert_non_null(trail);
	*state = trail;
	(void)snprintf(trail->path, sizeof trail->path, "/tmp/provconsole-trail-XXXXXX");
	assert_non_null(mkdtemp(trail->path));
	trail->dirfd = open(trail->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(auth_start(), ERR_OK);
	assert_int_equal(keys_open(trail->dirfd, &trail->store, &trail->ring), ERR_OK);
	assert_int_equal(store_begin(trail->store), ERR_OK);
	assert_int_equal(store_head(trail->store, &head), ERR_OK);
	for (int64_t id = 1; id <= rows; id++)
		append(trail, id, &head);
	assert_int_equal(store_commit(trail->store), ERR_OK);
	(void)snprintf(path, sizeof path, "%s/console.db", trail->path);
	assert_int_equal(sqlite3_open(path, &trail->raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(trail->raw, "PRAGMA synchronous = OFF", NULL, NULL, NULL),
	    SQLITE_OK);
	return 0;
}

int
trail_set_up(void **state)
{
	return trail_set_up_rows(state, ROWS);
}

int
trail_tear_down(void **state)
{
	static const char *const names[] = { "console.db", "console.db-wal", "console.db-shm",
		"console.key", "console.set-up", "out" };
	struct trail *trail = *state;

	sqlite3_close(trail->raw);
	keyring_free(trail->ring);
	store_close(trail->store);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		(void)unlinkat(trail->dirfd, names[i], 0);
	close(trail->dirfd);
	assert_int_equal(rmdir(trail->path), 0);
	free(trail);
	return 0;
}

void
trail_run(struct trail *trail, const char *sql, int row)
{
	char *text = sqlite3_mprintf(sql, row, row, row);

	if (sqlite3_exec(trail->raw, text, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(trail->raw));
	sqlite3_free(text);
}

void
trail_prune(struct trail *trail, int64_t number)
{
	struct store_checkpoint checkpoint = { .number = number, .pruned = 5000, .until = 2000 };
	struct store_oldest oldest;
	size_t count = 1;

	assert_int_equal(store_audit_oldest(trail->store, number - 1, &oldest, &count), ERR_OK);
	assert_int_equal(oldest.id, number);
	checkpoint.newest = oldest.time;
	memcpy(checkpoint.last, oldest.mac, sizeof checkpoint.last);
	assert_int_equal(trail_seal_checkpoint(trail->ring, &checkpoint), ERR_OK);
	assert_int_equal(store_begin(trail->store), ERR_OK);
	assert_int_equal(store_audit_prune(trail->store, &checkpoint), ERR_OK);
	assert_int_equal(store_commit(trail->store), ERR_OK);
}
