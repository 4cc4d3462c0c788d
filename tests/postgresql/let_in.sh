#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A database that lets the keeper in no more, or that the keeper may not trust: another password,
# and a certificate that has expired, or is of another name, or of nobody known. Nobody is in meanwhile,
# root is told why, and it works again by itself.
. "${top_srcdir:-.}/tests/client/own_dev.bash"
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
. "${top_srcdir:-.}/tests/postgresql/days.bash"
LOG=$WORK/log
end_it() {
	pg_end
	host_log_end
	clean_up_strangers
}
trap end_it EXIT
. "${top_srcdir:-.}/tests/client/host_log.bash"
. "${top_srcdir:-.}/tests/postgresql/told.bash"
need openssl

# A port that is free: TLS is spoken over TCP alone
free_port() {
	"$PYTHON" -IS -c 'import socket
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# cut_off: all its lines end, and are made anew
cut_off() {
	pg_sql one "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE usename = 'keeper'" >/dev/null
}

# passes PASSWORD: what the keeper says from now on
passes() {
	echo "*:*:*:*:$1" >"$STATE/db.pass.new"
	chmod 600 "$STATE/db.pass.new"
	mv "$STATE/db.pass.new" "$STATE/db.pass"
}

pg_make one "$(free_port)" -c fsync=off -c listen_addresses=127.0.0.1 ||
	give_up "There is no PostgreSQL."
pg_sql one "CREATE ROLE keeper LOGIN PASSWORD 'the first one'"
pg_sql one 'CREATE DATABASE console OWNER keeper'
printf '%s\n' 'local console keeper scram-sha-256' \
	'hostssl console keeper 127.0.0.1/32 scram-sha-256' \
	"local all $pg_user trust" >"$pg_root/one/pg_hba.conf"
pg_sql one 'SELECT pg_reload_conf()' >/dev/null
here=$(pg_conninfo one | sed 's/dbname=.*/dbname=console user=keeper/')
keep "$here passfile=$STATE/db.pass" one
passes 'the first one'
bob_is_in

# --- another password -----------------------------------------------------------------------------

pg_sql one "ALTER ROLE keeper PASSWORD 'the second one'"
works "a line that stands is not asked again"
cut_off
busy "a password that is wrong"
busy "and again"
hello "meanwhile" 1000
like "doctor says why" "$(found server)" \
	'^wrong PostgreSQL does not answer: .*password authentication failed for user "keeper"'
like "and that doctor says what to do" "$(pc doctor)" 'whether it lets this host in'
logged "so does the host's log" "password authentication failed for user 'keeper'"
is "which is told no password" "$(grep -c 'the first one' "$LOG")" 0
passes 'the second one'
works "the right password"
stays "after that"
logged "which the host's log says, too" 'database-back seconds='

# --- it proves who it is --------------------------------------------------------------------------

stop_served
hang_up
CA=$WORK/ca
mkdir "$CA"
# authority NAME
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 \
		-subj "/CN=$1" -keyout "$CA/$1.key" -out "$CA/$1.crt" 2>"$WORK/openssl" ||
		give_up "No authority: $(cat "$WORK/openssl")"
}

# certificate AUTHORITY NAME DAYS: the server has it from now on
certificate() {
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" \
		-keyout "$CA/server.key" -out "$CA/server.csr" 2>"$WORK/openssl" &&
		openssl x509 -req -in "$CA/server.csr" -CA "$CA/$1.crt" -CAkey "$CA/$1.key" \
			-CAcreateserial -days "$3" -out "$CA/server.crt" 2>"$WORK/openssl" ||
		give_up "No certificate: $(cat "$WORK/openssl")"
	install -m 600 -o "$pg_user" "$CA/server.crt" "$CA/server.key" "$pg_root/one/"
	pg_sql one 'SELECT pg_reload_conf()' >/dev/null
}
authority ours
authority strange
certificate ours localhost 9
pg_set one ssl on
encrypted() {
	[ "$(pg_sql one 'SHOW ssl')" = on ]
}
until_ok encrypted
cp "$CA/ours.crt" "$STATE/db.crt"
there="host=localhost hostaddr=127.0.0.1 port=$(cat "$pg_root/one.port")"
there+=" dbname=console user=keeper passfile=$STATE/db.pass"
keep "$there sslmode=verify-full sslrootcert=$STATE/db.crt" one
serve
come_in there
says "by a line whose other end proves its name somebody comes in" OK
like "which doctor says" "$(found line)" \
	'^ok .* encrypted \(TLSv1\.3\), and the server has proved its name'

# untrusted WHAT WORDS: tests: nobody is in by such a certificate, and root is told
untrusted() {
	cut_off
	busy "$1"
	like "$1: doctor says why" "$(found server)" "^wrong PostgreSQL does not answer: .*$2"
	logged "$1: so does the host's log" "$2"
	is "$1: nothing was asked of it" \
		"$(pg_sql one "SELECT count(*) FROM pg_stat_activity WHERE usename = 'keeper'")" 0
}

certificate ours localhost -1
untrusted "a certificate that has expired" 'certificate verify failed'
hello "meanwhile" 1000
like "doctor says what that may be" "$(pc doctor)" 'Its certificate has expired'
certificate ours localhost 9
works "a new certificate"
stays "after that"
certificate ours db.example.net 9
untrusted "a certificate of another name" 'does not match host name'
certificate strange localhost 9
untrusted "a certificate of another authority" 'certificate verify failed'
certificate ours localhost 9
works "the right one again"
stays "after that"
like "the chain holds" "$(pc audit verify 2>&1)" 'are intact'
stop_served
hang_up
finish
