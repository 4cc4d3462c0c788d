#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What goes over a slow line: the bytes of a first picture, of a key, of a second of the countdown, of
# a focus that moves, and of another size. (`make bench` has them beside other programs.)
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

# traffic STEPS WORD: the figures of a console with that word on it, "NAME NUMBER" a line
traffic() {
	printf '%s\t' console "$2" "$1" "$PROVCONSOLE" --state | cat - <(echo "$STATE") |
		"$top_builddir/tests/bench/traffic" 3 || give_up "Nothing can be measured."
}

# at_most WHAT FIGURE MOST [LEAST]
at_most() {
	local bytes

	bytes=$(awk -v name="console.$2" '$1 == name { print $2 }' <<<"$FIGURES")
	[ -n "$bytes" ] && [ "$bytes" -ge "${4:-1}" ] && [ "$bytes" -le "$3" ]
	ok $? "$1: at most $3 bytes" || said "$bytes"
}

make_state alice
enrolled alice
FIGURES=$(traffic 'key|tab|resize' 'User name')
# The host's name is in the bar: 500 with one of four letters.
HOST=$(uname -n)
at_most "the first door, from nothing" first $((496 + ${#HOST}))
at_most "what a terminal's answers add" answered 150 0
at_most "a letter of the name" key 16
at_most "the focus goes to the password" tab 200
at_most "the window becomes 100x30" resize 500
FIGURES=$(traffic ">alice|>$PASSWORD|?6-digit code|tick|tab|resize" 'User name')
# 16 is the goal. Where both ends of the way have two digits, ncurses' two ESC [ row ; column H
# alone are that many: it goes by the relative ones for eight columns at most (lib_mvcur.c).
at_most "a second of the countdown" tick 17
at_most "the focus goes to the button" tab 200
at_most "the window becomes 100x30 at the second door" resize 500
finish
