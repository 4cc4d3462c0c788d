/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sshd's configuration, as sshd itself tells it: sshd_config(5), sshd -T. */
#ifndef SETUP_SSHD_H
#define SETUP_SSHD_H

#include <stdbool.h>
#include <stddef.h>

#include "setup/setup.h"

enum { SSHD_LINE_SIZE = 256 };

/*
 * What undoes the console's lines in what `sshd -T -C user=console,...` said: the first option
 * that has another value than it must, as "option value" in buf (the line that was said, or the
 * option alone if it is missing). false: nothing.
 */
bool
sshd_wrong(const char *said, char buf[SSHD_LINE_SIZE]);

/* The value of one option, in buf; false if it is not there. */
bool
sshd_value(const char *said, const char *option, char *buf, size_t size);

/*
 * What sshd makes of a configuration (NULL: the host's) for the account console, in said, or what
 * is wrong with it. Returns sshd's exit status; -1 where it is not installed. The directory that
 * sshd wants to be there (/run/sshd) is made for the moment.
 */
int
sshd_ask(const char *config, char *said, size_t size);

/*
 * Whether, by what `sshd -T` said, nobody comes in unless PAM's auth lines were asked: UsePAM, and
 * keyboard-interactive in each list of AuthenticationMethods (sshd_config(5)). Otherwise a key
 * alone opens, and no code is asked for.
 */
bool
sshd_asks_pam(const char *said);

/* The same of this host's sshd, where no Match block applies; unknown: where it cannot be asked. */
bool
sshd_host_asks_pam(bool unknown);

/* The lines for sshd as they were installed, to be freed; NULL with errno. */
char *
sshd_lines(void);

/* A running sshd reads its files again; where none runs there is nothing to do. */
MUST_CHECK enum err
sshd_reload(struct setup *setup);

#endif
