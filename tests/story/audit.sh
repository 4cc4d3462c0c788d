#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who did what, and when: the audit log on the screen, by role.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
pc settings set require-2fa no
person alice
person bruno
person dana administrator
person eve administrator
pc user disable bruno
pc user enable bruno
pc user unlock eve

# --- who reads it -----------------------------------------------------------------------

open guess
sign_in alice 'a wrong password'
see "somebody guesses" 'User name or password is wrong.'
close
inside alice
not_now "an operator has no audit log" 'Audit log'
sign_out
inside dana
see "an administrator has" 'Audit log' 'who did what, and when'
pick 'Audit log'
see "the newest row comes first, and is told as a sentence" 'Time Who What Result From' 'dana sign in done local' 'dana signed in'
now "what was refused says so" 'alice password ! wrong'
now "what was done to an operator is told, and by whom" 'disable person: bruno' 'host:'
not_now "what was done to another administrator is not" 'unlock person: eve'
not_now "nor what was done to the whole console" 'setting:'
keys p
see "p asks for a person" 'Person' 'Enter alone takes dana.'
answer eve
see "of another administrator there is nothing" 'Only eve' 'No row fits.'
keys x
see "x shows all rows again" 'All rows, the newest first' 'dana signed in'
keys Escape
sign_out

# --- what is looked for ------------------------------------------------------------------

inside root
pick 'Audit log'
see "a Super Administrator reads what was done to administrators" 'unlock person: eve'
keys End
see "and to the whole console" 'setting: require-2fa' 'set the console up'
keys Home
wait_for 'root signed in'
keys p
answer BRUNO
see "one person, in any spelling" 'Only BRUNO' 'enable person: bruno' 'disable person: bruno'
not_now "and nobody else" 'alice sign'
keys v
MARKED=
wait_for 'Any action'
keys End
for tries in {1..60}; do
	until_ok moved
	! chosen user-disable || break
	MARKED=$(mark)
	keys Up
done
keys Enter
see "one action of theirs" 'Only BRUNO · user-disable' 'bruno was disabled by host:'
not_now "and no other" 'enable person'
keys Enter
see "a row opens, with all that it says" 'Audit log > One row' 'bruno was disabled by host:' 'Action' 'user-disable' 'Number' 'Seal'
seal=$(pc audit list --action user-disable --json | json "j[0]['seal']")
now "its seal is the trail's" "${seal:0:40}"
keys Escape
wait_for 'Only BRUNO · user-disable'
keys x
wait_for 'All rows'
keys /
answer 'GUESSES NOBODY MADE'
see "a word that is nowhere" 'No row fits.'
keys x
wait_for 'All rows'
keys /
answer 'user-unl'
see "a word that is somewhere" 'eve was unlocked by host:'
not_now "hides what has it not" 'sign in'
keys x
wait_for 'All rows'
keys d
answer 'someday'
see "a day that is none is explained" 'That is not a time.'
keys C-u
answer '2001-01-01'
see "a day without a row has none" 'Only 2001-01-01' 'No row fits.'
keys x
wait_for 'All rows'
keys d
answer ''
see "Enter alone is the day of the chosen row" 'root signed in' 'Only '

# --- while one reads -----------------------------------------------------------------------

keys x
wait_for 'All rows' 'root signed in'
keys Down Down
pc user unlock alice
see "a row that is new is told, and nothing jumps" 'New rows: Home shows them' 'root sign in'
not_now "it is not there yet" 'unlock person: alice'
keys Home
see "Home shows it" 'alice was unlocked by host:'
not_now "and there is nothing new then" 'New rows'
keys End
see "End goes to the first row of all" 'set the console up'
for size in 60x20 40x12 20x5 132x50 80x24; do
	resize $size
	see "it is there at $size" '›'
	[ $size != 132x50 ] || see "where there is room each has a column" 'Time Who What Whom Result From'
done
see "and as it was" 'set the console up'
keys Escape
see "Esc goes back" 'My account' 'Sign out'
sign_out
finish
