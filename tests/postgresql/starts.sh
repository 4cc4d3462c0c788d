#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a keeper may find at its start: no database, one of a newer version, or of somebody else; and
# a clock that differs from the database's. Nobody is in who should not be, root is told why, and it
# works when that is mended.
. "${top_srcdir:-.}/tests/client/own_dev.bash"
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
. "${top_srcdir:-.}/tests/postgresql/days.bash"
LOG=$WORK/log
# What waits until a moment of the monotonic clock does so: libfaketime would "mend" that (0.9.10)
EXTRA=(FAKETIME_FORCE_MONOTONIC_FIX=0)
end_it() {
	pg_end
	host_log_end
	clean_up_strangers
}
trap end_it EXIT
. "${top_srcdir:-.}/tests/client/host_log.bash"
. "${top_srcdir:-.}/tests/postgresql/told.bash"

# starts_not WHAT WORDS: tests: a keeper ends at once, with a failure and that sentence
starts_not() {
	local status

	timeout 15 "$KEEPER" --state "$STATE" >"$WORK/keeper" 2>&1
	status=$?
	is "$1: a keeper does not start, and a service manager sees that" "$status" 1
	like "$1: it says why" "$(cat "$WORK/keeper")" "$2"
	like "$1: so do commands" "$(pc user list 2>&1)" "$2"
	[ ! -e "$STATE/socket" ]
	ok $? "$1: there is no door" || said "$(ls -l "$STATE")"
}

pg_make one 5461 -c fsync=off || give_up "There is no PostgreSQL."
keep "$(pg_conninfo one)" one
pc init --user alice --password-stdin <<<"$PASSWORD" >/dev/null 2>&1 || give_up "no init"
person_of() {
	pc user add "$1" --role operator --password-stdin <<<"$PASSWORD" >/dev/null 2>&1
}
person_of bob
person_of carol
stop_keeper

# --- no database ----------------------------------------------------------------------------------

pg_as "$pg_bin/pg_ctl" -D "$pg_root/one" -m fast -w -s stop
starts_not "no database" 'database cannot be reached'
like "doctor says why" "$(found server)" '^wrong PostgreSQL does not answer: .*No such file'
pg_start one -c fsync=off

# --- a clock that differs -------------------------------------------------------------------------

real() {
	date +%s
}
clock_set "$(real)"
serve
carol_enrols "when there is one a keeper starts, and carol has an authenticator"
no_2fa_asked
come_in there
says "somebody is in" OK

# tries_code CODE: of carol's
tries_code() {
	ask codes open "198.51.100.$((++PLACE % 250 + 1))"
	ask codes password carol "$PASSWORD"
	ask codes code "$1"
}
for off in -30 30; do
	clock_set $(($(real) + off))
	tries_code "$(code 1)"
	says "a clock that is off by $off s: no code counts" NODE_CLOCK
	unlike "a clock that is off by $off s: carol is not in" "$DOOR" home
	NOW=$(real) tries_code "$(NOW=$(real) code 1)"
	says "nor one of the database's time" NODE_CLOCK
	like "doctor says why" "$(found clocks)" \
		"^wrong .*: $((-off / 10))?[0-9]+\. Codes are refused here"
	works "without a code somebody may come in"
done
stays "meanwhile"
clock_set "$(real)"
tries_code "$(code 1)"
says "a clock that is set right: codes count again" OK
is "carol has passed, to her recovery codes" "$DOOR" recovery
like "doctor says so" "$(found clocks)" '^ok '
stop_served
hang_up
NOW=

# --- a newer version ------------------------------------------------------------------------------

version() {
	pg_sql one "UPDATE provconsole.schema SET version = $1"
	pg_sql one "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE application_name = 'provconsole-keeper'" >/dev/null
}
newest=$(pg_sql one 'SELECT version FROM provconsole.schema')
version $((newest + 1))
starts_not "a newer version" 'made by a newer version'
like "doctor says so" "$(pc doctor)" '^wrong +[a-z]+ .*newer version'
version "$newest"
serve
come_in there
says "its own version" OK
version $((newest + 1))
not_newer() {
	come_in door
	[ "$VERDICT" = STORE_NEWER ]
}
until_ok not_newer
ok $? "a newer one comes while it runs: nobody is let in, and they are told" ||
	said "$VERDICT at $DOOR"
not_in "a newer one"
logged "the host's log says why" 'store-fault kind=newer-version'
version "$newest"
works "its own version again"
stays "after that"
stop_served
hang_up

# --- somebody else's ------------------------------------------------------------------------------

for other in 6 1 0 -9223372036854775808; do
	version "$other"
	like "version $other, that never was, is not touched" \
		"$(timeout 15 "$KEEPER" --state "$STATE" 2>&1)" "is not a console's"
done
version "$newest"
pg_sql one 'CREATE DATABASE other'
pg_as "$pg_bin/psql" -X -q "$(pg_conninfo one | sed 's/dbname=[a-z]*/dbname=other/')" \
	-c 'CREATE SCHEMA provconsole' -c 'CREATE TABLE provconsole.state (id int)'
sed -i 's/dbname=[a-z]*/dbname=other/' "$STATE/keeper.conf"
starts_not "somebody else's schema" "is not a console's"
like "doctor says so" "$(pc doctor)" "^wrong +[a-z]+ .*is not a console's"
other=$(pg_conninfo one | sed 's/dbname=[a-z]*/dbname=other/')
is "it is as it was" "$(pg_as "$pg_bin/psql" -X -A -t "$other" \
	-c "SELECT count(*) FROM pg_tables WHERE schemaname = 'provconsole'")" 1
sed -i 's/dbname=other/dbname=postgres/' "$STATE/keeper.conf"
serve
works "its own database"
like "the chain holds" "$(pc audit verify 2>&1)" 'are intact'
stop_served
hang_up
finish
