/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The PostgreSQL engine (DESIGN 11): people, devices, counts and settings that several hosts share.
 * struct store_at: conninfo is a connection string of libpq's (of several hosts too); node is this
 * host's name among them.
 */
#ifndef STORE_POSTGRESQL_POSTGRESQL_H
#define STORE_POSTGRESQL_POSTGRESQL_H

#include "store/engine.h"

#endif
