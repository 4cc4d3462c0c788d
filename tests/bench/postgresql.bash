# SPDX-License-Identifier: GPL-3.0-or-later
# Keepers of several hosts on one database: PostgreSQL on a local socket, with fsync. Sourced by
# bench.sh.
PHRASE='staple battery horse 9'
LINE_PID=

# What is asked beside: one UPDATE and one INSERT a transaction, as a refused code is at least.
pg_beside() {
	pg_sql one 'CREATE TABLE IF NOT EXISTS beside (id bigint PRIMARY KEY, failures bigint);
		CREATE TABLE IF NOT EXISTS beside_row (id bigserial PRIMARY KEY, said text)'
	pg_sql one 'INSERT INTO beside SELECT n, 0 FROM generate_series(1, 2000) AS n'
	cat >"$pg_root/beside.sql" <<-'SQL'
		\set who random(1, 2000)
		BEGIN;
		UPDATE beside SET failures = failures + 1 WHERE id = :who;
		INSERT INTO beside_row (said) VALUES ('the code was wrong, and came from somewhere');
		COMMIT;
	SQL
}

# pg_rate CONNECTIONS: transactions a second of so many clients
pg_rate() {
	pg_as "$pg_bin/pgbench" -n -M prepared -c "$1" -j 2 -T 5 -f "$pg_root/beside.sql" \
		"$(pg_conninfo one)" 2>/dev/null | sed -n 's/^tps = \([0-9.]*\).*/\1/p'
}

# node NAME CONNINFO: a state directory that is that node's
node() {
	mkdir -m 700 "$WORK/$1"
	printf 'store postgresql:%s\nnode %s\n' "$2" "$1" >"$WORK/$1/keeper.conf"
}

# The people of $WORK/moved, as an operator moves them; and the minute has passed in which no code
# counts after that.
move_people() {
	node one "$(pg_conninfo one)"
	"$PROVCONSOLE" --state "$WORK/moved" backup "$WORK/sealed" --passphrase-stdin \
		<<<"$PHRASE" >/dev/null 2>&1 &&
		"$PROVCONSOLE" --state "$WORK/one" restore "$WORK/sealed" --passphrase-stdin \
			<<<"$PHRASE" >/dev/null 2>&1 || die "The people do not get into PostgreSQL."
	pg_sql one 'UPDATE provconsole.state SET floor = -1'
}

# join NAME: one more host
join() {
	local secret

	node "$1" "$(pg_conninfo one)"
	secret=$("$PROVCONSOLE" --state "$WORK/one" node join "$1" 2>"$WORK/said" |
		grep -oE '([0-9a-f]{8}-){7}[0-9a-f]{8}') &&
		"$PROVCONSOLE" --state "$WORK/$1" node enter <<<"$secret" >"$WORK/said" 2>&1 ||
		die "$1 does not join: $(cat "$WORK/said")"
}

# A line that takes a millisecond each way
line_starts() {
	python3 -IS "$top_srcdir/tests/postgresql/line.py" \
		"$pg_root/.s.PGSQL.$(cat "$pg_root/one.port")" "$WORK/mood" 0.001 >"$WORK/port" &
	LINE_PID=$!
	until [ -s "$WORK/port" ]; do
		kill -0 "$LINE_PID" || die "There is no line."
		read -r -t 0.05 <>"$WORK/never" || :
	done
}

# Those that commands have started leave by themselves.
keepers_leave() {
	while pgrep -f -- "--state $WORK/" >/dev/null; do
		read -r -t 0.05 <>"$WORK/never" || :
	done
}

pg_goes() {
	[ -z "$LINE_PID" ] || kill "$LINE_PID" 2>/dev/null
	LINE_PID=
	[ -z "${pg_root:-}" ] || pg_end
}

one_node() {
	keeper_start "$WORK/one"
	figures pg.one. "$BENCH/clients" "$WORK/one" 64 3 0
	F[pg.memory]=$(keeper_memory VmRSS)
	keeper_stop
	keeper_start "$WORK/moved"
	figures lite. "$BENCH/clients" "$WORK/moved" 64 1 0
	F[lite.memory]=$(keeper_memory VmRSS)
	keeper_stop
}

four_nodes() {
	local name pids=()

	for name in one two three four; do
		keeper_start "$WORK/$name"
		pids+=("$KEEPER_PID")
	done
	figures pg.four. "$BENCH/clients" "$WORK/one:$WORK/two:$WORK/three:$WORK/four" 64 1 1540
	kill "${pids[@]}"
	wait "${pids[@]}" 2>/dev/null
	KEEPER_PID=
}

far_node() {
	line_starts
	printf 'store postgresql:%s\nnode one\n' "host=127.0.0.1 port=$(cat "$WORK/port")
		dbname=postgres user=$pg_user sslmode=disable gssencmode=disable" |
		paste -s -d ' ' | sed 's/ node one/\nnode one/' >"$WORK/one/keeper.conf"
	keeper_start "$WORK/one"
	figures pg.far. "$BENCH/clients" "$WORK/one" 16 1 2060
	keeper_stop
}

postgresql() {
	[ -x "$BENCH/../../provconsole-keeper-postgresql" ] && command -v pg_config >/dev/null ||
		{ say "PostgreSQL: not built, or not installed"; return; }
	. "$top_srcdir/tests/postgresql/cluster.bash"
	say "PostgreSQL"
	pg_make one 5421 -c fsync=on -c max_connections=120 || die "There is no PostgreSQL."
	pg_beside
	seed moved 4000
	move_people
	keepers_leave
	one_node
	F[pg.beside.many]=$(pg_rate 64) F[pg.beside.one]=$(pg_rate 1)
	for name in two three four; do join "$name"; done
	keepers_leave
	four_nodes
	far_node
	pg_goes
	postgresql_rows
}

postgresql_rows() {
	row "PostgreSQL: steps a second, 64 clients, one node" \
		"$(digits "${F[pg.one.clients.rate]}") /s" '' \
		"${F[pg.one.clients.rate]}" '>= 500'
	against "the same" pg.one.clients.rate pg.beside.many /s 'pgbench, 64 connections' '>= 1'
	against "the same" pg.one.clients.rate pg.beside.one /s 'pgbench, one connection' -
	row "their 99th percentile" "$(digits "${F[pg.one.clients.p99]}") ms" '' \
		"${F[pg.one.clients.p99]}" '<= 300'
	row "the same, four nodes together" "$(digits "${F[pg.four.clients.rate]}") /s" '' \
		"${F[pg.four.clients.rate]}" '>= 800'
	row "their 99th percentile" "$(digits "${F[pg.four.clients.p99]}") ms" '' \
		"${F[pg.four.clients.p99]}" '<= 300'
	row "the same, one node, 16 clients, a line of 1 ms each way" \
		"$(digits "${F[pg.far.clients.rate]}") /s" '' "${F[pg.far.clients.rate]}" '>= 60'
	row "a keeper's memory then, more than with SQLite" \
		"$(digits "$(calc "(${F[pg.memory]} - ${F[lite.memory]}) / 1024")") MiB" '' \
		"$(calc "(${F[pg.memory]} - ${F[lite.memory]}) / 1024")" '<= 24'
}
