/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flood STATE LINES SECONDS NAME SOURCE [UID]
 *
 * A wrong password for NAME on so many lines at once, and on each the next one as soon as it is
 * answered, for so many seconds; 0: one each, and all are waited for, half a minute at most. Every
 * '%' in NAME and SOURCE is a number that is another one each time. NAME "@host": instead, each
 * line is a hello that asks for the host's authority, and a new one when that was refused. Prints
 * how many were answered and how many were still open at the end, then a line for each verdict:
 * "PAUSED 315".
 * UID: as that user of this host, who can reach the socket and no more; for root.
 */
#include "stranger.h"

#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { LINES_MOST = 4096, PATIENCE = 30000 };

struct flood {
	const char *state, *name, *source;
	bool hellos, once;
	size_t lines;
	unsigned long number, answered, verdicts[ERR_COUNT];
	struct pollfd slots[LINES_MOST];
};

/* The pattern with the number in it. */
static void
spell(const char *pattern, unsigned long number, char *buf, size_t size)
{
	size_t n = 0;

	for (; *pattern != '\0' && n + 24 < size; pattern++)
		if (*pattern == '%')
			n += (size_t)snprintf(buf + n, size - n, "%lu", number);
		else
			buf[n++] = *pattern;
	buf[n] = '\0';
}

static void
ask(struct flood *flood, size_t i)
{
	char name[128];

	if (flood->hellos) {
		flood->slots[i].fd = stranger_come(flood->state, flood->source, WIRE_HOST);
		return;
	}
	spell(flood->name, flood->number++, name, sizeof name);
	stranger_say_password(flood->slots[i].fd, name, "not the password at all");
}

static void
come(struct flood *flood, size_t i)
{
	char source[WIRE_SOURCE_SIZE];

	flood->slots[i].events = POLLIN;
	if (flood->hellos)
		return;
	spell(flood->source, i + 1, source, sizeof source);
	flood->slots[i].fd = stranger_enter(flood->state, source);
}

/* One that was ended comes no more, unless it came for nothing else. */
static void
take(struct flood *flood, size_t i)
{
	static struct wire_reply reply;
	enum err err = stranger_hear(flood->slots[i].fd, 0, &reply);

	if (err == ERR_KEEPER_ABSENT)
		return;
	flood->answered++;
	flood->verdicts[err < ERR_COUNT ? err : ERR_FAILED]++;
	if (flood->hellos || err == ERR_KEEPER_GONE) {
		close(flood->slots[i].fd);
		flood->slots[i].fd = -1;
	}
	if (!flood->once && (flood->hellos || flood->slots[i].fd >= 0))
		ask(flood, i);
	else
		flood->slots[i].events = 0;
}

static void
run(struct flood *flood, int64_t end)
{
	while (stranger_clock() < end && (!flood->once || flood->answered < flood->lines)) {
		(void)poll(flood->slots, (nfds_t)flood->lines, 50);
		for (size_t i = 0; i < flood->lines; i++)
			if (flood->slots[i].fd < 0 && flood->hellos && !flood->once)
				ask(flood, i);
			else if (flood->slots[i].fd >= 0 &&
			    (flood->slots[i].revents & (POLLIN | POLLHUP)) != 0)
				take(flood, i);
	}
}

static void
print(const struct flood *flood)
{
	size_t open = 0;

	for (size_t i = 0; i < flood->lines; i++)
		open += flood->slots[i].fd >= 0;
	(void)printf("answered %lu\nopen %zu\n", flood->answered, open);
	for (int err = 0; err < ERR_COUNT; err++)
		if (flood->verdicts[err] > 0)
			(void)printf("%s %lu\n", client_err_name((enum err)err),
			    flood->verdicts[err]);
}

/* The state is where we stand then, so that the way there may be closed to that user. (A process
 * that changes its user has no /proc/self/fd of its own, through which a line is made, unless it
 * may be dumped.) */
static const char *
become(const char *state, uid_t uid)
{
	if (chdir(state) != 0 || setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 ||
	    setresuid(uid, uid, uid) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0)
		client_die("This user cannot become another one.");
	return ".";
}

int
main(int argc, char **argv)
{
	static struct flood flood;
	int64_t seconds;

	flood.lines = argc == 6 || argc == 7 ? strtoul(argv[2], NULL, 10) : 0;
	if (flood.lines == 0 || flood.lines > LINES_MOST)
		client_die("Usage: flood STATE LINES SECONDS NAME SOURCE [UID]");
	stranger_many();
	flood.state = argc == 7 ? become(argv[1], (uid_t)strtoul(argv[6], NULL, 10)) : argv[1];
	flood.name = argv[4];
	flood.source = argv[5];
	flood.hellos = strcmp(flood.name, "@host") == 0;
	seconds = strtol(argv[3], NULL, 10);
	flood.once = seconds == 0;
	for (size_t i = 0; i < flood.lines; i++)
		come(&flood, i);
	for (size_t i = 0; i < flood.lines; i++)
		ask(&flood, i);
	run(&flood, stranger_clock() + (flood.once ? PATIENCE : seconds * 1000));
	print(&flood);
	return EXIT_SUCCESS;
}
