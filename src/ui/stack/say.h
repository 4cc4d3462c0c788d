/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message line, and the clipboard. */
#ifndef UI_STACK_SAY_H
#define UI_STACK_SAY_H

#include "ui/stack/ui.h"
#include "ui/widget/paint.h"

/* The message line: a message id (translated here), or an error with its seconds. Cleared by the
 * next key that is used. */
void
ui_say(struct ui *ui, enum style style, const char *message);

void
ui_say_err(struct ui *ui, enum err err, int64_t wait);

/* As ui_say(), but the text is ready: translated, and fit to be shown. "" clears the line. */
void
ui_say_text(struct ui *ui, enum style style, const char *text);

/* The message as it is to be drawn; borrowed. */
struct note
ui_note(const struct ui *ui);

/* Counts the seconds of the message down. */
void
ui_recount(struct ui *ui);

/* Copies text to the clipboard by OSC 52 and says what DESIGN 5.5 says. */
void
ui_copy(struct ui *ui, const char *text);

/* The same; else_: the sentence (message id) where the terminal does not say that it has taken it.
 */
void
ui_copy_or(struct ui *ui, const char *text, const char *else_);

/* Sends one blank after it: that overwrites it wherever copying works, tmux included. Says no more
 * than what is known. */
void
ui_copy_blank(struct ui *ui);

/* Says what the terminal is treated as, if that is not what TERM says. */
void
ui_say_type(struct ui *ui);

#endif
