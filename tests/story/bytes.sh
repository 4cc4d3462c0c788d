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
at_most "a letter of the name" key 10
at_most "the focus goes to the password" tab 200
at_most "the window becomes 100x30" resize 500
FIGURES=$(traffic ">alice|>$PASSWORD|?6-digit code|tick|tab|resize" 'User name')
# Both digits change once in ten seconds.
at_most "a second of the countdown" tick 12
at_most "the focus goes to the button" tab 200
at_most "the window becomes 100x30 at the second door" resize 500

# What is so short must be right on every type: all painted anew shows the same.
# (With their looks only the cells of the row that is typed and ticked in: blanks of one ground may
# have any ink.)
picture() {
	{
		screen
		tm capture-pane -e -p -t "=$TERMINAL:" | grep 'new code in'
	} | sed 's/in [ 0-9][0-9] s/in NN s/'
	tm display-message -p -t "=$TERMINAL:" '#{cursor_x},#{cursor_y}'
}

seconds() {
	words
	sed -n 's/.*new code in *\([0-9]*\) s.*/\1/p' <<<"$WORDS"
}

# later SECONDS: whether others are shown
later() {
	[ "$(seconds)" != "$1" ]
}

ticked() {
	local was

	was=$(seconds)
	until_ok later "$was" || give_up "The countdown does not tick."
}

raw_bytes() {
	wc -c <"$WORK/terminal.$TERMINAL/raw"
}

grown() {
	[ "$(raw_bytes)" -gt $(($1 + 300)) ]
}

for EXTRA in TERM={xterm-256color,xterm,screen-256color,tmux-256color,linux,putty,vt100,nobody-knows}; do
	open "${EXTRA#TERM=}"
	wait_for 'User name' || give_up "There is no console on ${EXTRA#TERM=}."
	type alice
	keys Enter
	type "$PASSWORD"
	keys Enter
	wait_for '6-digit code' || give_up "There is no second door on ${EXTRA#TERM=}."
	type 12
	wait_for '12' 'new code in'
	ticked
	ticked
	short=$(picture)
	before=$(raw_bytes)
	keys C-l
	until_ok grown "$before" || give_up "Nothing is painted anew on ${EXTRA#TERM=}."
	ticked
	is "${EXTRA#TERM=}: typed and ticked is what is painted anew" "$short" "$(picture)"
	like "${EXTRA#TERM=}: in its place" "$short" '12.*new code in NN s'
	close
done
finish
