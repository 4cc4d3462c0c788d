/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of --doctor about a database that several hosts share (DESIGN 11). */
#ifndef KEEPER_DOCTOR_SERVER_H
#define KEEPER_DOCTOR_SERVER_H

#include "keeper/look.h"
#include "keeper/where.h"

/* Tells what is to be said of keeper.conf and the server that it names; nothing where it names
 * none. Whether the store can be looked at. */
bool
doctor_look_at_server(struct look *look, const struct where *where);

#endif
