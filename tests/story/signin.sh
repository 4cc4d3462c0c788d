#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two doors: a password and a code, what is said of wrong ones, and what the keys do.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH
make_configured alice
pc user add carol --password-stdin <<<"$PASSWORD"
pc user disable carol

# after NAME PASSWORD: the whole screen, attributes too, after a refused sign-in; the name replaced
after() {
	open "$1"
	sign_in "$1" "$2"
	wait_for 'is wrong.'
	tm capture-pane -e -p -t "=$TERMINAL:" | sed "s/$1/NAME/"
	close
}

# --- the first door -----------------------------------------------------------------------

wrong=$(after alice 'a wrong password')
like "a wrong password is refused" "$wrong" 'User name or password is wrong\.'
is "an unknown name looks the same" "$(after nobod "$PASSWORD")" "$wrong"
is "a disabled one looks the same, with its right password too" "$(after carol "$PASSWORD")" \
	"$wrong"
is "nobody has signed in by this" "$(rows sign-in ok)" 1

open blanks
sign_in ' alice  ' "$PASSWORD"
see "blanks around a name are not part of it" 'Two-factor authentication' '6-digit code'
close

open console
see "the console says where one is" "ProVconnect · $(hostname)" '[ Sign in ]'
keys Enter
type "$PASSWORD"
keys Enter Enter
see "an empty name is not sent" 'A user name is missing'
type ALICE
keys Enter
see "the password opens the second door" 'Two-factor authentication' '6-digit code' '[ Sign in ]' \
	'[ Use a recovery code ]'
now "which tells how long the code is good" 'new code in 27 s'
now "and the name as it is stored" 'alice'

# --- the code field ---------------------------------------------------------------------------

clock_move 5
see "the seconds go by" 'new code in 22 s'
not_now "resynchronising is not offered yet" 'Resynchronise'
type 12345
keys Enter
see "five digits are no code" 'A code has 6 digits.'
keys C-u Enter
see "none are no code" 'A code has 6 digits.'
is "neither was sent" "$(rows code wrong)" 0
keys R
see "letters are shortcuts, small or not" 'Use a recovery code' 'Recovery code' 'reset-2fa'
keys Escape
see "Esc goes back to the code" 'new code in'
keys '?'
see "so is the question mark" 'Help' 'Goes back to name and password.'
keys Escape
see "and back" 'new code in'
printf 'r 12a3 4-56\n' >"$WORK/paste"
paste_file "$WORK/paste" -p
filled "a paste is cleaned" 123456
now "presses no key" '[ Use a recovery code ]'
is "and submits nothing" "$(rows code wrong)" 0
keys C-u

# --- wrong, right, replayed ----------------------------------------------------------------

enter_code "$(wrong_code)"
see "a wrong code is told, and when the next comes" 'That code is wrong. New code in 22 s.'
see "then resynchronising is offered" 'y Resynchronise'
keys Escape
see "Esc goes back to the first door" 'User name' 'Password'
filled "and keeps the name" alice
type "$PASSWORD"
keys Enter
see "the password alone is asked then" '6-digit code'
used=$(code)
printf '%s %s\n' "${used:0:3}" "${used:3}" >"$WORK/paste"
paste_file "$WORK/paste" -p
filled "a code is pasted as applications show it" "$used"
keys Enter
see "and is good" 'My account' 'Sign out'
now "home says what was wrong since" 'attempts since'
keys End Enter
ends "and out" 0

FROM='192.0.2.7 5022 192.0.2.1 22'
open console
sign_in alice
enter_code "$used"
see "one code is one sign-in" 'That code is already used. Next code in 22 s.'
clock_move 22
enter_code "$(code)"
see "the next one is good" 'My account'
now "home says from where it was" ', local'
sign_out
clock_move 30
open console
sign_in alice
enter_code "$(code)"
see "the address of the line is kept" 'from 192.0.2.7' 'no failed attempts since'
sign_out

# --- a phone whose clock is wrong -------------------------------------------------------------

clock_move 30
open console
sign_in alice
enter_code "$(code 8)"
see "a code of another time is wrong" 'That code is wrong.'
keys y
see "two in a row are asked for" 'First code' 'Next code'
type "$(code 9)"
keys Enter
type "$(code 11)"
keys Enter
see "others are refused" 'These are not two codes in a row.'
type "$(code 9)"
keys Enter
type "$(code 10)"
keys Enter
see "they are the sign-in, and tell how far it is off" 'My account' \
	"Your phone's clock is 5 min ahead"
sign_out
open console
sign_in alice
enter_code "$(code 10)"
see "both are spent" 'already used'
clock_move 30
enter_code "$(code 10)"
see "from then on this phone's codes are good" 'My account'
sign_out

# --- several at once ---------------------------------------------------------------------------

clock_move 60
FROM=
open one
sign_in alice
wait_for '6-digit code'
open two
sign_in alice
wait_for '6-digit code'
enter_code "$(code 10)"
see "two consoles and one code: the first is in" 'My account'
use one
enter_code "$(code 10)"
see "the second is not" 'already used'
use two
pc user add eve --role super-administrator --password-stdin <<<"$PASSWORD"
pc user disable alice
ends "a person who is disabled is out at once" 1
like "and reads why" "$(errors)" 'Your account was disabled, so this session has ended'
given_back "the terminal is as it was"
use one
ends "at the second door too" 1
finish
