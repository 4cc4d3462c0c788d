#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of the screens, as people see them: `make screenshots` leaves them in doc/screenshots of the
# source tree (or in $SCREENSHOTS). The console runs in tmux, where its words can be waited for;
# for each picture an xterm shows that session, on a dark ground and on a light one.
#
# Names and times are the same each time, and the host's name where root runs this. Keys and recovery
# codes are not.
if [ -z "${PINNED-}" ] && [ "$(id -u)" -eq 0 ]; then
	exec env PINNED=yes unshare --uts -- "$BASH" -c 'hostname srv1 && exec "$BASH" "$0"' "$0"
fi
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/xterm.bash"
need Xvfb xterm xdotool import convert

SHOTS=${SCREENSHOTS:-$top_srcdir/doc/screenshots}
DAY=86400
MORNING=1767690720	# Tuesday, 6 January 2026, 09:12 UTC
# What tmux takes for its own; and time without a key is told by the same clock here.
EXTRA=(TERM=tmux-256color FAKETIME_DONT_FAKE_MONOTONIC=0)

# --- pictures ----------------------------------------------------------------------------

# For half a second neither the console nor xterm has drawn anything.
settled() {
	local last now

	last=$(screen; look_at | cksum)
	for now in 1 2 3 4 5; do
		pause_for 0.1
		[ "$(screen; look_at | cksum)" = "$last" ] || return
	done
}

look_at() {
	import -window "$WINDOW" rgb:- 2>/dev/null
}

# shot NAME GROUND INK PAPER: no status line of tmux's, so that the size stays
shot() {
	xterm -geometry "$SIZE+0+0" -fg "$3" -bg "$4" -fa 'DejaVu Sans Mono' -fs 11 +sb -b 6 \
		-tn xterm-256color -title console -e tmux -L provconsole attach -t "=$TERMINAL" \
		2>/dev/null &
	XTERM=$!
	X+=("$XTERM")
	until_ok attached || give_up "xterm does not show $1."
	until_ok settled || give_up "$1 is never drawn."
	import -window "$WINDOW" "$SHOT"
	# Text in grey levels has more colours than anybody sees.
	convert "$SHOT" -strip +dither -colors 32 -define png:compression-level=9 \
		"PNG8:$SHOTS/$1-$2.png" || give_up "$SHOTS/$1-$2.png cannot be written."
	xterm_close
	until_ok detached || give_up "xterm does not leave."
}

attached() {
	WINDOW=$(xdotool search --onlyvisible --pid "$XTERM" 2>/dev/null | tail -n 1)
	[ -n "$WINDOW" ] && [ -n "$(tm list-clients -t "=$TERMINAL" 2>/dev/null)" ] && focus
}

detached() {
	[ -z "$(tm list-clients)" ]
}

# picture NAME WORDS…: once they are on the screen
picture() {
	wait_for "${@:2}" || { dump; give_up "There is no screen $1."; }
	[ "$(tm show-options -gv status)" = off ] || give_up "tmux has a line of its own."
	shot "$1" dark '#d8d8d8' '#101010'
	shot "$1" light '#202020' '#ffffff'
	ok 0 "$1"
}

# console NAME: a new one, in a terminal that is all its own
console() {
	open "$1"
	tm set-option -g status off
}

# --- the people ----------------------------------------------------------------------------

mkdir -p "$SHOTS"
clock_set $((MORNING - 2 * DAY))
start_x
console empty
picture first-run 'Create the first Super Administrator' '[ Create ]'
close
make_state claire
person dana super-administrator
person chloe administrator
for name in alice bruno emil; do
	person "$name"
done
enrolled dana
enrolled alice
enrolled chloe

command_() {
	pc command add "$@" >/dev/null || give_up "A command cannot be added: $*"
}
command_ db1 --title 'Log in to db1' --role operator --record -- \
	/usr/bin/ssh -t operator@db1.example.net
command_ web1 --title 'Log in to web1' --role operator --record -- \
	/usr/bin/ssh -t operator@web1.example.net
command_ restart-nginx --title 'Restart the web server' --role operator --confirm -- \
	/usr/bin/sudo -n /usr/bin/systemctl restart nginx.service
command_ restart-db --title 'Restart the database' --role operator --confirm --code -- \
	/usr/bin/sudo -n /usr/bin/systemctl restart postgresql.service
command_ disks --title 'Room on the disks' --role operator -- /bin/df -h
command_ top --title 'What this host does' --role operator -- /usr/bin/top

# --- the first sign-in -----------------------------------------------------------------------

FROM='10.0.0.7 51234 10.0.0.1 22'
console first
picture sign-in 'User name' '[ Sign in ]'
sign_in claire
picture configure 'Copy secret key to' '6-digit code'
read_key
keys k
picture text-key 'Type: time-based'
keys k
wait_gone 'Type: time-based'
enter_code
picture recovery-codes 'I have saved these codes'
read_codes
save_codes
sign_out

console invited
sign_in frida "$(pc user add frida 2>/dev/null)"
picture new-password 'Choose a new password' '[ Save ]'
close

# --- an ordinary day -------------------------------------------------------------------------

clock_set $((MORNING - DAY))
FROM='203.0.113.9 40000 10.0.0.1 22'
console guess
sign_in claire 'not the password'
wait_for 'is wrong'
close
clock_set $MORNING
FROM='10.0.0.7 51301 10.0.0.1 22'
console day
sign_in claire
picture code '6-digit code' '[ Use a recovery code ]'
keys r
picture recovery-entry 'Recovery code' 'No recovery code either?'
keys Escape
wait_for '[ Use a recovery code ]'
enter_code
picture home 'My account' 'Settings' 'Sign out'
keys F1
picture help 'Redraws the screen.'
keys Escape
pick 'My account'
picture account 'Two-factor authentication' 'Change password'
keys Escape
wait_for 'Sign out'
pick Settings
picture settings 'Authentication security settings'
keys Space
picture confirm 'Make two-factor authentication optional?' '[ Cancel ]'
keys Escape
wait_gone '[ Cancel ]'
console operator
as alice
sign_in alice
enter_code
pick Commands
picture commands 'Restart the web server' 'recorded' 'Room on the disks'
close
use day
clock_move 900
pc settings get idle-lock >/dev/null
resize 80x25
resize 80x24
picture lock 'Locked' '[ Unlock ]'
finish
