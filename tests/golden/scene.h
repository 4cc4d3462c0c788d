/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenes of the golden screens: what is typed, what the keeper answers; and the stage they are played on. */
#ifndef GOLDEN_SCENE_H
#define GOLDEN_SCENE_H

#include "ui/ui.h"

enum { SCENES_MAX = 64 };

struct scene {
	const char *name;
	void (*play)(struct ui *ui);
};

/* Ends with a name of NULL. */
extern const struct scene scenes[];

struct stage {
	struct ui ui;
	struct terminal *terminal;
};

/* UTC, UTF-8, English. */
void
stage_environment(void);

/* A console of that size that has just been greeted by a keeper which is not there. */
void
stage_open(struct stage *stage, int columns, int rows);

void
stage_close(struct stage *stage);

void
stage_resize(struct stage *stage, int columns, int rows);

/* --- what scenes are made of ------------------------------------------------ */

void
type(struct ui *ui, const char *text);

void
paste(struct ui *ui, const char *text);

void
press(struct ui *ui, enum key key);

/* The keeper's answer of an op, all zero but these; the caller fills in the member and gives it. */
struct wire_reply
answer(enum wire_op op, enum err err, enum signin_door door);

void
give(struct ui *ui, const struct wire_reply *reply);

/* A refusal, with seconds to wait. */
void
refuse(struct ui *ui, enum wire_op op, enum err err, enum signin_door door, int64_t wait);

#endif
