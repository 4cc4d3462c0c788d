#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One code is one sign-in, for ever: also for a keeper that was
# restarted, killed, or lives in the past.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH
make_state alice
open console
sign_in alice
configure
sign_out

# replayed WHAT CODE: refused in a new console
replayed() {
	open console
	sign_in alice
	enter_code "$2"
	see "$1" 'That code is already used.'
	close
}

enrolment=$(code)
replayed "the code that configured is spent" "$enrolment"
kill_keeper
replayed "it is after the keeper was killed" "$enrolment"
clock_move 30
used=$(code)
open console
sign_in alice
enter_code "$used"
see "a new code is good" 'My account'
kill_keeper
ends "the keeper is killed as soon as it has said so" 1
replayed "and the code is spent" "$used"
stop_keeper
replayed "it is after a restart" "$used"
clock_move 30
replayed "one step later it is still known, and spent" "$used"
pc user unlock alice
clock_move -60
replayed "set back the clock brings no code back" "$enrolment"
clock_move 120
open console
sign_in alice
enter_code "$used"
see "long after it is wrong as any other" 'That code is wrong.'
enter_code "$(code -1)"
see "an unused one of a step ago is good" 'My account'
sign_out
open console
sign_in alice
enter_code "$(code)"
see "and so is the one of now" 'My account'
sign_out
replayed "but not that of a step ago, any more" "$(code -1)"
is "four sign-ins in all" "$(rows sign-in ok)" 4
finish
