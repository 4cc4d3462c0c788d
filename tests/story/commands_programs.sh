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
command_ e-vim Vim /usr/bin/vim "$WORK/written"
command_ d-htop Htop /usr/bin/htop

command_ f-one One /bin/sh -c 'echo the first words; seq 101 105; read -r line'
command_ g-two Two /bin/sh -c 'echo 2; read -r line'

# lines TEXT COUNT: so many lines of the screen are that
lines() {
	[ "$(screen | grep -cxF "$1")" = "$2" ]
}

inside operator
pick Commands
pick One
see "a command that only writes on does" 'the first words'
keys Enter
see "and leads back" 'f-one has ended'
pick Two
until_ok lines 2 1
ok $? "the next one begins on a line of its own"
lines 104 1 && lines 105 1
ok $? "and not over what the first has left"
keys Enter
wait_for 'g-two has ended'
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

# --- an editor that has modes, the alternate screen and many questions to the terminal -------------

# at LINE TEXT: whether that line of the screen begins so
at() {
	[[ $(screen | sed -n "$1p") == "$2"* ]]
}

pick Vim
wait_for '[New]' '~'
keys i
see "vim inserts" '-- INSERT --'
type 'first words'
keys Enter
type 'é ñ 日本'
see "what is typed, whatever its width" 'first words' 'é ñ 日本'
until_ok at 24 '-- INSERT --'
ok $? "down to the last line"
resize 60x20
until_ok at 20 '-- INSERT --'
ok $? "which is another one in another size"
now "and the text is there still" 'first words' 'é ñ 日本'
type ' 12345'
keys Escape
gone "Escape leaves the mode, and nothing else" '-- INSERT --'
type ':wq'
keys Enter
see "and :wq leads back" 'e-vim has ended' 'Htop'
is "the file is written" "$(cat "$WORK/written")" $'first words\né ñ 日本 12345'
is "and nothing beside it" "$(ls -A "$WORK" | grep -c '\.sw[a-p]$')" 0
until_ok at 1 ' Commands'
ok $? "the screen is the console's, in the new size"
finish
