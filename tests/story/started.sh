#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the two programs take over from whoever starts them: no descriptor, of the environment what
# they need alone, no core dump; and no state that others may look into.
. "${top_srcdir:-.}/tests/story/lib.sh"
[ "$(id -u)" -eq 0 ] || { echo "1..0 # SKIP only root sees what a process that keeps to itself has open"; exit; }

PRIVATE=$WORK/private
echo private >"$PRIVATE"

# left_open PID: how many of its descriptors lead to what whoever started it had open
left_open() {
	readlink "/proc/$1/fd"/* | grep -cxF -- "$PRIVATE"
}

# takes_over_nothing WHO PID
takes_over_nothing() {
	is "$1: no descriptor is taken over" "$(left_open "$2")" 0
	like "$1: no core is dumped" "$(cat "/proc/$2/limits")" '^Max core file size +0 +0 '
	like "$1: no program it runs gains rights" "$(cat "/proc/$2/status")" \
		$'^NoNewPrivs:\t1$'
}

# by_hand NUMBER OPTION…: a keeper, with a descriptor of that number
by_hand() {
	local environment

	mapfile -t environment < <(environment)
	(eval "exec $1<\"\$PRIVATE\"" && exec env -i "${environment[@]}" "$KEEPER" \
		--state "$STATE" "${@:2}" 3>"$WORK/ready" 2>"$WORK/keeper") &
	until_ok test -S "$STATE/socket" || give_up "No keeper starts: $(cat "$WORK/keeper")"
	[ "$(keepers | wc -l)" -eq 1 ] || give_up "Keepers: $(keepers)"
}

make_state alice
stop_keeper

# --- a console, and the keeper that it starts ------------------------------------------------

EXTRA=(WORD_OF_THE_SHELL=private)
COMMAND=(bash -c 'exec 9<"$1" && shift && exec "$@"' started "$PRIVATE" "$PROVCONSOLE"
	--state "$STATE")
open console
COMMAND=()
EXTRA=()
wait_for '[ Sign in ]' || { dump; give_up "There is no first door."; }
takes_over_nothing "the console" "$(pid)"
takes_over_nothing "its keeper" "$(keepers)"
is "its keeper: nor is the environment, but for what is needed" \
	"$(tr '\0' '\n' <"/proc/$(keepers)/environ" | grep -v '^\(PATH\|LANG\|LC_[A-Z]*\|TZ\|HOME\)=')" ''
close
stop_keeper

# --- a keeper by itself -----------------------------------------------------------------------

by_hand 9
takes_over_nothing "a keeper in the foreground" "$(keepers)"
stop_keeper
by_hand 9 --ready-fd 3
takes_over_nothing "a keeper that stands alone" "$(keepers)"
stop_keeper

# --- a state that others may look into -----------------------------------------------------

chmod 750 "$STATE"
said=$(timeout 20 "$KEEPER" --state "$STATE" 2>&1)
is "a state that is open to its group is refused" $? 1
like "in a sentence" "$said" '^provconsole-keeper: .*0700'
is "and is left as it is, for whoever looks into it" "$(stat -c %a "$STATE")" 750
chmod 700 "$STATE"
STATE=$WORK/empty
mkdir -m 755 "$STATE"
by_hand 9
is "a directory in which nothing is yet is closed" "$(stat -c %a "$STATE")" 700
stop_keeper
finish
