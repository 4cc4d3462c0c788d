/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a program's output stands: between two characters, or inside a sequence. Pure. */
#ifndef CLIENT_FLOW_H
#define CLIENT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

/* As ECMA-48 and xterm's ctlseqs have them; all zero at the beginning. */
enum flow_state { FLOW_TEXT, FLOW_ESCAPE, FLOW_CONTROL, FLOW_STRING, FLOW_STRING_ESCAPE };

struct flow {
	enum flow_state state;
	unsigned missing; /* bytes of a character of UTF-8 that are still to come */
	bool drew;	  /* there was an ESC */
};

/* Goes on over so many bytes. */
void
flow_follow(struct flow *flow, const char *bytes, size_t size);

/* Whether something else may be written now without cutting anything in two. */
bool
flow_rests(const struct flow *flow);

#endif
