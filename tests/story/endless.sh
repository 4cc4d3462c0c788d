#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A terminal that types, pastes, or answers without end takes nothing from whoever ends the console.
. "${top_srcdir:-.}/tests/story/lib.sh"
need python3
make_state root

# endless BYTES [ARGUMENT…]: what comes of a console to which they are typed
endless() {
	local environment

	mapfile -t environment < <(environment)
	env -i "${environment[@]}" TERM=xterm-256color "TEST_DEADLINE=$DEADLINE" \
		"$PYTHON" -IS "$top_srcdir/tests/story/endless.py" 'User name' "$1" \
		"$PROVCONSOLE" --state "$STATE" "${@:2}" 2>&1
}

is "letters" "$(endless abc)" 'exit 1, modes back'
is "a paste" "$(endless '\x1b[200~abc\n')" 'exit 1, modes back'
is "answers" "$(endless '\x1b[?1;2c\x1b[2;3R')" 'exit 1, modes back'
is "rubble" "$(endless '\0\xff\xc3')" 'exit 1, modes back'
is "empty lines, to plain mode" "$(endless '\n' --plain)" 'exit 1, modes back'
finish
