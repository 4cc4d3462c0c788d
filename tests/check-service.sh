#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The files for the host's service manager and sshd: the lines that they must not lose, whether they
# agree with each other, and what systemd-analyze and sshd say of them, where these are installed.
# How sshd behaves with its lines is seen by tests/story/ssh.sh.
set -u
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
build=${top_builddir:-$top/build}
service=$build/data/systemd/provconsole-keeper.service
socket=$top/data/systemd/provconsole-keeper.socket
sshd=$build/data/sshd-provconsole.conf
users=$build/data/sysusers.d/provconsole.conf
places=$top/data/tmpfiles.d/provconsole.conf
run=$build/data/systemd/provconsole-runner@.service
orders=$top/data/systemd/provconsole-runner.socket
recorder=$top/data/sysusers.d/provconsole-runner.conf

. "$top/tests/tap.bash"

# lacks FILE, and lines on standard input: those that are not
# whole lines of it, blanks before them aside
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
Type=notify
NotifyAccess=main
WatchdogSec=30
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
PrivateMounts=yes
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
SystemCallFilter=~@resources
SystemCallFilter=seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self
SystemCallErrorNumber=EPERM
MemorySwapMax=0
END
	grep -E '^PrivateUsers=' "$service"
	grep -qE '^LimitMEMLOCK=[1-9][0-9]*M$' "$service" || echo "no memory can be locked")"

check "every worker has room" "$(
	workers=$(sed -n 's/.*HASH_WORKERS_MAX = \([0-9]*\).*/\1/p' "$top/src/keeper/hash.h")
	[ -n "$workers" ] || echo "src/keeper/hash.h tells no number of workers"
	[ "$(value "$service" MemoryMax)" = "$((workers * 19 + 40))M" ] ||
		echo "MemoryMax is not that of $workers workers"
	[ "$(value "$service" TasksMax)" -gt "$workers" ] ||
		echo "TasksMax is less than the loop and $workers workers"
)"

dropin=$top/data/systemd/provconsole-keeper.service.d/postgresql.conf
check "only the package for PostgreSQL gives it a network" "$(lacks "$dropin" <<'END'
PrivateNetwork=no
RestrictAddressFamilies=AF_INET AF_INET6
IPAddressDeny=
StartLimitIntervalSec=0
RestartSec=2
END
	lacks "$service" <<<'IPAddressDeny=any'
	grep -q '^After=.*postgresql.service' "$dropin" || echo "it does not wait for PostgreSQL"
	keys='StartLimitIntervalSec|RestartSec|After|Wants|PrivateNetwork'
	keys+='|RestrictAddressFamilies|IPAddressDeny|MemoryMax|TasksMax'
	grep -E '^[A-Z][A-Za-z]*=' "$dropin" | grep -vE "^($keys)="
)"

# exposed: what systemd-analyze has against the service, from 0.0 to 10.0 (0.4 with systemd 252;
# what is not worth a finding of its own is written in the service)
exposed() {
	local copy said

	copy=$(mktemp -d) && cp "$service" "$socket" "$copy" || return
	said=$(systemd-analyze security --offline=true --no-pager --threshold=15 \
		"$copy/${service##*/}" 2>&1) ||
		grep -E '^(✗|→)|Failed' <<<"$said"
	grep -q 'Overall exposure level' <<<"$said" || echo "systemd-analyze gives no figure: $said"
	rm -r "$copy"
}

if systemd-analyze security --help 2>/dev/null | grep -q -e --offline; then
	check "systemd finds it exposed to 1.5 of 10 at most" "$(exposed)"
else
	skip "systemd finds it exposed to 1.5 of 10 at most" "systemd-analyze is not installed"
fi

check "the socket is of the kind that the keeper takes, for root and one group" \
	"$(lacks "$socket" <<'END'
ListenSequentialPacket=/run/provconsole/socket
SocketUser=root
SocketMode=0660
END
)"

check "the runner's socket is the keeper's alone, and each order a process of its own" \
	"$(lacks "$orders" <<'END'
ListenSequentialPacket=/run/provconsole-runner/socket
Accept=yes
SocketMode=0600
TriggerLimitIntervalSec=0
END
	grep -E '^SocketGroup=' "$orders"
	[ "$(value "$orders" SocketUser)" = "$(value "$service" User)" ] ||
		echo "it is not of the keeper's user"
	[ "$(value "$orders" MaxConnections)" -ge 500 ] || echo "500 people are too many for it"
)"

# Whatever shuts the runner in shuts commands in, and sudo among them.
walls='User|Group|DynamicUser|NoNewPrivileges|CapabilityBoundingSet|Protect|Private|Restrict'
walls+='|SystemCall|LockPersonality|MemoryDeny|ReadOnly|Inaccessible|IPAddress|Device'
check "nothing of a run outlives it, and nothing keeps sudo from its work" "$(lacks "$run" <<'END'
StandardInput=null
StateDirectory=provconsole-runner
StateDirectoryMode=0700
UMask=0077
LimitCORE=0
KillMode=control-group
Delegate=yes
TimeoutStopSec=2
OOMPolicy=continue
END
	grep -qE '^TasksMax=[1-9][0-9]*$' "$run" || echo "tasks have no limit"
	grep -qE '^MemoryMax=[1-9][0-9]*[MG]$' "$run" || echo "memory has no limit"
	grep -nE "^($walls)[A-Za-z]*=" "$run"
)"

# unknown [DIRECTORY]: what systemd says of the units as they stand together; their programs are not
# where they will be
unknown() {
	local copy

	copy=$(mktemp -d) && cp "$service" "$socket" "$run" "$orders" "$copy" || return
	[ -z "${1:-}" ] || cp -r "$1" "$copy" || return
	sed -i 's|^ExecStart=.*|ExecStart=/bin/true|' "$copy"/*.service
	SYSTEMD_UNIT_PATH=$copy: systemd-analyze verify --man=no provconsole-keeper.socket \
		provconsole-runner.socket provconsole-runner@1.service 2>&1 | grep -F provconsole
	rm -r "$copy"
}

if command -v systemd-analyze >/dev/null; then
	check "systemd knows every line of the units" "$(unknown)"
	check "and of what the package for PostgreSQL adds" "$(unknown "${dropin%/*}")"
else
	skip "systemd knows every line of the units" "systemd-analyze is not installed"
	skip "and of what the package for PostgreSQL adds" "systemd-analyze is not installed"
fi

check "nothing is passed on by sshd" "$(lacks "$sshd" <<'END'
PermitTTY yes
DisableForwarding yes
AllowAgentForwarding no
AllowStreamLocalForwarding no
AllowTcpForwarding no
GatewayPorts no
PermitListen none
PermitOpen none
PermitTunnel no
PermitUserRC no
X11Forwarding no
AcceptEnv LANG LC_* ACCESSIBILITY
AuthenticationMethods publickey
AuthorizedKeysCommandUser provconsole-keys
TrustedUserCAKeys none
MaxSessions 1
ClientAliveInterval 30
ClientAliveCountMax 4
END
)"

# with_run COMMAND…: where sshd finds the directory that its own unit makes, seen by nobody else; in
# a chroot, whose root cannot be made private (mount_namespaces(7)), in the chroot's own /run.
with_run() {
	if ! unshare --mount true 2>/dev/null; then
		mkdir -p -m 755 /run/sshd 2>&1 && "$@" 2>&1
		return
	fi
	unshare --mount sh -c '
		mount -t tmpfs -o mode=755 none /run && mkdir -m 755 /run/sshd && "$@"
	' - "$@" 2>&1
}

# sshd_says USER: its whole configuration for that user, on a host that
# allows what it can before and after our lines
sshd_says() {
	local scratch

	scratch=$(mktemp -d) && ssh-keygen -q -t ed25519 -N '' -f "$scratch/host" &&
		cp "$sshd" "$scratch/snippet" || return
	cat >"$scratch/config" <<-END
		HostKey $scratch/host
		AllowTcpForwarding yes
		X11Forwarding yes
		PermitTunnel yes
		MaxSessions 20
		AuthorizedKeysCommand /bin/false
		AuthorizedKeysCommandUser nobody
		TrustedUserCAKeys /etc/ssh/ca.pub
		Include $scratch/snippet
		GatewayPorts yes
		ClientAliveInterval 0
	END
	with_run "$SSHD" -t -f "$scratch/config" &&
		with_run "$SSHD" -T -f "$scratch/config" -C "user=$1,host=h,addr=192.0.2.1"
	rm -r "$scratch"
}

SSHD=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd)
if [ -z "$SSHD" ] || ! with_run true >/dev/null; then
	skip "sshd reads its lines so, whatever the host's own are" \
		"sshd is not installed, or this is not root with mount(8)"
	skip "and only for the shared account" \
		"sshd is not installed, or this is not root with mount(8)"
else
	said=$(sshd_says console)
	check "sshd reads its lines so, whatever the host's own are" "$(while read -r line; do
		grep -qixF -- "$line" <<<"$said" || echo "for console it has not: $line"
	done <<'END'
disableforwarding yes
allowagentforwarding no
allowstreamlocalforwarding no
allowtcpforwarding no
gatewayports no
permitlisten none
permitopen none
permittunnel no
permituserrc no
permituserenvironment no
x11forwarding no
authenticationmethods publickey
authorizedkeyscommanduser provconsole-keys
authorizedkeysfile /etc/provconsole/authorized_keys
trustedusercakeys none
maxsessions 1
clientaliveinterval 30
clientalivecountmax 4
END
)"
	said=$(sshd_says alice)
	check "and only for the shared account" \
		"$(for line in 'disableforwarding no' 'maxsessions 20' 'gatewayports yes' \
		'forcecommand none'; do
		grep -qixF -- "$line" <<<"$said" || echo "for alice it has not: $line"
	done)"
fi

check "they agree on users, paths and programs" "$(
	path=$(value "$socket" ListenSequentialPacket)
	group=$(value "$socket" SocketGroup)
	program=$(value "$service" ExecStart)
	console=$(sed -n 's|.*ForceCommand exec \(/[^ ]*/provconsole\) .*|\1|p' "$sshd")
	grep -q "^u $(value "$service" User) " "$users" || echo "the keeper's user is not made"
	grep -qE "^u $group .* / $console\$" "$users" ||
		echo "the shared account is not made, or its shell is not the console"
	grep -qx "m provconsole-keys $group" "$users" ||
		echo "the user as which sshd looks keys up does not reach the socket"
	keys=$(sed -n 's|.*AuthorizedKeysCommand \(/[^ ]*\) %u %t %k %f$|\1|p' "$sshd")
	[ "$keys" = "${program%%/provconsole-keeper *}/provconsole-keys" ] ||
		echo "sshd asks another program for keys: $keys"
	grep -q '^u provconsole-keys - .* /usr/sbin/nologin$' "$users" ||
		echo "the user as which sshd looks keys up is not made"
	grep -qx "Match User $group" "$sshd" ||
		echo "sshd matches another account than the socket's group"
	grep -qE "ForceCommand exec /[^ ]*/provconsole --socket $path\$" "$sshd" ||
		echo "sshd's console is led to another socket"
	grep -qx "d ${path%/*} 0755 root root -" "$places" ||
		echo "the socket's directory is not made"
	grep -qE '^/[^ ]*/provconsole-keeper --state %S/provconsole$' <<<"$program" ||
		echo "the keeper is started otherwise: $program"
	order=$(value "$orders" ListenSequentialPacket)
	runner=${program%%/provconsole-keeper *}/provconsole-runner
	[ "$(value "$run" ExecStart)" = "$runner --instance" ] ||
		echo "a run is started otherwise: $(value "$run" ExecStart)"
	grep -qF "RUNNER_SOCKET \"$order\"" "$top/src/keeper/runner.h" ||
		echo "the keeper orders elsewhere than at $order"
	grep -qF "setup_runner_socket[] = \"$order\"" "$top/src/setup/setup.c" ||
		echo "the doctor looks elsewhere than at $order"
	grep -qF ".work = \"/var/lib/$(value "$run" StateDirectory)\"" \
		"$top/src/runner/options.c" ||
		echo "the runner's own directory is another"
	grep -q '^u provconsole-record - .* / /usr/sbin/nologin$' "$recorder" ||
		echo "the user as which recordings are written is not made"
	grep -n '@[a-z]*dir@' "$service" "$run" "$sshd"
)"
echo "1..$number"
