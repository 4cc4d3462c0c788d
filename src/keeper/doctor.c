/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "core/secret.h"
#include "keeper/trail.h"
#include "keeper/keys.h"
#include "keeper/life.h"
#include "keeper/mark.h"
#include "keeper/room.h"
#include "store/inspect.h"
#include "wire/examine.h"

enum { LOOK_SECONDS = 120 };

struct doctor {
	FILE *out;
	int directory;
	struct store *store;
	struct keyring *ring;
};

static void
tell(struct doctor *doctor, enum examine_check check, enum err err, int64_t number,
    const char *detail)
{
	struct examine_finding finding = { .check = check, .err = err, .number = number };
	char line[EXAMINE_LINE_SIZE];

	/* A name may be longer than a finding has room for. */
	(void)snprintf(finding.detail, sizeof finding.detail, "%.*s",
	    (int)sizeof finding.detail - 1, detail);
	examine_line(&finding, line);
	(void)fputs(line, doctor->out);
	(void)fflush(doctor->out);
}

static void
look_at_audit(struct doctor *doctor)
{
	struct trail_verdict verdict;
	int64_t now = (int64_t)time(NULL);
	enum err err = trail_verify(doctor->store, doctor->ring, &verdict);

	tell(doctor, EXAMINE_AUDIT, err, verdict.rows, "");
	tell(doctor, EXAMINE_TIME, ERR_OK, verdict.newest > now ? verdict.newest - now : 0, "");
}

/* A step that was spent by a clock that was ahead shuts a person out, and nobody sees why. */
static void
look_at_times(struct doctor *doctor)
{
	struct store_ahead ahead = { 0 };
	enum err err = store_times_ahead(doctor->store, (int64_t)time(NULL), &ahead);

	if (err == ERR_OK && ahead.times > 0)
		err = ERR_STATE;
	tell(doctor, EXAMINE_AHEAD, err, ahead.times, ahead.who);
}

static void
look_at_key(struct doctor *doctor)
{
	enum err err = auth_start();

	if (err == ERR_OK)
		err = keys_inspect(doctor->directory, doctor->store, &doctor->ring);
	tell(doctor, EXAMINE_KEY, err, 0, "");
	if (err == ERR_OK)
		look_at_audit(doctor);
}

/* A database of another version is not read further; an older one is brought up to date by the next
 * keeper. */
static void
look_at_schema(struct doctor *doctor, const struct store_schema *schema, enum err err)
{
	char newest[16];

	(void)snprintf(newest, sizeof newest, "%d", schema->newest);
	if (err == ERR_OK && schema->version != schema->newest)
		err = ERR_STATE;
	tell(doctor, EXAMINE_SCHEMA, err, schema->version, newest);
	if (err != ERR_OK)
		return;
	look_at_times(doctor);
	look_at_key(doctor);
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
database_missed(struct doctor *doctor)
{
	bool marked = false;
	enum err err = mark_check(doctor->directory, &marked);

	return err == ERR_OK ? ERR_STORE_NONE : err;
}

static void
look_at_room(struct doctor *doctor)
{
	bool whole = false;
	int64_t reserved = room_reserved(doctor->directory, &whole);
	enum err err = reserved == 0 ? ERR_STORE_FULL : whole ? ERR_OK : ERR_STATE;

	tell(doctor, EXAMINE_WRITING, try_writing(doctor->directory), 0, "");
	tell(doctor, EXAMINE_RESERVE, err, reserved / 1024, "");
}

static void
look_at_database(struct doctor *doctor)
{
	struct store_schema schema = { 0 };
	char found[EXAMINE_DETAIL_SIZE] = "";
	enum err err = store_inspect(doctor->directory, &doctor->store, &schema);

	if (err == ERR_STORE_NEWER) {
		look_at_schema(doctor, &schema, err);
		return;
	}
	if (err == ERR_OK)
		err = store_integrity(doctor->store, found, sizeof found);
	if (err == ERR_STORE_SUSPECT)
		err = store_look_again(doctor->directory, LOOK_SECONDS * 1000);
	if (err == ERR_STORE_NONE)
		err = database_missed(doctor);
	tell(doctor, EXAMINE_DATABASE, err, 0, found);
	if (doctor->store != NULL)
		look_at_schema(doctor, &schema, ERR_OK);
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
look_at_memory(struct doctor *doctor)
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
	tell(doctor, EXAMINE_MEMORY, err, number, err == ERR_OK ? "" : of);
}

/*
 * A reader keeps the log from being copied back: it grows for as long as the reader takes. SIGKILL,
 * since a reader that was stopped hears nothing else.
 */
static void
limit_time(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
	const struct itimerspec limit = { .it_value = { .tv_sec = LOOK_SECONDS } };
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
		(void)timer_settime(timer, 0, &limit, NULL);
}

enum err
doctor_write(const char *state, FILE *out)
{
	struct doctor doctor = { .out = out, .directory = -1 };
	enum err err;

	limit_time();
	err = life_open_directory(state, &doctor.directory);
	tell(&doctor, EXAMINE_STATE, err, 0, "");
	look_at_memory(&doctor);
	if (err == ERR_OK) {
		look_at_room(&doctor);
		look_at_database(&doctor);
	}
	tell(&doctor, EXAMINE_END, ERR_OK, 0, "");
	keyring_free(doctor.ring);
	store_close(doctor.store);
	if (doctor.directory >= 0)
		close(doctor.directory);
	return ferror(out) || fflush(out) != 0 ? ERR_FAILED : ERR_OK;
}
