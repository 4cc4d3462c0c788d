#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The console's own account behind a real sshd: in PAM's session root tells the keeper who comes in,
# and by which key, and the console brings the ticket for it.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "$top_srcdir/tests/pam/pam.bash"

SHARED=pvt$$
. "$top_srcdir/tests/pam/shared.bash"

make_shared "$PROVCONSOLE" "$KEEPER"
ssh-keygen -q -t ed25519 -N '' -f "$WORK/host" && ssh-keygen -q -t ed25519 -N '' -f "$WORK/key" ||
	give_up "ssh-keygen fails."
make_state alice
serve_shared
cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
HostKey $WORK/host
PidFile none
UsePAM yes
StrictModes no
AuthorizedKeysFile $WORK/key.pub
AuthenticationMethods publickey
ForceCommand exec $BIN/provconsole --socket $SOCKET
END
service sshd 'account required @' 'session required @' 'session required pam_permit.so'
start_sshd env "${PRELOAD[@]}" "$SSHD" -D -e -f "$WORK/sshd_config"

# comes NAME: a terminal in which ssh runs
comes() {
	COMMAND=(ssh -F /dev/null -p "$PORT" -l "$SHARED" -i "$WORK/key" -o IdentitiesOnly=yes
		-o UserKnownHostsFile="$WORK/known" -o StrictHostKeyChecking=accept-new
		-o LogLevel=ERROR -b "${2:-127.0.0.1}" 127.0.0.1)
	open "$1"
}

vouched() {
	host_pc audit list --json | json \
		"[(r['source'], r['vouched']) for r in j if r['action'] == 'password'][0]"
}

comes first 127.0.0.7
sign_in alice
configure
is "root has vouched for where she came from" "$(vouched)" '["127.0.0.7", true]'
console=$(pgrep -U "$SHARED" -x provconsole)
unlike "the ticket is in no environment that could be read later" \
	"$(tr '\0' '\n' <"/proc/$console/environ")" 'PROVCONSOLE_TICKET=[0-9a-f]{8}'
sign_out
close

host_pc settings set require-ticket yes
comes second 127.0.0.8
sign_in alice
see "a console with a ticket is served where tickets are required" '6-digit code'
close
OUT=$(setpriv --reuid "$SHARED" --regid "$SHARED" --clear-groups script -qec \
	"$BIN/provconsole --socket $SOCKET" /dev/null </dev/null 2>&1)
like "one without is not" "$OUT" 'SSH connections alone'

service sshd 'account required @' 'session required pam_permit.so'
comes third
ends "nor one whose sshd has no such line" 1

# Without a keeper there is no ticket, and no session.
service sshd 'account required @' 'session required @' 'session required pam_permit.so'
kill -KILL "$KEEPER_PID"
wait "$KEEPER_PID" 2>/dev/null
KEEPER_PID=
comes fourth
ends "without a keeper sshd opens no session" 255
finish
