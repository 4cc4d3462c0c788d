/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strict decoder of UTF-8 (RFC 3629), a byte at a time: curses' own swallows keys after one bad
 * byte. Pure. */
#ifndef UI_TERMINAL_UTF8_H
#define UI_TERMINAL_UTF8_H

#include <stdint.h>

/* Bytes of a character that has not ended. */
struct utf8 {
	uint32_t point;
	unsigned need;	    /* continuation bytes still to come */
	unsigned low, high; /* what the next one may be */
};

enum utf8_found {
	UTF8_MORE,
	UTF8_POINT, /* .point is a character */
	UTF8_BAD,   /* the byte is none */
	UTF8_CUT    /* the character before it did not end; feed the byte again */
};

enum utf8_found
utf8_feed(struct utf8 *utf8, unsigned char byte);

#endif
