/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A restore. All is made in a directory of its own inside the state; then the key's file goes
 * beside console.key, as in a rotation, and the rename of the database, which names that key, is
 * what makes the state: before it there is none, after it the next start finishes what is left
 * (keys.c).
 */
#include "keeper/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/totp.h"
#include "core/hex.h"
#include "keeper/backup_file.h"
#include "keeper/backup_inside.h"
#include "keeper/backup_record.h"
#include "keeper/keys.h"
#include "keeper/keys_file.h"
#include "keeper/life.h"
#include "keeper/mark.h"
#include "keeper/notices.h"
#include "keeper/trail.h"
#include "keeper/where.h"
#include "store/inspect.h"
#include "store/store_user.h"

enum { TELL_EVERY = 4096 };

static const char inner[] = "restore", database[] = "console.db";

/* What may stand in it, and beside a database that nobody uses. */
static const char *const logs[] = { "console.db-wal", "console.db-shm", "console.db-journal" };
static const char *const others[] = { "console.db", "console.key", "console.key.new",
	"console.set-up" };

struct restore {
	FILE *out;
	int directory, inside, lock;
	struct where where;
	struct store_at at; /* what it makes: in `inside`, or what keeper.conf names */
	uid_t uid;	    /* who asked */
	struct backup_file file;
	struct record_stream stream;
	struct record record;
	struct store_load *load;
	struct backup_made made;
	bool has_key;
	int64_t rows;
};

static void
remove_all(int directory, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		(void)unlinkat(directory, names[i], 0);
}

void
backup_forget(int directory)
{
	int inside = openat(directory, inner, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (inside < 0)
		return;
	remove_all(inside, logs, sizeof logs / sizeof *logs);
	remove_all(inside, others, sizeof others / sizeof *others);
	close(inside);
	(void)unlinkat(directory, inner, AT_REMOVEDIR);
}

/* --- whether there is room for one ------------------------------------------------------ */

/* A service that was started before anybody set it up has made a database without people: that is
 * as good as none. It is left without a log. */
static enum err
check_people(int directory)
{
	struct store_counts counts = { 0 };
	struct store *store = NULL;
	enum err err = store_open(STORE_IN(directory), &store);

	if (err == ERR_OK)
		err = store_counts(store, (int64_t)time(NULL), &counts);
	if (err == ERR_OK && counts.people > 0)
		err = ERR_RESTORE_FULL;
	if (err == ERR_OK)
		err = store_checkpoint(store);
	store_close(store);
	return err;
}

static enum err
check_empty(int directory)
{
	struct stat st;

	if (fstatat(directory, database, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return check_people(directory);
	if (errno != ENOENT)
		return err_from_errno(errno);
	return fstatat(directory, logs[0], &st, AT_SYMLINK_NOFOLLOW) == 0 ||
		fstatat(directory, others[3], &st, AT_SYMLINK_NOFOLLOW) == 0
	    ? ERR_RESTORE_FULL
	    : ERR_OK;
}

/* As a keeper does, so that none can start meanwhile. */
static enum err
take_lock(struct restore *restore)
{
	restore->lock = openat(restore->directory, "lock",
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (restore->lock < 0)
		return errno == ELOOP ? ERR_STATE_SYMLINK : err_from_errno(errno);
	return flock(restore->lock, LOCK_EX | LOCK_NB) == 0 ? ERR_OK : ERR_RESTORE_KEEPER;
}

static enum err
make_inside(struct restore *restore)
{
	backup_forget(restore->directory);
	if (mkdirat(restore->directory, inner, 0700) != 0)
		return err_from_errno(errno);
	restore->inside = openat(restore->directory, inner,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return restore->inside < 0 ? err_from_errno(errno) : ERR_OK;
}

/* --- reading ------------------------------------------------------------------------------ */

static enum err
get(void *context, void *bytes, size_t length)
{
	struct restore *restore = context;

	return backup_file_get(&restore->file, bytes, length);
}

/* What it is comes first, then the key, and each of them once. */
static enum err
take_made(struct restore *restore)
{
	const struct backup_made *made = &restore->record.made;
	enum err err;

	if (restore->load != NULL)
		return ERR_BACKUP_DAMAGED;
	restore->made = *made;
	backup_tell(restore->out, REPORT_MADE, ERR_OK, made->time, made->version, made->who);
	err = store_load_new(&restore->at, made->version, &restore->load);
	return err == ERR_STORE_EXISTS ? ERR_RESTORE_FULL : err;
}

static enum err
take_key(struct restore *restore)
{
	if (restore->load == NULL || restore->has_key)
		return ERR_BACKUP_DAMAGED;
	restore->has_key = true;
	return keys_file_write(restore->inside, keys_file_name, restore->record.key);
}

static enum err
take_row(struct restore *restore)
{
	if (restore->rows++ % TELL_EVERY == 0)
		backup_tell(restore->out, REPORT_PROGRESS, ERR_OK, restore->file.bytes, 0, "");
	return restore->has_key
	    ? store_load_row(restore->load, restore->record.values, restore->record.table.columns)
	    : ERR_BACKUP_DAMAGED;
}

static enum err
take_end(struct restore *restore)
{
	if (!restore->has_key || restore->record.rows != restore->rows ||
	    !backup_file_is_over(&restore->file))
		return ERR_BACKUP_DAMAGED;
	return store_load_end(restore->load);
}

static enum err
take(struct restore *restore, bool *ret_over)
{
	switch (restore->record.kind) {
	case RECORD_MADE:
		return take_made(restore);
	case RECORD_KEY:
		return take_key(restore);
	case RECORD_TABLE:
		return restore->has_key ? store_load_table(restore->load, &restore->record.table)
					: ERR_BACKUP_DAMAGED;
	case RECORD_ROW:
		return take_row(restore);
	case RECORD_END:
		*ret_over = true;
		return take_end(restore);
	case RECORD_KINDS:
		break;
	}
	return ERR_BACKUP_DAMAGED;
}

static enum err
read_all(struct restore *restore)
{
	bool over = false;
	enum err err = record_open(&restore->record);

	while (err == ERR_OK && !over) {
		err = record_get(&restore->stream, &restore->record);
		if (err == ERR_OK)
			err = take(restore, &over);
	}
	record_close(&restore->record);
	store_load_free(restore->load);
	restore->load = NULL;
	return err;
}

/* --- what is true from now on --------------------------------------------------------------- */

static void
fill_row(const struct restore *restore, int64_t now, struct store_audit *row)
{
	struct tm tm;
	char day[32] = "";

	row->time = now;
	row->peer_uid = restore->uid;
	trail_host_name(restore->uid, row->who);
	(void)snprintf(row->source, sizeof row->source, "local");
	(void)snprintf(row->action, sizeof row->action, "%s", audit_name(AUDIT_RESTORE));
	(void)snprintf(row->result, sizeof row->result, "ok");
	if (gmtime_r(&restore->made.time, &tm) != NULL)
		(void)strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%SZ", &tm);
	(void)snprintf(row->detail, sizeof row->detail, "%s, %s", day, restore->made.who);
}

static enum err
change(struct store *store, struct keyring *ring, const struct restore *restore)
{
	struct keeper keeper = { .store = store, .ring = ring };
	struct store_audit row = { 0 };
	int64_t now = (int64_t)time(NULL);
	enum err err = store_begin(store);

	if (err != ERR_OK)
		return err;
	wire_put(keeper.node, sizeof keeper.node, restore->where.node);
	fill_row(restore, now, &row);
	err = store_restored(store, totp_step(now) + 1);
	if (err == ERR_OK)
		err = store_set_backup_time(store, restore->made.time);
	if (err == ERR_OK)
		err = trail_append(&keeper, &row);
	if (err == ERR_OK)
		err = notice_row(store, &row);
	if (err == ERR_OK)
		return store_commit(store);
	store_rollback(store);
	return err;
}

/* "7:a1b2...": the number and the seal of the last row. */
static enum err
tell_head(struct store *store, const struct restore *restore)
{
	char text[24 + 2 * STORE_MAC_SIZE];
	struct store_head head;
	enum err err = store_head(store, &head);
	size_t used;

	if (err != ERR_OK)
		return err;
	used = (size_t)snprintf(text, sizeof text, "%" PRId64 ":", head.count);
	hex_write(head.last, sizeof head.last, text + used);
	backup_tell(restore->out, REPORT_HEAD, ERR_OK, head.count, 0, text);
	return ERR_OK;
}

/* Brings it to the newest schema, and proves that the key opens it and the trail's head holds. */
static enum err
finish(struct restore *restore)
{
	struct store *store = NULL;
	struct keyring *ring = NULL;
	enum err err = keys_open_at(restore->inside, &restore->at, &store, &ring);
	struct keeper keeper = { .store = store, .ring = ring };

	if (err == ERR_OK)
		err = trail_check_head(&keeper);
	if (err == ERR_OK)
		err = change(store, ring, restore);
	if (err == ERR_OK)
		err = tell_head(store, restore);
	if (err == ERR_OK)
		err = store_checkpoint(store);
	keyring_free(ring);
	store_close(store);
	return err;
}

static enum err
rename_synced(int from, const char *name, int to, const char *as)
{
	return renameat(from, name, to, as) == 0 ? keys_file_sync(to) : err_from_errno(errno);
}

static enum err
publish(struct restore *restore)
{
	int to = restore->directory;
	enum err err = rename_synced(restore->inside, keys_file_name, to, keys_file_beside);

	if (err == ERR_OK) {
		remove_all(to, logs, sizeof logs / sizeof *logs);
		err = keys_file_sync(to);
	}
	if (err == ERR_OK && restore->at.backend == NULL)
		err = rename_synced(restore->inside, database, to, database);
	if (err == ERR_OK)
		err = keys_file_in_place(to);
	return err == ERR_OK ? mark_make(to) : err;
}

static enum err
restore_all(struct restore *restore, const struct secret *passphrase)
{
	enum err err = backup_file_open(&restore->file, REPORT_FILE_FD, passphrase);

	if (err == ERR_OK)
		err = make_inside(restore);
	restore->at = restore->where.at;
	if (restore->at.backend == NULL)
		restore->at.dirfd = restore->inside;
	if (err == ERR_OK)
		err = read_all(restore);
	if (err == ERR_OK)
		err = finish(restore);
	return err == ERR_OK ? publish(restore) : err;
}

static void
close_one(int fd)
{
	if (fd >= 0)
		close(fd);
}

enum err
backup_restore(const char *state, FILE *out)
{
	struct restore restore = { .out = out,
		.directory = -1,
		.inside = -1,
		.lock = -1,
		.uid = getuid(),
		.file.fd = -1 };
	struct secret *passphrase = NULL;
	enum err err = life_open_directory(state, &restore.directory);

	restore.stream = (struct record_stream){ .get = get, .context = &restore };
	if (err == ERR_OK)
		err = life_check_mode(restore.directory);
	if (err == ERR_OK)
		err = take_lock(&restore);
	if (err == ERR_OK)
		err = where_of(restore.directory, &restore.where);
	if (err == ERR_OK && restore.where.at.backend == NULL)
		err = check_empty(restore.directory);
	if (err == ERR_OK)
		err = auth_start();
	if (err == ERR_OK)
		err = backup_passphrase(STDIN_FILENO, &passphrase);
	if (err == ERR_OK)
		err = restore_all(&restore, passphrase);
	secret_free(passphrase);
	backup_file_close(&restore.file);
	if (restore.lock >= 0)
		backup_forget(restore.directory);
	backup_tell(out, REPORT_END, err, restore.rows, 0, "");
	close_one(restore.inside);
	close_one(restore.lock);
	close_one(restore.directory);
	return err;
}
