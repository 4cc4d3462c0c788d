/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who means ill and speaks the wire: many lines in one process, from wherever they say they are,
 * that ask without waiting. The keeper believes a source that the console's own account, root or
 * the state's owner names (DESIGN 4, admission), and the tests run as one of these.
 */
#ifndef TESTS_CLIENT_STRANGER_H
#define TESTS_CLIENT_STRANGER_H

#include <stdint.h>

#include "client.h"

/* Milliseconds since some time. */
int64_t
stranger_clock(void);

/* As many descriptors as this process may have. */
void
stranger_many(void);

/* A line with its hello on the way, which nobody waits for; -1: none is to be had. The socket does
 * not block. */
int
stranger_come(const char *state, const char *source, enum wire_kind kind);

/* The same once the hello is answered; ends the program if it is refused or takes 10 s. */
int
stranger_enter(const char *state, const char *source);

/* Sends it; whether it arrives is for the answer to tell. */
void
stranger_say(int line, const struct wire_request *request);

void
stranger_say_password(int line, const char *name, const char *password);

/*
 * The next answer, past what is told unasked, within so many milliseconds: its verdict.
 * ERR_KEEPER_ABSENT: nothing came. ERR_KEEPER_GONE: the line was ended, and why is in reply->err
 * (ERR_OK: without a word).
 */
enum err
stranger_hear(int line, int64_t within, struct wire_reply *ret_reply);

/* The next thing that is told unasked, within so many milliseconds: ERR_OK, and WIRE_NEWS in it.
 * Else as stranger_hear(); an answer that nobody took is ERR_PROTOCOL. */
enum err
stranger_news(int line, int64_t within, struct wire_reply *ret_reply);

#endif
