#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command that prints JSON says there all that it says as text.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/story/people.bash"
clock_set $EPOCH
make_configured alice
FROM='203.0.113.9 4711 192.0.2.1 22'
person bob administrator
enrolled bob
pc user add carol >/dev/null 2>&1
added=$NOW
person dave
pc user disable dave
person erin
pc settings set applications 'Authy, another one'

# The line drops behind her, and then somebody guesses: failures since, and a source.
fresh
inside bob
sign_out
open guess
sign_in bob 'a wrong password'
see "somebody guesses" 'User name or password is wrong.'
close

# same COMMAND…: both ways of it agree
same() {
	pc "$@" >"$WORK/text" 2>"$WORK/err"
	pc "$@" --json >"$WORK/json" 2>>"$WORK/err"
	is "$*: the text says something" "$([ -s "$WORK/text" ] && echo yes)" yes
	is "$*: and JSON the same" "$("$PYTHON" "$top_srcdir/tests/story/same.py" "$WORK/text" "$WORK/json" 2>&1)" ""
}

# Whatever takes --json, with each operand that it may have.
mapfile -t commands < <(pc --help | sed -nE 's/^  ([a-z][a-z ]*)( [A-Z]+)?( \[--[a-z0-9-]+\])* \[--json\].*/\1\2/p')
ok $((${#commands[@]} < 6)) "help names the commands that print JSON"
for command in "${commands[@]}"; do
	case $command in
	'user device list NAME') for name in alice bob; do same ${command% *} $name; done ;;
	# Flags are words there; `recording verify` says sentences, and recordings.sh reads both.
	'command show NAME' | 'recording verify') ;;
	# Without other hosts there is nothing to list; tests/postgresql/nodes.sh has some.
	'node list') ;;
	*' NAME') for name in alice bob carol dave erin; do same ${command% *} $name; done ;;
	*' KEY') for key in require-2fa applications idle-lock; do same ${command% *} $key; done ;;
	*) same $command ;;
	esac
done

# What the screens tell of a person, by its name.
is "who is invited has to choose a password, until then" "$(pc user show carol --json |
	json "[j['password_due'], j['invitation_until'] - $added, j['state']]")" \
	'[true, 259200, "new password due"]'
is "failures and the last source are told" "$(pc user show bob --json |
	json "[j['failures_since'], j['last_source']]")" '[1, "203.0.113.9"]'
finish
