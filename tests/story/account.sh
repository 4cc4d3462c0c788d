#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# My account: what one may do about one's own two factors, codes
# and password, each after a fresh proof.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person alice
enrolled alice
saved=("${CODES[@]}")
fresh

# --- where it is mandatory ---------------------------------------------------------------

inside alice
keys Enter
see "My account says in words what is" 'Two-factor authentication is on.' '10 recovery codes left' \
	'New recovery codes' 'Change password'
now "with the authenticator" 'Authenticator since today' "since today" "last used today"
now "and why it cannot be deactivated" 'Required for all users: it cannot be deactivated.'
not_now "nor is that offered" 'Deactivate'
not_now "nor is configuring" 'Configure'

# --- new recovery codes --------------------------------------------------------------------

pick 'New recovery codes'
see "new recovery codes are asked about" 'Make ten new recovery codes?' '6-digit code' \
	'[ Make new codes ]' '[ Cancel ]'
see "the code of the sign-in is spent: it counts down to the next" 'next code in 27 s'
clock_move 4
see "second by second" 'next code in 23 s'
keys Enter
see "no code is no proof" 'A code has 6 digits.'
answer 12345
see "nor are five digits" 'A code has 6 digits.'
answer "$(code)"
see "nor is the spent one" 'That code is already used. Next code in 23 s.'
answer "$(wrong_code)"
see "nor is a wrong one" 'That code is wrong.'
keys Escape
see "Esc changes nothing" 'Two-factor authentication is on.' '10 recovery codes left'
pick 'New recovery codes'
wait_for '[ Cancel ]'
keys Tab Tab Enter
gone "nor does Cancel" '[ Cancel ]'
is "none of this was a proof" "$(rows_of alice renew-codes ok)" 0
is "what was wrong is in the trail" "$(rows_of alice renew-codes wrong)" 1
fresh
pick 'New recovery codes'
see "the next code is not spent" 'new code in'
answer "$(code)"
read_codes
see "it opens the new recovery codes" '[ I have saved these codes ]'
is "which are ten, and none of the old" "$(printf '%s\n' "${saved[@]}" "${CODES[@]}" | sort -u |
	wc -l)" 20
keys Enter
keys Enter
see "they lead back to My account" 'Two-factor authentication is on.' '10 recovery codes left'
is "in the trail once" "$(rows_of alice renew-codes ok)" 1
pick 'New recovery codes'
by_recovery "a recovery code is a proof too"
answer 'ABCD-EFGH'
see "a whole one" '16 letters and digits'
answer "${saved[0]}"
see "an old one is none any more" 'That recovery code is wrong.'
answer "${CODES[0]}"
read_codes
keys Enter
keys Enter
see "a new one is" 'Two-factor authentication is on.' '10 recovery codes left'

# --- another password -----------------------------------------------------------------------

fresh
inside alice other
use alice
keys Escape
wait_for 'Sign out'
pick 'My account'
pick 'Change password'
see "a password is changed with the old one and a code" 'Old password' 'New password' \
	'Repeat password' '6-digit code' '[ Save ]'

# change OLD NEW REPEAT CODE: all fields, and Enter; an empty one is left as it is
change() {
	local field

	for field; do
		[ -z "$field" ] || { keys C-u; type "$field"; }
		keys Tab
	done
	keys Enter
}

# From any field to the first: Esc leaves, and opened anew all is empty.
anew() {
	keys Escape
	wait_for 'Two-factor authentication is'
	pick 'Change password'
	wait_for 'Old password'
}

new='another sentence of hers'
see "it counts down to a code that is not spent" 'next code in'
change 'not the old password' "$new" "$new" "$(code 1)"
see "a wrong old password is told" 'That password is wrong.'
anew
change "$PASSWORD" "$new" "$new and more" "$(code 1)"
see "two that differ are told" 'The two passwords differ.'
anew
change "$PASSWORD" 'too short' 'too short' "$(code 1)"
see "so is a short one" 'at least 12 characters'
anew
change "$PASSWORD" password1234 password1234 "$(code 1)"
see "one of the commonest" 'one of the commonest'
anew
change "$PASSWORD" "$PASSWORD" "$PASSWORD" "$(code 1)"
see "and the one in use" 'That is the password in use.'
anew
change "$PASSWORD" "$new" "$new" "$(code)"
see "a spent code is" 'That code is already used.'
anew
change "$PASSWORD" "$new" "$new" "$(wrong_code)"
see "a wrong one too" 'That code is wrong.'
is "so far nothing was changed" "$(rows_of alice change-password ok)" 0
fresh
anew
change "$PASSWORD" "$new" "$new" "$(code)"
see "with the old one and a fresh code it is" \
	'Your password was changed. Your other sessions have ended.'
is "which the trail tells" "$(rows_of alice change-password ok)" 1
unlike "without either password" "$(pc audit list --json)" "$PASSWORD|$new"
use other
ends "her other session has ended" 1
like "with the reason" "$(errors)" 'Your password was changed in another session'
open other
sign_in alice
see "the old password is wrong now" 'User name or password is wrong.'
PASSWORD=$new
close

# --- where it is optional ---------------------------------------------------------------------

pc settings set require-2fa no
use alice
see "where it is optional, deactivating is offered" 'Deactivate'
not_now "and the sentence why not is gone" 'Required for all users'
pick Deactivate
see "it is asked about" 'Deactivate your two-factor authentication?' '[ Deactivate ]' '[ Cancel ]'
answer "$(code)"
see "a spent code does not do it" 'That code is already used.'
answer "$(wrong_code)"
see "a wrong one does not" 'That code is wrong.'
fresh
pc settings set require-2fa yes
answer "$(code)"
see "nor does a good one if it became mandatory meanwhile" \
	'Required for all users: it cannot be deactivated.'
is "all is as it was" "$(factors alice)" "on 1 10"
pc settings set require-2fa no
wait_for Deactivate
fresh
inside alice other
use alice
pick Deactivate
fresh
answer "$(code)"
see "with a good code it is deactivated" 'Two-factor authentication is off.'
now "and it is said what is left to do" 'Now delete the old ProVconnect entry from your application.'
is "key and recovery codes went together" "$(factors alice)" "off 0 0"
is "with their row in the trail" "$(rows_of alice deactivate ok)" 1
now "configuring is offered instead" 'Configure'
not_now "recovery codes are not" 'recovery code'
use other
ends "her other session has ended" 1
unset "KEYS[alice]"
inside alice other
now "the next one opens with the password alone" 'off: Enter to configure'
close

# --- without two factors -------------------------------------------------------------------------

use alice
pick 'Change password'
wait_for 'Old password'
not_now "without two factors no code is asked" '6-digit code'
change 'not the old password' 'a third sentence of hers' 'a third sentence of hers'
see "the old password is" 'That password is wrong.'
keys Escape
pick Configure
see "configuring asks for the password" '[ Configure ]' '[ Cancel ]'
answer 'not the password'
see "the right one" 'That password is wrong.'
answer "$PASSWORD"
see "configuring is as at the sign-in, but for the button" '1 Choose an application' '[ Activate ]'
old=$KEY
read_key
[ "$KEY" != "$old" ]
ok $? "with a new key"
enter_code
read_codes
keys Enter
keys Enter
see "and comes back here" 'Two-factor authentication is on.' '10 recovery codes left'
keys Escape
see "Esc leads home" 'Sign out'
sign_out
ends "and out" 0
finish
