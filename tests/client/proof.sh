#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whoever sits down at an open session can do nothing powerful: each such request wants a fresh code
# of its own, but for what is done to operators, where one code is good for five minutes.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"

# The keeper's other clock, since boot, moves too.
EXTRA=(FAKETIME_DONT_FAKE_MONOTONIC=0)
clock_set $EPOCH
make_state root
pc user add five --password-stdin <<<"$PASSWORD"
for name in one two three four; do
	person "$name"
done
person manager administrator
person other-manager administrator
person other-super super-administrator
enrolled root
enrolled manager
fresh
stop_keeper
serve

# home LINE NAME: passes both doors; the clock is at the next code then
home() {
	as "$2"
	ask "$1" open 192.0.2.1
	ask "$1" password "$2" "$PASSWORD"
	ask "$1" code "$(code)"
	is "$2 is at home" "$VERDICT $DOOR" 'OK home'
	fresh
}

# refused LINE REQUEST…: a test: not without a proof
refused() {
	ask "$@"
	is "not without a proof: ${*:2}" "$VERDICT" PROOF_NEEDED
}

everybody() {
	pc user list --json | json '[(u["name"], u["role"], u["enabled"], u["2fa"]) for u in j]'
}

# --- nothing without a proof ---------------------------------------------------------------

before=$(everybody)
home boss root
for role in operator administrator super-administrator; do
	refused boss add "new-$role" $role
done
for name in one other-manager other-super; do
	refused boss give $name
	refused boss reset $name
	refused boss role $name administrator
	refused boss role $name super-administrator
	refused boss disable $name
	refused boss unlock $name
	refused boss remove $name
done
ask boss SETTINGS_VIEW
refused boss setting console-name Mine
refused boss setting require-2fa no
refused boss change "$PASSWORD"
refused boss disown "$PASSWORD"
refused boss RENEW_CODES
refused boss another 'Second phone'
refused boss exchange 1
is "and nothing was done" "$(everybody)" "$before"
ask boss HOME
is "the session has not suffered from it" "$VERDICT $DOOR" 'OK home'

home clerk manager
refused clerk add newcomer operator
for request in 'give one' 'reset one' 'disable one' 'unlock one'; do
	# shellcheck disable=SC2086 # words
	refused clerk $request
done

# --- a wrong proof, and a spent one ----------------------------------------------------------

as root
ask boss prove "$(wrong_code)"
ask boss remove one
says "a wrong code removes nobody" CODE_WRONG
ask boss prove "$(code)"
ask boss role other-manager super-administrator
says "a code promotes somebody" OK
ask boss role other-super administrator
says "and is spent by that" CODE_USED
unlike "it does not begin five minutes, for it was about someone above operator" "$MORE" \
	administering
ask boss prove -
refused boss disable one

# --- five minutes -----------------------------------------------------------------------------

# begin LINE NAME: administering begins, with NAME's next code
begin() {
	fresh
	as "$2"
	ask "$1" prove "$(code)"
	ask "$1" disable one
	says "$2 administers operators, with a code" OK
	like "for five minutes" "$MORE" 'administering (300|299)'
	ask "$1" prove -
}
begin boss root
ask boss enable one
says "then no other code is needed" OK
for request in 'add six operator' 'give one' 'unlock one' 'reset one' 'remove five'; do
	# shellcheck disable=SC2086 # words
	ask boss $request
	says "nor for: $request" OK
done
refused boss role one administrator
refused boss add new-manager administrator
refused boss add new-super super-administrator
for name in other-manager manager; do
	refused boss give $name
	refused boss reset $name
	refused boss disable $name
	refused boss unlock $name
	refused boss remove $name
	refused boss role $name operator
done
refused boss change "$PASSWORD"
refused boss disown "$PASSWORD"
refused boss RENEW_CODES
refused boss another 'Second phone'
refused boss exchange 1
refused boss setting console-name Mine
refused clerk disable two

ask boss ADMINISTER_END
says "it is ended" OK
refused boss disable two

begin boss root
ask boss LOCK
fresh
ask boss prove "$(code)"
ask boss UNLOCK
is "the lock closes and is opened" "$VERDICT $DOOR" 'OK home'
ask boss prove -
refused boss disable two

begin boss root
clock_move 290
ask boss disable two
says "nearly five minutes later it goes on" OK
clock_move 12
refused boss disable three

begin clerk manager
ask clerk disable three
says "and so it is for an administrator" OK
refused boss disable four
ask clerk role four administrator
says "who promotes nobody all the same" DENIED

# A console that is stopped is locked by the keeper.
pc settings set idle-lock 1m
begin boss root
clock_move 90
pc user list >/dev/null		# the keeper looks at its clock
ask boss disable four
is "who is locked out after a minute without a key" "$VERDICT $DOOR" 'LOCKED locked'
ask boss prove "$(code)"
ask boss UNLOCK
is "opens the lock" "$VERDICT $DOOR" 'OK home'
ask boss prove -
refused boss disable four
pc settings set idle-lock 15m
fresh
hang_up

# --- where two-factor authentication is optional ------------------------------------------------

pc settings set require-2fa no
home boss root
refused boss DEACTIVATE
refused boss drop 1
pc user enable two
ask plain open 192.0.2.3
ask plain password two "$PASSWORD"
is "somebody without a second factor is at home" "$VERDICT $DOOR" 'OK home'
refused plain enrol
ask plain prove 'not the password'
ask plain enrol
says "a wrong password shows no key" PASSWORD_WRONG
ask plain prove "$PASSWORD"
ask plain enrol
says "the password does" OK
read -r KEY _ <<<"$MORE"
ask plain activate "$(code)"
is "and a code of it is the second factor from then on" "$VERDICT" OK
hang_up
served_ends "after it"
finish
