/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The idle lock: the session stays, and nothing but a proof opens it. And the end of administering.
 */
#include "keeper/op/ops.h"

enum err
op_lock(struct request *request)
{
	request->event = SIGNIN_LOCK;
	request->state->administering = 0;
	return ERR_OK;
}

/* The proof is all of it. */
enum err
op_unlock(struct request *request)
{
	(void)request;
	return ERR_OK;
}

/* ^X: what stood open for operators is closed before its five minutes are over. */
enum err
op_administer_end(struct request *request)
{
	request->state->administering = 0;
	return ERR_OK;
}
