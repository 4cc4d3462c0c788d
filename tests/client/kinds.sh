#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every request there is, on the lines of sshd's lookup and of the PAM module: each of these two is
# answered what it is for, and cut off for all else.
. "${top_srcdir:-.}/tests/story/lib.sh"
[ "$(id -u)" -eq 0 ] || give_up "Only root speaks for PAM."

make_state alice
stop_keeper
pc user list >/dev/null
"$top_builddir/tests/client/kinds" "$STATE" >"$WORK/answered" || give_up "There is no keeper."
is "sshd's is asked by a fingerprint alone" "$(grep '^keys ' "$WORK/answered")" \
	'keys KEYS_LOOKUP SSH_PRINT'
is "PAM's is asked about an account, a code and a ticket" \
	"$(grep '^pam ' "$WORK/answered" | sort)" \
	'pam PAM_ACCOUNT OK
pam PAM_ANSWER LINK_NONE
pam PAM_ASK OK
pam TICKET_CLOSE TICKET_UNKNOWN
pam TICKET_OPEN TICKET_ACCOUNT'
is "and nothing has happened" "$(pc user list --json | json '[p["name"] for p in j]')" '["alice"]'
finish
