#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A host as it is meant to be: a real sshd with the snippet of data/, a keeper
# under a UNIX user of its own with a socket that was passed in, an account that
# all people share, and the real ssh client.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1

if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root can make UNIX users and run sshd for them'
	exit 0
fi
need ssh ssh-agent ssh-keygen useradd userdel setpriv
. "${top_srcdir:-.}/tests/story/sshd.bash"

OWNER=pvk$$		# the keeper's user
SHARED=pvc$$		# the account of all people
SOCKET=$WORK/run/socket
BIN=$WORK/bin
KEEPER_PID= AGENT_PID=

# --- beginning and end -------------------------------------------------------------------

nobody_left() {
	! pgrep -U "$OWNER,$SHARED" >/dev/null
}

end_all() {
	tmux -L provconsole kill-server 2>/dev/null
	! alive "$KEEPER_PID" || kill "$KEEPER_PID"
	end_sshd
	! alive "$AGENT_PID" || kill "$AGENT_PID"
	until_ok nobody_left
	userdel "$SHARED"
	userdel "$OWNER"
} 2>/dev/null
trap 'end_all; clean_up' EXIT

start_keeper() {
	rm -f "$SOCKET"
	"$top_builddir/tests/client/activate" "$SOCKET" "$(id -g "$SHARED")" "$(id -u "$OWNER")" \
		"$(id -g "$OWNER")" \
		"$BIN/provconsole-keeper" --state "$STATE" \
		--console "$SHARED" 2>"$WORK/keeper.log" &
	KEEPER_PID=$!
	until_ok test -S "$SOCKET" || give_up "The keeper does not start: $(cat "$WORK/keeper.log")"
}

until_ok make_user "$OWNER" && until_ok make_user "$SHARED" || give_up "No users can be made."
make_run
chmod 711 "$WORK"
mkdir -m 755 "$WORK/run" "$BIN"
install -m 755 "$PROVCONSOLE" "$KEEPER" "$BIN"
cp -R "$top_builddir/translations" "$BIN"
chmod -R a+rX "$BIN/translations"
install -d -m 700 -o "$OWNER" -g "$OWNER" "$STATE"
ssh-keygen -q -t ed25519 -N '' -f "$WORK/host" && ssh-keygen -q -t ed25519 -N '' -f "$WORK/key" ||
	give_up "ssh-keygen fails."
cp "$WORK/key.pub" "$WORK/authorized_keys"
# Two ways in that the host has for everybody else: a key that a
# command tells, and a certificate of an authority.
for key in told certified authority; do
	ssh-keygen -q -t ed25519 -N '' -f "$WORK/$key" || give_up "ssh-keygen fails."
done
ssh-keygen -q -s "$WORK/authority" -I test -n "$SHARED,$OWNER" "$WORK/certified.pub" ||
	give_up "ssh-keygen signs nothing."
CAT=$(realpath "$(command -v cat)")	# sshd runs only what nobody but root can change

# The snippet as it is installed, with the names of this test in the place of the host's.
sed -e "s|User console|User $SHARED|" -e "s|ForceCommand exec [^ ]*/|ForceCommand exec $BIN/|" \
	-e "s|/run/provconsole/socket|$SOCKET|" -e \
	"s|/etc/provconsole/authorized_keys|$WORK/authorized_keys|" \
	"$top_builddir/data/sshd-provconsole.conf" >"$WORK/snippet"
cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
HostKey $WORK/host
PidFile none
UsePAM no
StrictModes no
Subsystem sftp internal-sftp
AuthorizedKeysCommand $CAT $WORK/told.pub
AuthorizedKeysCommandUser $OWNER
TrustedUserCAKeys $WORK/authority.pub
Include $WORK/snippet
END
cat >"$WORK/ssh_config" <<END
Host host
	HostName 127.0.0.1
	User $SHARED
	IdentityFile $WORK/key
	IdentitiesOnly yes
	UserKnownHostsFile $WORK/known
	StrictHostKeyChecking accept-new
	LogLevel ERROR
END
start_sshd "$SSHD" -D -e -f "$WORK/sshd_config"
start_keeper

# --- ways in --------------------------------------------------------------------------------

# The host's command line
pc() {
	"$BIN/provconsole" --socket "$SOCKET" "$@"
}

# Anything as the shared account
as_shared() {
	setpriv --reuid "$SHARED" --regid "$SHARED" --clear-groups "$@"
}

client() {
	ssh -F "$WORK/ssh_config" -p "$PORT" "$@"
}

# with KEY USER [OPTION…]: that key alone, as that user
with() {
	ssh -F /dev/null -p "$PORT" -l "$2" -i "$WORK/$1" -o IdentitiesOnly=yes -o BatchMode=yes \
		-o UserKnownHostsFile="$WORK/known" \
		-o StrictHostKeyChecking=accept-new "${@:3}"
}

# from ADDRESS NAME [OPTION…]: a terminal in which ssh runs
from() {
	COMMAND=(ssh -F "$WORK/ssh_config" -p "$PORT" -b "$1" "${@:3}" host)
	open "$2"
}

# at_source ADDRESS ACTION RESULT: how many of these are in the audit trail
at_source() {
	pc audit list --json |
		json "sum(r['source'] == '$1' and r['action'] == '$2' and r['result'] == '$3' for r in j)"
}

no_console() {
	! pgrep -U "$SHARED" -x provconsole >/dev/null
}

# --- what runs as whom ------------------------------------------------------------------------

from 127.0.0.6 early
see "who comes before the set-up is told so" \
	'This console is not set up. On the host run: provconsole init'
ends "and is not let in" 1
is "the keeper runs as its own user" "$(ps -o user:32= -p "$KEEPER_PID" | tr -d ' ')" "$OWNER"
is "the socket is root's and the shared account's" "$(stat -c '%a %U %G' "$SOCKET")" \
	"660 root $SHARED"
is "the keeper has bound none of its own" "$(find "$STATE" -type s)" ''
make_state alice
is "root is the host over the socket" "$(pc user list --json | json "j[0]['name']")" alice
OUT=$(as_shared "$BIN/provconsole" --socket "$SOCKET" user list 2>&1)
is "the shared account is not" "$? $OUT" "1 provconsole: Only root or the owner of the state directory can do that."
is "which the audit trail knows" "$(pc audit list --json |
	json "[r['peer_uid'] for r in j if r['result'] == 'denied']")" "[$(id -u "$SHARED")]"

for file in console.db console.key; do
	[ -s "$STATE/$file" ]
	ok $? "there is $file"
	! as_shared cat "$STATE/$file" >/dev/null 2>&1
	ok $? "the shared account cannot read it"
done
! as_shared ls "$STATE" >/dev/null 2>&1
ok $? "nor see what else is there"
is "what was just refused is not refused to all" \
	"$(setpriv --reuid "$OWNER" --regid "$OWNER" --clear-groups cat "$STATE/console.key" |
	wc -c)" 32

# --- in, with two factors -------------------------------------------------------

AGENT_PID=$(ssh-agent -a "$WORK/agent" | sed -n 's/^SSH_AGENT_PID=\([0-9]*\);.*/\1/p')
EXTRA=("SSH_AUTH_SOCK=$WORK/agent")
from 127.0.0.7 first -A
EXTRA=()
sign_in alice
configure
see "alice configures over SSH, and is at home" 'My account' 'Sign out'
is "the sign-in came from where she sits" "$(at_source 127.0.0.7 password ok)$(at_source 127.0.0.7 \
	activate ok)" 11
is "on a terminal of the host" "$(pc audit list --json |
	json "all(r['terminal'].startswith('/dev/pts/') for r in j if r['source'] == '127.0.0.7')")" true
console=$(pgrep -U "$SHARED" -x provconsole)
like "root may look into the console's process" "$(tr '\0' '\n' <"/proc/$console/environ")" \
	'^SSH_CONNECTION=127\.0\.0\.7 '
! as_shared cat "/proc/$console/environ" >/dev/null 2>&1
ok $? "but nobody who shares the account"
like "an agent is passed on to others" "$(SSH_AUTH_SOCK=$WORK/agent with told "$OWNER" -A \
	127.0.0.1 env)" '^SSH_AUTH_SOCK='
unlike "no agent is passed on here" "$(tr '\0' '\n' <"/proc/$console/environ")" '^SSH_AUTH_SOCK='
sign_out
is "the farewell's status reaches the client" "$(status)" 0
close

from 127.0.0.8 second
sign_in alice
enter_code "$(code 1)"
see "home tells the last sign-in and its place" 'Last sign-in' 'from 127.0.0.7'
is "the second one came from another place" "$(at_source 127.0.0.8 code ok)" 1

# --- the line goes down -----------------------------------------------------------------------

hung_up() {
	[ "$(at_source 127.0.0.8 sign-out ok)" = 1 ]
}

is "the session lasts as long as its line" "$(at_source 127.0.0.8 sign-out ok)" 0
kill -9 "$(pid)"
until_ok hung_up
ok $? "when the client dies, the keeper ends the session"
until_ok no_console
ok $? "and the console ends"
close

# --- without a terminal -----------------------------------------------------------------------

# refused WHAT PATTERN: the last client got one sentence and status 1
refused() {
	is "$1: status" "$STATUS" 1
	is "$1: nothing on standard output" "$(cat "$WORK/out")" ''
	is "$1: one line" "$(wc -l <"$WORK/err")" 1
	like "$1: says why" "$(cat "$WORK/err")" "$2"
}

client host </dev/null >"$WORK/out" 2>"$WORK/err"
STATUS=$?
refused "without any input" '^provconsole: There is no terminal here'
printf 'alice\n%s\n' "$PASSWORD" | client host >"$WORK/out" 2>"$WORK/err"
STATUS=$?
refused "through a pipe" '^provconsole: There is no terminal here'
client host cat "$STATE/console.key" </dev/null >"$WORK/out" 2>"$WORK/err"
STATUS=$?
refused "a remote command" '^provconsole: Over SSH only a command of this console is taken'
client -s host sftp </dev/null >"$WORK/out" 2>"$WORK/err"
is "a subsystem is nothing else" "$? $(cat "$WORK/out")" '1 '
COMMAND=(ssh -F "$WORK/ssh_config" -p "$PORT" -t host 'sh -i')
open shell
see "a command on a terminal is none either" 'Over SSH only a command of this console is taken'
ends "and ends" 1

! client -W "127.0.0.1:$PORT" host </dev/null >"$WORK/out" 2>&1
ok $? "no connection is passed on"
unlike "not to sshd itself" "$(cat "$WORK/out")" '^SSH-2'
! client -o ExitOnForwardFailure=yes -N -R 0:127.0.0.1:1 host </dev/null >/dev/null 2>&1
ok $? "and no port is opened for one"
! client -o ExitOnForwardFailure=yes -N -R "$WORK/run/passed:127.0.0.1:1" \
	host </dev/null >/dev/null 2>"$WORK/err"
ok $? "nor a socket"
like "for sshd refuses it" "$(cat "$WORK/err")" 'remote port forwarding failed'
like "what others of this host may have" "$(with told "$OWNER" -W "127.0.0.1:$PORT" \
	127.0.0.1 </dev/null 2>&1)" '^SSH-2'

# --- who may knock --------------------------------------------------------------

for key in told certified; do
	is "the host lets others in by the key: $key" \
		"$(with "$key" "$OWNER" 127.0.0.1 id -un 2>&1)" "$OWNER"
	OUT=$(with "$key" "$SHARED" 127.0.0.1 </dev/null 2>&1)
	is "but to no console" $? 255
	like "for sshd does not take it" "$OUT" 'Permission denied \(publickey\)'
done

# --- one connection, one session ------------------------------------------------

from 127.0.0.7 master -o ControlMaster=yes -o "ControlPath=$WORK/mux"
see "a connection that could carry more sessions" 'User name'
# Without the way round it by a connection of its own
OUT=$(client -o "ControlPath=$WORK/mux" -o ProxyCommand=false host </dev/null 2>&1)
is "carries no second one" $? 255
like "sshd refuses it" "$OUT" 'Session open refused by peer'
is "there is one console" "$(pgrep -c -U "$SHARED" -x provconsole)" 1
sign_in alice
see "and it goes on" '6-digit code'
close
until_ok no_console

# --- strange terminals ----------------------------------------------------------

EXTRA=(TERM=no-such-terminal)
from 127.0.0.9 strange
EXTRA=()
see "a terminal that the host does not know, without a language" 'User name' '[ Sign in ]'
console=$(pgrep -U "$SHARED" -x provconsole)
unlike "no language was passed on" "$(tr '\0' '\n' <"/proc/$console/environ")" '^(LANG|LC_)'
like "and that name of a terminal" "$(tr '\0' '\n' <"/proc/$console/environ")" \
	'^TERM=no-such-terminal$'
sign_in alice
see "works as any other" '6-digit code' '[ Use a recovery code ]'
close

# Line by line, as the terminal needs it, or as the person's own ~/.ssh/config wants it.
EXTRA=(TERM=dumb)
from 127.0.0.10 typewriter
EXTRA=()
see "a terminal that cannot move its cursor is asked line by line" \
	'A terminal of the type dumb cannot move its cursor' 'User name:'
type alice
keys Enter
see "for a name" 'Password:'
type "$PASSWORD"
keys Enter
see "and a password, and a code" '6-digit code:'
close
from 127.0.0.10 reader -o SetEnv=ACCESSIBILITY=1
see "so is whoever wants it so" 'ACCESSIBILITY is set' 'User name:'
close

from 127.0.0.9 french -o 'SendEnv LC_*' -o SetEnv=LC_MESSAGES=C
until_ok shows 'User name'
like "LC_ variables come through" "$(tr '\0' '\n' \
	<"/proc/$(pgrep -n -U "$SHARED" -x provconsole)/environ")" '^LC_MESSAGES=C$'
close

# --- a language of one's own ------------------------------------------------------

pc user add bob --password-stdin <<<"$PASSWORD"
from 127.0.0.10 bob
sign_in bob
configure
keys Enter
wait_for 'Change password'
keys End Up Up Enter
see "bob is offered the languages of this host" Français
keys End Enter
see "bob chooses French in My account" 'Mon compte'
sign_out
close
until_ok no_console
from 127.0.0.10 bob
see "no language comes with him the next time" 'User name'
unlike "none at all" "$(tr '\0' '\n' <"/proc/$(pgrep -U "$SHARED" -x provconsole)/environ")" '^LANG'
sign_in bob
see "and the code screen is French" 'Code à 6 chiffres'
close

# --- plain text for good ----------------------------------------------------------

WHY='You chose plain text in My account, so the console goes on line by line.'

# answers TEXT: a line, and Enter
answers() {
	type "$1"
	keys Enter
}

pc user add carol --password-stdin <<<"$PASSWORD"
until_ok no_console
from 127.0.0.11 carol
sign_in carol
configure
keys Enter
wait_for 'Plain text'
keys End Up Enter
see "carol reads what plain text is" 'line by line instead of drawing screens' 'chosen now'
keys Up Enter
see "chosen over SSH, it takes the screens' place at once" "$WHY" 'carol · Operator' 'Number:'
answers 2
ends "and she signs out" 0
close
until_ok no_console
from 127.0.0.12 carol
see "from elsewhere she comes to a screen, with nothing in her environment" '[ Sign in ]'
unlike "nothing at all" "$(tr '\0' '\n' <"/proc/$(pgrep -U "$SHARED" -x provconsole)/environ")" \
	'^ACCESSIBILITY'
sign_in carol
see "and is asked line by line from the code on" "$WHY" '6-digit code:'
answers "$(wrong_code)"
see "a wrong one is wrong" 'That code is wrong.'
answers "$(code 1)"
see "a right one opens" 'from 127.0.0.11' 'Number:'
is "all from where she sits" "$(at_source 127.0.0.12 password ok) $(at_source 127.0.0.12 code wrong) $(
	at_source 127.0.0.12 code ok) $(at_source 127.0.0.12 sign-in ok)" '1 1 1 1'
console=$(pgrep -U "$SHARED" -x provconsole)
kill -9 "$(pid)"
until_ok has_ended "$console"
ok $? "when the client dies, the console ends"
close
until_ok no_console
from 127.0.0.12 carol
sign_in carol
wait_for '6-digit code:'
keys C-c
ends "^C at the door leaves" 1
close
until_ok no_console
from 127.0.0.12 carol
sign_in carol
wait_for '6-digit code:'
answers r
wait_for 'Recovery code:'
answers "${CODES[0]}"
wait_for '1 Replace your authenticator' '2 My account'
answers 2
wait_for '7 Plain text: one question a line: on'
answers 7
wait_for '2 Off'
answers 2
see "off, it holds from the next sign-in on" 'From your next sign-in on the console draws screens' \
	'7 Plain text: one question a line: off'
keys C-d
ends "so she leaves" 0
close
until_ok no_console
from 127.0.0.12 carol
sign_in carol
see "and has her screens again" '[ Use a recovery code ]'
close

# --- a lost phone --------------------------------------------------------------------------

from 127.0.0.13 carol
sign_in carol
wait_for '[ Use a recovery code ]'
keys r
wait_for 'Enter one of the recovery codes'
type "${CODES[1]}"
keys Enter
see "after a recovery code home offers a new authenticator first" 'Replace your authenticator'
keys Enter
old=$KEY
read_key
enter_code
see "whose code takes the place of the lost one" 'Authenticator was replaced.'
unlike "by another key" "$KEY" "$old"
is "from where she sits" "$(at_source 127.0.0.13 device-replace ok)" 1
close

# --- the keeper goes and comes --------------------------------------------------

kill "$KEEPER_PID"
wait "$KEEPER_PID"
is "the keeper leaves when it is asked to" $? 0
[ -S "$SOCKET" ]
ok $? "the socket is not its own to remove"
start_keeper
from 127.0.0.7 again
see "another one answers on the next" 'User name'
close
OUT=$("$top_builddir/tests/client/activate" "$WORK/run/two" 0 "$(id -u "$OWNER")" \
	"$(id -g "$OWNER")" "$BIN/provconsole-keeper" --state "$STATE" --console "$SHARED" 2>&1)
is "but one state has one keeper" "$? $OUT" \
	"1 provconsole-keeper: Another program has locked the database. Stop it, then try again."
is "it says nothing in the log" "$(cat "$WORK/keeper.log")" ''
finish
