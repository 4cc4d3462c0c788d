#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Guessing: pauses after wrong passwords and codes, which
# nothing shortens but the clock and an unlock.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH
make_configured alice

# guess N SENTENCE…: that many wrong passwords in the open console; the name stands there
guess() {
	local i

	for ((i = 0; i < $1; i++)); do
		type "wrong password $i"
		keys Enter
		wait_for 'User name or password is wrong.' || return 1
		keys x C-u
		wait_gone 'is wrong.' || return 1
	done
}

# --- passwords -------------------------------------------------------------------------

for name in alice nobod; do
	open "$name"
	sign_in "$name" 'wrong password'
	wait_for 'is wrong.'
	keys x C-u
	wait_gone 'is wrong.'
	guess 4
	ok $? "$name: five wrong passwords are called wrong" || dump
	type "$PASSWORD"
	keys Enter
	see "$name: then not even the right one is looked at" \
		'Too many attempts. Try again in 30 s.'
	now "$name: and it is the first door still" '[ Sign in ]'
done
pause=$(tm capture-pane -e -p -t =alice: | sed s/alice/NAME/)
is "a pause looks the same for a name that is none" "$(tm capture-pane -e -p -t =nobod: |
	sed s/nobod/NAME/)" "$pause"
use alice
clock_move 10
see "the seconds go by" 'Try again in 20 s.'
type 'wrong again'
keys Enter
see "an attempt meanwhile" 'Too many attempts. Try again in 20 s.'
clock_move 19
type "$PASSWORD"
keys Enter
see "a second too early" 'Try again in 1 s.'
clock_move 1
type "$PASSWORD"
keys Enter
see "the attempt meanwhile has lengthened nothing" 'new code in'
keys Escape
wait_for 'Password'
guess 4
ok $? "a right password has cleared the count" || dump
type "$PASSWORD"
keys Enter
see "four wrong ones do not pause" 'new code in'
close

use nobod
type 'wrong password'
keys Enter
see "after the pause one more is looked at" 'User name or password is wrong.'
type 'wrong password'
keys Enter
see "and doubles it" 'Try again in 60 s.'
close
FROM='192.0.2.7 5022 192.0.2.1 22'
open elsewhere
sign_in nobod
see "a stranger's pause is not that of another place" 'User name or password is wrong.'
close
FROM=

kill_keeper
open console
sign_in nobod
see "a pause survives a keeper that was killed" 'Try again in 60 s.'
clock_move -3600
open console
sign_in nobod
see "a clock set back does not lengthen it" 'Try again in 60 s.'
clock_move 60
open console
sign_in nobod
see "nor shorten it by more than it was" 'User name or password is wrong.'
close
clock_move 3600

# --- codes ---------------------------------------------------------------------------------

open console
sign_in alice
for ((i = 0; i < 5; i++)); do
	enter_code "$(wrong_code)"
	wait_for 'That code is wrong.'
	keys C-u
	wait_gone 'is wrong.'
done
is "five wrong codes are called wrong" "$(rows code wrong)" 5
enter_code "$(code)"
see "then not even the right one is looked at" 'Too many attempts. Try again in 30 s.'
now "and it is the second door still" '6-digit code'
keys r
wait_for 'Enter one of the recovery codes'
type "${CODES[0]}"
gone "whoever types does not read that any more" 'Try again in'
keys Enter
see "nor a recovery code" 'Try again in 30 s.' 'Enter one of the recovery codes'
is "which is not spent by that" "$(pc user show alice --json | json "j['recovery_left']")" 10
close
kill_keeper
open console
sign_in alice
see "the password is not paused by that" 'new code in'
enter_code "$(code)"
see "a pause of codes survives a keeper that was killed" 'Try again in 30 s.'
clock_move 31
enter_code "$(wrong_code)"
see "after it one more is looked at" 'That code is wrong.'
enter_code "$(code)"
see "which doubles it" 'Try again in 60 s.'
like "the host sees the pause" "$(pc user list)" '^alice .* paused'
is "to the second" "$(pc user show alice --json | json "j['paused_until']")" $((NOW + 60))
stop_keeper
ends "a keeper that leaves ends its consoles" 1
clock_move -3600
open console
sign_in alice
enter_code "$(code)"
see "a clock set back does not lengthen it" 'Try again in 60 s.'
close
clock_move 3600
clock_move 61
open console
sign_in alice
enter_code "$(wrong_code)"
see "a keeper that was restarted has forgotten nothing" 'That code is wrong.'
enter_code "$(code)"
see "the next failure doubles again" 'Try again in 120 s.'
pc user unlock alice
enter_code "$(code)"
see "the host unlocks at once" 'My account'
now "home tells the failures" '16 failed attempts since'
sign_out
clock_move 30
open console
sign_in alice
enter_code "$(wrong_code)"
see "an accepted code has cleared the count" 'That code is wrong.'
enter_code "$(code)"
see "so one wrong code does not pause" 'My account'
sign_out
finish
