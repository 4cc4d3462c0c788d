/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module's line to the keeper: for one question, and never longer than KEEPER_PATIENCE. While a
 * person thinks no line is held. */
#ifndef PAM_KEEPER_H
#define PAM_KEEPER_H

#include "core/err.h"
#include "pam/facts.h"
#include "wire/wire.h"

enum {
	KEEPER_PATIENCE = 3000
}; /* ms: connecting, the hello, and the question together (DESIGN 9) */

/*
 * Asks; wipes the request. The answer's own error is returned. A keeper that is too busy for one
 * more line is tried again; a question that was sent is never sent twice. Leaves no descriptor
 * behind, and raises no signal. After an error ret_reply has its wait, if any, and nothing else.
 */
MUST_CHECK enum err
keeper_ask(const struct option *option, const struct facts *facts, struct wire_request *request,
    struct wire_reply *ret_reply);

#endif
