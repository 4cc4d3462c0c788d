/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vouch SOCKET
 *
 * Root's PAM module, and consoles that come with its tickets, without either. Does what it reads, a
 * line each, and prints each verdict by its name; "-" is an empty word, and lines have numbers:
 *
 *   person LINE UID SOURCE TICKET    the hello of a console of that UNIX user
 *   pam LINE UID SOURCE              the hello of the PAM module, as that UNIX user
 *   open LINE ACCOUNT KEY            a ticket, which stands behind the verdict
 *   end LINE TICKET
 *   ask LINE ACCOUNT SERVICE KEY     behind the verdict: linked, has 2FA, grace, whose it is
 *   answer LINE ACCOUNT SERVICE KEY ANSWER   behind it: codes left, whether one was used
 *   account LINE ACCOUNT
 *   crowd LINE ACCOUNT KEY N         so many tickets, one after the other: how many were had
 *   close LINE
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "client/hello.h"
#include "wire/line.h"

enum { LINES = 16, WORDS = 7, LINE_SIZE = 8192 };

static const char *path;
static int lines[LINES];
static struct wire_request request;
static struct wire_reply reply;

static const char *
text(const char *word)
{
	return word == NULL || strcmp(word, "-") == 0 ? "" : word;
}

static int *
line_of(const char *word)
{
	int number = atoi(text(word));

	if (number < 0 || number >= LINES)
		client_die("There is no such line.");
	return &lines[number];
}

/* SO_PEERCRED tells the effective user at the time of connect(2). */
static int
connect_as(uid_t uid)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (fd < 0 || seteuid(uid) != 0 ||
	    connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
		client_die("The keeper is not there.");
	if (seteuid(0) != 0)
		client_die("Only root is everybody.");
	return fd;
}

static void
say(enum err err)
{
	(void)printf("%s", client_err_name(err));
}

static enum err
ask(const char *line)
{
	enum err err = line_ask(*line_of(line), &request, &reply);

	return err == ERR_OK ? (enum err)reply.err : err;
}

static void
do_hello(char **word, enum wire_kind kind)
{
	int *line = line_of(word[1]);

	*line = connect_as((uid_t)atoi(text(word[2])));
	hello_fill(&request, kind);
	wire_put(request.u.hello.source, WIRE_SOURCE_SIZE, text(word[3]));
	wire_put(request.u.hello.ticket, WIRE_TICKET_SIZE, text(word[4]));
	say(ask(word[1]));
}

static void
fill_pam(enum wire_op op, char **word)
{
	wire_request_init(&request, op);
	wire_put(request.u.pam.account, TEXT_NAME_SIZE, text(word[2]));
}

static void
do_open(char **word)
{
	fill_pam(WIRE_TICKET_OPEN, word);
	wire_put(request.u.pam.service, WIRE_SERVICE_SIZE, "sshd");
	wire_put(request.u.pam.key, SSH_KEY_TEXT_SIZE, text(word[3]));
	say(ask(word[1]));
	(void)printf(" %s", reply.u.ticket.ticket);
}

static void
do_crowd(char **word)
{
	int had = 0;

	for (int i = 0; i < atoi(text(word[4])); i++) {
		fill_pam(WIRE_TICKET_OPEN, word);
		wire_put(request.u.pam.key, SSH_KEY_TEXT_SIZE, text(word[3]));
		had += ask(word[1]) == ERR_OK;
	}
	(void)printf("%d %s", had, reply.u.ticket.ticket);
}

static void
do_pam(char **word, enum wire_op op)
{
	const struct wire_pam_reply *pam = &reply.u.pam;

	fill_pam(op, word);
	wire_put(request.u.pam.service, WIRE_SERVICE_SIZE, text(word[3]));
	/* A key is two words on the wire, and one with a comma here. */
	wire_put(request.u.pam.key, SSH_KEY_TEXT_SIZE, text(word[4]));
	wire_put(request.u.pam.answer, WIRE_RECOVERY_SIZE, text(word[5]));
	say(ask(word[1]));
	if (op == WIRE_PAM_ASK && reply.err == ERR_OK)
		(void)printf(" %d %d %d %s", pam->linked, pam->has_2fa, pam->grace, pam->name);
	if (op == WIRE_PAM_ANSWER && reply.err == ERR_OK)
		(void)printf(" %u %d", pam->recovery_left, pam->used_recovery);
}

/* "TYPE,BASE64" becomes "TYPE BASE64". */
static void
part_key(char *word)
{
	char *comma = word != NULL && strncmp(word, "ssh-", 4) == 0 ? strchr(word, ',') : NULL;

	if (comma != NULL)
		*comma = ' ';
}

static void
obey(char **word)
{
	part_key(word[3]);
	part_key(word[4]);
	if (strcmp(word[0], "person") == 0) {
		do_hello(word, WIRE_PERSON);
	} else if (strcmp(word[0], "pam") == 0) {
		do_hello(word, WIRE_PAM);
	} else if (strcmp(word[0], "open") == 0) {
		do_open(word);
	} else if (strcmp(word[0], "crowd") == 0) {
		do_crowd(word);
	} else if (strcmp(word[0], "end") == 0) {
		wire_request_init(&request, WIRE_TICKET_CLOSE);
		wire_put(request.u.ticket.ticket, WIRE_TICKET_SIZE, text(word[2]));
		say(ask(word[1]));
	} else if (strcmp(word[0], "ask") == 0) {
		do_pam(word, WIRE_PAM_ASK);
	} else if (strcmp(word[0], "answer") == 0) {
		do_pam(word, WIRE_PAM_ANSWER);
	} else if (strcmp(word[0], "account") == 0) {
		do_pam(word, WIRE_PAM_ACCOUNT);
	} else if (strcmp(word[0], "close") == 0) {
		(void)close(*line_of(word[1]));
		say(ERR_OK);
	} else {
		client_die("There is no such word.");
	}
}

int
main(int argc, char **argv)
{
	char buf[LINE_SIZE];

	if (argc != 2)
		client_die("Usage: vouch SOCKET");
	path = argv[1];
	while (fgets(buf, sizeof buf, stdin) != NULL) {
		char *word[WORDS] = { NULL }, *rest = buf;

		for (size_t i = 0; i < WORDS; i++)
			word[i] = strtok_r(i == 0 ? buf : NULL, " \n", &rest);
		if (word[0] == NULL)
			continue;
		obey(word);
		(void)printf("\n");
		(void)fflush(stdout);
	}
	return EXIT_SUCCESS;
}
