#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Something to come for: an operator runs what root has written down, at the terminal, and comes back.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
person operator operator
pc command add look --title 'Look around' --role operator -- /bin/sh -c \
	'echo here; stty size; read -r line; echo "read $line"; read -r line; exit 3' >/dev/null
pc command add hostile --title 'Leave a mess' --role operator -- /bin/sh -c \
	'printf "\033[?1049h\033[?1000h\033[?2004h\033(0\033[5;6rmess\033]0;unfinished"; printf "\033[6n\005"; read -r line' >/dev/null
pc command add sure --title 'Only if sure' --role operator --confirm -- /bin/sleep 4447 >/dev/null

inside operator
see "home offers what the role may run" 'Commands' '3 that you may run'
keys Enter
see "each by its title and its name" 'Look around' 'look' 'Only if sure'
keys Down Enter
see "it has the terminal, and its size" 'here' '24 80'
type 'hello'
keys Enter
see "what is typed goes to it" 'read hello'
keys Enter
see "how it ended is said" 'look ended with status 3'
keys Up Enter
see "another leaves the terminal in a mess" 'mess'
keys Enter
see "and the screen is whole again" 'Commands' 'hostile has ended' 'Look around'
keys Down Down Enter
see "a yes is asked for" 'Only if sure (sure)' 'Run' 'Cancel'
keys Enter
keys C-c
see "^C goes to the command" 'sure was ended by signal 2'
finish
