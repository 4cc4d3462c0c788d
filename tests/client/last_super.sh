#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two Super Administrators do away with each other at one moment, by role, disabling and removing:
# one of them always stays.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

make_state one
pc settings set require-2fa no
person two super-administrator
printf '%s\n' "$PASSWORD" >"$WORK/password"
"$top_builddir/tests/client/demotions" "$STATE" "$WORK/password" 12 >"$WORK/verdicts"
is "the rounds came to their end" "$? $(wc -l <"$WORK/verdicts")" "0 12"
is "in each, one was done" "$(grep -cE '^OK |OK$' "$WORK/verdicts")" 12 || said "$(cat "$WORK/verdicts")"
is "and never both" "$(grep -c '^OK OK$' "$WORK/verdicts")" 0 || said "$(cat "$WORK/verdicts")"
is "one enabled Super Administrator is there" "$(pc user list --json |
	json "sum(u['role'] == 'super-administrator' and u['enabled'] for u in j)")" 1
unlike "nobody was told that something failed" "$(cat "$WORK/verdicts")" 'FAILED|STORE|CORRUPT'
finish
