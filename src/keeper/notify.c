/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/notify.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "keeper/activation.h"

static int64_t
milliseconds(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_BOOTTIME, &ts) != 0)
		return 0;
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* An absolute path, or "@" and a name in the abstract namespace. */
static int
connect_to(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = strlen(name);
	int fd;

	if ((*name != '/' && *name != '@') || length >= sizeof address.sun_path)
		return -1;
	memcpy(address.sun_path, name, length);
	if (*name == '@')
		address.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)&address,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static void
tell(const struct notify *notify, const char *text)
{
	if (notify->fd >= 0 && send(notify->fd, text, strlen(text), MSG_NOSIGNAL) < 0)
		return; /* the manager's queue is full, or it has gone: nothing depends on it */
}

void
notify_open(struct notify *notify)
{
	const char *name = getenv("NOTIFY_SOCKET");
	int64_t pid = activation_number("WATCHDOG_PID");
	int64_t asked = activation_number("WATCHDOG_USEC");

	*notify = (struct notify){ .fd = name == NULL ? -1 : connect_to(name) };
	if (notify->fd >= 0 && asked > 0 && (pid == 0 || pid == getpid()))
		notify->interval = asked / 2000 > 0 ? asked / 2000 : 1;
	(void)unsetenv("NOTIFY_SOCKET");
	(void)unsetenv("WATCHDOG_PID");
	(void)unsetenv("WATCHDOG_USEC");
}

void
notify_ready(struct notify *notify)
{
	tell(notify, "READY=1");
}

void
notify_watchdog(struct notify *notify)
{
	int64_t now = milliseconds();

	if (notify->interval == 0 || now - notify->last < notify->interval)
		return;
	notify->last = now;
	tell(notify, "WATCHDOG=1");
}

int
notify_interval(const struct notify *notify)
{
	if (notify->interval == 0)
		return -1;
	return notify->interval > INT_MAX ? INT_MAX : (int)notify->interval;
}

void
notify_stopping(const struct notify *notify)
{
	tell(notify, "STOPPING=1");
}

void
notify_close(struct notify *notify)
{
	if (notify->fd >= 0)
		close(notify->fd);
	notify->fd = -1;
}
