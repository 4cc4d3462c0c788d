# SPDX-License-Identifier: GPL-3.0-or-later
# A keeper as a service, strangers around it, and what is measured meanwhile. Sourced after lib.sh.
#
#   serve                   a keeper of $STATE runs; SERVED is its pid
#   served_ends WHAT        a test: SIGTERM is heard within 100 ms, and ends it
#   ask LINE VERB WORD…     one request by `talk`: then VERDICT, DOOR, WAIT (seconds), TOOK
#   (milliseconds) and MORE are known
#   says WHAT VERDICT       a test of the last of these
#   tries NAME SOURCE PASSWORD    a new line from there, and the password
#   root_asks WHAT          a test: root's `user list` within a second
#   hello_answered WHAT     a test: a hello from elsewhere within a second
#   idle WHAT               a test: in two seconds at the latest the keeper does nothing any more
CLIENT=$top_builddir/tests/client
SERVED=
TALKS=
PATIENCE=10	# seconds for a command that may hang

now_ms() {
	echo $((${EPOCHREALTIME/./} / 1000))
}

# Whoever was started here goes too, when a test gives up.
clean_up_strangers() {
	local job

	for job in "$SERVED" "$TALKS" "${HOLDS:-}" "${FLOOD:-}"; do
		[ -z "$job" ] || kill -9 "$job" 2>/dev/null
	done
	clean_up
}
trap clean_up_strangers EXIT

# --- the keeper ----------------------------------------------------------------------

serve() {
	local environment

	mapfile -t environment < <(environment)
	coproc SERVICE { exec env -i "${environment[@]}" "$CLIENT/service" "$STATE" \
		"$KEEPER" 2>"$WORK/service"; }
	exec {SERVICE_OUT}<&"${SERVICE[0]}"- {SERVICE_IN}>&"${SERVICE[1]}"-
	SERVICE_JOB=$SERVICE_PID
	read -r SERVED <&"$SERVICE_OUT" || give_up "No keeper starts: $(cat "$WORK/service")"
}

# Ends it, however long it takes; ENDED is after how many milliseconds it said so, and how it ended.
stop_served() {
	[ -n "$SERVED" ] || return 0
	echo >&"$SERVICE_IN"
	read -r ENDED <&"$SERVICE_OUT"
	exec {SERVICE_OUT}<&- {SERVICE_IN}>&-
	wait "$SERVICE_JOB" 2>/dev/null
	SERVED=
}

served_ends() {
	stop_served
	[ "${ENDED%% *}" -le 100 ] && [ "${ENDED#* }" = "exited 0" ]
	ok $? "$1: the keeper hears SIGTERM within 100 ms, and ends" ||
		said "after so many ms: $ENDED"
}

# cpu_of COMMAND…: runs it, and CPU is how many milliseconds the keeper computed meanwhile
cpu_of() {
	local before

	before=$(ticks "$SERVED")
	"$@"
	CPU=$((($(ticks "$SERVED") - before) * 10))
}

at_rest() {
	cpu_of pause_for 0.3
	[ "$CPU" -le 10 ]
}

idle() {
	DEADLINE=2 until_ok at_rest
	ok $? "$1: within 2 s the keeper is idle" || said "in 0.3 s it computed for $CPU ms"
}

# Bytes that the keeper has written into files
written() {
	awk '$1 == "wchar:" { print $2 }' "/proc/$SERVED/io"
}

# --- requests -------------------------------------------------------------------------

ask() {
	if [ -z "$TALKS" ]; then
		coproc TALK { exec "$CLIENT/talk" "$STATE" 2>"$WORK/talk"; }
		exec {TALK_OUT}<&"${TALK[0]}"- {TALK_IN}>&"${TALK[1]}"-
		TALKS=$TALK_PID
	fi
	echo "$*" >&"$TALK_IN"
	read -r -t 70 VERDICT DOOR WAIT TOOK MORE <&"$TALK_OUT" || give_up "$*: $(cat "$WORK/talk")"
}

# A keeper that ended has ended all lines.
hang_up() {
	[ -n "$TALKS" ] || return 0
	exec {TALK_OUT}<&- {TALK_IN}>&-
	# its input does not end while others have inherited it
	kill "$TALKS" 2>/dev/null; wait "$TALKS" 2>/dev/null
	TALKS=
}

says() {
	is "$1" "$VERDICT" "$2"
}

tries() {
	ask try open "$2"
	[ "$VERDICT" = OK ] || return 0
	ask try password "$1" "$3"
}

root_asks() {
	local began status took

	began=$(now_ms)
	timeout $PATIENCE "$PROVCONSOLE" --state "$STATE" user list >"$WORK/list" 2>&1
	status=$?
	took=$(($(now_ms) - began))
	[ "$status" -eq 0 ] && [ "$took" -le 1000 ]
	ok $? "$1: root's command is answered within a second" ||
		said "status $status after $took ms: $(cat "$WORK/list")"
}

hello_answered() {
	local began took

	began=$(now_ms)
	[ "$(timeout $PATIENCE "$CLIENT/hold" "$STATE" 1 192.0.2.200 </dev/null 2>&1)" = 1 ]
	status=$?
	took=$(($(now_ms) - began))
	[ "$status" -eq 0 ] && [ "$took" -le 1000 ]
	ok $? "$1: a hello is answered within a second" || said "status $status after $took ms"
}

# --- floods ---------------------------------------------------------------------------

# The socket as a service manager makes it: other users of this host reach it.
open_to_all() {
	chmod 711 "$STATE"
	chmod 666 "$STATE/socket"
}

closed_again() {
	chmod 600 "$STATE/socket"
	chmod 700 "$STATE"
}

# flood LINES SECONDS NAME SOURCE [UID]: in the background; flooded waits for it
flood() {
	"$CLIENT/flood" "$STATE" "$@" >"$WORK/flood" 2>&1 &
	FLOOD=$!
}

flooded() {
	wait "$FLOOD"
	FLOOD=
}

# verdicts WORD: how many of the flood had that
verdicts() {
	awk -v word="$1" '$1 == word { n = $2 } END { print n + 0 }' "$WORK/flood"
}

# hold LINES SOURCE: comes and stays until let_go; HELD is how many hellos were answered
hold() {
	coproc HOLD { exec "$CLIENT/hold" "$STATE" "$@" 2>"$WORK/hold"; }
	exec {HOLD_OUT}<&"${HOLD[0]}"- {HOLD_IN}>&"${HOLD[1]}"-
	HOLDS=$HOLD_PID
	read -r HELD <&"$HOLD_OUT" || give_up "There is no crowd: $(cat "$WORK/hold")"
}

let_go() {
	exec {HOLD_OUT}<&- {HOLD_IN}>&-
	kill "$HOLDS" 2>/dev/null; wait "$HOLDS" 2>/dev/null
	HOLDS=
}
