/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lines are told that they did not ask for, after a commit. A line that takes nothing more is
 * cut off. */
#ifndef KEEPER_TELL_H
#define KEEPER_TELL_H

#include "keeper/keeper.h"

/*
 * Tells consoles to refresh, and how long they may be idle and last from now on: a console that was
 * opened before that became shorter locks in time, and warns who runs a command. user: whose alone,
 * with the role that they have now; 0: everyone's.
 */
void
tell_news(struct keeper *keeper, int64_t user);

/* Who reads the trail learns once that it has grown, until they read on: a line a reader, however
 * fast it grows. The host's commands look themselves. */
void
tell_readers(struct keeper *keeper);

/* What one line says to others, NULL for nothing: both lists are newest first. */
void
tell_said(struct keeper *keeper, const struct outcome_say *say);

#endif
