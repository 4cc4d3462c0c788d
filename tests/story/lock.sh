#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The idle lock: after the set time without a key the screen is wiped,
# and only a fresh proof opens it where it was.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
EXTRA=(FAKETIME_DONT_FAKE_MONOTONIC=0)	# time without a key is told by the same clock here
clock_set $EPOCH
make_state root
pc settings set require-2fa no
pc settings set idle-lock 1m
person alice
enrolled root
fresh

# later SECONDS: they pass; consoles and keeper look at the clock
later() {
	local terminal=$TERMINAL

	clock_move "$1"
	pc settings get idle-lock >/dev/null
	[ -z "$terminal" ] || { resize 80x25; resize 80x24; }
}

# How often the whole of the screen was written over, so that a terminal keeps nothing of it
written_over() {
	grep -aoE '(\.:){16}' "$WORK/terminal.$TERMINAL/raw" | wc -l
}

# --- with two factors -----------------------------------------------------------------------

inside root
pick Settings
choose 'Suggested applications'
later 59
now "a second before the time nothing happens" 'General settings' 'Suggested applications'
keys Up
until_ok chosen 'Welcome text'
later 59
now "and a key begins the time anew" 'General settings' 'Welcome text'
later 1
see "after the time it is locked" 'Locked' 'No key was pressed for a while. Enter a code to go on' \
	'6-digit code' '[ Unlock ]'
not_now "and nothing is left of what was there" 'Welcome text'
now "but the ways out" 'Sign out'
is "the trail tells it" "$(rows_of root lock ok)" 1
answer 123
see "three digits do not open it" 'A code has 6 digits.'
answer "$(wrong_code)"
see "nor does a wrong code" 'That code is wrong.' 'Locked'
keys F1
see "there is a help here, too" 'Redraws the screen.'
keys Escape
see "which does not open it" 'Locked' '[ Unlock ]'
keys C-z 'C-\' Escape Escape F5 Up Down
# In order behind them comes F1: when the help is there, they have been read.
keys F1
wait_for 'Redraws the screen.' || { dump; give_up "There is no help."; }
keys Escape
wait_for '[ Unlock ]'
now "nor any other key" 'Locked' '[ Unlock ]'
answer "$(code)"
see "a fresh code does" 'Authentication security settings'
chosen 'Welcome text'
ok $? "where it was"
is "in the trail with the wrong one" "$(rows_of root unlock wrong) $(rows_of root unlock ok)" "1 1"
used=$(code)
later 61
wait_for Locked
clock_set $((NOW - 61))
answer "$used"
see "a code opens once" 'That code is already used.' 'Locked'
clock_set $((NOW + 61))
by_recovery "a recovery code is taken instead"
answer 'ABCD-EFGH-IJKL-MNOP'
see "a wrong recovery code does not open it" 'That recovery code is wrong.'
answer "${CODES[0]}"
see "one of one's own does" 'Authentication security settings'

# --- pauses -----------------------------------------------------------------------------------

later 61
wait_for Locked
for n in 1 2 3 4 5; do
	answer "$(wrong_code)"
	wait_for 'That code is wrong.'
	keys C-u a
	wait_gone 'That code is wrong.'
done
answer "$(wrong_code)"
# A refusal is held back until the clock goes on; where it comes later, until it does again.
told() {
	later 3
	shows 'Too many attempts. Try again in'
}
until_ok told
see "guessing pauses as at the door" 'Too many attempts. Try again in' 'Locked'
pc user unlock root
answer "$(code)"
see "and ends no session" 'Authentication security settings'

# --- a dialog keeps standing ----------------------------------------------------

pick 'Console name'
keys C-u
type 'Another name'
keys Enter
wait_for 'Console name *'
keys s
wait_for '[ Cancel ]'
later 61
see "a dialog is locked too" 'Locked'
not_now "and not seen" 'Another name'
answer "$(code)"
see "and stands there after it" '[ Cancel ]' 'Another name'
clock_move 30
answer "$(code)"
see "as good as before" 'Saved.'
is "and does what it says" "$(pc settings get console-name)" 'Another name'

# --- a console that does not lock -----------------------------------------------

before=$(rows_of root lock ok)
kill -STOP "$(pid)"
later 79
is "a console that was stopped" "$(rows_of root lock ok)" "$before"
later 2
is "is locked by the keeper" "$(rows_of root lock ok)" $((before + 1))
kill -CONT "$(pid)"
see "and shows it as soon as it goes on" 'Locked'
answer "$(code)"
see "and opens" 'Authentication security settings'
later 61
wait_for Locked
keys C-c
ends "^C ends a locked console" 0
inside alice
later 900
wait_for '[ Unlock ]' '[ Sign out ]'
keys Tab Tab Enter
ends "so does its second button" 0
see "as anywhere after a sign-in" 'Signed out.'
given_back "the terminal is as it was"

# --- without two factors --------------------------------------------------------

inside alice
keys Enter
wait_for 'Two-factor authentication is off.'
later 61
see "without two factors the password opens" 'Locked' 'Enter your password to go on' 'Password'
not_now "not a code" '6-digit code'
answer 'not her password'
see "a wrong one does not" 'That password is wrong.'
answer "$PASSWORD"
see "the right one does, where it was" 'Two-factor authentication is off.'
later 61
wait_for Locked
pc settings set require-2fa yes
answer "$PASSWORD"
see "if two factors became mandatory meanwhile, they are configured now" \
	'Configure two-factor authentication' '[ Sign in ]'
close
pc settings set require-2fa no
inside alice
later 61
wait_for Locked
pc user disable alice
ends "who is disabled while it is locked is out" 1
pc user enable alice

# --- the longest session --------------------------------------------------------

pc settings set idle-lock 12h
inside alice short
keys Enter			# not at home, which asks anew
wait_for 'Two-factor authentication is off.'
before=$(written_over)
pc settings set idle-lock 1m
later 59
now "a time that is made shorter" 'Two-factor authentication is off.'
later 2
see "rules open consoles too, to the second" 'Locked'
not_now "and leaves nothing to be seen" 'Two-factor authentication is off.'
[ "$(written_over)" -gt "$before" ]
ok $? "for it was written over first"
answer "$PASSWORD"
see "until the password comes" 'Two-factor authentication is off.'
close
pc settings set idle-lock 12h
inside alice
began=$NOW
for n in 1 2 3 4 5; do
	later 7200
	keys Down
done
later 7190
see "a session with keys lasts" 'My account' 'Sign out'
is "up to 12 hours" $((NOW - began)) 43190
keys Up
later 11
ends "and no longer" 1
is "and says why" "$(errors)" 'This session has lasted as long as one may. Sign in again.'
given_back "the terminal is as it was"
finish
