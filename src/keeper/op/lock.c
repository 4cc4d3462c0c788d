/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The idle lock: the session stays, and nothing but a proof opens it. */
#include "keeper/op/ops.h"

enum err
op_lock(struct turn *turn)
{
	op_row(turn, "lock", NULL, NULL);
	turn->event = SIGNIN_LOCK;
	return ERR_OK;
}

enum err
op_unlock(struct turn *turn)
{
	op_row(turn, "unlock", NULL, NULL);
	return op_prove(turn, &turn->request->u.proof.proof);
}
