/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd.h"
#include "client.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct crowd {
	int ready[2]; /* a byte from each that is ready */
	int gate[2];  /* open until its other end is closed */
};

/* Nanoseconds since some time. */
static int64_t
clock_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		client_die("There is no clock.");
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Whoever waits here holds no end of `ready` open: if one dies before it is ready, that pipe ends.
 */
void
crowd_wait(struct crowd *crowd)
{
	char byte;

	if (write(crowd->ready[1], "", 1) != 1)
		client_die("The barrier is broken.");
	close(crowd->ready[1]);
	while (read(crowd->gate[0], &byte, 1) > 0)
		continue;
}

static void
enter(struct crowd *crowd, size_t number, crowd_member *member, void *context)
{
	pid_t pid = fork();

	if (pid < 0)
		client_die("There are no more processes.");
	if (pid > 0)
		return;
	close(crowd->ready[0]);
	close(crowd->gate[1]);
	member(crowd, number, context);
	_exit(EXIT_SUCCESS);
}

int64_t
crowd_run(size_t count, crowd_member *member, void *context)
{
	struct crowd crowd;
	int64_t start;
	char byte;
	int status;

	if (pipe(crowd.ready) != 0 || pipe(crowd.gate) != 0)
		client_die("There are no pipes.");
	for (size_t i = 0; i < count; i++)
		enter(&crowd, i, member, context);
	close(crowd.ready[1]);
	for (size_t i = 0; i < count; i++)
		if (read(crowd.ready[0], &byte, 1) != 1)
			client_die("One of many was not ready.");
	start = clock_now();
	close(crowd.gate[1]);
	for (size_t i = 0; i < count; i++)
		if (wait(&status) < 0 || status != 0)
			client_die("One of many failed.");
	start = clock_now() - start;
	close(crowd.ready[0]);
	close(crowd.gate[0]);
	return start;
}

void *
crowd_share(size_t size)
{
	void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED)
		client_die("There is no memory.");
	return shared;
}
