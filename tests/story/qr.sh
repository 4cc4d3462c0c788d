#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The QR code is read back from the pixels of a real xterm: dark and light, large
# and small, with many colours and few. What was read then signs in: the code that
# validates the configuration is made from it.
. "${top_srcdir:-.}/tests/story/lib.sh"

need Xvfb xterm xdotool import zbarimg oathtool

. "${top_srcdir:-.}/tests/story/xterm.bash"

decided() {
	[ "$(pc user show "$1" --json | json "j['2fa']")" = "$2" ]
}

# story WHO WHAT GEOMETRY FOREGROUND BACKGROUND TERM
story() {
	pc user add "$1" --password-stdin <<<"$PASSWORD"
	xterm_open "$3" "$4" "$5" "$6"
	to_the_qr_code "$1"
	ok $? "$2: a scanner reads the QR code off the screen" || { xterm_close; return; }
	like "$2: it is the key URI of $1" "$URI" \
		"^otpauth://totp/(ProVconnect:)?${1/@/%40}\?secret=[A-Z2-7]{32}&issuer=ProVconnect\$"
	KEY=$(sed -E 's/.*secret=([A-Z2-7]+).*/\1/' <<<"$URI")
	write "$(code)"
	press Return
	until_ok decided "$1" true
	ok $? "$2: a code made from what was read configures"
	until_ok no_code_seen
	ok $? "$2: and the QR code is gone from the screen"
	xterm_close
}

start_x
make_state
story dark 'dark, 80x24, 256 colours' 80x24 white black xterm-256color
story light 'light, 80x24, 256 colours' 80x24 black white xterm-256color
story few 'dark, 80x24, 8 colours' 80x24 white black xterm
story small 'light, 60x20, 256 colours' 60x20 black white xterm-256color
story wide 'solarized, 132x50, 256 colours' 132x50 '#839496' '#002b36' xterm-256color

# A long name, where lines stand apart: little light around the code, and a seam in each row.
XTERM_OPTIONS=(-xrm '*scaleHeight: 1.2')
story claire.of.second@operator.org 'a name of 29 letters' 80x24 white black xterm-256color
XTERM_OPTIONS=()

# The other drawings, for readers and fonts that want them: v goes round.
pc user add other --password-stdin <<<"$PASSWORD"
xterm_open 132x50 white black xterm-256color
to_the_qr_code other
ok $? "half blocks are read"
FIRST=$URI
next_drawing && until_ok same
ok $? "large, it is the same"
next_drawing && until_ok same -Stest-inverted
ok $? "inverted, it is the same for a reader that tries the inverse"
until_ok no_code_seen
ok $? "and nothing for one that does not"
next_drawing && until_ok same
ok $? "in the terminal's own colours, it is the same"
xterm_close
finish
