# SPDX-License-Identifier: GPL-3.0-or-later
# A host of its own for tests that change one: this machine's files under an overlay, so that what
# is changed stays in memory and this machine's own /etc never is. Sourced by a script that root
# runs; it runs itself again in a mount namespace of its own, and from then on has:
#
#   HOST              the host's root
#   on_host COMMAND…  runs it there, in a clean environment
#   "${HOST_RUN[@]}"  the same as words, for what runs in the background, so that $! is its pid
#   host_changes      every name that was made, changed or taken away since host_mark, a line each

if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root can make a host of its own'
	exit 0
fi
# Where the root cannot be made private (a chroot: mount_namespaces(7)) the mounts are taken away at
# the end all the same.
if [ -z "${HOST_NAMESPACE:-}" ]; then
	export HOST_NAMESPACE=yes
	unshare --mount true 2>/dev/null && exec unshare --mount "$BASH" "$0" "$@"
	exec unshare --mount --propagation unchanged "$BASH" "$0" "$@"
fi
unset HOST_NAMESPACE

HOST_PLACE=$(mktemp -d /tmp/provconsole-host.XXXXXX) || exit 1
HOST=$HOST_PLACE/root

host_close() {
	local place

	for place in "$HOST"/{proc,dev/pts,dev,run,} "$HOST_PLACE"; do
		umount -l "$place" 2>/dev/null
	done
	rmdir "$HOST_PLACE" 2>/dev/null
}

# An /etc of its own, wholly: what this machine's other programs do in theirs, such as locking the
# file of users for a moment, is not seen here.
host_own_etc() {
	cp -a /etc "$HOST_PLACE/upper/" 2>/dev/null
	rm -f "$HOST_PLACE"/upper/etc/{passwd,group,shadow,gshadow,subuid,subgid}.lock
	python3 -IS -c 'import os, sys
os.setxattr(sys.argv[1], "trusted.overlay.opaque", b"y")' "$HOST_PLACE/upper/etc"
}

host_open() {
	mount -t tmpfs -o mode=755 none "$HOST_PLACE" &&
		mkdir "$HOST_PLACE"/{upper,work,root} &&
		host_own_etc &&
		mount -t overlay -o "lowerdir=/,upperdir=$HOST_PLACE/upper,workdir=$HOST_PLACE/work" \
			none "$HOST" &&
		mount -t tmpfs -o mode=755 none "$HOST/run" &&
		mount --bind /dev "$HOST/dev" && mount --bind /dev/pts "$HOST/dev/pts" &&
		mount --bind /proc "$HOST/proc" &&
		# A host that nobody has set up yet, whatever this machine is.
		rm -rf "$HOST"/etc/provconsole "$HOST"/var/lib/provconsole \
			"$HOST"/etc/ssh/sshd_config.d/*
}

HOST_RUN=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "TERM=${TERM:-dumb}" LC_ALL=C.UTF-8
	TZ=UTC DEBIAN_FRONTEND=noninteractive chroot "$HOST")

on_host() {
	"${HOST_RUN[@]}" "$@"
}

# Size and time tell a change, and the name what was made; what is only looked at is left out.
host_names() {
	(cd "$HOST_PLACE/upper" && find . -path ./tmp -prune -o -path ./root -prune -o \
		! -type d -printf '%P %y %s %T@\n' -o -type d -printf '%P d\n') | LC_ALL=C sort
}

host_mark() {
	host_names >"$HOST_PLACE/marked"
}

host_changes() {
	host_names | LC_ALL=C comm -3 "$HOST_PLACE/marked" - | sed 's/^\t//; s/ .*//' | sort -u
}
