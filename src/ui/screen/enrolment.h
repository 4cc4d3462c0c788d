/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Configuring two-factor authentication, as two screens share it: the one with the QR code and the
 * one with the key as text. The state belongs to screen_configure; screen_key stands above it and
 * borrows it.
 */
#ifndef UI_SCREEN_ENROLMENT_H
#define UI_SCREEN_ENROLMENT_H

#include "core/secret.h"
#include "ui/stack/parts.h"
#include "ui/widget/qr.h"

/* Rows that both screens have, with PART_ENTER and PART_BACK. */
enum { ENROL_ACTIVATE = PART_OWN, ENROL_COPY, ENROL_CLEAR, ENROL_LATER, ENROL_OWN };

/* Those that come first, and those before PART_BACK. */
/* clang-format off */
#define ENROL_SEND_ROWS \
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Sign in"), 10, \
	    N_("Sends the code. If it is right, this authenticator is configured.") }, \
	{ ENROL_ACTIVATE, KEY_ENTER_, 0, N_("Enter"), N_("Activate"), 10, \
	    N_("Sends the code. If it is right, this authenticator is configured.") }, \
	{ ENROL_COPY, KEY_NONE_, 'c', "c", N_("Copy"), 60, \
	    N_("Copies the secret key to the clipboard of your terminal.") }
#define ENROL_END_ROWS \
	{ ENROL_LATER, KEY_NONE_, 'n', "n", N_("Not now"), 70, \
	    N_("Goes on without two-factor authentication, which is required no more.") }, \
	PART_CLEAR_ROW(ENROL_CLEAR)
/* clang-format on */

struct enrolment {
	struct form form;
	struct secret *key; /* Base32, terminated; NULL until the keeper has answered */
	struct qr *qr;
	char issuer[POLICY_NAME_SIZE];
	char account[TEXT_NAME_SIZE];
	uint32_t shown_by; /* op that the key came with: WIRE_ENROL, _DEVICE_ADD or _REPLACE */
	char device[TEXT_LABEL_SIZE]; /* its name, as it is shown */
	bool at_home; /* opened from My account: the button reads Activate, and all returns there */
	bool replaced; /* an earlier key was shown to this person: its entry is to be deleted */
	bool expired;  /* the key was gone when its code came: say so when the new one is there */
	bool copied;   /* then the clipboard can be cleared */
	bool offered;  /* that was said before leaving */
	bool as_text;  /* the key as text stands over it */
	enum qr_drawing drawing; /* what v has come to */
};

extern const struct form_plan enrolment_plan; /* at a door; at home it is another */

/*
 * At home: asks for a proof, in a dialog, for the key to be shown; what: the sentence before that
 * (message id). The answer to WIRE_ENROL comes to the screen that calls this, which gives a good
 * one to enrolment_show(): that opens screen_configure with it.
 */
void
enrolment_ask(struct ui *ui, const char *what);

void
enrolment_show(struct ui *ui, const struct event *event);

/*
 * At home: asks for the key that takes an authenticator's place, after a proof where one is needed.
 * device below account->device_count. The answer to WIRE_DEVICE_REPLACE is for enrolment_show()
 * likewise.
 */
void
enrolment_replace(struct ui *ui, const struct wire_account_reply *account, size_t device);

/* The key that the keeper gave; NULL, at a door: asks for one. */
MUST_CHECK enum err
enrolment_open(struct ui *ui, struct enrolment *enrolment, const struct wire_reply *given);

void
enrolment_close(struct enrolment *enrolment);

/* Handles replies and keys. On completion the screens are closed and the state is freed.
 */
bool
enrolment_handle(struct ui *ui, struct enrolment *enrolment, const struct event *event);

/* Before leaving without completion: after a copy it says once that the clipboard can be
 * cleared, and returns true: not yet. */
bool
enrolment_stays(struct ui *ui, struct enrolment *enrolment);

/* One of the rows above, but PART_BACK. */
void
enrolment_act(struct ui *ui, struct enrolment *enrolment, int id);

/* Whether a row is in force. */
bool
enrolment_offers(const struct ui *ui, const struct enrolment *enrolment, int id);

/* Whether there is room for that drawing of the QR code. */
bool
enrolment_has_room(const struct ui *ui, const struct enrolment *enrolment, enum qr_drawing drawing);

/* Where no drawing has room: the sentence that says what size it needs, translated. */
void
enrolment_needs(const struct ui *ui, const struct enrolment *enrolment, char *buf, size_t size);

/* The four steps with the QR code, or with the key alone where it has no room. */
void
enrolment_draw(const struct ui *ui, const struct enrolment *enrolment, struct rect area);

/* The four steps with the key as text, for all of a terminal; note: said first, or NULL. */
void
enrolment_draw_key(const struct ui *ui, const struct enrolment *enrolment, struct rect area,
    const char *note);

/* The message to show; without one, `instead`, which may be NULL. */
struct note
enrolment_note(const struct ui *ui, const char *instead);

/* What this is about, translated. */
const char *
enrolment_title(const struct enrolment *enrolment);

/* What is to be done with an earlier key, translated; NULL if there was none. */
const char *
enrolment_earlier(const struct enrolment *enrolment);

/* The suggested applications as a sentence, translated. */
void
enrolment_applications(const struct ui *ui, char *buf, size_t size);

#endif
