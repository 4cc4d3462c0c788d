#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Programs that have the whole screen work as at home, in the terminal's size, and lead back.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
person operator operator
seq 1 500 >"$WORK/file"
command_() {
	pc command add "$1" --title "$2" --role operator -- "${@:3}" >/dev/null ||
		give_up "$1 cannot be added."
}
command_ a-less Less /usr/bin/less "$WORK/file"
command_ b-top Top /usr/bin/top
command_ c-nano Nano /usr/bin/nano "$WORK/new"
command_ d-htop Htop /usr/bin/htop

inside operator
pick Commands
pick Less
see "less shows" '1' '23'
keys Space
see "pages" '40'
keys q
see "and leads back" 'a-less has ended' 'Top'
pick Top
see "top shows" 'load average' 'PID'
resize 60x20
see "in its new size" 'PID'
keys q
see "and leads back" 'b-top has ended'
resize 80x24
pick Nano
wait_for 'new'
type 'words'
see "an editor takes words" 'words'
keys C-x
wait_for 'Save modified buffer'
type n
see "and leads back" 'c-nano has ended'
pick Htop
see "htop draws" 'Load average'
keys q
see "and leads back" 'd-htop has ended'
finish
