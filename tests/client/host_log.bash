# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: a log of the host's own in $LOG, by the process $LOGGER. Where OWN_DEV is set the script
# runs in a mount namespace of its own, and nobody else sees that log; see own_dev.bash.

DEV=
LOGGER=

# A /dev with what programs need and a log of our own. It does not stand in $WORK, which is removed
# with all that is in it; and its shared memory is not the host's, where other programs have theirs.
make_dev() {
	local node

	unshare --mount true 2>/dev/null || mount --make-rprivate /dev || return
	DEV=$(mktemp -d /tmp/provconsole-dev.XXXXXX) &&
		mount -t tmpfs -o mode=755 none "$DEV" || return
	for node in null zero full random urandom tty; do
		: >"$DEV/$node" && mount --bind "/dev/$node" "$DEV/$node" || return
	done
	mkdir "$DEV/pts" "$DEV/shm" && mount --rbind /dev/pts "$DEV/pts" &&
		mount -t tmpfs -o mode=1777 none "$DEV/shm" || return
	ln -s pts/ptmx "$DEV/ptmx"
	ln -s /proc/self/fd "$DEV/fd"
	mount --rbind "$DEV" /dev
}

# Ends it. What is mounted is let go of, and never removed.
host_log_end() {
	[ -z "$LOGGER" ] || kill "$LOGGER" 2>/dev/null
	[ -z "$LOGGER" ] || [ -n "${OWN_DEV:-}" ] || rm -f /dev/log
	[ -z "$DEV" ] || { umount -R -l "$DEV" && rmdir "$DEV"; } 2>/dev/null
}

if [ -n "${OWN_DEV:-}" ]; then
	make_dev || give_up "There is no /dev of our own."
elif [ -e /dev/log ]; then
	give_up "This host has a /dev/log, and no mount namespace can be made."
fi
"$PYTHON" "${top_srcdir:-.}/tests/client/host_log.py" /dev/log "$LOG" &
LOGGER=$!
until_ok test -S /dev/log || give_up "The log does not listen."
