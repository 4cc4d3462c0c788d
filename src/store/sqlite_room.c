/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of database and log on the disk. */
#include "store/sqlite_private.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char log_name[] = "console.db-wal";

enum { PAGE = 1024 }; /* sqlite_ready.c */

static enum err
copy_back(struct store *store, int mode)
{
	if (store_in_turn(store))
		return ERR_FAILED;
	return sqlite_err(store->db,
	    sqlite3_wal_checkpoint_v2(store->db, "main", mode, NULL, NULL));
}

enum err
store_checkpoint(struct store *store)
{
	return copy_back(store, SQLITE_CHECKPOINT_TRUNCATE);
}

enum err
store_checkpoint_now(struct store *store)
{
	enum err err = sqlite_err(store->db, sqlite3_busy_timeout(store->db, 0));

	if (err == ERR_OK)
		err = store_checkpoint(store);
	sqlite3_busy_timeout(store->db, SQLITE_BUSY_MS);
	return err;
}

enum err
store_recycle(struct store *store)
{
	return copy_back(store, SQLITE_CHECKPOINT_RESTART);
}

int64_t
store_log_size(const struct store *store)
{
	struct stat st;

	return fstatat(store->dirfd, log_name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_size : 0;
}

/* Zeros at the log's end are no frames to a reader (sqlite.org/fileformat2.html 4.1). No
 * POSIX lock is held on it that closing it could drop, as it would be on the database. */
static void
claim_log(const struct store *store, int64_t bytes)
{
	int fd = openat(store->dirfd, log_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0)
		(void)posix_fallocate(fd, st.st_size, bytes);
	close(fd);
}

/* SQLite cuts a database to its pages whenever the log is copied back: but for whole chunks. */
static void
claim_database(struct store *store, int64_t bytes)
{
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	int chunk = (int)bytes;

	if (bytes < PAGE || bytes > (1 << 30) ||
	    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
		SQLITE_OK ||
	    file == NULL || file->pMethods == NULL ||
	    file->pMethods->xFileSize(file, &size) != SQLITE_OK)
		return;
	size += bytes;
	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_SIZE_HINT, &size);
}

void
store_claim(struct store *store, int64_t bytes)
{
	if (store_in_turn(store))
		return;
	claim_log(store, bytes / 2);
	claim_database(store, bytes / 2);
}
