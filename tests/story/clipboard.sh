#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Copying by OSC 52, read back from tmux's own buffer: on a key press
# only, the secret alone, and cleared by one blank.
. "${top_srcdir:-.}/tests/story/lib.sh"

need base64

BUFFER=

has_buffer() {
	BUFFER=$(tm show-buffer 2>/dev/null; printf x)
	BUFFER=${BUFFER%x}
	[ "$BUFFER" = "$1" ]
}

# copied WHAT TEXT: a test
copied() {
	until_ok has_buffer "$2"
	ok $? "$1" || said "the buffer: '$BUFFER', wanted: '$2'"
}

# How many OSC 52 the console has sent
sent() {
	grep -ao $'\e\\]52;' "$WORK/terminal.$TERMINAL/raw" | wc -l
}

# raw_has WHAT BYTES: a test, of what the console sent to its terminal
raw_has() {
	LC_ALL=C grep -qaF -- "$2" "$WORK/terminal.$TERMINAL/raw"
	ok $? "$1"
}

make_state
open first
tm set-option -s set-clipboard on
sign_in alice
see "the configuration is asked for" 'Choose an application' '[ Copy secret key to clipboard ]'
is "nothing is copied before a key is pressed" "$(sent)" 0
read_key

keys c
copied "c copies the secret key, and nothing but it" "$KEY"
see "and says what can be said of a terminal that does not tell" \
	'Sent to your terminal. If nothing' 'pastes, press k and select the key.'
raw_has "plain, in one piece, ended by BEL" $'\e]52;c;'"$(printf %s "$KEY" | base64 -w 0)"$'\a'

keys x
copied "x overwrites the clipboard with one blank" ' '
see "and says no more than that, to a terminal that does not tell" 'A blank was sent.' \
	'copy something'
keys Escape
wait_for 'User name' || give_up "Esc does not lead back."
ok 0 "then Esc leaves at once"
type "$PASSWORD"
keys Enter
read_key
keys Tab Tab Enter
copied "the button copies too" "$KEY"
keys x
copied "and can be cleared too" ' '

keys c
copied "and once more" "$KEY"
keys Escape
see "Esc after that says first that the key may still be there" 'The key may still be in' '[ Sign in ]'
keys BTab BTab
enter_code
read_codes
now "and so do the codes, without holding anybody up" 'The secret key may still be in' 'x Clear'
keys x
copied "where x overwrites it too" ' '
keys c
copied_codes() {
	BUFFER=$(tm show-buffer 2>/dev/null; printf x)
	BUFFER=${BUFFER%x}
	[[ $BUFFER != *$'\n'* ]] &&
		[ "$(tr ' ' '\n' <<<"$BUFFER" | sort)" = "$(printf '%s\n' "${CODES[@]}" | sort)" ]
}
until_ok copied_codes
ok $? "the ten recovery codes are copied with blanks between them and no line's end" ||
	said "$BUFFER"
close

# Behind a multiplexer that is known by its environment it is also wrapped for that.
EXTRA=(TMUX=/nowhere,1,0)
pc user add bob --password-stdin <<<"$PASSWORD"
open second
tm set-option -s set-clipboard on
sign_in bob
read_key
keys c
copied "with TMUX set it still arrives" "$KEY"
raw_has "and is sent wrapped as well" $'\ePtmux;\e\e]52;c;'"$(printf %s "$KEY" | base64 -w 0)"
keys x
see "then x names what tmux keeps" 'tmux delete-buffer -b'
keys v
see "and v what it makes of half blocks behind a client without UTF-8" 'attach with tmux -u'
keys c
copied "copied again" "$KEY"
keys Escape
see "Esc says so" 'The key may still be in'
keys Escape
see "and the second leaves" 'User name'
close

# A type that this host does not know, and none.
EXTRA=(TERM=xterm-foo)
open third
see "what was made of an unknown type is said" 'does not know the terminal type xterm-foo' \
	'treated as xterm-256color'
type a
gone "until something is typed" 'xterm-foo'
close
EXTRA=(TERM=)
open fourth
see "and what of none" 'TERM is empty, so your terminal is treated as vt100.'
close
EXTRA=()
finish
