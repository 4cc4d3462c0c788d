#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What doctor, metrics and the host's log say of a database that several hosts share: while it is
# there, while it is away, and when it is back.
. "${top_srcdir:-.}/tests/client/own_dev.bash"
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
LOG=$WORK/log
SERVED=
end_it() {
	[ -z "$SERVED" ] || kill "$SERVED" 2>/dev/null
	pg_end
	host_log_end
	clean_up
}
trap end_it EXIT
. "${top_srcdir:-.}/tests/client/host_log.bash"
. "${top_srcdir:-.}/tests/postgresql/told.bash"

# names CONNINFO: what keeper.conf says from now on
names() {
	printf 'store postgresql:%s\nnode one\n' "$1" >"$STATE/keeper.conf"
	chmod 644 "$STATE/keeper.conf"
}

# number NAME: of metrics; "none": it is not there
number() {
	pc metrics | awk -v name="provconsole_$1" '$1 == name { print $2; there = 1 }
		END { if (!there) print "none" }'
}

pg_make one 5421 -c fsync=off || give_up "There is no PostgreSQL."
pg_sql one 'CREATE ROLE keeper LOGIN'
pg_sql one 'CREATE DATABASE console OWNER keeper'
HERE="host=$pg_root port=5421 dbname=console user=keeper"
mkdir -m 700 "$STATE"
names "$HERE"
like "a host that has not joined is told what to do" "$(found files)" 'provconsole node enter'
pc init --user alice --password-stdin <<<"$PASSWORD" >/dev/null 2>&1

# --- while it is there --------------------------------------------------------------------------

is "its file may be read by all" "$(found mode)" "ok None of it is accessible to others."
like "people are elsewhere, and who this host is" "$(found config)" '^ok .*PostgreSQL.* node one\.'
like "what answers, and where" "$(found server)" \
	"^ok PostgreSQL 1[0-9]+\.[0-9]+ answers on $pg_root"
like "the line is the host's own" "$(found line)" '^ok .*does not leave this host'
like "it takes changes" "$(found primary)" '^ok '
like "the role may do what it must, and is no superuser" "$(found rights)" '^ok The role keeper'
like "the clocks agree" "$(found clocks)" '^ok .*: -?[01]\.'
like "nothing follows it" "$(found replication)" '^note No standby'
is "its history" "$(found history)" "ok It is on timeline 1."
like "its tables were read" "$(found database)" '^ok All its tables could be read: [0-9]+ bytes'
is "there is no file of which the size could be told" "$(found size)" ''
pc doctor >/dev/null
ok $? "nothing is wrong"

pg_sql one 'CREATE ROLE weak LOGIN'
pg_sql_in() {
	pg_as "$pg_bin/psql" -X -q -A -t "host=$pg_root port=5421 dbname=console user=$pg_user" -c "$1"
}
pg_sql_in 'GRANT USAGE ON SCHEMA provconsole TO weak;
	GRANT SELECT ON ALL TABLES IN SCHEMA provconsole TO weak'
names "${HERE/user=keeper/user=weak} password=secret"
like "a role that may not write is told what it lacks" "$(found rights)" \
	'^wrong .*: DELETE ON account, '
like "a password that all can read is wrong" "$(found config)" \
	'^wrong .*holds a password.*passfile='
chmod 600 "$STATE/keeper.conf"
like "one that nobody else can read is not" "$(found config)" '^ok '
names "${HERE/user=keeper/user=$pg_user}"
like "a superuser is more than it needs" "$(found rights)" '^note .*superuser'
names "${HERE/5421/5499}"
like "why it does not answer, in its own words" "$(found server)" '^wrong .*5499.* No such file'
echo 'stor x' >"$STATE/keeper.conf"
like "which line nobody understands" "$(found config)" '^wrong .*line 1 of keeper.conf'
names "$HERE"
pg_sql_in "UPDATE provconsole.state SET history = '1.00000001'"
like "that another server took over" "$(found history)" '^note It took over'
pg_sql_in "UPDATE provconsole.state SET history = ''"
pg_sql one "ALTER SYSTEM SET synchronous_standby_names = 'gone'"
pg_sql one 'SELECT pg_reload_conf()' >/dev/null
until_ok eval '[[ $(pg_sql one "SHOW synchronous_standby_names") = gone ]]'
like "that all wait for a standby that is not there" "$(found replication)" '^wrong .*none is there'
pg_sql one 'ALTER SYSTEM RESET synchronous_standby_names'
pg_sql one 'SELECT pg_reload_conf()' >/dev/null
until_ok eval '[[ -z $(pg_sql one "SHOW synchronous_standby_names") ]]'

# --- while it is away ---------------------------------------------------------------------------

until_ok no_keeper
"$KEEPER" --state "$STATE" 2>"$WORK/keeper" &
SERVED=$!
until_ok test -S "$STATE/socket" || give_up "No keeper starts: $(cat "$WORK/keeper")"
is "metrics say that it is there" "$(number store_reachable) $(number nodes) $(number people)" \
	'1 1 1'
is "and no size of a file" "$(number database_bytes)" none
away() {
	[ "$(number store_reachable)" = 0 ]
}
pg_as "$pg_bin/pg_ctl" -D "$pg_root/one" -m immediate -w -s stop
until_ok away
ok $? "metrics are told while it is away, too"
is "and of people nothing is known" "$(number people)" none
long() {
	[ "$(number store_away_seconds)" -ge 2 ]
}
until_ok long
ok $? "since when"
like "which doctor says as well" "$(found keeper)" 'Seconds since .* any more: [1-9]'
like "and why" "$(found server)" '^wrong PostgreSQL does not answer: connection to server'
like "commands say that it is busy" "$(pc user list 2>&1)" 'busy'
often() {
	grep -c "$1" "$LOG"
}
is "the host's log was told once" "$(often 'database-away said="[A-Za-z]')" 1
# The first reason may be why the line ended, or why there is no other one already.
like "and why there is no other line" "$(often 'database-.*away said=".*No such file')" '^[1-5]$'
like "a few times at most" "$(often 'database-still-away said="[A-Za-z]')" '^[0-4]$'

# --- when it is back ------------------------------------------------------------------------------

pg_start one -c fsync=off
back() {
	[ "$(number store_reachable)" = 1 ]
}
until_ok back
ok $? "the keeper finds it again"
like "people are there" "$(pc user list)" '^alice '
is "the log was told once" "$(often 'database-back seconds=[1-9]')" 1
is "and that it went away no more often" "$(often database-away)" 1 || said "$(cat "$LOG")"
finish
