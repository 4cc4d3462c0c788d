#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The packages: built from a copy of the tree as it is, looked at by lintian, then installed,
# upgraded, removed and purged on a host of its own (an overlay of this machine). Nothing of them
# may be left there but the state, and the users that own it.
. "${top_srcdir:-.}/tests/host.bash" || exit 1
. "$top_srcdir/tests/tap.bash"
trap 'host_close; rm -rf "$WORK"' EXIT
WORK=$(mktemp -d /tmp/provconsole-package.XXXXXX) || exit 1
STATE=/var/lib/provconsole

give_up() {
	echo "Bail out! $1"
	exit 1
}

command -v dh >/dev/null && command -v lintian >/dev/null ||
	give_up "debhelper and lintian are not installed."

# --- building --------------------------------------------------------------------------------

mkdir "$WORK/tree"
tar -C "$top_srcdir" --exclude='./build*' --exclude=./.git --exclude='*.o' -cf - . |
	tar -C "$WORK/tree" -xf -
rm -f "$WORK"/tree/config.status
if [ -d "$top_srcdir/build-aux" ]; then
	cp -R "$top_srcdir/build-aux" "$WORK/tree/"
fi
(cd "$WORK/tree" && env -u MAKEFLAGS -u MFLAGS DEB_BUILD_OPTIONS="parallel=$(nproc) noautodbgsym" \
	CCACHE_DIR="${CCACHE_DIR:-$HOME/.ccache}" \
	dpkg-buildpackage -us -uc -b >"$WORK/build.log" 2>&1)
check "dpkg-buildpackage builds them" "$(
	for name in provconsole provconsole-keeper provconsole-runner provconsole-postgresql \
		libpam-provconsole; do
		ls "$WORK/${name}"_*.deb >/dev/null 2>&1 || echo "no $name: $(tail -n 5 "$WORK/build.log")"
	done
)"
check "lintian finds no fault" "$(lintian --fail-on none "$WORK"/*.changes 2>&1 |
	grep -E '^[EW]: ')"
check "no program of another package is in one" "$(
	for deb in "$WORK"/*.deb; do dpkg-deb -c "$deb" | awk '$1 ~ /^-/ { print $6 }'; done |
		sort | uniq -d
)"

check "libpq is wanted by the one package that speaks to PostgreSQL" "$(
	for deb in "$WORK"/*.deb; do
		dpkg-deb -f "$deb" Depends | grep -qw libpq5 && echo "${deb##*/}"
	done | grep -v '^provconsole-postgresql_'
	dpkg-deb -f "$WORK"/provconsole-postgresql_*.deb Depends | grep -qw libpq5 || echo "nor there"
	dpkg-deb -c "$WORK"/provconsole-postgresql_*.deb | awk '$1 ~ /^-/ { print $6 }' |
		grep -vE '^./(usr/share/doc/|usr/libexec/provconsole/provconsole-keeper-postgresql$)' |
		grep -vx ./lib/systemd/system/provconsole-keeper.service.d/postgresql.conf
)"

# --- a host -----------------------------------------------------------------------------------

host_open || give_up "No host of its own can be made: overlay file systems are missing."
for user in console provconsole-keys provconsole-record provconsole; do
	! on_host id "$user" >/dev/null 2>&1 || on_host userdel "$user"
done
mkdir "$HOST/root/debs" && cp "$WORK"/*.deb "$HOST/root/debs/"
printf '#!/bin/sh\nexit 101\n' >"$HOST/usr/sbin/policy-rc.d"
chmod 755 "$HOST/usr/sbin/policy-rc.d"

# Every name of the host outside of what changes by itself, and the text of /etc.
facts() {
	(cd "$HOST" && find etc usr lib var/lib/systemd var/lib/pam var/lib/provconsole \
		\( -name __pycache__ -o -path usr/share/man -o -path usr/share/mime \) -prune -o \
		! -name '*-' ! -name '*.lock' ! -name '*.cache' -print 2>/dev/null | LC_ALL=C sort
	cat etc/passwd etc/group etc/pam.d/* etc/ssh/sshd_config)
}

# complaint OF STATUS: what a command of dpkg has said, if it failed
complaint() {
	[ "$1" -eq 0 ] || tail -n 8 "$WORK/dpkg.log"
}

packages() {
	on_host dpkg "$@" >"$WORK/dpkg.log" 2>&1
}

facts >"$WORK/before"
install_all() {
	on_host sh -c 'dpkg -i /root/debs/*.deb' >"$WORK/dpkg.log" 2>&1
}

install_all
check "they are installed" "$(complaint $?)"
check "with their users" "$(
	on_host getent passwd console | grep -q ':/usr/bin/provconsole$' || echo "no console"
	on_host id -nG provconsole-keys 2>&1 | grep -qw console || echo "keys not in group"
	on_host id provconsole-record 2>&1 | grep -v '^uid=[1-9]'
)"
check "nothing listens yet, and no service of PAM asks" "$(
	find "$HOST/etc/systemd" -name 'provconsole*'
	grep -l pam_provconsole "$HOST"/etc/pam.d/*
)"
check "the runner is where the keeper looks for it, and its units where systemd does" "$(
	for file in usr/libexec/provconsole/provconsole-runner \
		lib/systemd/system/provconsole-runner.socket \
		lib/systemd/system/provconsole-runner@.service; do
		[ "$(on_host dpkg -S "/$file" 2>&1)" = "provconsole-runner: /$file" ] || echo "$file"
	done
	program=$(sed -n 's/^ExecStart=\([^ ]*\) .*/\1/p' \
		"$HOST/lib/systemd/system/provconsole-runner@.service")
	on_host "$program" --version 2>&1 | grep -v '^provconsole-runner '
)"
check "who installs the keeper is offered the runner" "$(
	for deb in "$WORK"/provconsole-keeper_*.deb; do
		dpkg-deb -f "$deb" Recommends | grep -qw provconsole-runner || echo "$deb"
	done
)"
check "the console completes in bash" "$(on_host bash -c '
	. /usr/share/bash-completion/completions/provconsole
	COMP_WORDS=(provconsole user ad) COMP_CWORD=2; _provconsole; echo "${COMPREPLY[*]}"' |
	grep -vx add)"
check "and in zsh its file is there" "$(head -n 1 "$HOST/usr/share/zsh/vendor-completions/_provconsole" |
	grep -vx '#compdef provconsole')"
check "man finds all pages" "$(
	for page in man1/provconsole.1 man5/provconsole-commands.5 man8/provconsole-keeper.8 \
		man8/provconsole-keys.8 man8/provconsole-runner.8 man8/pam_provconsole.8; do
		for place in man man/fr; do
			[ -e "$HOST/usr/share/$place/$page.gz" ] || echo "$place/$page"
		done
	done
)"

# --- set up, upgraded, removed, purged --------------------------------------------------------

on_host ssh-keygen -A >/dev/null
on_host ssh-keygen -q -t ed25519 -N '' -f /root/key
said=$(on_host provconsole setup --user alice --password-stdin --yes --authorized-keys /root/key.pub \
	--pam login <<<'correct horse battery' 2>&1)
check "setup works from the package" "$([ $? -eq 0 ] || echo "$said")"
install_all
check "an upgrade leaves it as it is" "$(complaint $?
	[ -e "$HOST/etc/ssh/sshd_config.d/provconsole.conf" ] || echo "sshd's lines are gone"
	grep -q pam_provconsole "$HOST/etc/pam.d/login" || echo "PAM's lines are gone"
	on_host provconsole --state "$STATE" user list 2>&1 | grep -q '^alice' || echo "alice is gone")"
packages --remove provconsole-runner
check "the runner can go alone, and come again" "$(complaint $?
	ls "$HOST/usr/libexec/provconsole/provconsole-runner" 2>/dev/null
	on_host provconsole --state "$STATE" user list 2>&1 | grep -q '^alice' || echo "alice is gone"
	on_host sh -c 'dpkg -i /root/debs/provconsole-runner_*.deb' >"$WORK/dpkg.log" 2>&1
	complaint $?)"
# Who has no libpq5 yet reads from dpkg which package is missing: here it is installed by bootstrap.
mkdir "$HOST/root/shared" && printf 'store postgresql:host=/nowhere\nnode one\n' \
	>"$HOST/root/shared/keeper.conf" && chmod 700 "$HOST/root/shared"
check "the keeper makes way for the one that speaks to PostgreSQL" "$(
	on_host provconsole --state /root/shared doctor 2>&1 | grep -q '^wrong  *server .*/nowhere' ||
		on_host provconsole --state /root/shared doctor 2>&1)"
packages --remove provconsole-postgresql
check "without that package it says what is missing" "$(complaint $?
	on_host provconsole --state /root/shared doctor 2>&1 |
		grep -q 'Install the package provconsole-postgresql' || echo "it does not")"
rm -r "$HOST/root/shared"
packages --remove libpam-provconsole provconsole
check "removed, it takes back what setup did" "$(complaint $?
	ls "$HOST/etc/ssh/sshd_config.d/provconsole.conf" "$HOST"/etc/provconsole 2>/dev/null
	grep -l pam_provconsole "$HOST"/etc/pam.d/*)"
packages --purge provconsole libpam-provconsole provconsole-runner provconsole-postgresql \
	provconsole-keeper
check "they are purged" "$(complaint $?)"
check "the state is kept" "$([ -s "$HOST$STATE/console.db" ] || echo "console.db is gone")"
facts >"$WORK/after"
check "nothing else is left, but the users" "$(diff "$WORK/before" "$WORK/after" | grep '^[<>]' |
	grep -vE '^> (var/lib/provconsole|(console|provconsole|provconsole-keys|provconsole-record):)')"
echo "1..$number"
