/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person answered to the question for a code. Pure. */
#ifndef PAM_ANSWER_H
#define PAM_ANSWER_H

#include "core/err.h"
#include "wire/wire.h"

/*
 * A code (6 digits) or a recovery code (16 letters and digits), without the blanks and dashes that
 * people type or paste with it. ERR_CODE_FORMAT, and ret_answer untouched: it is neither, so that
 * it is not sent and does not count; most of all it is no password that was typed a line too late.
 */
MUST_CHECK enum err
answer_read(const char *typed, char ret_answer[WIRE_RECOVERY_SIZE]);

#endif
