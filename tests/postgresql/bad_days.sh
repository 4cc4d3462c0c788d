#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What becomes of a console whose database has a bad day: nobody is in who should not be, who comes
# is told so in time, who is in stays, and it works again by itself.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
. "${top_srcdir:-.}/tests/postgresql/days.bash"
trap 'kill -CONT ${STOPPED:-} 2>/dev/null; pg_end; clean_up_strangers' EXIT

pg_make one 5421 -c max_connections=12 -c superuser_reserved_connections=1 ||
	give_up "There is no PostgreSQL."
keep "$(pg_conninfo one)" one
bob_is_in

# --- the server is stopped ------------------------------------------------------------------------

STOPPED=$(pg_processes one)
kill -STOP $STOPPED
busy "a server that is stopped"
busy "and again"
hello "meanwhile" 3500
kill -CONT $STOPPED
works "a server that goes on"
stays "after a server that was stopped"

# --- it is killed, and started ----------------------------------------------------------------------

pg_kill one
busy "a server that was killed"
hello "meanwhile" 1000
pg_start one -c max_connections=12 -c superuser_reserved_connections=1
works "a server that was killed and started"
stays "after a server that was killed"

# --- restarted under load -----------------------------------------------------------------------------

"$CLIENT/flood" "$STATE" 4 6 nobody 192.0.2.77 >"$WORK/flood" 2>&1 &
FLOOD=$!
for n in 1 2; do
	pg_as "$pg_bin/pg_ctl" -D "$pg_root/one" -m fast -w -s restart -l "$pg_root/one.log"
done
wait "$FLOOD"
FLOOD=
works "a server that was restarted twice under load"
stays "after a restart"
is "nobody was in meanwhile" "$(awk '$1 == "OK"' "$WORK/flood")" ""
like "the chain holds" "$(pc audit verify 2>&1)" 'are intact'

# --- no connection is left ---------------------------------------------------------------------------------

TAKERS=()
take_one() {
	pg_as "$pg_bin/psql" -X -q "$(pg_conninfo one)" -c 'SELECT pg_sleep(60)' >/dev/null 2>&1 &
	TAKERS+=($!)
}
for n in {1..14}; do take_one; done
pg_sql one 'SELECT 1' >/dev/null 2>&1
none_left() {
	! pg_sql one 'SELECT 1' >/dev/null 2>&1
}
until_ok none_left
works "a server whose other connections are taken"
kill "${TAKERS[@]}" 2>/dev/null
wait "${TAKERS[@]}" 2>/dev/null

stop_served
hang_up
finish
