# SPDX-License-Identifier: GPL-3.0-or-later
# What it costs to run a command, beside sudo, a bare terminal, script(1) and tmux. Sourced by
# bench.sh.
COMMANDS_FILE_MB=100

# command_ NAME ARGUMENT…: one that everybody here may run
command_() {
	local name=$1

	shift
	"$PROVCONSOLE" --state "$WORK/state" command add "$name" --title "$name" --role operator \
		--role super-administrator \
		-- "$@" >/dev/null || die "The command $name cannot be added."
}

# Lines as a log has them, of 100 bytes with their ends
commands_file() {
	awk -v lines=$((COMMANDS_FILE_MB * 10000)) 'BEGIN {
		for (i = 0; i < lines; i++)
			printf "%-99s\n", "2026-11-27T12:00:00 host service[" i "]: an answer was sent"
	}' >"$WORK/long"
}

# As the console starts it: commands are those of the state, and run as who started it.
embedded_start() {
	local tries

	rm -f "$WORK/state/socket"
	"$KEEPER" --state "$WORK/state" --ready-fd 3 >"$WORK/keeper.log" 2>&1 </dev/null \
		3>"$WORK/ready"
	for tries in {1..200}; do
		[ ! -S "$WORK/state/socket" ] || break
		read -r -t 0.05 <>"$WORK/never" || :
	done
	KEEPER_PID=$(pgrep -o -f -- "provconsole-keeper --state $WORK/state") ||
		die "The keeper does not start: $(cat "$WORK/keeper.log")"
}

# peer PROGRAM: it is there, or there is nothing to compare with
peer() {
	command -v "$1" >/dev/null || die "$1 is not installed."
}

commands() {
	say "commands"
	peer sudo
	peer script
	peer tmux
	export TMUX_TMPDIR=$WORK
	commands_file
	command_ first /bin/echo first
	command_ keys /bin/sh -c 'stty raw -echo; echo ready; exec cat'
	command_ cat /bin/cat "$WORK/long"
	"$PROVCONSOLE" --state "$WORK/state" command add tape --title tape --record \
		--role operator --role super-administrator \
		-- /bin/cat "$WORK/long" >/dev/null || die "The command tape cannot be added."
	embedded_start
	figures '' "$BENCH/commands" "$WORK/state" "$KEEPER_PID" "$WORK/long" \
		"${BENCH_RUNS:-100}" 200
	keeper_stop
	rm -f "$WORK/long"
	commands_rows
}

# ms FIGURE: microseconds as milliseconds
ms() {
	calc "${F[$1]} / 1000"
}

commands_rows() {
	local added

	row "from Enter to a command's first byte, 99th percentile" \
		"$(digits "$(ms commands.first.p99)") ms" \
		"sudo -n -u nobody /bin/echo $(digits "$(ms commands.sudo.p99)") ms" \
		"$(ms commands.first.p99)" '<= 100'
	against "the same, medians" commands.first commands.sudo µs 'sudo -n -u nobody /bin/echo' -
	added=$(calc "${F[commands.key.p99]} - ${F[commands.bare.p99]}")
	row "what a key there and back takes longer, 99th percentile, ms" \
		"$(digits "${F[commands.key.p99]}") µs" \
		"a bare terminal $(digits "${F[commands.bare.p99]}") µs" "$(calc "$added / 1000")" \
		'<= 1'
	against "cat of $COMMANDS_FILE_MB MB, not recorded" commands.cat commands.script MB/s \
		'script(1), which keeps nothing' '>= 1'
	against "the same, recorded" commands.tape commands.script MB/s \
		'script(1), which keeps nothing' '>= 0.8'
	against "the same, not recorded" commands.cat commands.tmux MB/s 'tmux, attached' '>= 1'
	row "${BENCH_RUNS:-100} runs at once, the runner's proportional memory each" \
		"$(digits "$(calc "${F[commands.runs.pss]} / 1024")") MiB" "6 MiB" \
		"$(calc "${F[commands.runs.pss]} / 6144")" '<= 1'
	row "the slowest of one key to each of them, there and back" \
		"$(digits "${F[commands.runs.slowest]}") ms" "" - -
}
