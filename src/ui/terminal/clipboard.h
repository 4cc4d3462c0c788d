/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OSC 52: the bytes that set the clipboard. Pure. */
#ifndef UI_TERMINAL_CLIPBOARD_H
#define UI_TERMINAL_CLIPBOARD_H

#include <stddef.h>

#include "core/err.h"

enum { CLIPBOARD_MAX = 1024 };

/*
 * Writes ESC ] 52 ; c ; BASE64 BEL, and wrapped for tmux or screen where these say so
 * (environment's values or NULL): tmux set or TERM tmux*: plain and then ESC P tmux; with ESC
 * doubled ... ESC \; STY set, or TERM screen* without TMUX: ESC P ... ESC \ alone, and plain too
 * when only TERM says so. text: 1 to 256 bytes. *ret_length: bytes in buf. The caller wipes buf.
 * ERR_FIELD_LONG, ERR_FIELD_EMPTY.
 */
MUST_CHECK enum err
clipboard_bytes(const char *text, const char *tmux, const char *sty, const char *term, char *buf,
    size_t size, size_t *ret_length);

#endif
