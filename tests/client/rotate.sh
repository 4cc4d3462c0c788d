#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The keys are replaced, again and again, while 64 people sign in at once: nobody is refused, whoever
# is in stays in, and two who rotate at once do not harm each other.
. "${top_srcdir:-.}/tests/story/lib.sh"

CREW=$top_builddir/tests/client/crew
PEOPLE=20000

"$CREW" make "$STATE" "$PEOPLE" || give_up "There are no people."
before=$(sha256sum <"$STATE/console.key")


pc user list >/dev/null || give_up "No keeper starts."

rotations() {
	local n=0

	until [ -e "$WORK/enough" ]; do
		pc key rotate 2>>"$WORK/rotated.$1" || { echo "status $?" >>"$WORK/failed"; return; }
		n=$((n + 1))
	done
	echo "$n" >"$WORK/rotations.$1"
}

rotations 1 &
ROTATING=$!
begun() {
	[ -n "$(pc audit list --json | json "[1 for r in j if r['action'] == 'key-rotate']" |
		tr -d '[]')" ]
}
until_ok begun || give_up "No rotation begins."
for first in 1 65 129; do
	is "64 sign in while keys are replaced, from p$first on" \
		"$("$CREW" sign-in "$STATE" "$first" 64)" 'OK 64'
done
rotations 2 &
is "and while two replace them" "$("$CREW" sign-in "$STATE" 193 64)" 'OK 64'
: >"$WORK/enough"
wait $ROTATING %% 2>/dev/null
wait $! 2>/dev/null
is "no rotation fails" "$(cat "$WORK/failed" "$WORK"/rotated.* 2>/dev/null | grep -c status)" 0 ||
	said "$(cat "$WORK"/rotated.*)"
[ "$(cat "$WORK/rotations.1")" -ge 1 ]
ok $? "and there was one at least" || said "$(cat "$WORK"/rotat*)"
[ "$(sha256sum <"$STATE/console.key")" != "$before" ]
ok $? "console.key is another"
is "the doctor finds the key, the database and the trail whole" "$(pc doctor --json |
	json "[f['ok'] for f in j if f['check'] in ('database', 'audit', 'key')]")" '[true, true, true]'
kill_keeper
is "and after the keeper was killed more people sign in" \
	"$(pc user list >/dev/null; "$CREW" sign-in "$STATE" 300 8)" 'OK 8'
finish
