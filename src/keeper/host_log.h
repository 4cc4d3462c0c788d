/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The host's log as syslog(3) speaks to it, but never waiting: a log that has stopped reading holds
 * up syslog(3) for as long as it likes, and with it all doors. What it does not take is lost, and
 * counted.
 */
#ifndef KEEPER_HOST_LOG_H
#define KEEPER_HOST_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum { HOST_LOG_LINE_SIZE = 8192 };

/* All zero is one that nothing was told yet. */
struct host_log {
	int fd;
	bool connected;
	int64_t lost; /* lines since the last that it took */
};

/* Tells a line with the facility LOG_AUTHPRIV and the severity LOG_NOTICE; before it how many were
 * lost, if any were. */
void
host_log_tell(struct host_log *log, const char *line);

void
host_log_close(struct host_log *log);

#endif
