/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recording behind the doors: it is played on the whole terminal, while the keeper is heard: a
 * session that ends or locks ends it (DESIGN 10). */
#ifndef UI_STACK_PLAYING_H
#define UI_STACK_PLAYING_H

#include "ui/stack/behind.h"

/* As ui_go_behind(), of a pump that plays: until who looks leaves. RUN_REFUSED in *ret_over, with
 * the error, where it could not be played, or not to its end. */
MUST_CHECK enum err
playing_run(struct ui *ui, int pump, const struct behind_loop *loop, const sigset_t *mask,
    struct run_over *ret_over);

#endif
