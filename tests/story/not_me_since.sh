#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What happened has one's own sign-ins, and "It was not me" on any of them: a thief signed in as
# alice twice and added an authenticator; so did she. Each is kept or removed; line by line too.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/line.bash"
need expect
clock_set $EPOCH
make_configured dana
KEYS[dana]=$KEY
person alice
enrolled alice
phone=$KEY
new='another sentence of hers'
fresh

# another NAME: one more authenticator, by a code of the one at hand; its key is ADDED
another() {
	pick 'My account'
	pick 'Add an authenticator'
	wait_for 'Name'
	keys C-u
	fill "$1"
	fresh
	answer "$(code)"
	read_key
	ADDED=$KEY
	fill "$(code)"
	see "$1 is added" "$1" 'Its codes work from now on.'
	keys Escape
	wait_for 'Sign out'
}

FROM='203.0.113.9 5022 192.0.2.1 22'
inside alice thief
another Pad
strange=$ADDED
sign_out
FROM='198.51.100.7 5022 192.0.2.1 22'
fresh
KEYS[alice]=$phone
inside alice
another Tablet
tablet=$ADDED
sign_out
FROM=
fresh
inside alice
keys h
see "What happened has her own sign-ins, with when, from where and by what" 'What happened' \
	'You signed in with Authenticator, this session' \
	'You signed in with Authenticator (today' 'from 198.51.100.7' 'from 203.0.113.9' \
	'An authenticator was added to your account: Tablet'
not_now "this very one cannot be disowned" 'w It was not me'
for i in {1..8}; do
	screen | grep -F '›' | grep -q 'You signed in.*203.0.113.9' && break
	MARKED=$(mark)
	keys Down
	DEADLINE=2 until_ok moved
done
see "on that of the thief it is offered" 'w It was not me'
keys w
see "w says so of that one" 'It was not me' 'from 203.0.113.9' 'Old password' 'keep or'
fresh
fill "$PASSWORD" "$new" "$new" "$(code)"
see "another authenticator is next" 'Configure two-factor authentication'
PASSWORD=$new
read_key
phone=$KEY
enter_code
see "then recovery codes" 'I have saved these codes'
keys Enter
keys Enter
see "then what was added since that sign-in" 'Is this authenticator yours?' 'Pad' 'since today' \
	'Remove' 'Keep' 'Its codes do not work'
keys Enter
see "the thief's is removed, and the next one comes" 'Tablet' 'last used today'
KEYS[alice]=$phone

# --- the line drops between two of them ----------------------------------------------------------

keys C-c
until_ok ended
close
KEY=$tablet
fresh
open alice
sign_in alice
enter_code "$(code)"
see "until it is kept, its codes are none" 'That code is wrong.'
KEY=$phone
fresh
enter_code "$(code)"
see "the next sign-in asks again, of what is left" 'Is this authenticator yours?' 'Tablet'
not_now "and of nothing else" 'Pad'
keys F1
see "F1 says why" 'Keep one only if you know it'
keys Escape
wait_for 'Tablet'
keys Down Enter
see "it is kept, and home is open" 'My account' 'Sign out'
keys h
see "which is told" 'What happened' 'You signed in'
keys Escape
sign_out
KEY=$tablet
fresh
open alice
sign_in alice
enter_code "$(code)"
see "kept, its codes open again" 'My account'
sign_out
KEY=$strange
fresh
open alice
sign_in alice
enter_code "$(code)"
see "those of the thief's do not" 'That code is wrong.'
close
is "all of it is in the trail" "$(rows_of alice not-me ok) $(rows_of alice device-remove ok) $(
	rows_of alice device-keep ok)" '1 1 1'

# --- line by line -----------------------------------------------------------------------------------

KEY=$phone
fresh
line plain --plain
reads "line by line" 'User name: '
enter alice
reads "the password" 'Password: '
enter "$PASSWORD"
reads "the code" '6-digit code: '
enter "$(code)"
reads "home" '1 My account' 'Number: '
enter 1
reads "My account" 'What happened' 'Number: '
enter "$(written | grep -oE '[0-9]+ What happened' | tail -n 1 | cut -d' ' -f1)"
reads "sign-ins have numbers" '1 You signed in with' 'b to go back: '
enter 1
reads "one of them says that it was not hers" 'It was not me' 'Old password: '
enter "$PASSWORD"
reads "a new password" 'New password: '
enter 'a third sentence of hers'
reads "twice" 'Repeat password: '
enter 'a third sentence of hers'
reads "and a fresh code" '6-digit code'
fresh
enter "$(code)"
reads "another authenticator" 'Configure two-factor authentication' '6-digit code: '
KEY=$(written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tail -n 1 | tr -d ' ')
enter "$(code)"
reads "and codes" 'Recovery codes' 'Type yes when'
enter yes
reads "and My account again" 'Two-factor authentication is on.' 'Number: '
finish
