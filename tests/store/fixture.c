/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "store/store_device.h"
#include "store/store_user.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef IN_POSTGRESQL
#include <libpq-fe.h>

#include "store/postgresql/pg.h"

/* The backend's is a weak name (engine.h): without a strong one the linker leaves it out, and
 * SQLite would answer. */
static struct pg *(*const linked)(struct store *)__attribute__((used)) = pg_of;
#endif

int
fixture_setup_bare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);

	if (fixture == NULL)
		return -1;
	snprintf(fixture->path, sizeof fixture->path, "/tmp/provconsole-store-XXXXXX");
	if (mkdtemp(fixture->path) == NULL)
		return -1;
	fixture->dirfd = open(fixture->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture->at.dirfd = fixture->dirfd;
	*state = fixture;
	return fixture->dirfd < 0 ? -1 : 0;
}

#ifdef IN_POSTGRESQL
/* Each test begins without a schema, in the database that the environment names. */
static int
empty(struct fixture *fixture)
{
	PGconn *pg = PQconnectdb(getenv("PROVCONSOLE_POSTGRESQL"));
	PGresult *answer = PQexec(pg,
	    "SET client_min_messages = error; DROP SCHEMA IF EXISTS provconsole CASCADE");
	int done = PQresultStatus(answer) == PGRES_COMMAND_OK ? 0 : -1;

	PQclear(answer);
	PQfinish(pg);
	fixture->at.backend = &postgresql_backend;
	if (fixture->at.backend == NULL)
		done = -1;
	fixture->at.conninfo = getenv("PROVCONSOLE_POSTGRESQL");
	fixture->at.turn_ms = 60000;
	fixture->at.node = ""; /* a name would keep a second store of the same one out */
	return done;
}
#else
static int
empty(struct fixture *fixture)
{
	(void)fixture;
	return 0;
}
#endif

/* In PostgreSQL a trail is a node's, and nobody has made one yet. */
static int
begin(struct fixture *fixture)
{
#ifdef IN_POSTGRESQL
	PGconn *pg = PQconnectdb(fixture->at.conninfo);
	PGresult *answer = PQexec(pg, "INSERT INTO provconsole.node (name) VALUES ('')");
	int done = PQresultStatus(answer) == PGRES_COMMAND_OK ? 0 : -1;

	PQclear(answer);
	PQfinish(pg);
	return done;
#else
	(void)fixture;
	return 0;
#endif
}

int
fixture_setup(void **state)
{
	struct fixture *fixture;

	if (fixture_setup_bare(state) != 0)
		return -1;
	fixture = *state;
	if (empty(fixture) != 0)
		return -1;
	return store_open(&fixture->at, &fixture->store) == ERR_OK ? begin(fixture) : -1;
}

int
fixture_teardown(void **state)
{
	struct fixture *fixture = *state;
	struct dirent *entry;
	DIR *directory;

	store_close(fixture->store);
	directory = fdopendir(fixture->dirfd);
	while (directory != NULL && (entry = readdir(directory)) != NULL)
		if (unlinkat(dirfd(directory), entry->d_name, 0) != 0)
			unlinkat(dirfd(directory), entry->d_name, AT_REMOVEDIR);
	if (directory != NULL)
		closedir(directory);
	rmdir(fixture->path);
	free(fixture);
	return 0;
}

void
fixture_reopen(struct fixture *fixture)
{
	store_close(fixture->store);
	fixture->store = NULL;
	assert_ok(store_open(&fixture->at, &fixture->store));
}

int64_t
fixture_user(struct fixture *fixture, const char *name)
{
	struct account account = { .role = ROLE_OPERATOR, .enabled = true, .created = 1000 };
	int64_t id = 0;

	snprintf(account.name, sizeof account.name, "%s", name);
	assert_ok(store_begin(fixture->store));
	assert_ok(store_user_add(fixture->store, &account, name, "hash", &id));
	assert_ok(store_commit(fixture->store));
	return id;
}

struct store_sealed
fixture_sealed(int fill)
{
	struct store_sealed sealed = { .key = 7, .length = 49 };

	memset(sealed.bytes, fill, sealed.length);
	return sealed;
}

int64_t
fixture_device(struct fixture *fixture, int64_t user)
{
	struct store_device device = { .user = user,
		.name = "Authenticator",
		.secret = fixture_sealed(1) };
	int64_t id = 0;

	assert_ok(store_begin(fixture->store));
	assert_ok(store_device_add(fixture->store, &device, &id));
	assert_ok(store_commit(fixture->store));
	return id;
}

void
fixture_hash(int fill, unsigned char hash[STORE_HASH_SIZE])
{
	memset(hash, fill, STORE_HASH_SIZE);
}

void
fixture_codes(int first, unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE])
{
	for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		fixture_hash(first + i, hashes[i]);
}

void
fixture_recovery(struct fixture *fixture, int64_t user, int64_t key, int first)
{
	unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE];

	fixture_codes(first, hashes);
	assert_ok(store_begin(fixture->store));
	assert_ok(store_recovery_put(fixture->store, user, key, hashes));
	assert_ok(store_commit(fixture->store));
}

struct account
fixture_account(struct store *store, int64_t id)
{
	struct account account;

	assert_ok(store_user_by_id(store, id, &account, NULL));
	return account;
}
