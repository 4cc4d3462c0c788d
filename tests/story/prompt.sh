#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A password that the command line asks for at a terminal: it is not seen, the terminal is given
# back, and there are three tries. And what it prints is printed whole, or that is told.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

FRESH='paper lantern harbour'

# asked TIMES WORDS: whether they stand on the screen so many times
asked() {
	words
	[ "$(grep -oF -- "$2" <<<"$WORDS" | wc -l)" -eq "$1" ]
}

make_state alice
person carol
pc settings set require-2fa no
open watching			# so that the keeper stays
wait_for '[ Sign in ]' || give_up "There is no first door."

# --- what is typed is not seen -----------------------------------------------------------

open typed user set-password carol
see "a password is asked for" 'Password:'
type "$FRESH"
keys Enter
see "and once more" 'Repeat password:'
not_now "it is not seen" "$FRESH"
type "$PASSWORD"
keys Enter
see "another one is refused" 'The two passwords differ.'
type "$FRESH"
keys Enter
ends "the same one is taken" 0
not_now "nothing of it was seen" "${FRESH:0:5}"
given_back "the terminal is given back"
open carol
sign_in carol "$FRESH"
see "it is the password from now on" 'Sign out'
sign_out

# --- three tries ----------------------------------------------------------------------------

open thrice user set-password carol
for n in 1 2 3; do
	until_ok asked $n 'Password:'
	ok $? "it is asked for, time $n" || dump
	type "short$n"
	keys Enter
done
ends "the third refusal is the last" 1
like "and says why" "$(errors)" 'at least 12 characters'
given_back "the terminal is given back"
open differ user set-password carol
see "a password is asked for" 'Password:'
type "$PASSWORD"
keys Enter
for n in 1 2 3; do
	until_ok asked $n 'Repeat password:'
	ok $? "it is to be repeated, time $n" || dump
	type "other password $n"
	keys Enter
done
ends "three times another one, and nothing is changed" 1
open carol
sign_in carol "$FRESH"
see "the password is as it was" 'Sign out'
sign_out

# --- whoever thinks better of it ---------------------------------------------------------

for key in C-c 'C-\'; do
	open leaving user set-password carol
	see "a password is asked for" 'Password:'
	type half
	keys "$key"
	until_ok ended
	ok $? "$key ends it" || dump
	given_back "the terminal is given back after $key"
done

# --- standard output that takes nothing, or not all -----------------------------------------

full=$(pc user list 2>&1 >/dev/full)
is "a list that is not written is a failure" $? 1
like "which is told" "$full" 'Not everything could be written'
full=$(pc user set-password carol --invite 2>&1 >/dev/full)
is "so is an invitation" $? 1
like "with the way to another" "$full" 'could not be written.*Make another one'
head -c 1014 /dev/zero >"$WORK/almost"
# Of 20 bytes the file takes ten.
full=$(ulimit -f 1; pc user set-password carol --invite 2>&1 >>"$WORK/almost")
is "one that is written in part is none" $? 1
like "and says so" "$full" 'could not be written.*Make another one'
finish
