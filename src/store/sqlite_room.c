/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of database and log on the disk. */
#include "store/sqlite_private.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char log_name[] = "console.db-wal";

enum { PAGE = 1024 }; /* sqlite_ready.c */

/* The database's file, to be asked for its size; NULL if SQLite does not tell. */
static sqlite3_file *
file_of(struct store *store, sqlite3_int64 *ret_size)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
		SQLITE_OK ||
	    file == NULL || file->pMethods == NULL ||
	    file->pMethods->xFileSize(file, ret_size) != SQLITE_OK)
		return NULL;
	return file;
}

/*
 * When the log was copied back, SQLite cuts the database to its pages, rounded up to whole chunks.
 * What was claimed for it stays as one chunk of just its size. Where it grows there is none:
 * rounded up it would end in a hole, in which the next page finds no room whatever is claimed
 * behind it.
 */
static void
keep_claim(struct store *store)
{
	char pages[24];
	sqlite3_int64 size = 0;
	int chunk = 0;

	if (file_of(store, &size) != NULL && size <= INT_MAX &&
	    sqlite_ask(store->db,
		"SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", pages,
		sizeof pages) == ERR_OK &&
	    strtoll(pages, NULL, 10) <= size)
		chunk = (int)size;
	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
}

static enum err
copy_back(struct store *store, int mode)
{
	int none = 0;
	enum err err;

	if (store_in_turn(store))
		return ERR_FAILED;
	if (store->claimed)
		keep_claim(store);
	err = sqlite_err(store->db, sqlite3_wal_checkpoint_v2(store->db, "main", mode, NULL, NULL));
	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &none);
	return err;
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

/* A hint is heeded, but for chunks alone: so it is one of the new size. */
static void
claim_database(struct store *store, int64_t bytes)
{
	sqlite3_int64 size = 0;
	int chunk;

	if (bytes < PAGE || file_of(store, &size) == NULL || size + bytes > INT_MAX)
		return;
	size += bytes;
	chunk = (int)size;
	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_SIZE_HINT, &size);
	chunk = 0;
	(void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
	store->claimed = true;
}

void
store_claim(struct store *store, int64_t bytes)
{
	if (store_in_turn(store))
		return;
	claim_log(store, bytes / 2);
	claim_database(store, bytes / 2);
}
