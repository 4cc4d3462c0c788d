#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the colours of a terminal do to the QR code and to what stands beside it, from the pixels of
# an xterm: values instead of numbers, no colours, and palettes that themes have turned round.
. "${top_srcdir:-.}/tests/story/lib.sh"

need Xvfb xterm xdotool import convert zbarimg tic

. "${top_srcdir:-.}/tests/story/xterm.bash"

# Types that not every host describes. A number is a value from 8 on (as in ncurses' xterm+direct);
# 16 colours (as aixterm has them).
types() {
	cat <<'END'
direct|a number is a value,
	RGB, ccc@, initc@, colors#0x1000000, pairs#0x7FFF,
	setaf=\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
	setab=\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
	use=xterm-256color,
sixteen|sixteen colours,
	ccc@, initc@, colors#16, pairs#256,
	setaf=\E[%?%p1%{8}%<%t%p1%{30}%+%e%p1%{82}%+%;%dm,
	setab=\E[%?%p1%{8}%<%t%p1%{40}%+%e%p1%{92}%+%;%dm,
	use=xterm-256color,
END
}

# A person each, for whom the QR code is still to come.
COUNT=0
person() {
	COUNT=$((COUNT + 1))
	WHO=person$COUNT
	pc user add "$WHO" --password-stdin <<<"$PASSWORD"
}

# colours: all that are on the screen, #RRGGBB
colours() {
	look
	convert "$SHOT" -depth 8 -unique-colors txt:- | grep -oE '#[0-9A-F]{6}'
}

has() {
	colours | grep -qx "$1"
}

only_greys() {
	! colours | grep -qvxE '#(..)\1\1'
}

# at X Y COLOUR
at() {
	look
	[ "$(convert "$SHOT" -depth 8 -crop "1x1+$1+$2" +repage txt:- |
		grep -oE '#[0-9A-F]{6}')" = "$3" ]
}

# sign_in WHO PASSWORD: from the first door
sign_in() {
	write "$1"
	press Return
	write "$2"
	press Return
}

start_x
make_state
types >"$WORK/types" && tic -x -o "$WORK/terminfo" "$WORK/types" 2>/dev/null ||
	give_up "tic makes no terminal types."
EXTRA=("TERMINFO=$WORK/terminfo")

# --- values instead of numbers -------------------------------------------------------

for ground in black white; do
	ink=$([ $ground = black ] && echo white || echo black)
	person
	xterm_open 80x24 $ink $ground direct
	until_ok has '#0087FF'
	ok $? "direct, $ground: the focus is seen"
	sign_in "$WHO" wrong
	until_ok has '#DC2020'
	ok $? "direct, $ground: what is wrong is seen"
	write "$PASSWORD"
	press Return
	until_ok scan
	ok $? "direct, $ground: a scanner reads the QR code"
	at 5 5 '#FFFFFF' && ! has '#0000E7'
	ok $? "direct, $ground: it is black on white"
	xterm_close
done

# --- no colours -----------------------------------------------------------------------

EXTRA=(NO_COLOR=1)
for ground in '#FFFFFF' '#000000'; do
	ink=$([ "$ground" = '#000000' ] && echo white || echo black)
	person
	xterm_open 80x24 $ink "$ground" xterm-256color
	sign_in "$WHO" wrong
	until_ok at 300 150 "$ground" && only_greys
	ok $? "NO_COLOR, $ground: the terminal's own two colours, and no other"
	write "$PASSWORD"
	press Return
	until_ok scan
	ok $? "NO_COLOR, $ground: a scanner reads the QR code"
	only_greys && at 560 400 "$ground"
	ok $? "NO_COLOR, $ground: what is beside it has the terminal's own colours"
	xterm_close
done

# --- palettes ---------------------------------------------------------------------------

# palette WHAT TERM: black and white have changed places. One that tells it is asked with the first
# Enter, and gets a first drawing that is read; for one that does not `v` goes round.
palette() {
	XTERM_OPTIONS=("${SWAPPED[@]}")
	person
	xterm_open 80x24 white black "$2"
	sign_in "$WHO" "$PASSWORD"
	until_ok scan
	ok $? "$1: the first drawing is read, for the terminal told"
	next_drawing && until_ok scan -Stest-inverted
	ok $? "$1: inverted, it is there"
	no_code_seen
	ok $? "$1: and cannot be read by a scanner that wants black on white"
	xterm_close
	XTERM_OPTIONS+=("${SILENT[@]}")
	person
	xterm_open 80x24 white black "$2"
	sign_in "$WHO" "$PASSWORD"
	until_ok scan -Stest-inverted
	ok $? "$1, not told: the first drawing is there"
	no_code_seen
	ok $? "$1, not told: and cannot be read by a scanner that wants black on white"
	next_drawing && until_ok scan
	ok $? "$1, not told: inverted, it is read"
	next_drawing && until_ok scan
	ok $? "$1, not told: in the terminal's own colours, it is read"
	xterm_close
}

SWAPPED=(-xrm '*color0: #f0f0e8' -xrm '*color7: #181820' -xrm '*color15: #181820')
SILENT=(-xrm '*allowColorOps: false' -xrm '*disallowedColorOps: GetColor,GetAnsiColor')
palette '8 colours, 0 and 7 swapped' xterm
EXTRA=("TERMINFO=$WORK/terminfo")
palette '16 colours, 0 and 15 swapped' sixteen
EXTRA=()

# alike: as base16's shell scripts do it, 16 is an orange. Here 231 is the same.
alike() {
	person
	xterm_run 80x24 white black xterm-256color \
		sh -c 'printf "\033]4;16;#dc9656;231;#dc9656\007"; exec "$@"' sh \
		"$PROVCONSOLE" --state "$STATE"
	sign_in "$WHO" "$PASSWORD"
}

XTERM_OPTIONS=()
alike
until_ok scan
ok $? "256 colours, 16 and 231 alike: the first drawing is read, in the terminal's own colours"
next_drawing && until_ok scan -Stest-inverted && no_code_seen
ok $? "256 colours, 16 and 231 alike: inverted, it is there"
next_drawing && until_ok has '#DC9656' && no_code_seen
ok $? "256 colours, 16 and 231 alike: the palette's colours are among the drawings"
xterm_close
XTERM_OPTIONS=("${SILENT[@]}")
alike
until_ok has '#DC9656'
no_code_seen
ok $? "256 colours, 16 and 231 alike, not told: the first drawing cannot be read"
press v	# inverted: the same nothing
next_drawing && until_ok scan
ok $? "256 colours, 16 and 231 alike, not told: in the terminal's own colours, it is read"
xterm_close

inverted_alone() {
	scan -Stest-inverted && no_code_seen
}

# lied LIES V WHAT SEEN…: a terminal that lies costs V turns of `v`, and types nothing
lied() {
	local turn

	person
	xterm_run 80x24 white black xterm-256color "$PYTHON" "$top_srcdir/tests/story/liar.py" "$1" \
		"$PROVCONSOLE" --state "$STATE"
	sign_in "$WHO" "$PASSWORD"
	until_ok "${@:4}"
	ok $? "it lies, $3: the QR code is drawn"
	for ((turn = 0; turn < $2; turn++)); do
		next_drawing || break
	done
	until_ok scan
	ok $? "it lies, $3: it is read after v, $2 times"
	xterm_close
}

# (Large has no room here: half blocks, inverted, and the others.)
XTERM_OPTIONS=()
lied '16=ff/ff/ff,231=00/00/00' 1 'black is white' inverted_alone
lied '16=d/9/5,231=d/9/5,i=0/0/0,p=f/f/f' 1 'they are alike, and the paper is white' inverted_alone
lied '16=d/9/5,231=d/9/5,i=f/f/f,p=0/0/0' 2 'they are alike' scan
lied '16=0/0/0' 0 'and says only half' scan

# No colours, on a white paper
XTERM_OPTIONS=()
person
xterm_open 80x24 black white vt220
sign_in "$WHO" "$PASSWORD"
until_ok scan
ok $? "no colours, black on white: the first drawing is read, for the terminal told"
xterm_close
finish
