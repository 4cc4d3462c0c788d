# SPDX-License-Identifier: GPL-3.0-or-later
# What the end to end tests share: a state of their own, a real terminal (tmux), a clock that stands still until it is
# moved (libfaketime), codes by oathtool, and TAP. Sourced by each script, which calls finish at its end.
#
#   open NAME             a console in a terminal of its own; from then on all words below are about that one
#   type TEXT, keys KEY…  what a person types
#   see WHAT WORDS…       a test: the words come onto the screen (not a fixed time, but a deadline)
#   ends WHAT STATUS      a test: the console ends with that status
set -u

DEADLINE=${E2E_DEADLINE:-20}		# seconds; for one thing that is waited for
PASSWORD='correct horse battery'	# of whoever is made here
KEY=		# of the authenticator, Base32
CODES=()	# recovery codes
NOW=		# the clock of consoles and keepers, Unix seconds; empty: the machine's
FROM=		# SSH_CONNECTION of the consoles
SIZE=80x24
EXTRA=()	# more of a console's environment: NAME=VALUE
COMMAND=()	# what `open` runs instead of the console

unset TMUX TMUX_PANE PROVCONSOLE_STATE SSH_CONNECTION SSH_ORIGINAL_COMMAND NO_COLOR LINES COLUMNS
export LC_ALL=C.UTF-8 TZ=UTC
WORK=$(mktemp -d /tmp/provconsole-e2e.XXXXXX) || exit 1
STATE=$WORK/state
export TMUX_TMPDIR=$WORK
mkdir "$WORK/home"
KILLED=()

# --- TAP ---------------------------------------------------------------------------

TESTS=0
FAILED=0

# ok STATUS WHAT: a test that passed if STATUS is 0
ok() {
	TESTS=$((TESTS + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $TESTS - $2"
	else
		FAILED=$((FAILED + 1))
		echo "not ok $TESTS - $2"
		said "at $(where)"
	fi
	return "$1"
}

# The place in the script itself, of all the calls that led here
where() {
	local i

	for i in "${!BASH_SOURCE[@]}"; do
		case ${BASH_SOURCE[i]} in */lib.sh) ;; *) echo "${BASH_SOURCE[i]}:${BASH_LINENO[i - 1]}"; return ;; esac
	done
}

said() {
	sed 's/^/# /' <<<"$*"
}

# is WHAT GOT WANTED
is() {
	[ "$2" = "$3" ]
	ok $? "$1" || said "got:    $2
wanted: $3"
}

# like WHAT GOT PATTERN (extended regular expression)
like() {
	grep -qE -- "$3" <<<"$2"
	ok $? "$1" || said "got:    $2
wanted: $3"
}

# unlike WHAT GOT PATTERN
unlike() {
	! grep -qE -- "$3" <<<"$2"
	ok $? "$1" || said "got:      $2
unwanted: $3"
}

# The story cannot go on.
give_up() {
	echo "Bail out! $1"
	exit 1
}

finish() {
	echo "1..$TESTS"
	[ "$FAILED" -eq 0 ]
	exit
}

clean_up() {
	local pid

	tmux -L e2e kill-server 2>/dev/null
	for pid in $(keepers "$WORK"); do
		kill -9 "$pid" 2>/dev/null
		KILLED+=("$pid")
	done
	# Whoever was killed could not remove what libfaketime shares between processes.
	for pid in "${KILLED[@]}"; do
		rm -f "/dev/shm/faketime_shm_$pid" "/dev/shm/sem.faketime_sem_$pid"
	done
	rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

need() {
	local tool

	for tool; do
		command -v "$tool" >/dev/null || give_up "$tool is not installed."
	done
	[ -x "${PROVCONSOLE:-}" ] && [ -x "${KEEPER:-}" ] || give_up "PROVCONSOLE and KEEPER must name the two programs."
}

# --- waiting -----------------------------------------------------------------------

# until_ok COMMAND…: runs it until it succeeds; fails after the deadline
until_ok() {
	local end=$((SECONDS + DEADLINE))

	while ! "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		pause_for 0.05
	done
}

# The moment between two looks, or a window in which something is measured; no test relies on its length alone.
pause_for() {
	read -r -t "$1" <>"$WORK/never" || :
}
mkfifo "$WORK/never"

# --- the clock -----------------------------------------------------------------------

FAKETIME_LIBRARY=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 /usr/lib/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)
EPOCH=1767268803	# three seconds into a step of 30

# From here on consoles and keepers live at this time, which stands still.
clock_set() {
	[ -n "$FAKETIME_LIBRARY" ] || give_up "libfaketime is not installed."
	NOW=$1
	echo "$NOW" >"$WORK/clock.new" && mv "$WORK/clock.new" "$WORK/clock"
}

clock_move() {
	clock_set $((NOW + $1))
}

# code [STEPS]: of the authenticator, that many steps of 30 s from now
code() {
	oathtool --totp -b "$KEY" -N "@$((${NOW:-$(date +%s)} + 30 * ${1:-0}))"
}

# A code that is none of the six around now.
wrong_code() {
	local guess near

	near=" $(for step in -3 -2 -1 0 1 2 3; do code $step; done | tr '\n' ' ')"
	for guess in 000000 111111 222222 333333 444444 555555 666666 777777; do
		case $near in *" $guess "*) ;; *) echo "$guess"; return ;; esac
	done
}

# --- the programs ----------------------------------------------------------------------

# The environment of a console, a NAME=VALUE a line
environment() {
	printf '%s\n' "PATH=$PATH" "HOME=$WORK/home" LC_ALL=C.UTF-8 LANG=C.UTF-8 TZ=UTC
	[ -z "$FROM" ] || echo "SSH_CONNECTION=$FROM"
	[ -z "$NOW" ] || printf '%s\n' "LD_PRELOAD=$FAKETIME_LIBRARY" "FAKETIME_TIMESTAMP_FILE=$WORK/clock" FAKETIME_FMT=%s \
		FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1
	[ ${#EXTRA[@]} -eq 0 ] || printf '%s\n' "${EXTRA[@]}"
}

# pc ARGUMENT…: the command line
pc() {
	local environment

	mapfile -t environment < <(environment)
	env -i "${environment[@]}" "$PROVCONSOLE" --state "$STATE" "$@"
}

# json EXPRESSION: of the JSON on standard input, which is j
json() {
	"$PYTHON" -IS -c 'import json, sys
j = json.load(sys.stdin)
v = eval(sys.argv[1])
print(v if isinstance(v, str) else json.dumps(v))' "$1"
}

# keepers [DIRECTORY]: the pids of those that hold a state there
keepers() {
	local pid

	for pid in $(pgrep -f -- "provconsole-keeper --state ${1:-$STATE}"); do
		[ "$pid" = $$ ] || echo "$pid"
	done
}

no_keeper() {
	[ -z "$(keepers "${1:-$STATE}")" ]
}

kill_hard() {
	KILLED+=("$@")
	kill -9 "$@"
}

# Ends the keeper of the state, and waits for its end: what it acknowledged is on the disk.
stop_keeper() {
	local pids

	pids=$(keepers)
	# shellcheck disable=SC2086 # a list of numbers
	[ -z "$pids" ] || kill $pids
	until_ok no_keeper || give_up "The keeper does not leave."
}

kill_keeper() {
	# shellcheck disable=SC2046 # a list of numbers
	kill_hard $(keepers)
	until_ok no_keeper
}

# rows ACTION RESULT: how many of these are in the audit trail
rows() {
	pc audit list --json | json "sum(r['action'] == '$1' and r['result'] == '$2' for r in j)"
}

# --- a terminal ---------------------------------------------------------------------

TERMINAL=	# name of the one in use
WORDS=

tm() {
	tmux -L e2e -f /dev/null "$@"
}

# What stands in a terminal: it notes modes and pids, and leaves the screen as the program left it.
cat >"$WORK/inside" <<'END'
dir=$1
shift
trap : INT QUIT TSTP
until [ -e "$dir/go" ]; do
	read -r -t 0.01 <>"$dir/never"
done
stty -g >"$dir/stty.before"
"$BASH" -c 'echo $$ >"$0/pid.new"; mv "$0/pid.new" "$0/pid"; exec "$@"' "$dir" "$@" 2>"$dir/stderr"
status=$?
stty -g >"$dir/stty.after"
echo "$status" >"$dir/status.new"
mv "$dir/status.new" "$dir/status"
trap '' INT QUIT TSTP HUP
exec sleep infinity
END

# open NAME [ARGUMENT…]: a console in a new terminal of $SIZE
open() {
	local environment dir=$WORK/terminal.$1

	[ ! -e "$dir" ] || tm kill-session -t "=$1" 2>/dev/null
	TERMINAL=$1
	shift
	rm -rf "$dir"
	mkdir "$dir"
	mkfifo "$dir/never"
	mapfile -t environment < <(environment)
	[ ${#COMMAND[@]} -gt 0 ] && set -- "${COMMAND[@]}" || set -- "$PROVCONSOLE" --state "$STATE" "$@"
	tm new-session -d -s "$TERMINAL" -x "${SIZE%x*}" -y "${SIZE#*x}" -e "BASH=$BASH" \
		"$BASH" "$WORK/inside" "$dir" env -i TERM=screen-256color "${environment[@]}" "$@" ||
		give_up "tmux has no terminal for us."
	tm pipe-pane -t "=$TERMINAL:" "exec cat >'$dir/raw'"
	: >"$dir/go"
	until_ok test -e "$dir/pid" || give_up "The console was not started."
}

use() {
	TERMINAL=$1
}

# The line goes down: the terminal and all that runs in it
close() {
	tm kill-session -t "=$TERMINAL" 2>/dev/null
	TERMINAL=
}

pid() {
	cat "$WORK/terminal.$TERMINAL/pid"
}

type() {
	tm send-keys -t "=$TERMINAL:" -l -- "$*"
}

keys() {
	tm send-keys -t "=$TERMINAL:" "$@"
}

# paste_file FILE [-p]: into the terminal; -p: marked as a paste where the console asked for that
paste_file() {
	local file=$1

	shift
	tm load-buffer -b paste "$file"
	tm paste-buffer -d -b paste -t "=$TERMINAL:" "$@"
}

resize() {
	tm resize-window -t "=$TERMINAL:" -x "${1%x*}" -y "${1#*x}"
}

screen() {
	tm capture-pane -p -t "=$TERMINAL:"
}

# WORDS: those on the screen, without a QR code, one blank between words, whatever the width made of the sentences.
words() {
	local list

	read -r -d '' -a list <<<"$(screen)"
	WORDS=${list[*]}
	WORDS=${WORDS//[▀▄█]/}
	read -r -d '' -a list <<<"$WORDS"
	WORDS=${list[*]}
}

shows() {
	local text all

	words
	all=$WORDS
	for text; do
		case $all in *"$text"*) ;; *) return 1 ;; esac
	done
}

lacks() {
	! shows "$1"
}

wait_for() {
	until_ok shows "$@"
}

wait_gone() {
	until_ok lacks "$1"
}

dump() {
	said "the screen of $TERMINAL:"
	sed 's/^/#   |/' <<<"$(screen)"
	sed 's/^/#   2>/' "$WORK/terminal.$TERMINAL/stderr" 2>/dev/null
}

# see WHAT WORDS…: a test; without them the story ends
see() {
	wait_for "${@:2}"
	ok $? "$1" && return
	said "wanted: ${*:2}"
	dump
	give_up "The story ends here."
}

# gone WHAT WORDS: a test
gone() {
	wait_gone "$2"
	ok $? "$1" || dump
}

# now WHAT WORDS…: a test, of what is on the screen at this moment
now() {
	shows "${@:2}"
	ok $? "$1" || { said "wanted: ${*:2}"; dump; }
}

# not_now WHAT WORDS: a test
not_now() {
	lacks "$2"
	ok $? "$1" || { said "unwanted: $2"; dump; }
}

ended() {
	test -e "$WORK/terminal.$TERMINAL/status"
}

status() {
	cat "$WORK/terminal.$TERMINAL/status"
}

# ends WHAT STATUS: a test
ends() {
	until_ok ended || { ok 1 "$1"; dump; give_up "The console does not end."; }
	is "$1" "$(status)" "$2"
}

errors() {
	cat "$WORK/terminal.$TERMINAL/stderr"
}

# How a terminal must be when a console has ended: modes, screen, cursor, and pastes unmarked. Says what is wrong.
spoiled() {
	local dir=$WORK/terminal.$TERMINAL modes

	cmp -s "$dir/stty.before" "$dir/stty.after" || echo "stty: $(cat "$dir/stty.before") became $(cat "$dir/stty.after")"
	modes=$(tm display-message -p -t "=$TERMINAL:" \
		'#{alternate_on}#{cursor_flag}#{keypad_cursor_flag}#{keypad_flag}#{mouse_any_flag}#{insert_flag}')
	[ "$modes" = 010000 ] || echo "alternate screen, cursor, keypad, mouse, insert: $modes"
	[ "$(grep -ao $'\e\\[?2004[hl]' "$dir/raw" | tail -n 1)" != $'\e[?2004h' ] || echo "pastes are still marked"
}

sane() {
	[ -z "$(spoiled)" ]
}

# given_back WHAT: a test
given_back() {
	until_ok sane
	ok $? "$1" || said "$(spoiled)"
}

# --- what people do --------------------------------------------------------------------

# sign_in NAME [PASSWORD]: at the first door
sign_in() {
	wait_for 'User name' '[ Sign in ]' || { dump; give_up "There is no first door."; }
	type "$1"
	keys Enter
	type "${2-$PASSWORD}"
	keys Enter
}

# enter_code [CODE]: at the second
enter_code() {
	wait_for '6-digit code' || { dump; give_up "There is no second door."; }
	type "${1-$(code)}"
	keys Enter
}

# Reads the key off the screen where it can be selected, and goes back.
read_key() {
	wait_for 'Choose an application' '6-digit code' || { dump; give_up "Nothing is to be configured."; }
	keys k
	wait_for 'Type: time-based' || { dump; give_up "The key is not shown."; }
	KEY=$(screen | grep -oE '(^|[^A-Z2-7])[A-Z2-7]{32}([^A-Z2-7]|$)' | grep -oE '[A-Z2-7]{32}' | head -n 1)
	keys k
	wait_gone 'Type: time-based' || { dump; give_up "The key does not go."; }
}

read_codes() {
	wait_for 'I have saved these codes' || { dump; give_up "No recovery codes are shown."; }
	mapfile -t CODES < <(screen | grep -oE '[A-Z2-7]{4}(-[A-Z2-7]{4}){3}')
}

# The codes are saved: Enter goes to the button, Enter presses it.
save_codes() {
	keys Enter
	keys Enter
	wait_for 'Sign out' 'My account' || { dump; give_up "There is no home."; }
}

# configure: from the screen with the QR code to home
configure() {
	read_key
	enter_code
	read_codes
	save_codes
}

# At home: the console ends with its farewell.
sign_out() {
	keys C-c
	until_ok ended || { dump; give_up "The console does not end."; }
}

# The state with its first Super Administrator, who has no second factor yet.
make_state() {
	pc init --user "${1:-alice}" --password-stdin <<<"$PASSWORD" 2>/dev/null || give_up "init fails."
}

# The same with two factors, at $NOW; the clock is a step further then, so that the next code is a fresh one.
make_configured() {
	make_state "${1:-alice}"
	open configuring
	sign_in "${1:-alice}"
	configure
	sign_out
	close
	[ -z "$NOW" ] || clock_move 30
}

need tmux oathtool pgrep python3
PYTHON=$(command -v /usr/bin/python3 || command -v python3)
