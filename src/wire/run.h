/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run: what the keeper orders of the runner, and what console and runner say to each other while
 * a command runs (DESIGN 10). Three lines, all of SOCK_SEQPACKET:
 *
 *   order    keeper to runner, one connection a run: one struct run_order, and with it (SCM_RIGHTS)
 *            the runner's end of the pump. Then it stays open: the runner says that keys were
 * typed, the keeper that the run is to end. The runner closes it when nothing of the run is left.
 *            The keeper's end closes without RUN_END when the keeper leaves: the run goes on.
 *   pump     console to runner: a byte of enum run_pump, then its bytes. Whoever closes it ends it:
 *            the console's end closed is a line that dropped.
 *   report   runner to keeper, on the keeper's own socket, a hello of kind WIRE_RUNNER, then
 *            WIRE_RUN_REPORT: what goes into the trail. It comes late where the keeper was away.
 *
 * Both ends are on one host: numbers are in its order. What comes is checked: nothing is believed.
 */
#ifndef WIRE_RUN_H
#define WIRE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/command.h"
#include "core/err.h"
#include "core/text.h"
#include "wire/wire.h"

enum {
	RUN_VERSION = 1,
	RUN_PUMP_MAX = 32768,  /* bytes of one message, without its first */
	RUN_SIZE_MOST = 4096,  /* rows, columns */
	RUN_WARNING = 60,      /* seconds before a limit at which whoever runs a command is told */
	RUN_STATUS_NEVER = 255 /* run_status() of what never ran; ssh(1): something else failed */
};

enum run_kind {
	RUN_COMMAND = 1, /* run the command `name` */
	RUN_PLAY	 /* send the recording `name`, byte for byte */
};

/* Every array is ended by NUL, and zero behind it. */
struct run_order {
	uint32_t version; /* RUN_VERSION */
	uint32_t kind;	  /* enum run_kind */
	uint32_t role;	  /* enum role of the person, now */
	uint16_t rows, columns;
	uint8_t confirmed; /* the person said yes */
	uint8_t proven;	   /* and gave a fresh code */
	uint8_t unused[2];
	char id[WIRE_RUN_SIZE]; /* 32 hexadecimal digits: names the run everywhere */
	char name[COMMAND_NAME_SIZE];
	char person[TEXT_NAME_SIZE];
	char source[WIRE_SOURCE_SIZE];
	char term[WIRE_TERMINAL_SIZE];
	char language[WIRE_RUN_LANGUAGE_SIZE]; /* of LANG, "C.UTF-8" */
};

/* One byte on the line of the order, behind it. */
enum run_control {
	RUN_KEYS = 'k', /* runner: keys were typed since; at most one in five seconds */
	RUN_END = 'e'	/* keeper: HUP, then all of it is killed */
};

/* First byte of a message on the pump. */
enum run_pump {
	/* console to runner */
	RUN_INPUT = 'i',  /* bytes that were typed */
	RUN_RESIZE = 'w', /* struct run_size */
	RUN_SEEK = 's',	  /* RUN_PLAY: int64_t, the byte to go on from */
	/* runner to console */
	RUN_STARTED = 'b', /* struct run_started: the command runs; of RUN_PLAY: before bytes from a
			    * place that was asked for */
	RUN_OUTPUT = 'o',  /* bytes that it wrote; of RUN_PLAY: of the file, none at its end */
	RUN_OVER = 'x'	   /* struct run_over: the last message */
};

struct run_size {
	uint16_t rows, columns;
};

struct run_started {
	uint32_t recorded; /* 0 or 1 */
};

enum run_how {
	RUN_EXITED = 1, /* value: the status */
	RUN_SIGNALLED,	/* value: the signal that ended it */
	RUN_ENDED,	/* by the keeper: the session ended, or was idle for too long */
	RUN_STOPPED,	/* it was stopped by a signal, and nobody is there to continue it */
	RUN_FULL,	/* no room for the recording, or its limit was reached */
	RUN_REFUSED,	/* it never ran; value: enum err */
	RUN_PLAYED	/* the end of the recording */
};

struct run_over {
	uint32_t how; /* enum run_how */
	uint32_t value;
	int64_t milliseconds; /* it ran */
	int64_t bytes;	      /* it wrote */
};

/* The status that a shell would give, and ssh passes on: as it exited, 128 + signal, 255 where it
 * never ran. */
int
run_status(const struct run_over *over);

/* Whether a received order of size bytes is well formed: version, kind, role, sizes within
 * RUN_SIZE_MOST, strings ended, id and name valid. */
bool
run_order_valid(const struct run_order *order, size_t size);

bool
run_over_valid(const struct run_over *over, size_t size);

/* Sends the order with the descriptor pump, which stays the caller's. ERR_KEEPER_GONE and others of
 * line_send_request(). */
MUST_CHECK enum err
run_order_send(int fd, const struct run_order *order, int pump);

/* Receives one, blocking or not as the fd is; the caller closes *ret_pump. ERR_PROTOCOL if it is
 * malformed, or exactly one descriptor did not come with it: then no descriptor is left open. */
MUST_CHECK enum err
run_order_receive(int fd, struct run_order *ret_order, int *ret_pump);

/*
 * One message of the pump: kind and at most RUN_PUMP_MAX bytes. ERR_BUSY if a non-blocking fd takes
 * nothing now; ERR_KEEPER_GONE if the other end has gone.
 */
MUST_CHECK enum err
run_send(int fd, enum run_pump kind, const void *bytes, size_t size);

/* Receives one into bytes, of RUN_PUMP_MAX; ERR_PROTOCOL for an empty or longer one. */
MUST_CHECK enum err
run_receive(int fd, char *ret_kind, void *bytes, size_t *ret_size);

#endif
