# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests share that look at pixels: an X server of their own, one xterm at a time in it, and
# a scanner. Sourced after lib.sh.

SHOT=$WORK/screen.png
XTERM_OPTIONS=()	# more of them: fonts, palettes
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

# The X server says on which display it listens. It does not begin anew when a window was the last:
# the next one may come at that moment.
start_x() {
	Xvfb -displayfd 3 -screen 0 1400x1100x24 -nolisten tcp -noreset >"$WORK/xvfb.log" 2>&1 \
		3>"$WORK/display" &
	X+=($!)
	until_ok test -s "$WORK/display" || give_up "There is no X server."
	DISPLAY=:$(cat "$WORK/display")
	export DISPLAY
}

# xterm_run COLUMNSxROWS FOREGROUND BACKGROUND TERM COMMAND…: in an xterm
xterm_run() {
	local geometry=$1 foreground=$2 background=$3 term=$4
	local environment

	shift 4
	mapfile -t environment < <(environment)
	rm -f "$WORK/xterm.status"
	xterm -geometry "$geometry+0+0" -fg "$foreground" -bg "$background" \
		-fa 'DejaVu Sans Mono' -fs 11 -tn xterm-256color +sb -title console \
		"${XTERM_OPTIONS[@]}" \
		-e env -i "TERM=$term" "${environment[@]}" sh -c '"$@"; echo $? >"$0"' \
		"$WORK/xterm.status" "$@" &
	XTERM=$!
	X+=("$XTERM")
	until_ok focus || give_up "xterm does not come up."
}

# xterm_open COLUMNSxROWS FOREGROUND BACKGROUND TERM: a console in an xterm
xterm_open() {
	xterm_run "$1" "$2" "$3" "$4" "$PROVCONSOLE" --state "$STATE"
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

look() {
	import -window root "$SHOT" 2>/dev/null
}

# URI: what a scanner reads off the screen. The argument: more of zbar's options.
scan() {
	look && URI=$(zbarimg -q --raw "$@" "$SHOT" 2>/dev/null)
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

# The part of the screen where the QR code stands, as a number.
corner() {
	import -window root -crop 250x200+0+0 +repage rgb:- 2>/dev/null | cksum
}

another() {
	[ "$(corner)" != "$CORNER" ]
}

# The next drawing of the QR code is there.
next_drawing() {
	CORNER=$(corner)
	press v
	until_ok another
}

# The QR code is still that of $FIRST.
same() {
	scan "$@" && [ "$URI" = "$FIRST" ]
}
