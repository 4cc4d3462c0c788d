/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several questions at once on one connection; to be called by its thread. */
#ifndef STORE_POSTGRESQL_PIPELINE_H
#define STORE_POSTGRESQL_PIPELINE_H

#include "store/postgresql/connection.h"
#include "store/postgresql/questions.h"

/*
 * Asks them in their order. Each answer stands with its question; the one that failed has an
 * error's, and those behind it have none. ERR_STORE_AWAY: not all came by then, and the connection
 * is gone.
 */
MUST_CHECK enum err
pipeline_ask(struct connection *connection, struct questions *questions, int64_t until);

#endif
