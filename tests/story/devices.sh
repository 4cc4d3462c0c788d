#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One's authenticators: a new phone while two factors are mandatory, a lost one, a second one; and
# what becomes of whoever still has the old one.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_configured alice
KEYS[alice]=$KEY
saved=("${CODES[@]}")

# names NAME: of a person's authenticators, as the host sees them
names() {
	pc user device list "$1" --json | json "', '.join(d['name'] for d in j)"
}

# pressed KEY…: one by one, and counted
PRESSED=0
pressed() {
	local key

	for key; do
		keys "$key"
		PRESSED=$((PRESSED + 1))
	done
}

# pressed_code CODE: its digits and Enter
pressed_code() {
	type "$1"
	keys Enter
	PRESSED=$((PRESSED + ${#1} + 1))
}

# --- a new phone, while two factors are mandatory ----------------------------------------------

fresh
inside alice other
fresh
inside alice
fresh
pressed Enter
see "My account lists the authenticator" 'Authenticator since today' 'since today' 'last used today' \
	'Add an authenticator' 'New recovery codes' '10 recovery codes left'
pressed Enter
see "one of them is renamed or replaced" 'Rename' 'Replace' 'by another one, on a new phone'
not_now "the only one that is required is not removed" 'Remove'
pressed Down Enter
see "replacing is asked about" 'Replace Authenticator?' 'The old one works until' '[ Replace ]'
old=$KEY
pressed_code "$(code)"
see "the key of the new one is shown" 'Replace an authenticator' '[ Activate ]'
read_key
unlike "which is another" "$KEY" "$old"
is "and the old one is still there" "$(names alice)" Authenticator
pressed_code "$(wrong_code)"
see "a wrong code is none" 'That code is wrong.'
is "it keeps the old one" "$(KEY=$old; pc user show alice --json | json "j['devices']")" 1
PRESSED=$((PRESSED - 7))
pressed_code "$(code)"
see "the new one's code takes its place" 'Authenticator was replaced.' \
	'Now delete the old ProVconnect entry from your application.'
is "in so many keys from home" "$PRESSED" 18
is "two factors were never off" "$(factors alice)" 'on 1 10'
is "in the trail" "$(rows_of alice device-replace ok)" 1
use other
ends "the other session has ended" 1
like "with the reason" "$(errors)" 'Your two-factor authentication was changed in another session'
use alice
keys Escape
see "the one that did it goes on" 'Sign out'
sign_out
fresh
open console
sign_in alice
new=$KEY KEY=$old
enter_code "$(code)"
see "the old one's codes are wrong" 'That code is wrong.'
KEY=$new
enter_code "$(code)"
see "the new one's are right" 'My account'
is "the trail tells which one it was" "$(pc audit list --json | json "[r['detail'] for r in j
	if r['action'] == 'code' and r['result'] == 'ok'][-1]")" 'with Authenticator'
sign_out
KEYS[alice]=$KEY

# --- a second one ---------------------------------------------------------------------------------

fresh
inside alice
pick 'My account'
pick 'Add an authenticator'
see "one more is named first" 'Authenticator 2' '[ Continue ]'
answer 'authenticator'
see "it is asked for by a code" 'Add authenticator?' '[ Show the key ]'
fresh
answer "$(code)"
see "a name that one has is refused" 'You have an authenticator of that name.'
keys C-u
type 'Tablet in the safe'
keys Enter
wait_for '[ Show the key ]'
keys Escape
gone "Esc goes back to the name" '[ Show the key ]'
is "and nothing was made" "$(names alice)" Authenticator
keys Enter
wait_for '[ Show the key ]'
answer "$(code)"
see "a good code shows the key" 'Add an authenticator' '[ Activate ]'
first=$KEY
read_key
enter_code
see "and its code adds it" 'Tablet in the safe was added.' 'Tablet in the safe' '10 recovery codes left'
is "the host sees both" "$(names alice)" 'Authenticator, Tablet in the safe'
KEYS[alice]=$KEY
keys Escape
sign_out
fresh
inside alice
see "either opens the console" 'two-factor authentication on'
is "and the trail tells that it was this one" "$(pc audit list --json | json "[r['detail'] for r in j
	if r['action'] == 'code' and r['result'] == 'ok'][-1]")" 'with Tablet in the safe'

pick 'My account'
pick 'Tablet in the safe'
pick Rename
wait_for '[ Save ]'
answer $'Work phone'
see "it gets another name" 'Saved.' 'Work phone'
is "at once" "$(names alice)" 'Authenticator, Work phone'
wait_for Remove
pick Remove
see "removing asks" 'Remove Work phone?' 'your other sessions end'
fresh
answer "$(code)"
see "and says what is left to do" 'Now delete the old ProVconnect entry' 'Add an authenticator'
is "one is left" "$(names alice)" Authenticator
is "in the trail" "$(rows_of alice device-remove ok)" 1
KEY=$first KEYS[alice]=$first
keys Escape
sign_out

# --- the keeper dies while the new key is on the screen ------------------------------------------

fresh
inside alice
pick 'My account'
pick Authenticator
pick Replace
fresh
wait_for '[ Replace ]'
answer "$(code)"
read_key
kill_keeper
ends "a keeper that is killed before the code ends the console" 1
KEY=$first
is "the old one is still there" "$(names alice)" Authenticator
fresh
inside alice
see "and works" 'two-factor authentication on, 10 recovery codes left'
sign_out

# --- a lost phone ----------------------------------------------------------------------------------

open console
sign_in alice
wait_for 'Use a recovery code'
keys r
wait_for 'Enter one of the recovery codes'
type "${saved[0]}"
keys Enter
see "after a recovery code home offers a new authenticator first" \
	'You signed in with a recovery code. 9 are left.' '› Replace your authenticator'
PRESSED=0
pressed Enter
see "and shows its key: the recovery code was proof enough" 'Replace an authenticator' '[ Activate ]'
keys Escape
see "Esc goes back, and nothing has changed" '› Replace your authenticator'
keys Enter
wait_for 'Replace an authenticator'
read_key
pressed_code "$(code)"
see "its code takes the place of the lost one" 'Authenticator was replaced.' '› My account'
not_now "which is not offered any more" 'Replace your authenticator'
is "in so many keys" "$PRESSED" 8
KEYS[alice]=$KEY
pick 'My account'
pick Authenticator
pick Replace
see "a second time a code is asked for" 'Replace Authenticator?' '6-digit code'
keys Escape
keys Escape
keys Escape
wait_for 'Sign out'
sign_out
finish
