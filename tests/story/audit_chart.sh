#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The chart of the audit log: days, hours, sources, and back to the rows; by role and by size.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
pc settings set require-2fa no
person alice
person dana administrator
person eve administrator

# guess NAME: a wrong password, from an address
guess() {
	open guess
	sign_in "$1" 'a wrong password'
	wait_for 'User name or password is wrong.'
	close
}

FROM='203.0.113.9 50000 192.0.2.1 22'
guess alice
guess alice
FROM=
guess eve

# --- who sees what --------------------------------------------------------------------------

inside dana
pick 'Audit log'
see "the key bar offers the chart" 'g Chart'
keys g
see "an administrator sees operators and themselves" 'Audit log > 14 days' \
	'today: 1 sign-in, 2 refusals' '1 in all' '2 in all' 'Most refusals from 203.0.113.9 2'
keys Escape
wait_for 'All rows'
keys Escape
sign_out
inside root
pick 'Audit log'
keys g
see "a Super Administrator sees all" 'today: 2 sign-ins, 3 refusals' 'Most refusals from'
like "its bars are blocks" "$(screen)" '██'

# --- days, hours, rows -------------------------------------------------------------------------

keys Left
see "the day before has none" 'yesterday: 0 sign-ins, 0 refusals'
keys Home
keys Left
see "fourteen days, and no more" ': 0 sign-ins, 0 refusals'
keys End
see "End is today" 'today: 2 sign-ins'
keys Enter
see "Enter shows the hours of the day" 'Audit log > 20' '2 sign-ins, 3 refusals' 'Enter Rows'
keys Home
see "an hour without any" '00:00 - 01:00: 0 sign-ins, 0 refusals'
keys Escape
see "Esc goes back to the days" 'Audit log > 14 days' 'today: 2 sign-ins'
keys F1
see "F1 says what it is" 'each on a scale of its own' 'the sources with most refusals'
keys Escape
wait_for 'Audit log > 14 days'
keys r
see "r shows the day's rows in the list" 'Only 20' 'alice password ! wrong' 'root sign in'
keys g
wait_for 'today: 2 sign-ins'
keys Enter
wait_for 'Enter Rows'
keys Enter
see "and Enter those of the hour" 'Only 20' ':00:00' 'alice password ! wrong'
keys x
wait_for 'All rows'

# --- sizes ----------------------------------------------------------------------------------------

keys g
wait_for 'today: 2 sign-ins'
for size in 60x20 40x12 20x5 132x50 80x24; do
	resize $size
	see "it says what is chosen at $size" 'today: 2'
done
see "and it is as it was" 'Sign-ins 2 in all' 'Refusals 3 in all' 'Most refusals from'
keys Escape
wait_for 'All rows'
keys Escape
sign_out
finish
