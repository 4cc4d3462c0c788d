/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A turn: every request that is ready, answered inside one transaction; committed; and only then
 * told. */
#ifndef KEEPER_TURN_H
#define KEEPER_TURN_H

#include "keeper/keeper.h"

/*
 * Runs one turn over the sessions that are ready (and ends those that are closing). returned:
 * hashes came back or sessions went since the last one. Whatever happens in the store, each request
 * gets an answer; a lost turn answers "failed" and nobody gets a verdict. Returns whether something
 * ended or was settled that parked or ended sessions wait for: run another one.
 */
bool
turn_run(struct keeper *keeper, bool returned);

#endif
