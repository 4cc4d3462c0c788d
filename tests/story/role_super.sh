#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A Super Administrator: manages everybody but themself, above operators with a code each; sets what
# is true for all; reads the audit log.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/roles.bash"
cast

# --- home -----------------------------------------------------------------------------------

inside super
offers "a Super Administrator at home" 'My account' Users 'Audit log' Settings 'Who is here' 'Sign out'
now "with the role in the title, and how many people there are" 'super · Super Administrator' \
	'6 people, 4 with two-factor authentication'

# --- Users: operators ----------------------------------------------------------------------------

pick Users
offers "in the list there is everybody" admin admin2 olga otto root super
keys a
wait_for 'Add a person'
type erik
keys Tab
for role in Administrator 'Super Administrator'; do
	keys Right
	see "a person is added with any role" "‹ $role ›"
	keys Enter
	see "$role: asked for with a code" "Add erik, with the role $role?" '6-digit code' '[ Add ]'
	keys Escape
	gone "$role: or left" '[ Cancel ]'
done
back_to 'a Add'

choose olga
keys Enter
wait_for 'Users > olga'
offers "an operator's page" Unlock 'Reset two-factor authentication' 'New invitation' \
	'Change role' Disable Remove
asks Remove 'Remove olga for good?' 'Type the user name to confirm it.' 'User name' '6-digit code' \
	'[ Remove ]'
pick 'Change role'
offers "the roles to choose from" Operator Administrator 'Super Administrator'
pick Administrator
see "a promotion asks for a code" 'from Operator to Administrator?' '6-digit code' '[ Change role ]'
keys Escape
gone "or is left" '[ Cancel ]'
back_to 'New invitation'
as super
fresh
pick Unlock
wait_for '[ Unlock ]'
answer "$(code)"
see "a code for an operator opens five minutes" 'olga was unlocked.' 'unlocked 5:00'
pick 'Change role'
pick Administrator
see "never for a promotion" 'from Operator to Administrator?' '6-digit code'
keys Escape
gone "nobody is promoted" '[ Cancel ]'
back_to 'New invitation'
pick Disable
see "but for what is done to an operator" 'Disable olga?'
not_now "there no code is asked for" '6-digit code'
keys Escape
gone "and it is left too" '[ Cancel ]'
back_to 'a Add'

# --- Users: those above operators -----------------------------------------------------------------

for name in admin root; do
	choose "$name"
	keys Enter
	wait_for "Users > $name"
	offers "the page of $name" Unlock 'Reset two-factor authentication' 'New invitation' \
		'Change role' Disable Remove
	asks Unlock "Unlock $name?" '6-digit code'
	asks 'Reset two-factor authentication' "Reset the two-factor authentication of $name?" \
		Reason '6-digit code'
	asks 'New invitation' "Make a new invitation for $name?" '6-digit code'
	asks Disable "Disable $name?" '6-digit code'
	asks Remove "Remove $name for good?" 'User name' '6-digit code'
	back_to 'a Add'
done
now "the five minutes of operators went on meanwhile" 'unlocked '
choose super
keys Enter
see "oneself is managed in My account" 'This is you: what you may change stands in My account.'
offers "with nothing to be done here"
keys Enter
see "where Enter leads" 'Two-factor authentication is on.'
back_to 'This is you'
back_to 'a Add'
back_to 'Sign out'

# --- Settings --------------------------------------------------------------------------------------

pick Settings
see "the settings" 'Settings > General settings' 'Authentication security settings' \
	'[x] Require two-factor authentication for all users' 'Console name'
pick '[x] Require two-factor'
see "the switch is asked about, with a code of its own" 'Make two-factor authentication optional?' \
	'We strongly advise against this' '6-digit code' '[ Make optional ]' '[ Cancel ]'
keys Escape
gone "or left" '[ Cancel ]'
is "as it was" "$(pc settings get require-2fa)" yes
back_to 'Sign out'

# --- the audit log ---------------------------------------------------------------------------------

pick 'Audit log'
see "the audit log is read" 'All rows, the newest first' 'olga was unlocked'
keys Enter
see "a row is opened" 'One row' 'Who' 'Action' 'Number'
not_now "with nothing to change in it" '[ '
back_to 'p Person'
back_to 'Sign out'

# --- what waits for a second ------------------------------------------------------------------------

pc settings set four-eyes yes
pick Users
wait_for 'a Add'
choose admin
keys Enter
wait_for 'Users > admin'
fresh
pick 'New invitation'
wait_for '[ Make an invitation ]'
answer "$(code)"
see "with four eyes it waits for a second one" 'second Super Administrator'
back_to 'a Add'
back_to 'Sign out'
offers "and stands at home" 'My account' Users 'Audit log' Settings 'Who is here' Waiting 'Sign out'
pick Waiting
see "from where who asked may withdraw it" 'Invite admin anew' 'asked by you' 'Withdraw'
not_now "but not confirm it" 'Confirm'
back_to 'Sign out'

# --- one's own account ---------------------------------------------------------------------------

own_account "a Super Administrator"
finish
