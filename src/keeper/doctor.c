/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "core/secret.h"
#include "keeper/keys.h"
#include "keeper/doctor_server.h"
#include "keeper/life.h"
#include "keeper/look.h"
#include "keeper/mark.h"
#include "keeper/room.h"
#include "keeper/trail_verify.h"
#include "keeper/verify.h"
#include "keeper/where.h"
#include "store/inspect.h"
#include "store/store_audit.h"
#include "store/store_dump.h"
#include "store/store_lock.h"
#include "store/store_user.h"
#include "wire/examine.h"

static void
tell(struct look *look, enum examine_check check, enum err err, int64_t number, const char *detail)
{
	look_tell(look->out, check, err, number, detail);
}

static void
look_at_audit(struct look *look)
{
	struct trail_reading reading = { .store = look->store, .ring = look->ring };
	struct trail_verdict verdict;
	int64_t now = store_now(look->store, (int64_t)time(NULL));
	enum err err = trail_verify(&reading, &verdict);

	tell(look, EXAMINE_AUDIT, err, verdict.rows, "");
	tell(look, EXAMINE_TIME, ERR_OK, verdict.newest > now ? verdict.newest - now : 0, "");
	if (err == ERR_OK && store_is_shared(look->store))
		verify_others(look, &reading);
}

/* A step that was spent by a clock that was ahead shuts a person out, and nobody sees why. */
static void
look_at_times(struct look *look)
{
	struct store_ahead ahead = { 0 };
	enum err err = store_times_ahead(look->store, (int64_t)time(NULL), &ahead);

	if (err == ERR_OK && ahead.times > 0)
		err = ERR_STATE;
	tell(look, EXAMINE_AHEAD, err, ahead.times, ahead.who);
}

static void
look_at_backup(struct look *look)
{
	int64_t last = 0;
	enum err err = store_backup_time(look->store, &last);

	tell(look, EXAMINE_BACKUP, err, last, "");
}

static void
look_at_key(struct look *look)
{
	enum err err = auth_start();

	if (err == ERR_OK)
		err = keys_inspect(look->directory, look->store, &look->ring);
	tell(look, EXAMINE_KEY, err, 0, "");
	if (err == ERR_OK)
		look_at_audit(look);
}

/* KiB of a file of the state; 0 where it is not there. */
static int64_t
size_of(const struct look *look, const char *name)
{
	struct stat st;

	return fstatat(look->directory, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_size / 1024
									     : 0;
}

static void
look_at_sizes(struct look *look)
{
	struct store_counts counts = { 0 };
	struct store_head head = { 0 };
	struct store_checkpoint checkpoint = { 0 };
	char detail[24];
	enum err err = store_counts(look->store, (int64_t)time(NULL), &counts);

	if (err == ERR_OK)
		err = store_head(look->store, &head);
	if (err == ERR_OK)
		err = store_audit_checkpoint(look->store, &checkpoint);
	(void)snprintf(detail, sizeof detail, "%" PRId64, head.count - checkpoint.number);
	tell(look, EXAMINE_PEOPLE, err, counts.people, detail);
	if (store_is_shared(look->store))
		return; /* the server's own */
	(void)snprintf(detail, sizeof detail, "%" PRId64, size_of(look, "console.db-wal"));
	tell(look, EXAMINE_SIZE, ERR_OK, size_of(look, "console.db"), detail);
}

/* A database of another version is not read further; an older one is brought up to date by the next
 * keeper. */
static void
look_at_schema(struct look *look, const struct store_schema *schema, enum err err)
{
	char newest[16];

	(void)snprintf(newest, sizeof newest, "%d", schema->newest);
	if (err == ERR_OK && schema->version != schema->newest)
		err = ERR_STATE;
	tell(look, EXAMINE_SCHEMA, err, schema->version, newest);
	if (err != ERR_OK)
		return;
	look_at_sizes(look);
	look_at_times(look);
	look_at_backup(look);
	look_at_key(look);
}

/* What may be written shows only by writing: a file system may turn read-only under a mount that
 * says otherwise. The file has no name, and is gone when it is closed. */
static enum err
try_writing(int directory)
{
	static const char block[4096];
	enum err err = ERR_OK;
	int fd = openat(directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EOPNOTSUPP ? ERR_OK : err_from_errno(errno);
	if (write(fd, block, sizeof block) != (ssize_t)sizeof block || fsync(fd) != 0)
		err = err_from_errno(errno);
	close(fd);
	return err;
}

/* A console that was set up had one. */
static enum err
database_missed(struct look *look)
{
	bool marked = false;
	enum err err = mark_check(look->directory, true, &marked);

	return err == ERR_OK ? ERR_STORE_NONE : err;
}

static void
look_at_room(struct look *look)
{
	bool whole = false;
	int64_t reserved = room_reserved(look->directory, &whole);
	enum err err = reserved == 0 ? ERR_STORE_FULL : whole ? ERR_OK : ERR_STATE;

	tell(look, EXAMINE_WRITING, try_writing(look->directory), 0, "");
	tell(look, EXAMINE_RESERVE, err, reserved / 1024, "");
}

/* Where it is, as keeper.conf says; false: that is not known, or it does not answer. */
static bool
look_for_store(struct look *look, struct where *where)
{
	enum err err = where_of(look->directory, where);

	if (err == ERR_OK)
		return doctor_look_at_server(look, where);
	tell(look, EXAMINE_CONFIG, err, where->line, "");
	return false;
}

static void
look_at_database(struct look *look)
{
	struct store_schema schema = { 0 };
	char found[EXAMINE_DETAIL_SIZE] = "";
	struct where where;
	enum err err;

	if (!look_for_store(look, &where))
		return;
	err = store_inspect(&where.at, &look->store, &schema);
	if (err == ERR_STORE_NEWER) {
		look_at_schema(look, &schema, err);
		return;
	}
	if (err == ERR_OK)
		err = store_integrity(look->store, found, sizeof found);
	if (err == ERR_STORE_SUSPECT)
		err = store_look_again(look->directory, LOOK_SECONDS * 1000);
	if (err == ERR_STORE_NONE)
		err = database_missed(look);
	tell(look, where.conninfo[0] != '\0' ? EXAMINE_TABLES : EXAMINE_DATABASE, err, 0, found);
	if (look->store != NULL && (err == ERR_OK || !store_is_shared(look->store)))
		look_at_schema(look, &schema, ERR_OK);
}

/*
 * The blocks that a keeper locks, in its order: libgcrypt's secure memory; console.key, the four
 * keys of the ring and room for an authenticator's; the passwords of two sign-ins.
 * EXAMINE_MEMORY_KIB is their sum on pages of 4 KiB.
 */
static const size_t blocks[] = { AUTH_SECMEM, KEY_SIZE, KEY_SIZE, KEY_SIZE, KEY_SIZE, KEY_SIZE,
	KEY_SIZE, TEXT_PASSWORD_SIZE, TEXT_PASSWORD_SIZE };

enum { BLOCKS = sizeof blocks / sizeof blocks[0], PAGES_AT_REST = 5 /* ring, authenticator */ };

/* Locks one more page: why is it refused? EPERM under a limit means that the limit is not why. */
static enum err
lock_refusal(const struct secret *secret)
{
	struct rlimit limit;

	if (mlock(secret->bytes, secret->capacity) == 0 || errno != EPERM)
		return ERR_MEMORY;
	return getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur > 0 ? ERR_DENIED
									    : ERR_MEMORY;
}

/* Before the keys are opened: what is locked by then counts as well. */
static void
look_at_memory(struct look *look)
{
	struct secret *secrets[BLOCKS] = { NULL };
	char of[24];
	int64_t number = 0;
	enum err err = ERR_OK;

	for (size_t i = 0; i < BLOCKS; i++) {
		if (secret_new(blocks[i], &secrets[i]) != ERR_OK) {
			number++;
			err = ERR_MEMORY;
		} else if (!secrets[i]->locked) {
			number++;
			err = lock_refusal(secrets[i]);
		}
	}
	for (size_t i = 0; i < BLOCKS; i++)
		secret_free(secrets[i]);
	(void)snprintf(of, sizeof of, "%d", BLOCKS);
	if (err == ERR_OK)
		number = (AUTH_SECMEM + PAGES_AT_REST * sysconf(_SC_PAGESIZE)) / 1024;
	tell(look, EXAMINE_MEMORY, err, number, err == ERR_OK ? "" : of);
}

enum err
doctor_write(const char *state, FILE *out)
{
	struct look look = { .out = out, .directory = -1 };
	enum err err;

	look_limit(&look, LOOK_SECONDS);
	err = life_open_directory(state, &look.directory);
	tell(&look, EXAMINE_STATE, err, 0, "");
	look_at_memory(&look);
	if (err == ERR_OK) {
		look_at_room(&look);
		look_at_database(&look);
	}
	look_close(&look);
	return look_end(out);
}
