#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An operator: has the console, and an account of their own; nothing of other people, of the audit
# log or of the settings, by any key.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/roles.bash"
cast

# --- home -----------------------------------------------------------------------------------

inside olga
offers "an operator at home" 'My account' 'Sign out'
now "with the role in the title" 'olga · Operator'
keys F1
see "the help of home" 'Help'
for word in Users 'Audit log' Settings; do
	not_now "names no $word" "$word"
done
back_to 'Sign out'
# Where others have Users, Audit log and Settings, and every letter.
keys End
for key in a c d e f g i j k l m n o p q r s u v x y z / 1 2 3 Space; do
	keys $key
done
keys Home
see "no letter opens anything else" 'My account' 'Sign out'
offers "and home is as it was" 'My account' 'Sign out'
keys h
see "What happened is one's own" 'What happened'
not_now "and nobody else's" 'admin2'
back_to 'Sign out'

# --- one's own account --------------------------------------------------------------------------

own_account "an operator"
is "of all this nothing was done" "$(factors olga)" 'on 1 10'
is "nor denied: it was never asked for" "$(pc audit list --json |
	json "[r['action'] for r in j if r['who'] == 'olga' and r['result'] == 'denied']")" '[]'

# --- where it is not required -------------------------------------------------------------------

pc settings set require-2fa no
pick 'My account'
see "where it is optional, it may be deactivated" 'Deactivate'
asks Deactivate 'Deactivate' '6-digit code'
pick Authenticator
asks Remove 'Deactivate your two-factor authentication?' '6-digit code' '[ Remove ]'
back_to 'Sign out'

# --- another role ---------------------------------------------------------------------------------

pc user set-role olga administrator
see "whoever becomes an administrator" 'Users' 'olga · Administrator'
offers "has more at home, at once" 'My account' 'Users' 'Audit log' 'Who is here' 'Sign out'
pc user set-role olga operator
gone "and no longer, at once" 'Audit log'
offers "when it is taken back" 'My account' 'Sign out'
finish
