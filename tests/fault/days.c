/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * days RECORD FAULTS-LIBRARY STATE PASSWORD-FILE before|first|later|last CHANGES
 *
 * Some days of a console whose keeper is recorded: people are added and removed, alice configures
 * (on the first day) and signs in, wrong passwords and codes are typed, and the host changes a
 * setting CHANGES times, which fills the log of the database. After each answer a mark in the
 * record says what was told (look.h). Ends with what went otherwise. before: no keeper is there
 * yet, and the clock of faults.so begins.
 */
#include "record.h"
#include "strain.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/totp.h"
#include "core/policy.h"

enum {
	PATIENCE = 300, /* seconds; then somebody hangs */
	MINUTES_LEAST = 2,
	MINUTES = 700,
	EVERY = 40, /* changes, and then a sign-in */
	PAUSE = 300 /* seconds from one to the next */
};

struct days {
	struct record *record;
	struct strain strain; /* alice */
	int host;	      /* a line */
	unsigned signed_in, wrong_codes, wrong_passwords;
	unsigned minutes; /* of the setting that changes */
};

__attribute__((format(printf, 2, 3))) static void
mark(const struct days *days, const char *format, ...)
{
	char text[512];
	struct record_op op = { .kind = RECORD_MARK };
	va_list values;

	va_start(values, format);
	(void)vsnprintf(text, sizeof text, format, values);
	va_end(values);
	op.length = (uint32_t)strlen(text) + 1;
	record_add(days->record, &op, text, NULL, 0);
}

/* --- the host --------------------------------------------------------------------- */

static void
host_asks(const struct days *days, struct wire_request *request)
{
	static struct wire_reply reply;
	enum err err = client_ask(days->host, request, &reply);

	if (err != ERR_OK)
		client_die(err_sentence(err));
}

static void
add(const struct days *days, const char *name, enum role role)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_ADD);
	request.u.user_add.role = (uint8_t)role;
	wire_put(request.u.user_add.name, sizeof request.u.user_add.name, name);
	wire_put(request.u.user_add.password, sizeof request.u.user_add.password,
	    days->strain.password);
	host_asks(days, &request);
	mark(days, "person %s %s", name, role_word(role));
}

static void
take_away(const struct days *days, const char *name)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_REMOVE);
	wire_put(request.u.user_remove.name, sizeof request.u.user_remove.name, name);
	host_asks(days, &request);
	mark(days, "person %s gone", name);
}

static void
promote(const struct days *days, const char *name, enum role role)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_ROLE);
	wire_put(request.u.user_role.name, sizeof request.u.user_role.name, name);
	request.u.user_role.role = (uint8_t)role;
	host_asks(days, &request);
	mark(days, "person %s %s", name, role_word(role));
}

static void
change(struct days *days)
{
	struct wire_request request;
	char value[32];

	days->minutes = MINUTES_LEAST + (days->minutes + 1) % MINUTES;
	/* as policy_get() writes it */
	if (days->minutes % 60 == 0)
		(void)snprintf(value, sizeof value, "%uh", days->minutes / 60);
	else
		(void)snprintf(value, sizeof value, "%um", days->minutes);
	wire_request_init(&request, WIRE_SETTING_SET);
	request.u.setting_set.id = SETTING_IDLE_LOCK;
	wire_put(request.u.setting_set.value, sizeof request.u.setting_set.value, value);
	host_asks(days, &request);
	mark(days, "setting idle-lock %s", value);
}

/* --- people -------------------------------------------------------------------------- */

static void
ask(struct strain *strain, const char *step, struct wire_request *request, enum err wanted)
{
	static struct wire_reply reply;
	enum err err = strain_ask(strain, step, request, &reply);

	if (err != wanted)
		strain_die(strain, "it was to be otherwise", err);
}

/* Somebody tries bob's account. */
static void
guess(struct days *days)
{
	struct strain bob = days->strain;
	struct wire_request request;

	bob.name = "bob";
	bob.line = -1;
	if (strain_come(&bob) != ERR_OK)
		strain_die(&bob, "no line", ERR_FAILED);
	strain_fill_password(&bob, false, &request);
	ask(&bob, "a wrong password", &request, ERR_CREDENTIALS);
	strain_drop(&bob);
	days->wrong_passwords++;
	mark(days, "failures bob %u", days->wrong_passwords);
	mark(days, "trail bob/password/wrong %u", days->wrong_passwords);
}

static void
sign_in(struct days *days)
{
	struct strain *strain = &days->strain;
	struct wire_request request;

	strain->page->clock += PAUSE;
	if (strain_come(strain) != ERR_OK)
		strain_die(strain, "no line", ERR_FAILED);
	strain_fill_password(strain, true, &request);
	ask(strain, "the password", &request, ERR_OK);
	strain_fill_code(strain, WIRE_CODE, false, &request);
	ask(strain, "a wrong code", &request, ERR_CODE_WRONG);
	mark(days, "wrong alice 1");
	mark(days, "trail alice/code/wrong %u", ++days->wrong_codes);
	strain_fill_code(strain, WIRE_CODE, true, &request);
	ask(strain, "the code", &request, ERR_OK);
	mark(days, "spent alice %lld", (long long)totp_step(strain->page->clock));
	mark(days, "wrong alice 0");
	mark(days, "trail alice/code/ok %u", ++days->signed_in);
	strain_drop(strain);
}

static void
configure(struct days *days)
{
	struct strain *strain = &days->strain;

	if (strain_come(strain) != ERR_OK || strain_walk(strain) != ERR_OK)
		strain_die(strain, "it was to be home", ERR_FAILED);
	mark(days, "spent alice %lld", (long long)totp_step(strain->page->clock));
	mark(days, "trail alice/recovery-codes-saved/ok 1");
	strain_drop(strain);
}

/* --- days ------------------------------------------------------------------------------ */

static void
first(struct days *days)
{
	mark(days, "person alice %s", role_word(ROLE_SUPER_ADMINISTRATOR));
	add(days, "bob", ROLE_OPERATOR);
	add(days, "carol", ROLE_ADMINISTRATOR);
	configure(days);
	guess(days);
	guess(days);
	promote(days, "bob", ROLE_ADMINISTRATOR);
	take_away(days, "carol");
}

static void
later(struct days *days)
{
	add(days, "dora", ROLE_OPERATOR);
	promote(days, "bob", ROLE_OPERATOR);
}

static void
last(struct days *days)
{
	promote(days, "dora", ROLE_ADMINISTRATOR);
	take_away(days, "bob");
}

/* The key and the counts of the day before are in a file beside the record. */
static void
remember(struct days *days, const char *record, bool write)
{
	char path[4096];
	FILE *file;
	bool done;

	(void)snprintf(path, sizeof path, "%s.days", record);
	file = fopen(path, write ? "w" : "r");
	if (file == NULL)
		client_die("There is no day before.");
	if (write)
		done = fprintf(file, "%s %u %u %u\n", days->strain.key, days->signed_in,
			   days->wrong_codes, days->minutes) > 0;
	else
		done = fscanf(file, "%127s %u %u %u", days->strain.key, &days->signed_in,
			   &days->wrong_codes, &days->minutes) == 4;
	if (fclose(file) != 0 || !done)
		client_die("The days cannot be remembered.");
}

int
main(int argc, char **argv)
{
	struct days days = { .strain = { .line = -1, .step = "start", .name = "alice" } };
	int changes = argc == 7 ? atoi(argv[6]) : 0;

	if (changes < 1 || auth_start() != ERR_OK)
		client_die("Usage: days RECORD FAULTS-LIBRARY STATE PASSWORD-FILE "
			   "before|first|later|last CHANGES");
	(void)alarm(PATIENCE);
	days.record = record_map(argv[1], NULL);
	if (days.record == NULL)
		client_die("There is no record.");
	days.strain.state = argv[3];
	client_line(argv[4], days.strain.password, sizeof days.strain.password);
	days.strain.page = faulty_page(argv[2], argv[3]);
	if (strcmp(argv[5], "before") == 0)
		return EXIT_SUCCESS;
	days.host = client_open(argv[3], WIRE_HOST);
	if (strcmp(argv[5], "first") != 0)
		remember(&days, argv[1], false);
	if (strcmp(argv[5], "first") == 0)
		first(&days);
	else if (strcmp(argv[5], "later") == 0)
		later(&days);
	else
		last(&days);
	for (int i = 0; i < changes; i++) {
		change(&days);
		if (i % EVERY == 0)
			sign_in(&days);
	}
	remember(&days, argv[1], true);
	close(days.host);
	return EXIT_SUCCESS;
}
