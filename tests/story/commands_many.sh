#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Three hundred commands: the list scrolls, and is filtered by a part of a name or a title; and line by
# line the same commands are found, asked about and run.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/story/people.bash"
. "$top_srcdir/tests/story/line.bash"
need expect

umask 077
make_state root
pc settings set require-2fa no
person operator operator
pc command add c001 --title 'Number 001' --role operator -- /bin/echo one >/dev/null
for i in {002..300}; do
	sed "s/Number 001/Number $i/" "$STATE/commands.d/c001" >"$STATE/commands.d/c$i"
done
pc command add brew --title 'Préparer le CAFÉ' --role operator -- /bin/sh -c \
	'echo "two words"; read -r line; echo "read $line"; stty size; exit 3' >/dev/null
pc command add sure --title 'Only if sure' --role operator --confirm -- /bin/echo sure it is >/dev/null

# --- on screens ----------------------------------------------------------------------------

inside operator
see "home counts them" '302 that you may run'
keys Enter
see "the list begins with the first" 'Préparer le CAFÉ' 'Number 001' '/ Filter'
keys End
see "it goes on to the last" 'Only if sure' 'Number 300'
not_now "which the first is far from" 'Number 001'
keys PPage
gone "a page up is a page" 'Only if sure'
now "of the same end" 'Number 28'
keys Home
see "and back to the first" 'Préparer le CAFÉ'
keys /
see "a filter can be typed" 'To the list'
type 'café'
see "a part of a title is enough, in any case" 'Préparer le CAFÉ'
gone "all else is out of sight" 'Number 001'
keys C-u
type '27'
see "or a part of a name" 'Number 127' 'Number 270'
not_now "and nothing else" 'Préparer'
keys C-u
type zzz
see "what fits nothing is said" 'No command fits.'
keys Escape
see "Esc takes the filter away" 'Préparer le CAFÉ' 'Number 001'
keys /
wait_for 'To the list'
type 127
gone "filtered once more" 'Number 126'
keys Enter
see "Enter goes to the list" 'Enter Run'
keys Enter
see "and again runs it" 'c127 has ended.'
now "and it is still filtered" 'Number 127'
keys C-c
close

# --- line by line ---------------------------------------------------------------------------

line plain --plain
reads "line by line" 'User name: '
enter operator
reads "a password" 'Password: '
enter "$PASSWORD"
reads "home has them" '1 Commands: 302 that you may run' 'Number: '
enter 1
reads "nine are told at once, and how to go on" '1 Préparer le CAFÉ: brew' '9 Number 008: c008' \
	'10 The next ones' '11 Filter' 'Number: '
enter 10
reads "the next ones" '1 Number 009: c009' 'Number: '
enter 11
reads "a filter is asked for" 'Filter: '
enter 'CAFÉ'
reads "one is left" '1 Préparer le CAFÉ: brew' 'Number: '
enter 1
reads "it has the terminal" 'two words'
enter 'hello'
reads "and what is typed" 'read hello' '50 100'
reads "its end is said in a line" 'brew ended with status 3 after' 'Number: '
enter 2
reads "another filter" 'Filter: '
enter sure
reads "finds another" '1 Only if sure: sure' 'Number: '
enter 1
reads "which asks for a yes" 'Only if sure (sure)' 'Type yes to do it'
enter no
reads "all else runs nothing" '1 Only if sure: sure' 'Number: '
is "as the trail knows" "$(pc audit list --json --action command-run | json "sum('sure' in r['detail'] for r in j)")" 0
enter 1
reads "asked again" 'Type yes to do it'
enter yes
reads "a yes runs it" 'sure it is' 'sure has ended.' 'Number: '
no_escapes "no escape sequence was written"
press '\004'
leaves "and the modes are the console's own again" 0
echo_back "until they are given back"
finish
