/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PostgreSQL's five letters (its SQLSTATE) mean to a keeper. */
#ifndef STORE_POSTGRESQL_STATE_H
#define STORE_POSTGRESQL_STATE_H

#include "core/err.h"

/* NULL: the line broke, ERR_STORE_AWAY. (PostgreSQL 15, appendix A) */
enum err
state_err(const char *sqlstate);

#endif
