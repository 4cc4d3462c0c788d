/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * strain FAULTS-LIBRARY STATE NAME PASSWORD-FILE STORY FAULT ERROR once|lasting EVERY
 *
 * A person comes in again and again, and each time one call of the keeper's more goes well before
 * one fails: of its writes to the disk or its allocations. STORY is sign-in, or configure, which
 * begins without a second factor; or narrow (see there). At every door something wrong is tried
 * first, and must never open it. What is right opens it, or is refused with a reason that is no
 * verdict; then, once nothing fails any more, the very same password or code opens it, and the code
 * never again. EVERY: 1 for each call, 7 for every seventh, from a random one on. Prints how many
 * points there were, and at how many of them what was right was refused; then how often a wrong
 * password and a wrong code got their verdict, and how many codes opened a door.
 */
#include "strain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/totp.h"

enum {
	STRAIN_FRAME = 24 + 1024,
	STRAIN_FRAMES = 40, /* of the log, and how many are enough for anything */
	STRAIN_MOST = 5000,
	STRAIN_PAUSE = 300
}; /* seconds between two of them, so that no name is paused */

static void
reset(struct strain *strain)
{
	static struct wire_reply reply;
	struct wire_request request;
	int host = client_open(strain->state, WIRE_HOST);
	enum err err;

	wire_request_init(&request, WIRE_USER_RESET);
	wire_put(request.u.user_reset.name, sizeof request.u.user_reset.name, strain->name);
	wire_put(request.u.user_reset.reason, sizeof request.u.user_reset.reason, "a new point");
	strain->step = "the reset";
	err = client_ask(host, &request, &reply);
	if (err != ERR_OK)
		strain_die(strain, "refused", err);
	close(host);
	strain->key[0] = '\0';
}

/* What opened a door once opens none again. */
static void
replay(struct strain *strain)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err = strain_come(strain);

	if (err == ERR_OK)
		err = strain_at_name(strain);
	if (err != ERR_OK)
		strain_die(strain, "there is no second door", err);
	strain_fill_code(strain, WIRE_CODE, true, &request);
	err = strain_ask(strain, "the same code again", &request, &reply);
	if (err != ERR_CODE_USED || strain->door != DOOR_CODE)
		strain_die(strain, "it was to be known as used", err);
}

/*
 * One point; false: nothing failed any more. What was refused is repeated on the same line, every
 * other time on a new one, which is opened while things still fail.
 */
static bool
point(struct strain *strain)
{
	enum err err;
	bool failed;

	(void)alarm(FAULTY_PATIENCE);
	strain->page->clock += STRAIN_PAUSE;
	if (strain->configures)
		reset(strain);
	strain->armed = true;
	faulty_arm(strain->fault, strain->at);
	err = strain_come(strain);
	if (err == ERR_OK)
		err = strain_walk(strain);
	strain->refused += err != ERR_OK;
	if (err != ERR_OK && strain->at % 2 == 0)
		err = strain_come(strain);
	failed = strain->fault->hits > 0;
	faulty_arm(strain->fault, 0);
	strain->armed = false;
	if (strain->line < 0 && strain_come(strain) != ERR_OK)
		strain_die(strain, "no line", err);
	if (strain->door != DOOR_HOME && strain_walk(strain) != ERR_OK)
		strain_die(strain, "the doors stay shut", err);
	replay(strain);
	strain_drop(strain);
	return failed;
}

/* All points, until nothing fails any more; every-th from a random one on. */
static void
strain_all(struct strain *strain, uint64_t every)
{
	unsigned char random[1];

	auth_nonce(random, sizeof random);
	strain->at = 1 + random[0] % every;
	while (point(strain) && strain->at < STRAIN_MOST) {
		strain->points++;
		strain->at += every;
	}
}

static off_t
log_size(const struct strain *strain)
{
	char path[4096];
	struct stat st;

	if (snprintf(path, sizeof path, "%s/console.db-wal", strain->state) >= (int)sizeof path ||
	    stat(path, &st) != 0)
		client_die("There is no log.");
	return st.st_size;
}

/*
 * narrow: a disk that has room for no frame of the log, for one, for two ... until a wrong password
 * finds room for its count. Up to there a right one must not stand out.
 */
static void
narrow(struct strain *strain)
{
	static struct wire_reply reply;
	struct wire_request request;
	enum err err = ERR_FAILED;
	off_t size = log_size(strain);

	strain->armed = true;
	strain->page->clock += STRAIN_PAUSE;
	for (strain->at = 1; err != ERR_CREDENTIALS && strain->at < STRAIN_FRAMES; strain->at++) {
		strain->page->room = (uint64_t)size + strain->at * STRAIN_FRAME;
		if (strain_come(strain) != ERR_OK)
			strain_die(strain, "no line", ERR_FAILED);
		strain_fill_password(strain, false, &request);
		err = strain_ask(strain, "a wrong password", &request, &reply);
		if (err != ERR_CREDENTIALS && !faulty_excuse(err))
			strain_die(strain, "neither a verdict nor a reason", err);
		strain->points++;
		strain_fill_password(strain, true, &request);
		if (err == ERR_CREDENTIALS)
			continue;
		if (!faulty_excuse(strain_ask(strain, "the password", &request, &reply)))
			strain_die(strain, "it stands out from those that are not counted", ERR_OK);
		strain->refused++;
	}
	strain->page->room = 0;
	strain->armed = false;
	if (err != ERR_CREDENTIALS || strain_come(strain) != ERR_OK ||
	    strain_walk(strain) != ERR_OK)
		strain_die(strain, "the doors stay shut", err);
}

int
main(int argc, char **argv)
{
	struct strain strain = { .line = -1, .step = "start" };

	if (argc != 10 || atoi(argv[9]) < 1 || auth_start() != ERR_OK)
		client_die("Usage: strain FAULTS-LIBRARY STATE NAME PASSWORD-FILE "
			   "sign-in|configure|narrow disk|memory|sqlite ERROR once|lasting EVERY");
	strain.state = argv[2];
	strain.name = argv[3];
	client_line(argv[4], strain.password, sizeof strain.password);
	strain.page = faulty_page(argv[1], argv[2]);
	strain.fault = faulty_named(strain.page, argv[6]);
	strain.fault->number = faulty_number(argv[7]);
	strain.fault->lasting = strcmp(argv[8], "lasting") == 0;
	reset(&strain);
	(void)point(&strain); /* all goes well */
	strain.configures = strcmp(argv[5], "configure") == 0;
	if (strcmp(argv[5], "narrow") == 0)
		narrow(&strain);
	else
		strain_all(&strain, (uint64_t)atoi(argv[9]));
	(void)printf("%u %u %u %u %u\n", strain.points, strain.refused, strain.wrong_passwords,
	    strain.wrong_codes, strain.opened);
	return EXIT_SUCCESS;
}
