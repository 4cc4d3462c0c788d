/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the table of requests (ops.c): links of UNIX accounts, and what the PAM module asks. */
#ifndef KEEPER_OP_OPS_PAM_H
#define KEEPER_OP_OPS_PAM_H

#include "keeper/op/ops.h"

enum { ANYBODY = REQUEST_NO_PERMISSION };

/* clang-format off */
#define PAM_ROWS \
	[WIRE_LINK_ADD] = { \
		.host = true, .permission = ANYBODY, \
		.verb = AUDIT_LINK, .locks = LOCKS_TARGET, \
		.check = op_link_add_check, .handle = op_link_add, \
	}, \
	[WIRE_LINK_REMOVE] = { \
		.host = true, .permission = ANYBODY, \
		.verb = AUDIT_UNLINK, .handle = op_link_remove, \
	}, \
	[WIRE_LINK_LIST] = { \
		.host = true, .permission = ANYBODY, .handle = op_link_list, \
	}, \
	\
	/* --- the PAM module's --- */ \
	[WIRE_PAM_ASK] = { \
		.kinds = 1u << WIRE_PAM, .permission = ANYBODY, .handle = op_pam_ask, \
	}, \
	[WIRE_PAM_ACCOUNT] = { \
		.kinds = 1u << WIRE_PAM, .permission = ANYBODY, \
		.verb = AUDIT_PAM_CODE, .quiet = true, .handle = op_pam_account, \
	}, \
	[WIRE_PAM_ANSWER] = { \
		.kinds = 1u << WIRE_PAM, .permission = ANYBODY, \
		.verb = AUDIT_PAM_CODE, .cost = COST_ROW, .locks = LOCKS_ASKER | LOCKS_COUNTS, \
		.check = op_pam_answer_check, .handle = op_pam_answer, \
	}, \
	[WIRE_TICKET_OPEN] = { \
		.kinds = 1u << WIRE_PAM, .permission = ANYBODY, .handle = op_ticket_open, \
	}, \
	[WIRE_TICKET_CLOSE] = { \
		.kinds = 1u << WIRE_PAM, .permission = ANYBODY, .handle = op_ticket_close, \
	}
/* clang-format on */

#endif
