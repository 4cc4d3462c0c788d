#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `provconsole setup` on hosts of all kinds: those that it refuses, those where it is killed at each
# step, and one that root sets up by questions, with a real sshd and the real ssh client. All of it
# under an overlay: this machine's own files are never changed.
. "${top_srcdir:-.}/tests/host.bash" || exit 1
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "$top_srcdir/tests/story/sshd.bash"
need ssh ssh-keygen useradd strace
KEEPER_PID=
RUNNER_PID=
BIN=/usr/local/bin/provconsole
LIBEXEC=/usr/local/libexec/provconsole
DROP_IN=/etc/ssh/sshd_config.d/provconsole.conf

end_all() {
	tmux -L provconsole kill-server 2>/dev/null
	[ -z "$KEEPER_PID" ] || kill "$KEEPER_PID"
	[ -z "$RUNNER_PID" ] || kill "$RUNNER_PID"
	end_sshd
	host_close
} 2>/dev/null
trap 'end_all; clean_up' EXIT

host_open || give_up "No host of its own can be made: overlay file systems are missing."
# What the tree installs, as another prefix than Debian's does not matter.
env -u MAKEFLAGS -u MFLAGS make -s -C "$top_builddir" install "DESTDIR=$HOST" prefix=/usr/local \
	>"$WORK/install.log" 2>&1 || give_up "make install: $(tail -n 3 "$WORK/install.log")"
for old in console provconsole provconsole-keys provconsole-record; do
	! on_host id "$old" >/dev/null 2>&1 || on_host userdel "$old"
done
ssh-keygen -q -t ed25519 -N '' -f "$WORK/key" && on_host ssh-keygen -A >/dev/null ||
	give_up "ssh-keygen fails."
install -D -m 600 "$WORK/key.pub" "$HOST/root/.ssh/authorized_keys"
cp "$HOST/etc/ssh/sshd_config" "$WORK/sshd_config"
mkdir -p "$HOST/run/sshd" "$HOST/etc/ssh/sshd_config.d"

# --- a host before and after -------------------------------------------------------------

# Accounts, sshd's and PAM's files, and ours: all that setup may change, with modes.
facts() {
	(cd "$HOST" && cat etc/passwd etc/group &&
		find etc/ssh etc/pam.d etc/provconsole run/provconsole -type f -exec sha256sum {} + \
			-exec stat -c '%n %a %u:%g' {} + 2>/dev/null | sort)
}
BEFORE=$(facts)

# as_before WHAT: a test
as_before() {
	is "$1" "$(facts)" "$BEFORE"
}

# setup ARGUMENT…: by a script
setup() {
	OUT=$(on_host "$BIN" setup "$@" 2>&1 <<<"$PASSWORD")
	STATUS=$?
}

# all ARGUMENT…: the whole of it
all() {
	setup --user alice --password-stdin --yes --authorized-keys /root/.ssh/authorized_keys "$@"
}

# refuses WHAT PATTERN: a test of what `all` has said on this host
refuses() {
	BEFORE=$(facts)
	all
	is "$1: refused" "$STATUS" 1
	is "$1: in one line" "$(grep -c '^provconsole: ' <<<"$OUT")" 1
	like "$1: which says why" "$(tr '\n' ' ' <<<"$OUT")" "$2"
	as_before "$1: nothing was changed"
}

# --- hosts that it refuses -------------------------------------------------------------

echo 'Nonsense yes' >>"$HOST/etc/ssh/sshd_config"
refuses "a broken sshd_config" "sshd's own configuration has an error: .*Nonsense"
cp "$WORK/sshd_config" "$HOST/etc/ssh/sshd_config"

sed -i '1i PermitUserEnvironment yes' "$HOST/etc/ssh/sshd_config"
refuses "PermitUserEnvironment" "PermitUserEnvironment must be no for the whole host"
cp "$WORK/sshd_config" "$HOST/etc/ssh/sshd_config"

printf '%s\n' 'Match User console' 'AllowTcpForwarding yes' >"$HOST/etc/ssh/sshd_config.d/00-foreign.conf"
refuses "a foreign drop-in that wins" "Another of sshd's files .*allowtcpforwarding yes"
rm "$HOST/etc/ssh/sshd_config.d/00-foreign.conf"

sed -i '/^Include/d' "$HOST/etc/ssh/sshd_config"
refuses "an sshd that reads no drop-ins" "sshd does not read /etc/ssh/sshd_config.d. .*Include"
cp "$WORK/sshd_config" "$HOST/etc/ssh/sshd_config"

on_host useradd --uid 59871 --no-create-home console
refuses "an account console that is somebody's" "account console already, which is somebody's"
on_host userdel console

echo 'no key at all' >"$HOST/root/wrong"
BEFORE=$(facts)
setup --user alice --password-stdin --yes --authorized-keys /root/wrong
is "a file without keys is refused" "$STATUS" 1
setup --user alice --password-stdin --yes
like "and no file at all" "$STATUS $(tr '\n' ' ' <<<"$OUT")" '^1 .*Nobody could knock yet'
as_before "nothing was changed"
OUT=$(on_host "$BIN" setup --user alice --yes --authorized-keys /root/.ssh/authorized_keys \
	--password-stdin <<<short 2>&1)
is "a password that is too short is refused" $? 1
as_before "before anything was changed"

mount --bind "$HOST/etc" "$HOST/etc" && mount -o remount,ro,bind "$HOST/etc"
refuses "a read-only /etc" 'cannot be written \(Read-only file system\)'
umount "$HOST/etc"

mount -t tmpfs -o size=4k,mode=755 none "$HOST/etc/ssh/sshd_config.d"
head -c 4096 /dev/zero >"$HOST/etc/ssh/sshd_config.d/full"
refuses "a full disk, at the last step" 'provconsole.conf cannot be written \(No space left'
umount "$HOST/etc/ssh/sshd_config.d"
rmdir "$HOST/var/lib/provconsole" 2>/dev/null

# --- looking, and being killed -------------------------------------------------------------

BEFORE=$(facts)
setup --dry-run --authorized-keys /root/.ssh/authorized_keys
is "--dry-run says what would be done" "$STATUS $(grep -c '^  - ' <<<"$OUT")" '0 5'
as_before "and does none of it"

step=0
survived=
while step=$((step + 1)); do
	on_host strace -o /dev/null -e trace=fsync -e "inject=fsync:signal=KILL:when=$step" \
		"$BIN" setup --user alice --password-stdin --yes \
		--authorized-keys /root/.ssh/authorized_keys <<<"$PASSWORD" >/dev/null 2>&1
	[ $? -eq 137 ] || break
	on_host sshd -t 2>/dev/null || survived="$survived sshd:$step"
	setup --undo --yes
	[ "$STATUS" -eq 0 ] || survived="$survived undo:$step:$OUT"
	[ "$(facts)" = "$BEFORE" ] || survived="$survived facts:$step"
	rm -rf "$HOST/run/provconsole"
done
is "killed at each of its steps, --undo takes all back" "$survived" ''
[ "$step" -gt 10 ]
ok $? "there were many: $step"
until_ok no_keeper /var/lib/provconsole
setup --undo --yes
is "and after the last, which came through" "$STATUS $(ls "$HOST/etc/provconsole" 2>&1 | wc -l)" '0 1'
[ -s "$HOST/var/lib/provconsole/console.db" ]
ok $? "the state stays"
is "with its owner" "$(on_host stat -c %U /var/lib/provconsole)" provconsole
rm -rf "$HOST/var/lib/provconsole"
on_host userdel provconsole

# --- one service of PAM ----------------------------------------------------------------------

module=$(ls -d "$HOST"/usr/lib/*/security 2>/dev/null | head -n 1)/pam_provconsole.so
[ -e "$module" ] || : >"$module"
BEFORE=$(facts)
all --pam login
is "--pam login" "$STATUS" 0
is "puts its lines behind the host's own" "$(grep -E '^(auth|@include common-auth)' \
	"$HOST/etc/pam.d/login" | tail -n 1)" 'auth required pam_provconsole.so nullok # provconsole setup'
is "into that file alone" "$(grep -l pam_provconsole "$HOST"/etc/pam.d/* | xargs -n 1 basename)" login
is "once" "$(all --pam login; grep -c 'pam_provconsole.*# provconsole setup' "$HOST/etc/pam.d/login")" 2
setup --pam cron --yes
is "no other service is taken" "$STATUS" 1
until_ok no_keeper /var/lib/provconsole
setup --undo --yes
rm -rf "$HOST/var/lib/provconsole"
on_host userdel provconsole
as_before "--undo takes them out again"

# --- changed since ----------------------------------------------------------------------------

all
is "what was undone can be done again" "$STATUS" 0
BEFORE=$(facts)
all
is "and again" "$STATUS" 0
like "with nothing to do" "$OUT" 'all of it is so already'
as_before "which changes nothing"
echo '# mine' >>"$HOST$DROP_IN"
cat "$WORK/key.pub" >>"$HOST/etc/provconsole/authorized_keys"
until_ok no_keeper /var/lib/provconsole
setup --undo --yes
is "what root changed since is kept" "$STATUS $(tail -n 1 "$HOST$DROP_IN.old") $(
	wc -l <"$HOST/etc/provconsole/authorized_keys")" '0 # mine 2'
[ ! -e "$HOST$DROP_IN" ]
ok $? "but in force no more"
rm -rf "$HOST/var/lib/provconsole" "$HOST/etc/provconsole" "$HOST$DROP_IN.old"
on_host userdel provconsole

# --- an old installation by hand, which sshd reads already ------------------------------------

sed 's/MaxSessions 1/MaxSessions 10/' "$HOST/usr/local/share/provconsole/sshd-provconsole.conf" \
	>"$HOST$DROP_IN"
all
is "lines that were put there by hand become ours" "$(grep -c 'MaxSessions 1$' "$HOST$DROP_IN")" 1
until_ok no_keeper /var/lib/provconsole
setup --undo --yes
is "and are put back" "$STATUS $(grep -c 'MaxSessions 10$' "$HOST$DROP_IN")" '0 1'
rm -rf "$HOST/var/lib/provconsole" "$HOST$DROP_IN"
on_host userdel provconsole

# --- by questions, from nothing to signed in --------------------------------------------------

start_sshd "${HOST_RUN[@]}" /usr/sbin/sshd -D -e -o ListenAddress=127.0.0.1

COMMAND=(chroot "$HOST" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/root TERM=screen-256color
	LC_ALL=C.UTF-8 "$BIN" setup)
open root
see "root is asked for a name, with one proposed" 'User name of the first Super Administrator [admin]'
keys Enter
see "and for the keys, with root's own proposed" '[/root/.ssh/authorized_keys]'
keys Enter
see "reads what will be done" 'This is what setup does' 'Do it? [Y/n]'
keys Enter
see "and chooses a password" 'Password:'
type "$PASSWORD"
keys Enter
wait_for 'Repeat password:'
type "$PASSWORD"
keys Enter
see "setup ends with the command that signs in" 'ssh console@' '--listen' \
	'--for provconsole'
ends "and well" 0
given_back "the terminal is as it was"
"${HOST_RUN[@]}" "$LIBEXEC/provconsole-keeper" --state /var/lib/provconsole \
	--listen /run/provconsole/socket >"$WORK/keeper.log" 2>&1 &
KEEPER_PID=$!
until_ok test -S "$HOST/run/provconsole/socket"
is "the keeper's socket is for root and the account" \
	"$(on_host stat -c '%a %U:%G' /run/provconsole/socket)" '660 root:console'
is "which the keeper itself is not" "$(on_host stat -c %U "/proc/$KEEPER_PID")" provconsole

COMMAND=(ssh -p "$PORT" -i "$WORK/key" -o IdentitiesOnly=yes -o "UserKnownHostsFile=$WORK/known"
	-o StrictHostKeyChecking=accept-new -F /dev/null -t console@127.0.0.1)
open alice
see "sshd has read its lines: ssh leads to the first door" 'User name'
sign_in admin
configure
see "and the Super Administrator is in" 'This is your first sign-in.'
sign_out
close
ssh-keygen -q -t ed25519 -N '' -f "$WORK/second" && cp "$WORK/second.pub" "$HOST/root/"
on_host "$BIN" user key add admin /root/second.pub >/dev/null 2>&1
COMMAND=("${COMMAND[@]/"$WORK/key"/"$WORK/second"}")
open second
see "a key that is hers in the console knocks too, by sshd's question to the keeper" 'User name'
close
OUT=$("${COMMAND[@]}" id </dev/null 2>&1)
like "no command is taken" "$OUT" 'A command of this console needs a terminal'
OUT=$(on_host "$BIN" -c id 2>&1)
like "not as a shell either" "$? $OUT" '^1 provconsole: A command of this console needs a terminal'
OUT=$(on_host su console -c 'id' 2>&1)
like "which su finds too" "$OUT" 'A command of this console needs a terminal'
like "what the account is" "$(on_host getent passwd console)" ":/:$BIN\$"

# What the doctor says of a check: result and detail
finds() {
	on_host "$BIN" doctor --json | json "' '.join(f['result'] + ' ' + f['detail'] for f in j
		if f['check'] == '$1')"
}
like "the doctor finds sshd as it must be" "$(finds sshd)" '^ok '
like "and the account" "$(finds account)" '^ok '
like "and the socket" "$(finds socket)" '^ok '
like "and says that systemd is not here" "$(finds service)" '^note systemd does not run'
on_host "$BIN" command add look --title Look --role operator -- /bin/true >/dev/null
like "where there are commands, it misses the runner" "$(finds runner)" \
	'^wrong There are commands, and no runner'
"${HOST_RUN[@]}" "$LIBEXEC/provconsole-runner" --listen /run/provconsole-runner/socket \
	--for provconsole >"$WORK/runner.log" 2>&1 &
RUNNER_PID=$!
until_ok test -S "$HOST/run/provconsole-runner/socket"
is "the runner's socket is for the keeper alone" \
	"$(on_host stat -c '%a %U' /run/provconsole-runner/socket)" '600 provconsole'
like "and the doctor finds it" "$(finds runner)" '^ok '
on_host "$LIBEXEC/provconsole-runner" --listen /run/provconsole-runner/socket --for provconsole \
	>"$WORK/second.log" 2>&1
is "a second one leaves it alone" "$? $(cat "$WORK/second.log")" \
	'1 provconsole-runner: Another program listens on the socket of --listen.'
on_host "$LIBEXEC/provconsole-runner" --listen /etc/passwd --for provconsole 2>/dev/null
is "and none removes what is no socket" "$? $(on_host stat -c %F /etc/passwd)" '1 regular file'
kill "$RUNNER_PID"
wait "$RUNNER_PID"
RUNNER_PID=
on_host "$BIN" command remove look >/dev/null
on_host usermod --shell /bin/sh console
like "it finds another shell" "$(finds account)" '^wrong The shell of the account console is /bin/sh'
on_host usermod --shell "$BIN" console
printf '%s\n' 'Match User console' 'X11Forwarding yes' >"$HOST/etc/ssh/sshd_config.d/00-foreign.conf"
like "and a foreign line of sshd" "$(finds sshd)" '^wrong .*x11forwarding yes'
rm "$HOST/etc/ssh/sshd_config.d/00-foreign.conf"
chmod 666 "$HOST/run/provconsole/socket"
like "and a socket that is open to all" "$(finds socket)" '^wrong .*it has 0666'
chmod 660 "$HOST/run/provconsole/socket"

COMMAND=(chroot "$HOST" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/root TERM=screen-256color
	LC_ALL=C.UTF-8 "$BIN" setup --undo)
open undo
see "--undo says what it takes back" 'provconsole.conf' 'Take it back? [y/N]'
keys Enter
ends "and does nothing if nobody says so" 1
kill "$KEEPER_PID"
wait "$KEEPER_PID"
KEEPER_PID=
open undo
see "asked again" 'Take it back?'
type y
keys Enter
see "it is taken back" 'Done.'
COMMAND=(ssh -p "$PORT" -i "$WORK/key" -o IdentitiesOnly=yes -o "UserKnownHostsFile=$WORK/known"
	-F /dev/null -o BatchMode=yes console@127.0.0.1)
OUT=$("${COMMAND[@]}" </dev/null 2>&1)
like "and sshd lets nobody in" "$OUT" 'Permission denied'
finish
