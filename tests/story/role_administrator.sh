#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An administrator: manages operators, with one code for five minutes; sees nobody above them and no
# settings; reads the audit log.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/roles.bash"
cast

# --- home -----------------------------------------------------------------------------------

inside admin
offers "an administrator at home" 'My account' Users 'Audit log' 'Who is here' 'Sign out'
now "with the role in the title, and how many operators there are" 'admin · Administrator' \
	'2 people, 1 with two-factor authentication'
keys F1
see "the help of home" 'Help'
not_now "names no Settings" Settings
back_to 'Sign out'

# --- Users -------------------------------------------------------------------------------------

pick Users
offers "in the list there are operators alone" olga otto
keys /
type su
see "who is above them is not found" 'Nobody has a name that begins so'
keys Escape
wait_for 'olga'
keys a
wait_for 'Add a person'
type erik
keys Right Right
see "the role of who is added is Operator, and no other" '‹ Operator ›'
keys Left
not_now "whichever way one goes" '‹ Administrator'
keys Enter
see "that is asked for with a code" 'Add erik, with the role Operator?' '6-digit code' '[ Add ]'
keys Escape
gone "or left" '[ Cancel ]'
back_to 'a Add'
is "undone" "$(pc user show erik 2>&1)" 'provconsole: There is no user of that name.'

choose olga
keys Enter
wait_for 'Users > olga'
offers "an operator's page" Unlock 'Reset two-factor authentication' 'New invitation' Disable
asks Unlock 'Unlock olga? All pauses after wrong passwords and codes end.' '6-digit code' '[ Unlock ]'
asks 'Reset two-factor authentication' 'Reset the two-factor authentication of olga?' Reason \
	'6-digit code' '[ Reset ]'
asks 'New invitation' 'Make a new invitation for olga?' 'open sessions end' '6-digit code' \
	'[ Make an invitation ]'
asks Disable 'Disable olga?' 'open sessions end' '6-digit code' '[ Disable ]'
not_now "no five minutes have begun" 'unlocked'
is "and nothing was done" "$(factors olga)" 'on 1 10'

# --- five minutes --------------------------------------------------------------------------------

as admin
fresh
pick Unlock
wait_for '[ Unlock ]'
answer "$(code)"
see "a code does it, and opens five minutes" 'olga was unlocked.' 'unlocked 5:00'
pick Disable
see "in which each thing is still asked about" 'Disable olga?' '[ Disable ]'
not_now "but without a code" '6-digit code'
keys Enter
see "and is done" 'olga was disabled.' 'Enable'
offers "there is the way back" Unlock 'Reset two-factor authentication' 'New invitation' Enable
pick Enable
wait_for 'Enable olga?'
keys Enter
see "which is done alike" 'olga was enabled.'
open olga
as olga
sign_in olga
wait_for '6-digit code'
use admin
keys Escape
wait_for 'a Add'
choose olga
keys Enter
wait_for 'Users > olga'
offers "who stands at the second door is not here" Unlock 'Reset two-factor authentication' \
	'New invitation' Disable
keys Escape
wait_for 'a Add'
use olga
enter_code
wait_for 'My account'
use admin
keys Enter
see "who is here can be sent away" 'here now' 'End sessions'
pick 'End sessions'
wait_for 'End all sessions of olga?'
keys Enter
see "that too" 'All sessions of olga have ended.'
use olga
ends "and the console of that person ends" 1
use admin
keys C-x
see "^X ends the five minutes" 'Administering has ended'
pick Disable
see "and a code is asked for again" '6-digit code'
keys Escape
gone "by everything" '[ Cancel ]'
back_to 'Audit log'

# --- the audit log ---------------------------------------------------------------------------------

pick 'Audit log'
see "the audit log is read" 'All rows, the newest first' 'enable person: olga'
keys Enter
see "a row is opened" 'One row' 'Who' 'Action' 'Number'
not_now "with nothing to change in it" '[ '
back_to 'p Person'
back_to 'Sign out'

# --- one's own account ---------------------------------------------------------------------------

own_account "an administrator"

# --- what was on the screen while the role changed --------------------------------------------------

pick Users
wait_for 'a Add'
choose olga
keys Enter
wait_for 'Users > olga'
pick Disable
wait_for '[ Disable ]'
pc user set-role admin operator
see "who is no administrator any more is home" 'My account' 'admin · Operator'
offers "as an operator is" 'My account' 'Sign out'
finish
