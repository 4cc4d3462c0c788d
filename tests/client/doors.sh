#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# At each door, every request, also what belongs to it but is asked for before its turn: no line is
# given what another one was shown, or what comes after a step that it left out.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

make_state root
person coded
person operator
enrolled coded
printf '%s\n%s\n' "$PASSWORD" "$(pc user add invited 2>/dev/null)" >"$WORK/secrets"
"$top_builddir/tests/client/doors" "$STATE" "$WORK/secrets" >"$WORK/tap"
status=$?
cat "$WORK/tap"
TESTS=$(grep -cE '^(not )?ok ' "$WORK/tap")
FAILED=$(grep -c '^not ok ' "$WORK/tap")
is "the walk came to its end" "$status" "$((FAILED > 0))"
finish
