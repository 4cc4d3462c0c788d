#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two Super Administrators save settings at one moment, asked of the keeper directly: different ones
# are both saved, of the same one the first is, and the other request is refused whole; a switch is
# flipped once.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

make_state one
pc settings set require-2fa no
person two super-administrator
printf '%s\n' "$PASSWORD" >"$WORK/password"
"$top_builddir/tests/client/edits" "$STATE" "$WORK/password" 12 >"$WORK/verdicts"
is "the rounds came to their end" "$? $(wc -l <"$WORK/verdicts")" "0 12"
is "different settings are both saved" "$(grep -c '^different OK OK whole$' "$WORK/verdicts")" 4
is "of the same one the first is, and nothing of the other request" \
	"$(grep -c '^same OK STALE whole$' "$WORK/verdicts")" 4
is "a switch is flipped once" "$(grep -c '^switch OK STALE whole$' "$WORK/verdicts")" 4
[ "$(grep -cv 'whole$' "$WORK/verdicts")" = 0 ] || said "$(cat "$WORK/verdicts")"
is "each change has one row, and each refusal one" \
	"$(($(rows_of one setting ok) + $(rows_of two setting ok))) $(($(
		rows_of one setting refused) + $(rows_of two setting refused)))" "28 8"
ok "$(pc audit verify >"$WORK/out" 2>&1 && echo 0 || echo 1)" "and the trail is whole"
finish
