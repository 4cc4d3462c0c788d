#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The QR code is read back from the pixels of a real xterm: dark and light, large
# and small, with many colours and few. What was read then signs in: the code that
# validates the configuration is made from it.
. "${top_srcdir:-.}/tests/story/lib.sh"

need Xvfb xterm xdotool import zbarimg oathtool

SHOT=$WORK/screen.png
X=()	# what was started here

stop_x() {
	local pid

	for pid in "${X[@]}"; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	X=()
}
trap 'stop_x; clean_up' EXIT

# The X server says on which display it listens.
start_x() {
	Xvfb -displayfd 3 -screen 0 1400x1100x24 -nolisten tcp >"$WORK/xvfb.log" 2>&1 \
		3>"$WORK/display" &
	X+=($!)
	until_ok test -s "$WORK/display" || give_up "There is no X server."
	DISPLAY=:$(cat "$WORK/display")
	export DISPLAY
}

# xterm_open COLUMNSxROWS FOREGROUND BACKGROUND TERM: a console in an xterm
xterm_open() {
	local environment

	mapfile -t environment < <(environment)
	rm -f "$WORK/xterm.status"
	xterm -geometry "$1+0+0" -fg "$2" -bg "$3" -fa 'DejaVu Sans Mono' -fs 11 -tn "$4" +sb \
		-title console \
		-e env -i "TERM=$4" "${environment[@]}" sh -c '"$@"; echo $? >"$0"' \
		"$WORK/xterm.status" "$PROVCONSOLE" --state "$STATE" &
	XTERM=$!
	X+=("$XTERM")
	until_ok focus || give_up "xterm does not come up."
}

focus() {
	local window

	window=$(xdotool search --onlyvisible --pid "$XTERM" 2>/dev/null | tail -n 1)
	[ -n "$window" ] && xdotool windowfocus --sync "$window" 2>/dev/null
}

xterm_close() {
	kill "$XTERM" 2>/dev/null
	wait "$XTERM" 2>/dev/null
}

press() {
	xdotool key --delay 8 "$@"
}

write() {
	xdotool type --delay 8 -- "$1"
}

# URI: what a scanner reads off the screen. The argument: more of zbar's options.
scan() {
	import -window root "$SHOT" 2>/dev/null
	URI=$(zbarimg -q --raw "$@" "$SHOT" 2>/dev/null)
	[ -n "$URI" ]
}

no_code_seen() {
	! scan
}

# Each of the first door's keys is echoed before the next screen can be waited for.
to_the_qr_code() {
	write "$1"
	press Return
	write "$PASSWORD"
	press Return
	until_ok scan
}

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
		"^otpauth://totp/(ProVconnect:)?$1\?secret=[A-Z2-7]{32}&issuer=ProVconnect\$"
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

# The other drawings, for readers and fonts that want them: v goes round.
pc user add other --password-stdin <<<"$PASSWORD"
xterm_open 132x50 white black xterm-256color
to_the_qr_code other
ok $? "half blocks are read"
FIRST=$URI
press v
until_ok scan -Stest-inverted && [ "$URI" = "$FIRST" ]
ok $? "inverted, it is the same for a reader that tries the inverse"
until_ok no_code_seen
ok $? "and nothing for one that does not"
press v
until_ok scan && [ "$URI" = "$FIRST" ]
ok $? "large, it is the same"
xterm_close
finish
