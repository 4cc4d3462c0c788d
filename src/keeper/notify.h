/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a service manager is told, as datagrams to $NOTIFY_SOCKET (sd_notify(3)): that the keeper
 * is ready, that its loop goes round, that it leaves. Nothing here can fail the keeper.
 */
#ifndef KEEPER_NOTIFY_H
#define KEEPER_NOTIFY_H

#include <stdint.h>

struct notify {
	int fd;		  /* connected to the manager's socket; -1: nobody is told */
	int64_t interval; /* milliseconds between two signs of life; 0: none is wanted */
	int64_t last;	  /* milliseconds since boot of the last one */
};

/* Takes NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID out of the environment. */
void
notify_open(struct notify *notify);

/* READY=1 */
void
notify_ready(struct notify *notify);

/* WATCHDOG=1, twice as often as is asked for, and not more often. */
void
notify_watchdog(struct notify *notify);

/* The most milliseconds that the loop may wait; -1: as long as it likes. */
int
notify_interval(const struct notify *notify);

/* STOPPING=1: the loop has ended, what is left is to close. */
void
notify_stopping(const struct notify *notify);

void
notify_close(struct notify *notify);

#endif
