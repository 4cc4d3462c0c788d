/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crew make STATE PEOPLE              a state with p0, p1, ... who have a password and an
 *                                     authenticator each; nobody serves it yet
 * crew sign-in STATE FIRST COUNT      COUNT of them, from p<FIRST> on, sign in at once, each in a
 *                                     process of their own, and ask for what stands at home
 *
 * The second prints a line for each verdict and how many had it: "OK 64"; "AMISS" is who came to
 * another door than home.
 */
#include "at_home.h"
#include "crowd.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/password.h"
#include "auth/totp.h"
#include "keeper/devices.h"
#include "keeper/keys.h"
#include "store/store_device.h"
#include "store/store_user.h"

enum { CREW_MOST = 200000, CREW_AT_ONCE = 256, AMISS = ERR_COUNT };

static const char password[] = "correct horse battery";

static void
must(enum err err)
{
	if (err != ERR_OK)
		client_die(err_sentence(err));
}

/* Everybody has another key. */
static struct secret *
key_of(long number)
{
	struct secret *key = NULL;

	must(secret_new(DEVICES_KEY_MAX, &key));
	key->length = TOTP_KEY_SIZE;
	for (size_t i = 0; i < TOTP_KEY_SIZE; i++)
		key->bytes[i] = (unsigned char)((unsigned long)number >> (i % 3 * 8));
	return key;
}

/* --- making them --------------------------------------------------------------------- */

static void
add(struct store *store, struct keyring *ring, long number, const char *phc)
{
	struct account account = { .role = number == 0 ? ROLE_SUPER_ADMINISTRATOR : ROLE_OPERATOR,
		.enabled = true,
		.created = 1000 };
	struct store_device device = { .name = "Authenticator", .created = 1000 };
	struct secret *key = key_of(number);

	(void)snprintf(account.name, sizeof account.name, "p%ld", number);
	must(store_user_add(store, &account, account.name, phc, &device.user));
	must(devices_seal(ring, device.user, key, &device.secret));
	must(store_device_add(store, &device, &device.id));
	must(store_recovery_saved(store, device.user));
	secret_free(key);
}

static void
make(const char *state, long people)
{
	const struct password_cost cost = password_cost_default();
	char phc[PASSWORD_PHC_SIZE];
	struct store *store = NULL;
	struct keyring *ring = NULL;
	int directory;

	(void)umask(077);
	if (mkdir(state, 0700) != 0 ||
	    (directory = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		client_die("The state cannot be made.");
	must(auth_start());
	must(keys_open(directory, &store, &ring));
	must(password_hash(ring, &cost, 0, password, sizeof password - 1, phc));
	must(store_begin(store));
	for (long number = 0; number < people; number++)
		add(store, ring, number, phc);
	must(store_commit(store));
	keyring_free(ring);
	store_close(store);
	close(directory);
}

/* --- signing in ------------------------------------------------------------------------ */

struct crew {
	const char *state;
	long first;
	unsigned *verdicts; /* shared: one of each */
};

static unsigned
sign_in(int line, long number)
{
	static struct wire_reply reply;
	struct wire_request request;
	char name[TEXT_NAME_SIZE], code[9];
	struct secret *key = key_of(number);
	enum err err;

	(void)snprintf(name, sizeof name, "p%ld", number);
	err = at_home_password(line, name, password, &reply);
	if (err == ERR_OK) {
		must(totp_code(key, totp_step((int64_t)time(NULL)), TOTP_DIGITS, code));
		wire_request_init(&request, WIRE_CODE);
		wire_put(request.u.code.code, sizeof request.u.code.code, code);
		err = at_home_ask(line, &request, &reply);
	}
	secret_free(key);
	if (err == ERR_OK && reply.door != DOOR_HOME)
		return AMISS;
	if (err == ERR_OK) {
		wire_request_init(&request, WIRE_HOME);
		err = at_home_ask(line, &request, &reply);
	}
	return (unsigned)err;
}

static void
member(struct crowd *crowd, size_t number, void *context)
{
	const struct crew *crew = context;
	int line = client_open(crew->state, WIRE_PERSON);

	crowd_wait(crowd);
	crew->verdicts[number] = sign_in(line, crew->first + (long)number);
}

static void
sign_in_all(const char *state, long first, long count)
{
	struct crew crew = { .state = state, .first = first };
	unsigned counts[ERR_COUNT + 1] = { 0 };

	must(auth_start());
	crew.verdicts = crowd_share((size_t)count * sizeof *crew.verdicts);
	(void)crowd_run((size_t)count, member, &crew);
	for (long i = 0; i < count; i++)
		counts[crew.verdicts[i]]++;
	for (unsigned i = 0; i <= ERR_COUNT; i++)
		if (counts[i] > 0)
			(void)printf("%s %u\n", i == AMISS ? "AMISS" : client_err_name((enum err)i),
			    counts[i]);
}

int
main(int argc, char **argv)
{
	long number = argc >= 4 ? strtol(argv[3], NULL, 10) : -1;
	long count = argc == 5 ? strtol(argv[4], NULL, 10) : -1;

	if (argc == 4 && strcmp(argv[1], "make") == 0 && number >= 1 && number <= CREW_MOST)
		make(argv[2], number);
	else if (argc == 5 && strcmp(argv[1], "sign-in") == 0 && number >= 0 && count >= 1 &&
	    count <= CREW_AT_ONCE)
		sign_in_all(argv[2], number, count);
	else
		client_die("Usage: crew make STATE PEOPLE | crew sign-in STATE FIRST COUNT");
	return EXIT_SUCCESS;
}
