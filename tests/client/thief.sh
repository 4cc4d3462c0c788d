#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two who know one password: a key is shown on one line only, and whoever was shown it first is told
# why that ended. So nobody holds a copy of a key that somebody else activates.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

SOURCE=192.0.2.10
make_state alice
stop_keeper
serve

# comes LINE: with the password, to where the key is shown; KEY is it, and SHOWN how
comes() {
	ask "$1" open $SOURCE
	ask "$1" password alice "$PASSWORD"
	is "$1: the password leads to the key" "$VERDICT $DOOR" 'OK configure'
	ask "$1" enrol
	read -r KEY SHOWN <<<"$MORE"
	says "$1: a key is shown" OK
}

comes victim
VICTIMS=$KEY
is "the first key is a new one" "$SHOWN" new
comes thief
[ -n "$KEY" ] && [ "$KEY" != "$VICTIMS" ]
ok $? "another line from the same address is shown another key" || said "$KEY"
is "and told that there was one" "$SHOWN" replaced
ask victim hear 2000
says "the first line ends, and says why" ENDED:KEY_ELSEWHERE

THIEFS=$KEY
ask thief close
comes again
[ "$KEY" != "$VICTIMS" ] && [ "$KEY" != "$THIEFS" ]
ok $? "after a dropped line it is a third one" || said "$KEY"
is "and told that there was one, again" "$SHOWN" replaced

# The same line, after going back, is no other line.
ask again BACK
ask again password alice "$PASSWORD"
ask again enrol
read -r KEY SHOWN <<<"$MORE"
LAST=$KEY
for KEY in "$VICTIMS" "$THIEFS"; do
	ask again activate "$(code)"
	says "a key that was shown before activates nothing" CODE_WRONG
done
KEY=$LAST
ask again activate "$(code)"
is "the last one does" "$VERDICT $DOOR" 'OK recovery'
for KEY in "$VICTIMS" "$THIEFS"; do
	ask copy open $SOURCE
	ask copy password alice "$PASSWORD"
	ask copy code "$(code 1)"
	says "a copy of another opens nothing" CODE_WRONG
done
hang_up
served_ends "after it"
finish
