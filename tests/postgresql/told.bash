# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after host_log.bash: what root is told of a bad day.
#
#   found CHECK             what doctor says of it now, with its verdict
#   logged WHAT WORDS       a test: the host's log is told that, since the last such test

found() {
	pc doctor | sed -nE "s/^(ok|note|wrong) +$1 +/\1 /p"
}

LOGGED=0	# lines that were looked at
in_log() {
	tail -n "+$((LOGGED + 1))" "$LOG" | grep -qF -- "$1"
}

logged() {
	until_ok in_log "$2"
	ok $? "$1" || said "$(tail -n "+$((LOGGED + 1))" "$LOG")"
	LOGGED=$(wc -l <"$LOG")
}
