/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who greets in another version (wire/greeting.h). */
#ifndef KEEPER_GREET_H
#define KEEPER_GREET_H

#include "keeper/keeper.h"
#include "wire/greeting.h"

/*
 * Answers it, as every version does: who we are. The system's log gets a line, one a minute at
 * most, with how many there were since. The session is the caller's to end.
 */
void
greet_refuse(struct keeper *keeper, const struct session *session, const struct greeting *other,
    int64_t now);

/* What that line says: key=value, nothing raw. more: how many there were since the last one. */
void
greet_words(uid_t peer, const struct greeting *other, unsigned long more, char *buf, size_t size);

#endif
