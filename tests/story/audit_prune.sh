#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Old rows of the trail go, as root orders it or as the setting says: by slices, while people are
# served; a keeper that is killed meanwhile goes on with it, and what is left holds.
. "${top_srcdir:-.}/tests/story/lib.sh"
need sqlite3

OUT= ERR= STATUS=

run() {
	OUT=$(pc "$@" 2>"$WORK/err")
	STATUS=$?
	ERR=$(cat "$WORK/err")
}

did() {
	is "$1" "$STATUS" "$2" || said "$OUT" "$ERR"
	[ $# -lt 3 ] || like "$1: in words" "$OUT$ERR" "$3"
}

first() {
	pc audit list --json | json 'j[0]["id"]'
}

DAY=86400
clock_set 1800000000
pc init --user ada --password-stdin <<<"$PASSWORD" >/dev/null
for name in ben cid; do pc user add "$name" >/dev/null; done
clock_move $((40 * DAY))
for name in dora eve; do pc user add "$name" >/dev/null; done

run audit prune
did "a day must be given" 2 'Missing option: --before'
run audit prune --before long
did "as a day" 1 'not a time'
run audit prune --before 2027-02-31
did "that there is" 1 'not a time'
run audit prune --before 2099-01-01
did "and that is over" 1 'still to come'
is "of all this nothing came" "$(first)" 1

run audit prune --before "$(date -u -d @$((1800000000 + 20 * DAY)) +%F)"
did "rows from before it go" 0 '3 rows were removed; the audit trail begins with row 4'
is "for good" "$(first)" 4
run audit verify
did "what is left holds" 0 'Rows 4 to [0-9]+ of the audit trail are intact'
like "and says what went" "$OUT" 'Rows 1 to 3 were pruned'
like "the order is a row" "$(pc audit list --json)" '"action": "audit-prune".*"detail": "before 2027-'
run audit prune --before "$(date -u -d @$((1800000000 + 10 * DAY)) +%F)"
did "an earlier order changes nothing" 0 '^0 rows were removed'

# --- a keeper that is killed ----------------------------------------------------------------

stop_keeper
rm -rf "$STATE"
clock_set 1690000000
pc init --user ada --password-stdin <<<"$PASSWORD" >/dev/null
stop_keeper
"${top_builddir:-.}/tests/bench/rows" "$STATE" 40000 1700000000 || give_up "There are no rows."
clock_set 1800000000
pc user add ben >/dev/null
working=0
for killed in 1 2 3 4 5; do
	pc audit prune --before 2026-01-01 >"$WORK/said" 2>&1 &
	order=$!
	until_ok [ -n "$(keepers)" ]
	pause_for "0.$killed"
	kill_keeper
	wait "$order" || working=$((working + 1))
	run audit verify
	did "killed for the $killed. time: the trail holds" 0
done
[ "$working" -gt 0 ]
ok $? "it was at work when it was killed"
run audit prune --before 2026-01-01
did "the order is carried out in the end" 0
run audit verify
like "to its last row" "$OUT" 'Rows 1 to 40001 were pruned'

finish
