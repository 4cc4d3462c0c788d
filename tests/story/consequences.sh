#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The box "Require two-factor authentication for all users" and what follows from it, row by row,
# each by a person at a terminal.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person sam super-administrator
person bob administrator
person carol
person alice
enrolled root
enrolled alice

# toggle QUESTION VERB SAID: root turns the box over
toggle() {
	use settings
	as root
	fresh
	keys Space
	see "the dialog asks first: $1" "$1" "[ $2 ]"
	type "$(code)"
	keys Enter
	see "and then: $3" "$3"
}

optional() {
	toggle 'Make two-factor authentication optional?' 'Make optional' \
		'Two-factor authentication is now optional.'
}

mandatory() {
	toggle 'Make two-factor authentication mandatory?' 'Make mandatory' \
		'Two-factor authentication is now mandatory for all users.'
}

# --- by default: mandatory --------------------------------------------------------------------

is "by default it is mandatory" "$(pc settings get require-2fa)" yes
for name in sam bob carol; do
	open "$name"
	sign_in "$name"
	see "mandatory: $name has none, and must configure" 'Configure two-factor authentication' \
		'[ Sign in ]'
	keys Escape
	wait_for 'User name'
	type "$PASSWORD"
	keys Enter
	see "there is no way round for $name" 'Configure two-factor authentication'
done
fresh
inside alice
ok $? "mandatory: alice has two factors, and is asked for a code"
sign_out
open waiting
wait_for 'User name'

# --- unchecked --------------------------------------------------------------------------------

fresh
inside root settings
pick Settings
see "the settings begin with the box" 'Settings > General settings' \
	'Authentication security settings' '[x] Require two-factor authentication for all users'
optional
see "the box is empty" '[ ] Require two-factor authentication for all users'
is "it is for all, on the host too" "$(pc settings get require-2fa)" no

use waiting
sign_in carol
see "who stood at the door already is not asked to configure" 'off: Enter to configure'
sign_out
use bob
keys Escape
wait_for 'User name'
type "$PASSWORD"
keys Enter
see "nor who stood before the QR code and began anew" 'My account' 'off: Enter to configure'
inside sam
ok $? "optional: a Super Administrator who has none is not asked"
sign_out

fresh
open alice
sign_in alice
see "optional: who has it is still asked for a code" '6-digit code'
as alice
type "$(code)"
keys Enter
wait_for 'My account'
keys Enter
see "and may now deactivate it" 'Two-factor authentication is on.' 'Deactivate'
pick Deactivate
fresh
type "$(code)"
keys Enter
see "which she does" 'Two-factor authentication is off.' 'Now delete the old ProVconnect entry'
keys Escape
sign_out
unset 'KEYS[alice]'
inside alice
ok $? "from then on she is asked for the password alone"
sign_out

inside carol
keys Enter
pick Configure
wait_for '[ Configure ]'
type "$PASSWORD"
keys Enter
see "optional: who has none can configure in My account" '1 Choose an application' '[ Activate ]'
read_key
KEYS[carol]=$KEY
enter_code
read_codes
keys Enter
keys Enter
see "and has it then" 'Two-factor authentication is on.'
keys Escape
sign_out
fresh
open carol
sign_in carol
see "from then on she is asked for a code" '6-digit code' '[ Use a recovery code ]'
as carol
enter_code
wait_for 'Sign out'
sign_out

# --- checked again --------------------------------------------------------------

inside alice		# at home
use bob				# in My account
keys Enter
wait_for 'Two-factor authentication is off.'
open waiting
wait_for 'User name'
mandatory
see "the box is checked" '[x] Require two-factor authentication for all users'
use alice
see "who is in without two factors is told at home, at once" \
	'Two-factor authentication is now required for all users: configure it in My account, or at your next sign-in.'
use bob
see "and in My account" 'It is now required for all users: configure it here, or at your next sign-in.'
pick Configure
wait_for '[ Configure ]'
type "$PASSWORD"
keys Enter
see "where it can be configured at once" '[ Activate ]'
keys Escape
wait_for 'Two-factor authentication is off.'
keys Escape
wait_for 'Sign out'
sign_out

use waiting
sign_in bob
see "mandatory again: the administrator configures at the next sign-in" \
	'Configure two-factor authentication' '[ Sign in ]'
for name in alice sam; do
	open "$name"
	sign_in "$name"
	see "mandatory again: $name too" 'Configure two-factor authentication' '[ Sign in ]'
done
configure
ok 0 "with a code the Super Administrator is in"
sign_out
fresh
inside carol
keys Enter
see "who has it keeps it, and cannot deactivate it" \
	'Required for all users: it cannot be deactivated.'
not_now "nor is it offered" 'Deactivate'
is "the trail has both changes of the box" "$(rows_of root setting ok)" 2
finish
