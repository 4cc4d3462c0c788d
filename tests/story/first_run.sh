#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A person on a new host: the first Super Administrator, two
# factors, recovery codes, home, and out again.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH

# refused SENTENCE PASSWORD: typed twice, from the password field on
refused() {
	type "$2"
	keys Tab
	type "$2"
	keys Enter
	see "refused: $1" "$1"
}

# stars: how many characters of passwords are on the screen
stars() {
	screen | tr -cd '*' | wc -c
}

no_stars() {
	[ "$(stars)" -eq 0 ]
}

open console
see "a new console asks for its first person" 'Create the first Super Administrator' 'User name' \
	'Password' 'Repeat password' '[ Create ]'
now "and says what a good password is" 'at least 12 characters'
now "the keys are told" 'F1 Help'

# --- what is refused, and what stays ----------------------------------------------------

keys Enter
type "$PASSWORD"
keys Enter
type "$PASSWORD"
keys Enter Enter
see "a name is missing" 'A user name is missing'
type 'alice@in wonderland'
keys Enter
see "a blank in a name is refused" 'letters, digits and . _ - @ only'
is "both passwords are still there" "$(stars)" $((2 * ${#PASSWORD}))
keys C-u
type alice.in.wonderland
keys Tab Tab C-u
type "$PASSWORD, or another"
keys Enter
see "the second must be as the first" 'The two passwords differ'
is "only the second is cleared" "$(stars)" ${#PASSWORD}
keys BTab C-u
refused 'at least 12 characters. A short sentence' 'short'
until_ok no_stars
ok $? "both passwords are cleared"
now "the name stays" 'alice.in.wonderland'
refused 'one of the commonest' 'password1234'
refused 'is the user name' 'alice.in.wonderland'
keys BTab Escape
gone "Esc clears the field" 'alice.in.wonderland'
now "and leaves nothing else" 'Create the first Super Administrator'
type alice
keys Enter
type "$PASSWORD"
keys Enter
type "$PASSWORD"
keys Enter

# --- configuring -------------------------------------------------------------------------

see "two factors are configured next" 'Configure two-factor authentication' 'alice · ProVconnect'
now "in four steps" '1 Choose an application' '2 Add an account' '3 Generate a PIN code' \
	'4 Validate the configuration'
now "with the suggested applications" 'Authy, Google Authenticator,' 'Microsoft Authenticator,' \
	'LastPass Authenticator, or any'
now "and two buttons" '[ Sign in ]' '[ Copy secret key to clipboard ]'
like "a QR code is drawn" "$(screen | grep -c '▄')" '^(1[89]|2[0-9])$'
read_key
like "the key is 32 letters" "$KEY" '^[A-Z2-7]{32}$'
see "the same key stands beside the QR code" "$(fold -w 4 <<<"${KEY:0:16}" | paste -sd ' ')"
keys v
see "another drawing is one key away" 'Drawing 2 of'
type "$(wrong_code)"
keys Enter
see "a wrong code is told, and when the next one comes" 'That code is wrong. New code in 27'
now "the key stays" "$(fold -w 4 <<<"${KEY:16:16}" | paste -sd ' ')"
is "nothing is configured by it" "$(pc user show alice --json | json "j['2fa']")" false
keys "$(code)" Enter Enter Enter Enter

# --- recovery codes --------------------------------------------------------------------------

see "the right code opens the recovery codes" 'Recovery codes' '[ I have saved these codes ]'
read_codes
is "there are ten" "$(printf '%s\n' "${CODES[@]}" | sort -u | wc -l)" 10
keys Escape
see "they are not left by the way" 'Save the codes, then press the button.'
keys Enter
keys Enter
see "typed ahead nothing was confirmed; now it is" 'My account' 'Sign out'
now "home says who" 'alice · Super Administrator'
now "and what is on" 'two-factor authentication on, 10 recovery codes left'
now "and that it is the first time" 'This is your first sign-in.'
keys Escape
keys End Enter
ends "Sign out ends the console" 0
see "with a farewell" 'Signed out.'
given_back "the terminal is as it was"
unlike "neither key nor codes are left in it" "$(tm capture-pane -p -S - -t =console:)" \
	"$KEY|${CODES[0]}|${KEY:0:4} ${KEY:4:4}"
is "nothing was said on standard error" "$(errors)" ""

# --- what is left of it ------------------------------------------------------------------------

is "one person is there" "$(pc user list --json |
	json "[(u['name'], u['role'], u['2fa']) for u in j]")" '[["alice", "super-administrator", true]]'
for step in init activate recovery-codes-saved sign-in sign-out; do
	is "the audit trail has it: $step" "$(rows $step ok)" 1
done
is "and the wrong code" "$(rows activate wrong)" 1
open console
see "the next one signs in" 'User name' 'Password' '[ Sign in ]'
not_now "and makes no second first person" 'Create the first'
keys C-c
ends "leaving before a sign-in is not signing out" 1
gone "and has no farewell" 'Signed out.'
given_back "the terminal is as it was"
finish
