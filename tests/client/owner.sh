#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A keeper that root starts on another user's state is that user's, without anything of root's.
. "${top_srcdir:-.}/tests/story/lib.sh"
[ "$(id -u)" -eq 0 ] || { echo "1..0 # SKIP only root starts another user's keeper"; exit; }
need setpriv

OWNER=65534

# of PID WORD: that line of its status
of() {
	sed -nE "s/^$2:[[:space:]]*(.*[^[:space:]])?[[:space:]]*\$/\1/p" "/proc/$1/status" | tr '\t' ' '
}

# owned WHAT PID: tests
owned() {
	is "$1: its user is the owner, for good" "$(of "$2" Uid)" "$OWNER $OWNER $OWNER $OWNER"
	is "$1: so is its group" "$(of "$2" Gid)" "$OWNER $OWNER $OWNER $OWNER"
	is "$1: it is in no other group" "$(of "$2" Groups)" ''
	is "$1: it has none of root's capabilities" \
		"$(of "$2" CapEff) $(of "$2" CapPrm)" '0000000000000000 0000000000000000'
	is "$1: nothing in the state is root's" "$(find "$STATE" ! -user $OWNER)" ''
}

make_state alice
stop_keeper
chown -R $OWNER "$STATE"
chmod 711 "$WORK"
groups='--groups 4,24,65533'

# shellcheck disable=SC2086 # a list of words
like "root is in groups" "$(setpriv $groups sed -n 's/^Groups://p' /proc/self/status)" '4 24 65533'
mapfile -t environment < <(environment)
open_line() {
	# shellcheck disable=SC2086 # a list of words
	setpriv $groups env -i "${environment[@]}" "$PROVCONSOLE" --state "$STATE" user list
}
like "root's command starts a keeper" "$(open_line)" alice
owned "a keeper that a command started" "$(keepers)"
stop_keeper
# shellcheck disable=SC2086 # a list of words
setpriv $groups "$KEEPER" --state "$STATE" 2>"$WORK/keeper" &
until_ok test -S "$STATE/socket" || give_up "No keeper starts: $(cat "$WORK/keeper")"
owned "a keeper in the foreground" "$!"
stop_keeper
finish
