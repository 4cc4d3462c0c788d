#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every screen at three sizes, and resized while it stands there; a way in and out at others, in every
# language; and one story in French.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH

# Another of the three sizes
other() {
	case $1 in 80x24) echo 60x20 ;; 60x20) echo 132x50 ;; *) echo 80x24 ;; esac
}

of_size() {
	[ "$(tm display-message -p -t "=$TERMINAL:" '#{pane_width}x#{pane_height}')" = "$1" ]
}

# The last line of the screen is the key bar, whatever the size.
has_bar() {
	local lines

	mapfile -t lines <<<"$(screen)"
	[[ ${lines[${1#*x} - 1]-} == *"$2"* ]]
}

# stand WHAT BAR WORDS…: a test: the words are there at this
# size, at another one, and at this one again
stand() {
	local size

	for size in "$SIZE" "$(other "$SIZE")" "$SIZE"; do
		of_size "$size" || { resize "$size"; until_ok of_size "$size"; }
		wait_for "${@:3}" && { [ "$2" = - ] || until_ok has_bar "$size" "$2"; } && continue
		ok 1 "$SIZE: $1"
		said "at $size; wanted: ${*:3}; in the last line: $2"
		dump
		return
	done
	ok 0 "$SIZE: $1"
}

for SIZE in 80x24 60x20 132x50; do
	STATE=$WORK/state.$SIZE
	open console
	stand "first run" 'F1 Help' 'Create the first Super Administrator' 'User name' 'Password' \
		'Repeat password' '[ Create ]'
	type alice
	keys Enter
	type "$PASSWORD"
	keys Enter
	type "$PASSWORD"
	keys Enter
	stand "configure" - '6-digit code' '[ Sign in ]' 'F1 Help' 'Esc Back'
	type 12
	filled "$SIZE: what was typed survives" 12
	keys C-u
	keys k
	stand "the key" 'F1 Help' 'Type: time-based' 'Account ProVconnect: alice' '6-digit code' \
		'[ Copy secret key to clipboard ]'
	keys k
	wait_gone 'Type: time-based'
	read_key
	enter_code
	stand "recovery codes" 'F1 Help' '[ I have saved these codes ]'
	read_codes
	is "$SIZE: all ten are seen" "${#CODES[@]}" 10
	save_codes
	stand "home" 'F1 Help' 'This is your first sign-in.' 'My account' 'Sign out'
	keys Enter
	stand "my account" 'Esc Back' 'Two-factor authentication is on.'
	keys F1
	stand "help" 'Esc Back' 'Redraws the screen.'
	keys Escape
	keys Escape
	wait_for 'This is your first'
	sign_out
	given_back "$SIZE: the terminal is as it was"

	invitation=$(pc user add bob 2>/dev/null)
	open console
	stand "sign in" 'F1 Help' 'User name' 'Password' '[ Sign in ]'
	sign_in alice
	stand "code" 'F1 Help' '6-digit code' 'new code in' '[ Sign in ]' '[ Use a recovery code ]'
	enter_code "$(wrong_code)"
	wait_for 'That code is wrong.'
	keys y
	stand "resynchronise" 'F1 Help' 'First code' 'Next code' '[ Sign in ]'
	keys Escape
	wait_for 'Use a recovery code'
	keys r
	stand "recovery code" 'F1 Help' 'Recovery code' '[ Sign in ]' \
		'provconsole user reset-2fa NAME --reason TEXT'
	open console
	sign_in bob "$invitation"
	stand "new password" 'F1 Help' 'Choose a new password' 'New password' 'Repeat password' \
		'[ Save ]'
	close
	stop_keeper
done

# --- sizes that people have without wanting them, in every language -----------------------------
# 80x23: a terminal of 80x24 with a status line. The words are cut there, but never the keys.

# t TEXT: what it is in $LANGUAGE_NOW
t() {
	TEXTDOMAINDIR=$top_builddir/translations LC_ALL=C.UTF-8 LANGUAGE=$LANGUAGE_NOW \
		gettext provconsole "$1"
}

# does KEY LABEL: what the key bar says of it; where it is narrowest, the key alone
does() {
	case $SIZE in
	20x5) t "$1" ;;
	*) echo "$(t "$1") $(t "$2")" ;;
	esac
}

# bar WHAT WORDS…: a test: they are in the last line
bar() {
	local word

	for word in "${@:2}"; do
		until_ok has_bar "$SIZE" "$word" && continue
		ok 1 "$LANGUAGE_NOW, $SIZE: $1"
		said "wanted in the last line: $word"
		dump
		return
	done
	ok 0 "$LANGUAGE_NOW, $SIZE: $1"
}

languages=$(sed 's/#.*//' "$top_srcdir/po/LINGUAS")
for LANGUAGE_NOW in en $languages; do
	EXTRA=(LANGUAGE="$LANGUAGE_NOW")
	for SIZE in 80x23 40x12 20x5; do
		clock_move 60
		open console
		bar "sign in says how to go on" "$(t Enter)" F1 "$(t Esc)"
		type alice
		keys Enter
		type "$PASSWORD"
		wait_for '***'
		keys Enter
		wait_gone '***'
		bar "and so does the code" "$(t Enter)" F1 "$(t Esc)"
		type "$(code)"
		keys Enter
		wait_for "$(t 'My account')"
		bar "and home, with what it does" "$(does Enter Open)" F1
		keys F1
		bar "the help leads back" "$(does Esc Back)"
		keys Escape
		bar "to where one was" "$(does Enter Open)" F1
		keys C-c
		ends "$LANGUAGE_NOW, $SIZE: and out" 0
	done
done
EXTRA=()
stop_keeper

# --- a QR code where it fits, and the key where it does not -------------------------------------

qr_rows() {
	screen | grep -c '▄'
}

qr_is_there() {
	[ "$(qr_rows)" -ge 15 ]
}

no_qr() {
	[ "$(qr_rows)" -eq 0 ]
}

SIZE=80x24
STATE=$WORK/state.qr
make_state alice
open console
sign_in alice
wait_for '2 Add an account'
until_ok qr_is_there
ok $? "80x24 has a QR code"
resize 60x20
wait_gone '2 Add an account'
until_ok qr_is_there
ok $? "60x20 has one, with the field beside it" || dump
now "and the field" '6-digit code'
resize 50x12
see "50x12 has none, and says what it needs" 'A QR code needs' '50 and 12'
until_ok no_qr
ok $? "and draws none"
resize 80x24
see "back at 80x24 all four steps are there" '1 Choose an application' \
	'4 Validate the configuration'
until_ok qr_is_there
ok $? "and the QR code" || dump
close

# --- another language -----------------------------------------------------------

EXTRA=(LANGUAGE=fr)
open console
see "in French" "Nom d'utilisateur" 'Mot de passe'
type alice
keys Enter
type 'faux, tout faux'
keys Enter
see "the sentences too" "$(sed -n '/^msgid "User name or password is wrong."$/{n;s/^msgstr "\(.*\)"$/\1/p}' "$top_srcdir/po/fr.po")"
not_now "and nothing else" 'User name'
keys C-c
ends "and out" 1
like "the command line too" "$(pc user list)" '^NOM'
EXTRA=(LANGUAGE=xx:fr)
open console
see "the next language where one is missing" "Nom d'utilisateur"
EXTRA=(LANGUAGE=xx)
open console
see "English where there is none" 'User name'

# --- where there is no UTF-8, or no type of terminal ---------------------------------------------

EXTRA=(LC_ALL=C LANG=C)
open console
sign_in alice
wait_for '2 Add an account'
until_ok qr_is_there
ok $? "without a UTF-8 locale the QR code is drawn all the same" || dump
for type in xterm-ghostty no-such-terminal vt100; do
	EXTRA=(TERM=$type)
	open console
	sign_in alice
	see "TERM=$type: it goes on" '6-digit code' '[ Sign in ]'
	keys C-c
	until_ok ended
done
finish
