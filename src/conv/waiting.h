/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator, in words. Pure. */
#ifndef CONV_WAITING_H
#define CONV_WAITING_H

#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

/* What was asked for, translated and fit to be shown: "Reset the two-factor authentication of
 * bruno: lost phone". Always terminates. */
void
waiting_words(const struct wire_waiting *waiting, char *buf, size_t size);

/* Who asked, and when: "asked by dana today 09:12". */
void
waiting_asked(const struct wire_waiting *waiting, int64_t now, char *buf, size_t size);

/* The question before it is confirmed (or refused, or withdrawn), with both. */
void
waiting_question(const struct wire_waiting *waiting, bool confirm, int64_t now, char *buf,
    size_t size);

/* What the button says, a message id: "Confirm", "Refuse", "Withdraw". */
const char *
waiting_verb(const struct wire_waiting *waiting, bool confirm);

/* The request for that, all but its proof. */
void
waiting_request(const struct wire_waiting *waiting, bool confirm, struct wire_request *ret_request);

/* What came of it: that it was done, or the invitation that was made by it and for whom. */
void
waiting_done(const struct wire_waiting *waiting, const struct wire_reply *reply, char *buf,
    size_t size);

#endif
