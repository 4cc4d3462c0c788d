/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provconsole: its options; then the console in this terminal, on screens or line by line, or one
 * command. */
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "confine/confine.h"
#include "confine/landlock.h"
#include "core/text.h"
#include "plain/plain.h"
#include "ui/screen/screens.h"
#include "ui/stack/loop.h"
#include "ui/terminal/terminal.h"
#include "client/hello.h"
#include "client/language.h"
#include "core/command.h"
#include "core/words.h"
#include "wire/line.h"
#include "wire/run.h"

enum { MAIN_COMMAND = -1 }; /* the options were read; go on with the rest */
/* What sshd's ForceCommand has as `-c STRING` (data/sshd-provconsole.conf.in). */
static const char main_socket[] = "/run/provconsole/socket",
		  main_forced[] = "exec " BINDIR "/provconsole --socket /run/provconsole/socket";

enum { MAIN_TERM_SIZE = 64, MAIN_WHY_SIZE = 512, MAIN_STACK = 256 * 1024, MAIN_PAGE = 4096 };

/*
 * Before anything else: three descriptors that lead somewhere and no others, nothing left behind
 * for other users, no core dump with a password in it, no program with more rights than this one,
 * and a peer that is gone is an error rather than a signal.
 */
static bool
main_harden(void)
{
	const struct rlimit none = { 0, 0 };

	/* Read-only, so that writing to what was closed still fails, and is told. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd)
			return false;
	(void)close_range(STDERR_FILENO + 1, ~0U, 0);
	(void)umask(077);
	(void)signal(SIGPIPE, SIG_IGN);
	return setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0;
}

/* The farthest page first; what is touched stays the stack's. */
static void
main_touch_stack(void)
{
	volatile unsigned char stack[MAIN_STACK];

	for (size_t at = 0; at < sizeof stack; at += MAIN_PAGE)
		stack[at] = 0;
}

/*
 * A stack grows by itself, and where there is no memory for that, a program dies without a word.
 * Messages lie on it (struct wire_reply has 50 KiB): what they need is taken here, where a sentence
 * can still say that it is missing.
 */
static bool
main_take_stack(void)
{
	void *room = mmap(NULL, 2 * MAIN_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
	    -1, 0);

	if (room == MAP_FAILED || munmap(room, 2 * MAIN_STACK) != 0)
		return false;
	main_touch_stack();
	return true;
}

/*
 * Text is UTF-8 whatever the locale says; the terminal's part of the console falls back by itself.
 * The other categories say nothing here: no amount, name or time is written by them, and each is a
 * file.
 */
static void
main_locale(void)
{
	language_guard();
	(void)setlocale(LC_CTYPE, "");
	(void)setlocale(LC_MESSAGES, "");
	words_open();
}

static const char main_no_command[] = N_(
    "Over SSH only a command of this console is taken, by its name alone: ssh -t HOST NAME");
static const char main_no_terminal[] = N_(
    "A command of this console needs a terminal. Ask SSH for one: ssh -t HOST NAME");

/*
 * As the login shell of the account that people share (passwd(5)), by sshd, login or su: its name
 * begins with a dash, or it has `-c STRING`. Then it is the host's console and nothing else. The
 * string is ForceCommand's; where a host has lost that line it is what a client asks for, which is
 * taken like SSH_ORIGINAL_COMMAND: only as the name of a command behind the doors.
 */
static int
main_shell(int argc, char **argv, struct hello_way *way, const char **ret_remote)
{
	way->socket = main_socket;
	optind = argc;
	if (argc == 1)
		return MAIN_COMMAND;
	if (argc == 3 && strcmp(argv[1], "-c") == 0) {
		if (strcmp(argv[2], main_forced) != 0)
			*ret_remote = argv[2];
		return MAIN_COMMAND;
	}
	say_sentence(main_no_command);
	return SAY_FAILED;
}

static bool
main_is_shell(int argc, char **argv)
{
	return argc > 0 && (*argv[0] == '-' || (argc > 1 && strcmp(argv[1], "-c") == 0));
}

/* Returns MAIN_COMMAND, or the exit status. */
static int
main_options(int argc, char **argv, struct hello_way *way, bool *ret_plain)
{
	static const struct option options[] = { { "state", required_argument, NULL, 'd' },
		{ "socket", required_argument, NULL, 's' }, { "plain", no_argument, NULL, 'p' },
		{ "complete", required_argument, NULL, 'C' }, { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' }, { NULL, 0, NULL, 0 } };
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "+:hV", options, NULL)) != -1)
		switch (option) {
		case 'd':
			way->state = optarg;
			break;
		case 's':
			way->socket = optarg;
			break;
		case 'p':
			*ret_plain = true;
			break;
		case 'C':
			return cli_complete(optarg);
		case 'h':
			return cli_help();
		case 'V':
			(void)printf("provconsole %s\n", PACKAGE_VERSION);
			return say_flush(ERR_OK) == ERR_OK ? SAY_DONE : SAY_FAILED;
		case ':':
			return say_usage(N_("This option needs a value"), argv[optind - 1], "");
		default:
			return say_usage(N_("There is no such option"), argv[optind - 1], "");
		}
	return MAIN_COMMAND;
}

/* Why the console cannot be opened here, as a message id; NULL if it can. remote: what SSH asks
 * for; NULL: nothing. */
static const char *
main_refusal(const char *remote, bool *ret_no_terminal)
{
	*ret_no_terminal = !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO);
	if (remote != NULL && !command_name_valid(remote))
		return main_no_command;
	if (*ret_no_terminal)
		return remote != NULL ? main_no_terminal : err_sentence(ERR_TERMINAL);
	return NULL;
}

/* So that the trail knows. Whether the keeper hears of it changes nothing. */
static void
main_tell_refused(const struct hello_way *way, const char *remote, bool no_terminal)
{
	struct hello_way there = *way; /* nothing is made for who is refused */
	struct wire_request request;
	struct wire_reply reply;
	struct versions versions;
	int line = -1;

	there.may_make = false;
	if (hello_connect(&there, WIRE_PERSON, &line, &reply, &versions) != ERR_OK)
		return;
	wire_request_init(&request, WIRE_REMOTE_REFUSED);
	(void)text_show(remote, strlen(remote), request.u.remote.text,
	    sizeof request.u.remote.text);
	request.u.remote.no_terminal = no_terminal && command_name_valid(remote);
	if (reply.u.hello.set_up)
		(void)!line_ask(line, &request, &reply);
	close(line);
}

/*
 * Whether the person is asked line by line although nobody said so, and why: a sentence in buf,
 * translated, to be told. Where this terminal is in use is not the question (main_refusal()).
 */
static bool
main_must_be_plain(char *buf, size_t size)
{
	const char *wish = getenv("ACCESSIBILITY"), *term = getenv("TERM");
	char shown[MAIN_TERM_SIZE];

	if (wish != NULL && *wish != '\0' && strcmp(wish, "0") != 0) {
		(void)snprintf(buf, size, "%s",
		    _("ACCESSIBILITY is set, so the console asks line by line."));
		return true;
	}
	if (terminal_moves_cursor(term))
		return false;
	if (term == NULL)
		term = "";
	(void)text_show(term, strlen(term), shown, sizeof shown);
	err_fill_text(_("A terminal of the type %s cannot move its cursor, so the console asks "
			"line by line."),
	    shown, buf, size);
	return true;
}

/* The line of the console: a person's; the host's for the first run, which others cannot do. */
static enum err
main_connect(const struct hello_way *way, int *ret_line, struct wire_reply *ret_hello,
    struct versions *ret_versions)
{
	int line = -1;
	enum err err = hello_connect(way, WIRE_PERSON, &line, ret_hello, ret_versions);

	if (err == ERR_OK && !ret_hello->u.hello.set_up) {
		close(line);
		if (!ret_hello->u.hello.may_init)
			return ERR_NOT_SET_UP;
		err = hello_connect(way, WIRE_HOST, &line, ret_hello, ret_versions);
	}
	if (err == ERR_OK)
		*ret_line = line;
	return err;
}

/* Without Landlock nothing can be opened behind the walls, not even a person's own catalogue. With
 * it that can wait: the C library crashes where there is no memory to convert one. */
static enum err
main_confine(void)
{
	if (landlock_version() <= 0)
		language_load();
	return confine_console();
}

/* Line by line, or on screens, as long as the person does not want it otherwise. */
static int
main_talk(struct opening *opening, bool plain)
{
	struct handover handover;
	char why[MAIN_WHY_SIZE];
	int status;

	if (plain)
		return plain_run(opening);
	if (main_must_be_plain(why, sizeof why)) {
		opening->why = why;
		return plain_run(opening);
	}
	status = ui_run(opening->remote == NULL ? &screens : &screens_remote, opening, &handover);
	return status == UI_HANDS_OVER ? plain_go_on(opening, &handover) : status;
}

static int
main_console(const struct hello_way *way, const char *remote, bool plain)
{
	bool no_terminal;
	const char *refusal = main_refusal(remote, &no_terminal);
	struct wire_reply hello;
	struct versions versions;
	struct letter_way others;
	struct opening opening = { .line = -1,
		.hello = &hello,
		.way = &others,
		.remote = remote,
		.confine = main_confine };
	int status;
	enum err err;

	if (refusal != NULL) {
		if (remote != NULL)
			main_tell_refused(way, remote, no_terminal);
		say_sentence(refusal);
		return SAY_FAILED;
	}
	err = main_connect(way, &opening.line, &hello, &versions);
	if (err != ERR_OK) {
		say_no_keeper(err, hello.wait, &versions);
		return remote != NULL ? RUN_STATUS_NEVER : SAY_FAILED;
	}
	letter_way_find(way, &others);
	opening.first_run = !hello.u.hello.set_up;
	status = main_talk(&opening, plain);
	close(opening.line);
	return status;
}

/* What the client of SSH asks for, which the console's command line has no part in. */
static const char *
main_remote(const char *string)
{
	const char *command = getenv("SSH_ORIGINAL_COMMAND");

	if (string == NULL && command != NULL && *command != '\0')
		return command;
	return string;
}

int
main(int argc, char **argv)
{
	struct hello_way way = { .libexec = LIBEXEC };
	const char *string = NULL;
	bool plain = false;
	int status;

	if (!main_harden())
		return SAY_FAILED;
	main_locale();
	if (!main_take_stack()) {
		say_sentence(err_sentence(ERR_MEMORY));
		return SAY_FAILED;
	}
	status = main_is_shell(argc, argv) ? main_shell(argc, argv, &way, &string)
					   : main_options(argc, argv, &way, &plain);
	if (status != MAIN_COMMAND)
		return status;
	if (optind < argc)
		return cli_run(&way, argc - optind, argv + optind);
	way.may_make = true; /* the first run */
	return main_console(&way, main_remote(string), plain);
}
