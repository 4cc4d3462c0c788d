#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `provconsole setup` where systemd runs the host: one that systemd-nspawn starts on an overlay of
# this machine, with a network of its own, and that a unit of this test shuts down again.
. "${top_srcdir:-.}/tests/host.bash" || exit 1
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
trap 'host_close 2>/dev/null; clean_up' EXIT

if ! command -v systemd-nspawn >/dev/null; then
	give_up "systemd-nspawn is not installed."
fi
host_open || give_up "No host of its own can be made: overlay file systems are missing."
env -u MAKEFLAGS -u MFLAGS make -s -C "$top_builddir" install "DESTDIR=$HOST" prefix=/usr/local \
	>"$WORK/install.log" 2>&1 || give_up "make install: $(tail -n 3 "$WORK/install.log")"
for old in console provconsole-keys provconsole-record provconsole; do
	! on_host id "$old" >/dev/null 2>&1 || on_host userdel "$old"
done
on_host ssh-keygen -A >/dev/null
on_host ssh-keygen -q -t ed25519 -N '' -f /root/key
cp "$top_builddir/tests/client/commander" "$HOST/root/"
printf 'correct horse battery' >"$HOST/root/password"
umount -l "$HOST"/{proc,dev/pts,dev,run}

# What root does there, and what comes of it: a line each, "NAME: TEXT".
cat >"$HOST/root/story" <<'END'
#!/bin/bash
exec >/root/said 2>&1
export LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
tell() { echo "$1: $2"; }
socket=provconsole-keeper.socket orders=provconsole-runner.socket
ip link set lo up
systemctl start ssh
provconsole setup --user alice --password-stdin --yes --authorized-keys /root/key.pub \
	<<<'correct horse battery' >/root/setup 2>&1
tell setup "$? $(grep '^provconsole:' /root/setup)"
tell unit "$(systemctl is-enabled $socket) $(systemctl is-active $socket)"
tell orders "$(systemctl is-enabled $orders) $(systemctl is-active $orders) $(
	stat -c '%a %U' /run/provconsole-runner/socket)"
tell people "$(provconsole user list | grep -c '^alice')"
tell keeper "$(systemctl is-active provconsole-keeper) $(ps -o user= -C provconsole-kee | head -n 1)"
tell doctor "$(provconsole doctor --json | python3 -c 'import json, sys
print(*[f["check"] for f in json.load(sys.stdin) if f["check"] in
("service", "socket", "account", "sshd", "keeper") and f["result"] == "ok"])')"
mkfifo /root/never
# Somebody at home, who runs what root has written.
provconsole settings set require-2fa no
add() { provconsole command add "$1" --title "$1" --role super-administrator -- /bin/sh -c "$2"; }
run() { timeout 30 /root/commander /run/provconsole alice /root/password run "$@" 2>&1 | tr -d '\r'; }
left() { pgrep -cf '^sleep 444[67]'; }
none_left() { [ "$(left)" = 0 ]; }
ends() { provconsole audit list --json --action command-end | grep -o '"endless' | wc -l; }
both_ended() { [ "$(ends)" = 2 ]; }
until_so() { for ((i = 0; i < 100; i++)); do "$@" && return; sleep 0.05; done; }
add where 'id -u; cat /proc/self/cgroup; ls /proc/self/fd | paste -sd " "; stat -c "%a %U" /var/lib/provconsole-runner'
add endless 'setsid sleep 4446 & trap "" HUP TERM; echo here; while :; do sleep 4447; done'
run where </dev/null >/root/where
tell user "$(grep -c '^19[0-9]*$' /root/where)"
# Below the unit's own there is another where the hierarchy is the unified one (cgroups(7)).
unit='provconsole-runner@[^/]*\.service'
[ "$(stat -f -c %T /sys/fs/cgroup)" != cgroup2fs ] || unit+=/run-
tell group "$(grep -q "$unit" /root/where && echo its own)"
tell lines "$(grep '^0 1 2' /root/where)"
tell work "$(sed -n 's/ root$//p' /root/where)"
tell status "$(sed -n 's/^status //p' /root/where)"
run endless drop </dev/null >/dev/null
until_so none_left
tell dropped "$(left)"
run endless <>/root/never >/root/endless &
until_so grep -q here /root/endless
systemctl stop 'provconsole-runner@*.service'
tell stopped "$(left) $(sed -n 's/^over \([0-9]*\).*/\1/p' /root/endless)"
until_so both_ended
tell trail "$(ends)"
tell doctor-runner "$(provconsole doctor --json | python3 -c 'import json, sys
print(*[f["result"] for f in json.load(sys.stdin) if f["check"] == "runner"])')"
timeout 10 script -qec 'TERM=xterm ssh -tt -i /root/key -o StrictHostKeyChecking=no console@127.0.0.1' \
	/root/typed <>/root/never >/dev/null 2>&1
tell door "$(grep -a -o -m 1 'User name' /root/typed)"
provconsole setup --yes >/root/setup 2>&1
tell again "$? $(grep -c 'all of it is so already' /root/setup)"
systemctl kill --signal=KILL provconsole-keeper
tell killed "$(provconsole user list | grep -c '^alice')"
provconsole setup --undo --yes >/root/setup 2>&1
tell undo "$? $(grep '^provconsole:' /root/setup)"
tell after "$(systemctl is-enabled $socket) $(systemctl is-active $socket)"
tell orders-after "$(systemctl is-enabled $orders) $(systemctl is-active $orders)"
tell knock "$(ssh -i /root/key -o BatchMode=yes console@127.0.0.1 2>&1 | grep -o 'Permission denied')"
tell end yes
END
chmod 755 "$HOST/root/story"
cat >"$HOST/etc/systemd/system/story.service" <<'END'
[Unit]
After=basic.target dbus.service systemd-user-sessions.service
Wants=dbus.service systemd-user-sessions.service
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
TimeoutStartSec=150
ExecStart=/root/story
END
timeout 200 systemd-nspawn --quiet --register=no --keep-unit --private-network --console=pipe \
	--directory="$HOST" /lib/systemd/systemd --unit=story.service \
	</dev/null >"$WORK/boot.log" 2>&1
[ -s "$HOST/root/said" ] || {
	echo "1..0 # SKIP systemd-nspawn starts no host here: $(grep -a -m 1 -iE 'fail|not ' \
		"$WORK/boot.log" | tr -dc '[:print:]')"
	exit 0
}

# told WHAT NAME TEXT: a test
told() {
	is "$1" "$(sed -n "s/^$2: //p" "$HOST/root/said")" "$3"
}

told "setup does its work where systemd runs the host" setup '0 '
told "the keeper's socket is enabled and active" unit 'enabled active'
told "the runner's is, too, and the keeper's alone" orders 'enabled active 600 provconsole'
told "the first Super Administrator is there" people 1
told "the keeper runs as its own user" keeper 'active provconsole'
told "the doctor finds the host well" doctor 'keeper service socket account sshd'
told "a command runs as a user that has no name" user 1
told "in a cgroup of its own" group 'its own'
told "with its terminal, and the directory that is listed" lines '0 1 2 3'
told "the runner's own directory is root's alone" work 700
told "and its status comes through" status 0
told "where the line drops nothing of it is left" dropped 0
told "nor where its unit is stopped, and its person reads so" stopped '0 3'
told "the trail has the ends of both" trail 2
told "the doctor finds the runner well" doctor-runner ok
told "ssh leads to the first door" door 'User name'
told "a second run has nothing to do" again '0 1'
told "a keeper that is killed comes again" killed 1
told "--undo takes all back" undo '0 '
told "nothing is enabled or active" after 'disabled inactive'
told "of the runner neither" orders-after 'disabled inactive'
told "and sshd lets nobody in" knock 'Permission denied'
told "that is all" end yes
[ "$FAILED" -eq 0 ] || said "$(cat "$HOST/root/said")"
finish
