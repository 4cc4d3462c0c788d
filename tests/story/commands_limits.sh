#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A command is no way round the idle lock and the longest session: who runs one is warned, without a
# screen being spoiled, and then it is ended.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
# Time without a key is told by the same clock here; and the terminal is one that has a title.
EXTRA=(FAKETIME_DONT_FAKE_MONOTONIC=0 TERM=xterm-256color)
clock_set $EPOCH
umask 077
make_state root
pc settings set require-2fa no
pc settings set idle-lock 10m
person operator operator
pc command add words --title 'Only words' --role operator -- /bin/sh -c \
	'echo here; while read -r line; do echo "read $line"; done' >/dev/null
pc command add drawn --title 'Draws' --role operator -- /bin/sh -c \
	'printf "\033[?1049h\033[2J\033[Ha picture\r\n"; sleep 4449' >/dev/null

# later SECONDS: they pass; consoles and keeper look at the clock
later() {
	clock_move "$1"
	pc settings get idle-lock >/dev/null
	resize 80x25
	resize 80x24
}

bells() {
	tr -dc '\007' <"$WORK/terminal.$TERMINAL/raw" | wc -c
}

left() {
	[ -z "$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -aoE 'sleep 4449')" ]
}

inside operator
keys Enter
wait_for 'Only words'
choose 'Only words'
keys Enter
see "a command that writes words" 'here'
later 530
see "nothing is said before its time" 'here'
before=$(bells)
later 15
see "a minute before the lock it is warned" \
	'words will be ended soon, for no key was pressed. Press one to go on.'
is "by a bell" $(($(bells) - before)) 1
type hello
keys Enter
see "a key puts it off" 'read hello'
later 590
see "and the minute before is told once more" 'read hello' 'words will be ended soon'
type again
keys Enter
see "so it goes on" 'read again'
later 545
later 60
see "without one it is locked" 'No key was pressed for a while. Enter your password to go on.'
is "which the trail tells" "$(rows_of operator lock ok)" 1
type "$PASSWORD"
keys Enter
see "and why it ended is said behind the lock" 'words was ended: no key was pressed for too long.'

choose Draws
keys Enter
see "a command that draws" 'a picture'
before=$(bells)
later 545
titled() {
	tr -d '\033' <"$WORK/terminal.$TERMINAL/raw" | grep -q ']2;drawn will be ended soon'
}
until_ok titled
ok $? "is warned in the title"
is "and by a bell" "$([ $(($(bells) - before)) -ge 1 ] && echo rings)" rings
not_now "its screen stays as it is" 'will be ended soon'
later 60
see "and ends likewise" 'No key was pressed for a while.'
until_ok left
ok $? "with all that it has started"
type "$PASSWORD"
keys Enter
see "its end is told" 'drawn was ended: no key was pressed for too long.'

# --- the longest session --------------------------------------------------------------------

sign_out
close
pc settings set idle-lock 12h
pc settings set session-limit 1h
inside operator again
keys Enter
wait_for 'Only words'
choose 'Only words'
keys Enter
wait_for 'here'
later 3550
see "keys do not put off the end of a session" 'words will be ended soon: this session has lasted as long as one may.'
type more
keys Enter
see "which is still there" 'read more'
later 60
ends "then both end" 1
like "and it is said why" "$(errors)" 'This session has lasted as long as one may'

# --- a limit that is shortened meanwhile -------------------------------------------------------

pc settings set session-limit 12h
inside operator again
keys Enter
wait_for 'Only words'
choose 'Only words'
keys Enter
wait_for 'here'
later 3010
pc settings set session-limit 50m
see "a limit that was just reached by being shortened is told first" \
	'words will be ended soon: this session has lasted as long as one may.'
type still
keys Enter
see "and leaves a moment" 'read still'
later 61
ends "before both end" 1
pc settings set session-limit 12h
inside operator again
keys Enter
wait_for 'Only words'
choose 'Only words'
keys Enter
wait_for 'here'
later 3550
pc settings set session-limit 60m
see "one that comes near is told, too" 'words will be ended soon: this session'
pc settings set session-limit 12h
later 100
type longer
keys Enter
see "one that was made longer again ends nothing" 'read longer'
pc settings set session-limit 50m
ends "one that was over long ago ends at once" 1
like "and it is said why" "$(errors)" 'This session has lasted as long as one may'
finish
