/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the PAM module says to a keeper, as root, for those who come with its tickets. */
#ifndef TESTS_CLIENT_PAM_H
#define TESTS_CLIENT_PAM_H

#include "client.h"

/* A line of the module's, for somebody who comes from there; ends the program if there is none. */
int
pam_come(const char *state, const char *source);

/* A ticket of sshd's for the account console, from there and by that SSH key, "TYPE BASE64" or "".
 * The line that asked for it has gone: the ticket stands until it is closed. */
void
pam_ticket(const char *state, const char *source, const char *key, char ticket[WIRE_TICKET_SIZE]);

#endif
