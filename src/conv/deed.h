/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the audit trail as a sentence: "bruno's two-factor authentication was reset by dana:
 * lost phone". Pure. */
#ifndef CONV_DEED_H
#define CONV_DEED_H

#include <stddef.h>

#include "wire/wire.h"

enum { DEED_SIZE = 2048 };

/* What of a row its sentence is made of: as it stands there; none may be NULL. */
struct deed {
	const char *action, *who, *target, *result, *detail;
};

/*
 * The sentence, translated and fit to be shown; it says so where the row was refused. A verb
 * without a sentence of its own is told by what core/audit.h says of it, one that this version does
 * not know by its name. Always terminates.
 */
void
deed_put(const struct deed *deed, char *buf, size_t size);

void
deed_of_row(const struct wire_audit_row *row, char *buf, size_t size);

/* What a cell says besides the verb. */
enum deed_part { DEED_VERB = 0, DEED_WHOM = 1, DEED_DETAIL = 2 };

/* The row as a cell of a table, whatever came of it: "reset 2FA: bruno (lost phone)". parts: which
 * of enum deed_part. */
void
deed_brief(const struct wire_audit_row *row, unsigned parts, char *buf, size_t size);

/* A row's result as a word, translated: "done", "wrong", "not allowed"; an unknown one as it is. */
const char *
deed_result(const char *result);

/* A row's source, "local" translated. */
void
deed_source(const char *source, char *buf, size_t size);

enum { DEED_FACTS = 14 };

/* One of all the facts of a row (index below DEED_FACTS), translated and fit to be shown; "" where
 * it says nothing of it. Returns its label, translated. */
const char *
deed_fact(const struct wire_audit_row *row, size_t index, char *buf, size_t size);

/* What rows are looked for: "bruno · reset-2fa · 2026-11-27 · “lost”"; "" for all. */
void
deed_filter(const struct wire_audit_page_request *asked, char *buf, size_t size);

#endif
