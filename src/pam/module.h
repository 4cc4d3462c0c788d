/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each of the module's functions begins with. */
#ifndef PAM_MODULE_H
#define PAM_MODULE_H

#include <security/pam_modules.h>

#include "pam/facts.h"
#include "pam/option.h"

struct module {
	pam_handle_t *pamh;
	int flags;
	struct option option;
	struct facts facts;
	struct wire_request request; /* the question, */
	struct wire_reply reply;     /* and its answer: one of each, for they are large */
};

/* PAM_SUCCESS; PAM_SERVICE_ERR for a line that root wrote wrong, which the system's log names; else
 * as facts_gather(). */
int
module_begin(pam_handle_t *pamh, int flags, int argc, const char *const *argv,
    struct module *ret_module);

/* Asks the keeper about the account; answer: what the person said, as answer_read() gives it, or
 * "". As keeper_ask(). */
MUST_CHECK enum err
module_ask(struct module *module, enum wire_op op, const char *answer);

/* What PAM is told of an error of the keeper's, or on the way to it. What is nobody's fault here is
 * logged, and the person reads that nothing can be checked now. */
int
module_refuse(const struct module *module, enum err err);

#endif
