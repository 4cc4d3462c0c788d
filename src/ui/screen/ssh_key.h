/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens of SSH keys are given by the one that opens them, and share. */
#ifndef UI_SCREEN_SSH_KEY_H
#define UI_SCREEN_SSH_KEY_H

#include "conv/ssh_key.h"
#include "ui/screen/confirm.h"
#include "ui/stack/ui.h"

/* One key of somebody's, or (in screen_ssh_add) one more. Copied by their enter. */
struct ssh_of {
	struct ssh_whose whose;
	struct wire_ssh_key key;
	int64_t next_code; /* as in the account's reply */
};

/* "My account > SSH keys", or "Users > alice > SSH keys". */
void
ssh_title(const struct ssh_whose *whose, char *buf, size_t size);

/* Asks for the keys anew. */
void
ssh_look(struct ui *ui, const struct ssh_whose *whose);

/* How a change is confirmed: by the asker's code, unless administering stands open for that person.
 * Sets what confirm_open() wants, but the question and the request. */
void
ssh_confirm(const struct ui *ui, const struct ssh_of *of, const char *verb,
    struct confirm *ret_confirm);

#endif
