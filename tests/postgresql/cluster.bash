# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: clusters of PostgreSQL of the tests' own, on sockets in a directory of their own, by a
# user without privileges. Whatever was started ends with the test.

pg_bin=$(pg_config --bindir 2>/dev/null)
[ -x "$pg_bin/initdb" ] || pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
pg_root=$(mktemp -d "${TMPDIR:-/tmp}/provconsole-pg.XXXXXX")
pg_clusters=()

# PostgreSQL refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
	pg_user=nobody
	chown "$pg_user" "$pg_root"
	pg_as() { setpriv --reuid="$pg_user" --regid=nogroup --clear-groups env HOME="$pg_root" "$@"; }
else
	pg_user=$(id -un)
	pg_as() { "$@"; }
fi

pg_end() {
	local cluster
	for cluster in "${pg_clusters[@]}"; do
		pg_as "$pg_bin/pg_ctl" -D "$pg_root/$cluster" -m immediate -w stop >/dev/null 2>&1
	done
	rm -rf "$pg_root"
}

# What a client says to reach the cluster $1 as its owner: the socket is in $pg_root, and the port
# tells one cluster from another.
pg_conninfo() {
	echo "host=$pg_root port=$(cat "$pg_root/$1.port") dbname=postgres user=$pg_user"
}

# What its processes share is a file of its directory, so that nothing of it is in /dev/shm.
# Starts the cluster $1, which is there, with more settings; the port is free once and for all, for
# the sockets are in a directory of our own.
pg_start() {
	local cluster=$1
	shift
	pg_clusters+=("$cluster")
	pg_as "$pg_bin/pg_ctl" -D "$pg_root/$cluster" -l "$pg_root/$cluster.log" -w -s \
		-o "-k $pg_root -p $(cat "$pg_root/$cluster.port") -c listen_addresses='' \
			-c dynamic_shared_memory_type=mmap $*" start
}

# Makes the cluster $1, on port $2, and starts it with more settings.
pg_make() {
	local cluster=$1 port=$2
	shift 2
	echo "$port" >"$pg_root/$cluster.port"
	pg_as "$pg_bin/initdb" -D "$pg_root/$cluster" -A trust -U "$pg_user" -E UTF8 --locale=C \
		--no-sync >"$pg_root/$cluster.initdb" 2>&1 || cat "$pg_root/$cluster.initdb"
	pg_start "$cluster" "$@"
}

# Asks the cluster $1 something.
pg_sql() {
	pg_as "$pg_bin/psql" -X -q -A -t "$(pg_conninfo "$1")" -c "$2"
}

# pg_standby NEW OF PORT: a standby of the cluster OF that follows it by the name NEW
pg_standby() {
	local new=$1 of=$2

	echo "$3" >"$pg_root/$new.port"
	rm -f "$pg_root/.s.PGSQL.$3" "$pg_root/.s.PGSQL.$3.lock"
	pg_as "$pg_bin/pg_basebackup" -D "$pg_root/$new" -R -X stream -c fast --no-sync \
		-d "$(pg_conninfo "$of") application_name=$new" || return
	pg_start "$new"
}

# The processes of the cluster $1, its first one first
pg_processes() {
	local first

	first=$(head -n 1 "$pg_root/$1/postmaster.pid")
	echo "$first" $(pgrep -P "$first")
}

# As when the power goes. A socket's lock would outlive it, for nobody buries the dead here.
pg_kill() {
	# shellcheck disable=SC2046 # a list of numbers
	kill -9 $(pg_processes "$1") 2>/dev/null
	rm -f "$pg_root/$1/postmaster.pid" "$pg_root/.s.PGSQL.$(cat "$pg_root/$1.port")"*
}

# pg_set CLUSTER SETTING VALUE: from now on
pg_set() {
	pg_sql "$1" "ALTER SYSTEM SET $2 = '$3'" && pg_sql "$1" 'SELECT pg_reload_conf()' >/dev/null
}
