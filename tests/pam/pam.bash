# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of the PAM module share: services of their own, and a program that asks PAM for
# them. Sourced behind tests/story/lib.sh.
MODULE=$top_builddir/pam_provconsole.so
HOST=$top_builddir/tests/pam/host
SERVICES=$WORK/services
SOCKET=$WORK/run/socket
mkdir "$SERVICES" "$WORK/run"

# service NAME LINE…: a service of PAM's; @ is the module with its socket
service() {
	local name=$1

	shift
	printf '%s\n' "${@//@/$MODULE socket=$SOCKET}" >"$SERVICES/$name"
}

# host SERVICE USER WORD…: what the program says that asks PAM
host() {
	"$HOST" "$SERVICES" "$@" 2>&1
}

# --- the real keeper -------------------------------------------------------------------------

# In the foreground, as a service has it, at the clock of this story.
start_keeper() {
	local environment

	mapfile -t environment < <(environment)
	rm -f "$STATE/socket"	# of one that was killed
	env -i "${environment[@]}" "$KEEPER" --state "$STATE" "$@" 2>"$WORK/keeper.log" &
	KEEPER_PID=$!
	SOCKET=$STATE/socket
	until_ok test -S "$SOCKET" || give_up "The keeper does not start: $(cat "$WORK/keeper.log")"
}

# --- programs that ask PAM, with the services of this story ----------------------------------

PRELOAD=("LD_PRELOAD=$top_builddir/tests/bench/pam_here.so" "BENCH_PAM=$SERVICES")

# make_account NAME: a UNIX account with a home of its own and $PASSWORD
make_account() {
	until_ok add_account "$1" && chpasswd <<<"$1:$PASSWORD" || give_up "No accounts can be made."
	mkdir -m 755 "$WORK/home/$1"
	chown "$1:$1" "$WORK/home/$1"
}

# Another test may have the files of users locked for a moment.
add_account() {
	useradd --user-group --no-create-home --home-dir "$WORK/home/$1" --shell /bin/sh "$1" 2>/dev/null
}

drop_account() {
	until_ok nobody_of "$1"
	userdel "$1"
} 2>/dev/null

nobody_of() {
	! pgrep -U "$1" >/dev/null
}
