# SPDX-License-Identifier: GPL-3.0-or-later
# A real sshd in the foreground, on any port that is free. Sourced after lib.sh; its own trap is the
# story's.
#
#   start_sshd WORD…   the command that starts it, all but its port; then SSHD_PID and PORT are
#                      known
#   end_sshd           it ends, and what was made for it goes
#   make_run           the directory that it shuts itself in with, where there is none
#   make_user NAME OPTION…   a UNIX user of the system, whom the story takes away again
#   alive PID          whether that is a process; not of an empty word
SSHD=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || give_up "sshd is not installed."
SSHD_PID= PORT= MADE_RUN=

alive() {
	[ -n "$1" ] && kill -0 "$1" 2>/dev/null
}

sshd_listens() {
	grep -q 'Server listening' "$WORK/sshd.log" || ! alive "$SSHD_PID"
}

start_sshd() {
	local tries

	for tries in 1 2 3 4 5 6 7 8; do
		PORT=$((20000 + RANDOM % 40000))
		: >"$WORK/sshd.log"
		"$@" -o "Port=$PORT" 2>"$WORK/sshd.log" &
		SSHD_PID=$!
		until_ok sshd_listens
		! alive "$SSHD_PID" || return 0
	done
	said "$(cat "$WORK/sshd.log")"
	give_up "sshd does not start."
}

make_run() {
	[ -d /run/sshd ] || { mkdir -m 755 /run/sshd && MADE_RUN=yes; }
}

end_sshd() {
	! alive "$SSHD_PID" || kill "$SSHD_PID"
	[ -z "$MADE_RUN" ] || rmdir /run/sshd
} 2>/dev/null

# Another test may have the files of users locked for a moment.
make_user() {
	useradd --system --user-group --no-create-home --home-dir / --shell /bin/sh --password '*' \
		"${@:2}" "$1" 2>/dev/null
}
