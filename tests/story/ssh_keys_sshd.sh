#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A real sshd that asks provconsole-keys: people's keys open the console's account, and no other's;
# those of disabled people do not, at once; root's file goes on working when the keeper is away.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1

if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root can make UNIX users and run sshd for them'
	exit 0
fi
need ssh ssh-keygen useradd userdel setpriv
. "${top_srcdir:-.}/tests/story/sshd.bash"

OWNER=pkk$$	# the keeper's user
SHARED=pkc$$	# the account of all people
ASKER=pkq$$	# as which sshd asks
SOCKET=$WORK/run/socket
BIN=$WORK/bin
KEEPER_PID=

nobody_left() {
	! pgrep -U "$OWNER,$SHARED,$ASKER" >/dev/null
}

end_all() {
	tmux -L provconsole kill-server 2>/dev/null
	! alive "$KEEPER_PID" || kill "$KEEPER_PID"
	end_sshd
	until_ok nobody_left
	userdel "$ASKER"
	userdel "$SHARED"
	userdel "$OWNER"
} 2>/dev/null
trap 'end_all; clean_up' EXIT

start_keeper() {
	rm -f "$SOCKET"
	"$top_builddir/tests/client/activate" "$SOCKET" "$(id -g "$SHARED")" "$(id -u "$OWNER")" \
		"$(id -g "$OWNER")" \
		"$BIN/provconsole-keeper" --state "$STATE" \
		--console "$SHARED" --keys "$ASKER" 2>"$WORK/keeper.log" &
	KEEPER_PID=$!
	until_ok test -S "$SOCKET" || give_up "The keeper does not start: $(cat "$WORK/keeper.log")"
}

until_ok make_user "$OWNER" && until_ok make_user "$SHARED" &&
	until_ok make_user "$ASKER" --groups "$SHARED" || give_up "No users can be made."
make_run
chmod 711 "$WORK"
mkdir -m 755 "$WORK/run" "$BIN"
install -m 755 "$PROVCONSOLE" "$KEEPER" "$top_builddir/provconsole-keys" "$BIN"
install -d -m 700 -o "$OWNER" -g "$OWNER" "$STATE"
for key in host root alice bob other; do
	ssh-keygen -q -t ed25519 -N '' -C "$key" -f "$WORK/$key" || give_up "ssh-keygen fails."
done
ssh-keygen -q -t rsa -b 3072 -N '' -C rsa -f "$WORK/rsa" || give_up "ssh-keygen fails."
cp "$WORK/root.pub" "$WORK/authorized_keys"
# sshd runs only what nobody but root can change, up to /: that is env, and not what lies in /tmp.
ENV=$(realpath "$(command -v env)")
cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
HostKey $WORK/host
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile $WORK/authorized_keys
AuthorizedKeysCommand $ENV $BIN/provconsole-keys --socket $SOCKET --console $SHARED %u %t %k %f
AuthorizedKeysCommandUser $ASKER
AllowUsers $SHARED $OWNER
Match User $SHARED
	ForceCommand exec $BIN/provconsole --socket $SOCKET
END
start_sshd "$SSHD" -D -e -f "$WORK/sshd_config"
start_keeper

# The host's command line
pc() {
	"$BIN/provconsole" --socket "$SOCKET" "$@"
}

client() {
	ssh -F /dev/null -p "$PORT" -l "$1" -i "$WORK/$2" -o IdentitiesOnly=yes -o BatchMode=yes \
		-o UserKnownHostsFile="$WORK/known" -o StrictHostKeyChecking=accept-new \
		-o LogLevel=ERROR "${@:3}" 127.0.0.1
}

# come KEY [USER]: "in" if the console answers, else what ssh says
come() {
	local said

	said=$(client "${2:-$SHARED}" "$1" -T 2>&1 </dev/null)
	case $said in
	*'There is no terminal here'*) echo in ;;
	*'Permission denied (publickey)'*) echo out ;;
	*) echo "$said" ;;
	esac
}

make_state alice
pc user add bob >/dev/null
is "root's own key opens" "$(come root)" in
is "a key of nobody does not" "$(come alice)" out
pc user key add alice "$WORK/alice.pub" >/dev/null
is "a key of alice's does, at once" "$(come alice)" in
is "another's still not" "$(come other)" out
is "nor hers to another account" "$(come alice "$OWNER")" out
pc user key add bob "$WORK/bob.pub" >/dev/null
pc user key add bob "$WORK/rsa.pub" >/dev/null
is "bob's does" "$(come bob)" in
is "an RSA key too" "$(come rsa)" in
pc user disable bob
is "while he is disabled none of his does" "$(come bob) $(come rsa)" "out out"
is "and hers goes on" "$(come alice)" in
pc user enable bob
is "once he is enabled it does" "$(come bob)" in
pc user key remove bob "$(ssh-keygen -l -f "$WORK/bob.pub" | cut -d' ' -f2)"
is "one that was taken away does not" "$(come bob)" out
like "forwarding is closed by the key itself" "$("$BIN/provconsole-keys" --socket "$SOCKET" \
	--console "$SHARED" "$SHARED" $(cut -d' ' -f1,2 "$WORK/alice.pub") \
	"$(ssh-keygen -l -f "$WORK/alice.pub" | cut -d' ' -f2)")" '^restrict,pty ssh-ed25519 '

# Who asks is one UNIX user: the shared account learns nothing.
asks() {
	setpriv --reuid "$1" --regid "$1" --init-groups "$BIN/provconsole-keys" --socket "$SOCKET" \
		--console "$SHARED" "$SHARED" $(cut -d' ' -f1,2 "$WORK/alice.pub") \
		"$(ssh-keygen -l -f "$WORK/alice.pub" | cut -d' ' -f2)" | cut -d' ' -f1
}
is "sshd's user is answered" "$(asks "$ASKER")" "restrict,pty"
is "the shared account is not" "$(asks "$SHARED")" ""
is "which the trail knows" "$(pc audit list --action hello --json | json "[r['peer_uid'] for r in j]")" \
	"[$(id -u "$SHARED")]"

# --- a person at a terminal -------------------------------------------------------------------

COMMAND=(ssh -F /dev/null -p "$PORT" -l "$SHARED" -i "$WORK/alice" -o IdentitiesOnly=yes
	-o UserKnownHostsFile="$WORK/known" 127.0.0.1)
open terminal
sign_in alice
configure
see "over her key alice signs in, and is asked for both factors" 'My account' 'Sign out'
is "without a ticket the keeper knows of no key" \
	"$(pc user key list alice --json | json "j[0]['last_used'], j[0]['says_who']")" "[null, false]"
sign_out
close

# --- the keeper is away -----------------------------------------------------------------------

kill "$KEEPER_PID"
wait "$KEEPER_PID" 2>/dev/null
begin=$SECONDS
is "with the keeper away her key does not open" "$(come alice)" out
[ $((SECONDS - begin)) -le 4 ]
ok $? "and ssh is not kept waiting"
unlike "root's goes on knocking" "$(come root)" '^out$'
start_keeper
is "once it is back hers does" "$(come alice)" in
finish
