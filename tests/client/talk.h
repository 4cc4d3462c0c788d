/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What talk.c says at home. */
#ifndef TESTS_CLIENT_TALK_H
#define TESTS_CLIENT_TALK_H

#include "stranger.h"

/* Two words that were one text with a blank. */
const char *
talk_whole(char **word);

/* From now on requests bring this along: six digits are a code, XXXX-XXXX-... a recovery code, "-"
 * is none, anything else a password. */
void
talk_proof(const char *proof);

/* Puts it into a request that has a place for it. */
void
talk_prove(struct wire_request *request);

/* What the next change of a setting rests on. */
void
talk_see(const struct wire_settings_view_reply *view);

/* Of each: " ID:ACTION:WHO:WHOM:DETAIL:new" or ":read", blanks as "_"; then " more", or not. */
void
talk_happened(const struct wire_notices_reply *page);

/* "add NAME ROLE" ..., in words, which end with NULL -> the request with its proof; false: that is
 * none of them. */
bool
talk_home(char **word, struct wire_request *request);

/* A person's line whose source root vouches for, and not the console; its hello is on the way. */
int
talk_vouched(const char *state, const char *source);

/* "answer ACCOUNT CODE" of a line of the PAM module's. */
void
talk_answer(const char *account, const char *answer, struct wire_request *request);

#endif
