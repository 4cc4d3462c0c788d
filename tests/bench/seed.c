/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seed STATE PEOPLE [FIRST]
 *
 * Fills the state directory STATE, as a keeper would have: console.key, and PEOPLE people u1, u2,
 * ... with BENCH_PASSWORD and one authenticator, whose key is bench_key()'s. u1 is the Super
 * Administrator. From number FIRST on they are people of all kinds (mixed.h). The audit trail is
 * empty.
 */
#include "bench.h"
#include "mixed.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/password.h"
#include "keeper/devices.h"
#include "keeper/keys.h"
#include "store/store.h"
#include "store/store_device.h"
#include "store/store_user.h"

enum { SLICE = 20000, SAVED_MAX = 10000 };

struct seed {
	struct store *store;
	struct keyring *ring;
	struct secret *key;
	char phc[PASSWORD_PHC_SIZE];
};

static void
open_state(struct seed *seed, const char *path)
{
	int directory;

	(void)umask(077);
	if (mkdir(path, 0700) != 0 ||
	    (directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		bench_die("The state cannot be made.");
	bench_ok(auth_start(), "auth_start");
	bench_ok(keys_open(directory, &seed->store, &seed->ring), "keys_open");
	close(directory);
}

static void
add(const struct seed *seed, const struct account *account, int64_t *ret_id)
{
	bench_ok(store_user_add(seed->store, account, account->name, seed->phc, ret_id),
	    "store_user_add");
	if (account->last_sign_in != 0)
		bench_ok(store_user_signed_in(seed->store, *ret_id, account->last_sign_in,
			     "192.0.2.7"),
		    "store_user_signed_in");
}

static void
add_device(const struct seed *seed, int64_t user)
{
	struct store_device device = { .user = user, .name = "Authenticator", .created = 1000 };

	bench_ok(devices_seal(seed->ring, user, seed->key, &device.secret), "devices_seal");
	bench_ok(store_device_add(seed->store, &device, &device.id), "store_device_add");
}

static void
add_person(const struct seed *seed, long number, bool mixed)
{
	struct account account = { .role = number == 1 ? ROLE_SUPER_ADMINISTRATOR : ROLE_OPERATOR,
		.enabled = true,
		.created = 1000,
		.devices = 1 };
	int64_t id = 0;

	(void)snprintf(account.name, sizeof account.name, "u%ld", number);
	if (mixed)
		mixed_person(number, &account);
	add(seed, &account, &id);
	if (account.devices > 0)
		add_device(seed, id);
	/* Who signs in has confirmed the recovery codes, though there are none here. */
	if (number <= SAVED_MAX)
		bench_ok(store_recovery_saved(seed->store, id), "store_recovery_saved");
}

int
main(int argc, char **argv)
{
	long people = argc >= 3 ? strtol(argv[2], NULL, 10) : 0;
	long first = argc == 4 ? strtol(argv[3], NULL, 10) : people + 1;
	const struct password_cost cost = password_cost_default();
	struct seed seed = { .key = bench_key() };

	if (people < 1 || first < 1 || argc > 4)
		bench_die("Usage: seed STATE PEOPLE [FIRST]");
	open_state(&seed, argv[1]);
	bench_ok(password_hash(seed.ring, &cost, 0, BENCH_PASSWORD, sizeof BENCH_PASSWORD - 1,
		     seed.phc),
	    "password_hash");
	bench_ok(store_begin(seed.store), "store_begin");
	for (long number = 1; number <= people; number++) {
		add_person(&seed, number, number >= first);
		if (number % SLICE != 0)
			continue;
		bench_ok(store_commit(seed.store), "store_commit");
		bench_ok(store_begin(seed.store), "store_begin");
	}
	bench_ok(store_commit(seed.store), "store_commit");
	store_close(seed.store);
	keyring_free(seed.ring);
	secret_free(seed.key);
	return EXIT_SUCCESS;
}
