/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * provconsole-keys: sshd asks it whose SSH key knocks (AuthorizedKeysCommand, sshd_config(5)), once
 * for each key that a client offers. It has no rights and keeps nothing: it asks the keeper by the
 * fingerprint, and prints the very key that was offered, or nothing.
 *
 * Whatever goes wrong, nothing is printed, and sshd goes on with its other ways.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "client/hello.h"
#include "core/ssh_key.h"
#include "core/words.h"
#include "wire/knock.h"
#include "wire/line.h"
#include "wire/within.h"

/* ms for the keeper; seconds for all, whatever hangs; ns between two tries */
enum { PATIENCE = 2500, LAST = 3, PAUSE = 20000000 };

enum { USER, TYPE, KEY, FINGERPRINT, OPERANDS };

struct question {
	const char *socket, *console; /* the console's account */
	char *const *operand;	      /* %u %t %k %f */
};

static void
usage(FILE *out)
{
	fputs(_("Usage: provconsole-keys [--socket PATH] [--console NAME] USER TYPE KEY "
		"FINGERPRINT\n"
		"Tells sshd whether an SSH key may knock at the console: AuthorizedKeysCommand\n"
		"with %u %t %k %f behind it.\n"
		"\n"
		"  --socket PATH   the keeper's socket, if it is not /run/provconsole/socket\n"
		"  --console NAME  the account that people reach over SSH, if it is not\n"
		"                  \"console\"\n"
		"  --help          this text\n"
		"  --version       the version\n"),
	    out);
}

/* --- the keeper ---------------------------------------------------------------------------- */

static enum err
look_up_once(const struct question *question, int64_t deadline, struct wire_reply *ret_reply)
{
	struct wire_request request;
	struct greeting other;
	int line = -1;
	enum err err = knock(question->socket, deadline, &line);

	if (err != ERR_OK)
		return err;
	hello_fill(&request, WIRE_KEYS);
	err = line_greet_by(line, &request, deadline, ret_reply, &other);
	if (err == ERR_OK) {
		wire_request_init(&request, WIRE_KEYS_LOOKUP);
		wire_put(request.u.keys.fingerprint, sizeof request.u.keys.fingerprint,
		    question->operand[FINGERPRINT]);
		err = line_ask_by(line, &request, deadline, ret_reply);
	}
	close(line);
	return err;
}

/* What the keeper knows by that fingerprint: in ret_reply->u.keys.key. */
static enum err
look_up(const struct question *question, struct wire_reply *ret_reply)
{
	const struct timespec pause = { .tv_nsec = PAUSE };
	int64_t deadline = within(PATIENCE);
	enum err err = look_up_once(question, deadline, ret_reply);

	while (knock_again(err) && within_left(deadline) > 0) {
		(void)nanosleep(&pause, NULL);
		err = look_up_once(question, deadline, ret_reply);
	}
	return err;
}

/* --- the answer ---------------------------------------------------------------------------- */

/* The key that was offered, as a line of its own: a key that sshd has checked, of a type of ours.
 */
static enum err
offered(const struct question *question, char text[SSH_KEY_TEXT_SIZE])
{
	char line[SSH_KEY_LINE_SIZE];
	struct ssh_key key;
	enum err err;
	int length = snprintf(line, sizeof line, "%s %s", question->operand[TYPE],
	    question->operand[KEY]);

	if (length < 0 || (size_t)length >= sizeof line)
		return ERR_SSH_KEY_LONG;
	err = ssh_key_read(line, (size_t)length, &key);
	if (err == ERR_OK)
		ssh_key_write(key.type, key.blob, key.length, text);
	return err;
}

/* A keeper that answers with another key is not believed: nothing but what the client offered, and
 * will have to prove, is ever printed. */
static enum err
answer(const struct question *question)
{
	char text[SSH_KEY_TEXT_SIZE];
	struct wire_reply reply;
	const char *type = question->operand[TYPE];
	enum err err;

	if (strcmp(question->operand[USER], question->console) != 0 ||
	    offered(question, text) != ERR_OK)
		return ERR_OK;
	err = look_up(question, &reply);
	if (err == ERR_OK && strcmp(reply.u.keys.key, text) == 0)
		printf("restrict,pty%s %s\n", ssh_key_is_hardware(type) ? ",verify-required" : "",
		    text);
	return err;
}

/* sshd throws away what is written on standard error. */
static void
complain(enum err err)
{
	openlog("provconsole-keys", LOG_PID, LOG_AUTHPRIV);
	syslog(LOG_WARNING, "keys step=lookup reason=\"%s\"", err_sentence(err));
	closelog();
}

static void
harden(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L);
	(void)alarm(LAST);
}

/* -1: go on; else exit with this. */
static int
read_options(int argc, char **argv, struct question *question)
{
	static const struct option table[] = {
		{ "socket", required_argument, NULL, 's' },
		{ "console", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "+", table, NULL)) != -1)
		switch (c) {
		case 's':
			question->socket = optarg;
			break;
		case 'c':
			question->console = optarg;
			break;
		case 'h':
			usage(stdout);
			return 0;
		case 'v':
			printf("provconsole-keys %s\n", PACKAGE_VERSION);
			return 0;
		default:
			usage(stderr);
			return 2;
		}
	question->operand = argv + optind;
	if (argc - optind == OPERANDS)
		return -1;
	usage(stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	struct question question = { .socket = "/run/provconsole/socket", .console = "console" };
	int status;
	enum err err;

	words_open();
	status = read_options(argc, argv, &question);
	if (status >= 0)
		return status;
	harden();
	err = answer(&question);
	if (err != ERR_OK)
		complain(err);
	return 0;
}
