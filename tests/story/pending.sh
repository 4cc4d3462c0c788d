#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Configuring that is interrupted: the pending key outlives the line for ten minutes, for the same source alone.
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
close
open console
sign_in alice
see "after a dropped line it is said when the key was begun" 'This key was begun' 'n New key'
read_key
is "and it is the same key" "$KEY" "$first"
keys Escape
wait_for 'User name'
type "$PASSWORD"
keys Enter
read_key
is "it survives going back" "$KEY" "$first"
enter_code "$(wrong_code)"
see "a wrong code" 'That code is wrong.'
kill_keeper
ends "and a keeper that is killed" 1
begin
is "do not change it" "$KEY" "$first"
close
clock_move 599
begin
is "nor do ten minutes less a second" "$KEY" "$first"
# Shown again, it lives as long as its screen.
clock_move 3600
read_key
is "while it is on a screen it does not expire" "$KEY" "$first"
keys n
until_ok lacks "${first:0:4} ${first:4:4} ${first:8:4}"
read_key
[ "$KEY" != "$first" ]
ok $? "n makes a new one"
second=$KEY
keys Escape
wait_for 'User name'
close
clock_move 601
begin
[ "$KEY" != "$second" ]
ok $? "after ten minutes without a screen there is a new key"
third=$KEY

FROM='198.51.100.9 5022 192.0.2.1 22'
begin elsewhere
[ "$KEY" != "$third" ]
ok $? "another place gets another key"
use console
ends "and the first screen ends" 1
like "with the reason" "$(errors)" 'ended by a change to the account'
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
