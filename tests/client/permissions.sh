#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything, asked for by everyone, straight over the socket: what is given is what
# core/permission.c says, and what is not is in the trail.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

make_state root
pc settings set require-2fa no
for role in operator administrator super-administrator; do
	person "$role" "$role"
done
echo "$PASSWORD" >"$WORK/password"
"$top_builddir/tests/client/permissions" "$STATE" "$WORK/password" "$(id -un)" >"$WORK/tap"
status=$?
grep -v '^1\.\.' "$WORK/tap"
TESTS=$(grep -cE '^(not )?ok ' "$WORK/tap")
FAILED=$(grep -c '^not ok ' "$WORK/tap")
is "the walk came to its end" "$status" "$((FAILED > 0))"
pc audit list --json >"$WORK/trail"
is "the trail can be read after all of it" "$(json 'len(j) > 100' <"$WORK/trail")" true
is "and nothing in it controls a terminal" "$(LC_ALL=C tr -d '\n\40-\176\200-\377' <"$WORK/trail" |
	wc -c)" 0
# core/audit.c: a name in its table begins a row of it.
verbs=$(sed -nE 's/^\t\[AUDIT_[A-Z0-9_]+\] = \{ "([a-z0-9-]+)",.*/\1/p' \
	"$top_srcdir/src/core/audit.c")
is "what it calls things are verbs of the one table" \
	"$(json '"\n".join(sorted({r["action"] for r in j}))' <"$WORK/trail" |
	grep -vxF "$verbs")" ''
unlike "nor is there a password or a code" "$(cat "$WORK/trail")" "$PASSWORD"
is "nobody has become what they were not" "$(pc user list --json |
	json "[u['role'] for u in j if u['name'] in ('operator', 'administrator')]")" \
	'["administrator", "operator"]'
finish
