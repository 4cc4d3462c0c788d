#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whatever a key sends is understood, and what a terminal says without being asked is neither typed
# nor pressed: the number pad, Alt, keyboards in modes that other programs left on, answers that
# come while somebody types.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH
make_configured alice

# bytes HEX…: just these, from the terminal
bytes() {
	tm send-keys -t "=$TERMINAL:" -H "$@"
}

# sends TEXT: its bytes, with the escapes of printf
sends() {
	local hex

	hex=$(printf '%b' "$1" | od -An -v -tx1)
	# shellcheck disable=SC2086 # words
	bytes $hex
}

# to_code: the second door
to_code() {
	open console
	sign_in alice
	wait_for '6-digit code' '[ Sign in ]' || { dump; give_up "There is no second door."; }
}

# home WHAT: a test; the next code will be a fresh one
home() {
	see "$1" 'My account' 'Sign out'
	close
	clock_move 30
}

# --- the number pad ------------------------------------------------------------------------------

to_code
typed=$(code)
for digit in $(sed 's/./& /g' <<<"$typed"); do
	keys "KP$digit"
done
filled "the number pad types a code" "$typed"
keys KPEnter
home "and its Enter sends it"

to_code
typed=$(code)
for digit in $(sed 's/./& /g' <<<"$typed"); do
	sends "\eO$(tr 0-9 p-y <<<"$digit")"
done
filled "in application mode, too" "$typed"
sends '\eOM'
home "with its Enter"

# --- Alt -----------------------------------------------------------------------------------------

open console
wait_for 'User name'
type 'one two three'
keys M-b M-b
type X
filled "Alt-b goes back by words" 'one Xtwo three'
keys M-f
type Y
filled "Alt-f goes on by words" 'one XtwoY three'
keys M-BSpace
filled "Alt-Backspace clears the word before" 'one three'
keys C-a M-d
filled "Alt-d clears the word after" ' three'
keys C-e M-x M-q 'M-é' M-5 M-Enter
type Z
filled "another key with Alt does nothing" ' threeZ'
keys C-u
type 'one two'
wait_for 'one two'
keys C-a C-Right C-k
until_ok lacks two
ok $? "Ctrl and an arrow goes by words, ^K clears the rest" || dump
close
to_code
type 12
keys M-BSpace M-b M-x
type 345
filled "on the screen of a code Alt leaves nothing" 345
now "and that is where we are" '6-digit code'
close

# --- keyboards in other modes --------------------------------------------------------------------

# CHARACTER MODIFIERS: a key, as each of the two has it
csi_u() {
	sends "\\e[$(printf %d "$1");$2u"
}
other_key() {
	sends "\\e[27;$2;$(printf %d "$1")~"
}

for send in csi_u other_key; do
	to_code
	type 999
	"$send" "'u" 5
	typed=$(code)
	for digit in $(sed 's/./& /g' <<<"$typed"); do
		"$send" "'$digit" 1
	done
	filled "$send: ^U clears, digits are typed" "$typed"
	"$send" 27 1
	see "$send: Esc goes back" 'Password'
	"$send" "'c" 5
	ends "$send: ^C ends the console" 1
	given_back "$send: and the terminal is given back"
done

to_code
sends '\e[49;1:1u\e[49;1:3u\e[50u\e[50;1:3u\e[57402;129u\e[57402;129:3u'
filled "the kitty protocol: a key that is let go is no second one" 123
sends '\e[1089::99;5u'
ends "and ^C is ^C on a Cyrillic keyboard" 1

# --- what nobody asked for -----------------------------------------------------------------------

ANSWERS=('\e]11;rgb:ffff/ffff/ffff\e\\' '\e]11;rgb:0000/0000/0000\a' '\e[?64;1;2;6c' '\e[>41;379;0c'
	'\eP!|00000000\e\\' '\eP>|XTerm(379)\e\\' '\e[5;10R' '\e[?2026;2$y' '\e[I' '\e[O'
	'\e_Gi=31;OK\e\\' '\e^message\e\\' '\eP1$r0m\e\\' '\e[<0;3;4M' '\e[32;3;4M' '\e[M #$'
	'\e]52;c;cXVpdA==\a' '\e[?0u' '\e[8;24;80t')
RANDOM=${KEYS_SEED:-9}
said "KEYS_SEED=${KEYS_SEED:-9}"

# among TEXT: typed a letter at a time; before each an answer, often in two pieces
among() {
	local text=$1 answer hex cut

	while [ -n "$text" ]; do
		answer=${ANSWERS[RANDOM % ${#ANSWERS[@]}]}
		read -r -d '' -a hex < <(printf '%b' "$answer" | od -An -v -tx1)
		cut=$((RANDOM % ${#hex[@]}))
		# Not between an ESC and what follows: how long that takes here nobody knows.
		[ "$cut" -gt 1 ] && [ "${hex[cut - 1]}" != 1b ] || cut=0
		[ "$cut" -eq 0 ] || bytes "${hex[@]:0:cut}"
		bytes "${hex[@]:cut}"
		type "${text:0:1}"
		text=${text:1}
	done
}

open console
wait_for 'User name'
among alice
filled "answers are not typed into a name" alice
keys Enter
among "$PASSWORD"
keys Enter
see "nor into a password" '6-digit code'
typed=$(code)
among "$typed"
filled "nor into a code" "$typed"
now "and none leaves the screen" '6-digit code'
keys Enter
home "and it is the right one"

to_code
sends '\e[200~12\e]11;rgb:ffff/ffff/ffff\e\\34\e[201~5'
filled "an answer in a paste is not pasted" 12345
keys C-u
sends '\e[200~12\e]0;\e[201~'
type 34
filled "a paste that breaks off in a sequence has ended" 1234
keys Escape
see "so that keys are keys again" 'Password'
close

# --- digits --------------------------------------------------------------------------------------

to_code
typed=$(code)
type "$(sed 'y/0123456789/０１２３４５６７８９/' <<<"$typed")"
filled "full-width digits are digits" "$typed"
keys C-u
sends "\e[200~\u202a$(sed 'y/0123456789/٠١٢٣٤٥٦٧٨٩/' <<<"$typed")\u202c\u200e\r\n\e[201~"
filled "so are Arabic ones, with marks around them" "$typed"
keys Enter
home "and they are the right ones"
finish
