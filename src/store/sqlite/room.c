/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of database and log on the disk. */
#include "store/sqlite/sqlite.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char log_name[] = "console.db-wal";

enum { PAGE = 1024 }; /* ready.c */

/* The database's file, to be asked for its size; NULL if SQLite does not tell. */
static sqlite3_file *
file_of(struct sqlite *lite, sqlite3_int64 *ret_size)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(lite->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
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
keep_claim(struct sqlite *lite)
{
	char pages[24];
	sqlite3_int64 size = 0;
	int chunk = 0;

	if (file_of(lite, &size) != NULL && size <= INT_MAX &&
	    sqlite_ask(lite->db,
		"SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", pages,
		sizeof pages) == ERR_OK &&
	    strtoll(pages, NULL, 10) <= size)
		chunk = (int)size;
	(void)sqlite3_file_control(lite->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
}

static const int modes[] = {
	[STORE_COPY_CUT] = SQLITE_CHECKPOINT_TRUNCATE,
	[STORE_COPY_NOW] = SQLITE_CHECKPOINT_TRUNCATE,
	[STORE_COPY_KEEP] = SQLITE_CHECKPOINT_RESTART,
};

enum err
sqlite_copy_back(struct store *store, enum store_copy copy)
{
	struct sqlite *lite = sqlite_of(store);
	int none = 0;
	enum err err = ERR_OK;

	if (copy == STORE_COPY_NOW)
		err = sqlite_err(lite->db, sqlite3_busy_timeout(lite->db, 0));
	if (err == ERR_OK && lite->claimed)
		keep_claim(lite);
	if (err == ERR_OK)
		err = sqlite_err(lite->db,
		    sqlite3_wal_checkpoint_v2(lite->db, "main", modes[copy], NULL, NULL));
	(void)sqlite3_file_control(lite->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &none);
	if (copy == STORE_COPY_NOW)
		sqlite3_busy_timeout(lite->db, SQLITE_BUSY_MS);
	return err;
}

int64_t
sqlite_log_size(const struct store *store)
{
	const struct sqlite *lite = (const struct sqlite *)(const void *)store;
	struct stat st;

	return fstatat(lite->dirfd, log_name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_size : 0;
}

/* Zeros at the log's end are no frames to a reader (sqlite.org/fileformat2.html 4.1). No
 * POSIX lock is held on it that closing it could drop, as it would be on the database. */
static void
claim_log(const struct sqlite *lite, int64_t bytes)
{
	int fd = openat(lite->dirfd, log_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0)
		(void)posix_fallocate(fd, st.st_size, bytes);
	close(fd);
}

/* A hint is heeded, but for chunks alone: so it is one of the new size. */
static void
claim_database(struct sqlite *lite, int64_t bytes)
{
	sqlite3_int64 size = 0;
	int chunk;

	if (bytes < PAGE || file_of(lite, &size) == NULL || size + bytes > INT_MAX)
		return;
	size += bytes;
	chunk = (int)size;
	(void)sqlite3_file_control(lite->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
	(void)sqlite3_file_control(lite->db, "main", SQLITE_FCNTL_SIZE_HINT, &size);
	chunk = 0;
	(void)sqlite3_file_control(lite->db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
	lite->claimed = true;
}

void
sqlite_claim(struct store *store, int64_t bytes)
{
	claim_log(sqlite_of(store), bytes / 2);
	claim_database(sqlite_of(store), bytes / 2);
}
