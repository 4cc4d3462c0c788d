#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Configuring that is interrupted: a key is shown on one line only, and the next line gets another.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH
make_state alice
FROM='192.0.2.7 5022 192.0.2.1 22'

# begin: a console at its screen with the key, which is read
begin() {
	open "${1:-console}"
	sign_in alice
	read_key
}

begin
first=$KEY
not_now "nobody has scanned a key before" 'scanned earlier'
close
open console
sign_in alice
see "after a dropped line what was scanned is to be deleted" '2 Add an account' \
	'Delete the entry that you' 'scanned earlier.'
read_key
[ "$KEY" != "$first" ]
ok $? "for there is another key, also for the same place"
second=$KEY
enter_code "$(wrong_code)"
see "a wrong code" 'That code is wrong.'
read_key
is "does not change it" "$KEY" "$second"
kill_keeper
ends "a keeper that is killed ends the line" 1
begin
[ "$KEY" != "$second" ]
ok $? "and so does that"
third=$KEY
# It lives as long as its screen.
clock_move 3600
read_key
is "while it is on a screen it does not expire" "$KEY" "$third"

FROM='198.51.100.9 5022 192.0.2.1 22'
begin elsewhere
[ "$KEY" != "$third" ]
ok $? "another place gets another key"
use console
ends "and the first screen ends" 1
like "with the reason" "$(errors)" 'This key was shown on another connection and no longer works here. Sign in again to get a new one.'
given_back "the terminal is as it was"
use elsewhere
is "nothing is configured so far" "$(pc user show alice --json | json "j['2fa']")" false
now_good=$(code)
KEY=$third
enter_code "$(code)"
see "a code of the old key is worth nothing" 'That code is wrong.'
enter_code "$now_good"
read_codes
save_codes
ok 0 "one of the new key is good"
sign_out

# What was not finished harms nothing: the next sign-in is asked for a code.
open console
sign_in alice
see "half configured is not configured, whole is" '6-digit code' 'Use a recovery code'
finish
