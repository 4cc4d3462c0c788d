#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Terminals that do not read UTF-8, or show its half blocks two columns wide, although the host's
# locale is UTF-8: the QR code is read off the screen of each, and the texts are no rubble.
. "${top_srcdir:-.}/tests/story/lib.sh"

need Xvfb xterm urxvt mlterm screen tmux xdotool import zbarimg script

. "${top_srcdir:-.}/tests/story/xterm.bash"

SCREENDIR=$WORK/screens
mkdir -m 700 "$SCREENDIR"
export SCREENDIR
echo 'autodetach off' >"$WORK/screenrc"

focus() {
	local window

	window=$(xdotool search --onlyvisible --name '^console$' 2>/dev/null | tail -n 1)
	[ -n "$window" ] && xdotool windowfocus --sync "$window" 2>/dev/null
}

no_window() {
	! xdotool search --onlyvisible --name '^console$' >"$WORK/windows" 2>&1
}

# console_in TERM COMMAND…: a console in a terminal emulator, which runs what is added to COMMAND;
# what it draws is in $WORK/drawn.
console_in() {
	local term=$1 environment

	shift
	mapfile -t environment < <(environment)
	rm -f "$WORK/drawn"
	until_ok no_window || give_up "The window before does not close."
	{
		printf 'exec '
		printf '%q ' env -i "TERM=$term" "${environment[@]}" "$PROVCONSOLE" --state "$STATE"
	} >"$WORK/command"
	printf 'exec script -q -f -c %q %q\n' "sh $WORK/command" "$WORK/drawn" >"$WORK/inside.sh"
	"$@" sh "$WORK/inside.sh" >"$WORK/emulator.log" 2>&1 &
	XTERM=$!
	X+=("$XTERM")
	until_ok focus || give_up "There is no window."
}

drawn() {
	grep -qaF -- "$1" "$WORK/drawn" 2>/dev/null
}

# reads WHAT NAME TERM COMMAND…: two tests
reads() {
	local what=$1 name=$2

	shift 2
	pc user add "$name" --password-stdin <<<"$PASSWORD"
	console_in "$@"
	until_ok drawn 'User name' || give_up "There is no first door."
	to_the_qr_code "$name"
	ok $? "$what: a scanner reads the QR code off the screen"
	like "$what: it is that of $name" "$URI" "^otpauth://totp/.*$name\?secret=[A-Z2-7]{32}&"
}

# Once a terminal has told that it does not read UTF-8, all is painted anew, and of ASCII alone.
ascii_alone() {
	local LC_ALL=C drawn

	drawn=$(cat "$WORK/drawn")
	drawn=${drawn#*User name}
	[[ $drawn == *'User name'* ]] && ! grep -qa '[^ -~[:cntrl:]]' <<<"${drawn#*User name}"
}

GEOMETRY=132x50
BIG=(-geometry "$GEOMETRY+0+0" -title console)
start_x
make_state

reads 'xterm in Latin-1' xenia xterm-256color \
	env LC_ALL=C xterm "${BIG[@]}" +u8 +lc -fa 'DejaVu Sans Mono' -fs 9 -e
ascii_alone
ok $? "and nothing but ASCII was sent to it from then on"
xterm_close

reads 'urxvt in Latin-1' uriel rxvt-unicode-256color \
	env LC_ALL=C urxvt -geometry "$GEOMETRY+0+0" -title console -fn 'xft:DejaVu Sans Mono:size=9' -e
ascii_alone
ok $? "and nothing but ASCII was sent to it from then on"
xterm_close

reads 'screen without -U' selma screen \
	env LC_ALL=C xterm "${BIG[@]}" -u8 -fa 'DejaVu Sans Mono' -fs 9 -e \
	screen -c "$WORK/screenrc" -S console
ascii_alone
ok $? "and nothing but ASCII was sent to it from then on"
xterm_close

reads 'xterm where ambiguous characters are wide' wanda xterm-256color \
	xterm "${BIG[@]}" -u8 -cjk_width -fa 'DejaVu Sans Mono' -fs 9 -e
xterm_close

# What no probe sees: tmux, which reads UTF-8, for a client that it takes for one that does not.
inner() {
	tmux -L inner -f /dev/null "$@"
}

says() {
	[[ $(inner capture-pane -p | tr -s ' \n▄' ' ') == *"$1"* ]]
}

pc user add toni --password-stdin <<<"$PASSWORD"
EXTRA=(TMUX=/nowhere,1,0)
console_in screen-256color env LC_ALL=C xterm "${BIG[@]}" -u8 -fa 'DejaVu Sans Mono' -fs 9 -e \
	tmux -L inner -f /dev/null new-session
EXTRA=()
until_ok drawn 'User name' || give_up "There is no first door."
write toni
press Return
write "$PASSWORD"
press Return
until_ok drawn '4 Validate the configuration' || give_up "There is no QR code."
no_code_seen
ok $? "tmux for a client without UTF-8: nothing is read"
press v
until_ok scan
ok $? "v draws what is read even there"
FIRST=$URI
press v
until_ok says 'If it shows _, attach with tmux -u.'
ok $? "and says with the next drawing what helps"
press v v
xterm -geometry "$GEOMETRY+0+0" -title console -u8 -fa 'DejaVu Sans Mono' -fs 9 \
	-e tmux -L inner -f /dev/null -u attach -d &
XTERM=$!
X+=("$XTERM")
until_ok same
ok $? "attached with tmux -u, half blocks are read"
inner kill-server
xterm_close

# Arabic beside cells that are all blanks: each of its rows was laid out from right to left. The name
# of who signs in is Latin: xdotool types other letters unreliably.
ARABIC=$'\u0628\u0631\u0646\u0627\u0645\u062c \u0627\u0644\u0645\u0635\u0627\u062f\u0642\u0629 \u0627\u0644\u0623\u0648\u0644'
pc settings set applications "$ARABIC 1, $ARABIC 2, $ARABIC 3, $ARABIC 4"
reads 'Arabic in mlterm' mansur xterm-256color mlterm -g "$GEOMETRY" -T console -w 12 -e
FIRST=$URI
next_drawing
until_ok same
ok $? "and large, beside which nothing but Arabic is written"
xterm_close

finish
