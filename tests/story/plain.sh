#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The console line by line: a person with a screen reader, from the first run to signing out.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/story/line.bash"
need expect
clock_set $EPOCH

# --- the first run -----------------------------------------------------------------------

line first --plain
reads "a new console asks for its first person" 'Create the first Super Administrator' 'User name: '
enter ''
reads "an empty name is not sent" 'A user name is missing' 'User name: '
enter '?'
reads "the question mark tells what a question is for" 'The name that you have' 'User name: '
enter alice
reads "the password is asked next" 'Password: '
enter tiny
reads "and once more" 'Repeat password: '
enter tinier
reads "another one is told" 'The two passwords differ' 'Repeat password: '
enter b
reads "b goes back one question" 'Password: '
enter tiny
reads "which asks on from there" 'Repeat password: '
enter tiny
reads "a short one is refused by the keeper" 'at least 12 characters' 'Password: '
enter "$PASSWORD"
reads "and the name is not asked again" 'Repeat password: '
enter "$PASSWORD"

# --- configuring -------------------------------------------------------------------------

reads "two factors are configured next" 'Configure two-factor authentication' \
	'1 Choose an application' 'Authy, Google Authenticator' '2 Add an account' \
	'Account ProVconnect: alice' 'Type: time-based' '3 Generate a PIN code' \
	'4 Validate the configuration' '6-digit code: '
KEY=$(written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tr -d ' ')
like "the key is told in groups of four" "$KEY" '^[A-Z2-7]{32}$'
enter s
reads "it is spelled on request" "Group 1 of 8: ${KEY:0:1}, ${KEY:1:1}, ${KEY:2:1}, ${KEY:3:1}" \
	'Group 8 of 8: ' '6-digit code: '
enter 12345
reads "five digits are no code" 'A code has 6 digits.' '6-digit code: '
enter 'abc'
reads "nor are letters" 'A code has 6 digits.' '6-digit code: '
is "neither was sent" "$(rows activate wrong)" 0
enter "$(wrong_code)"
reads "a wrong one is told" 'That code is wrong. New code in 27 s.' '6-digit code: '
used=$(code)
enter " ${used:0:3} ${used:3}"
reads "the right one is taken with its blanks" 'Recovery codes' 'Type yes when'
mapfile -t CODES < <(written | grep -xE '[A-Z2-7]{4}(-[A-Z2-7]{4}){3}')
is "ten recovery codes are told" ${#CODES[@]} 10
enter no
reads "they are left by yes alone" 'Type yes when'
enter s
reads "they are spelled on request" 'Code 10 of 10' 'Type yes when'
enter YES
reads "and so home" 'alice · Super Administrator' 'This is your first sign-in.' '1 My account' \
	'2 Settings' '3 Sign out' 'Number: '
enter 9
reads "other numbers are told" 'There is no such number.' 'Number: '
enter 3
leaves "Sign out ends the console" 0
like "with a farewell" "$(written)" 'Signed out\.'
no_escapes "nothing but text was written"
echo_back "the terminal is as it was"
unlike "no password was echoed" "$(written)" "$PASSWORD|tiny"
is "nothing was said on standard error" "$(complaint)" ""

finish
