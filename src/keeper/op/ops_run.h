/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the table of requests (ops.c): commands, recordings, who is here. */
#ifndef KEEPER_OP_OPS_RUN_H
#define KEEPER_OP_OPS_RUN_H

#include "keeper/op/ops.h"

enum err
op_command_list(struct request *request);

enum err
op_command_run_check(struct request *request);

enum err
op_command_run(struct request *request);

enum err
op_remote_refused(struct request *request);

enum err
op_run_report(struct request *request);

enum err
op_recording_play_check(struct request *request);

enum err
op_recording_play(struct request *request);

enum err
op_recording_prune(struct request *request);

enum err
op_here_list(struct request *request);

enum err
op_here_end_check(struct request *request);

enum err
op_here_end(struct request *request);

enum err
op_here_say(struct request *request);

/* clang-format off */
#define RUN_ROWS \
	[WIRE_COMMAND_LIST] = { \
		.doors = AT(HOME), .permission = PERMISSION_COMMANDS, .handle = op_command_list, \
	}, \
	[WIRE_COMMAND_RUN] = { \
		.doors = AT(HOME), .permission = PERMISSION_COMMANDS, \
		.proof = PROOF_AS_CHECKED, \
		.verb = AUDIT_COMMAND_RUN, .locks = LOCKS_ASKER | LOCKS_COUNTS, \
		.check = op_command_run_check, .handle = op_command_run, \
	}, \
	[WIRE_REMOTE_REFUSED] = { \
		.doors = AT(NAME), .permission = REQUEST_NO_PERMISSION, \
		.verb = AUDIT_COMMAND_RUN, .cost = COST_ROW, .handle = op_remote_refused, \
	}, \
	[WIRE_RUN_REPORT] = { \
		.kinds = 1u << WIRE_RUNNER, .permission = REQUEST_NO_PERMISSION, \
		.handle = op_run_report, \
	}, \
	[WIRE_RECORDING_PLAY] = { \
		.doors = AT(HOME), .permission = PERMISSION_RECORDING_PLAY, \
		.verb = AUDIT_RECORDING_PLAY, \
		.check = op_recording_play_check, .handle = op_recording_play, \
	}, \
	[WIRE_RECORDING_PRUNE] = { \
		.host = true, .permission = REQUEST_NO_PERMISSION, \
		.verb = AUDIT_RECORDING_PRUNE, .handle = op_recording_prune, \
	}, \
	[WIRE_HERE_LIST] = { \
		.doors = AT(HOME), .host = true, .permission = PERMISSION_SESSION_LIST, \
		.verb = AUDIT_SESSION_LIST, .quiet = true, .handle = op_here_list, \
	}, \
	[WIRE_HERE_END] = { \
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_END, \
		.proof = PROOF_ADMINISTER, \
		.verb = AUDIT_SESSION_END, .locks = LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS, \
		.check = op_here_end_check, .handle = op_here_end, \
	}, \
	[WIRE_HERE_SAY] = { \
		.doors = AT(HOME), .host = true, .permission = PERMISSION_SESSION_SAY, \
		.verb = AUDIT_SAY, .handle = op_here_say, \
	}
/* clang-format on */

#endif
