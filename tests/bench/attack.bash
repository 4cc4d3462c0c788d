# SPDX-License-Identifier: GPL-3.0-or-later
# The section "under attack": what others have of a keeper while a stranger is at it
# at full speed. A column is one run of a keeper, the first of them quiet; a row is a
# figure of all, with its goal. Sourced by bench.sh.
STRANGERS=$top_builddir/tests/client
ATTACKS=(quiet passwords lines hellos paused)
ATTACK_ROWS=()
WINDOW=10	# seconds in which nobody but the stranger does anything

# --- the strangers ------------------------------------------------------------------------

# stranger PROGRAM ARGUMENT…: in the background, until it is told to go. Its input is open
# for writing too, else it would end with whoever else waits at that pipe.
stranger() {
	"$STRANGERS/$1" "$WORK/siege" "${@:2}" <>"$WORK/never" >"$WORK/stranger" 2>&1 &
	STRANGER=$!
}

stranger_goes() {
	[ -n "${STRANGER:-}" ] || return 0
	kill "$STRANGER" 2>/dev/null
	wait "$STRANGER" 2>/dev/null
	STRANGER=
}

attack_quiet() {
	:
}

attack_passwords() {
	stranger flood 64 1000 'name-%' 203.0.113.9
}

# All that there may be; they are there when it says so.
attack_lines() {
	stranger hold 4096 203.0.113.9
	until [ -s "$WORK/stranger" ]; do
		kill -0 "$STRANGER" || die "The stranger does not come: $(cat "$WORK/stranger")"
		read -r -t 0.05 <>"$WORK/never" || :
	done
}

# By a user who is not the host.
attack_hellos() {
	chmod 711 "$WORK/siege"
	chmod 666 "$WORK/siege/socket"
	stranger flood 16 1000 @host local 65534
}

attack_paused() {
	stranger flood 32 1000 u1 203.0.113.9
}

# --- figures ----------------------------------------------------------------------------------

now_ms() {
	echo $((${EPOCHREALTIME/./} / 1000))
}

# root_command: milliseconds of the slowest of five
root_command() {
	local began slowest=0 took

	for _ in {1..5}; do
		began=$(now_ms)
		timeout 10 "$PROVCONSOLE" --socket "$WORK/siege/socket" user show \
			u1 >/dev/null 2>&1 || slowest=10000
		took=$(($(now_ms) - began))
		[ "$took" -le "$slowest" ] || slowest=$took
	done
	echo "$slowest"
}

keeper_wrote() {
	awk '$1 == "wchar:" { print $2 }' "/proc/$KEEPER_PID/io"
}

# What the stranger alone makes it write, a minute
bytes_a_minute() {
	local before

	before=$(keeper_wrote)
	read -r -t $WINDOW <>"$WORK/never" || :
	echo $((($(keeper_wrote) - before) * 60 / WINDOW))
}

# MiB at its highest, against workers x 19 MiB + 40 MiB
keeper_room() {
	local workers

	workers=$(awk '/^Threads:/ { print $2 - 1 }' "/proc/$KEEPER_PID/status")
	calc "$(keeper_memory VmHWM) / 1024 / ($workers * 19 + 40)"
}

# The milliseconds from SIGTERM to the end; 10000: it had to be killed.
keeper_ends() {
	local began killer

	began=$(now_ms)
	(read -r -t 10 <>"$WORK/never" || kill -9 "$KEEPER_PID") 2>/dev/null &
	killer=$!
	keeper_stop
	F[$1.sigterm]=$(($(now_ms) - began))
	kill "$killer" 2>/dev/null
	wait "$killer" 2>/dev/null
}

# under ATTACK FIRST: a column; people from FIRST on sign in
under() {
	say "under attack: $1"
	keeper_start "$WORK/siege"
	"attack_$1"
	read -r -t 2 <>"$WORK/never" || :
	figures "$1." timeout 300 "$BENCH/meanwhile" "$WORK/siege" "$2" 30
	F[$1.root]=$(root_command)
	F[$1.kib]=$(calc "$(bytes_a_minute) / 1024")
	F[$1.memory]=$(keeper_room)
	keeper_ends "$1"
	stranger_goes
	chmod 700 "$WORK/siege"
	F[$1.slower]=$(calc "${F[$1.p99]} / ${F[quiet.p99]}")
}

# As many ordinary consoles, into which one wrong name is typed
consoles() {
	local before from to

	say "under attack: 320 consoles"
	keeper_start "$WORK/siege"
	coproc CONSOLES { exec "$STRANGERS/consoles" "$PROVCONSOLE" "$WORK/siege" 320 nobody \
		'not the password' 2>"$WORK/stranger"; }
	STRANGER=$CONSOLES_PID
	exec {from}<&"${CONSOLES[0]}"- {to}>&"${CONSOLES[1]}"-
	read -r _ F[consoles.ready] <&"$from"
	echo >&"$to"
	read -r _ F[consoles.answered] F[consoles.took] <&"$from"
	read -r -t 2 <>"$WORK/never" || :
	before=$(awk '{ print $14 + $15 }' "/proc/$KEEPER_PID/stat")
	read -r -t 1 <>"$WORK/never" || :
	F[consoles.busy]=$((($(awk '{ print $14 + $15 }' "/proc/$KEEPER_PID/stat") - before) * 10))
	keeper_ends consoles
	echo >&"$to"
	wait "$STRANGER" 2>/dev/null
	STRANGER=
	row "320 consoles with one wrong name: answered" "${F[consoles.answered]}" \
		"the last after $(digits "${F[consoles.took]}") ms" \
		"${F[consoles.answered]}" '>= 320'
	row "the keeper's computing two seconds after, ms in a second" "${F[consoles.busy]}" "" \
		"${F[consoles.busy]}" '<= 10'
	row "its end with all of them open, ms from SIGTERM" "${F[consoles.sigterm]}" "" \
		"${F[consoles.sigterm]}" '<= 100'
}

# --- the table -----------------------------------------------------------------------------------

# attack_row WHAT FIGURE GOAL: all columns of it; the goal is for each but the quiet one
attack_row() {
	local attack cells= met=yes operator=${3% *} limit=${3##* }

	for attack in "${ATTACKS[@]}"; do
		cells+="$(digits "${F[$attack.$2]}") | "
		[ "$attack" = quiet ] ||
			awk -v v="${F[$attack.$2]}" -v o="$operator" -v l="$limit" \
			'BEGIN { exit !(o == "<=" ? v <= l : v >= l) }' || met='**no**'
	done
	set -- "$1" "$2" "${3/<=/≤}"
	ATTACK_ROWS+=("| $1 | $cells${3/>=/≥} | $met |")
}

attack() {
	local attack first=0

	seed siege 400
	for attack in "${ATTACKS[@]}"; do
		under "$attack" "$((first += 50))"
	done
	attack_row "sign-ins from elsewhere that succeed, of 30" in '>= 30'
	attack_row "their 99th percentile, ms" p99 "<= $(digits "$(calc "${F[quiet.p99]} * 3")")"
	attack_row "an answer to who is in, 99th percentile, ms" home '<= 50'
	attack_row "a command of root's, the slowest of five, ms" root '<= 1000'
	attack_row "KiB written a minute" kib '<= 1024'
	attack_row "memory at its highest, of workers x 19 MiB + 40 MiB" memory '<= 1'
	attack_row "the end, ms from SIGTERM" sigterm '<= 100'
	consoles
}

attack_table() {
	echo
	echo "Under attack, by one stranger at full speed:"
	echo
	echo "| what | quiet | wrong passwords, 64 lines | 4,096 idle lines | refused hellos | refusals while paused | goal | met |"
	echo "|---|--:|--:|--:|--:|--:|---|---|"
	printf '%s\n' "${ATTACK_ROWS[@]}"
}
