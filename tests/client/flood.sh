#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Strangers cannot fill the trail or the disk: what is refused while a name is paused, and whoever
# asks for what is not theirs, is counted and summed up in one row.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

SECONDS_OF_IT=15
MINUTE=1048576	# bytes that may be written in one
make_state alice
stop_keeper

total() {
	pc audit list --json | json 'len(j)'
}

# more NAME: what the rows that sum up say of it
more() {
	pc audit list --json |
		json "sum(int(''.join(c for c in r['detail'] if c.isdigit()) or 0) for r in j if 'more' in r['detail'] and r['who'] == '$1')"
}

# within_budget WHAT SECONDS ROWS: a test: what was written since `mark`
mark() {
	ROWS=$(total) BYTES=$(written)
}

within_budget() {
	local bytes rows

	bytes=$(($(written) - BYTES))
	rows=$(($(total) - ROWS))
	said "$1: $rows rows and $bytes bytes in $2 s"
	[ "$rows" -le "$3" ]
	ok $? "$1: the trail has at most $3 rows more" || said "$rows"
	[ $((bytes * 60)) -le $((MINUTE * ${4:-1} * $2 + 60 * 131072)) ]
	ok $? "$1: what is written is less than ${4:-1} MiB a minute" || said "$bytes in $2 s"
}

# --- a name that is paused ---------------------------------------------------------------

serve
mark
flood 32 $SECONDS_OF_IT alice 203.0.113.30
flooded
paused=$(verdicts PAUSED)
is "five are looked at" "$(verdicts CREDENTIALS)" 5
[ "$paused" -gt 100 ]
ok $? "and $paused are told to wait"
within_budget "refusals while a name is paused" $SECONDS_OF_IT 12
root_asks "after the flood"
served_ends "after the flood"
serve
# The first of them is a row; those whose answer the flood did not hear any more are counted too.
sum=$(more alice)
[ "$sum" -ge $((paused - 1)) ] && [ "$sum" -le $((paused + 64)) ]
ok $? "the next start sums up how many more there were" || said "of $paused: $sum"
like "and the chain fits its seal" "$(pc doctor 2>&1)" '^ok +audit '

# --- who asks for the host's authority ------------------------------------------------------

if [ "$(id -u)" -eq 0 ]; then
	mark
	open_to_all
	flood 8 4 @host local 65534
	flooded
	closed_again
	said "$(cat "$WORK/flood")"
	[ "$(verdicts NOT_HOST)" -gt 0 ]
	ok $? "a stranger is not the host"
	within_budget "refused hellos" 4 12
	root_asks "after refused hellos"
fi
served_ends "after refused hellos"

# --- names that nobody has ---------------------------------------------------------------------

serve
mark
flood 64 20 'nobody-%' '10.%.0.1'
flooded
failed=$(verdicts CREDENTIALS)
said "$failed names that nobody has"
# Sixty-four sources have twenty quick failures each, and each of them is counted before it is told.
within_budget "names that nobody has" 60 620 40
like "and the chain fits its seal" "$(pc doctor 2>&1)" '^ok +audit '
served_ends "after names that nobody has"
finish
