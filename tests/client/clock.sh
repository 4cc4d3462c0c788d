#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The host's clock goes a day ahead, and two days back, while a command runs and is recorded: how long
# it ran, the times of its recording, and the limits of its session go by what has passed.
. "${top_srcdir:-.}/tests/host.bash" || exit 1
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "${top_srcdir:-.}/tests/client/guarded.bash" || exit 1
need setpriv useradd
MARK=clock-$$

guard
gcon settings set idle-lock 10m >/dev/null
gcon settings set session-limit 15m >/dev/null
kill "$KEEPS" "$RUNS"
until_ok has_ended "$KEEPS"

# From here on keeper and runner have a clock of their own, and time that passes as it does.
the_clock() {
	clock_set "$1"
	install -m 644 "$WORK/clock" "$HOST/run/clock.new" && mv "$HOST/run/clock.new" "$HOST/run/clock"
}
EPOCH=$(date +%s)
the_clock "$EPOCH"
on_host useradd --system --user-group --no-create-home --home-dir / provconsole-record ||
	give_up "There is no user who records."
for program in keeper runner; do
	mv "$HOST$LIBEXEC/provconsole-$program" "$HOST$LIBEXEC/real-$program"
	cat >"$HOST$LIBEXEC/provconsole-$program" <<END
#!/bin/sh
export LD_PRELOAD=$FAKETIME_LIBRARY FAKETIME_TIMESTAMP_FILE=/run/clock FAKETIME_FMT=%s
export FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1
exec $LIBEXEC/real-$program "\$@"
END
	chmod 755 "$HOST$LIBEXEC/provconsole-$program"
done
keep
runner

command_ steps --title Steps --role operator --record -- /bin/sh -c \
	": $MARK; echo one; read -r a; echo two; read -r a; echo three; exit 5"
says() {
	grep -q "$1" "$WORK/out"
}
mkfifo "$WORK/typed"
timeout 60 "${HOST_RUN[@]}" "$LIBEXEC/commander" "$GUARDED" operator /root/password run steps \
	<"$WORK/typed" >"$WORK/out" 2>&1 &
exec {typed}>"$WORK/typed"
until_ok says one || give_up "It does not begin: $(cat "$WORK/out" "$WORK/keeper" "$WORK/runner"; ps -eo pid,ppid,uid,stat,wchan,args | grep -a provconsole)"
began=$SECONDS
the_clock $((EPOCH + 86400))
gcon settings get idle-lock >/dev/null	# the keeper looks at its clock
echo >&"$typed"
until_ok says two
ok $? "a day ahead it goes on" || said "$(cat "$WORK/out")"
the_clock $((EPOCH - 86400))
gcon settings get idle-lock >/dev/null
echo >&"$typed"
until_ok says 'status 5'
ok $? "and two days back, to its own end" || said "$(cat "$WORK/out")"
exec {typed}>&-
lasted=$(((SECONDS - began + 2) * 1000))

in_trail() {
	ended steps | grep -q 'status 5'
}
until_ok in_trail
milliseconds=$(ended steps | grep -oE '[0-9-]+ ms' | tr -dc '0-9-')
ok "$([ "$milliseconds" -ge 0 ] && [ "$milliseconds" -le "$lasted" ]; echo $?)" \
	"it ran as long as it did" || said "$milliseconds of $lasted"
cast=$(find "$HOST/var/lib/provconsole-runner/recordings" -name '*.cast')
is "its recording began when the clock said so, and its times only grow" "$("$PYTHON" -IS - "$cast" "$lasted" <<'P'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
times = [event[0] for event in lines[1:]]
print(lines[0]["timestamp"], times == sorted(times), 0 <= times[0], times[-1] * 1000 <= int(sys.argv[2]))
P
)" "$EPOCH True True True"
finish
