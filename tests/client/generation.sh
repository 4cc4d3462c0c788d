#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A password is changed while somebody signs in with the old one: nobody
# who passed by the old one is still at home after it.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

make_state root
pc settings set require-2fa no
pc user add alice --password-stdin <<<"$PASSWORD"
echo "$PASSWORD" >"$WORK/password"
stop_keeper
serve
# Of 40 some five to ten are in before the change; where none is, nothing was tried.
for again in {1..5}; do
	out=$("$CLIENT/generation" "$STATE" alice "$WORK/password" 40 2>&1)
	is "of 40 who passed by the old password none is at home" "${out#*$'\n'}" 'stayed 0
ended 40'
	entered=$(sed -n 's/^entered //p' <<<"$out")
	[ "${entered:-0}" -eq 0 ] || break
	echo 'a new pass phrase, number 39' >"$WORK/password"
done
[ "${entered:-0}" -gt 0 ]
ok $? "and some of them were let in before the change" || said "$out"
served_ends "after it"
finish
