/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/host_log.h"

#include <errno.h>
#include <inttypes.h>
#include <paths.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

static bool
connect_it(struct host_log *log)
{
	const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = _PATH_LOG };

	host_log_close(log);
	log->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (log->fd < 0)
		return false;
	log->connected = connect(log->fd, (const struct sockaddr *)&address, sizeof address) == 0;
	if (!log->connected)
		close(log->fd);
	return log->connected;
}

/* In English, whatever the keeper's language is: RFC 3164 4.1.2. */
static void
write_time(char buf[16])
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
		"Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t now = time(NULL);
	struct tm tm = { 0 };

	(void)localtime_r(&now, &tm);
	(void)snprintf(buf, 16, "%s %2u %02u:%02u:%02u", months[(unsigned)tm.tm_mon % 12],
	    (unsigned)tm.tm_mday % 100, (unsigned)tm.tm_hour % 100, (unsigned)tm.tm_min % 100,
	    (unsigned)tm.tm_sec % 100);
}

/* Once more on a new socket, where the log was started anew since. */
static bool
send_it(struct host_log *log, const char *line)
{
	char packet[HOST_LOG_LINE_SIZE], time[16];
	size_t length;

	write_time(time);
	(void)snprintf(packet, sizeof packet, "<%d>%s %s: %s", LOG_AUTHPRIV | LOG_NOTICE, time,
	    program_invocation_short_name, line);
	length = strlen(packet);
	if (log->connected && send(log->fd, packet, length, MSG_NOSIGNAL) == (ssize_t)length)
		return true;
	if (log->connected && (errno == EAGAIN || errno == EWOULDBLOCK))
		return false;
	return connect_it(log) && send(log->fd, packet, length, MSG_NOSIGNAL) == (ssize_t)length;
}

void
host_log_tell(struct host_log *log, const char *line)
{
	char lost[48];

	(void)snprintf(lost, sizeof lost, "lost lines=%" PRId64, log->lost);
	if (log->lost > 0 && send_it(log, lost))
		log->lost = 0;
	if (log->lost > 0 || !send_it(log, line))
		log->lost++;
}

void
host_log_close(struct host_log *log)
{
	if (log->connected)
		close(log->fd);
	log->connected = false;
}
