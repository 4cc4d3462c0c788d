# SPDX-License-Identifier: GPL-3.0-or-later
# What the end to end tests share: a state of their own, a real terminal (tmux), a
# clock that stands still until it is moved (libfaketime), codes by oathtool, and TAP.
# Sourced by each script, which calls finish at its end.
#
#   open NAME             a console in a terminal of its own; from
#   then on all words below are about that one
#   type TEXT, keys KEY…  what a person types
#   see WHAT WORDS…       a test: the words come onto the screen (not a fixed time, but a deadline)
#   ends WHAT STATUS      a test: the console ends with that status
set -u

DEADLINE=${TEST_DEADLINE:-40}		# seconds; for one thing that is waited for
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
WORK=$(mktemp -d /tmp/provconsole-test.XXXXXX) || exit 1
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
		case ${BASH_SOURCE[i]} in */lib.sh | */terminal.sh | *.bash) ;; *) \
			echo "${BASH_SOURCE[i]}:${BASH_LINENO[i - 1]}"; return ;; esac
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

	tmux -L provconsole kill-server 2>/dev/null
	# shellcheck disable=SC2046 # a list of numbers
	kill_hard $(keepers "$WORK")
	for pid in "${KILLED[@]}"; do
		rm -f "/dev/shm/faketime_shm_$pid" "/dev/shm/sem.faketime_sem_$pid"
	done
	rm -rf --one-file-system "$WORK"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

need() {
	local tool

	for tool; do
		command -v "$tool" >/dev/null || give_up "$tool is not installed."
	done
	[ -x "${PROVCONSOLE:-}" ] && [ -x "${KEEPER:-}" ] ||
		give_up "PROVCONSOLE and KEEPER must name the two programs."
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

# The moment between two looks, or a window in which something is
# measured; no test relies on its length alone.
pause_for() {
	read -r -t "$1" <>"$WORK/never" || :
}
mkfifo "$WORK/never"

# --- the clock -----------------------------------------------------------------------

FAKETIME_LIBRARY=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 \
	/usr/lib/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)
EPOCH=1767268803	# three seconds into a step of 30

# From here on consoles and keepers live at this time, which stands still.
clock_set() {
	[ -n "$FAKETIME_LIBRARY" ] || give_up "libfaketime is not installed."
	[ -d /dev/shm ] || give_up "libfaketime needs /dev/shm: mount a tmpfs there, or make the directory."
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
	[ -z "$NOW" ] || printf '%s\n' "LD_PRELOAD=$FAKETIME_LIBRARY" \
		"FAKETIME_TIMESTAMP_FILE=$WORK/clock" FAKETIME_FMT=%s \
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

# Whether a process has ended, be it that nobody has asked how
has_ended() {
	local line=

	read -r -d '' line 2>/dev/null <"/proc/$1/cmdline"
	[ -z "$line" ]
}

# Whoever is killed cannot remove what libfaketime shares between
# processes; it is named after whoever was first of them.
kill_hard() {
	local pid

	for pid; do
		KILLED+=("$pid" $(grep -o 'faketime_shm_[0-9]*' "/proc/$pid/maps" 2>/dev/null |
			tr -dc '0-9\n' | sort -u))
		kill -9 "$pid" 2>/dev/null
	done
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

# ticks PID…: of processor time that these have used, all together; fails where one is not there
ticks() {
	local pid stat fields sum=0

	[ $# -gt 0 ] || return
	for pid; do
		stat=$(cat "/proc/$pid/stat" 2>/dev/null) || return
		read -r -a fields <<<"${stat##*) }"	# behind a name with any signs in it
		sum=$((sum + fields[11] + fields[12]))
	done
	echo $sum
}

# rows ACTION RESULT: how many of these are in the audit trail
rows() {
	pc audit list --json | json "sum(r['action'] == '$1' and r['result'] == '$2' for r in j)"
}

. "${top_srcdir:-.}/tests/story/terminal.sh"
need tmux oathtool pgrep python3
PYTHON=$(command -v /usr/bin/python3 || command -v python3)
