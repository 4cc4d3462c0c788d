/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversation with the person, through the host program: one message at a time, since sudo,
 * sshd and others have limits of their own (pam_conv(3)). */
#ifndef PAM_TALK_H
#define PAM_TALK_H

#include <security/pam_modules.h>
#include <stdint.h>

#include "core/err.h"
#include "wire/wire.h"

enum { TALK_SIZE = 512 }; /* bytes of a message, PAM_MAX_MSG_SIZE */

/*
 * Asks for a code, without an echo. note: a sentence that is read before the question, "" for none:
 * in it, since sudo shows questions alone. *ret_answer, to be given to talk_forget(). PAM_CONV_ERR:
 * there is no conversation, or it has no answer, or one that is too long. So it is, and the
 * system's log knows it, when the answer is the password itself: then sshd's password method speaks
 * in the person's place (sshd_config(5), PasswordAuthentication), and a code would be spent for
 * nothing.
 */
int
talk_ask(pam_handle_t *pamh, const char *note, char **ret_answer);

/* Wipes and frees; NULL is ignored. */
void
talk_forget(char *answer);

/* Tells a sentence; not where the host program wants silence (PAM_SILENT). Whether it arrived is of
 * no importance. */
void
talk_refuse(pam_handle_t *pamh, int flags, const char *sentence);

void
talk_tell(pam_handle_t *pamh, int flags, const char *sentence);

/* The sentence of an error, as the person reads it. */
void
talk_sentence(enum err err, int64_t wait, char ret_sentence[TALK_SIZE]);

#endif
