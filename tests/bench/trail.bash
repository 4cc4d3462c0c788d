# SPDX-License-Identifier: GPL-3.0-or-later
# The long trail (reading.bash), of three rows a sign-in: the size of its state, how fast it is
# verified and exported, in how much memory, and what others have of the keeper meanwhile. Sourced
# by bench.sh.

TRAIL_WRITER=

# trail_took COMMAND…: seconds, and KiB of the largest process in it
trail_took() {
	python3 -IS - "$@" <<'END'
import resource, subprocess, sys, time
began = time.monotonic()
if subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) != 0:
    print("failed 1")
print("seconds", time.monotonic() - began)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print("processor", usage.ru_utime + usage.ru_stime)
print("kib", usage.ru_maxrss)
END
}

trail_pc() {
	"$PROVCONSOLE" --state "$WORK/long" "$@"
}

# trail_meanwhile NAME FIRST COMMAND…: again and again, while people from FIRST on sign in
trail_meanwhile() {
	(while :; do "${@:3}"; done) >/dev/null 2>&1 &
	TRAIL_WRITER=$!
	figures "trail.$1." timeout 300 "$BENCH/meanwhile" "$WORK/long" "$2" 30
	kill "$TRAIL_WRITER" 2>/dev/null
	wait "$TRAIL_WRITER" 2>/dev/null
	rm -f "$WORK/exported"
}

trail_export() {
	rm -f "$WORK/exported"
	trail_pc audit export "$WORK/exported"
}

# trail_rate WHAT NAME: rows a second against the goal
trail_rate() {
	local rate

	rate=$(calc "$LONG_ROWS / ${F[trail.$2.seconds]}")
	row "$1, rows a second" "$(awk -v n="$rate" 'BEGIN { printf "%d", n }')" \
		"$(calc "$LONG_ROWS / ${F[trail.$2.processor]}" | awk '{ printf "%d", $1 }') a second of one core" \
		"$(calc "$rate / 300000")" '>= 1'
	row "its memory" "$((F[trail.$2.kib] / 1024)) MiB" "32 MiB, however long the trail" \
		"$(calc "${F[trail.$2.kib]} / 32768")" '<= 1'
}

# trail_others WHAT NAME: what who is in has of the keeper meanwhile
trail_others() {
	row "an answer at home meanwhile, p99: $1" "$(digits "${F[trail.$2.home]}") ms" \
		"20 ms; quiet $(digits "${F[trail.quiet.home]}") ms" \
		"$(calc "${F[trail.$2.home]} / 20")" '<= 1'
}

trail() {
	local bytes

	long_trail
	say "the long trail"
	bytes=$(stat -c %s "$WORK/long/console.db")
	row "the state after $((LONG_ROWS / 3)) sign-ins, $MANY_PEOPLE people" \
		"$((bytes >> 20)) MiB" "$((bytes / (LONG_ROWS / 3))) bytes a sign-in" - -
	figures trail.verify. trail_took "$PROVCONSOLE" --state "$WORK/long" audit verify
	trail_rate "audit verify" verify
	figures trail.export. trail_took "$PROVCONSOLE" --state "$WORK/long" audit export \
		"$WORK/exported"
	trail_rate "audit export" export
	rm -f "$WORK/exported"
	keeper_start "$WORK/long"
	figures trail.quiet. timeout 300 "$BENCH/meanwhile" "$WORK/long" 1 30
	trail_meanwhile verify 101 trail_pc audit verify
	trail_others "audit verify" verify
	trail_meanwhile export 201 trail_export
	trail_others "audit export" export
	trail_meanwhile prune 301 trail_pc audit prune --before 2023-12-31
	trail_others "audit prune" prune
	keeper_stop
	rm -rf "$WORK/long"
}
