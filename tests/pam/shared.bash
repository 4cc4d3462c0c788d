# SPDX-License-Identifier: GPL-3.0-or-later
# The console's own account behind a real sshd, with the keeper as a service of it. Sourced behind
# pam.bash, with SHARED set to the account's name.
if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root can make UNIX accounts and run sshd for them'
	exit 0
fi
need ssh ssh-keygen useradd userdel chpasswd
. "$top_srcdir/tests/story/sshd.bash"

BIN=$WORK/bin
KEEPER_PID=

end_all() {
	tmux -L provconsole kill-server
	end_sshd
	[ -z "$KEEPER_PID" ] || kill_hard "$KEEPER_PID"
	drop_account "$SHARED"
} 2>/dev/null
trap 'end_all; clean_up' EXIT

# make_shared PROGRAM…: the account, and the programs where it can run them
make_shared() {
	make_run
	chmod 711 "$WORK"
	chmod 755 "$WORK/home"
	mkdir -m 755 "$BIN"
	install -m 755 "$@" "$BIN"
	cp -R "$top_builddir/translations" "$BIN"
	chmod -R a+rX "$BIN/translations"
	make_account "$SHARED"
}

# At the clock of this story.
serve_shared() {
	stop_keeper
	mapfile -t ENVIRONMENT < <(environment)
	env -i "${ENVIRONMENT[@]}" "$top_builddir/tests/client/activate" "$SOCKET" \
		"$(id -g "$SHARED")" 0 0 "$KEEPER" --state "$STATE" --console "$SHARED" \
		2>"$WORK/keeper.log" &
	KEEPER_PID=$!
	until_ok test -S "$SOCKET" || give_up "The keeper does not start: $(cat "$WORK/keeper.log")"
}

host_pc() {
	env -i "${ENVIRONMENT[@]}" "$PROVCONSOLE" --socket "$SOCKET" "$@"
}
