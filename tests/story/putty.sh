#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Real keys of a real PuTTY (pterm): the number pad types the code, with Num Lock pressed before.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/xterm.bash"

need Xvfb pterm xdotool script

# A console in PuTTY; what it draws is in $WORK/drawn.
putty_open() {
	local environment

	mapfile -t environment < <(environment)
	rm -f "$WORK/drawn" "$WORK/status"
	printf '%q ' env -i TERM=xterm "${environment[@]}" "$PROVCONSOLE" --state "$STATE" \
		>"$WORK/command"
	echo "; echo \$? >$WORK/status" >>"$WORK/command"
	pterm -geometry 80x24+0+0 -fn 'client:DejaVu Sans Mono 11' -T console \
		-e script -q -f -c "sh $WORK/command" "$WORK/drawn" >"$WORK/pterm.log" 2>&1 &
	PTERM=$!
	X+=("$PTERM")
	until_ok focus || give_up "PuTTY does not come up."
}

focus() {
	local window

	window=$(xdotool search --onlyvisible --pid "$PTERM" 2>/dev/null | tail -n 1)
	[ -n "$window" ] && xdotool windowfocus --sync "$window" 2>/dev/null
}

drawn() {
	grep -qaF -- "$1" "$WORK/drawn" 2>/dev/null
}

press() {
	xdotool key --delay 30 "$@"
}

signed_in() {
	[ "$(rows code ok)" -eq "$1" ]
}

# through NAME KEY…: to the second door, then these keys and the code from the number pad
through() {
	local name=$1 digit before

	shift
	before=$(rows code ok)
	putty_open
	until_ok drawn 'User name' || give_up "There is no first door."
	xdotool type --delay 30 alice
	press Return
	xdotool type --delay 30 -- "$PASSWORD"
	press Return
	until_ok drawn '6-digit code' || give_up "There is no second door."
	[ $# -eq 0 ] || press "$@"
	for digit in $(code | sed 's/./& /g'); do
		press "KP_$digit"
	done
	press KP_Enter
	until_ok signed_in $((before + 1))
	ok $? "$name" || said "$(tail -c 600 "$WORK/drawn" | cat -v)"
	press ctrl+c
	until_ok test -s "$WORK/status"
	clock_move 30
}

clock_set $EPOCH
make_configured alice
start_x
through "PuTTY's number pad types a code, and its Enter sends it"
through "Num Lock opens no help over it" Num_Lock Num_Lock
finish
