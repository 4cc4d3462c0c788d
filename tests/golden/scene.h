/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenes of the golden screens: what is typed, what the keeper answers; and the stage they are
 * played on. */
#ifndef TESTS_GOLDEN_SCENE_H
#define TESTS_GOLDEN_SCENE_H

#include "ui/screen/screens.h"
#include "ui/stack/answer.h"
#include "ui/stack/clock.h"
#include "ui/stack/frame.h"
#include "ui/stack/handle.h"
#include "ui/stack/stack.h"

struct scene {
	const char *name; /* of its files too */
	void (*play)(struct ui *ui);
};

/* One table a file; each ends with a name of NULL. */
extern const struct scene scenes_signin[], scenes_configure[], scenes_home[], scenes_account[],
    scenes_audit[], scenes_chart[], scenes_device[], scenes_preferences[], scenes_switch[],
    scenes_settings[], scenes_waiting[], scenes_happened[], scenes_users[], scenes_person[],
    scenes_invited[], scenes_edits[], scenes_ssh[], scenes_commands[], scenes_here[];

struct stage {
	struct ui ui;
	struct terminal *terminal;
};

/* UTC, UTF-8, the translations of the build tree. */
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

/* ASCII. */
void
type(struct ui *ui, const char *text);

void
type_point(struct ui *ui, uint32_t point);

void
paste(struct ui *ui, const char *text);

void
press(struct ui *ui, enum key key);

/* The keeper's answer of an op, all zero but these; the caller fills in the member and gives it. */
struct wire_reply
answer(enum wire_op op, enum err err, enum signin_door door);

void
give(struct ui *ui, const struct wire_reply *reply);

/* The keeper says that what is shown may be old. */
void
news(struct ui *ui);

/* As many seconds go by without a key as lock the console; the keeper answers. */
void
lock(struct ui *ui);

/* A refusal, with seconds to wait. */
void
refuse(struct ui *ui, enum wire_op op, enum err err, enum signin_door door, int64_t wait);

/* A notice of what the host did today: to somebody, or, without one, to the reader. */
void
happening(struct wire_notice *notice, const char *action, const char *target, const char *detail,
    int64_t when);

/* --- what scenes begin with ------------------------------------------------- */

enum { TODAY_1503 = 1763996580, YESTERDAY_1703 = 1763917380 };

/* Name and password were right; the door that is next. */
void
password_passed(struct ui *ui, enum signin_door door);

/* The keeper shows a key. */
struct wire_reply
enrolled(const char *issuer, const char *account);

/* The keeper shows ten recovery codes. */
void
codes_shown(struct ui *ui);

/* Configured, recovery codes saved, and on the way home, which is still to be answered. */
void
codes_saved(struct ui *ui);

/* What home is told of claire; 2FA is mandatory if she has it. */
struct wire_reply
at_home(enum role role, bool has_2fa, unsigned recovery_left);

/* Signed in; home is answered. */
void
signed_in(struct ui *ui, enum role role, bool has_2fa);

/* What the settings screen is told. */
struct wire_reply
settings_view(uint32_t people, uint32_t with_2fa, const char *require);

/* On the settings screen of a Super Administrator, who has 2FA if anyone has; so many items down.
 */
void
open_settings(struct ui *ui, uint32_t people, uint32_t with_2fa, const char *require,
    enum setting_id id);

/* What My account is told. */
struct wire_reply
account_of(bool has_2fa, bool mandatory);

#endif
