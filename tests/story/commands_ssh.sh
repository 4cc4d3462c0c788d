#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ssh -t HOST NAME: a command by its name alone, behind the same doors and after the same questions; its
# status reaches the client. What is no command's name, another role's, or without a terminal is refused
# in one sentence, and the trail knows.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root can make UNIX users and run sshd for them'
	exit 0
fi
need ssh ssh-keygen useradd userdel setpriv
. "${top_srcdir:-.}/tests/story/sshd.bash"

SHARED=pvr$$
BIN=$WORK/bin

nobody_left() {
	! pgrep -U "$SHARED" >/dev/null
}

end_all() {
	tmux -L provconsole kill-server 2>/dev/null
	end_sshd
	stop_keeper
	until_ok nobody_left
	userdel "$SHARED"
} 2>/dev/null
trap 'end_all; clean_up' EXIT

# The account owns its console's state, and is its host.
pc() {
	local environment

	mapfile -t environment < <(environment)
	env -i "${environment[@]}" setpriv --reuid "$SHARED" --regid "$SHARED" --clear-groups \
		"$BIN/provconsole" --state "$STATE" "$@"
}

client() {
	ssh -F "$WORK/ssh_config" -p "$PORT" "$@"
}

# over NAME WORD…: a terminal in which ssh asks for that
over() {
	COMMAND=(ssh -F "$WORK/ssh_config" -p "$PORT" -t host "${@:2}")
	open "$1"
}

# trail RESULT: what of that result the trail knows, each with who
trail() {
	pc audit list --json --action command-run |
		json "'\n'.join(r['who'] + ': ' + r['detail'] for r in j if r['result'] == '$1')"
}

until_ok make_user "$SHARED" || give_up "No user can be made."
make_run
chmod 711 "$WORK"
mkdir -m 755 "$BIN"
install -m 755 "$PROVCONSOLE" "$KEEPER" "$top_builddir/provconsole-runner" "$BIN"
cp -R "$top_builddir/translations" "$BIN"
chmod -R a+rX "$BIN/translations"
install -d -m 700 -o "$SHARED" -g "$SHARED" "$STATE"
chown "$SHARED:$SHARED" "$WORK/home"
PROVCONSOLE=$BIN/provconsole KEEPER=$BIN/provconsole-keeper
ssh-keygen -q -t ed25519 -N '' -f "$WORK/host" && ssh-keygen -q -t ed25519 -N '' -f "$WORK/key" ||
	give_up "ssh-keygen fails."
cp "$WORK/key.pub" "$WORK/authorized_keys"
sed -e "s|User console|User $SHARED|" -e "s|AuthorizedKeysCommandUser .*|AuthorizedKeysCommandUser $SHARED|" \
	-e "s|ForceCommand .*|ForceCommand exec $BIN/provconsole --state $STATE|" \
	-e "s|AuthorizedKeysCommand .*|AuthorizedKeysCommand none|" \
	-e "s|/etc/provconsole/authorized_keys|$WORK/authorized_keys|" \
	"$top_builddir/data/sshd-provconsole.conf" >"$WORK/snippet"
cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
HostKey $WORK/host
PidFile none
UsePAM no
StrictModes no
Subsystem sftp internal-sftp
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

make_state root
pc settings set require-2fa no
person operator operator
# Who has an authenticator; the code of the step before is spent on it, so that there are two more.
person coder operator
mkdir -p "$WORK/as/tests/client"
install -m 755 "$top_builddir/tests/client/enrol" "$BIN"
printf '#!/bin/sh\nexec setpriv --reuid %s --regid %s --clear-groups %s "$@"\n' "$SHARED" "$SHARED" "$BIN/enrol" \
	>"$WORK/as/tests/client/enrol"
chmod 755 "$WORK/as/tests/client/enrol"
printf '%s\n' "$PASSWORD" >"$WORK/password"
top_builddir=$WORK/as enrol_begin coder
code -1 >&"$ENROL_TO"
mapfile -t CODES <&"$ENROL_FROM"
exec {ENROL_TO}>&- {ENROL_FROM}<&-
[ ${#CODES[@]} -eq 10 ] || give_up "coder cannot be enrolled: $(cat "$WORK/enrol.err")"
command_() {
	pc command add "$@" >/dev/null || give_up "A command cannot be added: $*"
}
command_ look --title 'Look around' --role operator -- /bin/sh -c 'echo "user $PROVCONSOLE_USER"; read -r line'
command_ seven --title Seven --role operator -- /bin/sh -c 'exit 7'
command_ term --title Term --role operator -- /bin/sh -c 'kill -TERM $$'
command_ sure --title 'Only if sure' --role operator --confirm -- /bin/echo sure it is
command_ taped --title 'On tape' --role operator --record -- /bin/true
command_ proven --title 'Only with a code' --role operator --code -- /bin/sh -c 'echo proven it is; exit 9'
command_ theirs --title Theirs --role administrator -- /bin/echo theirs

# --- runs ----------------------------------------------------------------------------------

over look look
see "the doors come first" 'User name' '[ Sign in ]'
sign_in operator
see "and behind them the command, at once" 'user operator'
lacks 'My account'
ok $? "without home"
keys Enter
ends "its status is ssh's: 0" 0
for end in seven:7 term:143; do
	over "${end%:*}" "${end%:*}"
	sign_in operator
	ends "${end%:*}: and ${end#*:}" "${end#*:}"
done

over sure sure
sign_in operator
see "what asks for a yes asks for it" 'Only if sure (sure)' '[ Run ]' '[ Cancel ]'
keys Enter
ends "and then runs" 0
over unsure sure
sign_in operator
wait_for '[ Run ]'
keys Escape
see "without a yes it does not" 'Only if sure' 'Run' 'Sign out'
keys C-c
ends "and never having run is no status of its own" 255
over taped taped
sign_in operator
see "who is recorded is told before" 'On tape (taped)' 'What this command shows is recorded.'
close
over left look
wait_for 'User name'
keys C-c
ends "who leaves at the doors has run nothing" 255

over proven proven
sign_in coder
wait_for '[ Continue ]'
type "$(code)"
keys Enter
see "what asks for a fresh code asks for it" 'Only with a code (proven)' '6-digit code'
type "$(code)"
keys Enter
see "the one that opened the door is none" 'already'
not_now "and nothing has run" 'proven it is'
keys C-u
type "$(code 1)"
keys Enter
ends "with the next it runs, and its status is ssh's" 9

EXTRA=(TERM=dumb)
over plain seven
EXTRA=()
wait_for 'User name:'
type operator
keys Enter
wait_for 'Password:'
type "$PASSWORD"
keys Enter
ends "line by line it is the same" 7

# --- refused -------------------------------------------------------------------------------

over theirs theirs
sign_in operator
ends "another role's is refused" 1
like "in one sentence" "$(screen)" 'You have no command of that name'
over none no-such
sign_in operator
ends "so is what is none" 1
over blank 'look around'
see "a text that is no name is refused at once" 'Over SSH only a command of this console is taken'
ends "before any door" 1
OUT=$(client host look </dev/null 2>&1)
is "without a terminal none runs" "$? $OUT" \
	'1 provconsole: A command of this console needs a terminal. Ask SSH for one: ssh -t HOST NAME'
OUT=$(client host 'seven; id' </dev/null 2>&1)
like "nothing is split" "$? $OUT" '^1 provconsole: Over SSH only'

like "the trail knows who ran what" "$(trail ok)" '^operator: seven, run [0-9a-f]{32}$'
is "and each refusal" "$(trail refused | sed 's/unknown name #.*: /?: /' | sort)" '?: look around
operator: no-such
operator: theirs'
finish
