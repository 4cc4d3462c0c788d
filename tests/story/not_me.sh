#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "It was not me": somebody else came in with alice's password, code and recovery codes. What they
# have opens nothing from then on, also where her line drops on the way.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/line.bash"
need expect
clock_set $EPOCH
make_configured dana
KEYS[dana]=$KEY
person alice
enrolled alice
stolen=$KEY stolen_password=$PASSWORD stolen_codes=("${CODES[@]}")
new='another sentence of hers'
fresh

FROM='203.0.113.9 5022 192.0.2.1 22'
inside alice thief
FROM=
fresh
inside alice
see "home tells the sign-in that was not hers" 'from 203.0.113.9' 'It was not me'
keys w
see "w says so" 'It was not me' 'Old password' 'Repeat password' '6-digit code' \
	'your recovery codes stop working'
fresh
fill "$PASSWORD" "$new" "$new" "$(wrong_code)"
see "a wrong code is none" 'That code is wrong.'
is "and changes nothing" "$(rows_of alice not-me ok) $(factors alice)" '0 on 1 10'
fill "$(code)"
see "with the old password and a fresh code another authenticator is next" \
	'Configure two-factor authentication' 'Now replace your authenticator.' '[ Sign in ]'
use thief
ends "the other one's session has ended" 1
like "with a reason" "$(errors)" 'Your password was changed in another session'
is "the recovery codes are gone" "$(factors alice)" 'on 1 0'

# --- the line drops here ------------------------------------------------------------------------

use alice
keys C-c
until_ok ended
close
open thief
sign_in alice
see "the stolen password is wrong" 'User name or password is wrong.'
close
PASSWORD=$new
fresh
open alice
sign_in alice
wait_for 'Use a recovery code'
keys r
wait_for 'Enter one of the recovery codes'
fill "${stolen_codes[3]}"
see "a stolen recovery code is wrong, even with the new password" 'That recovery code is wrong.'
keys Escape
enter_code "$(code)"
see "her next sign-in goes on where it was" 'Configure two-factor authentication' '[ Sign in ]'
read_key
enter_code
see "the new authenticator's code is accepted" 'I have saved these codes' \
	'Two-factor authentication is configured'
read_codes
keys Enter
keys Enter
see "and home is open again" 'My account' 'Sign out'
is "with one authenticator, and ten codes" "$(factors alice)" 'on 1 10'
unlike "that are others" "${CODES[*]}" "${stolen_codes[0]}"
is "all of it is in the trail" "$(rows_of alice not-me ok) $(rows_of alice device-replace ok)" '1 1'
sign_out
mine=$KEY KEY=$stolen
fresh
open alice
sign_in alice
enter_code "$(code)"
see "the stolen authenticator shows wrong codes" 'That code is wrong.'
KEY=$mine
enter_code "$(code)"
see "the new one opens" 'My account'
sign_out

# --- who else is told -------------------------------------------------------------------------

PASSWORD=$stolen_password
inside dana
see "administrators are told" 'alice said' 'that a sign-in was not theirs'
sign_out

# --- line by line -------------------------------------------------------------------------------

person bob
enrolled bob
fresh
inside bob
sign_out
fresh
line plain --plain
reads "line by line" 'User name: '
enter bob
reads "it is offered" 'Password: '
enter "$PASSWORD"
reads "at home" '6-digit code: '
enter "$(code)"
reads "behind all else" '2 Sign out' '3 It was not me' 'Number: '
enter 3
reads "it says what it does" 'It was not me' 'Administrators are told.' 'Old password: '
enter "$PASSWORD"
reads "wants a new password" 'New password: '
enter "$new"
reads "twice" 'Repeat password: '
enter "$new"
reads "and a fresh code" '6-digit code'
fresh
enter "$(code)"
reads "then another authenticator is next" 'Your password was changed.' \
	'Configure two-factor authentication' '6-digit code: '
KEY=$(written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tail -n 1 | tr -d ' ')
enter "$(code)"
reads "and new recovery codes" 'Recovery codes' 'Type yes when'
enter yes
reads "and home" '1 My account' 'Number: '
is "with all of it others" "$(factors bob) $(rows_of bob not-me ok)" 'on 1 10 1'
finish
