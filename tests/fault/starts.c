/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * starts FAULTS-LIBRARY STATE KEEPER STORY FAULT ERROR once|lasting EVERY
 *
 * A keeper is started again and again, and each time one call more goes well before one fails: of
 * its writes to the disk, of what it opens or reads there, or of its allocations, from its first
 * instruction to its last. STORY is
 * again, or first: then the state is empty, and its first Super Administrator is made. Whatever
 * fails, the keeper says why, or does its work; it never dies of a signal. And once nothing fails
 * any more, the next keeper finishes what there is, and forgets nothing that was acknowledged.
 * EVERY as for strain. Prints how many points there were, at how many of them the keeper did not
 * start, and at how many it was not known what became of it, and at how many it aborted.
 */
#include "faulty.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/auth.h"
#include "../client/client.h"

enum { STARTS_MOST = 50000, STARTS_READY = 3 };

static const char *const files[] = { "console.db", "console.db-wal", "console.db-shm",
	"console.db-journal", "console.key", "console.key.new", "console.set-up", "lock", "reserve",
	"socket" };

struct starts {
	const char *library, *state, *program;
	struct faults *page;
	struct fault *fault;
	uint64_t at;
	bool first; /* the story */
	bool asked; /* a keeper that is ready is asked for something, once nothing fails */
	int dirfd;
	unsigned points, refused, unsure, aborted;
};

static _Noreturn void
die(const struct starts *starts, const char *what, const char *more)
{
	(void)fprintf(stderr, "point %llu: %s: %s\n", (unsigned long long)starts->at, what, more);
	exit(EXIT_FAILURE);
}

static _Noreturn void
be_keeper(const struct starts *starts, int ready)
{
	char preload[4096];
	char *const environment[] = { preload, NULL };
	char *argv[] = { strdup(starts->program), strdup("--state"), strdup(starts->state),
		strdup("--ready-fd"), strdup("3"), NULL };

	(void)snprintf(preload, sizeof preload, "LD_PRELOAD=%s", starts->library);
	if (dup2(ready, STARTS_READY) == STARTS_READY)
		execve(starts->program, argv, environment);
	_exit(127);
}

/*
 * How one of them ended: by itself, 0 or 1. Or it aborted without a word, which libgcrypt does in
 * the one place where it finds no memory to learn what mode it is in.
 */
static void
judge(struct starts *starts, enum err said, int status)
{
	char text[32];

	if (said == ERR_KEEPER_GONE && starts->fault == &starts->page->memory &&
	    WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) {
		starts->aborted++;
		return;
	}
	(void)snprintf(text, sizeof text, "wait status %#x", (unsigned)status);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		die(starts, "the keeper did not end by itself", text);
}

/* What it says when it is ready or gives up; ERR_KEEPER_GONE if it goes without a word. */
static enum err
start(struct starts *starts)
{
	unsigned char said = ERR_KEEPER_GONE;
	int ends[2], status;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		client_die("There is no pipe.");
	pid = fork();
	if (pid < 0)
		client_die("There is no process.");
	if (pid == 0)
		be_keeper(starts, ends[1]);
	close(ends[1]);
	if (read(ends[0], &said, 1) < 0)
		client_die("The pipe is broken.");
	close(ends[0]);
	/* The process that became the keeper's parent: while it is there, the keeper is not our
	 * child. */
	if (waitpid(pid, &status, 0) == pid)
		judge(starts, said < ERR_COUNT ? (enum err)said : ERR_PROTOCOL, status);
	return said < ERR_COUNT ? (enum err)said : ERR_PROTOCOL;
}

/* The keeper of this state: it stands alone, and is a child of ours by PR_SET_CHILD_SUBREAPER. */
static void
end_keeper(const struct starts *starts)
{
	char path[64];
	FILE *children;
	int pid;

	(void)snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
	children = fopen(path, "re");
	if (children == NULL)
		die(starts, "no list of children", path);
	while (fscanf(children, "%d", &pid) == 1)
		(void)kill(pid, SIGTERM);
	(void)fclose(children);
}

/* Waits for all of them. */
static void
reap(struct starts *starts, enum err said)
{
	int status;

	while (wait(&status) > 0)
		judge(starts, said, status);
}

static enum err
init(const struct starts *starts, bool *ret_set_up)
{
	static struct wire_reply reply;
	struct wire_request request;
	int line = -1;
	enum err err = faulty_open(starts->state, WIRE_HOST, &line, &reply);

	if (err != ERR_OK)
		return err;
	*ret_set_up = reply.u.hello.set_up;
	wire_request_init(&request, WIRE_INIT);
	wire_put(request.u.init.name, sizeof request.u.init.name, "alice");
	wire_put(request.u.init.password, sizeof request.u.init.password, "correct horse battery");
	err = client_ask(line, &request, &reply);
	close(line);
	return err;
}

/* A keeper that says that it is ready serves, as soon as nothing fails any more; true if something
 * did. */
static bool
serves(struct starts *starts)
{
	bool set_up = false, failed = starts->fault->hits > 0;
	enum err err;

	faulty_arm(starts->fault, 0);
	err = init(starts, &set_up);
	if (err != ERR_SET_UP)
		die(starts, "it is ready, and does not serve", client_err_name(err));
	return failed;
}

static void
empty(const struct starts *starts)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		(void)unlinkat(starts->dirfd, files[i], 0);
}

/* What became of the start, or in the story of the first start of the first Super Administrator;
 * *ret_up: the keeper runs. */
static enum err
begin(struct starts *starts, bool *ret_up)
{
	bool set_up = false;
	enum err err = start(starts);

	if (err == ERR_KEEPER_GONE)
		reap(starts, err);
	if (err != ERR_OK &&
	    (!faulty_excuse(err) || (err == ERR_KEEPER_GONE && starts->aborted == 0) ||
		err == ERR_STORE_UNSURE))
		die(starts, "it does not start", client_err_name(err));
	starts->refused += err != ERR_OK;
	*ret_up = err == ERR_OK;
	if (err != ERR_OK || !starts->first)
		return err;
	err = init(starts, &set_up);
	if (err != ERR_OK && !faulty_excuse(err))
		die(starts, "it is not set up", client_err_name(err));
	starts->unsure += err == ERR_STORE_UNSURE;
	return err;
}

/* Now that nothing fails: what was done stays done, and what was not can be done; either, where
 * that was not known. */
static void
again(struct starts *starts, enum err before)
{
	bool set_up = false;
	enum err err = start(starts),
		 expected = !starts->first || before == ERR_OK ? ERR_SET_UP : ERR_OK;

	if (err != ERR_OK)
		die(starts, "it does not start any more", client_err_name(err));
	err = init(starts, &set_up);
	if (before == ERR_STORE_UNSURE)
		expected = set_up ? ERR_SET_UP : ERR_OK;
	if (err != expected || set_up != (expected == ERR_SET_UP))
		die(starts,
		    set_up ? "it is set up, though that was refused"
			   : "it forgot that it was set up",
		    client_err_name(err));
	end_keeper(starts);
	reap(starts, err);
}

/* One point; false: nothing failed any more. */
static bool
point(struct starts *starts)
{
	bool failed = false, up = false;
	enum err err;

	(void)alarm(FAULTY_PATIENCE);
	if (starts->first)
		empty(starts);
	faulty_arm(starts->fault, starts->at);
	err = begin(starts, &up);
	if (up && starts->asked)
		failed = serves(starts);
	if (up)
		end_keeper(starts);
	reap(starts, err);
	failed = failed || starts->fault->hits > 0;
	faulty_arm(starts->fault, 0);
	if (starts->first || starts->at % 16 == 0)
		again(starts, err);
	return failed;
}

int
main(int argc, char **argv)
{
	struct starts starts = { .dirfd = -1 };
	unsigned char random[1];
	int every = argc == 9 ? atoi(argv[8]) : 0;

	if (every < 1 || auth_start() != ERR_OK || prctl(PR_SET_CHILD_SUBREAPER, 1L) != 0)
		client_die("Usage: starts FAULTS-LIBRARY STATE KEEPER first|again "
			   "disk|open|read|memory|sqlite ERROR once|lasting EVERY");
	starts.library = argv[1];
	starts.state = argv[2];
	starts.program = argv[3];
	starts.first = strcmp(argv[4], "first") == 0;
	starts.page = faulty_page(argv[1], argv[2]);
	starts.fault = faulty_named(starts.page, argv[5]);
	starts.fault->number = faulty_number(argv[6]);
	starts.asked = !starts.first &&
	    (starts.fault == &starts.page->open || starts.fault == &starts.page->read);
	starts.fault->lasting = strcmp(argv[7], "lasting") == 0;
	starts.dirfd = open(argv[2], O_PATH | O_DIRECTORY | O_CLOEXEC);
	auth_nonce(random, sizeof random);
	for (starts.at = 1 + random[0] % (unsigned)every; point(&starts) && starts.at < STARTS_MOST;
	     starts.at += (unsigned)every)
		starts.points++;
	(void)printf("%u %u %u %u\n", starts.points, starts.refused, starts.unsure, starts.aborted);
	return EXIT_SUCCESS;
}
