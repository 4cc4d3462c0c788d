/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the host program, which is root, knows of who comes in: the keeper believes it (DESIGN 9).
 */
#ifndef PAM_FACTS_H
#define PAM_FACTS_H

#include <security/pam_modules.h>

#include "pam/option.h"
#include "core/ssh_key.h"
#include "wire/wire.h"

struct facts {
	char account[TEXT_NAME_SIZE]; /* PAM_USER */
	char service[WIRE_SERVICE_SIZE];
	char source[WIRE_SOURCE_SIZE];	   /* an address, or "local" */
	char terminal[WIRE_TERMINAL_SIZE]; /* PAM_TTY: "ssh" in sshd */
	char key[SSH_KEY_TEXT_SIZE];	   /* "TYPE BASE64"; "" without one */
};

/*
 * An address in its normal form. rhost: PAM_RHOST, which is a name where sshd says UseDNS, or where
 * sudo says its own host; then connection, sshd's SSH_CONNECTION, whose first word is an address.
 * Each may be NULL; without an address "local".
 */
void
facts_source(const char *rhost, const char *connection, char ret_source[WIRE_SOURCE_SIZE]);

/* The first public key that sshd accepted. auth_info: SSH_AUTH_INFO_0, a line a method, or NULL
 * (sshd_config(5), ExposeAuthInfo). "" where there is none, or none that fits. */
void
facts_key(const char *auth_info, char ret_key[SSH_KEY_TEXT_SIZE]);

/*
 * Asks PAM for all of them. PAM_SUCCESS, or what pam_get_user() says. PAM_USER_UNKNOWN: a name that
 * is empty, or too long to be linked to anybody.
 */
int
facts_gather(pam_handle_t *pamh, const struct option *option, struct facts *ret_facts);

#endif
