#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The files for the host's service manager and sshd: the lines that they must not lose, and whether they agree with each other. What
# sshd makes of its lines is seen by tests/story/ssh.sh; no service manager is asked here.
set -u
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
build=${top_builddir:-$top/build}
service=$build/data/systemd/provconsole-keeper.service
socket=$top/data/systemd/provconsole-keeper.socket
sshd=$build/data/sshd-provconsole.conf
users=$top/data/sysusers.d/provconsole.conf
places=$top/data/tmpfiles.d/provconsole.conf

. "$top/tests/tap.bash"

# lacks FILE, and lines on standard input: those that are not whole lines of it, blanks before them aside
lacks() {
	local line
	while read -r line; do
		sed 's/^[[:space:]]*//' "$1" | grep -qxF -- "$line" || echo "${1##*/} lacks: $line"
	done
}

# value FILE KEY: what stands after KEY=
value() {
	sed -n "s/^$2=//p" "$1"
}

check "the keeper's service is its own user, shut in" "$(lacks "$service" <<'END'
User=provconsole
StateDirectory=provconsole
StateDirectoryMode=0700
UMask=0077
LimitCORE=0
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
PrivateDevices=yes
PrivateNetwork=yes
PrivateTmp=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallFilter=seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self
END
	grep -E '^PrivateUsers=' "$service"
	grep -qE '^LimitMEMLOCK=[1-9][0-9]*M$' "$service" || echo "no memory can be locked")"

check "the socket is of the kind that the keeper takes, for root and one group" "$(lacks "$socket" <<'END'
ListenSequentialPacket=/run/provconsole/socket
SocketUser=root
SocketMode=0660
END
)"

check "nothing is passed on by sshd" "$(lacks "$sshd" <<'END'
PermitTTY yes
DisableForwarding yes
AllowAgentForwarding no
AllowStreamLocalForwarding no
AllowTcpForwarding no
PermitListen none
PermitOpen none
PermitTunnel no
PermitUserRC no
X11Forwarding no
AcceptEnv LANG LC_*
END
)"

check "they agree on users, paths and programs" "$(
	path=$(value "$socket" ListenSequentialPacket)
	group=$(value "$socket" SocketGroup)
	program=$(value "$service" ExecStart)
	grep -q "^u $(value "$service" User) " "$users" || echo "the keeper's user is not made"
	grep -qE "^u $group .* /bin/sh\$" "$users" || echo "the shared account is not made, or sshd could not run anything as it"
	grep -qx "Match User $group" "$sshd" || echo "sshd matches another account than the socket's group"
	grep -qE "ForceCommand /[^ ]*/provconsole --socket $path\$" "$sshd" || echo "sshd's console is led to another socket"
	grep -qx "d ${path%/*} 0755 root root -" "$places" || echo "the socket's directory is not made"
	grep -qE '^/[^ ]*/provconsole-keeper --state %S/provconsole$' <<<"$program" || echo "the keeper is started otherwise: $program"
	grep -n '@[a-z]*dir@' "$service" "$sshd"
)"
echo "1..$number"
