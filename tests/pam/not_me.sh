#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "It was not me" of an SSH key, over a real sshd: a thief who has alice's password and a code comes
# in over his key, by a file of root's, and adds it to hers. She says that it was not her, and his
# key is hers no more: it neither says her name nor opens.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "$top_srcdir/tests/story/people.bash"
. "$top_srcdir/tests/pam/pam.bash"

SHARED=pvn$$
. "$top_srcdir/tests/pam/shared.bash"

clock_set $EPOCH
make_shared "$PROVCONSOLE" "$KEEPER" "$top_builddir/provconsole-keys"
for key in host laptop stranger; do
	ssh-keygen -q -t ed25519 -N '' -C "$key" -f "$WORK/$key" || give_up "ssh-keygen fails."
done
make_state dana
person alice
enrolled alice
pc user key add alice "$WORK/laptop.pub" >/dev/null
fresh
serve_shared
host_pc settings set require-ticket yes

# sshd runs only what nobody but root can change, up to /: that is env, and not what lies in /tmp.
ENV=$(realpath "$(command -v env)")
: >"$WORK/authorized_keys"
cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
HostKey $WORK/host
PidFile none
UsePAM yes
StrictModes no
AuthorizedKeysFile $WORK/authorized_keys
AuthorizedKeysCommand $ENV $BIN/provconsole-keys --socket $SOCKET --console $SHARED %u %t %k %f
AuthorizedKeysCommandUser root
AuthenticationMethods publickey
ForceCommand exec $ENV ${ENVIRONMENT[*]} $BIN/provconsole --socket $SOCKET
END
chmod 644 "$WORK/clock"
service sshd 'account required @' 'session required @' 'session required pam_permit.so'
start_sshd env "${PRELOAD[@]}" "$SSHD" -D -e -f "$WORK/sshd_config"

# comes NAME KEY ADDRESS: a terminal in which ssh runs
comes() {
	COMMAND=(ssh -F /dev/null -p "$PORT" -l "$SHARED" -i "$WORK/$2" -o IdentitiesOnly=yes
		-o UserKnownHostsFile="$WORK/known" -o StrictHostKeyChecking=accept-new
		-o LogLevel=ERROR -b "$3" 127.0.0.1)
	open "$1"
}

# whose: what alice's keys say
whose() {
	host_pc user key list alice --json |
		json "' '.join(k['name'] + '!' * k['says_who'] + '?' * k['doubted'] for k in j)"
}

# --- the thief ----------------------------------------------------------------------------------

comes hers laptop 127.0.0.7
sign_in alice
enter_code "$(code)"
see "alice comes over her own key" 'My account' 'Sign out'
sign_out
close
is "which says her name from then on" "$(whose)" 'laptop!'

cp "$WORK/stranger.pub" "$WORK/authorized_keys"
fresh
comes thief stranger 127.0.0.9
sign_in alice
enter_code "$(code)"
wait_for 'My account' 'Sign out'
pick 'My account'
pick 'SSH keys'
wait_for 'Add an SSH key'
type a
wait_for '[ Continue ]'
type "$(cat "$WORK/stranger.pub")"
keys Enter
wait_for 'Add stranger?'
fresh
answer "$(code)"
see "a thief who has her password and her codes adds a key of his" 'stranger was added'
keys Escape
wait_for 'Change password'
keys Escape
sign_out
close
: >"$WORK/authorized_keys"
fresh
comes again stranger 127.0.0.9
sign_in alice
enter_code "$(code)"
see "with which he comes without root's file" 'My account' 'Sign out'
is "and which says her name, too" "$(whose)" 'laptop! stranger!'

# --- it was not her -----------------------------------------------------------------------------

fresh
comes hers laptop 127.0.0.7
see "her key knows her" 'User name: alice, by your SSH key'
type "$PASSWORD"
keys Enter
enter_code "$(code)"
see "home tells the sign-in that was not hers" 'from 127.0.0.9' 'It was not me'
keys h
wait_for 'What happened'
# his WORDS KEY: the mark goes that way until it stands there
his() {
	local i

	for i in {1..12}; do
		screen | grep -F '›' | grep -q "$1" && return
		MARKED=$(mark)
		keys "$2"
		DEADLINE=2 until_ok moved || return
	done
}

# From the end of the list the first of his comes first: his key came after it.
his 'nothing that stands there' Down
his 'You signed in.*127.0.0.9' Up
see "on his first one it is offered" 'w It was not me'
keys w
wait_for 'Old password'
fresh
fill "$PASSWORD" 'another sentence of hers' 'another sentence of hers' "$(code)"
see "another authenticator is next" 'Configure two-factor authentication'
PASSWORD='another sentence of hers'
read_key
enter_code
see "then recovery codes" 'I have saved these codes'
is "his key is in doubt, and says nobody's name" "$(whose)" 'laptop! stranger?'
keys Enter
keys Enter
see "then his key" 'Is this SSH key yours?' 'stranger' 'Remove' 'Keep'
keys Enter
see "it is removed, and home is open" 'My account' 'Sign out'
is "hers has stayed" "$(whose)" 'laptop!'
sign_out
close
use again
ends "his session has ended" 1
close
comes out stranger 127.0.0.9
ends "and his key opens no more" 255
like "says sshd" "$(errors)" 'Permission denied'
fresh
comes hers laptop 127.0.0.7
see "her own says her name" 'User name: alice, by your SSH key'
type "$PASSWORD"
keys Enter
enter_code "$(code)"
see "and with her new authenticator she is in" 'My account' 'Sign out'
close
is "all of it is in the trail, and vouched for" "$(host_pc audit list --json | json \
	"sorted((r['action'], r['source'], r['vouched']) for r in j
		if r['action'] in ('ssh-key-add', 'not-me', 'ssh-key-remove'))")" \
	'[["not-me", "127.0.0.7", true], ["ssh-key-add", "127.0.0.9", true], ["ssh-key-remove", "127.0.0.7", true]]'
finish
