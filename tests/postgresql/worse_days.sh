#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Days on which the database is there, and does not do what it should: it takes no changes, its disk
# is full, the network swallows what is sent. Nobody is in who should not be, root is told why, and
# it works again by itself.
. "${top_srcdir:-.}/tests/client/own_dev.bash"
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
. "${top_srcdir:-.}/tests/postgresql/days.bash"
. "${top_srcdir:-.}/tests/postgresql/line.bash"
[ -n "${OWN_DEV:-}" ] || give_up "A small disk takes a mount namespace."
LOG=$WORK/log
end_it() {
	line_end
	pg_end 2>/dev/null
	umount -l "$pg_root/small" 2>/dev/null
	rm -rf --one-file-system "$pg_root"
	host_log_end
	clean_up_strangers
}
trap end_it EXIT
. "${top_srcdir:-.}/tests/client/host_log.bash"
. "${top_srcdir:-.}/tests/postgresql/told.bash"

# refused WHAT VERDICT: a test: who comes is told that, within 5 s, and is not in
refused() {
	not_in "$1"
	says "$1: what they are told" "$2"
}

mkdir "$pg_root/small" && mount -t tmpfs -o size=80m,mode=700 none "$pg_root/small" &&
	chown "$pg_user" "$pg_root/small" || give_up "There is no small disk."
pg_make small 5451 -c fsync=off || give_up "There is no PostgreSQL."
line_to small
keep "$(line_conninfo)" one
bob_is_in

# --- it takes no changes --------------------------------------------------------------------------

read_only() {
	[ "$(pg_sql small 'SHOW default_transaction_read_only')" = "$1" ]
}
pg_set small default_transaction_read_only on
until_ok read_only on
refused "a database that takes no changes" STORE_READONLY
hello "meanwhile" 1000
like "commands say why" "$(pc user add eve --role operator --password-stdin <<<"$PASSWORD" 2>&1)" \
	'cannot be written'
like "doctor says why" "$(found primary)" '^wrong .*default_transaction_read_only'
logged "the host's log says why" 'store-fault kind=read-only'
pg_as "$pg_bin/psql" -X -q "$(pg_conninfo small)" -c 'SET default_transaction_read_only = off' \
	-c 'ALTER SYSTEM RESET default_transaction_read_only' -c 'SELECT pg_reload_conf()' >/dev/null
until_ok read_only off
works "a database that takes changes again"
stays "after that"

# --- its disk is full -----------------------------------------------------------------------------

full() {
	come_in door
	[ "$VERDICT" != OK ]
}
dd if=/dev/zero of="$pg_root/small/ballast" bs=64k >/dev/null 2>&1
DEADLINE=20 until_ok full
ok $? "a disk that is full is noticed" || said "$VERDICT at $DOOR"
said "$VERDICT after $PLACE"
refused "a disk that is full" STORE_FULL
hello "meanwhile" 1000
logged "the host's log says why" 'store-fault kind=disk-full'
like "commands say why" "$(pc user add eve --role operator --password-stdin <<<"$PASSWORD" 2>&1)" \
	'disk is full'
stays "meanwhile"
rm "$pg_root/small/ballast"
works "a disk with room again"
stays "after that"
is "who could not be added was not" "$(pc user list | grep -c '^eve ')" 0

# --- the network swallows all ---------------------------------------------------------------------

line_mood hole
busy "a line that leads nowhere"
busy "and again"
hello "meanwhile" 3500
logged "the host's log says why" 'database-away said="no answer in time"'
like "so does doctor" "$(found server)" '^wrong PostgreSQL does not answer: no answer in time'
line_mood pass
works "a line that leads on"
stays "after that"
logged "the host's log says so" 'database-back seconds='
like "the chain holds" "$(pc audit verify 2>&1)" 'are intact'
stop_served
hang_up

# --- a standby alone ------------------------------------------------------------------------------

pg_standby second small 5452 -c fsync=off || give_up "There is no standby."
keep "$(pg_conninfo second)" one
like "a keeper of a standby says that it starts not, and why" \
	"$(timeout 20 "$KEEPER" --state "$STATE" 2>&1)" 'cannot be written'
like "doctor says why" "$(found primary)" '^wrong It is a standby'
pg_as "$pg_bin/pg_ctl" -D "$pg_root/second" -w -s promote || give_up "No promotion."
serve
works "when it is promoted it works"
stop_served
hang_up
finish
