#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Four eyes, at the screens: dana invites bruno anew, erin confirms it, is shown the invitation and
# copies it; dana and bruno are told.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

clock_set $EPOCH
make_state root
person bruno
for name in dana erin; do
	person "$name" super-administrator
	enrolled "$name"
done
enrolled root
pc settings set four-eyes yes
fresh

BUFFER=

has_buffer() {
	BUFFER=$(tm show-buffer 2>/dev/null; printf x)
	BUFFER=${BUFFER%x}
	[ "$BUFFER" = "$1" ]
}

inside dana
pick Users
pick bruno
pick 'New invitation'
see "inviting somebody asks for a proof" 'bruno' '6-digit code'
fresh
answer "$(code)"
see "and waits for a second one" 'This waits until a second Super Administrator'
keys Escape Escape
wait_for 'Sign out'
sign_out

fresh
inside erin
tm set-option -s set-clipboard on
see "home says that something waits, and what was asked for" 'Waiting' \
	'1 request for a second' 'Give bruno a new password: asked by dana, waits for a second'
pick Waiting
see "there it stands" 'Invite bruno anew' 'asked by dana'
keys Enter
fresh
answer "$(code)"
see "confirmed, it is shown as where one invites" 'Confirmed and done.' 'Invitation for bruno' \
	'To forward:' '[ Done ]' 'c Copy' 't Copy text'
invitation=$(screen | grep -oE '([A-Z2-7]{4}-){3}[A-Z2-7]{4}' | head -n 1)
like "the invitation" "$invitation" '^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$'
keys c
until_ok has_buffer "$invitation"
ok $? "c copies it, and nothing but it" || said "the buffer: '$BUFFER'"
keys x
until_ok has_buffer ' '
ok $? "x overwrites it" || said "the buffer: '$BUFFER'"
keys Escape
see "Esc asks once more" 'It is not shown again.'
keys Escape
see "and leads back to what waits" 'Nothing waits for a second Super Administrator.'
keys Escape
wait_for 'Sign out'
sign_out

fresh
inside dana
see "who asked is told who confirmed it" 'Give bruno a new password: asked by dana, confirmed by erin'
sign_out
open bruno
sign_in bruno "$invitation"
see "and the invitation opens" 'Choose a new password'
close
finish
